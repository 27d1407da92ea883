//! What is known about a table: facts without behaviour.
//!
//! The derive writes them as constants; [`crate::dynamic`] builds the same facts at run time. Every
//! layer above reads a table through them and through nothing else, which is why a table known only
//! by name and a table known by type share one renderer and one executor.

#[doc(inline)]
pub use orm_schema::{
    ColumnDef, DefaultDef, EnumDef, ForeignKeyAction, ForeignKeyDef, GeneratedDef, IndexDef,
    KeyDef, KeyKind, Name, Nulls, TableDef, TableKind, TableNames,
};
pub(crate) use orm_schema::{LONGEST_NAME, hash, rules};
