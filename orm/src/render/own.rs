//! The names that the renderer gives to what it puts beside the tables and columns of a user.
//!
//! Each begins with a space, as no declared name does, so that it can stand beside any of them.

/// The row in the table, where the table's own name means something else.
pub(super) const STORED: &str = " stored";
/// The records of a batch.
pub(super) const INCOMING: &str = " incoming";
/// The table of what tells the records of a batch apart, in the types of the table that is written to.
pub(super) const COMPARED: &str = " orm compared";
/// The rows that were written.
pub(super) const WRITTEN: &str = " written";
/// The rows that were written, numbered.
pub(super) const TOLD: &str = " told";
/// The number of each record beside the number of its row.
pub(super) const PAIRED: &str = " paired";
/// The rows that are locked before they are updated.
pub(super) const LOCKED: &str = " locked";
/// Two rows where one belongs.
pub(super) const SEVERAL: &str = " several";
/// The row as it was before the statement.
pub(super) const OLD: &str = " old";
/// The rows of a query, to be counted.
pub(super) const COUNTED: &str = " counted";
/// The rows of a query, numbered among those that are alike.
pub(super) const NUMBERED: &str = " numbered";

/// The rows that a recursive query has found.
pub(super) const FOUND: &str = " found";
/// A query among several that are put together.
pub(super) const MEMBER: &str = " member";
/// The values of a sub-query.
pub(super) const LISTED: &str = " listed";

/// The number of a record, counted from one.
pub(super) const NUMBER: &str = " n";
/// The number of the record that is written of those with its key.
pub(super) const OF: &str = " of";
/// A part of the key, with its number behind it.
pub(super) const KEY: &str = " k";
/// Whether the key does not hold the row apart from others.
pub(super) const FREE: &str = " free";
/// The ordinal of a record among those that no key covers.
pub(super) const PLACE: &str = " place";
/// Whether the row was inserted.
pub(super) const INSERTED: &str = " inserted";
/// The ordinal of a written row.
pub(super) const ROW: &str = " row";
/// A column that comes back, with its number behind it.
pub(super) const VALUE: &str = " v";
