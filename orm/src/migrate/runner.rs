//! One connection that runs migrations.

use std::time::Instant;

use super::Migration;
use super::migrations::{Migrations, State, Status};
use crate::backend::{Backend, Connection};
use crate::error::{Error, ErrorKind, Result};
use crate::exec::Executor;
use crate::pool::pause;
use crate::render::history;
use crate::value::Reader;

mod one;

/// Which way they are run.
#[derive(Debug, Clone, Copy)]
pub(super) enum Direction {
    /// All that are pending.
    Up,
    /// This number of those that were applied, back.
    Down(usize),
}

/// What the database knows of a migration.
struct Row {
    id: String,
    checksum: String,
    is_dirty: bool,
}

/// A connection, and what is run on it.
struct Runner<'m, C: Connection> {
    migrations: &'m Migrations,
    connection: C,
    live: <C::Backend as Backend>::Live,
    began: Instant,
    tries: u32,
    /// Whether the connection is not as it was: a transaction or a lock may be open on it, or foreign keys off.
    is_midway: bool,
}

impl<C: Connection> Drop for Runner<'_, C> {
    /// Dropped half way, the connection is closed, and what is open on it goes with it.
    fn drop(&mut self) {
        if self.is_midway {
            self.connection.close();
        }
    }
}

/// Runs migrations, one of several processes at a time; the ids of those that were run.
pub(super) async fn run<'c, E>(
    migrations: &Migrations,
    on: E,
    direction: Direction,
) -> Result<Vec<String>>
where
    E: Executor<'c>,
{
    let mut runner = lease(migrations, on).await?;
    runner.is_midway = true;
    let unlock = runner.lock().await?;
    let ran = runner.run_all(direction).await;
    if let Some(unlock) = unlock {
        runner.script(unlock).await?;
    }
    runner.is_midway = false;
    ran
}

/// How the database stands to each migration.
pub(super) async fn status<'c, E>(migrations: &Migrations, on: E) -> Result<Vec<Status>>
where
    E: Executor<'c>,
{
    let mut runner = lease(migrations, on).await?;
    let exists = history::history_exists(&migrations.table, runner.connection.dialect());
    let rows = if runner.count(exists).await? == 0 {
        Vec::new()
    } else {
        runner.rows().await?
    };
    Ok(compared(migrations, &rows))
}

/// Writes down that a migration is applied, or that it is not.
pub(super) async fn resolve<'c, E>(
    migrations: &Migrations,
    on: E,
    id: &str,
    is_applied: bool,
) -> Result<()>
where
    E: Executor<'c>,
{
    let Some(migration) = migrations.all.iter().find(|each| each.id == id) else {
        return Err(Error::new(
            ErrorKind::NotFound,
            format!("there is no migration `{id}`"),
        ));
    };
    let mut runner = lease(migrations, on).await?;
    let dialect = runner.connection.dialect();
    let table = &migrations.table;
    let mut script = format!(
        "{};\n{};\n",
        history::create_history(table, dialect),
        history::forget(table, id, dialect)
    );
    if is_applied {
        script += &history::note(table, id, &migration.checksum(), false, dialect);
    }
    runner.script(script).await
}

async fn lease<'c, 'm, E>(
    migrations: &'m Migrations,
    on: E,
) -> Result<Runner<'m, <E::Backend as Backend>::Connection<'c>>>
where
    E: Executor<'c>,
{
    let live = on.live();
    let connection = on.lease().await?;
    if !connection.is_own() {
        return Err(Error::new(
            ErrorKind::Unsupported,
            "migrations need a connection on which nothing else is done; pass `&db` or a pool",
        ));
    }
    Ok(Runner {
        migrations,
        connection,
        live,
        began: Instant::now(),
        tries: 0,
        is_midway: false,
    })
}

/// How what is written down stands to the migrations, in the order of their ids.
fn compared(migrations: &Migrations, rows: &[Row]) -> Vec<Status> {
    let state = |migration: &Migration| {
        let row = rows.iter().find(|row| row.id == migration.id);
        match row {
            None => State::Pending,
            Some(row) if row.is_dirty => State::Dirty,
            Some(row) if row.checksum != migration.checksum() => State::Changed,
            Some(_) => State::Applied,
        }
    };
    let known = migrations.all.iter().map(|migration| Status {
        id: migration.id.clone(),
        state: state(migration),
    });
    let is_missing = |row: &&Row| !migrations.all.iter().any(|each| each.id == row.id);
    let missing = rows.iter().filter(is_missing).map(|row| Status {
        id: row.id.clone(),
        state: State::Missing,
    });
    let mut all: Vec<Status> = known.chain(missing).collect();
    all.sort_by(|one, other| one.id.cmp(&other.id));
    all
}

impl<C: Connection> Runner<'_, C> {
    /// Waits for the others; what frees the lock again, where the database has one for that.
    async fn lock(&mut self) -> Result<Option<String>> {
        let dialect = self.connection.dialect();
        let Some((lock, unlock)) = history::lock_history(&self.migrations.table, dialect) else {
            return Ok(None);
        };
        loop {
            let none = <C::Backend as Backend>::arguments(self.live);
            let row = self
                .connection
                .fetch_optional(lock.as_str().into(), none)
                .await
                .map_err(Error::from_sqlx)?;
            let is_ours = row.map(|row| Reader::<C::Backend>::new(&row).flag());
            if is_ours.transpose()? == Some(true) {
                return Ok(Some(unlock));
            }
            self.wait("another process applies migrations").await?;
        }
    }

    /// Waits a little, unless it has been long enough.
    async fn wait(&mut self, why: &str) -> Result<()> {
        if self.began.elapsed() > self.migrations.patience {
            let patience = self.migrations.patience;
            return Err(Error::new(
                ErrorKind::Timeout,
                format!("{why}, for longer than {patience:?}"),
            ));
        }
        self.tries += 1;
        tokio::time::sleep(pause(self.tries)).await;
        Ok(())
    }

    async fn run_all(&mut self, direction: Direction) -> Result<Vec<String>> {
        let foreign_keys = self.foreign_keys_off().await?;
        let mut ran = Vec::new();
        let done = loop {
            if matches!(direction, Direction::Down(count) if count == ran.len()) {
                break Ok(());
            }
            match self.next(direction).await {
                Ok(Some(id)) => ran.push(id),
                Ok(None) => break Ok(()),
                Err(error) => break Err(error),
            }
        };
        if foreign_keys {
            self.script(history::set_foreign_keys(true).to_owned())
                .await?;
        }
        done.map(|()| ran)
    }

    /// Switches foreign keys off, where that can be done on a connection; whether they were on. Within a
    /// transaction it would do nothing, and a table that is made anew would take the rows that point to it along.
    async fn foreign_keys_off(&mut self) -> Result<bool> {
        let Some(ask) = history::has_foreign_keys(self.connection.dialect()) else {
            return Ok(false);
        };
        let were_on = self.count(ask.to_owned()).await? > 0;
        if were_on {
            self.script(history::set_foreign_keys(false).to_owned())
                .await?;
        }
        Ok(were_on)
    }

    async fn rows(&mut self) -> Result<Vec<Row>> {
        let text = history::read_history(&self.migrations.table, self.connection.dialect());
        let none = <C::Backend as Backend>::arguments(self.live);
        let rows = self.connection.fetch_all(text.into(), none).await;
        let rows = rows.map_err(Error::from_sqlx)?;
        let read = rows.iter().map(|row| {
            let mut reader = Reader::<C::Backend>::new(row);
            Ok(Row {
                id: reader.text()?.unwrap_or_default(),
                checksum: reader.text()?.unwrap_or_default(),
                is_dirty: reader.flag()?,
            })
        });
        read.collect()
    }

    async fn script(&mut self, sql: String) -> Result<()> {
        self.connection
            .run_script(sql)
            .await
            .map_err(Error::from_sqlx)
    }

    async fn count(&mut self, sql: String) -> Result<u64> {
        let none = <C::Backend as Backend>::arguments(self.live);
        let row = self.connection.fetch_optional(sql.into(), none).await;
        let row = row.map_err(Error::from_sqlx)?;
        row.map_or(Ok(0), |row| Reader::<C::Backend>::new(&row).count())
    }
}
