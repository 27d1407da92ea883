//! The upsert of rows of values: which key, which columns and when, said by names.

use std::fmt;

use super::conflict::{Base, New, OnConflict, Versions};
use super::expr::{Expr, Filter};
use super::record::Record;
use crate::schema::{KeyDef, KeyKind};
use crate::stmt::Target;
use crate::value::Value;

mod many;
mod one;

pub use one::Outcome;

/// An upsert of one row, or of many, on its way to being complete. The first mistake is kept and told when
/// it is run, before anything is sent.
///
/// Its words are those of the typed [`Upsert`](crate::Upsert), with the names of columns; what the compiler
/// checks there is checked here when it is run.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// use orm::dynamic::{Outcome, Table, Value, column, incoming, stored};
///
/// let hits = Table::new("hits")
///     .column(column("path", "TEXT"))
///     .column(column("times", "BIGINT"))
///     .column(column("version", "BIGINT"))
///     .primary_key(["path"])
///     .build()?;
/// let db = orm::connect("sqlite::memory:").await?;
/// hits.create(&db).await?;
///
/// let hit = |times: i64, version: i64| {
///     let row = [("path", "/".into()), ("times", times.into()), ("version", version.into())];
///     hits.upsert(row)
///         .on_conflict(["path"])
///         .set_with("times", stored("times") + incoming("times"))
///         .keep_newer("version")
/// };
/// assert!(matches!(hit(1, 1).outcome(&db).await?, Outcome::Inserted(_)));
/// assert!(matches!(hit(2, 2).outcome(&db).await?, Outcome::Updated(_)));
/// assert_eq!(hit(9, 2).outcome(&db).await?, Outcome::Skipped);
/// assert_eq!(hits.get(["/"]).fetch_one(&db).await?.get::<i64>("times")?, 3);
/// # Ok(())
/// # }
/// ```
#[must_use = "an upsert does nothing until it is executed: end it with `execute`, `fetch_one`, `fetch_optional` or `outcome`, or, of many rows, with `execute`, `report`, `fetch_all` or `outcomes`"]
pub struct Upsert<V = Vec<Value>> {
    record: Record<V>,
    conflict: OnConflict,
}

impl<V> Upsert<V> {
    pub(super) fn new(record: Record<V>) -> Self {
        Self {
            record,
            conflict: OnConflict::default(),
        }
    }

    /// Names the columns of the unique key that decides whether the row is there already. Keys on an
    /// expression or of some rows have a name instead: [`on_conflict_key`](Self::on_conflict_key).
    pub fn on_conflict<N: AsRef<str>>(mut self, columns: impl IntoIterator<Item = N>) -> Self {
        let named: Vec<usize> = columns
            .into_iter()
            .filter_map(|name| self.record.supplied(name.as_ref()))
            .collect();
        match key_of(&self.record.table.def.keys, &named) {
            Some(key) => self.aim(key),
            None => self.wrong("these columns are not a unique key"),
        }
        self
    }

    /// Names the unique key that decides whether the row is there already.
    pub fn on_conflict_key(mut self, name: &str) -> Self {
        let named = |key: &KeyDef| key.name.as_deref() == Some(name);
        match self.record.table.def.keys.iter().position(named) {
            Some(key) => self.aim(key),
            None => self.wrong(format!("there is no unique key `{name}`")),
        }
        self
    }

    /// The primary key decides whether the row is there already.
    pub fn on_primary_key(mut self) -> Self {
        let is_primary = |key: &KeyDef| key.kind == KeyKind::Primary;
        if let Some(key) = self.record.table.def.keys.iter().position(is_primary) {
            self.aim(key);
        }
        self
    }

    /// Whichever key is taken decides; only [`do_nothing`](Self::do_nothing) can follow.
    pub fn on_any_conflict(mut self) -> Self {
        self.conflict.target = Some(Target::Any);
        self
    }

    fn aim(&mut self, key: usize) {
        let table = std::sync::Arc::clone(&self.record.table);
        let def = &table.def.keys[key];
        if def.deferrable {
            self.wrong("a deferrable key cannot be a conflict target");
        }
        for at in def.columns.iter() {
            self.record.supplied(&table.def.columns[*at].name);
        }
        self.conflict.target = Some(Target::Key(key));
    }

    /// Updates these columns of the stored row to the values of the row.
    pub fn update<N: AsRef<str>>(self, columns: impl IntoIterator<Item = N>) -> Self {
        self.assign(columns, || New::Incoming)
    }

    /// Updates these columns to the values of the row, where those are not `NULL`.
    pub fn coalesce<N: AsRef<str>>(self, columns: impl IntoIterator<Item = N>) -> Self {
        self.assign(columns, || New::Coalesced)
    }

    /// Updates every column that the row supplies and that may be updated.
    pub fn update_all(self) -> Self {
        self.begin(Base::All(Vec::new()))
    }

    /// Updates every column that the row supplies and that may be updated, but these.
    pub fn update_except<N: AsRef<str>>(mut self, columns: impl IntoIterator<Item = N>) -> Self {
        let except = self.record.mistake.positions(columns);
        self.begin(Base::All(except))
    }

    /// Updates every column that the row supplies and that may be updated, where its value is not `NULL`.
    pub fn coalesce_all(self) -> Self {
        self.begin(Base::CoalesceAll)
    }

    /// Updates a column to a value.
    pub fn set(self, column: &str, value: impl Into<Value>) -> Self {
        self.set_with(column, Expr::from(value.into()))
    }

    /// Updates a column to what is computed of the [`stored`](super::stored) and the
    /// [`incoming`](super::incoming) row.
    pub fn set_with(mut self, column: &str, value: impl Into<Expr>) -> Self {
        if let Some(at) = self.record.mistake.position(column) {
            self.add(at, New::Made(value.into().0));
        }
        self
    }

    /// Leaves the stored row as it is.
    pub fn do_nothing(self) -> Self {
        self.begin(Base::Nothing)
    }

    /// Updates the stored row only where this holds too.
    pub fn where_(mut self, condition: Filter) -> Self {
        self.conflict.conditions.push(condition);
        self
    }

    /// Lets no older row win: the stored row is updated only where this column of it is `NULL` or not
    /// newer. The column is updated too. Of several columns, `["epoch", "ordinal"]`, the first that differs
    /// decides.
    pub fn keep_newest(self, version: impl VersionColumns) -> Self {
        self.guard(&version.into_names(), true)
    }

    /// Lets only newer rows win: a row of the same version is skipped, so that a replay writes nothing.
    pub fn keep_newer(self, version: impl VersionColumns) -> Self {
        self.guard(&version.into_names(), false)
    }

    /// Updates the stored row only where a column that gets the value of the row changes.
    pub fn skip_unchanged(mut self) -> Self {
        self.conflict.skip_unchanged = true;
        self
    }

    /// Gives these columns of each row back, instead of all.
    pub fn returning<N: AsRef<str>>(mut self, columns: impl IntoIterator<Item = N>) -> Self {
        self.record.returning(columns);
        self
    }

    fn guard(mut self, version: &[String], or_same: bool) -> Self {
        if self.conflict.guard.is_some() {
            self.wrong("the upsert has a version already");
        }
        let columns = version
            .iter()
            .filter_map(|name| self.record.supplied(name))
            .collect();
        self.conflict.guard = Some(Versions { columns, or_same });
        self
    }

    fn assign<N: AsRef<str>>(
        mut self,
        columns: impl IntoIterator<Item = N>,
        new: fn() -> New,
    ) -> Self {
        let mut is_empty = true;
        for name in columns {
            is_empty = false;
            if let Some(at) = self.record.supplied(name.as_ref()) {
                self.add(at, new());
            }
        }
        if is_empty {
            self.wrong("the upsert would update nothing; call `do_nothing`");
        }
        self
    }

    fn add(&mut self, at: usize, new: New) {
        if let Some(Base::Nothing | Base::GetOrInsert) = self.conflict.base {
            self.wrong(
                "the upsert has an action already: after `do_nothing` and `get_or_insert` the stored row \
                 stays as it is",
            );
        }
        self.conflict.assigned.push((at, new));
    }

    fn begin(mut self, base: Base) -> Self {
        if self.conflict.base.is_some() || !self.conflict.assigned.is_empty() {
            self.wrong(
                "the upsert has an action already; `do_nothing` and `get_or_insert` stand alone, and \
                 `update_all`, `update_except` and `coalesce_all` come before `update`, `set` and \
                 `coalesce`",
            );
        }
        self.conflict.base = Some(base);
        self
    }

    fn wrong(&mut self, message: impl Into<String>) {
        self.record.mistake.note(message);
    }
}

/// The key that has just these columns.
pub(super) fn key_of(keys: &[KeyDef], columns: &[usize]) -> Option<usize> {
    let same = |key: &KeyDef| {
        key.filter.is_none()
            && key.expression.is_none()
            && key.columns.len() == columns.len()
            && columns.iter().all(|at| key.columns.contains(at))
    };
    keys.iter().position(same)
}

/// The column of a version, or several that are compared in order.
pub trait VersionColumns {
    #[doc(hidden)]
    fn into_names(self) -> Vec<String>;
}

impl<N: AsRef<str> + ?Sized> VersionColumns for &N {
    fn into_names(self) -> Vec<String> {
        vec![self.as_ref().to_owned()]
    }
}

impl<N: AsRef<str>, const C: usize> VersionColumns for [N; C] {
    fn into_names(self) -> Vec<String> {
        self.iter().map(|name| name.as_ref().to_owned()).collect()
    }
}

impl VersionColumns for Vec<String> {
    fn into_names(self) -> Self {
        self
    }
}

impl<V> fmt::Debug for Upsert<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the rows: an upsert may end up in a log.
        f.debug_struct("Upsert")
            .field("table", &self.record.table.def.name)
            .field("columns", &self.record.columns)
            .field("conflict", &self.conflict)
            .finish_non_exhaustive()
    }
}
