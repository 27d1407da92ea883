//! A transaction within another one: a savepoint.

use super::{Begin, Tx, sealed::Sealed};
use crate::backend::{Backend, Health};
use crate::driver::{Counted, Db, DbSession, Session};
use crate::error::{Error, Result};

/// Begins a savepoint, once the statements that run already are done.
async fn begin<D: Counted>(around: &Session<D>) -> Result<Session<D>> {
    let mut shared = around.lease().await?;
    let inner = around.within();
    // Dropped here, nobody knows whether it is open.
    around.set_midway(true);
    let begun = D::run(&mut shared, inner.savepoint()).await;
    around.set_midway(false);
    if let Err(error) = begun {
        around.note(Health::Ended);
        return Err(Error::from_sqlx(error));
    }
    inner.open();
    Ok(inner)
}

/// Keeps what was done in a savepoint, or takes it back. The one around it goes on.
async fn end<D: Counted>(around: &Session<D>, inner: &Session<D>, keep: bool) -> Result<()> {
    let leased = inner.lease().await;
    inner.close(around);
    let mut shared = match leased {
        Ok(shared) => shared,
        Err(error) => {
            around.set_midway(true);
            return Err(error);
        }
    };
    around.set_midway(true);
    let name = inner.savepoint();
    let sql = if keep {
        format!("RELEASE {name}")
    } else {
        format!("ROLLBACK TO {name}; RELEASE {name}")
    };
    D::run(&mut shared, sql).await.map_err(Error::from_sqlx)?;
    around.set_midway(false);
    Ok(())
}

impl<DB: Backend> Sealed for Tx<DB> {}

impl<D> Begin for Tx<D>
where
    D: Counted + Backend<Session = Session<D>>,
{
    type Backend = D;

    async fn begin(&self) -> Result<Session<D>> {
        begin(self.session()).await
    }

    fn health(session: &Session<D>) -> Health {
        session.health()
    }

    fn abandon(session: &Session<D>) {
        session.set_midway(true);
    }

    async fn end(&self, session: &Session<D>, commit: bool) -> Result<()> {
        end(self.session(), session, commit).await
    }

    fn is_within(&self) -> bool {
        true
    }

    fn hand_over(&self, health: Health) {
        // What has only ended within the savepoint ends with it.
        if health > Health::Ended {
            self.session().note(health);
        }
    }
}

impl Begin for Tx<Db> {
    type Backend = Db;

    async fn begin(&self) -> Result<DbSession> {
        Ok(match self.session() {
            #[cfg(feature = "postgres")]
            DbSession::Postgres(around) => DbSession::Postgres(begin(around).await?),
            #[cfg(feature = "sqlite")]
            DbSession::Sqlite(around) => DbSession::Sqlite(begin(around).await?),
        })
    }

    fn health(session: &DbSession) -> Health {
        session.health()
    }

    fn abandon(session: &DbSession) {
        session.abandon();
    }

    async fn end(&self, session: &DbSession, commit: bool) -> Result<()> {
        match (self.session(), session) {
            #[cfg(feature = "postgres")]
            (DbSession::Postgres(around), DbSession::Postgres(inner)) => {
                end(around, inner, commit).await
            }
            #[cfg(feature = "sqlite")]
            (DbSession::Sqlite(around), DbSession::Sqlite(inner)) => {
                end(around, inner, commit).await
            }
            // A savepoint is of the database of its transaction.
            #[cfg(all(feature = "postgres", feature = "sqlite"))]
            _ => Ok(()),
        }
    }

    fn is_within(&self) -> bool {
        true
    }

    fn hand_over(&self, health: Health) {
        if health > Health::Ended {
            match self.session() {
                #[cfg(feature = "postgres")]
                DbSession::Postgres(around) => around.note(health),
                #[cfg(feature = "sqlite")]
                DbSession::Sqlite(around) => around.note(health),
            }
        }
    }
}
