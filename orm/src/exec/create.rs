//! Tables made from declarations.

use std::borrow::Cow;

use futures_core::future::BoxFuture;

use crate::backend::Connection;
use crate::dialect::{Dialect, verify};
use crate::error::{Error, Result};
use crate::exec::{Executor, text::unsupported};
use crate::render;
use crate::schema::TableDef;
use crate::table::Load;

/// A table to be made: its facts, and what the database calls the types of its columns.
#[derive(Debug, Clone)]
pub(crate) struct Blueprint {
    /// The facts.
    pub(crate) table: Cow<'static, TableDef>,
    /// The types.
    pub(crate) types: Vec<String>,
}

/// Tables to be made on a database: what [`create_tables!`](crate::create_tables) collects.
#[derive(Debug)]
pub struct Tables<E> {
    on: E,
    blueprints: Vec<Blueprint>,
}

impl<'c, E: Executor<'c>> Tables<E> {
    /// None yet.
    pub fn on(on: E) -> Self {
        Self {
            on,
            blueprints: Vec::new(),
        }
    }

    /// This one too.
    #[must_use]
    pub fn table<T: Load<E::Backend>>(mut self) -> Self {
        let types = T::types(self.on.live());
        self.blueprints.push(Blueprint {
            table: Cow::Borrowed(T::DEF),
            types,
        });
        self
    }

    /// Makes those that are not there yet.
    ///
    /// # Errors
    ///
    /// What the database refuses, and [`ErrorKind::Unsupported`](crate::ErrorKind::Unsupported) for a
    /// declaration that it cannot keep.
    pub fn create(self) -> BoxFuture<'c, Result<()>>
    where
        E: 'c,
    {
        Box::pin(create_tables(self.on, self.blueprints))
    }
}

/// Makes the tables that are not there yet, with their keys and indexes, all or none.
pub(crate) async fn create_tables<'c, E>(on: E, blueprints: Vec<Blueprint>) -> Result<()>
where
    E: Executor<'c>,
{
    let mut connection = on.lease().await?;
    let script = script(&blueprints, connection.dialect())?;
    let mut within = connection.begin().await.map_err(Error::from_sqlx)?;
    within.run_script(script).await.map_err(Error::from_sqlx)?;
    within.commit().await.map_err(Error::from_sqlx)
}

fn script(blueprints: &[Blueprint], dialect: &dyn Dialect) -> Result<String> {
    let mut script = String::new();
    // `IF NOT EXISTS` alone fails when two sessions make the same table at once.
    script.extend(dialect.lock_for_ddl());
    for Blueprint { table, types } in blueprints {
        verify::table(table, dialect).map_err(unsupported(table))?;
        for statement in render::create_table(table, types, dialect) {
            script.push_str(&statement);
            script.push_str(";\n");
        }
    }
    Ok(script)
}
