//! The stored row either way: inserted, or found by its key.

use futures_core::future::BoxFuture;

use super::outcome::{ROUNDS, gone};
use super::run::{LoadRow, failed, fetch_row};
use super::{Executor, Explain, Text};
use crate::backend::{Backend, Connection, Health};
use crate::error::Result;
use crate::schema::Name;
use crate::value::Reader;

/// An insert that does nothing when the key is taken, and the look-up by that key.
pub(crate) struct Lookup<DB: Backend, T> {
    /// The table it is about.
    pub(crate) about: Name,
    /// The insert.
    pub(crate) insert: Text,
    /// The look-up.
    pub(crate) select: Text,
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
pub(crate) fn found<'c, E, T, O>(
    on: E,
    lookup: Result<Lookup<E::Backend, T>>,
    tell: fn((bool, T)) -> Result<O>,
) -> BoxFuture<'c, Result<O>>
where
    E: Executor<'c> + 'c,
    T: Send + 'c,
    O: 'c,
{
    Box::pin(async move {
        let Lookup {
            about,
            insert,
            select,
            values,
            key,
            explain,
            load,
        } = lookup?;
        let mut connection = on.lease().await?;
        // A row that is taken may be deleted before it is looked up, and then the insert has its turn.
        for _ in 0..ROUNDS {
            let steps = [(&insert, &values, true), (&select, &key, false)];
            for (text, values, inserted) in steps {
                let sent = fetch_row(&mut connection, Text::clone(text), values.clone()).await;
                let row = sent.map_err(|error| {
                    explain(failed(&connection, error, &about), connection.dialect())
                })?;
                if let Some(row) = row {
                    let row =
                        load(&mut Reader::new(&row)).map_err(|error| error.of_table(&about))?;
                    return tell((inserted, row));
                }
            }
        }
        connection.note(Health::Conflict);
        Err(gone(&about))
    })
}
