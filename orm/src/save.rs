//! One whole row, by its primary key: saved and deleted.

use std::fmt;
use std::marker::PhantomData;

use futures_core::future::BoxFuture;

use crate::backend::Backend;
use crate::dialect::Dialect;
use crate::error::{Error, ErrorKind, Result};
use crate::exec::{self, Reads, Ready, Text, Writes};
use crate::render;
use crate::stmt::{Assignment, Change, Expr, Projection, Verb};
use crate::table::Table;
use crate::table::record::{self, Record};
use crate::value::Binder;

/// Gives every row of a table its `save` and `delete_row`.
pub trait SaveRow: Table + Record<Table = Self> {
    /// Begins an update of the stored row that has the primary key of this one: all its columns but generated
    /// and insert-only ones get the values of this one. [`upsert`](crate::upsert::UpsertRecord::upsert) also inserts
    /// it where it is not there.
    fn save(&self) -> Save<'_, Self> {
        Save { row: self }
    }

    /// Begins a delete of the stored row that has the primary key of this one.
    fn delete_row(&self) -> DeleteRow<'_, Self> {
        DeleteRow { row: self }
    }
}

impl<T: Table + Record<Table = T>> SaveRow for T {}

/// An update of one whole row.
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
///     inhabitants: i64,
/// }
///
/// let db = orm::connect("sqlite::memory:").await?;
/// orm::create_tables!(&db, City).await?;
/// let new = NewCity { name: "Rome".to_owned(), inhabitants: 2_800_000 };
/// let mut city = new.insert().fetch_one(&db).await?;
///
/// city.inhabitants += 1;
/// assert_eq!(city.save().execute(&db).await?, 1);
/// assert_eq!(city.delete_row().execute(&db).await?, 1);
/// assert_eq!(city.save().execute(&db).await?, 0);
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is saved until it is executed: end it with `execute` or `fetch_one`"]
pub struct Save<'r, T> {
    row: &'r T,
}

/// A delete of one row.
#[must_use = "nothing is deleted until it is executed: end it with `execute`"]
pub struct DeleteRow<'r, T> {
    row: &'r T,
}

/// Stands for the statement in the cache of texts.
struct Shape<T, const WHAT: u8>(PhantomData<T>);

const SAVE: u8 = 0;
const SAVE_AND_RETURN: u8 = 1;
const DELETE: u8 = 2;

impl<T: SaveRow> Save<'_, T> {
    /// Runs the update; how many rows there were: 1, or 0 where there is none with this key.
    ///
    /// # Errors
    ///
    /// What the database refuses; see [`ErrorKind`](crate::ErrorKind).
    pub fn execute<'c, E: Writes<'c, T> + 'c>(self, on: E) -> BoxFuture<'c, Result<u64>> {
        let ready = ready::<T, SAVE, _>(self.row, &on);
        exec::execute(on, ready)
    }

    /// Runs the update; the row as it is now.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) where there is none with this key, and what the
    /// database refuses.
    pub fn fetch_one<'c, E: Writes<'c, T> + Reads<'c, T> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<T>> {
        let ready = ready::<T, SAVE_AND_RETURN, _>(self.row, &on);
        let found = exec::fetch_optional(on, ready, <E as Reads<'c, T>>::load);
        Box::pin(async move { found.await?.ok_or_else(|| crate::find::no_row(T::DEF)) })
    }

    /// The text that `execute` sends to a database, without a connection to it.
    pub fn to_sql<DB: Backend<Live = ()>>(&self) -> String {
        render::change(&statement::<T>(SAVE), DB::dialect(())).text
    }
}

impl<T: SaveRow> DeleteRow<'_, T> {
    /// Runs the delete; how many rows there were: 1, or 0 where there is none with this key.
    ///
    /// # Errors
    ///
    /// What the database refuses; a row that others point to is
    /// [`ErrorKind::ForeignKeyViolation`](crate::ErrorKind::ForeignKeyViolation).
    pub fn execute<'c, E: Writes<'c, T> + 'c>(self, on: E) -> BoxFuture<'c, Result<u64>> {
        let ready = ready::<T, DELETE, _>(self.row, &on);
        exec::execute(on, ready)
    }

    /// The text that `execute` sends to a database, without a connection to it.
    pub fn to_sql<DB: Backend<Live = ()>>(&self) -> String {
        render::change(&statement::<T>(DELETE), DB::dialect(())).text
    }
}

fn ready<'c, T, const WHAT: u8, E>(row: &T, on: &E) -> Result<Ready<E::Backend>>
where
    T: SaveRow,
    E: Writes<'c, T>,
{
    let live = on.live();
    let mut values = Binder::only(live, sent::<T>(WHAT), 1);
    E::bind(row, &mut values);
    let text = text::<T, WHAT>(<E::Backend as Backend>::dialect(live));
    Ready::new(T::DEF, text, values, record::position_at::<T>)
}

fn text<T: SaveRow, const WHAT: u8>(dialect: &dyn Dialect) -> Result<Text> {
    exec::cached::<Shape<T, WHAT>>(dialect, || {
        let statement = statement::<T>(WHAT);
        if matches!(&statement.verb, Verb::Update(assignments) if assignments.is_empty()) {
            let message = "the table has no column that could be saved: all are its primary key, \
                           generated or written once";
            return Err(Error::new(ErrorKind::Statement, message).of_table(&T::DEF.name));
        }
        Ok(render::change(&statement, dialect).text)
    })
}

/// Which of the row's values are sent.
fn sent<T: SaveRow>(what: u8) -> Vec<bool> {
    let is_sent = |at: usize| {
        let in_key = T::DEF.is_in_primary_key(at);
        in_key || (what != DELETE && !T::DEF.columns[at].insert_only)
    };
    record::positions::<T>().into_iter().map(is_sent).collect()
}

/// The values that are sent are its arguments, in the order of the row's columns.
fn statement<T: SaveRow>(what: u8) -> Change {
    let table = T::DEF;
    let mut supplied = record::positions::<T>();
    let mut sent = sent::<T>(what).into_iter();
    supplied.retain(|_| sent.next() == Some(true));
    let filter = table
        .primary_key()
        .and_then(|key| Expr::same_key(key, &supplied, |_| None));
    let saved = |(place, at): (usize, &usize)| {
        (!table.is_in_primary_key(*at)).then_some(Assignment {
            column: *at,
            value: Expr::Argument(place + 1),
        })
    };
    let verb = match what {
        DELETE => Verb::Delete,
        _ => Verb::Update(supplied.iter().enumerate().filter_map(saved).collect()),
    };
    Change {
        table: table.into(),
        verb,
        filter,
        returning: (what == SAVE_AND_RETURN).then_some(Projection::Row),
    }
}

impl<T> fmt::Debug for Save<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the row: it may end up in a log.
        f.debug_struct("Save").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for DeleteRow<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeleteRow").finish_non_exhaustive()
    }
}
