//! A table that was described at run time, and what can be done with it.

use std::borrow::Cow;
use std::sync::Arc;

use futures_core::future::BoxFuture;

use super::change::{Delete, Update};
use super::describe::Describe;
use super::find::Find;
use super::insert::{Insert, InsertMany};
use super::many::Many;
use super::record::Record;
use super::row::Shape;
use super::select::Select;
use super::sql_type::SqlType;
use super::upsert::Upsert;
use crate::ddl::{self, Blueprint, Plan};
use crate::error::Result;
use crate::exec::Executor;
use crate::schema::TableDef;
use crate::value::Value;

/// A table that was described at run time. Cloning shares the description.
#[derive(Debug, Clone)]
pub struct Table {
    described: Arc<Described>,
}

/// The facts of a table, and what follows from them.
#[derive(Debug)]
pub(super) struct Described {
    pub(super) def: Arc<TableDef>,
    /// The types of its columns.
    pub(super) types: Vec<SqlType>,
    /// The shape of its whole rows.
    pub(super) shape: Arc<Shape>,
}

impl Table {
    /// Begins to describe a table of this name.
    #[expect(
        clippy::new_ret_no_self,
        reason = "a table is described first, and checked when it is built"
    )]
    pub fn new(name: impl Into<String>) -> Describe {
        Describe::new(name.into())
    }

    /// Of facts that have been checked.
    pub(super) fn of(def: TableDef) -> Self {
        let described = Described {
            types: def.columns.iter().map(SqlType::of).collect(),
            shape: Arc::new(Shape::of(&def, 0..def.columns.len())),
            def: Arc::new(def),
        };
        Self {
            described: Arc::new(described),
        }
    }

    fn shared(&self) -> Arc<Described> {
        Arc::clone(&self.described)
    }

    /// The facts of the table.
    pub fn def(&self) -> &TableDef {
        &self.described.def
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
        Upsert::new(Record::of_row(self.shared(), row))
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
        Upsert::new(Record::new(self.shared(), columns, Many::new(rows)))
    }

    /// Begins an insert of one row: the columns that it supplies, with their values.
    pub fn insert<N: AsRef<str>>(&self, row: impl IntoIterator<Item = (N, Value)>) -> Insert {
        Insert::new(Record::of_row(self.shared(), row))
    }

    /// Begins an insert of many rows, all of them or none; as [`upsert_many`](Self::upsert_many) takes them.
    pub fn insert_many<'r, N: AsRef<str>>(
        &self,
        columns: impl IntoIterator<Item = N>,
        rows: &'r [Vec<Value>],
    ) -> InsertMany<'r> {
        Insert::new(Record::new(self.shared(), columns, Many::new(rows)))
    }

    /// Looks up the row of this primary key: its values in the order in which the key was described.
    pub fn get<V: Into<Value>>(&self, key: impl IntoIterator<Item = V>) -> Find {
        Find::by_primary_key(self.shared(), key.into_iter().map(Into::into).collect())
    }

    /// Looks up a row by the columns of a unique key, in any order, and their values. Keys on an expression
    /// or of some rows have a name instead: [`find_key`](Self::find_key).
    pub fn find<N: AsRef<str>, V: Into<Value>>(
        &self,
        columns: impl IntoIterator<Item = N>,
        values: impl IntoIterator<Item = V>,
    ) -> Find {
        let values = values.into_iter().map(Into::into).collect();
        Find::by_columns(self.shared(), columns, values)
    }

    /// Looks up a row by the unique key of this name and the values of its columns.
    pub fn find_key<V: Into<Value>>(
        &self,
        name: &str,
        values: impl IntoIterator<Item = V>,
    ) -> Find {
        Find::by_name(
            self.shared(),
            name,
            values.into_iter().map(Into::into).collect(),
        )
    }

    /// Begins a query of its rows.
    pub fn select(&self) -> Select {
        Select::of(self.shared())
    }

    /// Begins an update of its rows.
    pub fn update(&self) -> Update {
        Update::of(self.shared())
    }

    /// Begins a delete of its rows.
    pub fn delete(&self) -> Delete {
        Delete::of(self.shared())
    }
}

/// Makes these tables where they are not there yet, those first that others point to.
///
/// # Errors
///
/// What the database refuses.
pub fn create<'c, E: Executor<'c> + 'c>(on: E, tables: &[Table]) -> BoxFuture<'c, Result<()>> {
    Box::pin(ddl::create_tables(on, plan(tables)))
}

/// Compares these tables with the database, as [`verify!`](crate::verify) does; as many questions are asked
/// as for one.
///
/// # Errors
///
/// [`ErrorKind::Drift`](crate::ErrorKind::Drift) with everything that differs.
pub fn verify<'c, E: Executor<'c> + 'c>(on: E, tables: &[Table]) -> BoxFuture<'c, Result<()>> {
    Box::pin(ddl::verify(on, plan(tables)))
}

fn plan(tables: &[Table]) -> Plan {
    let blueprint = |table: &Table| Blueprint {
        table: Cow::Owned(TableDef::clone(table.def())),
        types: vec![String::new(); table.def().columns.len()],
    };
    Plan {
        enums: Vec::new(),
        tables: tables.iter().map(blueprint).collect(),
    }
}
