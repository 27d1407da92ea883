//! What is known about a table: facts without behaviour.
//!
//! The derive writes them as constants; [`crate::dynamic`] builds the same facts at run time. Every
//! layer above reads a table through them and through nothing else, which is why a table known only
//! by name and a table known by type share one renderer and one executor.

use std::borrow::Cow;

mod column;
mod key;

pub use column::{ColumnDef, DefaultDef, ForeignKeyAction, GeneratedDef, ReferenceDef};
pub use key::{IndexDef, KeyDef, KeyKind, Nulls};

/// A name or a piece of SQL: borrowed when the derive wrote it, owned when it came at run time.
pub type Name = Cow<'static, str>;

/// One table as it was declared.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableDef {
    /// The schema it lives in; `None` leaves the choice to the connection's search path.
    pub schema: Option<Name>,
    /// The table's name, unquoted.
    pub name: Name,
    /// Its columns, in the order of the struct's fields.
    pub columns: Cow<'static, [ColumnDef]>,
    /// Its unique keys; the primary key is the first.
    pub keys: Cow<'static, [KeyDef]>,
    /// Its indexes that are not unique.
    pub indexes: Cow<'static, [IndexDef]>,
    /// Its checks: name and condition.
    pub checks: Cow<'static, [(Name, Name)]>,
    /// How full PostgreSQL packs a page, in percent.
    pub fillfactor: Option<u8>,
    /// What stands behind the name.
    pub kind: TableKind,
}

/// What stands behind a table's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TableKind {
    /// An ordinary table.
    Plain,
    /// A partitioned table of PostgreSQL, which has no `xmax` to read.
    Partitioned,
    /// A view that can be written to, which has no `xmax` to read either.
    View,
}

impl TableDef {
    /// A table of these columns and keys, and nothing else.
    ///
    /// # Examples
    ///
    /// ```
    /// use orm::schema::{ColumnDef, KeyDef, TableDef};
    ///
    /// const USERS: TableDef = TableDef::new(
    ///     "users",
    ///     const { &[ColumnDef::new("id"), ColumnDef::new("email")] },
    ///     const { &[KeyDef::primary(&[0]), KeyDef::unique("users_email_key", &[1])] },
    /// );
    /// assert_eq!(USERS.columns[1].name, "email");
    /// ```
    pub const fn new(
        name: &'static str,
        columns: &'static [ColumnDef],
        keys: &'static [KeyDef],
    ) -> Self {
        Self {
            schema: None,
            name: Cow::Borrowed(name),
            columns: Cow::Borrowed(columns),
            keys: Cow::Borrowed(keys),
            indexes: Cow::Borrowed(&[]),
            checks: Cow::Borrowed(&[]),
            fillfactor: None,
            kind: TableKind::Plain,
        }
    }

    /// The same table in this schema.
    #[must_use]
    pub const fn in_schema(mut self, schema: &'static str) -> Self {
        // A constant cannot run destructors, so what is replaced is forgotten; it was empty.
        std::mem::forget(self.schema.replace(Cow::Borrowed(schema)));
        self
    }

    /// The same table with these indexes.
    #[must_use]
    pub const fn with_indexes(mut self, indexes: &'static [IndexDef]) -> Self {
        std::mem::forget(std::mem::replace(&mut self.indexes, Cow::Borrowed(indexes)));
        self
    }

    /// The same table with these checks: name and condition.
    #[must_use]
    pub const fn with_checks(mut self, checks: &'static [(Name, Name)]) -> Self {
        std::mem::forget(std::mem::replace(&mut self.checks, Cow::Borrowed(checks)));
        self
    }

    /// The same table with pages packed to this percentage.
    #[must_use]
    pub const fn with_fillfactor(mut self, percent: u8) -> Self {
        self.fillfactor = Some(percent);
        self
    }

    /// The same table, but this stands behind its name.
    #[must_use]
    pub const fn of_kind(mut self, kind: TableKind) -> Self {
        self.kind = kind;
        self
    }

    /// The primary key, or `None` for a table described at run time without one.
    pub fn primary_key(&self) -> Option<&KeyDef> {
        self.keys.iter().find(|key| key.kind == KeyKind::Primary)
    }

    /// Whether the column at this position is part of the primary key.
    pub fn is_in_primary_key(&self, at: usize) -> bool {
        self.primary_key()
            .is_some_and(|key| key.columns.contains(&at))
    }

    /// Where the column of this name stands.
    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|known| known.name == column)
    }
}
