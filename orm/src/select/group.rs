//! Rows put together.

use std::fmt;
use std::marker::PhantomData;

use super::projected::Projected;
use super::query::Query;
use crate::backend::Backend;
use crate::driver::Db;
use crate::expr::{
    AnyTable, CountValues, Expr, Filter, Group, IntoValues, MayMiss, Mentions, NoWindow, NullIn,
    Of, Operand, Projection, RowOf, SameScope, Values, add,
};
use crate::stmt::Expr as Node;
use crate::table::column::{Column, ColumnMeta, NullOfColumn, Nullness};

/// A query whose rows are put together: what [`group_by`](super::Select::group_by) gives.
///
/// What is selected of a group is said by a closure, which gets what the rows are grouped by; beside it
/// stand aggregates of all their rows. A column of single rows does not compile there.
#[must_use = "a grouped query needs to know what is selected of each group: go on with `columns`"]
pub struct Grouped<S, K, DB: Backend = Db, O = AnyTable> {
    query: Query<DB>,
    keys: K,
    scope: PhantomData<fn() -> (S, O)>,
}

/// What rows of `T` can be grouped by: a column, what is computed from columns, or a tuple of them.
#[diagnostic::on_unimplemented(
    message = "rows of `{T}` cannot be grouped by `{Self}`",
    label = "not a column of `{T}`, nor computed from its columns",
    note = "name a column by its constant, or a function of one such as `User::CREATED_AT.month()`"
)]
pub trait GroupBy<T, DB: Backend> {
    /// The same, of the groups.
    type Keys;

    /// Adds the expressions, and the values in them.
    #[doc(hidden)]
    fn group(self, to: &mut Vec<Node>, values: &mut Values<DB>) -> Self::Keys;
}

/// Adds an expression to those that rows are grouped by; the expression that stands for it.
fn key<O, DB: Backend>(operand: O, to: &mut Vec<Node>, values: &mut Values<DB>) -> Node
where
    O: Operand<Values: IntoValues<DB>>,
{
    let (node, own) = operand.parts();
    let key = match own.count() {
        0 => node.clone(),
        _ => Node::Key(to.len()),
    };
    to.push(add(node, own, values));
    key
}

// Written one by one and not by a macro, which the compiler would show beside each mistake.
impl<T, DB: Backend, C: ColumnMeta> GroupBy<T, DB> for Column<C>
where
    (): SameScope<T, C::Table>,
    T: MayMiss<C::Table>,
{
    type Keys = Expr<Group<T>, C::Bare, NullIn<T, C::Table, NullOfColumn<C>>>;

    fn group(self, to: &mut Vec<Node>, values: &mut Values<DB>) -> Self::Keys {
        Expr::new(key(self, to, values), ())
    }
}

impl<T, DB: Backend, R: RowOf, C: ColumnMeta> GroupBy<T, DB> for Of<R, C>
where
    (): SameScope<T, R::Scope<C::Table>>,
    T: MayMiss<R::Scope<C::Table>>,
{
    type Keys = Expr<
        Group<T>,
        C::Bare,
        NullIn<T, R::Scope<C::Table>, <R::Null as Nullness>::Or<NullOfColumn<C>>>,
    >;

    fn group(self, to: &mut Vec<Node>, values: &mut Values<DB>) -> Self::Keys {
        Expr::new(key(self, to, values), ())
    }
}

impl<T, DB: Backend, S: Mentions, B: 'static, N: Nullness, X: CountValues + IntoValues<DB>>
    GroupBy<T, DB> for Expr<S, B, N, X>
where
    (): SameScope<T, S>,
    S: NoWindow,
    T: MayMiss<S>,
{
    type Keys = Expr<Group<T>, B, NullIn<T, S, N>>;

    fn group(self, to: &mut Vec<Node>, values: &mut Values<DB>) -> Self::Keys {
        Expr::new(key(self, to, values), ())
    }
}

macro_rules! tuples {
    ($($key:ident)+) => {
        impl<T, DB: Backend, $($key: GroupBy<T, DB>),+> GroupBy<T, DB> for ($($key,)+) {
            type Keys = ($($key::Keys,)+);

            #[expect(non_snake_case, reason = "types and values of a tuple share their names here")]
            fn group(self, to: &mut Vec<Node>, values: &mut Values<DB>) -> Self::Keys {
                let ($($key,)+) = self;
                ($($key.group(to, values),)+)
            }
        }
    };
}

for_tuples!(tuples);

impl<S, K, DB: Backend, O> Grouped<S, K, DB, O> {
    pub(super) fn new<G: GroupBy<S, DB, Keys = K>>(mut query: Query<DB>, by: G) -> Self {
        let keys = by.group(&mut query.node.group, &mut query.values);
        Self {
            query,
            keys,
            scope: PhantomData,
        }
    }

    /// Only groups for which this holds. Several filters all have to hold.
    pub fn having<F>(mut self, filter: Filter<F, DB>) -> Self
    where
        (): SameScope<Group<S>, F>,
        F: NoWindow,
    {
        self.query.restrict(|select| &mut select.having, filter);
        self
    }

    /// What is selected of each group: its keys, which the closure is given, and aggregates of its rows.
    ///
    /// # Compile errors
    ///
    /// When a column of single rows is among them.
    pub fn columns<P>(self, columns: impl FnOnce(K) -> P) -> Projected<Group<S>, P::Row, DB, O>
    where
        P: Projection<Group<S>, DB>,
    {
        let columns = columns(self.keys);
        Projected::new(self.query, columns)
    }
}

impl<S, K, DB: Backend, O> fmt::Debug for Grouped<S, K, DB, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.query.fmt(f)
    }
}
