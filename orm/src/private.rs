//! All that generated code may name. Not part of the public interface: it changes without notice.

pub use sqlx;

pub use crate::backend::Backend;
pub use crate::column::{Column, ColumnMeta, Name, NullOf, index, role};
pub use crate::error::Result;
pub use crate::exec::{Makes, Plan, Tables};
pub use crate::filter::{Call, Incoming, Stored};
pub use crate::guard::{Declared, NoGuard};
pub use crate::key::{AtCommit, AtOnce, HasPrimaryKey, Key, KeyMeta, KeyOn};
pub use crate::record::check::asked::{Asked, methods as asked};
pub use crate::record::check::check_reference;
pub use crate::record::{Bind, Record, Supplies, Whole};
pub use crate::schema::{
    ColumnDef, DefaultDef, EnumDef, ForeignKeyAction, GeneratedDef, IndexDef, KeyDef, TableDef,
    TableKind, TableNames,
};
pub use crate::select::{LoadStruct, RowStruct};
pub use crate::sql::Sql;
pub use crate::table::{ColumnNamed, Fields, Load, Table};
pub use crate::value::{Binder, ByName, Read, Reader, Supply, Types, stored_as};
pub use std::borrow::Cow;
