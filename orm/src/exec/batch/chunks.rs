//! Records on their way, so many at once.

use futures_util::future::join;

use super::Job;
use crate::backend::{Backend, Connection};
use crate::error::Result;
use crate::exec::Text;
use crate::exec::run::failed;

/// Some records on their way.
pub(super) struct Chunk<DB: Backend> {
    pub(super) text: Text,
    pub(super) arguments: DB::Arguments,
    /// How many have been sent with them.
    pub(super) end: usize,
}

impl<DB: Backend> Job<'_, DB> {
    /// Sends what `next` gives until it gives nothing; how many rows that wrote. While one chunk is on its
    /// way the next is encoded.
    pub(super) async fn send<C, N>(
        &self,
        within: &mut C,
        mut next: N,
        is_progress: bool,
    ) -> Result<u64>
    where
        C: Connection<Backend = DB>,
        N: FnMut() -> Result<Option<Chunk<DB>>> + Send,
    {
        let mut written = 0;
        let mut chunk = next()?;
        while let Some(Chunk {
            text,
            arguments,
            end,
        }) = chunk
        {
            let sending = within.execute(text, arguments);
            // What is asked first begins first.
            let (sent, following) = join(sending, async { next() }).await;
            let about = &self.batch.insert.table.name;
            written += sent.map_err(|error| failed(within, error, about))?;
            chunk = following?;
            if is_progress && chunk.is_some() {
                self.tell_progress(end);
            }
        }
        Ok(written)
    }
}
