//! Sentences of the library's own about a value, which do not quote it.

use std::fmt;

/// Why a value can be neither written nor read, without the value: it may stand in an error of ours.
#[derive(Debug)]
pub(crate) struct Plain(pub(crate) &'static str);

impl fmt::Display for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Plain {}

/// The sentence, where it is one of the library's own.
pub(super) fn plain(source: &sqlx::error::BoxDynError) -> Option<&'static str> {
    source.downcast_ref().map(|Plain(said)| *said)
}
