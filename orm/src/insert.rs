//! The plain insert: a record goes in, or its key is taken and that is an error.

use std::fmt;

use futures_core::future::BoxFuture;

use crate::backend::Backend;
use crate::dialect::Dialect;
use crate::error::Result;
use crate::exec::{self, Reads, Ready, Text, Writes};
use crate::render;
use crate::stmt::{self, Returned};
use crate::table::Table;
use crate::table::record::{self, Record};
use crate::value::Binder;

mod many;

pub use many::{InsertMany, InsertRecords};

/// Gives every record its `insert`.
pub trait InsertRecord: Record + Sized {
    /// Begins an insert of this record.
    fn insert(&self) -> Insert<'_, Self> {
        Insert { record: self }
    }
}

impl<R: Record> InsertRecord for R {}

/// An insert of one record.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// use orm::prelude::*;
///
/// #[derive(Table)]
/// #[table(insert = NewCity)]
/// struct City {
///     #[column(primary_key, auto)]
///     id: i64,
///     name: String,
/// }
///
/// let db = orm::connect("sqlite::memory:").await?;
/// orm::create_tables!(&db, City).await?;
/// let rome = NewCity { name: "Rome".to_owned() }.insert().fetch_one(&db).await?;
/// assert_eq!(rome.id, 1);
/// # Ok(())
/// # }
/// ```
#[must_use = "an insert does nothing until it is executed: end it with `execute` or `fetch_one`"]
pub struct Insert<'r, R> {
    record: &'r R,
}

/// Stands for the statement in the cache of texts.
struct Shape<R, const RETURNING: bool>(std::marker::PhantomData<R>);

impl<R: Record> Insert<'_, R> {
    /// Runs the insert; how many rows were written: 1.
    ///
    /// # Errors
    ///
    /// What the database refuses; see [`ErrorKind`](crate::ErrorKind).
    pub fn execute<'c, E: Writes<'c, R> + 'c>(self, on: E) -> BoxFuture<'c, Result<u64>> {
        let ready = self.ready::<false, _>(&on);
        exec::execute(on, ready)
    }

    /// Runs the insert; the row as it is now, with what the database put in.
    ///
    /// # Errors
    ///
    /// What the database refuses; see [`ErrorKind`](crate::ErrorKind).
    pub fn fetch_one<'c, E: Writes<'c, R> + Reads<'c, R::Table> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<R::Table>> {
        let ready = self.ready::<true, _>(&on);
        exec::fetch_one(on, ready, <E as Reads<'c, R::Table>>::load)
    }

    /// The text that `execute` sends to a database, without a connection to it.
    pub fn to_sql<DB: Backend<Live = ()>>(&self) -> String {
        render::insert(&statement::<R>(false), DB::dialect(()))
    }

    fn ready<'c, const RETURNING: bool, E>(&self, on: &E) -> Result<Ready<E::Backend>>
    where
        E: Writes<'c, R>,
    {
        let live = on.live();
        let mut values = Binder::new(live);
        E::bind(self.record, &mut values);
        let text = text::<R, RETURNING>(<E::Backend as Backend>::dialect(live));
        Ready::of_record::<R>(text, values)
    }
}

fn text<R: Record, const RETURNING: bool>(dialect: &dyn Dialect) -> Result<Text> {
    exec::cached::<Shape<R::Shape, RETURNING>>(dialect, || {
        exec::insert(&statement::<R>(RETURNING), dialect)
    })
}

fn statement<R: Record>(returning: bool) -> stmt::Insert {
    let table = R::Table::DEF;
    let columns = record::positions::<R>();
    let returning = if returning {
        Returned::row(table)
    } else {
        Vec::new()
    };
    stmt::Insert {
        table: table.into(),
        columns,
        casts: Vec::new(),
        conflict: None,
        returning,
    }
}

impl<R> fmt::Debug for Insert<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the record: an insert may end up in a log.
        f.debug_struct("Insert").finish_non_exhaustive()
    }
}
