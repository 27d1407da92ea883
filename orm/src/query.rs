//! Queries, updates and deletes: the types and traits of their builders, which are seldom named.

pub use crate::change::Changing;
pub use crate::delete::DeleteTable;
pub use crate::exec::WithinTransaction;
pub use crate::find::FindRow;
pub use crate::insert::{InsertRecord, InsertRecords};
pub use crate::save::{DeleteRow, SaveRow};
pub use crate::select::{
    CursorOrder, CursorValue, DistinctOn, GroupBy, Grouped, LoadStruct, Locked, OrderBy, Ordered,
    Paginated, Projected, RowStruct, SelectTable, Sortable,
};
pub use crate::sql::SqlRow;
pub use crate::update::{UpdateMany, UpdateTable};
