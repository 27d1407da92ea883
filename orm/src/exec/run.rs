//! One statement in one round trip.

use futures_core::future::BoxFuture;

use super::{Executor, Text};
use crate::backend::{Backend, Connection, Health};
use crate::error::{Error, ErrorKind, Result};
use crate::schema::{Name, TableDef};
use crate::value::{Binder, Reader};

/// A statement that is ready to be sent: its text, its encoded values, and the table it is about.
#[derive(Debug)]
pub(crate) struct Ready<DB: Backend> {
    text: Text,
    arguments: DB::Arguments,
    about: Name,
}

impl<DB: Backend> Ready<DB> {
    /// Puts text and values together. `columns` names the values, for the error of one that could not
    /// be encoded.
    pub(crate) fn new(
        table: &TableDef,
        text: Result<Text>,
        values: Binder<DB>,
        column_of: impl FnOnce(usize) -> Option<usize>,
    ) -> Result<Self> {
        let text = text?;
        let arguments = values.finish_for(table, column_of)?;
        Ok(Self {
            text,
            arguments,
            about: table.name.clone(),
        })
    }
}

/// Reads a row into what was asked for.
pub(crate) type LoadRow<DB, T> = fn(&mut Reader<'_, DB>) -> Result<T>;

/// Runs a statement; how many rows it wrote.
pub(crate) fn execute<'c, E>(on: E, ready: Result<Ready<E::Backend>>) -> BoxFuture<'c, Result<u64>>
where
    E: Executor<'c> + 'c,
{
    Box::pin(async move {
        let Ready {
            text,
            arguments,
            about,
        } = ready?;
        let mut connection = on.lease().await?;
        let done = connection.execute(text, arguments).await;
        done.map_err(|error| failed(&connection, error, &about))
    })
}

/// Runs a statement; its one row.
pub(crate) fn fetch_one<'c, E, T>(
    on: E,
    ready: Result<Ready<E::Backend>>,
    load: LoadRow<E::Backend, T>,
) -> BoxFuture<'c, Result<T>>
where
    E: Executor<'c> + 'c,
    T: Send + 'c,
{
    Box::pin(async move {
        let Ready {
            text,
            arguments,
            about,
        } = ready?;
        let mut connection = on.lease().await?;
        match connection.fetch_optional(text, arguments).await {
            Ok(Some(row)) => load(&mut Reader::new(&row)).map_err(|error| error.of_table(&about)),
            Ok(None) => Err(no_row(&about)),
            Err(error) => Err(failed(&connection, error, &about)),
        }
    })
}

/// A row was promised and none came.
pub(crate) fn no_row(about: &str) -> Error {
    Error::new(
        ErrorKind::NotFound,
        "the statement gave no row back; a trigger or a rule of the database may have kept it",
    )
    .of_table(about)
}

/// Runs a statement; its row, where there is one.
pub(crate) fn fetch_optional<'c, E, T>(
    on: E,
    ready: Result<Ready<E::Backend>>,
    load: LoadRow<E::Backend, T>,
) -> BoxFuture<'c, Result<Option<T>>>
where
    E: Executor<'c> + 'c,
    T: Send + 'c,
{
    Box::pin(async move {
        let Ready {
            text,
            arguments,
            about,
        } = ready?;
        let mut connection = on.lease().await?;
        match connection.fetch_optional(text, arguments).await {
            Ok(Some(row)) => load(&mut Reader::new(&row))
                .map(Some)
                .map_err(|error| error.of_table(&about)),
            Ok(None) => Ok(None),
            Err(error) => Err(failed(&connection, error, &about)),
        }
    })
}

/// Runs a statement; all its rows.
pub(crate) fn fetch_all<'c, E, T>(
    on: E,
    ready: Result<Ready<E::Backend>>,
    load: LoadRow<E::Backend, T>,
) -> BoxFuture<'c, Result<Vec<T>>>
where
    E: Executor<'c> + 'c,
    T: Send + 'c,
{
    Box::pin(async move {
        let Ready {
            text,
            arguments,
            about,
        } = ready?;
        let mut connection = on.lease().await?;
        let mut loaded = Ok(Vec::new());
        // Each row is read as it comes: to hold all of them first takes more than twice the memory.
        let mut each = |row| {
            if let Ok(rows) = &mut loaded {
                match load(&mut Reader::new(&row)) {
                    Ok(row) => rows.push(row),
                    Err(error) => loaded = Err(error.of_table(&about)),
                }
            }
        };
        let done = connection.fetch_each(text, arguments, &mut each).await;
        done.map_err(|error| failed(&connection, error, &about))?;
        loaded
    })
}

/// An error of a statement, about its table. Its transaction is told what that means for it.
pub(super) fn failed(connection: &impl Connection, error: sqlx::Error, about: &str) -> Error {
    let error = Error::from_sqlx(error).of_table(about);
    if is_conflict(&error) {
        connection.note(Health::Conflict);
    } else if connection.errors_end_transactions() && error.database_error().is_some() {
        connection.note(Health::Ended);
    }
    error
}

/// Whether transactions got into each other's way.
pub(super) fn is_conflict(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Serialization | ErrorKind::Deadlock)
}
