//! Records on their way, so many at once.

use futures_util::future::join;

use super::Progress;
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

/// Tells the caller how many records have been sent.
#[derive(Clone, Copy)]
pub(super) struct Meter<'j> {
    pub(super) progress: Option<&'j Progress<'j>>,
    /// How many there are.
    pub(super) total: usize,
}

impl Meter<'_> {
    /// This many have been sent.
    pub(super) fn tell(&self, done: usize) {
        if let Some(progress) = self.progress {
            progress(done, self.total);
        }
    }

    /// The meter of what is no progress.
    pub(super) fn silent(self) -> Self {
        Self {
            progress: None,
            ..self
        }
    }
}

/// Sends what `next` gives until it gives nothing; how many rows of the table `about` that wrote. While one
/// chunk is on its way the next is encoded.
pub(super) async fn send<C, N>(
    within: &mut C,
    about: &str,
    meter: Meter<'_>,
    mut next: N,
) -> Result<u64>
where
    C: Connection,
    N: FnMut() -> Result<Option<Chunk<C::Backend>>> + Send,
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
        written += sent.map_err(|error| failed(within, error, about))?;
        chunk = following?;
        if chunk.is_some() {
            meter.tell(end);
        }
    }
    Ok(written)
}
