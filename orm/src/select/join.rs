//! Tables beside the first one.

use super::Select;
use crate::backend::Backend;
use crate::expr::{Filter, JoinedTo, Named, SameRows, Scope};
use crate::stmt::{Join, JoinKind};
use crate::table::{Table, table_ref};

/// A condition by which rows of `S` belong together.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a condition on rows of `{S}`",
    label = "not a condition on `{S}`",
    note = "compare columns of the tables that the query has with the joined one: `Post::AUTHOR_ID.eq(User::ID)`"
)]
pub trait Condition<S, DB: Backend> {
    /// The tables that it mentions.
    type Tables;

    /// The filter.
    fn into_filter(self) -> Filter<Self::Tables, DB>;
}

#[diagnostic::do_not_recommend]
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

type Columns<S> = <S as Scope>::Columns;

impl<S: Scope, DB: Backend, O> Select<S, DB, O> {
    /// Each row beside those of another table for which the condition holds: `JOIN`.
    ///
    /// # Examples
    ///
    /// ```
    /// use orm::prelude::*;
    ///
    /// #[derive(Table)]
    /// #[table(name = "people")]
    /// struct Person {
    ///     #[column(primary_key)]
    ///     id: i64,
    ///     name: String,
    /// }
    ///
    /// #[derive(Table)]
    /// struct Post {
    ///     #[column(primary_key)]
    ///     id: i64,
    ///     author_id: i64,
    ///     title: String,
    /// }
    ///
    /// let titles = Person::select()
    ///     .join_on::<Post>(Post::AUTHOR_ID.eq(Person::ID))
    ///     .order_by(Post::ID)
    ///     .columns((Person::NAME, Post::TITLE));
    /// assert_eq!(
    ///     titles.to_sql::<Postgres>(),
    ///     r#"SELECT "people"."name", "posts"."title" FROM "people" JOIN "posts" ON "posts"."author_id" = "people"."id" ORDER BY "posts"."id""#,
    /// );
    /// ```
    ///
    /// # Compile errors
    ///
    /// When the condition is about a table that is not in the query.
    pub fn join_on<T: Table>(
        self,
        on: impl Condition<Joined<S, T>, DB>,
    ) -> Select<Joined<S, T>, DB, O>
    where
        S: JoinedTo<T>,
    {
        self.beside::<T, _, _>(JoinKind::Inner, Some(on.into_filter()))
    }

    /// [`join_on`](Self::join_on), with the columns of each table as arguments of a closure, the joined one
    /// last: for a table that is in the query already. See [`named`](Self::named).
    pub fn join_named<T: Table>(
        self,
        on: impl FnOnce(Columns<Joined<S, T>>) -> Filter<Named<Joined<S, T>>, DB>,
    ) -> Select<Joined<S, T>, DB, O>
    where
        S: JoinedTo<T>,
    {
        let on = on(<Joined<S, T>>::COLUMNS);
        self.beside::<T, _, _>(JoinKind::Inner, Some(on))
    }

    /// Each row beside those of another table for which the condition holds, or beside `None` where there is no
    /// such row: `LEFT JOIN`. Of the other table each column is an `Option`.
    ///
    /// # Compile errors
    ///
    /// When the condition is about a table that is not in the query.
    pub fn left_join_on<T: Table>(
        self,
        on: impl Condition<Joined<S, Option<T>>, DB>,
    ) -> Select<Joined<S, Option<T>>, DB, O>
    where
        S: JoinedTo<Option<T>>,
    {
        self.beside::<T, _, _>(JoinKind::Left, Some(on.into_filter()))
    }

    /// [`left_join_on`](Self::left_join_on), with the columns of each table as arguments of a closure, the joined one
    /// last: for a table that is in the query already. See [`named`](Self::named).
    pub fn left_join_named<T: Table>(
        self,
        on: impl FnOnce(Columns<Joined<S, Option<T>>>) -> Filter<Named<Joined<S, Option<T>>>, DB>,
    ) -> Select<Joined<S, Option<T>>, DB, O>
    where
        S: JoinedTo<Option<T>>,
    {
        let on = on(<Joined<S, Option<T>>>::COLUMNS);
        self.beside::<T, _, _>(JoinKind::Left, Some(on))
    }

    /// Each row of another table beside those for which the condition holds, or beside `None` for each table
    /// before it where there is no such row: `RIGHT JOIN`. SQLite has it from 3.39 on.
    ///
    /// # Compile errors
    ///
    /// When the condition is about a table that is not in the query.
    pub fn right_join_on<T: Table>(
        self,
        on: impl Condition<Right<S, T>, DB>,
    ) -> Select<Right<S, T>, DB, O>
    where
        S: JoinedTo<T>,
    {
        self.beside::<T, _, _>(JoinKind::Right, Some(on.into_filter()))
    }

    /// [`right_join_on`](Self::right_join_on), with the columns of each table as arguments of a closure, the joined one
    /// last: for a table that is in the query already. See [`named`](Self::named).
    pub fn right_join_named<T: Table>(
        self,
        on: impl FnOnce(Columns<Right<S, T>>) -> Filter<Named<Right<S, T>>, DB>,
    ) -> Select<Right<S, T>, DB, O>
    where
        S: JoinedTo<T>,
    {
        let on = on(<Right<S, T>>::COLUMNS);
        self.beside::<T, _, _>(JoinKind::Right, Some(on))
    }

    /// The rows of both sides beside each other where the condition holds, and beside `None` where it holds for no
    /// row of the other side: `FULL JOIN`. SQLite has it from 3.39 on.
    ///
    /// # Compile errors
    ///
    /// When the condition is about a table that is not in the query.
    pub fn full_join_on<T: Table>(
        self,
        on: impl Condition<Right<S, Option<T>>, DB>,
    ) -> Select<Right<S, Option<T>>, DB, O>
    where
        S: JoinedTo<Option<T>>,
    {
        self.beside::<T, _, _>(JoinKind::Full, Some(on.into_filter()))
    }

    /// [`full_join_on`](Self::full_join_on), with the columns of each table as arguments of a closure, the joined one
    /// last: for a table that is in the query already. See [`named`](Self::named).
    pub fn full_join_named<T: Table>(
        self,
        on: impl FnOnce(Columns<Right<S, Option<T>>>) -> Filter<Named<Right<S, Option<T>>>, DB>,
    ) -> Select<Right<S, Option<T>>, DB, O>
    where
        S: JoinedTo<Option<T>>,
    {
        let on = on(<Right<S, Option<T>>>::COLUMNS);
        self.beside::<T, _, _>(JoinKind::Full, Some(on))
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
