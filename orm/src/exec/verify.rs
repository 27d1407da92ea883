//! Whether a live database is what its declarations say.

use futures_core::future::BoxFuture;

use self::facts::{Facts, gather};
use super::create::{Blueprint, Plan};
use super::{Executor, Tables};
use crate::backend::{Backend, Connection};
use crate::error::{Error, Result};
use crate::render;
use crate::schema::{KeyDef, TableDef};

mod compare;
mod facts;

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
    let dialect = connection.dialect();
    let mut tables = plan.tables;
    for Blueprint { table, types } in &mut tables {
        for (column, stored_as) in table.columns.iter().zip(types) {
            *stored_as = dialect.column_type(column, stored_as);
        }
    }
    connection.set_midway(true);
    let found = compared(&mut connection, live, &tables).await;
    connection.set_midway(false);
    let findings = found?;
    if findings.is_empty() {
        Ok(())
    } else {
        Err(Error::drift(findings))
    }
}

/// What differs between tables and the database.
async fn compared<C: Connection>(
    connection: &mut C,
    live: <C::Backend as Backend>::Live,
    tables: &[Blueprint],
) -> Result<Vec<String>> {
    let dialect = connection.dialect();
    // A question that is refused ends a transaction; in one of its own nothing else is lost.
    let mut within = connection.begin().await.map_err(Error::from_sqlx)?;
    let facts = gather(&mut within, live, tables).await?;
    let mut findings = Vec::new();
    for (Blueprint { table, types }, known) in tables.iter().zip(&facts) {
        compare::table(table, types, known, dialect, &mut findings);
    }
    keys(&mut within, tables, &facts, &mut findings).await?;
    Ok(findings)
}

/// Asks the planner about each key: an upsert finds it if the planner does.
async fn keys<C: Connection>(
    within: &mut C,
    tables: &[Blueprint],
    facts: &[Facts],
    findings: &mut Vec<String>,
) -> Result<()> {
    let dialect = within.dialect();
    let asked: Vec<(&TableDef, &Facts, &KeyDef)> = tables
        .iter()
        .zip(facts)
        .filter(|(_, facts)| facts.kind.is_some())
        .flat_map(|(Blueprint { table, .. }, facts)| {
            table.keys.iter().map(move |key| (&**table, facts, key))
        })
        .filter(|(table, facts, key)| facts.has_columns_of(table, key))
        .collect();
    // All of them at once; only where one is missing they are asked one by one.
    let all = asked.iter().fold(String::new(), |all, (table, _, key)| {
        all + &render::explain_key(table, key, dialect) + ";\n"
    });
    let found = explained(within, all).await?;
    for (table, facts, key) in asked {
        let is_there = found || explained(within, render::explain_key(table, key, dialect)).await?;
        compare::key(table, key, facts, is_there, dialect, findings);
    }
    Ok(())
}

/// Whether the planner finds the keys of these statements.
async fn explained<C: Connection>(within: &mut C, statements: String) -> Result<bool> {
    if statements.is_empty() {
        return Ok(true);
    }
    let mut inner = within.begin().await.map_err(Error::from_sqlx)?;
    match inner.run_script(statements).await.map_err(Error::from_sqlx) {
        Ok(()) => Ok(true),
        Err(error) if error.is_about_a_statement() => Ok(false),
        Err(error) => Err(error),
    }
}
