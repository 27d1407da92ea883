//! Unique keys and indexes.

/// A primary key or another unique key that is a constraint of its table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Key {
    /// The name of its constraint, where it has one.
    pub name: Option<String>,
    /// Whether it is the primary key.
    pub primary: bool,
    /// Its columns, in their order.
    pub columns: Vec<String>,
    /// The columns that its index merely includes.
    pub include: Vec<String>,
    /// Whether two `NULL`s are equal in it.
    pub nulls_not_distinct: bool,
    /// Whether it may be checked at commit.
    pub deferrable: Deferrable,
}

/// Whether a constraint may be checked at commit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Deferrable {
    /// It is checked at once.
    #[default]
    No,
    /// A transaction may put it off.
    Immediate,
    /// It is put off unless a transaction says otherwise.
    Deferred,
}

/// An index that is no constraint of its table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Index {
    /// Its name.
    pub name: String,
    /// Whether it is unique.
    pub unique: bool,
    /// Its access method, where it is not the database's usual one.
    pub method: Option<String>,
    /// What it is over, in order.
    pub parts: Vec<IndexPart>,
    /// The columns that it merely includes.
    pub include: Vec<String>,
    /// The condition of the rows in it.
    pub filter: Option<String>,
    /// Whether two `NULL`s are equal in it.
    pub nulls_not_distinct: bool,
    /// Whether the database uses it; one that was made `CONCURRENTLY` and failed is not valid.
    pub valid: bool,
}

/// A column or an expression of an index.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum IndexPart {
    /// A column, in the usual order.
    Named(String),
    /// Any other SQL: an expression in parentheses, a column with an order, a collation or an operator class.
    Sql(String),
}

impl Key {
    /// The primary key over these columns.
    pub fn primary(columns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            name: None,
            primary: true,
            columns: columns.into_iter().map(Into::into).collect(),
            include: Vec::new(),
            nulls_not_distinct: false,
            deferrable: Deferrable::No,
        }
    }

    /// A unique key of this name over these columns.
    pub fn unique(
        name: impl Into<String>,
        columns: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        Self {
            name: Some(name.into()),
            primary: false,
            ..Self::primary(columns)
        }
    }
}

impl Index {
    /// An index over these columns that is not unique.
    pub fn new(
        name: impl Into<String>,
        columns: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        let columns = columns.into_iter();
        Self {
            name: name.into(),
            unique: false,
            method: None,
            parts: columns
                .map(|column| IndexPart::Named(column.into()))
                .collect(),
            include: Vec::new(),
            filter: None,
            nulls_not_distinct: false,
            valid: true,
        }
    }
}

impl IndexPart {
    /// Its column or its SQL.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Named(text) | Self::Sql(text) => text,
        }
    }
}
