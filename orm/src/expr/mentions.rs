//! The tables that an expression mentions.

use std::marker::PhantomData;

use super::{Group, OldNew, Scope};
use crate::table::Table;
use crate::table::column::index::{And, No, SameId, Yes};

/// The tables that an expression mentions: one, or a tuple of several.
#[doc(hidden)]
pub trait Mentions: 'static {
    /// An id that types can compare.
    type Id;
}

/// None: the expression can stand in any statement.
#[derive(Debug)]
pub struct AnyTable;

/// Those of the statement around a sub-query.
#[derive(Debug)]
pub struct Outer<S>(PhantomData<fn() -> S>);

/// Those of a query over `S` whose columns were reached by their names: what
/// [`named`](crate::Select::named) gives its closure.
#[derive(Debug)]
pub struct Named<S>(PhantomData<fn() -> S>);

/// Those of a window function, which stands in projections and orders alone.
#[derive(Debug)]
pub struct OverRows<S>(PhantomData<fn() -> S>);

/// The id of what is not compared.
#[doc(hidden)]
#[derive(Debug)]
pub struct NoId;

/// The id of no table.
#[doc(hidden)]
#[derive(Debug)]
pub struct AnyId;

/// The id of groups.
#[doc(hidden)]
#[derive(Debug)]
pub struct GroupId<I>(PhantomData<fn() -> I>);

/// The id of the two rows of an upsert.
#[doc(hidden)]
#[derive(Debug)]
pub struct OldNewId<I>(PhantomData<fn() -> I>);

/// The id of columns that were reached by their names.
#[doc(hidden)]
#[derive(Debug)]
pub struct NamedId<I>(PhantomData<fn() -> I>);

/// The second alone, since the first is none.
#[doc(hidden)]
#[derive(Debug)]
pub struct Second;

impl<T: Table> Mentions for T {
    type Id = T::Id;
}

impl<T: Table> Mentions for Option<T> {
    type Id = NoId;
}

impl Mentions for AnyTable {
    type Id = AnyId;
}

impl<S: 'static> Mentions for Outer<S> {
    type Id = NoId;
}

impl<S: 'static> Mentions for OverRows<S> {
    type Id = NoId;
}

impl<S: Scope> Mentions for Named<S> {
    type Id = NamedId<S::Ids>;
}

impl<S: Mentions> Mentions for Group<S> {
    type Id = GroupId<S::Id>;
}

impl<T: Table> Mentions for OldNew<T> {
    type Id = OldNewId<T::Id>;
}

macro_rules! tuples {
    ($($table:ident)+) => {
        impl<$($table: Mentions),+> Mentions for ($($table,)+) {
            type Id = NoId;
        }
    };
}

for_tuples!(tuples);

/// Single rows, and not groups of them: what can be aggregated.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this is of `{Self}`, and not of single rows",
    label = "not of single rows",
    note = "aggregate columns, and name those of the statement's tables"
)]
pub trait Rows: Mentions {}

impl<T: Table> Rows for T {}

impl Rows for AnyTable {}

impl<S: 'static> Rows for Outer<S> {}

impl<S: Scope> Rows for Named<S> {}

impl<A: Rows, B: Rows> Rows for (A, B) {}

/// Of the two, each table once where they are the same.
#[doc(hidden)]
pub trait Union<Other>: Mentions {
    /// The tables of both.
    type Tables: Mentions;
}

impl<S: Mentions, Other: Mentions> Union<Other> for S
where
    S::Id: SameId<Other::Id, Answer: Choose<S, Other>>,
{
    type Tables = <<S::Id as SameId<Other::Id>>::Answer as Choose<S, Other>>::Chosen;
}

/// The tables of both.
pub(crate) type Both<S, Other> = <S as Union<Other>>::Tables;

/// The first, the second, or both.
#[doc(hidden)]
pub trait Choose<S, Other> {
    /// It.
    type Chosen: Mentions;
}

impl<S: Mentions, Other> Choose<S, Other> for Yes {
    type Chosen = S;
}

impl<S: Mentions, Other: Mentions> Choose<S, Other> for No {
    type Chosen = (S, Other);
}

impl<S, Other: Mentions> Choose<S, Other> for Second {
    type Chosen = Other;
}

/// Which of the tables are of the statement itself, and which of the one around it.
#[doc(hidden)]
pub trait Split {
    /// Those of the statement.
    type Own;
    /// Those of the one around it.
    type Outer;
}

impl<T: Table> Split for T {
    type Own = T;
    type Outer = AnyTable;
}

impl Split for AnyTable {
    type Own = Self;
    type Outer = Self;
}

impl<S> Split for Outer<S> {
    type Own = AnyTable;
    type Outer = S;
}

impl<S> Split for Named<S> {
    type Own = Self;
    type Outer = AnyTable;
}

impl<T> Split for OldNew<T> {
    type Own = Self;
    type Outer = AnyTable;
}

impl<S> Split for OverRows<S> {
    type Own = Self;
    type Outer = AnyTable;
}

impl<S: Split> Split for Group<S> {
    type Own = Group<S::Own>;
    type Outer = S::Outer;
}

impl<A: Split<Outer: Union<B::Outer>>, B: Split> Split for (A, B) {
    type Own = (A::Own, B::Own);
    type Outer = Both<A::Outer, B::Outer>;
}

macro_rules! same {
    ($([$($generic:ident)*] $left:ty, $right:ty => $answer:ty;)+) => {
        $(
            impl<$($generic),*> SameId<$right> for $left {
                type Answer = $answer;
            }
        )+
    };
}

type Digits<A, B, C, D, E, F, G, H> = (A, B, C, D, E, F, G, H);

same! {
    [] NoId, NoId => No;
    [] NoId, AnyId => Yes;
    [J] NoId, GroupId<J> => No;
    [J] NoId, OldNewId<J> => No;
    [J] NoId, NamedId<J> => No;
    [A B C D E F G H] NoId, Digits<A, B, C, D, E, F, G, H> => No;
    [] AnyId, NoId => Second;
    [] AnyId, AnyId => Yes;
    [J] AnyId, GroupId<J> => Second;
    [J] AnyId, OldNewId<J> => Second;
    [J] AnyId, NamedId<J> => Second;
    [A B C D E F G H] AnyId, Digits<A, B, C, D, E, F, G, H> => Second;
    [I] GroupId<I>, NoId => No;
    [I] GroupId<I>, AnyId => Yes;
    [I J] GroupId<I>, OldNewId<J> => No;
    [I J] GroupId<I>, NamedId<J> => No;
    [I A B C D E F G H] GroupId<I>, Digits<A, B, C, D, E, F, G, H> => No;
    [I] OldNewId<I>, NoId => No;
    [I] OldNewId<I>, AnyId => Yes;
    [I J] OldNewId<I>, GroupId<J> => No;
    [I J] OldNewId<I>, NamedId<J> => No;
    [I A B C D E F G H] OldNewId<I>, Digits<A, B, C, D, E, F, G, H> => No;
    [I] NamedId<I>, NoId => No;
    [I] NamedId<I>, AnyId => Yes;
    [I J] NamedId<I>, GroupId<J> => No;
    [I J] NamedId<I>, OldNewId<J> => No;
    [I A B C D E F G H] NamedId<I>, Digits<A, B, C, D, E, F, G, H> => No;
    [A B C D E F G H] Digits<A, B, C, D, E, F, G, H>, NoId => No;
    [A B C D E F G H] Digits<A, B, C, D, E, F, G, H>, AnyId => Yes;
    [J A B C D E F G H] Digits<A, B, C, D, E, F, G, H>, GroupId<J> => No;
    [J A B C D E F G H] Digits<A, B, C, D, E, F, G, H>, OldNewId<J> => No;
    [J A B C D E F G H] Digits<A, B, C, D, E, F, G, H>, NamedId<J> => No;
    [] (), () => Yes;
    [I J] (), (I, J) => No;
    [I J] (I, J), () => No;
}

// The ids of several tables, as a list.
impl<I, Rest, J, More> SameId<(J, More)> for (I, Rest)
where
    I: SameId<J, Answer: And<Rest::Answer>>,
    Rest: SameId<More>,
{
    type Answer = <I::Answer as And<Rest::Answer>>::Answer;
}

impl<I: SameId<J>, J> SameId<NamedId<J>> for NamedId<I> {
    type Answer = I::Answer;
}

impl<I: SameId<J>, J> SameId<GroupId<J>> for GroupId<I> {
    type Answer = I::Answer;
}

impl<I: SameId<J>, J> SameId<OldNewId<J>> for OldNewId<I> {
    type Answer = I::Answer;
}
