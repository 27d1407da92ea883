//! One migration.

use super::{Direction, Runner, compared};
use crate::backend::{Backend, Connection};
use crate::error::{Error, ErrorKind, Result};
use crate::migrate::Migration;
use crate::migrate::migrations::{State, Status};
use crate::render::history;
use crate::value::Reader;

impl<C: Connection> Runner<'_, C> {
    /// Runs the next one; its id, or nothing where none is left.
    pub(super) async fn next(&mut self, direction: Direction) -> Result<Option<String>> {
        loop {
            match self.attempt(direction).await {
                Ok(ran) => return Ok(ran),
                Err(error) => {
                    // What the statement has left open. Nothing is, where it was the beginning that failed.
                    let _ended = self.script("ROLLBACK".to_owned()).await;
                    if !is_lock_of_others(&error) {
                        return Err(error);
                    }
                    self.wait("others hold a lock that a migration needs")
                        .await?;
                }
            }
        }
    }

    async fn attempt(&mut self, direction: Direction) -> Result<Option<String>> {
        let dialect = self.connection.dialect();
        let table = &self.migrations.table;
        self.script(history::begin_migration(dialect).to_owned())
            .await?;
        self.script(history::create_history(table, dialect)).await?;
        let rows = self.rows().await?;
        let all = compared(self.migrations, &rows);
        all.iter().try_for_each(refuse)?;
        let is_next = |status: &&Status| match direction {
            Direction::Up => status.state == State::Pending,
            Direction::Down(_) => status.state == State::Applied,
        };
        let next = match direction {
            Direction::Up => all.iter().find(is_next),
            Direction::Down(_) => all.iter().rev().find(is_next),
        };
        let of = |status: &Status| self.migrations.all.iter().find(|each| each.id == status.id);
        let Some(migration) = next.and_then(of) else {
            self.script("COMMIT".to_owned()).await?;
            return Ok(None);
        };
        let id = &migration.id;
        let sql = match direction {
            Direction::Up => &migration.up,
            Direction::Down(_) => &migration.down,
        };
        if sql.is_empty() && matches!(direction, Direction::Down(_)) {
            let message = format!("migration `{id}` has no way back; write it behind `-- DOWN`");
            return Err(Error::new(ErrorKind::Unsupported, message));
        }
        let ran = if migration.transaction {
            self.within(migration, sql, direction).await
        } else {
            self.outside(migration, sql, direction).await
        };
        ran.map_err(|error| {
            let message = format!("migration `{id}`: {error}");
            error.with_message(message)
        })?;
        Ok(Some(id.clone()))
    }

    /// Within the transaction that is open, together with what is written down of it.
    async fn within(
        &mut self,
        migration: &Migration,
        sql: &str,
        direction: Direction,
    ) -> Result<()> {
        let dialect = self.connection.dialect();
        let table = &self.migrations.table;
        let dangling = self.dangling().await?;
        let triggers = self.triggers().await?;
        self.sql(sql).await?;
        if self.dangling().await? > dangling {
            return Err(Error::new(
                ErrorKind::ForeignKeyViolation,
                "it leaves rows that point to rows which are not there",
            ));
        }
        self.lost_triggers(&triggers, sql).await?;
        let noted = match direction {
            Direction::Up => {
                history::note(table, &migration.id, &migration.checksum(), false, dialect)
            }
            Direction::Down(_) => history::forget(table, &migration.id, dialect),
        };
        self.script(noted).await?;
        self.script("COMMIT".to_owned()).await
    }

    /// Outside of a transaction: it is written down as half done before it is run.
    async fn outside(
        &mut self,
        migration: &Migration,
        sql: &str,
        direction: Direction,
    ) -> Result<()> {
        let dialect = self.connection.dialect();
        let (table, id) = (&self.migrations.table, &migration.id);
        let (before, after) = match direction {
            Direction::Up => (
                history::note(table, id, &migration.checksum(), true, dialect),
                history::mark(table, id, false, dialect),
            ),
            Direction::Down(_) => (
                history::mark(table, id, true, dialect),
                history::forget(table, id, dialect),
            ),
        };
        self.script(before).await?;
        self.script("COMMIT".to_owned()).await?;
        self.sql(sql).await?;
        self.script(after).await
    }

    async fn sql(&mut self, sql: &str) -> Result<()> {
        let ran = self.connection.run_script(sql.to_owned()).await;
        ran.map_err(|error| Error::from_sqlx(error).of_text(sql))
    }

    /// How many rows point nowhere.
    async fn dangling(&mut self) -> Result<u64> {
        match history::count_dangling(self.connection.dialect()) {
            Some(count) => self.count(count.to_owned()).await,
            None => Ok(0),
        }
    }

    /// The triggers, each with its table.
    async fn triggers(&mut self) -> Result<Vec<(String, String)>> {
        let Some(text) = history::triggers(self.connection.dialect()) else {
            return Ok(Vec::new());
        };
        let none = <C::Backend as Backend>::arguments(self.live);
        let rows = self.connection.fetch_all(text.into(), none).await;
        let rows = rows.map_err(Error::from_sqlx)?;
        let read = rows.iter().map(|row| {
            let mut reader = Reader::<C::Backend>::new(row);
            let name = reader.text()?.unwrap_or_default();
            Ok((name, reader.text()?.unwrap_or_default()))
        });
        read.collect()
    }

    /// Refuses a table that has been made anew without its triggers, which the SQL does not even name.
    async fn lost_triggers(&mut self, before: &[(String, String)], sql: &str) -> Result<()> {
        if before.is_empty() {
            return Ok(());
        }
        let after = self.triggers().await?;
        let lost = before.iter().find(|(name, table)| {
            let stays = after.iter().any(|(other, _)| other == name);
            let is_made_anew =
                sql.contains(&format!("RENAME TO \"{}\"", table.replace('"', "\"\"")));
            !stays && is_made_anew && !sql.contains(name.as_str())
        });
        match lost {
            None => Ok(()),
            Some((name, table)) => Err(Error::new(
                ErrorKind::Unsupported,
                format!(
                    "`{table}` is made anew, and its trigger `{name}` would be gone; write `CREATE TRIGGER` for \
                     it at the end of the file, or `DROP TRIGGER` at its beginning"
                ),
            )),
        }
    }
}

/// Refuses to go on from what is not as it was left.
fn refuse(status: &Status) -> Result<()> {
    let id = &status.id;
    let said = match status.state {
        State::Pending | State::Applied => return Ok(()),
        State::Changed => format!(
            "migration `{id}` has been changed since it was applied; put it back, and write the change as a \
             migration of its own"
        ),
        State::Missing => format!("migration `{id}` has been applied, and is not among the files"),
        State::Dirty => format!(
            "migration `{id}` failed half way, outside of a transaction; finish it or take it back by hand, and \
             say so with `resolve`"
        ),
    };
    Err(Error::new(ErrorKind::Drift, said))
}

/// Whether it was only that others hold a lock, so that nothing has been done.
fn is_lock_of_others(error: &Error) -> bool {
    // `lock_not_available`
    error.kind() == ErrorKind::Busy || error.code().as_deref() == Some("55P03")
}
