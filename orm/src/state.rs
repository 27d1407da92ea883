//! What the type of an upsert keeps, and the checks of it: the words in the compiler's answers.
//!
//! Nothing here needs to be named. It can be, so that what the compiler prints is short and can be looked
//! up.

pub use crate::change::{NoRows, SaysWhichRows, SomeRows};
pub use crate::exec::{Reads, Writes};
pub use crate::expr::{
    AnyTable, AsOperand, AsReference, AsValue, At, Beside, Find, Gives, GivesFilter, HasWindow,
    IntoExpr, IntoValues, JoinedTo, MayMiss, Mentions, MissedIn, Named as NamedRow, NoWindow,
    Nullable, Outer, Pick, RowOf, Rows, SameBare, SameRows, SameScope, SaysWhichRow, Selectable,
    Source, Split, Textual, Union, Within,
};
pub use crate::find::{
    AsMany, BindKey, FindKey, FoundBy, HasParts, KeyOf, KeyPart, KeyParts, OneValue, Owned,
    Reference, Seeks, Text,
};
pub use crate::select::{Condition, CursorKey, CursorTerms, IsNever, IsThere, OrderTerms};
pub use crate::sql::{AsOneValue, AsStruct, AsTable, AsTuple, BindGiven};
pub use crate::table::column::index::{No, Yes};
pub use crate::table::column::role::{Generated, InsertOnly, Plain, PrimaryKey};
pub use crate::table::column::{
    ColumnOrTuple, Facts, Marker, Maybe, Name, Named, Never, NullOf, Nullness, OnlyColumns,
    SomeColumns,
};
pub use crate::table::guard::{
    Declared, Finds, Guard, KeepNewer, KeepNewest, MaySkip, NoGuard, SkipUnchanged, Sure,
};
pub use crate::table::key::{
    AtCommit, AtOnce, NamesColumns, Primary, Unique, UniqueKey, UniqueTogether,
};
pub use crate::table::record::check::{
    FitsColumn, HasColumn, HoldsColumn, LeftOut, PointsTo, ReadsField, SameType, TakesField,
    Writable, asked, check_complete, check_reference,
};
pub use crate::table::{LoadRows, LoadSource, SameTable};
pub use crate::update::CanBeSet;
pub use crate::upsert::{
    All, AllExcept, AlwaysARow, AnyKey, Assign, Assignable, CheckedAtOnce, Coalesce, CoalesceAll,
    Complete, ConflictTarget, DoNothing, EachOfTable, Executed, GetOrInsert, GuardFirst, GuardOf,
    IntoValue, KnowsItsRow, Leaves, Many, NoTarget, NotYet, NothingSaid, OfManyRecords,
    OfOneRecord, OfTable, On, One, OneRecord, Open, OutsideTarget, Picks, Runs, Set, Settable,
    SomethingElseToUpdate, SomethingToUpdate, StillOpen, Supplied, SuppliedBy, TargetFirst,
    Targeted, Undecided, Updatable, UpdateAll, UpdateAllExcept, UpdateSet, VersionColumn,
    Versioned, WithExpr, WithValue,
};
