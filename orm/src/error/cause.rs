//! Why there is no connection: what a program is told of it, and what it finds as the source.

use std::error::Error as StdError;
#[cfg(feature = "postgres")]
use std::io;

/// What is behind an error of a connection. It can hold no value of a row, and nothing of an address but its
/// host.
pub(super) fn shown(error: &sqlx::Error) -> Option<&(dyn StdError + 'static)> {
    match error {
        sqlx::Error::Io(source) => Some(source),
        sqlx::Error::Tls(source) => Some(&**source),
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
            Some(error)
        }
        // What others have put there may quote the address.
        #[cfg(feature = "postgres")]
        sqlx::Error::Configuration(source) => source
            .downcast_ref::<url::ParseError>()
            .map(|source| source as _),
        _ => None,
    }
}

/// What it means for a connection that was there.
pub(super) fn message(error: &sqlx::Error) -> Option<String> {
    match error {
        sqlx::Error::Io(source) => Some(format!("the connection was lost: {}", source.kind())),
        sqlx::Error::Tls(source) => Some(tls(&**source)),
        sqlx::Error::PoolClosed => {
            Some("the pool is closed: `Db::close` or `close` of its pool was called".to_owned())
        }
        sqlx::Error::PoolTimedOut => {
            Some("no connection of the pool became free in time".to_owned())
        }
        _ => None,
    }
}

/// What it means for a connection that is being made.
#[cfg(feature = "postgres")]
pub(super) fn of_connecting(error: &sqlx::Error) -> Option<String> {
    match error {
        sqlx::Error::Io(source) => Some(io(source)),
        other => message(other),
    }
}

/// Whether trying again is of no use.
pub(super) fn lasts(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::PoolClosed | sqlx::Error::Tls(_))
}

#[cfg(feature = "postgres")]
fn io(error: &io::Error) -> String {
    let what_to_do = match error.kind() {
        io::ErrorKind::ConnectionRefused => {
            return "connection refused; is the server running, and does it listen there?"
                .to_owned();
        }
        io::ErrorKind::NotFound => {
            "; is the server running and its socket there, and are the files of `sslrootcert`, `sslcert` and \
             `sslkey`?"
        }
        io::ErrorKind::TimedOut => "; can the host be reached from here?",
        _ if error.to_string().starts_with("failed to lookup address") => {
            "; is the name of the host right?"
        }
        _ => "",
    };
    format!("{error}{what_to_do}")
}

/// There are three cases, of which sqlx tells two by their texts alone.
fn tls(error: &(dyn StdError + 'static)) -> String {
    let said = error.to_string();
    if said.contains("without TLS support") {
        "TLS is asked for, and this program was built without it: switch on the feature `tls-rustls` or \
         `tls-native` of `orm`"
            .to_owned()
    } else if said.contains("does not support TLS") {
        "TLS is asked for, and the server does not have it: switch it on there, or write `sslmode=prefer`"
            .to_owned()
    } else {
        format!("TLS could not be agreed on: {said}")
    }
}
