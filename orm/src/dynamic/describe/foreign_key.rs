//! Describing a foreign key.

use crate::schema::{ForeignKeyAction, ForeignKeyDef, Name};

/// A foreign key in description, for [`foreign_key`](super::Describe::foreign_key).
#[derive(Debug, Clone)]
pub struct DescribeForeignKey {
    pub(super) columns: Vec<String>,
    /// What it points to and does; its own columns are not resolved yet.
    pub(super) def: ForeignKeyDef,
}

/// Describes a foreign key from these columns to these columns of that table, in the same order.
///
/// # Examples
///
/// ```
/// # fn main() -> orm::Result<()> {
/// use orm::dynamic::{Table, column, foreign_key};
/// use orm::schema::ForeignKeyAction;
///
/// let guests = Table::new("guests")
///     .column(column("id", "BIGINT"))
///     .column(column("in_house", "BIGINT"))
///     .column(column("in_room", "BIGINT"))
///     .primary_key(["id"])
///     .foreign_key(
///         foreign_key(["in_house", "in_room"], "rooms", ["house", "number"])
///             .on_delete(ForeignKeyAction::Cascade),
///     )
///     .build()?;
/// assert_eq!(guests.def().foreign_keys[0].references[1], "number");
/// # Ok(())
/// # }
/// ```
pub fn foreign_key<N: Into<String>, R: Into<String>>(
    columns: impl IntoIterator<Item = N>,
    table: impl Into<String>,
    references: impl IntoIterator<Item = R>,
) -> DescribeForeignKey {
    let mut def = ForeignKeyDef::new(&[], "", &[]);
    def.table = table.into().into();
    def.references = references
        .into_iter()
        .map(|name| Name::Owned(name.into()))
        .collect();
    DescribeForeignKey {
        columns: columns.into_iter().map(Into::into).collect(),
        def,
    }
}

impl DescribeForeignKey {
    /// The same foreign key under this name.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.def.name = Some(name.into().into());
        self
    }

    /// The same foreign key to a table of this schema.
    #[must_use]
    pub fn in_schema(mut self, schema: impl Into<String>) -> Self {
        self.def.schema = Some(schema.into().into());
        self
    }

    /// The same foreign key, with this action when the row pointed to is deleted.
    #[must_use]
    pub fn on_delete(mut self, action: ForeignKeyAction) -> Self {
        self.def.on_delete = action;
        self
    }

    /// The same foreign key, with this action when the key of the row pointed to changes.
    #[must_use]
    pub fn on_update(mut self, action: ForeignKeyAction) -> Self {
        self.def.on_update = action;
        self
    }

    pub(super) fn into_def(self, columns: Vec<usize>) -> ForeignKeyDef {
        let mut def = self.def;
        def.columns = columns.into();
        def
    }
}
