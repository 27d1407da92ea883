//! Migrations in their order, and how they are run.

use std::fs;
use std::path::Path;
use std::time::Duration;

use futures_core::future::BoxFuture;

use super::runner::{self, Direction};
use super::{Migration, ObjectName};
use crate::error::{Error, ErrorKind, Result};
use crate::exec::Executor;

/// The migrations of a database, in the order of their ids.
///
/// Each is applied in a transaction of its own, together with the row that says so in the table `orm_migrations`,
/// unless its file says `Transaction: off`. Several processes may apply them at once: one does, and the others
/// wait and find nothing left. On PostgreSQL a statement that waits for the lock of a table gives up after five
/// seconds and is tried again, so that the application does not queue up behind it. On SQLite foreign keys are off
/// while a migration runs, and looked at before it commits.
///
/// A call that is dropped half way closes its connection: what it was about to do is undone, and others can go on.
/// A SQLite database in memory is gone with its connection.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use orm::migrate::{Migrations, State};
///
/// let users = "-- Migration: 001_users\n-- UP\nCREATE TABLE users (id INTEGER PRIMARY KEY);\n-- DOWN\nDROP TABLE users;";
/// let migrations = Migrations::new([users.parse()?])?;
///
/// let db = orm::connect("sqlite::memory:").await?;
/// assert_eq!(migrations.apply(&db).await?, ["001_users"]);
/// assert_eq!(migrations.apply(&db).await?, [""; 0]);
/// assert_eq!(migrations.status(&db).await?[0].state, State::Applied);
/// assert_eq!(migrations.revert(&db, 1).await?, ["001_users"]);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Migrations {
    pub(super) all: Vec<Migration>,
    pub(super) table: ObjectName,
    pub(super) patience: Duration,
}

/// A migration, and how a database stands to it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Status {
    /// What it is known by.
    pub id: String,
    /// How the database stands to it.
    pub state: State,
}

/// How a database stands to a migration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum State {
    /// It is to be applied.
    Pending,
    /// It has been applied.
    Applied,
    /// It has been applied, and what it does has been changed since.
    Changed,
    /// It has been applied, and is not among the migrations.
    Missing,
    /// It failed half way, outside of a transaction.
    Dirty,
}

impl Migrations {
    /// These migrations.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`] for one without an id, and for two of one id.
    pub fn new(migrations: impl IntoIterator<Item = Migration>) -> Result<Self> {
        let mut all: Vec<Migration> = migrations.into_iter().collect();
        all.sort_by(|one, other| one.id.cmp(&other.id));
        let wrong = |message: String| Err(Error::new(ErrorKind::Configuration, message));
        if all.first().is_some_and(|first| first.id.is_empty()) {
            return wrong(
                "a migration has no id; write `-- Migration: ..` at its beginning".to_owned(),
            );
        }
        if let Some(pair) = all.windows(2).find(|pair| pair[0].id == pair[1].id) {
            return wrong(format!("two migrations have the id `{}`", pair[0].id));
        }
        Ok(Self {
            all,
            table: ObjectName::new("orm_migrations"),
            patience: Duration::from_mins(10),
        })
    }

    /// Those in the files of this folder whose names end in `.sql`. One that does not say what it is known by has
    /// the name of its file.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`] for a file that cannot be read, with its name.
    pub fn from_directory(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let wrong = |path: &Path, said: &dyn std::fmt::Display| {
            let message = format!("`{}`: {said}", path.display());
            Error::new(ErrorKind::Configuration, message)
        };
        let mut all = Vec::new();
        for entry in fs::read_dir(path).map_err(|said| wrong(path, &said))? {
            let file = entry.map_err(|said| wrong(path, &said))?.path();
            if file.extension().is_none_or(|extension| extension != "sql") {
                continue;
            }
            let text = fs::read_to_string(&file).map_err(|said| wrong(&file, &said))?;
            let mut migration: Migration = text.parse().map_err(|said| wrong(&file, &said))?;
            if migration.id.is_empty() {
                let stem = file.file_stem().unwrap_or_default();
                migration.id = stem.to_string_lossy().into_owned();
            }
            all.push(migration);
        }
        Self::new(all)
    }

    /// The same, but the database keeps what has been applied in this table, and not in `orm_migrations`.
    #[must_use]
    pub fn recorded_in(mut self, table: ObjectName) -> Self {
        self.table = table;
        self
    }

    /// The same, but that is how long others are waited for, and not ten minutes.
    #[must_use]
    pub fn waiting_for(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Applies those that have not been applied yet, in their order; their ids. Those before one that fails stay
    /// applied.
    ///
    /// # Errors
    ///
    /// What the database refuses, with the id of the migration. [`ErrorKind::Drift`] where an applied one has been
    /// changed, is missing, or is half done, before anything is applied; and [`ErrorKind::Timeout`] where others
    /// take longer than may be waited for.
    pub fn apply<'a, E: Executor<'a>>(&'a self, on: E) -> BoxFuture<'a, Result<Vec<String>>> {
        Box::pin(runner::run(self, on, Direction::Up))
    }

    /// Reverts the last `count` migrations that have been applied; their ids.
    ///
    /// # Errors
    ///
    /// Those of [`apply`](Self::apply), and [`ErrorKind::Unsupported`] for a migration without a way back.
    pub fn revert<'a, E: Executor<'a>>(
        &'a self,
        on: E,
        count: usize,
    ) -> BoxFuture<'a, Result<Vec<String>>> {
        Box::pin(runner::run(self, on, Direction::Down(count)))
    }

    /// How the database stands to each of them, in their order. Nothing is written.
    ///
    /// # Errors
    ///
    /// What the database refuses.
    pub fn status<'a, E: Executor<'a>>(&'a self, on: E) -> BoxFuture<'a, Result<Vec<Status>>> {
        Box::pin(runner::status(self, on))
    }

    /// Says of a migration that is half done, or of one that was applied by hand, that it is applied, or that it
    /// is not.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] where there is no migration of this id, and what the database refuses.
    pub fn resolve<'a, E: Executor<'a>>(
        &'a self,
        on: E,
        id: &'a str,
        is_applied: bool,
    ) -> BoxFuture<'a, Result<()>> {
        Box::pin(runner::resolve(self, on, id, is_applied))
    }
}
