//! A compile-time typed ORM whose heart is the upsert.
//!
//! A struct with `#[derive(Table)]` is a table. If a statement about it compiles, its conflict target
//! is a unique key of that table, every column it names exists, is supplied and may be written, no
//! column is assigned twice, and the type of the result says whether a row can be missing. Then it
//! sends what the best hand-written SQL would, to PostgreSQL and to SQLite.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> orm::Result<()> {
//! use orm::prelude::*;
//!
//! #[derive(Table, Debug)]
//! #[table(insert = NewReading)]
//! struct Reading {
//!     #[column(primary_key, auto)]
//!     id: i64,
//!     #[column(unique)]
//!     sensor: String,
//!     value: f64,
//!     version: i64,
//! }
//!
//! let db = orm::connect("sqlite::memory:").await?;
//! orm::create_tables!(&db, Reading).await?;
//!
//! let newest = NewReading { sensor: "roof".to_owned(), value: 21.5, version: 7 };
//! let stale = NewReading { sensor: "roof".to_owned(), value: 19.0, version: 3 };
//! for reading in [newest, stale] {
//!     let outcome = reading
//!         .upsert()
//!         .on_conflict(Reading::SENSOR)
//!         .update(Reading::VALUE)
//!         .keep_newest(Reading::VERSION)
//!         .outcome(&db)
//!         .await?;
//!     match outcome {
//!         Outcome::Inserted(row) => println!("new: {row:?}"),
//!         Outcome::Updated(row) => println!("updated: {row:?}"),
//!         Outcome::Skipped => println!("the stored row is newer"),
//!     }
//! }
//!
//! let roof = Reading::find(Reading::SENSOR, "roof").fetch_one(&db).await?;
//! assert_eq!(roof.value, 21.5);
//! # Ok(())
//! # }
//! ```
//!
//! # Where to find what
//!
//! The [guide] is a page for each thing there is to know; this is the reference.
//!
//! | to | use |
//! |---|---|
//! | declare a table, and what a record of it supplies | [`#[derive(Table)]`](derive@Table), [`#[derive(Insert)]`](derive@Insert) |
//! | open a database | [`connect`], [`Db`]; or pools and connections of sqlx as they are: [`Executor`] |
//! | write a row that may be there already | [`Upsert`] |
//! | write many of them, all or none | [`UpsertRecords`](upsert::UpsertRecords), [`Report`], [`Carrier`] |
//! | write a row that must not be there yet | [`Insert`](struct@Insert), [`InsertMany`] |
//! | read | [`Find`], [`Select`], [`Filter`], [`Functions`], [`Aggregates`] |
//! | change or take away rows | [`Update`], [`Delete`], [`Save`] |
//! | write the SQL yourself | [`sql!`] |
//! | do several things or none | [`transaction`] |
//! | make the tables, or compare them with a live database | [`create_tables!`], [`verify!`] |
//! | work on a table that is known at run time only | [`dynamic`] |
//! | see what went wrong | [`Error`], [`ErrorKind`] |
//! | name the type of a builder, or a trait behind its methods | [`expr`], [`mod@query`], [`upsert`], [`values`], [`state`] |
//!
//! # Features
//!
//! `postgres` and `sqlite` are the databases; `chrono`, `uuid` and `json` the column types that are on by
//! default; `time`, `rust_decimal`, `bigdecimal`, `ipnet`, `mac_address` and `bit-vec` are more of them;
//! `tls-rustls` and `tls-native` encrypt the way to PostgreSQL. `migrate` reads, compares and
//! changes whole schemas.

#[macro_use]
mod tuples;

pub mod schema;

#[cfg_attr(
    not(feature = "migrate"),
    allow(dead_code, unreachable_pub, reason = "`migrate` gives all of it away")
)]
mod diff;

mod error;

mod stmt;

mod dialect;

mod render;

mod backend;
mod value;

mod driver;

mod table;

pub mod expr;

mod pool;

mod exec;

mod ddl;

mod change;
mod delete;
pub mod dynamic;
mod find;
mod insert;
#[cfg(feature = "migrate")]
pub mod migrate;
mod plan;
mod save;
mod select;
mod sql;
mod statement;
mod update;
pub mod upsert;

pub mod guide;
pub mod query;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
pub mod prelude;
pub mod state;
pub mod values;

pub use orm_derive::{Enum, Insert, Row, Table, sql};
/// sqlx, in the version that this library speaks.
///
/// A module and not a plain re-export, and hidden: as part of the public interface every name in it would
/// make a name of ours or of std ambiguous, and the compiler would print both with their whole paths.
#[doc(hidden)]
pub mod sqlx {
    pub use ::sqlx::*;
}

#[cfg(feature = "postgres")]
pub use ::sqlx::Postgres;
#[cfg(feature = "sqlite")]
pub use ::sqlx::Sqlite;

pub use backend::Backend;
pub use delete::Delete;
pub use driver::Db;
pub use error::{Error, ErrorKind, Result};
pub use exec::{Carrier, Executor, Tx, transaction};
#[cfg(feature = "postgres")]
pub use expr::Arrays;
pub use expr::{
    Aggregates, Compare, Expr, Filter, Functions, case, count_all, dense_rank, escape_like, exists,
    outer, partition_by, rank, row_number, window,
};
pub use find::Find;
pub use insert::{Insert, InsertMany};
pub use pool::connect;
#[cfg(feature = "postgres")]
pub use pool::pool_options;
pub use save::Save;
pub use select::{Cursor, Page, Select};
pub use sql::Sql;
pub use table::column::Column;
pub use table::guard::Version;
pub use table::key::Key;
pub use table::record::{Bind, Record};
pub use table::{Load, Table};
pub use update::Update;
pub use upsert::{BatchOutcome, Duplicates, Found, Outcome, Report, Upsert, Written};

/// Makes the tables of these structs where they are not there yet, with their keys and indexes, all or
/// none: for examples, tests and first runs.
///
/// They can be given in any order, also where they point to each other, and enums that
/// [`derive(Enum)`](derive@Enum) makes known stand among them. Schemas are made too. What is there already
/// stays as it is; several processes may do this at once.
///
/// # Errors
///
/// What the database refuses, and [`ErrorKind::Unsupported`] for a declaration that it cannot keep.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// use orm::prelude::*;
///
/// #[derive(Table)]
/// struct City {
///     #[column(primary_key)]
///     name: String,
/// }
///
/// let db = orm::connect("sqlite::memory:").await?;
/// orm::create_tables!(&db, City).await?;
/// orm::create_tables!(&db, City).await?; // nothing left to do
/// # Ok(())
/// # }
/// ```
#[macro_export]
macro_rules! create_tables {
    ($on:expr, $($table:ty),+ $(,)?) => {
        $crate::__private::__Tables::on($on)$(.with::<$table>())+.create()
    };
}

/// Compares the declarations of these structs with a live database: everything that an upsert relies on,
/// so that none fails at run time for a key that is not there.
///
/// Tables, columns, their types and what may be `NULL`; numbered and computed columns, and defaults; columns
/// that nobody declared and that every insert would have to supply; collations that hold different texts for
/// equal; foreign keys, and on PostgreSQL checks; on SQLite foreign keys that point to no key and conflict clauses
/// of the schema. Each unique key is asked of the planner, which says what it would say to the upsert, and must
/// be valid and checked at once. Nothing is changed or executed: it runs in read-only transactions too, and needs
/// no more privileges than the upserts. Five queries and one script, whatever the number of tables.
///
/// A difference comes with the statements that cure it where they run: for that it is looked whether rows are
/// in their way, but only where something differs. Otherwise words say what is to be done.
///
/// Types are the same when the database calls them the same; all text types but `citext` are alike, since the
/// database refuses what is too long. On SQLite columns have the same type when they have the same affinity. The
/// type as which a Rust type is sent has to be there, and one that a column of the declared type gives back.
///
/// # Errors
///
/// [`ErrorKind::Drift`] with everything that differs, a line each, also as [`Error::findings`].
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// use orm::prelude::*;
///
/// #[derive(Table)]
/// struct City {
///     #[column(primary_key)]
///     name: String,
/// }
///
/// let db = orm::connect("sqlite::memory:").await?;
/// let drift = orm::verify!(&db, City).await.unwrap_err();
/// assert_eq!(
///     drift.findings(),
///     ["`cities`: there is no such table; `orm::create_tables!` makes it"]
/// );
///
/// orm::create_tables!(&db, City).await?;
/// orm::verify!(&db, City).await?;
/// # Ok(())
/// # }
/// ```
#[macro_export]
macro_rules! verify {
    ($on:expr, $($table:ty),+ $(,)?) => {
        $crate::__private::__Tables::on($on)$(.with::<$table>())+.verify()
    };
}
