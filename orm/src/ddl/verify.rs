//! Whether a live database is what its declarations say.

use futures_core::future::BoxFuture;
use sqlx::error::DatabaseError;

use self::finding::Finding;
use super::Tables;
use super::create::Plan;
use super::declared;
use super::introspect::{self, Found};
use crate::backend::{Backend, Connection};
use crate::diff;
use crate::error::{Error, ErrorKind, Result};
use crate::exec::Executor;
use crate::render::{self, Asked};
use crate::schema::{KeyDef, TableDef};

mod compare;
mod finding;

impl<'c, E: Executor<'c>> Tables<E> {
    /// Compares them with the database.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Drift`](crate::ErrorKind::Drift) with everything that differs, and what the database
    /// refuses.
    pub fn verify(self) -> BoxFuture<'c, Result<()>>
    where
        E: 'c,
    {
        let (on, plan) = self.into_parts();
        Box::pin(verify(on, plan))
    }
}

/// Compares tables with the database.
pub(crate) async fn verify<'c, E>(on: E, plan: Plan) -> Result<()>
where
    E: Executor<'c>,
{
    let live = on.live();
    let mut connection = on.lease().await?;
    connection.set_midway(true);
    let found = compared(&mut connection, live, &plan).await;
    connection.set_midway(false);
    let findings = found?;
    if findings.is_empty() {
        Ok(())
    } else {
        Err(Error::drift(findings))
    }
}

/// What the planner says of statements.
enum Planned {
    Yes,
    /// It finds no key.
    NoKey,
    /// Something else is wrong.
    Refused(String),
}

/// What differs between tables and the database, in words.
async fn compared<C: Connection>(
    connection: &mut C,
    live: <C::Backend as Backend>::Live,
    plan: &Plan,
) -> Result<Vec<String>> {
    let dialect = connection.dialect();
    let declared = plan.declared(dialect);
    let asked = plan.asked(&declared);
    // A question that is refused ends a transaction; in one of its own nothing else is lost.
    let mut within = connection.begin().await.map_err(Error::from_sqlx)?;
    let found = introspect::named(&mut within, live, &asked, introspect::TO_VERIFY).await?;
    let mut findings = Vec::new();
    for (asked, found) in asked.iter().zip(&found) {
        let declared = declared::table(asked.table, asked.sent_as, dialect);
        let changes = diff::tables(&found.table, &declared);
        compare::table(asked, found, &changes, dialect, &mut findings);
    }
    keys(&mut within, &asked, &found, &mut findings).await?;
    let mut told = Vec::with_capacity(findings.len());
    for finding in findings {
        told.push(finding.into_words(&mut within, live).await?);
    }
    Ok(told)
}

/// Asks the planner about each key: an upsert finds it if the planner does.
async fn keys<C: Connection>(
    within: &mut C,
    tables: &[Asked<'_>],
    found: &[Found],
    findings: &mut Vec<Finding>,
) -> Result<()> {
    let dialect = within.dialect();
    let asked: Vec<(&TableDef, &Found, &KeyDef)> = tables
        .iter()
        .zip(found)
        .filter(|(_, found)| found.kind.is_some())
        .flat_map(|(asked, found)| {
            let keys = asked.table.keys.iter();
            keys.map(move |key| (asked.table, found, key))
        })
        .filter(|(table, found, key)| found.has_columns_of(table, key))
        .collect();
    // All of them at once; only where one is missing they are asked one by one.
    let all = asked.iter().fold(String::new(), |all, (table, _, key)| {
        all + &render::explain_key(table, key, dialect) + ";\n"
    });
    let found = matches!(explained(within, all).await?, Planned::Yes);
    // One refusal of a table is enough.
    let mut refused = None;
    for (table, there, key) in asked {
        let planned = if found {
            Planned::Yes
        } else {
            explained(within, render::explain_key(table, key, dialect)).await?
        };
        let is_there = match planned {
            Planned::Yes => true,
            Planned::NoKey => false,
            Planned::Refused(why) => {
                let is_view = there.kind.as_deref() == Some("view");
                if !is_view && there.broken.is_empty() && refused != Some(&table.name) {
                    refused = Some(&table.name);
                    findings.push(Finding::new(format!(
                        "`{}`: the database refuses to insert into it: {why}",
                        table.name
                    )));
                }
                !is_view && compare::has_index(table, key, there)
            }
        };
        compare::key(table, key, there, is_there, dialect, findings);
    }
    Ok(())
}

/// Whether the planner finds the keys of these statements.
async fn explained<C: Connection>(within: &mut C, statements: String) -> Result<Planned> {
    if statements.is_empty() {
        return Ok(Planned::Yes);
    }
    let mut inner = within.begin().await.map_err(Error::from_sqlx)?;
    let Err(error) = inner.run_script(statements).await.map_err(Error::from_sqlx) else {
        return Ok(Planned::Yes);
    };
    if !error.is_about_a_statement() {
        return Err(error);
    }
    if error.kind() == ErrorKind::MissingKey {
        return Ok(Planned::NoKey);
    }
    // Nothing was executed, so that it can hold no value.
    let said = error.database_error().map(DatabaseError::message);
    Ok(Planned::Refused(said.unwrap_or_default().to_owned()))
}
