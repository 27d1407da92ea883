//! The facts of foreign keys.

use std::borrow::Cow;

use super::{Name, TableDef};

/// One foreign key: columns of this table, and the key of another that they point to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ForeignKeyDef {
    /// The name of its constraint; `None` takes [`TableDef::foreign_key_name`].
    pub name: Option<Name>,
    /// The positions of its columns.
    pub columns: Cow<'static, [usize]>,
    /// The schema of the table pointed to.
    pub schema: Option<Name>,
    /// The table pointed to.
    pub table: Name,
    /// The columns pointed to, one for each of `columns`, in the same order.
    pub references: Cow<'static, [Name]>,
    /// What happens when the row pointed to is deleted.
    pub on_delete: ForeignKeyAction,
    /// What happens when its key changes.
    pub on_update: ForeignKeyAction,
}

/// What a foreign key does when the row it points to goes away or changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ForeignKeyAction {
    /// Refuse, at the end of the statement.
    #[default]
    NoAction,
    /// Refuse, at once.
    Restrict,
    /// Do the same to the rows that point here.
    Cascade,
    /// Let them point nowhere.
    SetNull,
    /// Let them point to their default.
    SetDefault,
}

impl ForeignKeyDef {
    /// A foreign key from the columns at these positions to these columns of a table, with the database's own
    /// actions.
    ///
    /// # Examples
    ///
    /// ```
    /// # mod orm { pub use orm_schema as schema; }
    /// use orm::schema::{ForeignKeyAction, ForeignKeyDef, Name};
    ///
    /// const IN_ROOM: ForeignKeyDef = ForeignKeyDef::new(
    ///     &[1, 2],
    ///     "rooms",
    ///     const { &[Name::Borrowed("house"), Name::Borrowed("number")] },
    /// )
    /// .on_delete(ForeignKeyAction::Cascade);
    /// assert_eq!(IN_ROOM.references[1], "number");
    /// ```
    pub const fn new(
        columns: &'static [usize],
        table: &'static str,
        references: &'static [Name],
    ) -> Self {
        Self {
            name: None,
            columns: Cow::Borrowed(columns),
            schema: None,
            table: Cow::Borrowed(table),
            references: Cow::Borrowed(references),
            on_delete: ForeignKeyAction::NoAction,
            on_update: ForeignKeyAction::NoAction,
        }
    }

    /// The same foreign key to a table of this schema.
    #[must_use]
    pub const fn in_schema(mut self, schema: &'static str) -> Self {
        // A constant cannot run destructors, so what is replaced is forgotten; it was empty.
        std::mem::forget(self.schema.replace(Cow::Borrowed(schema)));
        self
    }

    /// The same foreign key under this name.
    #[must_use]
    pub const fn named(mut self, name: &'static str) -> Self {
        std::mem::forget(self.name.replace(Cow::Borrowed(name)));
        self
    }

    /// The same foreign key, with this action on deletion.
    #[must_use]
    pub const fn on_delete(mut self, action: ForeignKeyAction) -> Self {
        self.on_delete = action;
        self
    }

    /// The same foreign key, with this action on a change of the key.
    #[must_use]
    pub const fn on_update(mut self, action: ForeignKeyAction) -> Self {
        self.on_update = action;
        self
    }

    /// Whether it points to this table.
    pub fn points_to(&self, table: &TableDef) -> bool {
        self.table == table.name && self.schema == table.schema
    }
}
