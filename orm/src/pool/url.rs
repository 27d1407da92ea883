//! The URL of a PostgreSQL server.

use std::net::IpAddr;

use url::Url;

use super::address::{unknown, wrong};
use crate::error::{Error, ErrorKind, Result};

/// How TLS can be asked for.
const MODES: &[&str] = &[
    "disable",
    "allow",
    "prefer",
    "require",
    "verify-ca",
    "verify-full",
];

/// What a character that ends a part of a URL has to be written as within a user name or a password.
const ENCODED: &str = "within a user name or a password, `/` is written `%2F`, `?` `%3F`, `#` `%23`, `@` `%40`, \
     `:` `%3A` and `%` `%25`";

/// The URL, of which all is known. sqlx drops what it does not know.
pub(super) fn checked(text: &str) -> Result<String> {
    let Some((_, rest)) = text.split_once("://") else {
        return Err(wrong(
            "the address of a PostgreSQL server begins with `postgres://`",
        ));
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, behind) = rest.split_at(end);
    let (path, query) = behind.split_once('?').unwrap_or((behind, ""));
    if behind.contains('#') || path.contains('@') {
        return Err(wrong(format!(
            "the address has a `#`, or an `@` behind its host; {ENCODED}"
        )));
    }
    let url = Url::parse(text).map_err(|error| {
        let said = format!("the address cannot be read: {error}; {ENCODED}");
        let source = sqlx::Error::Configuration(Box::new(error));
        Error::from_sqlx(source).with_message(said)
    })?;
    // What looks like a query may be the rest of a password that holds a `?`.
    let may_be_named = !query.contains('@') || authority.contains('@');
    for (name, value) in url.query_pairs() {
        let is_known = known(&name, &value)?;
        if !is_known {
            let name = if may_be_named { &*name } else { "" };
            return Err(unknown(
                name,
                "`sslmode`, `sslrootcert`, `sslcert`, `sslkey`, `application_name`, `options`, \
                 `statement-cache-capacity`, `host`, `hostaddr`, `port`, `user`, `password` and `dbname`",
                "`orm::pool_options()`",
            ));
        }
    }
    Ok(text.to_owned())
}

/// Whether sqlx knows the parameter. Its value is not quoted.
fn known(name: &str, value: &str) -> Result<bool> {
    let refuse = |must: &str| Err(wrong(format!("the parameter `{name}` {must}")));
    match name {
        "sslmode" | "ssl-mode" if !MODES.contains(&&*value.to_ascii_lowercase()) => {
            refuse(&format!("is one of `{}`", MODES.join("`, `")))
        }
        "port" if value.parse::<u16>().is_err() => refuse("is a number from 1 to 65535"),
        "hostaddr" if value.parse::<IpAddr>().is_err() => refuse("is an IP address"),
        "statement-cache-capacity" if value.parse::<usize>().is_err() => refuse("is a number"),
        "sslmode"
        | "ssl-mode"
        | "sslrootcert"
        | "ssl-root-cert"
        | "ssl-ca"
        | "sslcert"
        | "ssl-cert"
        | "sslkey"
        | "ssl-key"
        | "statement-cache-capacity"
        | "host"
        | "hostaddr"
        | "port"
        | "dbname"
        | "user"
        | "password"
        | "application_name"
        | "options" => Ok(true),
        _ => Ok(name.starts_with("options[") && name.ends_with(']')),
    }
}

/// What sqlx still finds wrong with an address.
pub(super) fn unreadable(_: sqlx::Error) -> Error {
    Error::new(
        ErrorKind::Configuration,
        "a part of the address is percent-encoded and is no UTF-8 when decoded",
    )
}
