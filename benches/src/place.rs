//! Where peers work: places of the same harness as the tests'.

use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};

use orm::Db;
use orm_tests::{Backend, Site, available};
use sqlx::AssertSqlSafe;

use crate::heap;
use crate::measure::{Work, work};
use crate::relay::{Relay, Traffic};

/// PostgreSQL 15 where there is one, else the newest that can be had.
pub fn postgres() -> Option<Backend> {
    let found = available().ok()?;
    let version = found.contains_key(&15).then_some(15);
    version
        .or_else(|| found.keys().max().copied())
        .map(Backend::Postgres)
}

/// How one gets to a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// To PostgreSQL by TCP, to SQLite through a file.
    Usual,
    /// To PostgreSQL by a unix socket.
    Socket,
    /// SQLite in the memory of the process, which all its connections see.
    Memory,
}

/// A database, and how one gets there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Host {
    pub backend: Backend,
    pub link: Link,
}

impl From<Backend> for Host {
    fn from(backend: Backend) -> Self {
        let link = Link::Usual;
        Self { backend, link }
    }
}

/// A database of its own.
pub struct Place {
    url: String,
    db: Db,
    relay: Option<Relay>,
    /// Nothing where the database lives in `db`.
    _site: Option<Site>,
}

impl Place {
    /// An empty one.
    ///
    /// # Panics
    ///
    /// When it cannot be had, as all of this program where something is not as it should be.
    pub async fn new(host: Host) -> Self {
        let site = match host.link {
            Link::Memory => None,
            Link::Usual | Link::Socket => Some(Site::new(host.backend).await),
        };
        let usual = site.as_ref().map_or_else(in_memory, usual);
        let db = orm::connect(&usual).await.expect("a database");
        let mut place = Self {
            url: usual,
            db,
            relay: None,
            _site: site,
        };
        if host.backend != Backend::Sqlite {
            let port = place.setting("port").await;
            // Bytes are the same on every way, so one is enough to count them.
            if heap::installed().is_some() {
                let server = port.parse().expect("the number of a port");
                let relay = Relay::before(server).expect("a free port");
                place.go_by(&format!("127.0.0.1:{}", relay.port()));
                place.relay = Some(relay);
            } else if host.link == Link::Socket {
                let directory = place.setting("unix_socket_directories").await;
                place.go_by(&format!("{}:{port}", directory.replace('/', "%2F")));
            }
        }
        place
    }

    async fn setting(&self, name: &str) -> String {
        let pool = self.db.postgres().expect("a server");
        let asked = sqlx::query_scalar("SELECT current_setting($1)").bind(name);
        asked.fetch_one(pool).await.expect("a setting")
    }

    /// Another host and port.
    fn go_by(&mut self, address: &str) {
        let (before, rest) = self.url.split_once('@').expect("a URL with a user");
        let (_, rest) = rest.split_once('/').expect("a URL with a database");
        self.url = format!("{before}@{address}/{rest}");
    }

    /// The address to connect to.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A connection that is not measured.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// What has gone over the wire, where it is counted.
    pub fn traffic(&self) -> Option<Traffic> {
        self.relay.as_ref().map(Relay::traffic)
    }

    /// Runs statements that are not measured.
    pub async fn run(&self, text: &str) {
        let run = sqlx::raw_sql(AssertSqlSafe(text.to_owned()));
        let failed = match (self.db.postgres(), self.db.sqlite()) {
            (Some(pool), _) => run.execute(pool).await.err(),
            (None, Some(pool)) => run.execute(pool).await.err(),
            (None, None) => None,
        };
        if let Some(error) = failed {
            panic!("{text}: {error}");
        }
    }

    /// Lets nothing happen by itself to a table that has been filled.
    pub async fn settle(&self, table: &str) {
        if self.db.postgres().is_some() {
            self.run(&format!(
                "ALTER TABLE {table} SET (autovacuum_enabled = off)"
            ))
            .await;
            self.run(&format!("VACUUM (ANALYZE) {table}")).await;
        }
    }

    /// Puts the rows of a table back that were there at the first call.
    pub async fn reset(self: &Rc<Self>, table: &str) -> Box<dyn Work> {
        self.run(&format!(
            "CREATE TABLE IF NOT EXISTS before AS SELECT * FROM {table}"
        ))
        .await;
        let place = Rc::clone(self);
        let empty = match self.db.postgres() {
            Some(_) => "TRUNCATE",
            None => "DELETE FROM",
        };
        let again = format!("{empty} {table}; INSERT INTO {table} SELECT * FROM before");
        work(async move |_| place.run(&again).await)
    }
}

fn usual(site: &Site) -> String {
    site.url().to_owned()
}

/// sqlx, rusqlite and Diesel find the same database under this name, since they share one library.
fn in_memory() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("sqlite:file:place-{count}?mode=memory")
}

/// Makes a table and fills it: `filled!(host, Device, "devices", there)`.
macro_rules! filled {
    ($host:expr, $table:ty, $name:literal, $there:expr) => {{
        let place = $crate::place::Place::new($host).await;
        orm::create_tables!(place.db(), $table)
            .await
            .expect("a table");
        let inserted = $there.insert().execute(place.db()).await;
        inserted.expect("an insert");
        place.settle($name).await;
        std::rc::Rc::new(place)
    }};
}
pub(crate) use filled;
