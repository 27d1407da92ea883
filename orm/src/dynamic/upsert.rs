//! The upsert of a row of values.

use std::fmt;
use std::sync::Arc;

use futures_core::future::BoxFuture;

use super::fit;
use super::wire::{self, Wire};
use crate::backend::{Backend, HoldsValues};
use crate::dialect::Dialect;
use crate::error::{Error, ErrorKind, Result};
use crate::exec::{self, Executor, Ready};
use crate::schema::{KeyDef, TableDef};
use crate::stmt::{Action, Assignment, Conflict, Expr, Insert, Target};
use crate::value::{Binder, Kind, Read, Reader, Value};

/// An upsert of one row, or of many, on its way to being complete. The first mistake is kept and told when
/// it is run, before anything is sent.
#[must_use = "an upsert does nothing until it is executed: end it with `execute`, `fetch_optional` or, of many rows, `report`"]
pub struct Upsert<V = Vec<Value>> {
    pub(super) table: Arc<TableDef>,
    pub(super) columns: Vec<usize>,
    pub(super) values: V,
    /// The position of the key.
    target: Option<usize>,
    action: Option<Update>,
    pub(super) version: Option<usize>,
    mistake: Option<Error>,
}

impl<V> fmt::Debug for Upsert<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the rows: an upsert may end up in a log.
        f.debug_struct("Upsert")
            .field("table", &self.table.name)
            .field("columns", &self.columns)
            .field("target", &self.target)
            .field("action", &self.action)
            .field("version", &self.version)
            .field("mistake", &self.mistake)
            .finish_non_exhaustive()
    }
}

#[derive(Debug)]
enum Update {
    Nothing,
    All,
    Columns(Vec<usize>),
}

impl Upsert {
    pub(super) fn of_row<N: AsRef<str>>(
        table: Arc<TableDef>,
        row: impl IntoIterator<Item = (N, Value)>,
    ) -> Self {
        let (names, values): (Vec<N>, Vec<Value>) = row.into_iter().unzip();
        Self::new(table, names, values)
    }

    /// Runs the upsert; how many rows were written: 1, or 0 when the row was skipped.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Statement`] for a mistake in it, and what the database refuses.
    pub fn execute<'c, E: Executor<'c, Backend: HoldsValues> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<u64>> {
        let ready = self.ready(&on, false);
        exec::execute(on, ready)
    }

    /// Runs the upsert; the row as it is now, all its columns in the order of description, or `None`
    /// when it was skipped.
    ///
    /// # Errors
    ///
    /// As [`execute`](Self::execute).
    pub fn fetch_optional<'c, E: Executor<'c, Backend: HoldsValues> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Option<Vec<Value>>>>
    where
        Value: Read<E::Backend>,
    {
        let ready = self.ready(&on, true);
        exec::fetch_optional(on, ready, all_values::<E::Backend>)
    }

    fn ready<'c, E>(mut self, on: &E, returning: bool) -> Result<Ready<E::Backend>>
    where
        E: Executor<'c, Backend: HoldsValues>,
    {
        let live = on.live();
        let dialect = <E::Backend as Backend>::dialect(live);
        let kinds: Vec<_> = self.values.iter().map(Kind::of).collect();
        self.check_kinds(&kinds);
        let table = Arc::clone(&self.table);
        let wires = self.wires(&kinds, dialect);
        let statement = self.statement(&table, &wires, returning.then_some(dialect))?;
        let columns = &statement.columns;
        let mut values = Binder::new(live);
        for ((value, wire), at) in self.values.iter().zip(&wires).zip(columns) {
            let (kind, value) = wire::sent(value, wire, &table.columns[*at]);
            <E::Backend as HoldsValues>::put(kind, &value, &mut values);
        }
        let text = exec::insert(&statement, dialect);
        let ready = Ready::new(&table, text.map(Into::into), values, |at| {
            columns.get(at).copied()
        })?;
        Ok(match statement.conflict {
            Some(_) => ready.of_upsert(&table),
            None => ready,
        })
    }
}

impl<V> Upsert<V> {
    /// Of values for the columns of these names.
    pub(super) fn new<N: AsRef<str>>(
        table: Arc<TableDef>,
        names: impl IntoIterator<Item = N>,
        values: V,
    ) -> Self {
        let mut upsert = Self {
            table,
            columns: Vec::new(),
            values,
            target: None,
            action: None,
            version: None,
            mistake: None,
        };
        for name in names {
            let Some(at) = upsert.position(name.as_ref()) else {
                continue;
            };
            if upsert.columns.contains(&at) {
                upsert.wrong(format!("the row supplies `{}` twice", name.as_ref()));
            }
            if upsert.table.columns[at].generated.is_some() {
                let name = name.as_ref();
                upsert.wrong(format!("`{name}` is computed and cannot be supplied"));
            }
            upsert.columns.push(at);
        }
        for at in 0..upsert.table.columns.len() {
            let column = &upsert.table.columns[at];
            if !column.may_be_left_out() && !upsert.columns.contains(&at) {
                let message = format!(
                    "the row leaves out `{}`, which has no value without it",
                    column.name
                );
                upsert.wrong(message);
            }
        }
        upsert
    }

    /// Names the columns of the unique key that decides whether the row is there already. Keys on an
    /// expression or of some rows have a name instead: [`on_conflict_key`](Self::on_conflict_key).
    pub fn on_conflict<N: AsRef<str>>(mut self, columns: impl IntoIterator<Item = N>) -> Self {
        let named: Vec<usize> = columns
            .into_iter()
            .filter_map(|name| self.supplied(name.as_ref()))
            .collect();
        let same = |key: &KeyDef| {
            key.filter.is_none()
                && key.expression.is_none()
                && key.columns.len() == named.len()
                && named.iter().all(|at| key.columns.contains(at))
        };
        match self.table.keys.iter().position(same) {
            Some(key) => self.aim(key),
            None => self.wrong("these columns are not a unique key".to_owned()),
        }
        self
    }

    /// Names the unique key that decides whether the row is there already.
    pub fn on_conflict_key(mut self, name: &str) -> Self {
        let named = |key: &KeyDef| key.name.as_deref() == Some(name);
        match self.table.keys.iter().position(named) {
            Some(key) => self.aim(key),
            None => self.wrong(format!("there is no unique key `{name}`")),
        }
        self
    }

    fn aim(&mut self, key: usize) {
        let table = Arc::clone(&self.table);
        let def = &table.keys[key];
        if def.deferrable {
            self.wrong("a deferrable key cannot be a conflict target".to_owned());
        }
        for at in def.columns.iter() {
            self.supplied(&table.columns[*at].name);
        }
        self.target = Some(key);
    }

    /// Updates these columns of the stored row to the values of the record.
    pub fn update<N: AsRef<str>>(mut self, columns: impl IntoIterator<Item = N>) -> Self {
        let mut assigned = Vec::new();
        for name in columns {
            let name = name.as_ref();
            let Some(at) = self.supplied(name) else {
                continue;
            };
            if assigned.contains(&at) {
                self.wrong(format!("`{name}` is assigned twice"));
            }
            assigned.push(at);
        }
        self.act(Update::Columns(assigned))
    }

    /// Updates every column that the row supplies and that may be updated.
    pub fn update_all(self) -> Self {
        self.act(Update::All)
    }

    /// Leaves the stored row as it is.
    pub fn do_nothing(self) -> Self {
        self.act(Update::Nothing)
    }

    /// Lets no older row win: the stored row is updated only where this column of it is `NULL` or not
    /// newer. The column is updated too.
    pub fn keep_newest(mut self, version: &str) -> Self {
        if self.version.is_some() {
            self.wrong("the upsert has a version already".to_owned());
        }
        self.version = self.supplied(version);
        self
    }

    fn act(mut self, action: Update) -> Self {
        if self.action.is_some() {
            self.wrong("the upsert has an action already".to_owned());
        }
        self.action = Some(action);
        self
    }

    /// Keeps a mistake where a value, or its absence, is not for its column.
    pub(super) fn check_kinds(&mut self, kinds: &[Option<Kind>]) {
        let table = Arc::clone(&self.table);
        let columns = self.columns.clone();
        for (at, kind) in columns.iter().zip(kinds) {
            let column = &table.columns[*at];
            if let Some(why) = kind.and_then(|kind| fit::unfit(column, kind)) {
                self.wrong(why);
            }
            if self.version == Some(*at)
                && let Some(why) = fit::no_version(column, *kind)
            {
                self.wrong(why);
            }
        }
    }

    /// How the values of each column travel, when they are of these kinds.
    pub(super) fn wires(&self, kinds: &[Option<Kind>], dialect: &dyn Dialect) -> Vec<Wire> {
        let columns = self.columns.iter().map(|at| &self.table.columns[*at]);
        let given = columns.zip(kinds);
        given
            .map(|(column, kind)| wire::wire(column, *kind, dialect))
            .collect()
    }

    /// The statement about one row, whose values travel so; where a mistake was made, that instead. The
    /// stored row comes back where it can be read from this dialect.
    pub(super) fn statement<'t>(
        &mut self,
        table: &'t TableDef,
        wires: &[Wire],
        returning: Option<&dyn Dialect>,
    ) -> Result<Insert<'t>> {
        // Only now is it known what the target is.
        if let Some(Update::Columns(columns)) = &self.action {
            columns
                .clone()
                .into_iter()
                .for_each(|at| self.check_assignable(at));
        }
        if let Some(at) = self.version {
            self.check_assignable(at);
            if let Some(Update::Nothing) = self.action {
                self.wrong("`keep_newest` guards an update, and `do_nothing` is none".to_owned());
            }
        }
        if let Some(mistake) = self.mistake.take() {
            return Err(mistake);
        }
        let incomplete = |what: &str| Error::new(ErrorKind::Statement, what).of_table(&table.name);
        let target = match self.target {
            Some(key) => Target::Key(&table.keys[key]),
            None => {
                return Err(incomplete(
                    "the upsert has no conflict target; call `on_conflict`",
                ));
            }
        };
        let assigned = match &self.action {
            None => {
                return Err(incomplete(
                    "the upsert has no action; call `update` or `update_all`",
                ));
            }
            Some(Update::Nothing) => None,
            Some(Update::All) => Some(Assignment::assignable(table, &self.columns, &target)),
            Some(Update::Columns(columns)) => Some(columns.clone()),
        };
        let action = match assigned {
            None => Action::Nothing,
            Some(mut assigned) => {
                assigned.extend(self.version.filter(|at| !assigned.contains(at)));
                if assigned.is_empty() {
                    return Err(incomplete(
                        "the upsert would update nothing; call `do_nothing`",
                    ));
                }
                Action::Update {
                    assignments: assigned.into_iter().map(Assignment::incoming).collect(),
                    guard: self
                        .version
                        .map(|at| Expr::newer(&[(at, table.columns[at].nullable)], true)),
                }
            }
        };
        let casts = self.columns.iter().zip(wires);
        Ok(Insert {
            table,
            columns: self.columns.clone(),
            casts: casts
                .filter_map(|(at, wire)| Some((*at, wire.cast.clone()?)))
                .collect(),
            conflict: Some(Conflict { target, action }),
            returning: returning.map_or_else(Vec::new, |dialect| wire::row(table, dialect)),
        })
    }

    /// Where the column stands; a mistake where there is none.
    fn position(&mut self, name: &str) -> Option<usize> {
        let at = self.table.position(name);
        if at.is_none() {
            self.wrong(format!("there is no column `{name}`"));
        }
        at
    }

    /// Where the column stands, which the row has to supply.
    fn supplied(&mut self, name: &str) -> Option<usize> {
        let at = self.position(name)?;
        if !self.columns.contains(&at) {
            self.wrong(format!("the row does not supply `{name}`"));
        }
        Some(at)
    }

    fn check_assignable(&mut self, at: usize) {
        let column = &self.table.columns[at];
        let in_target = self
            .target
            .is_some_and(|key| self.table.keys[key].fixes(at));
        if column.insert_only
            || column.generated.is_some()
            || self.table.is_in_primary_key(at)
            || in_target
        {
            let message = format!("an upsert cannot update the column `{}`", column.name);
            self.wrong(message);
        }
    }

    fn wrong(&mut self, message: String) {
        if self.mistake.is_none() {
            let mistake = Error::new(ErrorKind::Statement, message).of_table(&self.table.name);
            self.mistake = Some(mistake);
        }
    }
}

fn all_values<DB: Backend>(row: &mut Reader<'_, DB>) -> Result<Vec<Value>>
where
    Value: Read<DB>,
{
    (0..row.width()).map(|_| row.take()).collect()
}
