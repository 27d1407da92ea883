//! Where an upsert ends: it is made into a statement and run.

use futures_core::future::BoxFuture;

use super::Upsert;
use super::closures::{Added, Closures};
use super::flow::{AlwaysARow, Flow};
use super::statement::Complete;
use super::target::Targeted;
use super::text::{
    NoRow, Returns, Row, insert_text, keeping_text, lookup_text, statement_for, step, text,
};
use super::version::GuardOf;
use crate::backend::Backend;
use crate::error::Result;
use crate::exec::{self, Asked, LoadRow, Lookup, Reads, Ready, Writes};
use crate::render;
use crate::table::Table;
use crate::table::guard::Guard;
use crate::table::record::{self, Record};
use crate::value::Binder;

/// Can run an upsert of a record with closures.
///
/// One bound on the executor for all of it, so that the compiler takes the backend from it.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a statement cannot run on `{Self}`",
    label = "not something to run statements on",
    note = "pass `&db`, `&pool`, `&tx`, `&mut connection` or, for a transaction of sqlx, `&mut *tx`"
)]
pub trait Runs<'c, R, X>: Writes<'c, R> {
    /// What the closures have added, and whether the text follows from the types alone.
    fn added(closures: &X) -> Added;

    /// Binds the values of the closures.
    fn bind_closures(closures: &X, to: &mut Binder<Self::Backend>);

    /// Binds the values of the record, and those of the closures where they are asked for.
    fn bind_all(&self, record: &R, closures: Option<&X>) -> Binder<Self::Backend>;

    /// Binds those values of the record that are said to be of the key.
    fn bind_key(&self, record: &R, in_key: Vec<bool>) -> Binder<Self::Backend>;
}

impl<'c, E, R, X> Runs<'c, R, X> for E
where
    E: Writes<'c, R>,
    X: Closures<E::Backend>,
{
    fn added(closures: &X) -> Added {
        Added::by(closures)
    }

    fn bind_closures(closures: &X, to: &mut Binder<E::Backend>) {
        closures.bind(to);
    }

    fn bind_all(&self, record: &R, closures: Option<&X>) -> Binder<E::Backend> {
        let mut values = Binder::new(self.live());
        E::bind(record, &mut values);
        if let Some(closures) = closures {
            Self::bind_closures(closures, &mut values);
        }
        values
    }

    fn bind_key(&self, record: &R, in_key: Vec<bool>) -> Binder<E::Backend> {
        let mut values = Binder::only(self.live(), in_key, 1);
        E::bind(record, &mut values);
        values
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
    pub fn execute<'c, E: Runs<'c, R, X> + 'c>(self, on: E) -> BoxFuture<'c, Result<u64>>
    where
        K: Targeted,
        A: Complete,
        G: GuardOf<R>,
    {
        let ready = self.ready::<NoRow, _>(&on);
        exec::execute(on, ready)
    }

    /// Runs the upsert; the row as it is now.
    ///
    /// One statement, one round trip; after `get_or_insert` a second one where the row is there.
    ///
    /// # Errors
    ///
    /// What the database refuses; see [`ErrorKind`](crate::ErrorKind).
    pub fn fetch_one<'c, E: Runs<'c, R, X> + Reads<'c, R::Table> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<R::Table>>
    where
        F: AlwaysARow,
        K: Targeted,
        A: Complete,
        G: GuardOf<R>,
    {
        self.one::<Row, _, _>(on, <E as Reads<'c, R::Table>>::load)
    }

    /// Runs the upsert; the row as it is now, or `None` when the record was skipped.
    ///
    /// One statement, one round trip.
    ///
    /// # Errors
    ///
    /// What the database refuses; see [`ErrorKind`](crate::ErrorKind).
    pub fn fetch_optional<'c, E: Runs<'c, R, X> + Reads<'c, R::Table> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Option<R::Table>>>
    where
        K: Targeted,
        A: Complete,
        G: GuardOf<R>,
    {
        self.optional::<Row, _, _>(on, <E as Reads<'c, R::Table>>::load)
    }

    /// Runs the upsert; what became of the record: inserted, updated, skipped where it can be, or found
    /// after `get_or_insert`.
    ///
    /// One statement and one round trip on PostgreSQL. Where one statement cannot tell the cases apart, it
    /// is up to three within a transaction, or a savepoint of the caller's: on SQLite, and before
    /// PostgreSQL 18 on partitioned tables and views.
    ///
    /// # Errors
    ///
    /// What the database refuses; see [`ErrorKind`](crate::ErrorKind).
    pub fn outcome<'c, E: Runs<'c, R, X> + Reads<'c, R::Table> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<F::Outcome<R::Table>>>
    where
        F: Flow + 'c,
        F::Outcome<R::Table>: Send,
        K: Targeted,
        A: Complete,
        G: GuardOf<R>,
    {
        self.told::<Row, _, _>(on, <E as Reads<'c, R::Table>>::load)
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
        let statement = statement_for::<R, K, A, G, NoRow>(&Added::by::<DB>(&self.closures));
        render::insert(&statement, DB::dialect(()))
    }

    /// Runs the upsert; what `load` reads of the row.
    pub(super) fn one<'c, S, T, E>(
        self,
        on: E,
        load: LoadRow<E::Backend, T>,
    ) -> BoxFuture<'c, Result<T>>
    where
        S: Returns,
        T: Send + 'c,
        E: Runs<'c, R, X> + 'c,
        K: Targeted,
        A: Complete,
    {
        if A::FINDS {
            let lookup = self.lookup::<S, _, _>(&on, load);
            return exec::found(on, lookup, |(_, row)| Ok(row));
        }
        let ready = self.ready::<S, _>(&on);
        exec::fetch_one(on, ready, load)
    }

    /// Runs the upsert; what `load` reads of the row, where there is one.
    pub(super) fn optional<'c, S, T, E>(
        self,
        on: E,
        load: LoadRow<E::Backend, T>,
    ) -> BoxFuture<'c, Result<Option<T>>>
    where
        S: Returns,
        T: Send + 'c,
        E: Runs<'c, R, X> + 'c,
        K: Targeted,
        A: Complete,
    {
        if A::FINDS {
            let lookup = self.lookup::<S, _, _>(&on, load);
            return exec::found(on, lookup, |(_, row)| Ok(Some(row)));
        }
        let ready = self.ready::<S, _>(&on);
        exec::fetch_optional(on, ready, load)
    }

    /// Runs the upsert; what became of the record, with what `load` reads of the row.
    pub(super) fn told<'c, S, T, E>(
        self,
        on: E,
        load: LoadRow<E::Backend, T>,
    ) -> BoxFuture<'c, Result<F::Outcome<T>>>
    where
        S: Returns,
        T: Send + 'c,
        E: Runs<'c, R, X> + 'c,
        F: Flow,
        F::Outcome<T>: 'c,
        K: Targeted,
        A: Complete,
    {
        if A::FINDS {
            let lookup = self.lookup::<S, _, _>(&on, load);
            return exec::found(on, lookup, |found| tell::<F, R::Table, _>(Some(found)));
        }
        let asked = self.asked::<S, _, _>(&on, load);
        exec::outcome(on, asked, tell::<F, R::Table, _>)
    }

    /// The statement that gives `S` back, with its values.
    fn ready<'c, S, E>(&self, on: &E) -> Result<Ready<E::Backend>>
    where
        S: Returns,
        E: Runs<'c, R, X>,
        K: Targeted,
        A: Complete,
    {
        let dialect = <E::Backend as Backend>::dialect(on.live());
        let text = text::<R, K, A, G, S>(&E::added(&self.closures), dialect);
        let values = on.bind_all(self.record(), Some(&self.closures));
        Ready::of_record::<R>(text, values).map(|ready| ready.of_upsert(R::Table::DEF))
    }

    /// The statements that tell what became of the record, with their values.
    fn asked<'c, S, T, E>(
        &self,
        on: &E,
        load: LoadRow<E::Backend, T>,
    ) -> Result<Asked<E::Backend, T, Added>>
    where
        S: Returns,
        E: Runs<'c, R, X>,
        K: Targeted,
        A: Complete,
    {
        let table = R::Table::DEF;
        let finish =
            |values: Binder<E::Backend>| values.finish_for(table, record::position_at::<R>);
        let upsert = || finish(on.bind_all(self.record(), Some(&self.closures)));
        Ok(Asked {
            about: table.name.clone(),
            kind: table.kind,
            text: step::<R, K, A, G, S>,
            with: E::added(&self.closures),
            upsert: (!A::KEEPS).then(upsert).transpose()?,
            insert: finish(on.bind_all(self.record(), None))?,
            key: finish(on.bind_key(self.record(), in_key::<R, K>()))?,
            explain: exec::explain_record::<R>,
            load,
        })
    }

    /// The insert and the look-up, with the values of both.
    fn lookup<'c, S, T, E>(
        &self,
        on: &E,
        load: LoadRow<E::Backend, T>,
    ) -> Result<Lookup<E::Backend, T, ()>>
    where
        S: Returns,
        E: Runs<'c, R, X>,
        K: Targeted,
    {
        let table = R::Table::DEF;
        let dialect = <E::Backend as Backend>::dialect(on.live());
        let finish =
            |values: Binder<E::Backend>| values.finish_for(table, record::position_at::<R>);
        Ok(Lookup {
            about: table.name.clone(),
            insert: insert_text::<R, K, S>(dialect)?,
            select: lookup_text::<R, K, S>(false, dialect)?,
            keep: |(), dialect| keeping_text::<R, K, S>(dialect),
            with: (),
            values: finish(on.bind_all(self.record(), None))?,
            key: finish(on.bind_key(self.record(), in_key::<R, K>()))?,
            explain: exec::explain_record::<R>,
            load,
        })
    }
}

/// Which of the record's columns are those of the conflict target.
fn in_key<R: Record, K: Targeted>() -> Vec<bool> {
    K::target().holds(R::Table::DEF, &record::positions::<R>())
}

/// The outcome; where a row was promised and none came, that is an error.
fn tell<F: Flow, Of: Table, T>(told: Option<(bool, T)>) -> Result<F::Outcome<T>> {
    F::outcome(told).ok_or_else(|| exec::no_row(&Of::DEF.name))
}
