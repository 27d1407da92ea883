//! Describing a column.

use super::foreign_key::{DescribeForeignKey, foreign_key};
use crate::schema::{ColumnDef, DefaultDef, ForeignKeyAction, GeneratedDef};

/// A column in description.
#[derive(Debug, Clone)]
pub struct DescribeColumn {
    pub(super) def: ColumnDef,
    /// The table and the column that it points to.
    pub(super) references: Option<(String, String)>,
    pub(super) on_delete: Option<ForeignKeyAction>,
    pub(super) on_update: Option<ForeignKeyAction>,
}

/// Describes a column of this name and SQL type that must have a value.
pub fn column(name: impl Into<String>, sql_type: impl Into<String>) -> DescribeColumn {
    let mut def = ColumnDef::new("");
    def.name = name.into().into();
    def.sql_type = Some(sql_type.into().into());
    DescribeColumn {
        def,
        references: None,
        on_delete: None,
        on_update: None,
    }
}

impl DescribeColumn {
    /// The same column, which may be `NULL`.
    #[must_use]
    pub fn nullable(mut self) -> Self {
        self.def.nullable = true;
        self
    }

    /// The same column, numbered by the database unless a row supplies it.
    #[must_use]
    pub fn auto(mut self) -> Self {
        self.def.auto = true;
        self
    }

    /// The same column with this SQL as its default.
    #[must_use]
    pub fn default_sql(mut self, sql: impl Into<String>) -> Self {
        self.def.default = Some(DefaultDef::Sql(sql.into().into()));
        self
    }

    /// The same column with the time of the statement as its default.
    #[must_use]
    pub fn default_now(mut self) -> Self {
        self.def.default = Some(DefaultDef::Now);
        self
    }

    /// The same column, computed by the database from the others; no row supplies it.
    #[must_use]
    pub fn generated_sql(mut self, sql: impl Into<String>) -> Self {
        self.def.generated = Some(GeneratedDef::Sql(sql.into().into()));
        self
    }

    /// The same column, which no upsert overwrites.
    #[must_use]
    pub fn insert_only(mut self) -> Self {
        self.def.insert_only = true;
        self
    }

    /// The same column with this collation.
    #[must_use]
    pub fn collate(mut self, collation: impl Into<String>) -> Self {
        self.def.collation = Some(collation.into().into());
        self
    }

    /// The same column, pointing to this column of this table.
    #[must_use]
    pub fn references(mut self, table: impl Into<String>, column: impl Into<String>) -> Self {
        self.references = Some((table.into(), column.into()));
        self
    }

    /// The same foreign key, with this action when the row pointed to is deleted.
    #[must_use]
    pub fn on_delete(mut self, action: ForeignKeyAction) -> Self {
        self.on_delete = Some(action);
        self
    }

    /// The same foreign key, with this action when the key of the row pointed to changes.
    #[must_use]
    pub fn on_update(mut self, action: ForeignKeyAction) -> Self {
        self.on_update = Some(action);
        self
    }

    /// Its foreign key, where it points to something.
    pub(super) fn foreign_key(&self) -> Option<DescribeForeignKey> {
        let (table, column) = self.references.as_ref()?;
        let mut key = foreign_key([&*self.def.name], table, [column]);
        key.def.on_delete = self.on_delete.unwrap_or_default();
        key.def.on_update = self.on_update.unwrap_or_default();
        Some(key)
    }
}
