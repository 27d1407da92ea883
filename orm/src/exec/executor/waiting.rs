//! The future that waits for a connection of a pool. sqlx's takes eight kilobytes, and what it is part of is
//! moved several times: so it is in a box, which its thread keeps for the next.

use std::cell::Cell;
use std::thread::LocalKey;

use sqlx::pool::PoolConnection;
use sqlx::{Database, Pool};
use tokio_util::sync::ReusableBoxFuture;

/// Where a thread keeps the box.
pub(super) type Kept<D> = Cell<Option<ReusableBoxFuture<'static, sqlx::Result<PoolConnection<D>>>>>;

/// A connection of the pool, once there is one.
pub(super) async fn acquire<D: Database>(
    pool: &Pool<D>,
    kept: &'static LocalKey<Kept<D>>,
) -> sqlx::Result<PoolConnection<D>> {
    // A thread that ends keeps nothing any more.
    let mut waiting = match kept.try_with(Cell::take).ok().flatten() {
        Some(mut waiting) => {
            waiting.set(pool.acquire());
            waiting
        }
        None => ReusableBoxFuture::new(pool.acquire()),
    };
    let acquired = (&mut waiting).await;
    kept.try_with(|kept| kept.set(Some(waiting))).ok();
    acquired
}
