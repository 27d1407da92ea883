//! One row by one of its keys.

use std::fmt;
use std::sync::Arc;

use futures_core::future::BoxFuture;

use super::fit;
use super::mistake::Mistake;
use super::reading::{self, Reading};
use super::row::Row;
use super::table::Described;
use super::upsert::key_of;
use super::wire;
use crate::backend::Backend;
use crate::driver::HoldsValues;
use crate::error::Result;
use crate::exec::{self, Executor, Ready};
use crate::find::no_row;
use crate::render;
use crate::schema::{KeyDef, KeyKind};
use crate::stmt::{Expr, Select};
use crate::value::{Binder, Kind, Read, Value};

/// A look-up of one row by one of its keys.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// use orm::dynamic::{Table, Value, column};
///
/// let cities = Table::new("cities")
///     .column(column("id", "BIGINT").auto())
///     .column(column("country", "TEXT"))
///     .column(column("name", "TEXT"))
///     .primary_key(["id"])
///     .unique(["country", "name"])
///     .build()?;
/// let db = orm::connect("sqlite::memory:").await?;
/// cities.create(&db).await?;
/// let rome = [("country", Value::from("IT")), ("name", Value::from("Rome"))];
/// cities.insert(rome).execute(&db).await?;
///
/// assert!(cities.get([1]).fetch_optional(&db).await?.is_some());
/// let rome = cities.find(["name", "country"], ["Rome", "IT"]).fetch_one(&db).await?;
/// assert_eq!(rome.get::<i64>("id")?, 1);
/// # Ok(())
/// # }
/// ```
#[must_use = "a look-up does nothing until it is executed: end it with `fetch_optional` or `fetch_one`"]
pub struct Find {
    table: Arc<Described>,
    key: Option<usize>,
    /// The positions of the columns, in the order of the values.
    columns: Vec<usize>,
    values: Vec<Value>,
    returning: Option<Vec<usize>>,
    mistake: Mistake,
}

impl Find {
    pub(super) fn by_primary_key(table: Arc<Described>, values: Vec<Value>) -> Self {
        let is_primary = |key: &KeyDef| key.kind == KeyKind::Primary;
        let key = table.def.keys.iter().position(is_primary);
        Self::by_key(table, key, values)
    }

    pub(super) fn by_name(table: Arc<Described>, name: &str, values: Vec<Value>) -> Self {
        let named = |key: &KeyDef| key.name.as_deref() == Some(name);
        let key = table.def.keys.iter().position(named);
        let mut find = Self::by_key(table, key, values);
        if key.is_none() {
            find.mistake
                .note(format!("there is no unique key `{name}`"));
        }
        find
    }

    pub(super) fn by_columns<N: AsRef<str>>(
        table: Arc<Described>,
        names: impl IntoIterator<Item = N>,
        values: Vec<Value>,
    ) -> Self {
        let mut mistake = Mistake::none(&table);
        let columns = mistake.positions(names);
        let key = key_of(&table.def.keys, &columns);
        if key.is_none() {
            mistake.note("these columns are not a unique key");
        }
        Self {
            table,
            key,
            columns,
            values,
            returning: None,
            mistake,
        }
    }

    fn by_key(table: Arc<Described>, key: Option<usize>, values: Vec<Value>) -> Self {
        Self {
            mistake: Mistake::none(&table),
            columns: key.map_or_else(Vec::new, |key| table.def.keys[key].columns.to_vec()),
            table,
            key,
            values,
            returning: None,
        }
    }

    /// Gives these columns of the row back, instead of all.
    pub fn columns<N: AsRef<str>>(mut self, columns: impl IntoIterator<Item = N>) -> Self {
        self.returning = Some(self.mistake.positions(columns));
        self
    }

    /// Runs the look-up; the row, where there is one.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Statement`](crate::ErrorKind::Statement) for a mistake in it, and what the database
    /// refuses.
    pub fn fetch_optional<'c, E: Executor<'c, Backend: HoldsValues> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Option<Row>>>
    where
        Value: Read<E::Backend>,
    {
        let dialect = <E::Backend as Backend>::dialect(on.live());
        let reading = Reading::of(&self.table, self.returning.as_deref(), dialect);
        let ready = self.ready::<E::Backend>(&reading, on.live());
        let sent = exec::fetch_optional(on, ready, reading::values::<E::Backend>);
        Box::pin(async move { Ok(sent.await?.map(|values| reading.row(values))) })
    }

    /// Runs the look-up; the row.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) when there is none, and as
    /// [`fetch_optional`](Self::fetch_optional).
    pub fn fetch_one<'c, E: Executor<'c, Backend: HoldsValues> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Row>>
    where
        Value: Read<E::Backend>,
    {
        let table = Arc::clone(&self.table);
        let found = self.fetch_optional(on);
        Box::pin(async move { found.await?.ok_or_else(|| no_row(&table.def)) })
    }

    fn ready<DB: HoldsValues>(&self, reading: &Reading, live: DB::Live) -> Result<Ready<DB>> {
        let dialect = DB::dialect(live);
        let def = &self.table.def;
        self.mistake.check()?;
        let (has, wants) = (self.values.len(), self.columns.len());
        if has != wants {
            let message =
                format!("the key has {wants} columns, and {has} values are given for them");
            return Err(self.mistake.of(message));
        }
        let mut values = Binder::new(live);
        let mut casts = Vec::new();
        for (at, value) in self.columns.iter().zip(&self.values) {
            let column = &def.columns[*at];
            if value.is_null() {
                let name = &column.name;
                let message = format!("`{name}` is given `NULL`, which is equal to nothing");
                return Err(self.mistake.of(message));
            }
            if let Some(why) = fit::unfit(&self.table, *at, value, dialect.types_arguments()) {
                return Err(self.mistake.of(why));
            }
            let wire = wire::wire(column, Kind::of(value), dialect);
            let (kind, value) = wire::sent(value, &wire, column);
            DB::put(kind, &value, &mut values);
            casts.push((*at, wire.cast));
        }
        let cast = |at| {
            let known = casts.iter().find(|(known, _)| *known == at);
            known.and_then(|(_, cast)| cast.clone())
        };
        let key = self.key.map(|key| &def.keys[key]);
        let select = Select {
            filter: key.and_then(|key| Expr::same_key(key, &self.columns, cast)),
            ..Select::of(def, reading.projection())
        };
        let text = render::select(&select, dialect).text;
        let column = |at: usize| self.columns.get(at).copied();
        Ready::new(def, Ok(text.into()), values, column)
    }
}

impl fmt::Debug for Find {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the values: a look-up may end up in a log.
        f.debug_struct("Find")
            .field("table", &self.table.def.name)
            .field("columns", &self.columns)
            .finish_non_exhaustive()
    }
}
