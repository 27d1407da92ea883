//! Rows read in other ways than all at once: as they come, as they are, and locked.

use futures_core::future::BoxFuture;
use futures_core::stream::BoxStream;
use futures_util::StreamExt;

use super::run::{LoadRow, Ready, again, failed, fetch_rows, is_worth_sending_again};
use super::{Executor, Text};
use crate::backend::{Backend, Connection};
use crate::error::Result;
use crate::render;
use crate::stmt::TableRef;
use crate::value::Reader;

/// Runs a statement; all its rows as they are.
pub(crate) fn fetch_raw<'c, E>(
    on: E,
    ready: Result<Ready<E::Backend>>,
) -> BoxFuture<'c, Result<Vec<<E::Backend as Backend>::Row>>>
where
    E: Executor<'c> + 'c,
{
    Box::pin(async move {
        let ready = ready?;
        let mut connection = on.lease().await?;
        let text = Text::clone(&ready.text);
        let rows = fetch_rows(&mut connection, ready.text, ready.arguments).await;
        rows.map_err(|error| failed(&connection, error, &ready.about).of_text(&text))
    })
}

/// Runs a statement that locks its rows; all of them. Where rows have no locks of their own, the whole
/// database is locked for writing first.
pub(crate) fn fetch_locked<'c, E, T>(
    on: E,
    table: TableRef,
    ready: Result<Ready<E::Backend>>,
    load: LoadRow<E::Backend, T>,
) -> BoxFuture<'c, Result<Vec<T>>>
where
    E: Executor<'c> + 'c,
    T: Send + 'c,
{
    let live = on.live();
    Box::pin(async move {
        let ready = ready?;
        let about = ready.about;
        let mut connection = on.lease().await?;
        let dialect = connection.dialect();
        if !dialect.has_row_locks() {
            let lock = render::lock_for_writing(&table, dialect);
            let none = <E::Backend as Backend>::arguments(live);
            let locked = connection.execute(lock.into(), none).await;
            locked.map_err(|error| failed(&connection, error, &about))?;
        }
        let text = Text::clone(&ready.text);
        let rows = fetch_rows(&mut connection, ready.text, ready.arguments).await;
        let rows = rows.map_err(|error| failed(&connection, error, &about).of_text(&text))?;
        rows.iter()
            .map(|row| load(&mut Reader::new(row)).map_err(|error| error.of_table(&about)))
            .collect()
    })
}

/// Runs a statement; its rows as they come.
pub(crate) fn fetch<'c, E, T>(
    on: E,
    ready: Result<Ready<E::Backend>>,
    load: LoadRow<E::Backend, T>,
) -> BoxStream<'c, Result<T>>
where
    E: Executor<'c> + 'c,
    T: Send + 'c,
{
    Box::pin(async_stream::try_stream! {
        let ready = ready?;
        let about = ready.about;
        let mut connection = on.lease().await?;
        connection.set_streaming();
        let mut again = again(&connection, &ready.text, &ready.arguments);
        let statement = Text::clone(&ready.text);
        let mut next = Some((ready.text, ready.arguments));
        while let Some((text, arguments)) = next.take() {
            let mut broken = None;
            let mut rows = connection.fetch(text, arguments);
            while let Some(row) = rows.next().await {
                match row {
                    Ok(row) => {
                        // What has begun to come cannot be sent once more.
                        again = None;
                        yield load(&mut Reader::new(&row))
                            .map_err(|error| error.of_table(&about))?;
                    }
                    Err(error) => {
                        broken = Some(error);
                        break;
                    }
                }
            }
            drop(rows);
            if let Some(error) = broken {
                next = again
                    .take()
                    .filter(|_| is_worth_sending_again(&error, ready.nature));
                if next.is_none() {
                    Err(failed(&connection, error, &about).of_text(&statement))?;
                }
            }
        }
    })
}
