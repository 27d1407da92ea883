//! The tables of a FROM clause.

use std::marker::PhantomData;

use super::{Mentions, Named, RowOf};
use crate::stmt::Qualifier;
use crate::table::column::{Maybe, Never, Nullness};
use crate::table::{Fields, Table};

/// The tables of a query: one, or a tuple of several that are joined, with `Option` around one whose row may be
/// missing.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a table nor a tuple of tables",
    label = "not the tables of a query",
    note = "name a table, or several as in `(User, Option<Post>)`"
)]
pub trait Scope: Mentions + Sized + Send + Sync {
    /// The columns of each of its tables.
    #[doc(hidden)]
    type Columns;

    /// The ids of its tables, as a list.
    #[doc(hidden)]
    type Ids;

    /// They.
    #[doc(hidden)]
    const COLUMNS: Self::Columns;
}

/// A table of a FROM clause: it, or an `Option` of it.
#[doc(hidden)]
pub trait Source: Mentions + Send + Sync {
    /// The table.
    type Table: Table;
    /// Whether its row may be missing.
    type Null: Nullness;
}

impl<T: Table> Source for T {
    type Table = T;
    type Null = Never;
}

impl<T: Table> Source for Option<T> {
    type Table = T;
    type Null = Maybe;
}

/// Tables with another one behind them.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a query joins eight tables at most",
    label = "one table too many",
    note = "write a larger one with `orm::sql!`"
)]
pub trait Beside<X> {
    /// All of them.
    type Joined: Scope;
    /// All of them, where the rows of those before may be missing.
    type Right: Scope;
}

/// The row of the table at a place of the scope `S`, with `N` for whether it may be missing.
#[doc(hidden)]
#[derive(Debug)]
pub struct At<S, N, const PLACE: usize>(PhantomData<fn() -> (S, N)>);

impl<S: Scope, N: Nullness, const PLACE: usize> RowOf for At<S, N, PLACE> {
    type Scope<T: Table> = Named<S>;
    type Null = N;
    const QUALIFIER: Qualifier = Qualifier::Source(PLACE);
}

type ColumnsOf<S, X, const PLACE: usize> =
    <<X as Source>::Table as Table>::Row<At<S, <X as Source>::Null, PLACE>>;

#[diagnostic::do_not_recommend]
impl<T: Table> Scope for T {
    type Columns = ColumnsOf<T, T, 0>;
    type Ids = (T::Id, ());
    const COLUMNS: Self::Columns = Fields::FIELDS;
}

#[diagnostic::do_not_recommend]
impl<T: Table, X: Source> Beside<X> for T {
    type Joined = (T, X);
    type Right = (Option<T>, X);
}

macro_rules! scopes {
    (@ids) => { () };
    (@ids $first:ident $($rest:ident)*) => {
        (<<$first as Source>::Table as Table>::Id, scopes!(@ids $($rest)*))
    };
    ($($table:ident $place:literal),+) => {
        #[diagnostic::do_not_recommend]
        impl<$($table: Source),+> Scope for ($($table,)+) {
            type Columns = ($(ColumnsOf<Self, $table, $place>,)+);
            type Ids = scopes!(@ids $($table)+);
            const COLUMNS: Self::Columns =
                ($(<ColumnsOf<Self, $table, $place> as Fields>::FIELDS,)+);
        }
    };
}

scopes!(A 0, B 1);
scopes!(A 0, B 1, C 2);
scopes!(A 0, B 1, C 2, D 3);
scopes!(A 0, B 1, C 2, D 3, E 4);
scopes!(A 0, B 1, C 2, D 3, E 4, F 5);
scopes!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
scopes!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);

macro_rules! beside {
    ($($table:ident)+) => {
        #[diagnostic::do_not_recommend]
        impl<$($table: Source,)+ X: Source> Beside<X> for ($($table,)+) {
            type Joined = ($($table,)+ X);
            type Right = ($(Option<$table::Table>,)+ X);
        }
    };
}

beside!(A B);
beside!(A B C);
beside!(A B C D);
beside!(A B C D E);
beside!(A B C D E F);
beside!(A B C D E F G);
