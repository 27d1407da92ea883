//! The limits and abilities of a database, as data.

use super::ToldApart;
use crate::schema::TableKind;

/// The limits and abilities of one version of a database, on which it depends how records are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// The most arguments that one statement can carry.
    pub max_arguments: usize,
    /// The number of arguments for each of several statements: a longer one may take longer to prepare than
    /// it saves.
    pub good_arguments: usize,
    /// The most columns that a table can have.
    pub max_columns: usize,
    /// Whether a statement can carry whole arrays and take them apart, and `COPY` rows.
    pub has_arrays: bool,
    /// Whether an insert can be part of a larger statement, and refuses to touch a row twice.
    pub has_inserts_within: bool,
    /// How inserted and updated rows are told apart.
    pub told_apart: ToldApart,
}

impl Capabilities {
    /// Whether a statement itself can tell inserted from updated rows of a table of this kind. `xmax` is a
    /// system column, which partitioned tables and views do not have.
    pub fn tells_inserted(&self, kind: TableKind) -> bool {
        match self.told_apart {
            ToldApart::OldRow => true,
            ToldApart::Xmax => kind == TableKind::Plain,
            ToldApart::TwoStatements => false,
        }
    }
}
