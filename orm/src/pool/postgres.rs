//! A PostgreSQL server: the first connection to it, and why there is none.

use std::pin::pin;
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, PgPool};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::{busy, in_words, pool_options, url};
use crate::error::{Error, ErrorKind, Result};

/// How long a pool tries by itself, before it is looked into why there is no connection yet.
const PATIENCE: Duration = Duration::from_secs(1);

/// Opens the database.
///
/// A pool tries again while a server refuses connections, for as long as it may wait, and gives no
/// cause. So beside it the server is asked once: whoever has not started it is told at once. One that is
/// about to start is waited for.
pub(super) async fn open(address: &str) -> Result<PgPool> {
    let options: PgConnectOptions = address.parse().map_err(url::unreadable)?;
    let place = place(&options);
    let pool = pool_options();
    let patience = pool.get_acquire_timeout();
    let mut opening = pin!(pool.connect_with(options.clone()));
    let mut cause = None;
    loop {
        match timeout(PATIENCE, &mut opening).await {
            Ok(Err(sqlx::Error::PoolTimedOut)) => {
                return Err(cause.unwrap_or_else(|| silent(&place, patience)));
            }
            Ok(opened) => return opened.map_err(|error| Error::of_connecting(&place, error)),
            Err(_) => {}
        }
        match timeout(PATIENCE, options.connect()).await {
            Ok(Ok(connection)) => drop(connection.close().await),
            Ok(Err(error)) => {
                let starts = is_starting(&error);
                let error = Error::of_connecting(&place, error);
                if !starts {
                    return Err(error);
                }
                cause = Some(error);
            }
            Err(_) => {}
        }
    }
}

/// Why a pool gives no connection.
pub(crate) async fn why(pool: &PgPool, error: sqlx::Error) -> Error {
    let options = pool.connect_options();
    let place = place(&options);
    let (most, patience) = (
        pool.options().get_max_connections(),
        pool.options().get_acquire_timeout(),
    );
    match error {
        sqlx::Error::PoolTimedOut if pool.size() < most => {
            match timeout(PATIENCE, options.connect()).await {
                Ok(Err(error)) => Error::of_connecting(&place, error),
                Ok(Ok(connection)) => {
                    drop(connection.close().await);
                    silent(&place, patience)
                }
                Err(_) => silent(&place, patience),
            }
        }
        // All may be in use, or be on their way to a server that is gone.
        sqlx::Error::PoolTimedOut => match knock(&options).await {
            Err(cause) => Error::of_connecting(&place, sqlx::Error::Io(cause)),
            Ok(()) => busy(error, most, patience),
        },
        sqlx::Error::PoolClosed => Error::from_sqlx(error),
        error => Error::of_connecting(&place, error),
    }
}

/// Whether somebody listens. Nothing is said, and the server takes no note of it.
async fn knock(options: &PgConnectOptions) -> std::io::Result<()> {
    let host = options.get_host();
    if options.get_socket().is_some() || host.starts_with('/') {
        return Ok(());
    }
    let knocked = timeout(PATIENCE, TcpStream::connect((host, options.get_port()))).await;
    knocked.map_or(Ok(()), |answered| answered.map(drop))
}

/// A server that takes no connections yet.
fn is_starting(error: &sqlx::Error) -> bool {
    let code = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code);
    code.is_some_and(|code| code == "57P03")
}

fn silent(place: &str, patience: Duration) -> Error {
    Error::new(
        ErrorKind::Timeout,
        format!(
            "{place}: no connection could be made in {}; can the server be reached from here?",
            in_words(patience)
        ),
    )
}

/// Where the server is, which is all of its address that is told.
fn place(options: &PgConnectOptions) -> String {
    let host = options.get_host();
    match options.get_socket() {
        Some(socket) => format!("the socket in `{}`", socket.display()),
        None if host.starts_with('/') => format!("the socket in `{host}`"),
        None => format!("`{host}:{}`", options.get_port()),
    }
}
