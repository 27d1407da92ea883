//! All tables of a database.

use super::{Found, Gathered, gather};
use crate::backend::{Backend, Connection};
use crate::diff::{Enum, Schema};
use crate::error::{Error, Result};
use crate::exec::Executor;
use crate::render::{Question, Scope};

/// All that a schema is made of.
const OF_SCHEMA: &[Question] = &[
    Question::Columns,
    Question::Keys,
    Question::References,
    Question::Checks,
    Question::Text,
    Question::Enums,
];

/// The plain tables and the enums of the connection's own schema and of these.
pub(crate) async fn introspect<'c, E>(on: E, schemas: &[&str]) -> Result<Schema>
where
    E: Executor<'c>,
{
    let live = on.live();
    let mut connection = on.lease().await?;
    connection.set_midway(true);
    let found = all(&mut connection, live, schemas).await;
    connection.set_midway(false);
    let (tables, enums) = found?;
    Ok(Schema::new(
        tables.into_iter().map(|found| found.table),
        enums,
    ))
}

/// Asks within one transaction, so that on SQLite all answers are about the same moment.
async fn all<C: Connection>(
    connection: &mut C,
    live: <C::Backend as Backend>::Live,
    schemas: &[&str],
) -> Result<(Vec<Found>, Vec<Enum>)> {
    let mut within = connection.begin().await.map_err(Error::from_sqlx)?;
    let mut found = Gathered::default();
    let scope = Scope::All { schemas };
    gather(&mut within, live, &scope, OF_SCHEMA, &mut found).await?;
    Ok(found.finish())
}
