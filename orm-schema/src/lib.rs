//! The facts of a table, which `orm` reads and its derives write.
//!
//! The crate stands apart because a crate of derives cannot depend on `orm`, and both name constraints and
//! hash columns alike. Use it as `orm::schema`. Its enums can be matched without a last arm for anything else, so that
//! a new variant is an error in each reader of the facts.

use std::borrow::Cow;

mod column;
mod foreign_key;
mod key;
mod labels;
pub mod rules;

pub use column::{ColumnDef, DefaultDef, GeneratedDef};
pub use foreign_key::{ForeignKeyAction, ForeignKeyDef};
pub use key::{IndexDef, KeyDef, KeyKind, Nulls};
pub use labels::EnumDef;

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
    /// Its foreign keys.
    pub foreign_keys: Cow<'static, [ForeignKeyDef]>,
    /// Its indexes that are not unique.
    pub indexes: Cow<'static, [IndexDef]>,
    /// Its checks: name and condition.
    pub checks: Cow<'static, [(Name, Name)]>,
    /// How full PostgreSQL packs a page, in percent.
    pub fillfactor: Option<u8>,
    /// What stands behind the name.
    pub kind: TableKind,
}

/// The names of a table and its columns: what a foreign key needs to know of it.
///
/// They stand apart from the [`TableDef`], so that two tables can point to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableNames {
    /// The schema that was declared.
    pub schema: Option<&'static str>,
    /// The table's name.
    pub table: &'static str,
    /// The names of its columns, in their order.
    pub columns: &'static [&'static str],
}

impl TableNames {
    /// A table of these columns.
    pub const fn new(table: &'static str, columns: &'static [&'static str]) -> Self {
        Self {
            schema: None,
            table,
            columns,
        }
    }

    /// The same table in this schema.
    #[must_use]
    pub const fn in_schema(mut self, schema: &'static str) -> Self {
        self.schema = Some(schema);
        self
    }

    /// The names of its columns.
    pub const fn columns(&self) -> &'static [&'static str] {
        self.columns
    }
}

/// What stands behind a table's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    /// # mod orm { pub use orm_schema as schema; }
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
            foreign_keys: Cow::Borrowed(&[]),
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

    /// The same table with these foreign keys.
    #[must_use]
    pub const fn with_foreign_keys(mut self, keys: &'static [ForeignKeyDef]) -> Self {
        std::mem::forget(std::mem::replace(
            &mut self.foreign_keys,
            Cow::Borrowed(keys),
        ));
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

    /// The name of a foreign key of this table; one that has none is called as PostgreSQL calls it.
    pub fn foreign_key_name(&self, key: &ForeignKeyDef) -> String {
        let made = || self.name_of(&key.columns, "fkey");
        key.name.as_deref().map_or_else(made, str::to_owned)
    }

    /// A name for the index of a key that has none, as PostgreSQL makes it.
    pub fn key_name(&self, key: &KeyDef) -> String {
        self.name_of(&key.columns, "key")
    }

    /// The name of a constraint of the columns at these positions.
    fn name_of(&self, columns: &[usize], suffix: &str) -> String {
        let names = columns.iter().map(|at| &*self.columns[*at].name);
        constraint_name(&self.name, names, suffix)
    }

    /// Whether a foreign key can point to the columns at these positions.
    pub fn tells_rows(&self, columns: &[usize]) -> bool {
        self.keys.iter().any(|key| key.tells_rows(columns))
    }

    /// Where the columns of these names stand; those that there are.
    pub fn positions<N: AsRef<str>>(&self, columns: &[N]) -> Vec<usize> {
        let names = columns.iter();
        names
            .filter_map(|column| self.position(column.as_ref()))
            .collect()
    }

    /// Where the column of this name stands.
    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|known| known.name == column)
    }
}

/// The longest identifier that PostgreSQL keeps, in bytes; it cuts longer ones without a word.
pub const LONGEST_NAME: usize = 63;

/// The name of a constraint of these columns, as PostgreSQL makes it. One that would be too long ends in a
/// hash, since names that are merely cut may meet.
pub fn constraint_name<'a>(
    table: &str,
    columns: impl IntoIterator<Item = &'a str>,
    suffix: &'a str,
) -> String {
    let mut name = table.to_owned();
    for part in columns.into_iter().chain([suffix]) {
        name.push('_');
        name.push_str(part);
    }
    if name.len() <= LONGEST_NAME {
        return name;
    }
    let hash = hash(&name);
    let mut end = LONGEST_NAME - 9;
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    name.truncate(end);
    format!("{name}_{:08x}", hash & 0xffff_ffff)
}

/// FNV-1a. It names columns across crates, so it must never change.
pub fn hash(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::constraint_name;

    #[test]
    fn long_names_of_keys_stay_different() {
        let of = |column: &str| constraint_name("measurements", [column], "key");
        let long = "a".repeat(60);
        assert_eq!(of("sensor"), "measurements_sensor_key");
        assert_eq!(of(&long).len(), 63);
        assert_ne!(of(&long), of(&format!("{long}b")));
        assert!(of(&"ä".repeat(60)).len() <= 63);
    }
}
