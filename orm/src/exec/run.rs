//! One statement in one round trip.

use std::future::Future;

use futures_core::future::BoxFuture;

use super::sequence::{Explain, explain_record};
use super::{Executor, Text};
use crate::backend::{Backend, Connection, Health};
use crate::error::{
    Error, ErrorKind, Result, is_raised_within, is_stale, is_surely_stale, is_taken,
};
use crate::schema::{Name, TableDef};
use crate::table::Table;
use crate::table::record::{self, Record};
use crate::value::{Binder, Reader, Types};

/// A statement that is ready to be sent: its text, its encoded values, and the table it is about.
pub(crate) struct Ready<DB: Backend> {
    pub(super) text: Text,
    pub(super) arguments: DB::Arguments,
    pub(super) about: Name,
    explain: Explain,
    pub(super) nature: Nature,
    /// Whether it may have to be sent a second time although it gives no row back.
    is_kept: bool,
}

/// What is known of a statement beyond its text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Nature {
    /// Its text is the caller's: it may open a transaction, or call what commits half way.
    is_of_caller: bool,
    /// Others that write at the same time can make it fail on another key than its own.
    may_race: bool,
}

impl Nature {
    /// That of an upsert.
    pub(super) const UPSERT: Self = Self {
        is_of_caller: false,
        may_race: true,
    };
}

impl<DB: Backend> Ready<DB> {
    /// Puts text and values together. `columns` names the values, for the error of one that could not
    /// be encoded.
    #[inline]
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

    /// The same statement, which is an upsert of this table.
    pub(crate) fn of_upsert(self, table: &TableDef) -> Self {
        Self {
            nature: Nature::UPSERT,
            is_kept: self.is_kept || table.keys.len() > 1,
            ..self
        }
    }

    // Apart from the two, so that it is compiled once, and not for each table.
    fn explained(
        table: &TableDef,
        text: Result<Text>,
        mut values: Binder<DB>,
        failed: Option<usize>,
        explain: Explain,
    ) -> Result<Self> {
        let text = text?;
        values.check(table, failed)?;
        Ok(Self {
            text,
            nature: Nature::default(),
            is_kept: values.has_open(),
            arguments: values.into_arguments(),
            about: table.name.clone(),
            explain,
        })
    }

    /// The same statement, whose text is the caller's.
    pub(crate) fn of_caller(mut self) -> Self {
        self.nature.is_of_caller = true;
        self
    }
}

/// Reads a row into what was asked for.
pub(crate) type LoadRow<DB, T> = fn(&mut Reader<'_, DB>) -> Result<T>;

/// Runs a statement; how many rows it wrote.
pub(crate) fn execute<'c, E>(on: E, ready: Result<Ready<E::Backend>>) -> BoxFuture<'c, Result<u64>>
where
    E: Executor<'c> + 'c,
{
    let ready = match ready {
        Ok(ready) => ready,
        Err(error) => return refused(error),
    };
    Box::pin(async move {
        let mut connection = on.lease().await?;
        let text = Text::clone(&ready.text);
        let again = ready
            .is_kept
            .then(|| again(&connection, &ready.text, &ready.arguments))
            .flatten();
        let sent = connection.execute_first(ready.text, ready.arguments);
        let mut done = sent.await;
        if let Err(error) = &done
            && is_stale(error)
        {
            connection.heal(error).await;
        }
        if let (Err(error), Some((text, arguments))) = (&done, again)
            && is_worth_sending_again(error, ready.nature)
        {
            done = connection.execute(text, arguments).await;
            close_if_stale(&mut connection, &done);
        }
        if done.is_ok() && !ready.nature.is_of_caller {
            connection.set_answered();
        }
        done.map_err(|error| told(&connection, error, &ready.about, ready.explain).of_text(&text))
    })
}

/// Runs a statement; its one row.
#[inline]
pub(crate) fn fetch_one<'c, E, T>(
    on: E,
    ready: Result<Ready<E::Backend>>,
    load: LoadRow<E::Backend, T>,
) -> BoxFuture<'c, Result<T>>
where
    E: Executor<'c> + 'c,
    T: Send + 'c,
{
    fetch_first(on, ready, load, |row, about| {
        row.ok_or_else(|| no_row(about))
    })
}

/// A row was promised and none came.
pub(crate) fn no_row(about: &str) -> Error {
    Error::new(
        ErrorKind::NotFound,
        "the statement gave no row back; a trigger, a rule, a policy or an `ON CONFLICT IGNORE` of the \
         database may have kept it",
    )
    .of_table(about)
}

/// Runs a statement; its row, where there is one.
#[inline]
pub(crate) fn fetch_optional<'c, E, T>(
    on: E,
    ready: Result<Ready<E::Backend>>,
    load: LoadRow<E::Backend, T>,
) -> BoxFuture<'c, Result<Option<T>>>
where
    E: Executor<'c> + 'c,
    T: Send + 'c,
{
    fetch_first(on, ready, load, |row, _| Ok(row))
}

/// Runs a statement; what `give` makes of its first row.
#[inline]
fn fetch_first<'c, E, T, O>(
    on: E,
    ready: Result<Ready<E::Backend>>,
    load: LoadRow<E::Backend, T>,
    give: impl FnOnce(Option<T>, &str) -> Result<O> + Send + 'c,
) -> BoxFuture<'c, Result<O>>
where
    E: Executor<'c> + 'c,
    T: Send + 'c,
    O: Send + 'c,
{
    let ready = match ready {
        Ok(ready) => ready,
        Err(error) => return refused(error),
    };
    Box::pin(async move {
        let mut connection = on.lease().await?;
        let text = Text::clone(&ready.text);
        let again = again(&connection, &ready.text, &ready.arguments);
        // All of it is one future: each one around another is a little more to do for every row.
        let sent = connection.fetch_first(ready.text, ready.arguments);
        let mut sent = sent.await;
        if let Err(error) = &sent {
            if is_stale(error) {
                connection.heal(error).await;
            }
            connection.look_after().await;
        }
        if let (Err(error), Some((text, arguments))) = (&sent, again)
            && is_worth_sending_again(error, ready.nature)
        {
            sent = connection.fetch_optional(text, arguments).await;
            close_if_stale(&mut connection, &sent);
        }
        if sent.is_ok() && !ready.nature.is_of_caller {
            connection.set_answered();
        }
        match sent {
            Ok(None) => give(None, &ready.about),
            Ok(Some(row)) => match load(&mut Reader::new(&row)) {
                Ok(row) => give(Some(row), &ready.about),
                Err(error) => Err(error.of_table(&ready.about)),
            },
            Err(error) => Err(told(&connection, error, &ready.about, ready.explain).of_text(&text)),
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
    let ready = match ready {
        Ok(ready) => ready,
        Err(error) => return refused(error),
    };
    Box::pin(async move {
        let mut connection = on.lease().await?;
        let mut loaded = Ok(Vec::new());
        // Each row is read as it comes: to hold all of them first takes more than twice the memory.
        // What is known of the columns of the first is true for all of them.
        let mut types = Types::Fitting(0);
        let mut each = |row| {
            if let Ok(rows) = &mut loaded {
                let mut reader = Reader::with(&row, types);
                match load(&mut reader) {
                    Ok(row) => {
                        types = reader.types();
                        rows.push(row);
                    }
                    Err(error) => {
                        let row = rows.len();
                        loaded = Err(error.of_result(row).of_table(&ready.about));
                    }
                }
            }
        };
        let statement = Text::clone(&ready.text);
        let again = again(&connection, &ready.text, &ready.arguments);
        let sent = connection.fetch_each(ready.text, ready.arguments, &mut each);
        let mut sent = sent.await;
        if let (Err(error), Some((text, arguments))) = (&sent, again)
            && is_worth_sending_again(error, ready.nature)
        {
            sent = connection.fetch_each(text, arguments, &mut each).await;
            close_if_stale(&mut connection, &sent);
        }
        if sent.is_ok() && !ready.nature.is_of_caller {
            connection.set_answered();
        }
        sent.map_err(|error| {
            told(&connection, error, &ready.about, ready.explain).of_text(&statement)
        })?;
        loaded
    })
}

/// There is nothing to run.
fn refused<'c, T: Send + 'c>(error: Error) -> BoxFuture<'c, Result<T>> {
    Box::pin(std::future::ready(Err(error)))
}

/// An error of a statement that may have written a record.
#[cold]
fn told(connection: &impl Connection, error: sqlx::Error, about: &str, explain: Explain) -> Error {
    explain(failed(connection, error, about), connection.dialect())
}

/// Whether a statement that failed with this may succeed when it is sent again: its table or a type has
/// changed since it was prepared, or it is an upsert that another one has met.
///
/// Two writers of one row have all its keys in common. PostgreSQL looks at the conflict target before it
/// writes, and when the other row comes after that, it may meet on another key first, which is an error. The
/// second time the row is there.
#[cold]
pub(super) fn is_worth_sending_again(error: &sqlx::Error, nature: Nature) -> bool {
    let is_undone = !(nature.is_of_caller && is_raised_within(error));
    is_undone && (is_stale(error) || (nature.may_race && is_taken(error)))
}

/// Closes a connection that still calls a type gone after all that was prepared on it has been forgotten:
/// what its functions have kept lives as long as it does.
pub(super) fn close_if_stale<T>(connection: &mut impl Connection, sent: &sqlx::Result<T>) {
    if sent.as_ref().is_err_and(is_surely_stale) {
        connection.close();
    }
}

/// Sends a statement; its first row. Where that helps, it is sent once more, provided that nothing is lost
/// by that: nothing was done yet.
pub(super) fn fetch_row<C: Connection>(
    connection: &mut C,
    text: Text,
    arguments: <C::Backend as Backend>::Arguments,
    nature: Nature,
) -> impl Future<Output = sqlx::Result<Option<<C::Backend as Backend>::Row>>> + Send {
    let again = again(connection, &text, &arguments);
    async move {
        match (connection.fetch_optional(text, arguments).await, again) {
            (Err(error), Some((text, arguments))) if is_worth_sending_again(&error, nature) => {
                let sent = connection.fetch_optional(text, arguments).await;
                close_if_stale(connection, &sent);
                sent
            }
            (sent, _) => sent,
        }
    }
}

/// The same for all the rows of a statement that writes nothing.
pub(super) fn fetch_rows<C: Connection>(
    connection: &mut C,
    text: Text,
    arguments: <C::Backend as Backend>::Arguments,
) -> impl Future<Output = sqlx::Result<Vec<<C::Backend as Backend>::Row>>> + Send {
    let again = again(connection, &text, &arguments);
    async move {
        match (connection.fetch_all(text, arguments).await, again) {
            (Err(error), Some((text, arguments))) if is_stale(&error) => {
                let sent = connection.fetch_all(text, arguments).await;
                close_if_stale(connection, &sent);
                sent
            }
            (sent, _) => sent,
        }
    }
}

/// What is needed to send a statement a second time. sqlx takes the arguments for good, so they are
/// copied, but only where there can be a second time.
#[inline]
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
