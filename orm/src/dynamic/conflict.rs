//! What an upsert does with a row that is there already, said by names.

use super::expr::{Filter, Node};
use super::fit;
use super::lower::{Bound, Lowering};
use super::record::Record;
use crate::dialect::Dialect;
use crate::error::{Error, ErrorKind, Result};
use crate::plan::{self, StoredRow};
use crate::stmt::{Action, Assignment, Conflict, Keep, Target, Tie};
use crate::value::Value;

/// What an upsert does with a row that is there already.
#[derive(Debug, Default)]
pub(super) struct OnConflict {
    pub(super) target: Option<Target>,
    pub(super) base: Option<Base>,
    pub(super) assigned: Vec<(usize, New)>,
    pub(super) guard: Option<Versions>,
    pub(super) skip_unchanged: bool,
    pub(super) conditions: Vec<Filter>,
}

/// The action that others are added to, or that stands alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Base {
    Nothing,
    GetOrInsert,
    /// All columns but these.
    All(Vec<usize>),
    CoalesceAll,
}

/// The new value of a column.
pub(super) enum New {
    Incoming,
    Coalesced,
    Made(Node),
}

impl std::fmt::Debug for New {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Incoming => "Incoming",
            Self::Coalesced => "Coalesced",
            Self::Made(_) => "Made",
        })
    }
}

/// The guard that compares versions.
#[derive(Debug, Clone)]
pub(super) struct Versions {
    pub(super) columns: Vec<usize>,
    /// Whether a row of the same version wins.
    pub(super) or_same: bool,
}

/// The conflict clause, and what follows from it.
pub(super) struct Assembled {
    pub(super) clause: Conflict,
    pub(super) bound: Bound,
    pub(super) keep: Option<Keep>,
    pub(super) has_conditions: bool,
}

impl OnConflict {
    /// Whether a row may be skipped.
    pub(super) fn may_skip(&self) -> bool {
        matches!(self.base, Some(Base::Nothing)) || self.is_guarded()
    }

    /// Whether a row that is there is looked up.
    pub(super) fn finds(&self) -> bool {
        matches!(self.base, Some(Base::GetOrInsert))
    }

    fn is_guarded(&self) -> bool {
        self.guard.is_some() || self.skip_unchanged || !self.conditions.is_empty()
    }

    /// The conflict clause. `samples` are values of the columns that the record supplies.
    pub(super) fn assemble<V>(
        &self,
        record: &Record<V>,
        samples: &[&Value],
        dialect: &dyn Dialect,
    ) -> Result<Assembled> {
        let wrong = |message: String| {
            Error::new(ErrorKind::Statement, message).of_table(&record.table.def.name)
        };
        self.check(record).map_err(wrong)?;
        self.check_versions(record, samples, dialect)
            .map_err(wrong)?;
        let target = self.target.ok_or_else(|| {
            wrong("the upsert has no conflict target; call `on_conflict`".to_owned())
        })?;
        if self.base.is_none() && self.assigned.is_empty() {
            return Err(wrong(
                "the upsert has no action; call `update`, `update_all` or `do_nothing`".to_owned(),
            ));
        }
        if matches!(self.base, Some(Base::Nothing | Base::GetOrInsert)) {
            return Ok(Assembled {
                clause: Conflict {
                    target,
                    action: Action::Nothing,
                },
                bound: Bound::default(),
                keep: None,
                has_conditions: false,
            });
        }
        let (action, bound) = self.update(record, target, dialect).map_err(wrong)?;
        let keep = self.guard.as_ref().map(|guard| Keep::Newest {
            versions: guard.columns.clone(),
            on_tie: if guard.or_same {
                Tie::Later
            } else {
                Tie::Earlier
            },
        });
        Ok(Assembled {
            clause: Conflict { target, action },
            bound,
            keep,
            has_conditions: !self.conditions.is_empty(),
        })
    }

    fn update<V>(
        &self,
        record: &Record<V>,
        target: Target,
        dialect: &dyn Dialect,
    ) -> Result<(Action, Bound), String> {
        let table = &record.table;
        let mut row = StoredRow::new(&table.def, &record.columns, target);
        let mut lowering = Lowering::of(table, Some(&record.columns), dialect);
        match &self.base {
            Some(Base::All(except)) => row.assign_all(except, Assignment::incoming),
            Some(Base::CoalesceAll) => row.assign_all(&[], Assignment::coalesced),
            Some(Base::Nothing | Base::GetOrInsert) | None => {}
        }
        for (at, new) in &self.assigned {
            match new {
                New::Incoming => row.assign([*at], Assignment::incoming),
                New::Coalesced => row.assign([*at], Assignment::coalesced),
                New::Made(node) => row.set(*at, lowering.assigned(*at, node)?),
            }
        }
        if let Some(guard) = &self.guard {
            row.assign_versions(guard.columns.clone());
            row.only_where([plan::newer(&table.def, &guard.columns, guard.or_same)]);
        }
        if row.is_empty() {
            return Err("the upsert would update nothing; call `do_nothing`".to_owned());
        }
        if self.skip_unchanged {
            let changed = plan::changed(row.incoming());
            row.only_where(changed);
        }
        for Filter(condition) in &self.conditions {
            row.only_where([lowering.condition(condition)?]);
        }
        Ok((row.into_action(), lowering.into_values()))
    }

    /// Refuses what the compiler refuses of a typed upsert.
    fn check<V>(&self, record: &Record<V>) -> Result<(), String> {
        let keeps = matches!(self.base, Some(Base::Nothing | Base::GetOrInsert));
        if keeps && self.is_guarded() {
            let guard = match &self.guard {
                Some(guard) if guard.or_same => "keep_newest",
                Some(_) => "keep_newer",
                None if self.skip_unchanged => "skip_unchanged",
                None => "where_",
            };
            let action = if self.finds() {
                "get_or_insert"
            } else {
                "do_nothing"
            };
            return Err(format!(
                "`{guard}` guards an update, and `{action}` is none"
            ));
        }
        let needs_key = self
            .base
            .as_ref()
            .is_some_and(|base| *base != Base::Nothing)
            || !self.assigned.is_empty();
        if self.target == Some(Target::Any) && needs_key {
            return Err(
                "after `on_any_conflict` there is no telling which row to update; name the key with \
                 `on_conflict`, or keep the stored row with `do_nothing`"
                    .to_owned(),
            );
        }
        let mut assigned: Vec<usize> = Vec::new();
        for (at, _) in &self.assigned {
            let name = &record.table.def.columns[*at].name;
            let is_in_base = match &self.base {
                Some(Base::All(except)) => record.columns.contains(at) && !except.contains(at),
                Some(Base::CoalesceAll) => record.columns.contains(at),
                Some(Base::Nothing | Base::GetOrInsert) | None => false,
            };
            self.check_assignable(record, *at)?;
            if is_in_base {
                return Err(format!(
                    "`{name}` is assigned twice; call `update_except([\"{name}\"])` in place of the \
                     action for all columns"
                ));
            }
            if assigned.contains(at) {
                return Err(format!("`{name}` is assigned twice"));
            }
            assigned.push(*at);
        }
        let versions = self.guard.iter().flat_map(|guard| &guard.columns);
        versions
            .into_iter()
            .try_for_each(|at| self.check_assignable(record, *at))
    }

    fn check_assignable<V>(&self, record: &Record<V>, at: usize) -> Result<(), String> {
        let def = &record.table.def;
        let column = &def.columns[at];
        let name = &column.name;
        if column.insert_only || column.generated.is_some() || def.is_in_primary_key(at) {
            return Err(format!(
                "an upsert cannot update the column `{name}`: primary-key, generated and insert-only \
                 columns keep their value"
            ));
        }
        if let Some(Target::Key(key)) = self.target
            && def.keys[key].fixes(at)
        {
            return Err(format!(
                "an upsert cannot update the column `{name}`: it is part of the conflict target, so it \
                 has the same value already"
            ));
        }
        Ok(())
    }

    fn check_versions<V>(
        &self,
        record: &Record<V>,
        samples: &[&Value],
        dialect: &dyn Dialect,
    ) -> Result<(), String> {
        let Some(guard) = &self.guard else {
            return Ok(());
        };
        for at in &guard.columns {
            let place = record.columns.iter().position(|known| known == at);
            let value = place.and_then(|place| samples.get(place));
            let value = value.copied().unwrap_or(&Value::Null);
            let name = &record.table.def.columns[*at].name;
            let sql_type = &record.table.types[*at];
            let typed = dialect.types_arguments();
            if let Some(why) = fit::no_version(name, sql_type, value, typed) {
                return Err(why);
            }
        }
        Ok(())
    }
}
