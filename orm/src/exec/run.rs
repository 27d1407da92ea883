//! One statement in one round trip.

use futures_core::future::BoxFuture;

use super::sequence::{Explain, explain_record};
use super::{Executor, Text};
use crate::backend::{Backend, Connection, Health};
use crate::error::{Error, ErrorKind, Result, is_stale};
use crate::record::{self, Record};
use crate::schema::{Name, TableDef};
use crate::table::Table;
use crate::value::{Binder, Reader};

/// A statement that is ready to be sent: its text, its encoded values, and the table it is about.
#[derive(Debug)]
pub(crate) struct Ready<DB: Backend> {
    pub(super) text: Text,
    pub(super) arguments: DB::Arguments,
    pub(super) about: Name,
    explain: Explain,
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
        let column = values.failed_at().and_then(column_of);
        Self::explained(table, text, values, column, |error, _| error)
    }

    /// The same for a statement that writes a record of this type.
    pub(crate) fn of_record<R: Record>(text: Result<Text>, values: Binder<DB>) -> Result<Self> {
        let column = values.failed_at().and_then(record::position_at::<R>);
        Self::explained(R::Table::DEF, text, values, column, explain_record::<R>)
    }

    // Apart from the two, so that it is compiled once, and not for each table.
    fn explained(
        table: &TableDef,
        text: Result<Text>,
        values: Binder<DB>,
        failed: Option<usize>,
        explain: Explain,
    ) -> Result<Self> {
        let text = text?;
        let arguments = values.finish(table, failed)?;
        Ok(Self {
            text,
            arguments,
            about: table.name.clone(),
            explain,
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
            explain,
        } = ready?;
        let mut connection = on.lease().await?;
        let done = connection.execute(text, arguments).await;
        done.map_err(|error| explain(failed(&connection, error, &about), connection.dialect()))
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
            explain,
        } = ready?;
        let mut connection = on.lease().await?;
        match fetch_row(&mut connection, text, arguments).await {
            Ok(Some(row)) => load(&mut Reader::new(&row)).map_err(|error| error.of_table(&about)),
            Ok(None) => Err(no_row(&about)),
            Err(error) => Err(explain(
                failed(&connection, error, &about),
                connection.dialect(),
            )),
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
            explain,
        } = ready?;
        let mut connection = on.lease().await?;
        match fetch_row(&mut connection, text, arguments).await {
            Ok(Some(row)) => load(&mut Reader::new(&row))
                .map(Some)
                .map_err(|error| error.of_table(&about)),
            Ok(None) => Ok(None),
            Err(error) => Err(explain(
                failed(&connection, error, &about),
                connection.dialect(),
            )),
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
            explain,
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
        let again = again(&connection, &text, &arguments);
        let mut sent = connection.fetch_each(text, arguments, &mut each).await;
        if let (Err(error), Some((text, arguments))) = (&sent, again)
            && is_stale(error)
        {
            sent = connection.fetch_each(text, arguments, &mut each).await;
        }
        sent.map_err(|error| explain(failed(&connection, error, &about), connection.dialect()))?;
        loaded
    })
}

/// Sends a statement; its first row. When its table has changed since it was prepared, it is sent once
/// more, provided that nothing is lost by that: nothing was done yet.
pub(super) async fn fetch_row<C: Connection>(
    connection: &mut C,
    text: Text,
    arguments: <C::Backend as Backend>::Arguments,
) -> sqlx::Result<Option<<C::Backend as Backend>::Row>> {
    let again = again(connection, &text, &arguments);
    match (connection.fetch_optional(text, arguments).await, again) {
        (Err(error), Some((text, arguments))) if is_stale(&error) => {
            connection.fetch_optional(text, arguments).await
        }
        (sent, _) => sent,
    }
}

/// The same for all its rows.
pub(super) async fn fetch_rows<C: Connection>(
    connection: &mut C,
    text: Text,
    arguments: <C::Backend as Backend>::Arguments,
) -> sqlx::Result<Vec<<C::Backend as Backend>::Row>> {
    let again = again(connection, &text, &arguments);
    match (connection.fetch_all(text, arguments).await, again) {
        (Err(error), Some((text, arguments))) if is_stale(&error) => {
            connection.fetch_all(text, arguments).await
        }
        (sent, _) => sent,
    }
}

/// What is needed to send a statement a second time. sqlx takes the arguments for good, so they are
/// copied, but only where there can be a second time.
pub(super) fn again<C: Connection>(
    connection: &C,
    text: &Text,
    arguments: &<C::Backend as Backend>::Arguments,
) -> Option<(Text, <C::Backend as Backend>::Arguments)> {
    let can = connection.can_send_again();
    can.then(|| (Text::clone(text), arguments.clone()))
}

/// An error of a statement, about its table. Its transaction is told what that means for it.
pub(super) fn failed(connection: &impl Connection, error: sqlx::Error, about: &str) -> Error {
    let error = Error::from_sqlx(error).of_table(about);
    if let Some(health) = runs_again(&error) {
        connection.note(health);
    } else if connection.errors_end_transactions() && error.database_error().is_some() {
        connection.note(Health::Ended);
    }
    error
}

/// What this error means for a transaction, where all of it can be run again.
pub(super) fn runs_again(error: &Error) -> Option<Health> {
    match error.kind() {
        ErrorKind::Serialization | ErrorKind::Deadlock => Some(Health::Conflict),
        ErrorKind::SchemaChanged => Some(Health::Stale),
        _ => None,
    }
}
