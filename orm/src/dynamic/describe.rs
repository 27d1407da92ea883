//! Describing a table.

use std::borrow::Cow;
use std::sync::Arc;

use futures_core::future::BoxFuture;

use super::many::Many;
use super::upsert::Upsert;
use crate::error::Result;
use crate::exec::{self, Blueprint, Executor, Plan};
use crate::schema::{IndexDef, KeyDef, TableDef, TableKind};
use crate::value::Value;

mod check;
mod column;
mod default;
mod key;

use check::wrong;
pub use column::{DescribeColumn, column};
pub use key::{DescribeKey, key};

/// A table that was described at run time. Cloning shares the description.
#[derive(Debug, Clone)]
pub struct Table {
    def: Arc<TableDef>,
}

/// A table in description: what [`Table::new`] begins and [`build`](Describe::build) checks.
#[derive(Debug, Clone)]
#[must_use = "a description is not a table yet: end it with `build`"]
pub struct Describe {
    def: TableDef,
    columns: Vec<DescribeColumn>,
    primary_key: Vec<String>,
    unique: Vec<DescribeKey>,
    indexes: Vec<(String, Vec<String>)>,
}

impl Table {
    /// Begins to describe a table of this name.
    #[expect(
        clippy::new_ret_no_self,
        reason = "a table is described first, and checked when it is built"
    )]
    pub fn new(name: impl Into<String>) -> Describe {
        let mut def = TableDef::new("", &[], &[]);
        def.name = name.into().into();
        Describe {
            def,
            columns: Vec::new(),
            primary_key: Vec::new(),
            unique: Vec::new(),
            indexes: Vec::new(),
        }
    }

    /// The facts of the table.
    pub fn def(&self) -> &TableDef {
        &self.def
    }

    /// Makes the table where it is not there yet.
    ///
    /// # Errors
    ///
    /// What the database refuses.
    pub fn create<'c, E: Executor<'c> + 'c>(&self, on: E) -> BoxFuture<'c, Result<()>> {
        create(on, std::slice::from_ref(self))
    }

    /// Compares it with the database, as [`verify!`](crate::verify) does.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Drift`](crate::ErrorKind::Drift) with everything that differs.
    pub fn verify<'c, E: Executor<'c> + 'c>(&self, on: E) -> BoxFuture<'c, Result<()>> {
        verify(on, std::slice::from_ref(self))
    }

    /// Begins an upsert of one row: the columns that it supplies, with their values.
    pub fn upsert<N: AsRef<str>>(&self, row: impl IntoIterator<Item = (N, Value)>) -> Upsert {
        Upsert::of_row(Arc::clone(&self.def), row)
    }

    /// Begins an upsert of many rows, all of them or none: the columns that they supply, and the values of
    /// each row in that order. The values of one column are of one kind, or `NULL`.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> orm::Result<()> {
    /// use orm::dynamic::{Table, Value, column};
    ///
    /// let cities = Table::new("cities")
    ///     .column(column("name", "TEXT"))
    ///     .column(column("inhabitants", "BIGINT"))
    ///     .primary_key(["name"])
    ///     .build()?;
    ///
    /// let db = orm::connect("sqlite::memory:").await?;
    /// cities.create(&db).await?;
    ///
    /// let rows = [
    ///     vec![Value::from("Rome"), Value::from(2_800_000)],
    ///     vec![Value::from("Oslo"), Value::from(700_000)],
    /// ];
    /// let report = cities
    ///     .upsert_many(["name", "inhabitants"], &rows)
    ///     .on_conflict(["name"])
    ///     .update_all()
    ///     .report(&db)
    ///     .await?;
    /// assert_eq!(report.inserted, 2);
    /// # Ok(())
    /// # }
    /// ```
    pub fn upsert_many<'r, N: AsRef<str>>(
        &self,
        columns: impl IntoIterator<Item = N>,
        rows: &'r [Vec<Value>],
    ) -> Upsert<Many<'r>> {
        Upsert::new(Arc::clone(&self.def), columns, Many::new(rows))
    }
}

/// Makes these tables where they are not there yet, those first that others point to.
///
/// # Errors
///
/// What the database refuses.
pub fn create<'c, E: Executor<'c> + 'c>(on: E, tables: &[Table]) -> BoxFuture<'c, Result<()>> {
    Box::pin(exec::create_tables(on, plan(tables)))
}

/// Compares these tables with the database, as [`verify!`](crate::verify) does; as many questions are asked
/// as for one.
///
/// # Errors
///
/// [`ErrorKind::Drift`](crate::ErrorKind::Drift) with everything that differs.
pub fn verify<'c, E: Executor<'c> + 'c>(on: E, tables: &[Table]) -> BoxFuture<'c, Result<()>> {
    Box::pin(exec::verify(on, plan(tables)))
}

fn plan(tables: &[Table]) -> Plan {
    let blueprint = |table: &Table| Blueprint {
        table: Cow::Owned(TableDef::clone(&table.def)),
        types: vec![String::new(); table.def.columns.len()],
    };
    Plan {
        enums: Vec::new(),
        tables: tables.iter().map(blueprint).collect(),
    }
}

impl Describe {
    /// In this schema.
    pub fn schema(mut self, schema: impl Into<String>) -> Self {
        self.def.schema = Some(schema.into().into());
        self
    }

    /// With this column, behind those before it.
    pub fn column(mut self, column: DescribeColumn) -> Self {
        self.columns.push(column);
        self
    }

    /// With these columns as its primary key.
    pub fn primary_key<N: Into<String>>(mut self, columns: impl IntoIterator<Item = N>) -> Self {
        self.primary_key = columns.into_iter().map(Into::into).collect();
        self
    }

    /// With these columns, none of which may be `NULL`, as a unique key.
    pub fn unique<N: Into<String>>(self, columns: impl IntoIterator<Item = N>) -> Self {
        self.unique_key(key(columns))
    }

    /// With this unique key.
    pub fn unique_key(mut self, key: DescribeKey) -> Self {
        self.unique.push(key);
        self
    }

    /// With an index of this name over these columns.
    pub fn index<N: Into<String>>(
        mut self,
        name: impl Into<String>,
        columns: impl IntoIterator<Item = N>,
    ) -> Self {
        let columns = columns.into_iter().map(Into::into).collect();
        self.indexes.push((name.into(), columns));
        self
    }

    /// With a check of this name and condition.
    pub fn check(mut self, name: impl Into<String>, sql: impl Into<String>) -> Self {
        let check = (name.into().into(), sql.into().into());
        self.def.checks.to_mut().push(check);
        self
    }

    /// With pages packed to this percentage.
    pub fn fillfactor(mut self, percent: u8) -> Self {
        self.def.fillfactor = Some(percent);
        self
    }

    /// With this standing behind its name.
    pub fn of_kind(mut self, kind: TableKind) -> Self {
        self.def.kind = kind;
        self
    }

    /// Checks the description.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) with the first mistake in it: names that
    /// are empty, too long, reserved, not there or there twice, roles that contradict each other, keys
    /// that cannot be, and whatever else the derive has the compiler refuse.
    pub fn build(self) -> Result<Table> {
        let Self {
            mut def,
            columns,
            primary_key,
            unique,
            indexes,
        } = self;
        def.columns = columns.iter().map(DescribeColumn::facts).collect();
        check::names(&def)?;
        if primary_key.is_empty() {
            return Err(wrong(format!(
                "table `{}` has no primary key; call `primary_key`",
                def.name
            )));
        }
        let mut primary = KeyDef::primary(&[]);
        primary.columns = positions(&def, "a key", &primary_key)?.into();
        let mut keys = vec![primary];
        for key in unique {
            let positions = positions(&def, "a key", &key.columns)?;
            check::key(&key, &positions, &columns)?;
            keys.push(key.into_def(positions));
        }
        def.keys = keys.into();
        for (name, columns) in indexes {
            let mut index = IndexDef::new("", &[]);
            index.columns = positions(&def, "an index", &columns)?.into();
            index.name = name.into();
            def.indexes.to_mut().push(index);
        }
        check::names_beside(&def)?;
        check::texts(&def)?;
        default::are_values(&def)?;
        check::roles(&def)?;
        check::keys(&def)?;
        check::references(&columns, &def)?;
        check::fillfactor(&def)?;
        Ok(Table { def: Arc::new(def) })
    }
}

/// Where the columns of a key or an index stand.
fn positions(table: &TableDef, what: &str, names: &[String]) -> Result<Vec<usize>> {
    let mut positions = Vec::with_capacity(names.len());
    for name in names {
        let Some(at) = table.position(name) else {
            return Err(wrong(format!("{what} names `{name}`, which is no column")));
        };
        if positions.contains(&at) {
            return Err(wrong(format!("{what} names `{name}` twice")));
        }
        positions.push(at);
    }
    if positions.is_empty() {
        return Err(wrong(format!("{what} names no column")));
    }
    Ok(positions)
}
