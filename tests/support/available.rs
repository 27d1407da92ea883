//! Which PostgreSQL servers can be had.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use sqlx::{Connection as _, PgConnection};

use crate::postgres::{Binaries, Server};

/// The servers by major version.
pub type Available = BTreeMap<u16, Source>;

/// Where the server of one version comes from.
#[derive(Debug, Default)]
pub struct Source {
    url: Option<String>,
    binaries: Option<Binaries>,
    /// Started when the first test needs it; ended by its watchdog with the process.
    shared: OnceLock<Result<Server, String>>,
}

/// What `ORM_TEST_POSTGRES` names, then what is found on this machine.
///
/// `DATABASE_URL` is never read: nobody's own database is touched.
///
/// # Errors
///
/// When a server that was named does not answer, which must not pass for a skip.
pub fn available() -> Result<&'static Available, String> {
    static FOUND: OnceLock<Result<Available, String>> = OnceLock::new();
    FOUND
        .get_or_init(|| {
            let named = std::env::var("ORM_TEST_POSTGRES").unwrap_or_default();
            let mut found = Available::new();
            for (major, binaries) in Binaries::on_this_machine() {
                found.entry(major).or_default().binaries = Some(binaries);
            }
            for entry in named
                .split([',', ' ', '\n', '\t'])
                .filter(|entry| !entry.is_empty())
            {
                let (major, url) = ask(entry)?;
                found.entry(major).or_default().url = Some(url);
            }
            Ok(found)
        })
        .as_ref()
        .map_err(Clone::clone)
}

impl Source {
    /// The address of the server that all tests of this process share.
    ///
    /// # Errors
    ///
    /// With what the server itself said, when it cannot be started.
    pub fn url(&self) -> Result<String, String> {
        if let Some(url) = &self.url {
            return Ok(url.clone());
        }
        let start = || {
            let binaries = self.binaries.as_ref().ok_or("no server found")?;
            Server::start_new(binaries).map_err(|error| error.to_string())
        };
        self.shared
            .get_or_init(start)
            .as_ref()
            .map(Server::url)
            .map_err(Clone::clone)
    }

    /// The programs, for tests that need a server of their own.
    pub fn binaries(&self) -> Option<&Binaries> {
        self.binaries.as_ref()
    }
}

impl fmt::Display for Source {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.binaries {
            Some(binaries) if self.url.is_none() => binaries.directory().display().fmt(out),
            // The address itself may hold a password.
            _ => out.write_str("ORM_TEST_POSTGRES"),
        }
    }
}

/// Reads `18=postgres://…` or `postgres://…` and asks the server for its version.
fn ask(entry: &str) -> Result<(u16, String), String> {
    let (expected, url) = match entry.split_once('=') {
        Some((major, url)) if major.chars().all(|c| c.is_ascii_digit()) => (Some(major), url),
        _ => (None, entry),
    };
    let major = version_of(url)
        .map_err(|error| format!("a server in ORM_TEST_POSTGRES does not answer: {error}"))?;
    if expected.is_some_and(|expected| expected != major.to_string()) {
        return Err(format!(
            "ORM_TEST_POSTGRES says {expected:?}, but the server is a {major}"
        ));
    }
    Ok((major, url.to_owned()))
}

fn version_of(url: &str) -> Result<u16, sqlx::Error> {
    aside(async {
        let mut connection = PgConnection::connect(url).await?;
        let number: i32 = sqlx::query_scalar("SELECT current_setting('server_version_num')::int4")
            .fetch_one(&mut connection)
            .await?;
        connection.close().await?;
        u16::try_from(number / 10_000).map_err(|error| sqlx::Error::Decode(error.into()))
    })
}

/// Runs a future to its end on a thread of its own, where no other runtime is in the way.
pub(crate) fn aside<T: Send>(work: impl Future<Output = T> + Send) -> T {
    std::thread::scope(|scope| {
        scope
            .spawn(|| {
                tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()
                    .expect("the system gives a runtime its resources")
                    .block_on(work)
            })
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}
