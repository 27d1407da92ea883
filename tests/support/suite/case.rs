//! One test of the suite.

use std::pin::Pin;

use crate::backend::Backend;
use crate::site::Site;

/// A test as written, before it meets a backend.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// `module::test`.
    pub name: &'static str,
    /// Where it runs.
    pub only: Only,
    /// The test; it panics to fail.
    pub test: fn(Site) -> Pin<Box<dyn Future<Output = ()> + Send>>,
}

/// The backends that a test is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Only {
    /// All of them.
    Everywhere,
    /// SQLite.
    Sqlite,
    /// PostgreSQL, from one major version to before another.
    Postgres {
        /// The first version.
        from: u16,
        /// The version after the last.
        below: u16,
    },
    /// PostgreSQL of which the programs are here and not only an address.
    OwnServer,
}

impl Only {
    /// Whether the test is for this backend.
    pub fn includes(self, backend: Backend) -> bool {
        match (self, backend) {
            (Self::Everywhere, _)
            | (Self::Sqlite, Backend::Sqlite)
            | (Self::OwnServer, Backend::Postgres(_)) => true,
            (Self::Postgres { from, below }, Backend::Postgres(major)) => {
                (from..below).contains(&major)
            }
            (Self::Sqlite | Self::Postgres { .. } | Self::OwnServer, _) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_macro_mean_what_they_say() {
        let (sqlite, old, new) = (
            Backend::Sqlite,
            Backend::Postgres(14),
            Backend::Postgres(18),
        );
        let on = |only: Only| [sqlite, old, new].map(|backend| only.includes(backend));
        assert_eq!(on(crate::__only!()), [true, true, true]);
        assert_eq!(on(crate::__only!(sqlite)), [true, false, false]);
        assert_eq!(on(crate::__only!(postgres)), [false, true, true]);
        assert_eq!(on(crate::__only!(postgres >= 15)), [false, false, true]);
        assert_eq!(on(crate::__only!(postgres < 18)), [false, true, false]);
        assert_eq!(
            on(crate::__only!(postgres >= 15 < 18)),
            [false, false, false]
        );
        assert_eq!(on(crate::__only!(own_server)), [false, true, true]);
    }
}
