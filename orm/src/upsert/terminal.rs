//! Where an upsert ends: it is made into a statement and run.

use futures_core::future::BoxFuture;

use super::Upsert;
use super::flow::{AlwaysARow, Flow};
use super::statement::{Closures, Complete, statement};
use super::target::Targeted;
use super::update::DoNothing;
use crate::backend::Backend;
use crate::dialect::Dialect;
use crate::error::Result;
use crate::exec::{self, Asked, Reads, Ready, Step, Text, Writes};
use crate::guard::{Guard, NoGuard};
use crate::record::{Names, Record};
use crate::render;
use crate::schema::TableDef;
use crate::stmt::{Expr, Returned};
use crate::table::Table;
use crate::value::Binder;

/// Can run an upsert of a record with closures.
///
/// One bound on the executor for all of it, so that the compiler takes the backend from it.
#[doc(hidden)]
pub trait Runs<'c, R, X>: Writes<'c, R> {
    /// Binds the values of the closures.
    fn bind_closures(closures: &X, to: &mut Binder<Self::Backend>);

    /// The guard of the closures.
    fn guard(closures: &X) -> Option<&Expr>;
}

impl<'c, E, R, X> Runs<'c, R, X> for E
where
    E: Writes<'c, R>,
    X: Closures<E::Backend>,
{
    fn bind_closures(closures: &X, to: &mut Binder<E::Backend>) {
        closures.bind(to);
    }

    fn guard(closures: &X) -> Option<&Expr> {
        closures.guard()
    }
}

/// Stands for the statement of an upsert in the cache of texts.
struct Shape<R, K, A, G, S>(std::marker::PhantomData<(R, K, A, G, S)>);

/// What comes back.
struct NoRow;
struct Row;
struct TellingRow;

trait Returns: 'static {
    fn returned(table: &TableDef) -> Vec<Returned>;
}

impl Returns for NoRow {
    fn returned(_: &TableDef) -> Vec<Returned> {
        Vec::new()
    }
}

impl Returns for Row {
    fn returned(table: &TableDef) -> Vec<Returned> {
        Returned::row(table)
    }
}

impl Returns for TellingRow {
    fn returned(table: &TableDef) -> Vec<Returned> {
        let mut returned = Row::returned(table);
        returned.push(Returned::Inserted);
        returned
    }
}

impl<R, K, A, G, F, X> Upsert<'_, R, K, A, G, F, X>
where
    R: Record,
    K: 'static,
    A: 'static,
    G: Guard + 'static,
{
    /// Runs the upsert; how many rows were written: 1, or 0 when the record was skipped.
    ///
    /// One statement, one round trip.
    ///
    /// # Errors
    ///
    /// What the database refuses; see [`ErrorKind`](crate::ErrorKind).
    pub fn execute<'c, E>(self, on: E) -> BoxFuture<'c, Result<u64>>
    where
        E: Runs<'c, R, X> + 'c,
        K: Targeted,
        A: Complete,
    {
        let ready = self.ready::<NoRow, _>(&on);
        exec::execute(on, ready)
    }

    /// Runs the upsert; the row as it is now.
    ///
    /// One statement, one round trip.
    ///
    /// # Errors
    ///
    /// What the database refuses; see [`ErrorKind`](crate::ErrorKind).
    pub fn fetch_one<'c, E>(self, on: E) -> BoxFuture<'c, Result<R::Table>>
    where
        E: Runs<'c, R, X> + Reads<'c, R::Table> + 'c,
        F: AlwaysARow,
        K: Targeted,
        A: Complete,
    {
        let ready = self.ready::<Row, _>(&on);
        exec::fetch_one(on, ready, <E as Reads<'c, R::Table>>::load)
    }

    /// Runs the upsert; the row as it is now, or `None` when the record was skipped.
    ///
    /// One statement, one round trip.
    ///
    /// # Errors
    ///
    /// What the database refuses; see [`ErrorKind`](crate::ErrorKind).
    pub fn fetch_optional<'c, E>(self, on: E) -> BoxFuture<'c, Result<Option<R::Table>>>
    where
        E: Runs<'c, R, X> + Reads<'c, R::Table> + 'c,
        K: Targeted,
        A: Complete,
    {
        let ready = self.ready::<Row, _>(&on);
        exec::fetch_optional(on, ready, <E as Reads<'c, R::Table>>::load)
    }

    /// Runs the upsert; what became of the record: inserted, updated, or skipped where it can be.
    ///
    /// One statement and one round trip on PostgreSQL. SQLite cannot tell the cases apart, so there it
    /// is up to two statements within a transaction, or a savepoint of the caller's.
    ///
    /// # Errors
    ///
    /// What the database refuses; see [`ErrorKind`](crate::ErrorKind).
    pub fn outcome<'c, E>(self, on: E) -> BoxFuture<'c, Result<F::Outcome<R::Table>>>
    where
        E: Runs<'c, R, X> + Reads<'c, R::Table> + 'c,
        F: Flow + 'c,
        F::Outcome<R::Table>: Send,
        K: Targeted,
        A: Complete,
    {
        let asked = self.asked(&on);
        exec::outcome(on, asked, |told| {
            F::outcome(told).ok_or_else(|| exec::no_row(&R::Table::DEF.name))
        })
    }

    /// The text that `execute` sends to a database, without a connection to it.
    ///
    /// # Examples
    ///
    /// ```
    /// use orm::prelude::*;
    ///
    /// #[derive(Table)]
    /// struct City {
    ///     #[column(primary_key)]
    ///     name: String,
    ///     inhabitants: i64,
    /// }
    ///
    /// let rome = City { name: "Rome".to_owned(), inhabitants: 2_800_000 };
    /// assert_eq!(
    ///     rome.upsert().on_conflict(City::NAME).update_all().to_sql::<Sqlite>(),
    ///     "INSERT INTO \"cities\" (\"name\", \"inhabitants\") VALUES (?1, ?2) \
    ///      ON CONFLICT (\"name\") DO UPDATE SET \"inhabitants\" = excluded.\"inhabitants\"",
    /// );
    /// ```
    pub fn to_sql<DB>(&self) -> String
    where
        DB: Backend<Live = ()>,
        K: Targeted,
        A: Complete,
        X: Closures<DB>,
    {
        let statement = statement::<R, K, A, G>(Vec::new(), self.closures.guard().cloned());
        render::insert(&statement, DB::dialect(()))
    }

    /// The statement with its values, ready to be sent.
    fn ready<'c, S, E>(&self, on: &E) -> Result<Ready<E::Backend>>
    where
        S: Returns,
        E: Runs<'c, R, X>,
        K: Targeted,
        A: Complete,
    {
        let dialect = <E::Backend as Backend>::dialect(on.live());
        let text = text::<R, K, A, G, S>(E::guard(&self.closures), dialect);
        Ready::new(R::Table::DEF, text, self.values(on, true), R::Columns::at)
    }

    /// The statements that tell what became of the record, with their values.
    fn asked<'c, E>(&self, on: &E) -> Result<Asked<E::Backend, R::Table>>
    where
        E: Runs<'c, R, X> + Reads<'c, R::Table>,
        K: Targeted,
        A: Complete,
    {
        let table = R::Table::DEF;
        let finish = |values: Binder<E::Backend>| values.finish_for(table, R::Columns::at);
        Ok(Asked {
            about: table.name.clone(),
            text: step::<R, K, A, G>,
            guard: E::guard(&self.closures).cloned(),
            upsert: (!A::KEEPS)
                .then(|| finish(self.values(on, true)))
                .transpose()?,
            insert: finish(self.values(on, false))?,
            load: <E as Reads<'c, R::Table>>::load,
        })
    }

    /// The values of the record, and those of the closures where they are asked for.
    fn values<'c, E>(&self, on: &E, with_closures: bool) -> Binder<E::Backend>
    where
        E: Runs<'c, R, X>,
    {
        let mut values = Binder::new(on.live());
        E::bind(self.record, &mut values);
        if with_closures {
            E::bind_closures(&self.closures, &mut values);
        }
        values
    }
}

/// The text of one of the statements that tell what became of the record.
fn step<R, K, A, G>(step: Step, guard: Option<&Expr>, dialect: &dyn Dialect) -> Result<Text>
where
    R: Record,
    K: Targeted + 'static,
    A: Complete + 'static,
    G: Guard + 'static,
{
    match step {
        Step::Telling => text::<R, K, A, G, TellingRow>(guard, dialect),
        Step::Insert => text::<R, K, DoNothing, NoGuard, Row>(None, dialect),
        Step::Upsert => text::<R, K, A, G, Row>(guard, dialect),
    }
}

/// The text of an upsert: kept, unless closures have a say in it.
fn text<R, K, A, G, S>(guard: Option<&Expr>, dialect: &dyn Dialect) -> Result<Text>
where
    R: Record,
    K: Targeted + 'static,
    A: Complete + 'static,
    G: Guard + 'static,
    S: Returns,
{
    let make = || {
        let returning = S::returned(R::Table::DEF);
        exec::insert(&statement::<R, K, A, G>(returning, guard.cloned()), dialect)
    };
    match guard {
        None => exec::cached::<Shape<R::Shape, K, A, G, S>>(dialect, make),
        Some(_) => make().map(Text::from),
    }
}
