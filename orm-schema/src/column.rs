//! The facts of one column.

use std::borrow::Cow;

use super::Name;

/// One column as it was declared.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ColumnDef {
    /// The column's name, unquoted.
    pub name: Name,
    /// The SQL type that was written; `None` takes what the Rust type is stored as.
    pub sql_type: Option<Name>,
    /// The collation that was written.
    pub collation: Option<Name>,
    /// Whether it may be `NULL`: an `Option` may, nothing else does.
    pub nullable: bool,
    /// Whether the database numbers it unless a record supplies it.
    pub auto: bool,
    /// Whether an upsert leaves the stored value as it is.
    pub insert_only: bool,
    /// What the database puts in where a record has nothing.
    pub default: Option<DefaultDef>,
    /// How the database computes it; such a column is never written.
    pub generated: Option<GeneratedDef>,
}

/// What the database puts into a column that a record does not supply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DefaultDef {
    /// The database knows; the declaration does not say.
    Database,
    /// The time of the statement, on SQLite in the canonical UTC text form.
    Now,
    /// This SQL, on every database.
    Sql(Name),
    /// This SQL on PostgreSQL and that on SQLite.
    Each {
        /// For PostgreSQL.
        postgres: Name,
        /// For SQLite.
        sqlite: Name,
    },
}

/// How a column that is never written comes to its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GeneratedDef {
    /// The database knows; the declaration does not say.
    Database,
    /// From this expression over the other columns.
    Sql(Name),
}

impl ColumnDef {
    /// A column that must be supplied and may be updated.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name: Cow::Borrowed(name),
            sql_type: None,
            collation: None,
            nullable: false,
            auto: false,
            insert_only: false,
            default: None,
            generated: None,
        }
    }

    /// The same column, which may be `NULL`.
    #[must_use]
    pub const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }

    /// The same column, numbered by the database.
    #[must_use]
    pub const fn auto(mut self) -> Self {
        self.auto = true;
        self
    }

    /// The same column, which no upsert overwrites.
    #[must_use]
    pub const fn insert_only(mut self) -> Self {
        self.insert_only = true;
        self
    }

    /// The same column with this SQL type.
    #[must_use]
    pub const fn with_type(mut self, sql_type: &'static str) -> Self {
        // A constant cannot run destructors, so what is replaced is forgotten; it was empty.
        std::mem::forget(self.sql_type.replace(Cow::Borrowed(sql_type)));
        self
    }

    /// The same column with this collation.
    #[must_use]
    pub const fn with_collation(mut self, collation: &'static str) -> Self {
        std::mem::forget(self.collation.replace(Cow::Borrowed(collation)));
        self
    }

    /// The same column with this default.
    #[must_use]
    pub const fn with_default(mut self, default: DefaultDef) -> Self {
        std::mem::forget(self.default.replace(default));
        self
    }

    /// The same column, computed by the database.
    #[must_use]
    pub const fn generated(mut self, generated: GeneratedDef) -> Self {
        std::mem::forget(self.generated.replace(generated));
        self
    }

    /// Whether a record may leave it out.
    pub const fn may_be_left_out(&self) -> bool {
        self.nullable || self.auto || self.default.is_some() || self.generated.is_some()
    }
}
