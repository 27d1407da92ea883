//! An upsert that is awaited without being executed: the compiler says what executes it.

use std::pin::Pin;
use std::task::{Context, Poll};

use super::Upsert;

/// Never holds: an upsert is not sent before its last word.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this upsert is not executed yet, so there is nothing to wait for",
    label = "needs its last word first",
    note = "end it with `.execute(&db)`, `.fetch_one(&db)`, `.fetch_optional(&db)` or `.outcome(&db)`; of many records, with `.execute(&db)`, `.report(&db)`, `.fetch_all(&db)` or `.outcomes(&db)`"
)]
pub trait Executed<R> {
    /// What comes of it. Where nothing is known to come, the compiler does not complain about that, too.
    type Output;

    /// What cannot be.
    fn never() -> Self::Output;
}

#[doc(hidden)]
impl<R, K, A, G, F, X, N> Future for Upsert<'_, R, K, A, G, F, X, N>
where
    (): Executed<R>,
{
    type Output = <() as Executed<R>>::Output;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(<() as Executed<R>>::never())
    }
}
