//! The stored row either way: inserted, or found by its key.

use futures_core::future::BoxFuture;

use super::outcome::{ROUNDS, gone, read};
use super::run::{LoadRow, Nature, failed, fetch_row, no_row, runs_again};
use super::{Executor, Explain, Text};
use crate::backend::{Backend, Connection, Health};
use crate::dialect::Dialect;
use crate::error::{Error, ErrorKind, Result};
use crate::schema::Name;

/// An insert that does nothing when the key is taken, and the look-up by that key.
pub(crate) struct Lookup<DB: Backend, T, W> {
    /// The table it is about.
    pub(crate) about: Name,
    /// The insert.
    pub(crate) insert: Text,
    /// The look-up.
    pub(crate) select: Text,
    /// Makes the text of an upsert that updates no row and keeps the one that is there from others.
    pub(crate) keep: fn(&W, &dyn Dialect) -> Result<Text>,
    /// What that text is made with.
    pub(crate) with: W,
    /// The values of the record, for the insert.
    pub(crate) values: DB::Arguments,
    /// Those of the key's columns, for the look-up.
    pub(crate) key: DB::Arguments,
    /// Says more of an error.
    pub(crate) explain: Explain,
    /// Reads a row.
    pub(crate) load: LoadRow<DB, T>,
}

/// Inserts the record or finds the row that is there. `tell` is given whether it was inserted, and the
/// row.
pub(crate) fn found<'c, E, T, W, O>(
    on: E,
    lookup: Result<Lookup<E::Backend, T, W>>,
    tell: fn((bool, T)) -> Result<O>,
) -> BoxFuture<'c, Result<O>>
where
    E: Executor<'c> + 'c,
    T: Send + 'c,
    W: Send + Sync + 'c,
    O: 'c,
{
    Box::pin(async move {
        let lookup = lookup?;
        let mut connection = on.lease().await?;
        let found = find(&mut connection, &lookup).await;
        let explained = found.map_err(|error| (lookup.explain)(error, connection.dialect()));
        tell(explained?)
    })
}

async fn find<C, T, W>(connection: &mut C, lookup: &Lookup<C::Backend, T, W>) -> Result<(bool, T)>
where
    C: Connection,
    T: Send,
    W: Sync,
{
    let mut may_be_kept = true;
    // A row that is taken may be deleted before it is looked up, and then the insert has its turn.
    for round in 0..ROUNDS {
        if let Some(found) = insert_or_look(connection, &lookup.insert, lookup).await? {
            return Ok(found);
        }
        if round > 0 {
            continue;
        }
        connection.set_midway(true);
        let kept = insert_or_keep(connection, lookup).await;
        connection.set_midway(false);
        match kept {
            Ok(Some(found)) => return Ok(found),
            Ok(None) => return Err(no_row(&lookup.about)),
            // Who may not update may insert and look up all the same; and a policy may hide the row.
            Err(error) if error.kind() == ErrorKind::Permission => {}
            Err(error) if connection.can_send_again() && is_passing(&error) => may_be_kept = false,
            Err(error) => {
                if let Some(health) = runs_again(&error) {
                    connection.note(health);
                }
                return Err(error);
            }
        }
    }
    if may_be_kept {
        return Err(no_row(&lookup.about));
    }
    connection.note(Health::Conflict);
    Err(gone(&lookup.about))
}

/// Whether the next round may be without this error.
fn is_passing(error: &Error) -> bool {
    runs_again(error).is_some() || error.is_stale() || error.kind() == ErrorKind::UniqueViolation
}

/// The same in a transaction and with a statement that keeps the row from being deleted before it is looked
/// up. What is then neither inserted nor found never will be: the database has kept the row from being
/// written, or has written or shows another one.
async fn insert_or_keep<C, T, W>(
    connection: &mut C,
    lookup: &Lookup<C::Backend, T, W>,
) -> Result<Option<(bool, T)>>
where
    C: Connection,
    T: Send,
    W: Sync,
{
    let ended = |error| Error::from_sqlx(error).of_table(&lookup.about);
    let mut within = connection.begin().await.map_err(ended)?;
    let keep = (lookup.keep)(&lookup.with, within.dialect())?;
    let found = insert_or_look(&mut within, &keep, lookup).await?;
    within.commit().await.map_err(ended)?;
    Ok(found)
}

async fn insert_or_look<C, T, W>(
    connection: &mut C,
    insert: &Text,
    lookup: &Lookup<C::Backend, T, W>,
) -> Result<Option<(bool, T)>>
where
    C: Connection,
    T: Send,
    W: Sync,
{
    let steps = [
        (insert, &lookup.values, true, Nature::UPSERT),
        (&lookup.select, &lookup.key, false, Nature::default()),
    ];
    for (text, values, inserted, nature) in steps {
        let sent = fetch_row(connection, Text::clone(text), values.clone(), nature).await;
        let row = sent.map_err(|error| failed(connection, error, &lookup.about))?;
        if let Some(row) = row {
            return Ok(Some((inserted, read(&row, lookup.load, &lookup.about)?)));
        }
    }
    Ok(None)
}
