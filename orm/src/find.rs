//! One row by one of its keys.

use std::fmt;
use std::marker::PhantomData;

use futures_core::future::BoxFuture;

use crate::backend::Backend;
use crate::dialect::Dialect;
use crate::error::{Error, ErrorKind, Result};
use crate::exec::{self, Reads, Ready};
use crate::render;
use crate::schema::TableDef;
use crate::stmt::{Expr, Projection, Select};
use crate::table::key::{NamesColumns, Primary, UniqueKey};
use crate::table::record::Markers;
use crate::table::{SameTable, Table};
use crate::value::Binder;

mod value;

pub use value::{
    AsMany, BindKey, FoundBy, HasParts, KeyOf, KeyPart, KeyParts, OneValue, Owned, Reference, Text,
};

/// Gives every table its `get` and `find`.
pub trait FindRow: Table {
    /// The row of this primary key; of a composite one, the values as a tuple in the order of
    /// declaration.
    fn get<V: KeyOf<L, As>, L, As>(key: V) -> Find<Self, Primary<Self>, V, As>
    where
        Primary<Self>: NamesColumns<Named = L>,
    {
        Find {
            value: key,
            what: PhantomData,
        }
    }

    /// The row of this unique key: a column, a tuple of columns or the constant of a named key, and its
    /// value, or a tuple of them.
    ///
    /// # Compile errors
    ///
    /// When the columns are not a unique key of the table, or the value is not of their types.
    fn find<Q: FindKey<Self, K, L>, K, L, V: KeyOf<L, As>, As>(
        _key: Q,
        value: V,
    ) -> Find<Self, K, V, As> {
        Find {
            value,
            what: PhantomData,
        }
    }
}

impl<T: Table> FindRow for T {}

/// Names a unique key of the table: what [`find`](FindRow::find) takes. `K` is it again, and `L` the list of
/// its columns.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not name a unique key",
    label = "not a key",
    note = "name a unique column, a tuple of the columns of a key, or the constant of a key"
)]
pub trait FindKey<T, K, L> {}

impl<T, K> FindKey<T, K::Itself, K::Named> for K
where
    K: NamesColumns,
    K::Itself: UniqueKey,
    (): SameTable<T, <K::Itself as UniqueKey>::Table>,
{
}

/// Can look up a row of `T` by a `V`.
///
/// One bound on the executor for all of it, so that one mistake is one error.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a statement cannot run on `{Self}`",
    label = "not something to run statements on",
    note = "pass `&db`, `&pool`, `&tx`, `&mut connection` or, for a transaction of sqlx, `&mut *tx`"
)]
pub trait Seeks<'c, T, V, As>: Reads<'c, T> {
    /// Binds the value of the key.
    fn bind_key(value: &V, to: &mut Binder<Self::Backend>);
}

impl<'c, E: Reads<'c, T>, T, V: BindKey<As, E::Backend>, As> Seeks<'c, T, V, As> for E {
    #[inline]
    fn bind_key(value: &V, to: &mut Binder<E::Backend>) {
        value.bind_key(to);
    }
}

/// A look-up of one row by one of its keys.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// use orm::prelude::*;
///
/// #[derive(Table)]
/// #[table(insert = NewCity, unique(country, name))]
/// struct City {
///     #[column(primary_key, auto)]
///     id: i64,
///     country: String,
///     name: String,
/// }
///
/// let db = orm::connect("sqlite::memory:").await?;
/// orm::create_tables!(&db, City).await?;
/// let record = NewCity { country: "IT".to_owned(), name: "Rome".to_owned() };
/// let rome = record.insert().fetch_one(&db).await?;
///
/// assert!(City::get(rome.id).fetch_optional(&db).await?.is_some());
/// let found = City::find((City::COUNTRY, City::NAME), ("IT", "Rome")).fetch_one(&db).await?;
/// assert_eq!(found.id, rome.id);
/// # Ok(())
/// # }
/// ```
#[must_use = "a look-up does nothing until it is executed: end it with `fetch_optional` or `fetch_one`"]
pub struct Find<T, K, V, As> {
    value: V,
    what: PhantomData<fn() -> (T, K, As)>,
}

/// Stands for the statement in the cache of texts.
struct Shape<T, K>(PhantomData<(T, K)>);

impl<T: Table, K: 'static, V, As> Find<T, K, V, As> {
    /// Runs the look-up; the row, where there is one.
    ///
    /// # Errors
    ///
    /// What the database refuses; see [`ErrorKind`].
    pub fn fetch_optional<'c, E: Seeks<'c, T, V, As> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Option<T>>>
    where
        K: UniqueKey<Named: Markers>,
    {
        let ready = self.ready(&on);
        exec::fetch_optional(on, ready, E::load)
    }

    /// Runs the look-up; the row.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] when there is none, and what the database refuses.
    pub fn fetch_one<'c, E: Seeks<'c, T, V, As> + 'c>(self, on: E) -> BoxFuture<'c, Result<T>>
    where
        K: UniqueKey<Named: Markers>,
    {
        let found = self.fetch_optional(on);
        Box::pin(async move { found.await?.ok_or_else(|| no_row(T::DEF)) })
    }

    /// The text that is sent to a database, without a connection to it.
    pub fn to_sql<DB>(&self) -> String
    where
        DB: Backend<Live = ()>,
        K: UniqueKey<Named: Markers>,
    {
        render::select(&statement::<T, K>(), DB::dialect(())).text
    }

    #[inline]
    fn ready<'c, E>(&self, on: &E) -> Result<Ready<E::Backend>>
    where
        E: Seeks<'c, T, V, As>,
        K: UniqueKey<Named: Markers>,
    {
        let live = on.live();
        let mut values = Binder::new(live);
        values.reserve(1);
        E::bind_key(&self.value, &mut values);
        let text = text::<T, K>(<E::Backend as Backend>::dialect(live));
        Ready::new(T::DEF, text, values, K::Named::at)
    }
}

/// A row was asked for and there is none.
pub(crate) fn no_row(table: &TableDef) -> Error {
    Error::new(ErrorKind::NotFound, "there is no row of this key").of_table(&table.name)
}

fn text<T: Table, K: UniqueKey<Named: Markers> + 'static>(
    dialect: &dyn Dialect,
) -> Result<exec::Text> {
    exec::cached::<Shape<T, K>>(dialect, || {
        Ok(render::select(&statement::<T, K>(), dialect).text)
    })
}

fn statement<T: Table, K: UniqueKey<Named: Markers>>() -> Select {
    let mut columns = Vec::new();
    K::Named::positions(&mut columns);
    let filter = Expr::same_key(&T::DEF.keys[K::AT], &columns, |_| None);
    Select {
        filter,
        ..Select::of(T::DEF, Projection::Row)
    }
}

impl<T: Table, K, V, As> fmt::Debug for Find<T, K, V, As> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the value: a look-up may end up in a log.
        f.debug_struct("Find")
            .field("table", &T::DEF.name)
            .finish_non_exhaustive()
    }
}
