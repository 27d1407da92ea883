//! SQL of one's own: a text in which names are checked and values are bound.

use std::fmt;
use std::marker::PhantomData;

use futures_core::future::BoxFuture;

use crate::backend::Backend;
use crate::error::{Error, ErrorKind, Result};
use crate::exec::{self, Executor, Ready};
use crate::expr::Literal;
use crate::render;
use crate::schema::TableDef;
use crate::select::LoadStruct;
use crate::stmt::{Of, Piece};
use crate::table::column::{Column, ColumnMeta};
use crate::table::{Load, Table};
use crate::value::{Binder, Read, Reader, Supply};

/// A statement of one's own: what [`sql!`](crate::sql!) makes.
///
/// What comes back is read into whatever the program asks for. A table's struct, and a struct with
/// [`derive(Row)`](derive@crate::Row), are read by the names of columns, in upper and lower case as the database
/// gives them: each column of the struct has to be there once, and columns that the struct does not have are not
/// read. A tuple, and a single value, are read by position, and take all columns.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// use orm::prelude::*;
///
/// #[derive(Table)]
/// struct City {
///     #[column(primary_key)]
///     name: String,
///     inhabitants: i64,
/// }
///
/// let db = orm::connect("sqlite::memory:").await?;
/// orm::create_tables!(&db, City).await?;
/// City { name: "Rome".to_owned(), inhabitants: 2_800_000 }.insert().execute(&db).await?;
///
/// let least = 1_000_000;
/// let cities: Vec<City> =
///     orm::sql!("SELECT {City.*} FROM {City} WHERE {City::INHABITANTS} >= {least}")
///         .fetch_all(&db)
///         .await?;
/// assert_eq!(cities[0].name, "Rome");
///
/// let (cities, inhabitants): (i64, i64) =
///     orm::sql!("SELECT count(*), CAST(sum({City::INHABITANTS}) AS BIGINT) FROM {City}")
///         .fetch_one(&db)
///         .await?;
/// assert_eq!((cities, inhabitants), (1, 2_800_000));
/// # Ok(())
/// # }
/// ```
#[must_use = "a statement does nothing until it is executed: end it with `execute`, `fetch_all`, `fetch_optional` or `fetch_one`"]
pub struct Sql<X = ()> {
    pieces: Vec<Piece>,
    values: X,
    table: Option<&'static TableDef>,
}

/// A value of the caller's, behind those before it.
#[doc(hidden)]
pub struct Given<'q, X, V: ?Sized>(X, &'q V);

/// Values that can be bound on a backend.
#[doc(hidden)]
pub trait BindGiven<DB: Backend> {
    /// Binds them.
    fn bind_given(&self, to: &mut Binder<DB>);
}

impl<DB: Backend> BindGiven<DB> for () {
    fn bind_given(&self, _: &mut Binder<DB>) {}
}

impl<DB: Backend, X: BindGiven<DB>, V: Supply<DB>> BindGiven<DB> for Given<'_, X, V> {
    fn bind_given(&self, to: &mut Binder<DB>) {
        self.0.bind_given(to);
        to.put(self.1);
    }
}

/// What a row of SQL of one's own can be read into: a table's struct, a struct with
/// [`derive(Row)`](derive@crate::Row), a tuple, or a value of a basic type.
///
/// `As` only tells the cases apart, so that the compiler finds the one that fits.
#[diagnostic::on_unimplemented(
    message = "a row cannot be read from `{DB}` into `{Self}`",
    label = "not a row",
    note = "read it into a struct with `#[derive(Table)]` or `#[derive(Row)]`, a tuple, or a value of a basic type"
)]
pub trait SqlRow<DB: Backend, As>: Sized {
    /// Reads one.
    #[doc(hidden)]
    fn read_row(row: &mut Reader<'_, DB>) -> Result<Self>;
}

/// A table's struct.
#[doc(hidden)]
#[derive(Debug)]
pub struct AsTable;

/// A struct of some columns.
#[doc(hidden)]
#[derive(Debug)]
pub struct AsStruct;

/// A tuple.
#[doc(hidden)]
#[derive(Debug)]
pub struct AsTuple;

/// A value.
#[doc(hidden)]
#[derive(Debug)]
pub struct AsOneValue<V>(PhantomData<V>);

#[diagnostic::do_not_recommend]
impl<DB: Backend, T: Load<DB>> SqlRow<DB, AsTable> for T {
    fn read_row(row: &mut Reader<'_, DB>) -> Result<T> {
        row.by_name(T::NAMES.columns)?;
        T::load(row)
    }
}

#[diagnostic::do_not_recommend]
impl<DB: Backend, R: LoadStruct<DB>> SqlRow<DB, AsStruct> for R {
    fn read_row(row: &mut Reader<'_, DB>) -> Result<R> {
        row.by_name(R::NAMES)?;
        R::load(row)
    }
}

#[diagnostic::do_not_recommend]
impl<DB: Backend, V: Literal + Read<DB>> SqlRow<DB, AsOneValue<()>> for V {
    fn read_row(row: &mut Reader<'_, DB>) -> Result<V> {
        check_width(row, 1)?;
        row.take()
    }
}

#[diagnostic::do_not_recommend]
impl<DB: Backend, V: Literal + Read<DB>> SqlRow<DB, AsOneValue<Option<()>>> for Option<V>
where
    Self: Read<DB>,
{
    fn read_row(row: &mut Reader<'_, DB>) -> Result<Self> {
        check_width(row, 1)?;
        row.take()
    }
}

macro_rules! tuples {
    ($first:ident $($rest:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<DB: Backend, $first: Read<DB>, $($rest: Read<DB>),*> SqlRow<DB, AsTuple>
            for ($first, $($rest),*)
        {
            fn read_row(row: &mut Reader<'_, DB>) -> Result<Self> {
                check_width(row, [stringify!($first), $(stringify!($rest)),*].len())?;
                Ok((row.take::<$first>()?, $(row.take::<$rest>()?),*))
            }
        }
    };
}

for_tuples!(tuples);

impl Sql {
    /// Nothing yet.
    #[doc(hidden)]
    pub fn new() -> Self {
        Self {
            pieces: Vec::new(),
            values: (),
            table: None,
        }
    }
}

impl<X> Sql<X> {
    /// A piece of SQL.
    #[doc(hidden)]
    pub fn push(mut self, sql: &'static str) -> Self {
        self.pieces.push(Piece::Sql(sql));
        self
    }

    /// The name of a table.
    #[doc(hidden)]
    pub fn table<T: Table>(mut self) -> Self {
        self.pieces.push(Piece::Table(T::DEF));
        self.table.get_or_insert(T::DEF);
        self
    }

    /// The names of all columns of a table.
    #[doc(hidden)]
    pub fn columns<T: Table>(mut self, of: Of) -> Self {
        self.pieces.push(Piece::Columns(T::DEF, of));
        self
    }

    /// The name of a column.
    #[doc(hidden)]
    pub fn column<C: ColumnMeta>(mut self, column: Column<C>, of: Of) -> Self {
        let (table, name) = (C::Table::DEF, column.name());
        self.pieces.push(Piece::Column(table, name, of));
        self
    }

    /// A value.
    #[doc(hidden)]
    pub fn bind<V: ?Sized>(mut self, value: &V) -> Sql<Given<'_, X, V>> {
        self.pieces.push(Piece::Bind);
        Sql {
            pieces: self.pieces,
            values: Given(self.values, value),
            table: self.table,
        }
    }

    /// Runs the statement; how many rows it wrote.
    ///
    /// # Errors
    ///
    /// What the database refuses.
    pub fn execute<'c, E: Executor<'c> + 'c>(self, on: E) -> BoxFuture<'c, Result<u64>>
    where
        X: BindGiven<E::Backend>,
    {
        let ready = self.ready(&on);
        exec::execute(on, ready)
    }

    /// Runs the statement; all its rows.
    ///
    /// # Errors
    ///
    /// What the database refuses, and [`ErrorKind::Decode`] for rows that are not what was asked for: a value
    /// of another type, a column of a struct that is missing or there twice, more or fewer columns than a tuple
    /// takes.
    pub fn fetch_all<'c, V, As, E>(self, on: E) -> BoxFuture<'c, Result<Vec<V>>>
    where
        E: Executor<'c> + 'c,
        V: SqlRow<E::Backend, As> + Send + 'c,
        X: BindGiven<E::Backend>,
    {
        let ready = self.ready(&on);
        exec::fetch_all(on, ready, V::read_row)
    }

    /// Runs the statement; its first row, where there is one.
    ///
    /// # Errors
    ///
    /// As [`fetch_all`](Self::fetch_all).
    pub fn fetch_optional<'c, V, As, E>(self, on: E) -> BoxFuture<'c, Result<Option<V>>>
    where
        E: Executor<'c> + 'c,
        V: SqlRow<E::Backend, As> + Send + 'c,
        X: BindGiven<E::Backend>,
    {
        let ready = self.ready(&on);
        exec::fetch_optional(on, ready, V::read_row)
    }

    /// Runs the statement; its first row.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] when it has none, else as [`fetch_all`](Self::fetch_all).
    pub fn fetch_one<'c, V, As, E>(self, on: E) -> BoxFuture<'c, Result<V>>
    where
        E: Executor<'c> + 'c,
        V: SqlRow<E::Backend, As> + Send + 'c,
        X: BindGiven<E::Backend>,
    {
        let first = self.fetch_optional(on);
        Box::pin(async move {
            first
                .await?
                .ok_or_else(|| Error::new(ErrorKind::NotFound, "the statement has no row"))
        })
    }

    /// The text that is sent to a database, without a connection to it.
    pub fn to_sql<DB: Backend<Live = ()>>(&self) -> String {
        render::pieces(&self.pieces, DB::dialect(()))
    }

    fn ready<'c, E>(&self, on: &E) -> Result<Ready<E::Backend>>
    where
        E: Executor<'c>,
        X: BindGiven<E::Backend>,
    {
        let live = on.live();
        let mut values = Binder::new(live);
        self.values.bind_given(&mut values);
        let text = render::pieces(&self.pieces, <E::Backend as Backend>::dialect(live));
        let none = TableDef::new("sql", &[], &[]);
        let table = self.table.unwrap_or(&none);
        Ready::new(table, Ok(text.into()), values, |_| None).map(Ready::of_caller)
    }
}

/// What is read by position takes all columns.
fn check_width<DB: Backend>(row: &Reader<'_, DB>, takes: usize) -> Result<()> {
    let has = row.width();
    if has == takes {
        return Ok(());
    }
    let message = format!("the statement gives {has} columns, and {takes} were asked for");
    Err(Error::new(ErrorKind::Decode, message))
}

impl<X, V: ?Sized> fmt::Debug for Given<'_, X, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Given").finish_non_exhaustive()
    }
}

impl<X> fmt::Debug for Sql<X> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Values stay out: it may end up in a log.
        f.debug_struct("Sql")
            .field("pieces", &self.pieces)
            .finish_non_exhaustive()
    }
}
