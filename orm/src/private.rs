//! All that generated code may name. Not part of the public interface: it changes without notice.

pub use crate::backend::Backend as __Backend;
pub use crate::ddl::{Makes as __Makes, Plan as __Plan, Tables as __Tables};
pub use crate::error::Result as __Result;
pub use crate::expr::{Call as __Call, New as __New, Of as __Of, Old as __Old};
pub use crate::schema::{
    ColumnDef as __ColumnDef, DefaultDef as __DefaultDef, EnumDef as __EnumDef,
    ForeignKeyAction as __ForeignKeyAction, GeneratedDef as __GeneratedDef, IndexDef as __IndexDef,
    KeyDef as __KeyDef, TableDef as __TableDef, TableKind as __TableKind,
    TableNames as __TableNames,
};
pub use crate::select::{LoadStruct as __LoadStruct, RowStruct as __RowStruct};
pub use crate::sql::Sql as __Sql;
pub use crate::stmt::Of as __SqlOf;
pub use crate::table::column::index::{
    D0 as __D0, D1 as __D1, D2 as __D2, D3 as __D3, D4 as __D4, D5 as __D5, D6 as __D6, D7 as __D7,
    D8 as __D8, D9 as __D9, DA as __DA, DB as __DB, DC as __DC, DD as __DD, DE as __DE, DF as __DF,
};
pub use crate::table::column::role::{
    Generated as __Generated, InsertOnly as __InsertOnly, Plain as __Plain,
    PrimaryKey as __PrimaryKey,
};
pub use crate::table::column::{
    Column as __Column, ColumnMeta as __ColumnMeta, Facts as __Facts, Marker as __Marker,
    Name as __Name, Named as __Named, NullOf as __NullOf,
};
pub use crate::table::guard::{Declared as __Declared, NoGuard as __NoGuard};
pub use crate::table::key::{
    AtCommit as __AtCommit, AtOnce as __AtOnce, HasPrimaryKey as __HasPrimaryKey, Key as __Key,
    KeyMeta as __KeyMeta, KeyOn as __KeyOn, OnExpression as __OnExpression,
};
pub use crate::table::record::check::asked::{Asked as __Asked, methods as __asked};
pub use crate::table::record::check::{
    check_complete as __check_complete, check_reference as __check_reference,
    foreign_key as __foreign_key,
};
pub use crate::table::record::{
    Bind as __Bind, Record as __Record, Supplies as __Supplies, Whole as __Whole,
};
pub use crate::table::{
    ColumnNamed as __ColumnNamed, Fields as __Fields, Load as __Load, Table as __Table,
    Typed as __Typed,
};
pub use crate::value::{
    Binder as __Binder, ByName as __ByName, Read as __Read, Reader as __Reader,
    StoredAs as __StoredAs, Supply as __Supply,
};
pub use sqlx as __sqlx;
pub use std::borrow::Cow as __Cow;
