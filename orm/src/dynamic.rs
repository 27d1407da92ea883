//! Tables that are known at run time only: the second front door.
//!
//! A [`Table`] is described with names and SQL types instead of a struct; its rows are lists of
//! [`Value`]s, and a [`Row`] that comes back is read by the names of its columns. Its verbs are those of the
//! typed API: [`insert`](Table::insert), [`upsert`](Table::upsert), [`get`](Table::get),
//! [`find`](Table::find), [`select`](Table::select), [`update`](Table::update) and
//! [`delete`](Table::delete). What the compiler checks for a typed table is checked here when the statement is
//! run, before anything is sent. Statement, renderer and executor are the same.
//!
//! On PostgreSQL a column takes values of its own type, and text for any type: the statement casts it, and a
//! text that is too long is refused and not cut. Every value comes back as one of its column's type; what no
//! variant of [`Value`] holds, such as an interval, an enum or a range, is [`Value::Other`] with its text. On
//! SQLite, which has no such types, a value comes back as the type that its column was declared as, where what
//! is stored is one of that.
//!
//! The [guide](crate::guide::dynamic) shows more.
//!
//! # Examples
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> orm::Result<()> {
//! use orm::dynamic::{Table, Value, column};
//!
//! let cities = Table::new("cities")
//!     .column(column("name", "TEXT"))
//!     .column(column("inhabitants", "BIGINT"))
//!     .primary_key(["name"])
//!     .build()?;
//!
//! let db = orm::connect("sqlite::memory:").await?;
//! cities.create(&db).await?;
//!
//! let written = cities
//!     .upsert([("name", Value::from("Rome")), ("inhabitants", Value::from(2_800_000))])
//!     .on_conflict(["name"])
//!     .update_all()
//!     .execute(&db)
//!     .await?;
//! assert_eq!(written, 1);
//! # Ok(())
//! # }
//! ```

mod change;
mod conflict;
mod describe;
mod expr;
mod find;
mod fit;
mod from_value;
mod insert;
mod lower;
mod many;
mod mistake;
mod one;
mod reading;
mod record;
mod row;
mod select;
mod sql_type;
mod table;
mod upsert;
mod wire;

pub use crate::upsert::{BatchOutcome, Duplicates, Report};
pub use crate::value::Value;
pub use change::{Delete, Update};
pub use describe::{
    Describe, DescribeColumn, DescribeForeignKey, DescribeKey, column, foreign_key, key,
};
pub use expr::{Expr, Filter, Order, col, incoming, stored};
pub use find::Find;
pub use from_value::FromValue;
pub use insert::{Insert, InsertMany};
pub use many::Many;
pub use row::Row;
pub use select::Select;
pub use table::{Table, create, verify};
pub use upsert::{Outcome, Upsert, VersionColumns};
