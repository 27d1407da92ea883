//! Queries within expressions.

use super::mentions::{Both, Mentions, Outer, Union};
use super::{Expr, Filter, IntoValues, Operand, Values};
use crate::backend::Backend;
use crate::stmt::{Expr as Node, Select};
use crate::table::column::{NullOf, Nullness};

/// A query that can stand within an expression: what [`select`](crate::query::SelectTable::select) begins.
///
/// A part of its filters may be about the row of the statement around it, whose columns are said by [`outer`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a query",
    label = "not a query",
    note = "give a query without its terminal: `Post::select().filter(..)`"
)]
pub trait SubQuery {
    /// The tables of the statement around it that it mentions.
    type Outer: Mentions;
    /// The type of its rows.
    type Row;
    /// The database that it is for.
    type Backend: Backend;

    /// The query, and its values.
    #[doc(hidden)]
    fn into_query(self) -> (Select, Values<Self::Backend>);
}

/// A query gives one value, of the type of a column.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "rows of type `{Row}` cannot stand beside a column of type `{B}`",
    label = "not a query of one `{B}`",
    note = "select one column of that type: `.columns(Post::AUTHOR_ID)`"
)]
pub trait OfOneColumn<B, Row> {
    /// Whether the value may be `NULL`.
    const IS_MAYBE: bool;
}

#[diagnostic::do_not_recommend]
impl<B, Row: NullOf<B>> OfOneColumn<B, Row> for () {
    const IS_MAYBE: bool = <Row::Null as Nullness>::IS_MAYBE;
}

/// A query of one column, in the place of a value.
#[doc(hidden)]
#[derive(Debug)]
pub struct AsQuery;

/// A query has a row.
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
/// }
///
/// #[derive(Table)]
/// struct Post {
///     #[column(primary_key)]
///     id: i64,
///     author_id: i64,
/// }
///
/// let posts = Post::select().filter(Post::AUTHOR_ID.eq(orm::outer(Person::ID)));
/// assert_eq!(
///     Person::select().filter(!orm::exists(posts)).to_sql::<Postgres>(),
///     r#"SELECT "id" FROM "people" WHERE NOT EXISTS (SELECT 1 FROM "posts" WHERE "posts"."author_id" = "people"."id")"#,
/// );
/// ```
pub fn exists<Q: SubQuery>(query: Q) -> Filter<Q::Outer, Q::Backend> {
    let (query, values) = query.into_query();
    Filter::new(Node::Exists(Box::new(query.only_whether())), values)
}

/// In a sub-query, a column or an expression of the statement around it.
///
/// See [`exists`] for an example. The compiler checks the table where the sub-query is put into a statement.
pub fn outer<O: Operand>(operand: O) -> Expr<Outer<O::Scope>, O::Bare, O::Null, O::Values> {
    let (node, values) = operand.parts();
    Expr::new(Node::Outer(Box::new(node)), values)
}

/// Comparisons with the values of a query.
pub trait CompareWithQuery: Operand {
    /// One of the values that the query gives: `IN (SELECT ..)`. A `NULL` among them is passed over, so that `!`
    /// finds the rows that are none of the others.
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
    /// }
    ///
    /// #[derive(Table)]
    /// struct Post {
    ///     #[column(primary_key)]
    ///     id: i64,
    ///     author_id: i64,
    ///     score: i64,
    /// }
    ///
    /// let liked = Post::select().filter(Post::SCORE.gt(10)).columns(Post::AUTHOR_ID);
    /// assert_eq!(
    ///     Person::select().filter(Person::ID.in_query(liked)).to_sql::<Postgres>(),
    ///     r#"SELECT "id" FROM "people" WHERE "id" IN (SELECT "posts"."author_id" FROM "posts" WHERE "posts"."score" > $1)"#,
    /// );
    /// ```
    fn in_query<Q: SubQuery>(self, query: Q) -> Filter<Both<Self::Scope, Q::Outer>, Q::Backend>
    where
        Self::Scope: Union<Q::Outer>,
        Self::Values: IntoValues<Q::Backend>,
        (): OfOneColumn<Self::Bare, Q::Row>,
    {
        let (operand, own) = self.parts();
        let mut values = Vec::new();
        own.into_values(&mut values);
        let (mut query, of_query) = query.into_query();
        if <() as OfOneColumn<Self::Bare, Q::Row>>::IS_MAYBE {
            query = query.with_named_column();
        }
        let query = query.shifted(values.len());
        values.extend(of_query);
        Filter::new(Node::InQuery(Box::new(operand), Box::new(query)), values)
    }
}

impl<O: Operand> CompareWithQuery for O {}
