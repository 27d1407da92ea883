//! What only a query of a single table has.

use super::cursor::{CursorKey, CursorOrder};
use super::{DistinctOn, LoadStruct, Paginated, Projected, Select};
use crate::backend::Backend;
use crate::stmt::Distinct;
use crate::table::Table;
use crate::table::key::{HasPrimaryKey, KeyMeta};

impl<T: Table, DB: Backend, O> Select<T, DB, O> {
    /// Of the rows that are alike in these columns only the first, in the order of the query: the latest
    /// reading of each device. The rows come ordered by these columns.
    ///
    /// # Examples
    ///
    /// ```
    /// use orm::prelude::*;
    ///
    /// #[derive(Table)]
    /// struct Reading {
    ///     #[column(primary_key)]
    ///     id: i64,
    ///     device: i64,
    ///     at: i64,
    /// }
    ///
    /// let latest = Reading::select().distinct_on(Reading::DEVICE).order_by(Reading::AT.desc());
    /// assert_eq!(
    ///     latest.to_sql::<Postgres>(),
    ///     r#"SELECT DISTINCT ON ("device") "id", "device", "at" FROM "readings" ORDER BY "device", "at" DESC"#,
    /// );
    /// ```
    pub fn distinct_on<C: DistinctOn<T>>(mut self, _columns: C) -> Self {
        let mut positions = Vec::new();
        C::positions(&mut positions);
        self.query.node.distinct = Distinct::On(positions);
        self
    }

    /// Selects the columns of a struct with [`derive(Row)`](derive@crate::Row) instead of the whole row.
    pub fn rows<R: LoadStruct<DB, Table = T>>(self) -> Projected<T, R, DB, O> {
        Projected::of_struct(self.query)
    }

    /// Page by page, in this order and then in that of the primary key: see [`Paginated`].
    pub fn paginate<B: CursorOrder<T, DB>>(self, order: B) -> Paginated<T, DB>
    where
        T: HasPrimaryKey<Key: KeyMeta<Columns: CursorKey<DB>>>,
    {
        Paginated::new(self.query, order)
    }
}
