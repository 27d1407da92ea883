//! The schema of a database as a value, read from a live one or made of declarations, and the migrations that
//! lead from one to another: see [the guide](crate::guide::migrations).
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
//!
//! Changes are data:
//!
//! ```
//! use orm::migrate::{Change, SchemaColumn, ObjectName, Schema, Table, TableChange};
//!
//! let mut users = Table::new(ObjectName::new("users"));
//! users.columns = vec![SchemaColumn::new("id", "bigint")];
//! let before = Schema::new([users.clone()], []);
//!
//! users.columns.push(SchemaColumn::new("phone", "text").nullable());
//! let after = Schema::new([users], []);
//!
//! let [Change::AlterTable { name, change }] = &*before.diff(&after) else { panic!("one change") };
//! assert_eq!(name.name, "users");
//! assert!(matches!(change, TableChange::AddColumn(column) if column.name == "phone"));
//! ```

use std::marker::PhantomData;

use futures_core::future::BoxFuture;

use crate::backend::Backend;
use crate::ddl::{self, Makes, Plan};
use crate::error::{Error, ErrorKind, Result};
use crate::exec::Executor;
use crate::render;

mod digest;
mod file;
mod lock;
mod migrations;
mod runner;

pub use file::Migration;
pub use lock::ParseError;
pub use migrations::{Migrations, State, Status};

pub use crate::diff::{
    Change, Check, Computed, DefaultValue, Deferrable, Enum, ForeignKey, Identity, Index,
    IndexPart, Key, Locks, ObjectName, Schema, SchemaColumn, Step, Table, TableChange,
};

/// Reads the plain tables of a database, and the enums that are types of their own.
///
/// On PostgreSQL those of the connection's own schema, the first of its search path; names of other schemas
/// follow in [`introspect_schemas`]. Views, partitioned and virtual tables and what belongs to an extension are
/// left out. The number of queries does not depend on the number of tables.
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

/// The statements that make `from` equal to `to` on a database, and what they lose and lock. The way back is that
/// from `to` to `from`.
///
/// PostgreSQL changes tables in place. SQLite makes a table anew, with its rows, for what it cannot change:
/// `PRAGMA foreign_keys` has to be off then, before the transaction begins, or the rows that point to the table
/// would go with the old one; and its triggers go with it.
///
/// # Errors
///
/// [`ErrorKind::Unsupported`] for a computed column whose expression the declaration leaves to the database.
///
/// # Examples
///
/// ```
/// use orm::migrate::{self, SchemaColumn, ObjectName, Schema, Table};
///
/// # fn main() -> orm::Result<()> {
/// let mut users = Table::new(ObjectName::new("users"));
/// users.columns = vec![SchemaColumn::new("id", "INTEGER")];
/// let before = Schema::new([users.clone()], []);
/// users.columns.push(SchemaColumn::new("phone", "TEXT").nullable());
/// let after = Schema::new([users], []);
///
/// let up = migrate::steps::<orm::Sqlite>(&before, &after)?;
/// assert_eq!(up[0].statements, ["ALTER TABLE \"users\" ADD COLUMN \"phone\" TEXT"]);
///
/// let down = migrate::steps::<orm::Sqlite>(&after, &before)?;
/// assert_eq!(down[0].statements, ["ALTER TABLE \"users\" DROP COLUMN \"phone\""]);
/// assert_eq!(down[0].destroys, ["the values of users.phone"]);
/// # Ok(())
/// # }
/// ```
pub fn steps<DB: Backend<Live = ()>>(from: &Schema, to: &Schema) -> Result<Vec<Step>> {
    let steps = render::steps(from, to, DB::dialect(()));
    steps.map_err(|refused| Error::new(ErrorKind::Unsupported, refused.0))
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
    /// [`ErrorKind::Unsupported`] for a declaration that the database cannot
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
