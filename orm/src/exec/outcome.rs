//! What became of a record: told by the statement itself where the database can, and by an insert that
//! does nothing and an upsert, in one transaction, where it cannot.

use futures_core::future::BoxFuture;

use super::again::Again;
use super::run::{LoadRow, Nature, failed, fetch_row, runs_again};
use super::{Executor, Explain, Text};
use crate::backend::{Backend, Connection};
use crate::dialect::Dialect;
use crate::error::{Error, ErrorKind, Result};
use crate::schema::{Name, TableKind};
use crate::value::Reader;

/// How often the row may be gone again before that is called a conflict.
pub(super) const ROUNDS: usize = 3;

/// The statements that may have to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// The upsert, which says itself whether the row was inserted.
    Telling,
    /// An insert that does nothing when the key is taken.
    Insert,
    /// A look-up of the row by the key, which keeps it from others.
    Lock,
    /// The upsert, when the key is taken.
    Upsert,
}

/// An upsert whose outcome is asked for.
pub(crate) struct Asked<DB: Backend, T, W> {
    /// The table it is about.
    pub(crate) about: Name,
    /// What it is.
    pub(crate) kind: TableKind,
    /// Makes the text of a step in a dialect, with this.
    pub(crate) text: fn(Step, &W, &dyn Dialect) -> Result<Text>,
    /// What the texts are made with.
    pub(crate) with: W,
    /// The values of the upsert; `None` where there is nothing to update.
    pub(crate) upsert: Option<DB::Arguments>,
    /// The values of the insert alone.
    pub(crate) insert: DB::Arguments,
    /// The values of the key's columns, for the look-up.
    pub(crate) key: DB::Arguments,
    /// Says more of an error.
    pub(crate) explain: Explain,
    /// Reads a row.
    pub(crate) load: LoadRow<DB, T>,
}

/// Runs the upsert. `tell` is given the row and whether it was inserted, or `None` where the record was
/// skipped.
pub(crate) fn outcome<'c, E, T, W, O>(
    on: E,
    asked: Result<Asked<E::Backend, T, W>>,
    tell: fn(Option<(bool, T)>) -> Result<O>,
) -> BoxFuture<'c, Result<O>>
where
    E: Executor<'c> + 'c,
    T: Send + 'c,
    W: Send + Sync + 'c,
    O: 'c,
{
    Box::pin(async move {
        let asked = asked?;
        let explain = asked.explain;
        let mut connection = on.lease().await?;
        let told = told(&mut connection, asked).await;
        tell(told.map_err(|error| explain(error, connection.dialect()))?)
    })
}

async fn told<C, T, W>(
    connection: &mut C,
    asked: Asked<C::Backend, T, W>,
) -> Result<Option<(bool, T)>>
where
    C: Connection,
    T: Send,
    W: Send + Sync,
{
    let Asked {
        about,
        kind,
        text,
        with,
        upsert,
        insert,
        key,
        load,
        ..
    } = asked;
    let dialect = connection.dialect();
    let text = |step| text(step, &with, dialect);
    let Some(upsert) = upsert else {
        let row = send(connection, text(Step::Insert)?, insert, &about).await?;
        return row
            .map(|row| read(&row, load, &about))
            .transpose()
            .map(inserted);
    };
    if dialect.capabilities().tells_inserted(kind) {
        let row = send(connection, text(Step::Telling)?, upsert, &about).await?;
        return row
            .map(|row| read_telling::<C::Backend, T>(&row, load, &about))
            .transpose();
    }
    let kept = connection
        .can_send_again()
        .then(|| (upsert.clone(), insert.clone(), key.clone()));
    connection.set_midway(true);
    let mut again = Again::default();
    let mut told = step_by_step(connection, &text, upsert, insert, key, load, &about).await;
    while let (Err(error), Some((upsert, insert, key))) = (&told, &kept)
        && again.is_worth_it(connection, error).await
    {
        let (upsert, insert, key) = (upsert.clone(), insert.clone(), key.clone());
        told = step_by_step(connection, &text, upsert, insert, key, load, &about).await;
    }
    connection.set_midway(false);
    // What has failed within is rolled back, and a transaction around it goes on; unless all of it has to
    // be run again.
    if let Some(health) = told.as_ref().err().and_then(runs_again) {
        connection.note(health);
    }
    told
}

/// Tells what became of the record by a statement for each thing that can have become of it, in a
/// transaction.
async fn step_by_step<C, T>(
    connection: &mut C,
    text: &(impl Fn(Step) -> Result<Text> + Send + Sync),
    upsert: <C::Backend as Backend>::Arguments,
    insert: <C::Backend as Backend>::Arguments,
    key: <C::Backend as Backend>::Arguments,
    load: LoadRow<C::Backend, T>,
    about: &str,
) -> Result<Option<(bool, T)>>
where
    C: Connection,
    T: Send,
{
    let begun = connection.begin().await;
    let mut within = begun.map_err(|error| Error::from_sqlx(error).of_table(about))?;
    let told = tell(&mut within, text, upsert, insert, key, load, about).await?;
    let committed = within.commit().await;
    committed.map_err(|error| Error::from_sqlx(error).of_table(about))?;
    Ok(told)
}

/// Tells what became of the record by a statement for each thing that can have become of it.
pub(super) async fn tell<C, T>(
    within: &mut C,
    text: &(impl Fn(Step) -> Result<Text> + Send + Sync + ?Sized),
    upsert: <C::Backend as Backend>::Arguments,
    insert: <C::Backend as Backend>::Arguments,
    key: <C::Backend as Backend>::Arguments,
    load: LoadRow<C::Backend, T>,
    about: &str,
) -> Result<Option<(bool, T)>>
where
    C: Connection,
    T: Send,
{
    let locks_rows = within.dialect().has_row_locks();
    // A row that is taken may be deleted before it is locked, and then the insert has its turn.
    for _ in 0..ROUNDS {
        let row = send(within, text(Step::Insert)?, insert.clone(), about).await?;
        if let Some(row) = row {
            return Ok(Some((true, read(&row, load, about)?)));
        }
        // SQLite has one writer: whoever found the key taken holds the lock that keeps it so.
        if locks_rows {
            let row = send(within, text(Step::Lock)?, key.clone(), about).await?;
            if row.is_none() {
                continue;
            }
        }
        let row = send(within, text(Step::Upsert)?, upsert, about).await?;
        let row = row.map(|row| read(&row, load, about)).transpose()?;
        return Ok(row.map(|row| (false, row)));
    }
    // Where no row is found and none can be written, a trigger keeps it out.
    let row = send(within, text(Step::Upsert)?, upsert, about).await?;
    row.map_or(Ok(None), |_| Err(gone(about)))
}

/// The row was there for the insert and gone for the look-up, again and again.
pub(super) fn gone(about: &str) -> Error {
    let message = "the row was deleted as often as it was looked for; run it again";
    Error::new(ErrorKind::Serialization, message).of_table(about)
}

fn inserted<T>(row: Option<T>) -> Option<(bool, T)> {
    row.map(|row| (true, row))
}

pub(super) async fn send<C: Connection>(
    connection: &mut C,
    text: Text,
    values: <C::Backend as Backend>::Arguments,
    about: &str,
) -> Result<Option<<C::Backend as Backend>::Row>> {
    let sent = fetch_row(connection, text, values, Nature::UPSERT).await;
    sent.map_err(|error| failed(connection, error, about))
}

pub(super) fn read<DB: Backend, T>(row: &DB::Row, load: LoadRow<DB, T>, about: &str) -> Result<T> {
    load(&mut Reader::new(row)).map_err(|error| error.of_table(about))
}

/// Whether the row was inserted stands behind its columns.
pub(super) fn read_telling<DB: Backend, T>(
    row: &DB::Row,
    load: LoadRow<DB, T>,
    about: &str,
) -> Result<(bool, T)> {
    let mut reader = Reader::new(row);
    reader.leave(1);
    let value = load(&mut reader).map_err(|error| error.of_table(about))?;
    let inserted = reader.flag().map_err(|error| error.of_table(about))?;
    Ok((inserted, value))
}
