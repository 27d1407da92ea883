//! What is the same for every database of sqlx, written once for each.
//!
//! Not one generic impl: sqlx's bounds on a generic database hide that its futures can be sent, and ours
//! promise it.

/// Makes a database of sqlx a backend.
///
/// `$any` is its dialect as far as it is known without a connection, `$dialect` the one of a connection.
macro_rules! database {
    (
        $database:ident, $arguments:ident, $row:ident,
        any: $any:expr,
        of: |$connection:ident| $dialect:expr,
        errors_end_transactions: $errors_end_transactions:literal,
        is_remote: $is_remote:literal,
        query: |$text:ident, $values:ident| $query:expr,
        keeps_statements: |$kept:ident, $pool:ident| $keeps_statements:expr,
        gathered: $gathered:ty,
        copy: |$lease:ident, $sql:ident, $next:ident| $copy:expr,
        look_after: |$failed:ident| $look_after:expr,
        has_ended: |$ended:ident| $has_ended:expr $(,)?
    ) => {
        use std::future::{Future, ready};
        use std::sync::Arc;

        use futures_core::future::BoxFuture;
        use futures_core::stream::BoxStream;
        use futures_util::future::Either;
        use futures_util::{StreamExt, TryFutureExt, TryStreamExt};
        use sqlx::{Column, Database, Executor, Pool, Row};
        use sqlx_core::transaction::TransactionManager;

        use super::{BYTES_OF_A_VALUE, Counted, Lease, Session, script};
        use crate::backend::{Backend, Connection, Health, sealed::Sealed};
        use crate::dialect::Dialect;
        use crate::error::Complaint;
        use crate::error::{is_raised_within, is_stale, is_surely_stale};

        impl Sealed for $database {}

        /// A statement for sqlx.
        #[inline]
        fn query(
            $text: Arc<str>,
            $values: $arguments,
            is_kept: bool,
        ) -> sqlx::query::Query<'static, $database, <$database as sqlx::Database>::Arguments> {
            $query.persistent(is_kept)
        }

        impl Backend for $database {
            type Live = ();
            type Arguments = $arguments;
            type Row = $row;
            type Connection<'c> = Lease<'c, Self>;
            type Session = Session<Self>;
            type Gathered = $gathered;

            fn with_arrays() -> Option<()> {
                let capabilities = Self::dialect(()).capabilities();
                capabilities.has_arrays.then_some(())
            }

            #[inline]
            fn arguments((): ()) -> $arguments {
                $arguments::default()
            }

            #[inline]
            fn reserve(to: &mut $arguments, values: usize) {
                to.reserve(values, values * BYTES_OF_A_VALUE);
            }

            fn number(to: &mut $arguments, value: i64) -> Result<(), Complaint> {
                to.add(value)
            }

            fn width(row: &$row) -> usize {
                row.len()
            }

            fn column(row: &$row, at: usize) -> Option<&str> {
                row.columns().get(at).map(Column::name)
            }

            fn place(row: &$row, name: &str) -> Option<usize> {
                sqlx::ColumnIndex::index(&name, row).ok()
            }

            fn is_null(row: &$row, at: usize) -> sqlx::Result<bool> {
                Ok(sqlx::ValueRef::is_null(&row.try_get_raw(at)?))
            }

            fn count(row: &$row, at: usize) -> sqlx::Result<i64> {
                row.try_get(at)
            }

            fn flag(row: &$row, at: usize) -> sqlx::Result<bool> {
                row.try_get(at)
            }

            fn text(row: &$row, at: usize) -> sqlx::Result<Option<String>> {
                row.try_get(at)
            }

            fn dialect((): ()) -> &'static dyn Dialect {
                $any
            }
        }

        impl Counted for $database {
            fn run(
                connection: &mut Self::Connection,
                sql: String,
            ) -> BoxFuture<'_, sqlx::Result<()>> {
                Box::pin(connection.execute(script(sql)).map_ok(drop))
            }

            fn keeps_statements($kept: &Self::Connection, $pool: &Pool<Self>) -> bool {
                $keeps_statements
            }

            fn has_ended($ended: &mut Self::Connection) -> BoxFuture<'_, bool> {
                Box::pin($has_ended)
            }

            fn mend(connection: &mut Self::Connection) -> BoxFuture<'_, sqlx::Result<()>> {
                Box::pin(async move {
                    // What has ended cannot be rolled back.
                    Self::has_ended(&mut *connection).await;
                    while sqlx::Connection::is_in_transaction(&*connection) {
                        <Self as Database>::TransactionManager::rollback(&mut *connection).await?;
                    }
                    Ok(())
                })
            }
        }

        impl Connection for Lease<'_, $database> {
            type Backend = $database;

            fn dialect(&self) -> &'static dyn Dialect {
                let $connection: &Self = self;
                $dialect
            }

            fn begin(&mut self) -> impl Future<Output = sqlx::Result<Lease<'_, $database>>> + Send {
                let keeps = self.keeps_statements();
                scope::begin(self).map_ok(move |scope| Lease::Nested(scope.keeping(keeps)))
            }

            fn commit(self) -> impl Future<Output = sqlx::Result<()>> + Send {
                match self {
                    Self::Nested(nested) => Either::Left(scope::commit(nested)),
                    Self::Pooled(_) | Self::Borrowed(_) | Self::Shared(_) => {
                        Either::Right(ready(Ok(())))
                    }
                }
            }

            fn note(&self, health: Health) {
                if let Self::Shared(shared) = self {
                    shared.session().note(health);
                }
            }

            fn is_own(&self) -> bool {
                matches!(self, Self::Pooled(_))
            }

            fn is_outside(&self) -> bool {
                match self {
                    Self::Pooled(_) => true,
                    Self::Borrowed(connection) => {
                        !sqlx::Connection::is_in_transaction(&**connection)
                    }
                    Self::Shared(_) | Self::Nested(_) => false,
                }
            }

            fn is_whole(&self) -> bool {
                match self {
                    Self::Pooled(_) => true,
                    Self::Borrowed(_) | Self::Shared(_) => false,
                    Self::Nested(nested) => nested.is_whole(),
                }
            }

            fn set_streaming(&mut self) {
                if let Self::Shared(shared) = self {
                    shared.set_streaming();
                }
            }

            fn look_after(&mut self) -> BoxFuture<'_, ()> {
                let $failed = self;
                Box::pin($look_after)
            }

            fn set_midway(&mut self, is_midway: bool) {
                // A database in memory would be closed with its connection, and has no messages.
                match self {
                    Self::Pooled(pooled) if $is_remote => pooled.set_midway(is_midway),
                    Self::Shared(shared) if $is_remote => shared.session().set_midway(is_midway),
                    _ => {}
                }
            }

            fn set_answered(&mut self) {
                // SQLite has nothing to ask for.
                if let Self::Pooled(pooled) = self
                    && $is_remote
                {
                    pooled.set_answered();
                }
            }

            fn can_send_again(&self) -> bool {
                $is_remote && matches!(self, Self::Pooled(_))
            }

            fn close(&mut self) {
                if let Self::Pooled(pooled) = self {
                    pooled.close();
                }
            }

            fn errors_end_transactions(&self) -> bool {
                $errors_end_transactions
            }

            fn run_script(&mut self, sql: String) -> impl Future<Output = sqlx::Result<()>> + Send {
                async move {
                    let sent = script(sql).execute(&mut **self).await;
                    if sent.is_err() {
                        self.look_after().await;
                    }
                    sent.map(drop)
                }
            }

            #[inline]
            fn execute_first(
                &mut self,
                sql: Arc<str>,
                arguments: $arguments,
            ) -> impl Future<Output = sqlx::Result<u64>> + Send {
                let query = query(sql, arguments, self.keeps_statements());
                async move {
                    let sent = (&mut **self).execute(query).await;
                    if sent.is_err() {
                        self.look_after().await;
                    }
                    sent.map(|done| done.rows_affected())
                }
            }

            #[inline]
            fn fetch_first(
                &mut self,
                sql: Arc<str>,
                arguments: $arguments,
            ) -> impl Future<Output = sqlx::Result<Option<$row>>> + Send {
                let query = query(sql, arguments, self.keeps_statements());
                (&mut **self).fetch_optional(query)
            }

            fn heal(&mut self, error: &sqlx::Error) -> BoxFuture<'_, ()> {
                if is_surely_stale(error) && is_raised_within(error) {
                    self.close();
                }
                Box::pin(async move {
                    // A connection that fails at this is broken, and tells whoever uses it next.
                    sqlx::Connection::clear_cached_statements(&mut **self)
                        .await
                        .ok();
                })
            }

            fn fetch_all(
                &mut self,
                sql: Arc<str>,
                arguments: $arguments,
            ) -> impl Future<Output = sqlx::Result<Vec<$row>>> + Send {
                let query = query(sql, arguments, self.keeps_statements());
                async move {
                    let sent = (&mut **self).fetch_all(query).await;
                    if let Err(error) = &sent {
                        if is_stale(error) {
                            self.heal(error).await;
                        }
                        self.look_after().await;
                    }
                    sent
                }
            }

            fn fetch(
                &mut self,
                sql: Arc<str>,
                arguments: $arguments,
            ) -> BoxStream<'_, sqlx::Result<$row>> {
                Box::pin(async_stream::stream! {
                    let query = query(sql, arguments, self.keeps_statements());
                    let mut rows = (&mut **self).fetch(query);
                    let mut broken = None;
                    while let Some(row) = rows.next().await {
                        match row {
                            Ok(row) => yield Ok(row),
                            Err(error) => {
                                broken = Some(error);
                                break;
                            }
                        }
                    }
                    drop(rows);
                    if let Some(error) = broken {
                        if is_stale(&error) {
                            self.heal(&error).await;
                        }
                        self.look_after().await;
                        yield Err(error);
                    }
                })
            }

            fn fetch_each(
                &mut self,
                sql: Arc<str>,
                arguments: $arguments,
                each: &mut (dyn FnMut($row) + Send),
            ) -> impl Future<Output = sqlx::Result<()>> + Send {
                let query = query(sql, arguments, self.keeps_statements());
                async move {
                    let rows = (&mut **self).fetch(query);
                    let sent = rows
                        .try_for_each(|row| {
                            each(row);
                            ready(Ok(()))
                        })
                        .await;
                    if let Err(error) = &sent {
                        if is_stale(error) {
                            self.heal(error).await;
                        }
                        self.look_after().await;
                    }
                    sent
                }
            }

            fn copy(
                &mut self,
                sql: Arc<str>,
                next: &mut (dyn FnMut(&mut Vec<u8>) -> bool + Send),
            ) -> impl Future<Output = sqlx::Result<()>> + Send {
                let ($lease, $sql, $next) = (&mut **self, sql, next);
                $copy
            }
        }
    };
}

pub(super) use database;
