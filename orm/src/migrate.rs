//! The schema of a database as a value: read from a live one, made of declarations, compared.
//!
//! # Examples
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> orm::Result<()> {
//! use orm::migrate::{self, Declared};
//! use orm::prelude::*;
//!
//! #[derive(Table)]
//! #[table(name = "users")]
//! struct User {
//!     #[column(primary_key, auto)]
//!     id: i64,
//!     #[column(unique)]
//!     email: String,
//! }
//!
//! let db = orm::connect("sqlite::memory:").await?;
//! let declared = Declared::<Sqlite>::new().with::<User>().schema()?;
//!
//! let found = migrate::introspect(&db).await?;
//! assert_eq!(found.diff(&declared).len(), 1); // the table is missing
//!
//! orm::create_tables!(&db, User).await?;
//! assert_eq!(migrate::introspect(&db).await?, declared);
//! # Ok(())
//! # }
//! ```

use std::marker::PhantomData;

use futures_core::future::BoxFuture;

use crate::backend::Backend;
use crate::ddl::{self, Makes, Plan};
use crate::error::Result;
use crate::exec::Executor;

mod lock;

pub use lock::ParseError;

pub use crate::diff::{
    Change, Check, Column, Computed, DefaultValue, Deferrable, Enum, ForeignKey, Identity, Index,
    IndexPart, Key, ObjectName, Schema, Table, TableChange,
};

/// Reads the plain tables of a database, and the enums that are types of their own.
///
/// On PostgreSQL those of the connection's own schema, the first of its search path; names of other schemas
/// follow in [`introspect_schemas`]. Views, partitioned and virtual tables and what belongs to an extension are
/// left out. So many queries as there are kinds of facts, however many tables there are.
///
/// # Errors
///
/// What the database refuses.
///
/// # Examples
///
/// See the [module](self).
pub fn introspect<'c, E: Executor<'c>>(on: E) -> BoxFuture<'c, Result<Schema>> {
    introspect_schemas(on, &[])
}

/// Reads the connection's own schema, and these beside it.
///
/// # Errors
///
/// What the database refuses.
///
/// # Examples
///
/// ```no_run
/// # async fn example(db: &orm::Db) -> orm::Result<()> {
/// let schema = orm::migrate::introspect_schemas(db, &["app", "audit"]).await?;
/// # Ok(())
/// # }
/// ```
pub fn introspect_schemas<'c, E: Executor<'c>>(
    on: E,
    schemas: &'c [&'c str],
) -> BoxFuture<'c, Result<Schema>> {
    Box::pin(ddl::introspect(on, schemas))
}

/// Declarations to make a [`Schema`] of, as a database would have it.
#[derive(Debug)]
pub struct Declared<DB> {
    plan: Plan,
    database: PhantomData<DB>,
}

impl<DB: Backend<Live = ()>> Declared<DB> {
    /// No declarations yet.
    pub fn new() -> Self {
        Self {
            plan: Plan::default(),
            database: PhantomData,
        }
    }

    /// This struct or enum too.
    #[must_use]
    pub fn with<T: Makes<DB>>(mut self) -> Self {
        T::add((), &mut self.plan);
        self
    }

    /// The schema that they describe. Views and partitioned tables are no part of it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unsupported`](crate::ErrorKind::Unsupported) for a declaration that the database cannot
    /// keep.
    pub fn schema(&self) -> Result<Schema> {
        ddl::declared(&self.plan, DB::dialect(()))
    }
}

impl<DB: Backend<Live = ()>> Default for Declared<DB> {
    fn default() -> Self {
        Self::new()
    }
}
