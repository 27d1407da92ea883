//! What each database can do, how it quotes, and where its limits are.
//!
//! A dialect answers questions; it never writes statements. What it cannot do is refused by
//! [`verify`] before any text is made, and never dropped or guessed.

use std::fmt::Debug;

use crate::schema::{ColumnDef, Name};
use crate::stmt::{Aggregate, Cast, Function};

mod capabilities;
#[cfg(feature = "sqlite")]
mod glob;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "sqlite")]
mod sqlite;
pub(crate) mod verify;

pub use capabilities::Capabilities;
#[cfg(feature = "postgres")]
pub(crate) use postgres::Postgres;
#[cfg(feature = "sqlite")]
pub(crate) use sqlite::Sqlite;
pub(crate) use verify::Unsupported;

/// How a statement finds out whether a row was inserted or updated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToldApart {
    /// `RETURNING old.<key> IS NULL` (PostgreSQL 18): on every kind of table.
    OldRow,
    /// `RETURNING xmax = 0` (PostgreSQL to 17): on plain tables only.
    Xmax,
    /// Not by one statement.
    TwoStatements,
}

/// The answers of one database, and of one version of it where versions differ.
pub trait Dialect: Debug + Send + Sync {
    /// The database's name, with its version where versions differ: what error messages say.
    fn name(&self) -> &'static str;

    /// What sets this dialect apart from the others in the cache of texts.
    fn id(&self) -> u8;

    /// Writes the placeholder of the argument with this number, counted from one.
    fn placeholder(&self, number: usize, to: &mut String);

    /// Writes the placeholder of an argument that stands in the statement in its turn and once.
    fn placeholder_in_turn(&self, number: usize, to: &mut String);

    /// The limits and abilities that decide how records are written.
    fn capabilities(&self) -> &'static Capabilities;

    /// Whether a row that was read can be kept from others.
    fn has_row_locks(&self) -> bool;

    /// Whether `DEFAULT VALUES` can have an `ON CONFLICT` behind it.
    fn has_conflicts_of_defaults(&self) -> bool;

    /// Whether each argument has a type, so that a value of another type has to be cast.
    fn types_arguments(&self) -> bool;

    /// Whether the columns of a union have the collations that they have in its first arm.
    fn unions_keep_collations(&self) -> bool;

    /// Whether the names of types tell what a time is stored as.
    fn has_types_of_time(&self) -> bool;

    /// The name that a type of an encoded value has in a statement.
    fn sql_name<'t>(&self, stored_as: &'t str) -> &'t str;

    /// Whether values of this type are arrays themselves, which arrays of arrays would flatten.
    fn is_array(&self, stored_as: &str) -> bool;

    /// The type that a value has to be taken for to be compared with this column as its key compares it.
    fn compared_as(&self, column: &ColumnDef) -> Option<String>;

    /// The type that the values of a column are compared as, where it is not the one they are sent as.
    fn key_type<'c>(&self, column: &'c ColumnDef) -> Option<&'c str>;

    /// The type of a column of the staging table.
    fn staged_type(&self, column: &ColumnDef, stored_as: &str) -> String;

    /// The type of the staging table's own column, which numbers its rows.
    fn staged_number(&self) -> &'static str;

    /// Whether that column numbers rows by itself, from one on and in the order they come.
    fn numbers_staged(&self) -> bool;

    /// What stands behind the columns of the staging table.
    fn staged_until(&self) -> &'static str;

    /// Whether the staging table stays on its connection, empty, because it is dear to make and to drop.
    fn keeps_staged(&self) -> bool;

    /// The word between two operands that are different, where `NULL` is like `NULL`.
    fn differ(&self) -> &'static str;

    /// What makes an operand of a type comparable that is not so itself.
    fn comparable(&self, column: &ColumnDef) -> &'static str;

    /// How a function is written: `{}` stands for each of its operands in their order, or `{1}` for the first,
    /// as often as it likes.
    fn function(&self, function: Function) -> &'static str;

    /// How something about a group is written: the first `{}` stands for its operand, the second for the
    /// condition of the rows that count.
    fn aggregate(&self, aggregate: Aggregate) -> &'static str;

    /// The type that a value is cast to.
    fn cast(&self, to: Cast) -> &'static str;

    /// The way to something within JSON, as the text that the database reads it from.
    fn path(&self, steps: &[Name]) -> String;

    /// The word between a text and a pattern that fits it in upper and lower case.
    fn like_in_any_case(&self) -> &'static str;

    /// The pattern that a function of patterns takes, where it is not the one it is given.
    fn pattern(&self, function: Function, like: &str) -> Option<String>;

    /// Whether a query can give the first row of those that are alike.
    fn has_distinct_on(&self) -> bool;

    /// Whether a name in an order is rather that of what comes back than that of a column.
    fn orders_by_output_names(&self) -> bool;

    /// What stands before an offset that has no limit.
    fn no_limit(&self) -> &'static str;

    /// The words that ask how a query would be run.
    fn explain(&self) -> &'static str;

    /// Whether a unique key can treat two `NULL`s as equal.
    fn has_nulls_not_distinct(&self) -> bool;

    /// Whether a unique key can be checked at commit.
    fn has_deferrable_keys(&self) -> bool;

    /// Whether a column of this name has it in a query around the one that gives it, too.
    fn keeps_column_name(&self, name: &str) -> bool;

    /// Returns false for a table name that the database may resolve to a function of its own.
    fn keeps_table_name(&self, name: &str) -> bool;

    /// Whether tables live in schemas.
    fn has_schemas(&self) -> bool;

    /// Whether enums are types of their own.
    fn has_enums(&self) -> bool;

    /// Whether a foreign key can only point to a table that is there already.
    fn checks_foreign_keys_early(&self) -> bool;

    /// Whether the values of a numbered column come from a sequence of their own, which can be behind them.
    fn has_sequences(&self) -> bool;

    /// How the catalogue is asked.
    fn catalogue(&self) -> Catalogue;

    /// Whether values of one type, both as the catalogue calls them, can be read and written as the
    /// other.
    fn is_alike(&self, declared: &str, stored: &str) -> bool;

    /// Whether a column of this type holds the values of a Rust type that is sent as that one, and gives them
    /// back, as far as the names tell: types of a user's own may do what they like.
    fn holds(&self, sent: &str, stored: &str) -> bool;

    /// A statement that makes others wait who change tables at the same time, where that is needed.
    fn lock_for_ddl(&self) -> Option<&'static str>;

    /// Whether pages can be packed to a part.
    fn has_fillfactor(&self) -> bool;

    /// The type of a column in a table being made: what was declared, else what the Rust type is
    /// stored as.
    fn column_type(&self, column: &ColumnDef, stored_as: &str) -> String;

    /// The name that the catalog has for a type that a declaration calls so.
    fn type_name(&self, declared: &str) -> String;

    /// What makes the database number the column that is the whole primary key.
    fn auto(&self) -> Auto;

    /// The SQL of a column's default; `None` where the declaration has none or leaves it to the database.
    fn default(&self, column: &ColumnDef, stored_as: &str) -> Option<String>;
}

/// How a database numbers a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Auto {
    /// By a clause behind the column's type.
    Clause(&'static str),
    /// By making it the primary key within the column's own definition.
    InlinePrimaryKey,
}

/// How a database is asked about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Catalogue {
    /// By the tables of `pg_catalog`; from PostgreSQL 15 on they know about `NULLS NOT DISTINCT`.
    Tables {
        /// Whether they do.
        nulls_not_distinct: bool,
    },
    /// By pragmas.
    Pragmas,
}
