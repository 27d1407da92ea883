//! The behaviour suite: each test is written once and runs on every backend.

mod case;
mod run;
mod summary;

pub use self::case::{Case, Only};
pub use self::run::run;

/// Lists the tests of a suite and runs them; the value is the exit code of the process.
///
/// A test is a `pub(crate) async fn name(site: Site)` that panics to fail.
///
/// ```no_run
/// mod upsert {
///     use orm_tests::Site;
///
///     pub(crate) async fn older_row_is_skipped(site: Site) { /* … */ }
///     pub(crate) async fn nulls_can_be_one_key(site: Site) { /* … */ }
/// }
///
/// fn main() -> std::process::ExitCode {
///     orm_tests::suite! {
///         upsert { older_row_is_skipped }
///         upsert on postgres >= 15 { nulls_can_be_one_key }
///     }
/// }
/// ```
///
/// After `on`: `sqlite`, `postgres`, `postgres >= 15`, `postgres < 18`, or `own_server`, which
/// is PostgreSQL where the test may start servers with [`Site::own_server`](crate::Site::own_server).
#[macro_export]
macro_rules! suite {
    ($($tests:tt)*) => {
        $crate::suite::run(&$crate::cases! { $($tests)* })
    };
}

/// Lists tests as [`suite!`](crate::suite!) does, and gives the list.
#[macro_export]
macro_rules! cases {
    ($(
        $module:ident $(on $only:ident $(>= $from:literal)? $(< $below:literal)?)? {
            $($test:ident),* $(,)?
        }
    )*) => {{
        let mut cases = Vec::new();
        $({
            let only = $crate::__only!($($only $(>= $from)? $(< $below)?)?);
            $(cases.push($crate::suite::Case {
                name: concat!(stringify!($module), "::", stringify!($test)),
                only,
                test: |site| Box::pin($module::$test(site)),
            });)*
        })*
        cases
    }};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __only {
    () => {
        $crate::suite::Only::Everywhere
    };
    (sqlite) => {
        $crate::suite::Only::Sqlite
    };
    (postgres) => {
        $crate::suite::Only::Postgres {
            from: 0,
            below: u16::MAX,
        }
    };
    (postgres >= $from:literal) => {
        $crate::suite::Only::Postgres {
            from: $from,
            below: u16::MAX,
        }
    };
    (postgres < $below:literal) => {
        $crate::suite::Only::Postgres {
            from: 0,
            below: $below,
        }
    };
    (postgres >= $from:literal < $below:literal) => {
        $crate::suite::Only::Postgres {
            from: $from,
            below: $below,
        }
    };
    (own_server) => {
        $crate::suite::Only::OwnServer
    };
}
