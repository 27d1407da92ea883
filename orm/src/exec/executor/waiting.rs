//! The future that waits for a connection of a pool. sqlx's takes eight kilobytes, and what it is part of is
//! moved several times: so it is made in a box, which its thread keeps for the next.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::thread::LocalKey;

use sqlx::pool::PoolConnection;
use sqlx::{Database, Pool};

/// A box for such a future, whose type has no name.
pub(super) trait Waiting<D: Database>: Send {
    /// Begins to wait for a connection of this pool.
    fn begin(&mut self, pool: &Pool<D>);

    /// Goes on waiting.
    fn poll(&mut self, within: &mut Context<'_>) -> Poll<sqlx::Result<PoolConnection<D>>>;
}

/// Where a thread keeps the box.
pub(super) type Kept<D> = Cell<Option<Box<dyn Waiting<D>>>>;

struct Place<B, F> {
    begin: B,
    future: Pin<Box<Option<F>>>,
}

impl<D, B, F> Waiting<D> for Place<B, F>
where
    D: Database,
    B: Fn(&Pool<D>) -> F + Send,
    F: Future<Output = sqlx::Result<PoolConnection<D>>> + Send,
{
    fn begin(&mut self, pool: &Pool<D>) {
        self.future.set(Some((self.begin)(pool)));
    }

    fn poll(&mut self, within: &mut Context<'_>) -> Poll<sqlx::Result<PoolConnection<D>>> {
        match self.future.as_mut().as_pin_mut() {
            Some(future) => future.poll(within),
            None => Poll::Ready(Err(sqlx::Error::PoolClosed)),
        }
    }
}

/// An empty box.
fn place<D: Database>() -> Box<dyn Waiting<D>> {
    fn of<D, B, F>(begin: B) -> Box<dyn Waiting<D>>
    where
        D: Database,
        B: Fn(&Pool<D>) -> F + Send + 'static,
        F: Future<Output = sqlx::Result<PoolConnection<D>>> + Send + 'static,
    {
        Box::new(Place {
            begin,
            future: Box::pin(None),
        })
    }
    of(|pool: &Pool<D>| pool.acquire())
}

/// A connection of the pool, once there is one.
pub(super) async fn acquire<D: Database>(
    pool: &Pool<D>,
    kept: &'static LocalKey<Kept<D>>,
) -> sqlx::Result<PoolConnection<D>> {
    // A thread that ends keeps nothing any more.
    let there = kept.try_with(Cell::take).ok().flatten();
    let mut waiting = there.unwrap_or_else(place);
    waiting.begin(pool);
    let acquired = poll_fn(|within| waiting.poll(within)).await;
    kept.try_with(|kept| kept.set(Some(waiting))).ok();
    acquired
}
