//! The facts of unique keys and of the indexes beside them.

use std::borrow::Cow;

use super::Name;

/// One unique key: what an upsert may name as its conflict target.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeyDef {
    /// Primary or not.
    pub kind: KeyKind,
    /// The name of its constraint or index; the primary key leaves it to the database.
    pub name: Option<Name>,
    /// The positions of its columns; for a key on an expression, of those that the expression reads.
    pub columns: Cow<'static, [usize]>,
    /// The expression that is unique, where it is not the columns themselves.
    pub expression: Option<Name>,
    /// The condition of the rows among which it is unique.
    pub filter: Option<Name>,
    /// How it treats `NULL`.
    pub nulls: Nulls,
    /// Whether it is checked at commit only; such a key cannot be a conflict target.
    pub deferrable: bool,
}

/// Whether a key is the primary one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// The primary key.
    Primary,
    /// Another unique key.
    Unique,
}

/// How a unique key treats `NULL`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Nulls {
    /// Two `NULL`s are different, as standard SQL has it.
    #[default]
    Distinct,
    /// Two `NULL`s are equal (PostgreSQL 15 and later).
    NotDistinct,
}

/// One index that is not unique.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct IndexDef {
    /// Its name.
    pub name: Name,
    /// The positions of its columns.
    pub columns: Cow<'static, [usize]>,
    /// The condition of the rows in it.
    pub filter: Option<Name>,
    /// The access method of PostgreSQL (`gin`, `brin`, …).
    pub method: Option<Name>,
}

impl KeyDef {
    /// The primary key over these columns.
    pub const fn primary(columns: &'static [usize]) -> Self {
        Self {
            kind: KeyKind::Primary,
            name: None,
            columns: Cow::Borrowed(columns),
            expression: None,
            filter: None,
            nulls: Nulls::Distinct,
            deferrable: false,
        }
    }

    /// A unique key of this name over these columns.
    pub const fn unique(name: &'static str, columns: &'static [usize]) -> Self {
        Self {
            kind: KeyKind::Unique,
            name: Some(Cow::Borrowed(name)),
            columns: Cow::Borrowed(columns),
            expression: None,
            filter: None,
            nulls: Nulls::Distinct,
            deferrable: false,
        }
    }

    /// Whether rows that have the same key have the same value in the column at this position.
    ///
    /// A key on an expression fixes none of the columns that it reads: `lower(email)` is the same for
    /// several texts.
    pub fn fixes(&self, at: usize) -> bool {
        self.expression.is_none() && self.columns.contains(&at)
    }

    /// The same key among the rows of this condition only.
    #[must_use]
    pub const fn with_filter(mut self, filter: &'static str) -> Self {
        // A constant cannot run destructors, so what is replaced is forgotten; it was empty.
        std::mem::forget(self.filter.replace(Cow::Borrowed(filter)));
        self
    }

    /// The same key on this expression over its columns.
    #[must_use]
    pub const fn with_expression(mut self, expression: &'static str) -> Self {
        std::mem::forget(self.expression.replace(Cow::Borrowed(expression)));
        self
    }

    /// The same key, for which two `NULL`s are equal.
    #[must_use]
    pub const fn nulls_not_distinct(mut self) -> Self {
        self.nulls = Nulls::NotDistinct;
        self
    }

    /// The same key, checked at commit only.
    #[must_use]
    pub const fn deferrable(mut self) -> Self {
        self.deferrable = true;
        self
    }
}

impl KeyDef {
    /// Whether the columns at these positions, in any order, tell a row at any time: a foreign key can point
    /// to them.
    pub fn tells_rows(&self, columns: &[usize]) -> bool {
        let of_all_rows = self.filter.is_none() && self.expression.is_none();
        let same = self.columns.len() == columns.len()
            && self.columns.iter().all(|at| columns.contains(at));
        of_all_rows && !self.deferrable && same
    }
}

impl IndexDef {
    /// An index of this name over these columns.
    pub const fn new(name: &'static str, columns: &'static [usize]) -> Self {
        Self {
            name: Cow::Borrowed(name),
            columns: Cow::Borrowed(columns),
            filter: None,
            method: None,
        }
    }

    /// The same index over the rows of this condition only.
    #[must_use]
    pub const fn with_filter(mut self, filter: &'static str) -> Self {
        std::mem::forget(self.filter.replace(Cow::Borrowed(filter)));
        self
    }

    /// The same index with this access method of PostgreSQL.
    #[must_use]
    pub const fn with_method(mut self, method: &'static str) -> Self {
        std::mem::forget(self.method.replace(Cow::Borrowed(method)));
        self
    }
}
