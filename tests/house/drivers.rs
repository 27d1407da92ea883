//! The names of sqlx's drivers stay at the edge.

use crate::layers::heads;
use crate::source::Source;
use crate::{none, one};

/// Types that belong to one driver. `Postgres` and `Sqlite` alone may also be ours, so they
/// count only as `sqlx::Postgres` and `sqlx::Sqlite`.
const NAMES: &[&str] = &[
    "PgArguments",
    "PgConnectOptions",
    "PgConnection",
    "PgPool",
    "PgPoolOptions",
    "PgRow",
    "PgTypeInfo",
    "SqliteArguments",
    "SqliteConnectOptions",
    "SqliteConnection",
    "SqlitePool",
    "SqlitePoolOptions",
    "SqliteRow",
    "SqliteTypeInfo",
];

/// Where they may be named: where our backends meet the drivers, where an error says more than sqlx has
/// for all of them, and where pools are opened, begun on and borrowed from.
const ALLOWED: &[&str] = &[
    "orm/src/driver.rs",
    "orm/src/driver/",
    "orm/src/error/postgres.rs",
    "orm/src/exec/executor/",
    "orm/src/exec/transaction.rs",
    "orm/src/expr/array.rs",
    "orm/src/lib.rs",
    "orm/src/pool.rs",
    "orm/src/pool/",
    "orm/src/prelude.rs",
];

/// What belongs to a driver directly under `sqlx`.
const OF_SQLX: &[&str] = &["Postgres", "Sqlite", "postgres", "sqlite"];

fn complaints(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources {
        if ALLOWED
            .iter()
            .any(|allowed| source.path.starts_with(allowed))
        {
            continue;
        }
        let tokens = source.tokens();
        let mut named = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            if NAMES.contains(&token.text.as_str()) {
                named.push((token.text.clone(), token.line));
            }
            if token.text == "sqlx" {
                let mut inside = Vec::new();
                // After the two colons.
                heads(&tokens, at + 3, &mut inside);
                inside.retain(|(name, _)| OF_SQLX.contains(&name.as_str()));
                named.extend(inside);
            }
        }
        complaints.extend(named.iter().map(|(name, line)| {
            let path = &source.path;
            format!("{path}:{line}: `{name}` belongs to a driver; see tests/house/drivers.rs")
        }));
    }
    complaints
}

#[test]
fn drivers_are_named_at_the_edge() {
    none(&complaints(&Source::under("orm/src", ".rs")));
}

#[test]
fn a_driver_in_the_middle_is_found() {
    let of = |path: &str, text: &str| complaints(&[Source::new(path, text)]);
    one(
        &of("orm/src/exec.rs", "\nfn run(pool: &sqlx::PgPool) {}"),
        "exec.rs:2: `PgPool`",
    );
    one(
        &of("orm/src/exec.rs", "fn run(on: sqlx::Sqlite) {}"),
        "`Sqlite`",
    );
    none(&of(
        "orm/src/exec.rs",
        "use crate::backend::Sqlite; // not PgPool",
    ));
    none(&of("orm/src/driver/postgres.rs", "use sqlx::PgPool;"));
}
