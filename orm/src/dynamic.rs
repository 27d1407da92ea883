//! Tables that are known at run time only: the second front door.
//!
//! A [`Table`] is described with names and SQL types instead of a struct; its rows are lists of
//! [`Value`]s. What the compiler checks for a typed table is checked here when the statement is run,
//! before anything is sent. Statement, renderer and executor are the same.
//!
//! On PostgreSQL a column takes values of its own type, and text for any type: the statement casts it. So
//! `NUMERIC`, dates, `INTERVAL`, JSON, `INET`, arrays, enums and domains are written and read as text, and a text
//! that is too long is refused and not cut.
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

mod describe;
mod fit;
mod identifier;
mod many;
mod upsert;
mod wire;

pub use crate::value::Value;
pub use describe::{Describe, DescribeColumn, DescribeKey, Table, column, create, key, verify};
pub use many::Many;
pub use upsert::Upsert;
