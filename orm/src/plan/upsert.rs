//! The conflict clause of an upsert.

use crate::schema::{Name, TableDef};
use crate::stmt::{
    Action, Assignment, Conflict, Expr, Insert, Lock, Projection, Qualifier, Returned, Select,
    Slot, TableRef, Target, Wait,
};

/// What becomes of the stored row: assignments and conditions, in the order of the calls.
#[derive(Debug)]
pub(crate) struct StoredRow<'t> {
    table: &'t TableDef,
    supplied: &'t [usize],
    target: Target,
    assignments: Vec<Assignment>,
    /// Those of the assignments whose value is the record's.
    from_record: Vec<Assignment>,
    conditions: Vec<Expr>,
    lists: Vec<(Slot, usize)>,
}

impl<'t> StoredRow<'t> {
    /// Nothing yet, of a record that supplies these columns.
    pub(crate) fn new(table: &'t TableDef, supplied: &'t [usize], target: Target) -> Self {
        Self {
            table,
            supplied,
            target,
            assignments: Vec::new(),
            from_record: Vec::new(),
            conditions: Vec::new(),
            lists: Vec::new(),
        }
    }

    /// Assigns columns from the record.
    pub(crate) fn assign(
        &mut self,
        columns: impl IntoIterator<Item = usize>,
        value: fn(usize) -> Assignment,
    ) {
        for assignment in columns.into_iter().map(value) {
            self.from_record.push(assignment.clone());
            self.assignments.push(assignment);
        }
    }

    /// Assigns every supplied column that may be updated, but these.
    pub(crate) fn assign_all(&mut self, except: &[usize], value: fn(usize) -> Assignment) {
        let mut columns = Assignment::assignable(self.table, self.supplied, self.target);
        columns.retain(|at| !except.contains(at));
        self.assign(columns, value);
    }

    /// Assigns a column a value of its own.
    pub(crate) fn set(&mut self, column: usize, value: Expr) {
        self.assignments.push(Assignment { column, value });
    }

    /// Assigns the versions of a guard, which updates its own. They may have been named as well.
    pub(crate) fn assign_versions(&mut self, mut versions: Vec<usize>) {
        versions.retain(|at| self.assignments.iter().all(|known| known.column != *at));
        self.assign(versions, Assignment::incoming);
    }

    /// Whether nothing is assigned.
    pub(crate) fn is_empty(&self) -> bool {
        self.assignments.is_empty()
    }

    /// The assignments whose value is the record's.
    pub(crate) fn incoming(&self) -> &[Assignment] {
        &self.from_record
    }

    /// Only where these hold too.
    pub(crate) fn only_where(&mut self, conditions: impl IntoIterator<Item = Expr>) {
        self.conditions.extend(conditions);
    }

    /// Whose values in these slots are lists, each of so many values.
    pub(crate) fn with_lists(&mut self, lists: &[(Slot, usize)]) {
        self.lists.extend_from_slice(lists);
    }

    /// The update.
    pub(crate) fn into_action(self) -> Action {
        Action::Update {
            assignments: self.assignments,
            guard: self.conditions.into_iter().reduce(Expr::and),
            lists: self.lists,
        }
    }
}

/// The versions at these positions are newer than the stored ones; with `or_same` the same will do.
pub(crate) fn newer(table: &TableDef, versions: &[usize], or_same: bool) -> Expr {
    let nullable = |at: &usize| (*at, table.columns[*at].nullable);
    let versions: Vec<_> = versions.iter().map(nullable).collect();
    Expr::newer(&versions, or_same)
}

/// One of these columns changes.
pub(crate) fn changed(assigned: &[Assignment]) -> Option<Expr> {
    assigned.iter().map(Assignment::changes).reduce(Expr::or)
}

/// The statements about one record that stand beside its upsert: those that tell what became of it.
#[derive(Debug)]
pub(crate) struct Steps;

impl Steps {
    /// An insert that does nothing when the key is taken.
    pub(crate) fn insert(upsert: &Insert) -> Insert {
        let mut insert = Self::upsert(upsert);
        if let Some(conflict) = &mut insert.conflict {
            conflict.action = Action::Nothing;
        }
        insert
    }

    /// The upsert itself.
    pub(crate) fn upsert(upsert: &Insert) -> Insert {
        let mut statement = upsert.clone();
        statement
            .returning
            .retain(|each| *each != Returned::Inserted);
        statement
    }

    /// The upsert that says whether it has inserted the row.
    pub(crate) fn telling(upsert: &Insert) -> Insert {
        let mut statement = Self::upsert(upsert);
        statement.returning.push(Returned::Inserted);
        statement
    }

    /// An upsert that updates no row, but keeps the one that is there from others until the transaction ends.
    pub(crate) fn keeping(upsert: &Insert) -> Insert {
        let mut statement = Self::upsert(upsert);
        let table = statement.table.clone();
        if let Some(Conflict { target, action }) = &mut statement.conflict {
            let all: Vec<_> = (0..table.columns.len()).collect();
            // One that is in no key, so that the row is kept from no more than it has to be.
            let column = Assignment::assignable(&table, &all, *target).into_iter();
            let column = column
                .chain(all)
                .find(|at| table.columns[*at].generated.is_none())
                .unwrap_or_default();
            *action = Action::Update {
                assignments: vec![Assignment {
                    column,
                    value: Expr::Column(Qualifier::Stored, column),
                }],
                guard: Some(Expr::Sql("FALSE".into())),
                lists: Vec::new(),
            };
        }
        statement
    }

    /// The look-up of a row by the key of a record that supplies these columns. Only those of the key are its
    /// arguments.
    pub(crate) fn look_up(
        table: TableRef,
        target: Target,
        supplied: &[usize],
        cast: impl Fn(usize) -> Option<Name>,
        projection: Projection,
        locked: bool,
    ) -> Select {
        let mut in_key = target.holds(&table, supplied).into_iter();
        let mut bound = supplied.to_vec();
        bound.retain(|_| in_key.next() == Some(true));
        let filter = target
            .key(&table)
            .and_then(|key| Expr::same_key(key, &bound, cast));
        Select {
            filter,
            lock: locked.then_some(Lock {
                shared: false,
                wait: Wait::Patiently,
                of: None,
            }),
            ..Select::of(table, projection)
        }
    }
}
