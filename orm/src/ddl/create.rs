//! Tables made from declarations.

use std::borrow::Cow;

use futures_core::future::BoxFuture;

use crate::backend::{Backend, Connection};
use crate::dialect::{Dialect, verify};
use crate::error::{Error, ErrorKind, Result};
use crate::exec::{Executor, unsupported};
use crate::pool::{ATTEMPTS, pause};
use crate::render::{self, Asked};
use crate::schema::{EnumDef, TableDef};
use crate::table::Typed;
use crate::value::StoredAs;

mod check;
mod order;

/// A table to be made: its facts, and what the database calls the types of its columns.
#[derive(Debug, Clone)]
pub(crate) struct Blueprint {
    /// The facts.
    pub(crate) table: Cow<'static, TableDef>,
    /// The types.
    pub(crate) types: Vec<String>,
}

/// What is to be made.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct Plan {
    pub(crate) enums: Vec<&'static EnumDef>,
    pub(crate) tables: Vec<Blueprint>,
}

/// Can be made on a database: a table, or an enum that columns are of.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a table nor an enum of the database",
    label = "cannot be made",
    note = "derive `Table` on the struct, or `orm::Enum` on the enum"
)]
pub trait Makes<DB: Backend> {
    /// Adds it.
    #[doc(hidden)]
    fn add(live: DB::Live, to: &mut Plan);
}

impl<DB: Backend, T: Typed<DB>> Makes<DB> for T {
    fn add(live: DB::Live, to: &mut Plan) {
        let mut types = StoredAs::on(live);
        T::types(&mut types);
        to.tables.push(Blueprint {
            table: Cow::Borrowed(T::DEF),
            types: types.into_names(),
        });
    }
}

impl Plan {
    /// This enum too.
    pub fn push_enum(&mut self, each: &'static EnumDef) {
        self.enums.push(each);
    }

    /// The types that the declarations give to the columns on this database.
    pub(super) fn declared(&self, dialect: &dyn Dialect) -> Vec<Vec<String>> {
        let of_table = |Blueprint { table, types }: &Blueprint| {
            let columns = table.columns.iter().zip(types);
            let types = columns.map(|(column, sent_as)| dialect.column_type(column, sent_as));
            types.collect()
        };
        self.tables.iter().map(of_table).collect()
    }

    /// What is asked about, given those types.
    pub(super) fn asked<'p>(&'p self, declared: &'p [Vec<String>]) -> Vec<Asked<'p>> {
        let tables = self.tables.iter().zip(declared);
        let asked = tables.map(|(Blueprint { table, types }, declared)| Asked {
            table,
            types: declared,
            sent_as: types,
        });
        asked.collect()
    }
}

/// Tables to be made on a database: what [`create_tables!`](crate::create_tables) collects.
#[derive(Debug)]
pub struct Tables<E> {
    on: E,
    plan: Plan,
}

impl<'c, E: Executor<'c>> Tables<E> {
    /// None yet.
    pub fn on(on: E) -> Self {
        Self {
            on,
            plan: Plan::default(),
        }
    }

    /// This one too.
    #[must_use]
    pub fn with<T: Makes<E::Backend>>(mut self) -> Self {
        T::add(self.on.live(), &mut self.plan);
        self
    }

    /// Where, and what.
    pub(super) fn into_parts(self) -> (E, Plan) {
        (self.on, self.plan)
    }

    /// Makes those that are not there yet.
    ///
    /// # Errors
    ///
    /// What the database refuses, [`ErrorKind::Unsupported`] for a declaration that it cannot keep, and
    /// [`ErrorKind::Statement`] for a foreign key to a table that is neither there nor made here, or to what
    /// is no key of it.
    pub fn create(self) -> BoxFuture<'c, Result<()>>
    where
        E: 'c,
    {
        Box::pin(create_tables(self.on, self.plan))
    }
}

/// Makes what is not there yet, with its keys and indexes, all or none.
pub(crate) async fn create_tables<'c, E>(on: E, plan: Plan) -> Result<()>
where
    E: Executor<'c>,
{
    let live = on.live();
    let mut connection = on.lease().await?;
    let script = script(&plan, connection.dialect())?;
    let mut attempt = 1;
    loop {
        connection.set_midway(true);
        let made = make(&mut connection, &plan, &script, live).await;
        connection.set_midway(false);
        // SQLite does not wait for another writer where a transaction has read before it writes. Nothing was
        // made then, and it can be tried again, unless a transaction of the caller's is at stake.
        let is_busy = made
            .as_ref()
            .is_err_and(|error| matches!(error.kind(), ErrorKind::Busy | ErrorKind::Serialization));
        if !is_busy || !connection.is_own() || attempt == ATTEMPTS {
            return made;
        }
        tokio::time::sleep(pause(attempt)).await;
        attempt += 1;
    }
}

/// Makes what is not there yet, in a transaction.
async fn make<C: Connection>(
    connection: &mut C,
    plan: &Plan,
    script: &str,
    live: <C::Backend as Backend>::Live,
) -> Result<()> {
    let mut within = connection.begin().await.map_err(Error::from_sqlx)?;
    // `IF NOT EXISTS` alone fails when two sessions make the same table at once.
    if let Some(lock) = within.dialect().lock_for_ddl() {
        let locked = within.run_script(lock.to_owned()).await;
        locked.map_err(Error::from_sqlx)?;
    }
    check::elsewhere(&mut within, plan, live).await?;
    check::left_open(&mut within, plan, live).await?;
    let made = within.run_script(script.to_owned()).await;
    made.map_err(|error| Error::from_sqlx(error).of_text(script))?;
    check::made(&mut within, plan, live).await?;
    within.commit().await.map_err(Error::from_sqlx)
}

fn script(plan: &Plan, dialect: &dyn Dialect) -> Result<String> {
    for Blueprint { table, .. } in &plan.tables {
        verify::table(table, dialect).map_err(unsupported(table))?;
    }
    check::names(&plan.tables)?;
    check::references(&plan.tables)?;
    let mut statements = Vec::new();
    for Blueprint { table, .. } in &plan.tables {
        let create = table.schema.as_ref();
        let create = create.map(|schema| render::create_schema(schema, dialect));
        statements.extend(create.filter(|create| !statements.contains(create)));
    }
    let enums = plan.enums.iter();
    statements.extend(enums.filter_map(|each| render::create_enum(each, dialect)));
    let ordered = order::of(&plan.tables);
    // What points to a table that is made later is added when all of them are there.
    let mut added = Vec::new();
    for (made, Blueprint { table, types }) in &ordered {
        let later = if dialect.checks_foreign_keys_early() {
            made.as_slice()
        } else {
            &[]
        };
        statements.extend(render::create_table(table, types, later, dialect));
        added.extend(
            later
                .iter()
                .map(|at| render::add_foreign_key(table, &table.foreign_keys[*at], dialect)),
        );
    }
    statements.extend(added);
    Ok(statements
        .into_iter()
        .fold(String::new(), |script, each| script + &each + ";\n"))
}
