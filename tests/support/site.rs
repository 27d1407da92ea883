//! A fresh place in a database for one test.

use std::fs::File;
use std::io;

use tempfile::TempDir;

use crate::available::available;
use crate::backend::Backend;
use crate::postgres::Server;
use crate::schema::Schema;
use crate::scratch;

/// An empty database of its own: a file on SQLite, a schema on PostgreSQL.
///
/// It is removed when this is dropped, also after a panic.
#[derive(Debug)]
pub struct Site {
    backend: Backend,
    place: Place,
}

#[derive(Debug)]
enum Place {
    File { url: String, _directory: TempDir },
    Schema(Schema),
}

impl Site {
    /// Makes a fresh place.
    ///
    /// # Panics
    ///
    /// When the backend cannot be had; the suite asks before it starts a test.
    pub async fn new(backend: Backend) -> Self {
        let place = match backend {
            Backend::Sqlite => file().map_err(|error| error.to_string()),
            Backend::Postgres(major) => schema(major).await,
        };
        match place {
            Ok(place) => Self { backend, place },
            Err(reason) => panic!("no place on {backend}: {reason}"),
        }
    }

    /// A second place on the same backend.
    pub async fn another(&self) -> Self {
        Self::new(self.backend).await
    }

    /// A server that nobody else uses, of the same version, for tests that stop or kill it.
    ///
    /// # Panics
    ///
    /// On SQLite, and for a server of which only the address is known. A test registered
    /// `on own_server` is not run there.
    pub fn own_server(&self) -> Server {
        let Backend::Postgres(major) = self.backend else {
            panic!("SQLite has no server")
        };
        available()
            .ok()
            .and_then(|found| found.get(&major)?.binaries())
            .map(|binaries| Server::start_new(binaries).expect("a server starts on this machine"))
            .expect("a test that needs its own server is registered `on own_server`")
    }

    /// Which database this is.
    pub fn backend(&self) -> Backend {
        self.backend
    }

    /// The address to connect to.
    pub fn url(&self) -> &str {
        match &self.place {
            Place::File { url, .. } => url,
            Place::Schema(schema) => schema.url(),
        }
    }

    /// The default schema, which on SQLite is always `main`.
    pub fn schema(&self) -> &str {
        match &self.place {
            Place::File { .. } => "main",
            Place::Schema(schema) => schema.name(),
        }
    }
}

fn file() -> io::Result<Place> {
    let directory = scratch::directory()?;
    let path = directory.path().join("test.db");
    // An empty file is an empty database, so that every client can open it.
    File::create(&path)?;
    Ok(Place::File {
        url: format!("sqlite://{}", scratch::text(&path)),
        _directory: directory,
    })
}

async fn schema(major: u16) -> Result<Place, String> {
    let source = available()?.get(&major).ok_or("no server found")?;
    let server = source.url()?;
    Schema::create(&server)
        .await
        .map(Place::Schema)
        .map_err(|error| error.to_string())
}
