//! Statements in the making, without the types of a table: what the typed shells fill from types, and
//! [`dynamic`](crate::dynamic) from names.

mod upsert;

pub(crate) use upsert::{Steps, StoredRow, changed, newer};
