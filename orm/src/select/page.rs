//! Rows page by page.

use std::fmt;

use futures_core::future::BoxFuture;

use super::cursor::{Cursor, CursorKey, CursorOrder, CursorTerms, OrderOf, Term};
use super::query::Query;
use crate::backend::Backend;
use crate::dialect::Dialect;
use crate::driver::Db;
use crate::error::{Error, Result};
use crate::exec::{self, Reads};
use crate::render;
use crate::statement::also;
use crate::stmt::{Comparison, Expr, Order, Projection, Qualifier, Slot};
use crate::table::Table;
use crate::table::column::{Column, ColumnMeta};
use crate::table::key::{HasPrimaryKey, KeyMeta};
use crate::value::Reader;

/// A query that is read page by page: what [`paginate`](super::Select::paginate) gives.
///
/// A page begins behind the last row of the one before, which the database finds by an index, however far it
/// is; with an offset it would count all rows before it. The primary key is always the last term of the
/// order, so that no row is left out or seen twice, whatever is inserted between two pages.
///
/// The order is never `NULL`, since nothing is behind that: of a column that may be, say what stands for it, as in
/// `paginate(Message::READ_AT.coalesce(0).desc())`.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// use orm::{Cursor, prelude::*};
///
/// #[derive(Table)]
/// #[table(insert = NewMessage, index(sent_at, id))]
/// struct Message {
///     #[column(primary_key, auto)]
///     id: i64,
///     sent_at: i64,
/// }
///
/// let db = orm::connect("sqlite::memory:").await?;
/// orm::create_tables!(&db, Message).await?;
/// [3, 1, 2, 2].map(|sent_at| NewMessage { sent_at }).insert().execute(&db).await?;
///
/// let newest = Message::select().paginate(Message::SENT_AT.desc()).limit(3);
/// let first = newest.clone().fetch_page(&db).await?;
/// assert_eq!(first.rows.iter().map(|message| message.id).collect::<Vec<_>>(), [1, 4, 3]);
///
/// // A cursor goes to the client and comes back as text.
/// let token = first.next.map(|cursor| cursor.to_string());
/// let cursor: Option<Cursor<Message>> = token.map(|token| token.parse()).transpose()?;
/// let second = newest.after(cursor).fetch_page(&db).await?;
/// assert_eq!(second.rows[0].id, 2);
/// assert!(second.next.is_none());
/// # Ok(())
/// # }
/// ```
#[must_use = "a query does nothing until it is executed: end it with `fetch_page`"]
pub struct Paginated<T, DB: Backend = Db> {
    query: Query<DB>,
    terms: Vec<Term<DB>>,
    after: Option<Cursor<T>>,
    limit: u64,
}

/// Some rows of a query, and where the next ones begin.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Where the next page begins; `None` when this one is the last.
    pub next: Option<Cursor<T>>,
}

/// So many rows make a page, unless told.
const ROWS: u64 = 50;

impl<T: Table, DB: Backend> Paginated<T, DB> {
    pub(super) fn new<O>(query: Query<DB>, order: O) -> Self
    where
        O: CursorOrder<T, DB>,
        T: HasPrimaryKey<Key: KeyMeta<Columns: CursorKey<DB>>>,
    {
        let mut terms = Vec::new();
        order.terms(&mut terms);
        let descending = terms.last().is_some_and(|term| term.descending);
        <<T::Key as KeyMeta>::Columns as CursorKey<DB>>::terms(descending, &mut terms);
        Self {
            query,
            terms,
            after: None,
            limit: ROWS,
        }
    }

    /// Only the rows behind this one; from the first where there is none.
    pub fn after(mut self, cursor: impl Into<Option<Cursor<T>>>) -> Self {
        self.after = cursor.into();
        self
    }

    /// So many rows make a page, 50 unless told.
    pub fn limit(mut self, rows: u64) -> Self {
        self.limit = rows.max(1);
        self
    }

    /// Runs the query; the rows of one page, and where the next one begins.
    ///
    /// # Errors
    ///
    /// What the database refuses, and [`ErrorKind::Data`](crate::ErrorKind::Data) for a cursor that is of
    /// another order.
    pub fn fetch_page<'c, E: Reads<'c, T, Backend = DB> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Page<T>>> {
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let terms = self.terms.clone();
        let dialect = DB::dialect(on.live());
        let query = self.query(dialect);
        let ready = query.and_then(|query| query.ready(&on, render::select));
        let rows = exec::fetch_raw(on, ready);
        Box::pin(async move {
            let rows = rows.await?;
            let read = |row: &DB::Row| {
                let about = |error: Error| error.of_table(&T::DEF.name);
                E::load(&mut Reader::new(row)).map_err(about)
            };
            let next = if rows.len() > limit {
                let mut reader = Reader::new(&rows[limit - 1]);
                reader.skip(T::DEF.columns.len());
                let order = OrderOf {
                    table: T::DEF,
                    terms: &terms,
                    dialect,
                };
                Some(Cursor::read(&order, &mut reader)?)
            } else {
                None
            };
            let rows = rows.iter().take(limit).map(read).collect::<Result<_>>()?;
            Ok(Page { rows, next })
        })
    }

    /// The query of one page and one row more, which tells whether there is another page.
    fn query(self, dialect: &dyn Dialect) -> Result<Query<DB>> {
        let Self {
            mut query,
            terms,
            after,
            limit,
        } = self;
        let by = |term: &Term<DB>| Order {
            by: term.expr_beside(&mut query.values),
            descending: term.descending,
            nulls_first: None,
        };
        let by: Vec<Order> = terms.iter().map(by).collect();
        if let Some(cursor) = after {
            let order = OrderOf {
                table: T::DEF,
                terms: &terms,
                dialect,
            };
            let first = query.values.len();
            query.values.extend(cursor.values(&order)?);
            also(&mut query.node.filter, behind(&by, first));
        }
        let row = (0..T::DEF.columns.len()).map(|at| Expr::Column(Qualifier::Row, at));
        let read = by.iter().map(|term| term.by.clone());
        query.node.projection = Projection::Exprs(row.chain(read).collect());
        query.node.order.extend(by);
        query.node.limit = Some(limit.saturating_add(1));
        Ok(query)
    }
}

/// A row comes behind the values that begin at a slot.
fn behind(by: &[Order], slot: Slot) -> Expr {
    let Some((first, rest)) = by.split_first() else {
        return Expr::Or(Vec::new());
    };
    let comparison = if first.descending {
        Comparison::Less
    } else {
        Comparison::Greater
    };
    // In one direction it is one comparison, which an index on all of them answers.
    if rest.iter().all(|term| term.descending == first.descending) {
        let terms = by.iter().map(|term| term.by.clone()).collect();
        let values = (slot..slot + by.len()).map(Expr::Bind).collect();
        return Expr::Tuple(terms).compare(comparison, Expr::Tuple(values));
    }
    let with = |comparison| first.by.clone().compare(comparison, Expr::Bind(slot));
    let (further, same) = (with(comparison), with(Comparison::Equal));
    further.or(same.and(behind(rest, slot + 1)))
}

/// The columns of the primary key.
impl<DB: Backend, C, Rest> CursorKey<DB> for (C, Rest)
where
    C: ColumnMeta,
    Column<C>: CursorTerms<C::Table, DB>,
    Rest: CursorKey<DB>,
{
    fn terms(descending: bool, to: &mut Vec<Term<DB>>) {
        let start = to.len();
        Column::<C>::NEW.terms(to);
        for term in &mut to[start..] {
            term.descending = descending;
        }
        Rest::terms(descending, to);
    }
}

impl<T, DB: Backend> Clone for Paginated<T, DB> {
    fn clone(&self) -> Self {
        Self {
            query: self.query.clone(),
            terms: self.terms.clone(),
            after: self.after.clone(),
            limit: self.limit,
        }
    }
}

impl<T, DB: Backend> fmt::Debug for Paginated<T, DB> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.query.fmt(f)
    }
}
