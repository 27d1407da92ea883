//! The address of a database: which one it is, and whether all that stands in it is known.
//!
//! An address may hold a password, and one with a mistake in it may hold it anywhere. So no error quotes
//! more of it than a scheme or the name of a parameter, which are made of letters.

use crate::error::{Error, ErrorKind, Result};

/// An address that has been read.
#[derive(Debug)]
pub(super) enum Address {
    /// Of a PostgreSQL server, as a URL.
    #[cfg(feature = "postgres")]
    Postgres(String),
    /// Of a SQLite database.
    #[cfg(feature = "sqlite")]
    Sqlite(String),
}

impl Address {
    /// Reads an address.
    pub(super) fn read(text: &str) -> Result<Self> {
        let scheme = text.split_once(':').map_or("", |(scheme, _)| scheme);
        match &*scheme.to_ascii_lowercase() {
            #[cfg(feature = "postgres")]
            "postgres" | "postgresql" => super::url::checked(text).map(Self::Postgres),
            #[cfg(feature = "sqlite")]
            "sqlite" => super::sqlite::checked(text).map(Self::Sqlite),
            #[cfg(feature = "postgres")]
            _ if super::conninfo::is_one(text) => super::conninfo::to_url(text).map(Self::Postgres),
            _ => Err(wrong(nowhere(text, scheme))),
        }
    }
}

/// An error of the address.
pub(super) fn wrong(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Configuration, message)
}

/// A parameter that has no effect. `pool` sets the size of pools.
pub(super) fn unknown(name: &str, takes: &str, pool: &str) -> Error {
    let named = if is_name(name) {
        format!("`{name}` is no parameter of the address of a database")
    } else {
        "the address has a parameter that is not known".to_owned()
    };
    wrong(format!(
        "{named}, which has {takes}; leave it out. The size of a pool and its times are set by {pool} and \
         `Db::from(pool)`"
    ))
}

/// Whether this can be a name that somebody has written, and no part of a password.
pub(super) fn is_name(text: &str) -> bool {
    let is_of_a_name = |each: u8| each.is_ascii_lowercase() || each == b'_' || each == b'-';
    text.len() > 1 && text.bytes().all(is_of_a_name)
}

/// The text is the address of no database.
fn nowhere(text: &str, scheme: &str) -> String {
    let is_scheme = scheme.len() > 1 && scheme.bytes().all(|each| each.is_ascii_alphabetic());
    if is_scheme
        && text
            .get(scheme.len()..)
            .is_some_and(|rest| rest.starts_with("://"))
    {
        return format!(
            "`{scheme}:` is not a database this was built for; write one of {}",
            known_schemes()
        );
    }
    if text == ":memory:" {
        return "the address has no scheme; write `sqlite::memory:`".to_owned();
    }
    let known = known_schemes();
    if is_file(text) {
        format!("the address has no scheme; write `sqlite:{text}` for a file, or one of {known}")
    } else {
        format!("the address has no scheme that is known; write one of {known}")
    }
}

/// Whether this is the path of a file, and has nothing about it of a URL.
fn is_file(text: &str) -> bool {
    let is_of_a_path = |each: char| each.is_alphanumeric() || "/\\._- ".contains(each);
    let ends = [".db", ".db3", ".sqlite", ".sqlite3"];
    ends.iter().any(|end| text.ends_with(end)) && text.chars().all(is_of_a_path)
}

fn known_schemes() -> &'static str {
    match (cfg!(feature = "postgres"), cfg!(feature = "sqlite")) {
        (true, true) => "`postgres://…`, `sqlite:…`",
        (true, false) => "`postgres://…` (the feature `sqlite` is off)",
        (false, true) => "`sqlite:…` (the feature `postgres` is off)",
        (false, false) => "none: switch on the feature `postgres` or `sqlite`",
    }
}
