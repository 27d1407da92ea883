//! Arrays, which PostgreSQL has as a type of columns.

use std::sync::Arc;

use sqlx::Postgres;

use super::condition::bound;
use super::{Filter, IntoValues, Operand, Value};
use crate::stmt::{Comparison, Expr, Function};
use crate::value::Supply;

/// Conditions on columns that hold arrays of `Item`. PostgreSQL only: their type says so.
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
///     tags: Vec<String>,
/// }
///
/// let query = Post::select().filter(Post::TAGS.has("rust").and(!Post::TAGS.has_some(["draft"])));
/// assert_eq!(
///     query.to_sql::<Postgres>(),
///     r#"SELECT "id", "tags" FROM "posts" WHERE ($1 = ANY ("tags")) AND NOT ("tags" && $2)"#,
/// );
/// ```
pub trait Arrays<Item>: Operand<Bare = Vec<Item>> {
    /// The array has this element.
    fn has<V>(self, item: V) -> Filter<Self::Scope, Postgres>
    where
        V: Into<Item>,
        Item: Supply<Postgres> + Send + Sync + 'static,
        Self::Values: IntoValues<Postgres>,
    {
        let (array, mut values) = bound::<_, Postgres>(self);
        values.push(Arc::new(Value(item.into())));
        let item = Expr::Bind(values.len() - 1);
        Filter::new(
            Expr::Function(Function::ElementOf, vec![item, array]),
            values,
        )
    }

    /// The array has all of these elements.
    fn has_all<I>(self, items: I) -> Filter<Self::Scope, Postgres>
    where
        I: IntoIterator<Item: Into<Item>>,
        Vec<Item>: Supply<Postgres>,
        Item: Send + Sync + 'static,
        Self::Values: IntoValues<Postgres>,
    {
        with(self, Comparison::HasAll, items)
    }

    /// The array has one of these elements at least.
    fn has_some<I>(self, items: I) -> Filter<Self::Scope, Postgres>
    where
        I: IntoIterator<Item: Into<Item>>,
        Vec<Item>: Supply<Postgres>,
        Item: Send + Sync + 'static,
        Self::Values: IntoValues<Postgres>,
    {
        with(self, Comparison::HasSome, items)
    }
}

impl<Item, O: Operand<Bare = Vec<Item>>> Arrays<Item> for O {}

fn with<O, Item, I>(operand: O, comparison: Comparison, items: I) -> Filter<O::Scope, Postgres>
where
    O: Operand<Values: IntoValues<Postgres>>,
    I: IntoIterator<Item: Into<Item>>,
    Vec<Item>: Supply<Postgres>,
    Item: Send + Sync + 'static,
{
    let (array, mut values) = bound::<_, Postgres>(operand);
    let items: Vec<Item> = items.into_iter().map(Into::into).collect();
    values.push(Arc::new(Value(items)));
    let items = Expr::Bind(values.len() - 1);
    Filter::new(array.compare(comparison, items), values)
}
