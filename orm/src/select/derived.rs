//! Queries of the rows of other queries.

use super::Select;
use super::query::Query;
use crate::backend::Backend;
use crate::expr::{Both, Filter, Named, Scope, Union, Values};
use crate::stmt::{Derived, Expr, Join, JoinKind, Projection, Qualifier, SetOperator};
use crate::table::{Table, table_ref};

type Pair<T> = <(T, T) as Scope>::Columns;

impl<T: Table, DB: Backend, O> Select<T, DB, O> {
    /// The rows of this query and those of the other, each once: `UNION`.
    ///
    /// What follows, such as a filter, an order or a limit, is about all of them.
    ///
    /// # Errors
    ///
    /// Rows are compared by all their columns; PostgreSQL refuses a column whose type has no equality, such as `json`.
    ///
    /// # Examples
    ///
    /// ```
    /// use orm::prelude::*;
    ///
    /// #[derive(Table)]
    /// struct Post {
    ///     #[column(primary_key)]
    ///     id: i64,
    ///     score: i64,
    /// }
    ///
    /// let newest = Post::select().order_by(Post::ID.desc()).limit(3);
    /// let best = Post::select().filter(Post::SCORE.gt(9));
    /// assert_eq!(
    ///     newest.union(best).order_by(Post::SCORE.desc()).to_sql::<Postgres>(),
    ///     r#"SELECT "id", "score" FROM (SELECT * FROM (SELECT "id", "score" FROM "posts" ORDER BY "id" DESC LIMIT $1) AS " member" UNION SELECT "id", "score" FROM "posts" WHERE "score" > $2) AS "posts" ORDER BY "score" DESC"#,
    /// );
    /// ```
    pub fn union<Q>(self, other: Select<T, DB, Q>) -> Select<T, DB, Both<O, Q>>
    where
        O: Union<Q>,
    {
        self.with_rows_of(SetOperator::Union, other)
    }

    /// The rows of this query and those of the other, twice where both have them: `UNION ALL`. See
    /// [`union`](Self::union).
    pub fn union_all<Q>(self, other: Select<T, DB, Q>) -> Select<T, DB, Both<O, Q>>
    where
        O: Union<Q>,
    {
        self.with_rows_of(SetOperator::UnionAll, other)
    }

    /// The rows that both queries have: `INTERSECT`. See [`union`](Self::union).
    pub fn intersect<Q>(self, other: Select<T, DB, Q>) -> Select<T, DB, Both<O, Q>>
    where
        O: Union<Q>,
    {
        self.with_rows_of(SetOperator::Intersect, other)
    }

    /// The rows of this query that the other one has not: `EXCEPT`. See [`union`](Self::union).
    pub fn except<Q>(self, other: Select<T, DB, Q>) -> Select<T, DB, Both<O, Q>>
    where
        O: Union<Q>,
    {
        self.with_rows_of(SetOperator::Except, other)
    }

    /// A query of the rows of this one: what follows filters, orders and groups the rows that its limit or
    /// [`distinct_on`](Self::distinct_on) has left.
    ///
    /// # Examples
    ///
    /// The latest reading of each device, those of the highest value first:
    ///
    /// ```
    /// use orm::prelude::*;
    ///
    /// #[derive(Table)]
    /// struct Reading {
    ///     #[column(primary_key)]
    ///     id: i64,
    ///     device: i64,
    ///     value: i64,
    /// }
    ///
    /// let latest = Reading::select().distinct_on(Reading::DEVICE).order_by(Reading::ID.desc());
    /// let query = latest.derived().filter(Reading::VALUE.gt(10)).order_by(Reading::VALUE.desc());
    /// assert_eq!(
    ///     query.to_sql::<Postgres>(),
    ///     r#"SELECT "id", "device", "value" FROM (SELECT DISTINCT ON ("device") "id", "device", "value" FROM "readings" ORDER BY "device", "id" DESC) AS "readings" WHERE "value" > $1 ORDER BY "value" DESC"#,
    /// );
    /// ```
    pub fn derived(self) -> Self {
        let Query { node, values } = self.query;
        Self::of_rows(Derived::Query(Box::new(node)), values)
    }

    /// The rows of this query and, again and again, the rows of the table that belong to one found before:
    /// `WITH RECURSIVE`. Each row comes once, so that a circle comes to an end.
    ///
    /// The closure gets the columns of a row that was found, and those of the next one.
    ///
    /// # Errors
    ///
    /// As [`union`](Self::union).
    ///
    /// # Examples
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> orm::Result<()> {
    /// use orm::prelude::*;
    ///
    /// #[derive(Table)]
    /// #[table(name = "categories")]
    /// struct Category {
    ///     #[column(primary_key)]
    ///     id: i64,
    ///     parent_id: Option<i64>,
    /// }
    ///
    /// let db = orm::connect("sqlite::memory:").await?;
    /// orm::create_tables!(&db, Category).await?;
    /// [(1, None), (2, Some(1)), (3, Some(2)), (4, None)]
    ///     .map(|(id, parent_id)| Category { id, parent_id })
    ///     .insert()
    ///     .execute(&db)
    ///     .await?;
    ///
    /// let below = Category::select()
    ///     .filter(Category::ID.eq(1))
    ///     .recursive(|(found, next)| next.parent_id.eq(found.id))
    ///     .order_by(Category::ID)
    ///     .fetch_all(&db)
    ///     .await?;
    /// assert_eq!(below.iter().map(|category| category.id).collect::<Vec<_>>(), [1, 2, 3]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn recursive(self, next: impl FnOnce(Pair<T>) -> Filter<Named<(T, T)>, DB>) -> Self {
        let Query { node, mut values } = self.query;
        let on = next(<(T, T)>::COLUMNS).expr_beside(&mut values);
        let mut step = Query::<DB>::of(table_ref::<T>()).node;
        step.derived = Some(Derived::Found);
        step.joins.push(Join {
            kind: JoinKind::Inner,
            table: table_ref::<T>(),
            on: Some(on),
        });
        let columns = 0..T::DEF.columns.len();
        let columns = columns.map(|at| Expr::Column(Qualifier::Source(1), at));
        step.projection = Projection::Exprs(columns.collect());
        Self::of_rows(Derived::Recursive(Box::new(node), Box::new(step)), values)
    }

    fn with_rows_of<Q>(
        self,
        operator: SetOperator,
        other: Select<T, DB, Q>,
    ) -> Select<T, DB, Both<O, Q>>
    where
        O: Union<Q>,
    {
        let Query { node, mut values } = self.query;
        let second = other.query.node.shifted(values.len());
        values.extend(other.query.values);
        Select::of_rows(
            Derived::Set(operator, Box::new(node), Box::new(second)),
            values,
        )
    }

    fn of_rows(derived: Derived, values: Values<DB>) -> Self {
        let mut query = Query::of(table_ref::<T>());
        query.node.derived = Some(derived);
        query.values = values;
        Self::of(query)
    }
}
