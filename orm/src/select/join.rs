//! Tables beside the first one.

use super::Select;
use crate::backend::Backend;
use crate::expr::{Filter, JoinedTo, Named, SameRows, Scope};
use crate::stmt::{Join, JoinKind};
use crate::table::{Table, table_ref};

/// A condition by which rows belong together.
#[doc(hidden)]
pub trait Condition<S, DB: Backend> {
    /// The tables that it mentions.
    type Tables;

    /// The filter.
    fn into_filter(self) -> Filter<Self::Tables, DB>;
}

impl<S, F, DB: Backend> Condition<S, DB> for Filter<F, DB>
where
    (): SameRows<S, F>,
{
    type Tables = F;

    fn into_filter(self) -> Self {
        self
    }
}

type Joined<S, X> = <S as JoinedTo<X>>::Joined;
type Right<S, X> = <S as JoinedTo<X>>::Right;

macro_rules! joins {
    ($($(#[$doc:meta])* $on:ident, $named:ident: $source:ty => $joined:ident, $kind:ident;)+) => {
        $(
            $(#[$doc])*
            ///
            /// # Compile errors
            ///
            /// When the condition is about a table that is not in the query.
            pub fn $on<T: Table>(
                self,
                on: impl Condition<$joined<S, $source>, DB>,
            ) -> Select<$joined<S, $source>, DB, O>
            where
                S: JoinedTo<$source>,
            {
                self.beside::<T, _, _>(JoinKind::$kind, Some(on.into_filter()))
            }

            $(#[$doc])*
            ///
            /// The closure gets the columns of each table, the joined one last: for a table that is in the query
            /// already. See [`named`](Self::named).
            pub fn $named<T: Table>(
                self,
                on: impl FnOnce(
                    <$joined<S, $source> as Scope>::Columns,
                ) -> Filter<Named<$joined<S, $source>>, DB>,
            ) -> Select<$joined<S, $source>, DB, O>
            where
                S: JoinedTo<$source>,
            {
                let on = on(<$joined<S, $source>>::COLUMNS);
                self.beside::<T, _, _>(JoinKind::$kind, Some(on))
            }
        )+
    };
}

impl<S: Scope, DB: Backend, O> Select<S, DB, O> {
    joins! {
        /// Each row beside those of another table for which the condition holds: `JOIN`.
        join_on, join_named: T => Joined, Inner;
        /// Each row beside those of another table for which the condition holds, or beside `None` where there is no
        /// such row: `LEFT JOIN`.
        left_join_on, left_join_named: Option<T> => Joined, Left;
        /// Each row of another table beside those for which the condition holds, or beside `None` for each of the
        /// tables before it where there is no such row: `RIGHT JOIN`.
        right_join_on, right_join_named: T => Right, Right;
        /// The rows of both sides beside each other where the condition holds, and beside `None` where it holds for
        /// none of the other: `FULL JOIN`.
        full_join_on, full_join_named: Option<T> => Right, Full;
    }

    /// Each row beside each of another table: `CROSS JOIN`.
    pub fn cross_join<T: Table>(self) -> Select<Joined<S, T>, DB, O>
    where
        S: JoinedTo<T>,
    {
        self.beside::<T, (), _>(JoinKind::Cross, None)
    }

    fn beside<T: Table, F, Joined: Scope>(
        mut self,
        kind: JoinKind,
        on: Option<Filter<F, DB>>,
    ) -> Select<Joined, DB, O> {
        let on = on.map(|on| on.expr_beside(&mut self.query.values));
        self.query.node.joins.push(Join {
            kind,
            table: table_ref::<T>(),
            on,
        });
        Select::of(self.query)
    }
}
