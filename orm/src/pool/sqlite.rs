//! A SQLite database: its address, and what is in the way of opening it.

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions};

use super::address::{unknown, wrong};
use super::busy;
use crate::error::{Error, ErrorKind, Result};
use crate::pool::{ATTEMPTS, pause};

/// What each parameter can be.
const PARAMETERS: &[(&str, &[&str])] = &[
    ("mode", &["ro", "rw", "rwc", "memory"]),
    ("cache", &["private", "shared"]),
    ("immutable", &["true", "1", "false", "0"]),
];

/// The result code of a file that cannot be opened.
const CANNOT_OPEN: &str = "14";

/// The address, of which all parameters are known.
pub(super) fn checked(text: &str) -> Result<String> {
    let (_, query) = text.split_once('?').unwrap_or((text, ""));
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if name == "vfs" {
            continue;
        }
        let Some((_, values)) = PARAMETERS.iter().find(|(known, _)| *known == name) else {
            return Err(unknown(
                name,
                "`mode`, `cache`, `immutable` and `vfs`",
                "`sqlx::sqlite::SqlitePoolOptions`",
            ));
        };
        if !values.contains(&value) {
            return Err(wrong(format!(
                "the parameter `{name}` is one of `{}`",
                values.join("`, `")
            )));
        }
    }
    Ok(text.to_owned())
}

/// Opens the database.
pub(super) async fn open(url: &str) -> Result<SqlitePool> {
    let in_memory = url.contains(":memory:") || url.contains("mode=memory");
    let mut options = SqliteConnectOptions::from_str(url)
        .map_err(|_| wrong("the path is percent-encoded and is no UTF-8 when decoded"))?
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5));
    // The address says more than the defaults do.
    if !url.contains("mode=") {
        options = options.create_if_missing(true);
    }
    // There is no network between, so that no connection dies by itself.
    let pool = SqlitePoolOptions::new().test_before_acquire(false);
    let pool = if in_memory {
        // The database lives in its connection, so there is one, which is never closed.
        pool.max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
    } else {
        options = options.journal_mode(SqliteJournalMode::Wal);
        pool
    };
    let mut attempt = 1;
    loop {
        let opened = pool.clone().connect_with(options.clone()).await;
        let opened = opened.map_err(|error| unopened(&options, error));
        // Of several who open a new file at once, one makes the write-ahead log.
        let is_busy = opened
            .as_ref()
            .is_err_and(|error| error.kind() == ErrorKind::Busy);
        if !is_busy || attempt == ATTEMPTS {
            return opened;
        }
        tokio::time::sleep(pause(attempt)).await;
        attempt += 1;
    }
}

/// Why a pool gives no connection.
pub(crate) fn why(pool: &SqlitePool, error: sqlx::Error) -> Error {
    match error {
        sqlx::Error::PoolTimedOut => busy(
            error,
            pool.options().get_max_connections(),
            pool.options().get_acquire_timeout(),
        ),
        error => unopened(&pool.connect_options(), error),
    }
}

/// The database could not be opened: what is in the way.
fn unopened(options: &SqliteConnectOptions, error: sqlx::Error) -> Error {
    let error = Error::from_sqlx(error);
    if error.code().as_deref() != Some(CANNOT_OPEN) {
        return error;
    }
    let path = options.get_filename();
    // A path may be a URL of something else, with a password in it.
    let text = path.to_string_lossy();
    let named = |path: &Path| {
        if text.contains(['@', ':']) {
            String::new()
        } else {
            format!(" `{}`", path.display())
        }
    };
    match path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
    {
        Some(parent) if !parent.is_dir() => error
            .with_message(format!(
                "the directory{} of the database does not exist; create it",
                named(parent)
            ))
            .lasting(),
        _ if path.is_dir() => error
            .with_message(format!("the path{} is that of a directory", named(path)))
            .lasting(),
        _ if !path.exists() => error.with_message(format!(
            "the file{} does not exist and is not made; leave out `mode`, or write `mode=rwc`",
            named(path)
        )),
        _ => error.with_message(format!(
            "the file{} cannot be opened; is this program allowed to?",
            named(path)
        )),
    }
}
