//! The changes between two schemas.

use super::{Change, Schema, Table, TableChange};

mod dependents;
#[cfg(test)]
mod tests;

/// The changes that make `from` equal to `to`.
///
/// Foreign keys go first and come last, so that tables are made and dropped in any order, also where they point
/// to each other. What is changed in other ways than by name is dropped and added.
pub(super) fn schemas(from: &Schema, to: &Schema) -> Vec<Change> {
    let mut changes = Vec::new();
    // A label can go when no column of the enum is left that goes itself.
    let mut labels = Vec::new();
    for each in &to.enums {
        match from.enums.iter().find(|known| known.name == each.name) {
            None => changes.push(Change::CreateEnum(each.clone())),
            Some(known) if known != each => labels.push(Change::AlterEnum {
                from: known.clone(),
                to: each.clone(),
            }),
            Some(_) => {}
        }
    }
    // A table that comes or goes does so without its foreign keys.
    let mut altered = Vec::new();
    let mut created = Vec::new();
    let mut dropped = Vec::new();
    for table in &from.tables {
        let Some(becomes) = to.table(&table.name) else {
            altered.extend(in_table(table, drop_foreign_keys(table)));
            dropped.push(Change::DropTable(Table {
                foreign_keys: Vec::new(),
                ..table.clone()
            }));
            continue;
        };
        let in_it = dependents::computed(self::table(table, becomes), table, becomes);
        altered.extend(in_table(table, in_it));
    }
    for table in &to.tables {
        if from.table(&table.name).is_none() {
            created.push(Change::CreateTable(Table {
                foreign_keys: Vec::new(),
                ..table.clone()
            }));
            let keys = table.foreign_keys.iter().cloned();
            altered.extend(in_table(
                table,
                keys.map(TableChange::AddForeignKey).collect(),
            ));
        }
    }
    let further = dependents::foreign_keys(&altered, from, to);
    altered.extend(further);
    // Stable: the changes of a table keep their order within a step.
    altered.sort_by_key(step);
    let (early, late): (Vec<_>, Vec<_>) = altered
        .into_iter()
        .partition(|change| step(change) <= LAST_DROP);
    let first = early.into_iter().chain(dropped).chain(labels);
    changes.extend(first.chain(created).chain(late));
    for each in &from.enums {
        if !to.enums.iter().any(|known| known.name == each.name) {
            changes.push(Change::DropEnum(each.clone()));
        }
    }
    changes
}

/// The changes that make a table equal to another one, whatever that is called.
pub(crate) fn table(from: &Table, to: &Table) -> Vec<TableChange> {
    let mut changes = drop_missing(
        &from.foreign_keys,
        &to.foreign_keys,
        TableChange::DropForeignKey,
    );
    changes.extend(drop_missing(
        &from.checks,
        &to.checks,
        TableChange::DropCheck,
    ));
    changes.extend(drop_missing(
        &from.indexes,
        &to.indexes,
        TableChange::DropIndex,
    ));
    changes.extend(drop_missing(&from.keys, &to.keys, TableChange::DropKey));
    let gone = from.columns.iter();
    let gone = gone.filter(|column| to.column(&column.name).is_none());
    let gone: Vec<_> = dependents::computed_last(gone).cloned().collect();
    changes.extend(gone.into_iter().rev().map(TableChange::DropColumn));
    for column in dependents::computed_last(to.columns.iter()) {
        match from.column(&column.name) {
            None => changes.push(TableChange::AddColumn(column.clone())),
            Some(known) if !column.is_met_by(known) => changes.push(TableChange::AlterColumn {
                from: known.clone(),
                to: column.clone(),
            }),
            Some(_) => {}
        }
    }
    if (from.fillfactor, &from.options) != (to.fillfactor, &to.options) {
        changes.push(TableChange::SetOptions {
            from: (from.fillfactor, from.options.clone()),
            to: (to.fillfactor, to.options.clone()),
        });
    }
    changes.extend(drop_missing(&to.keys, &from.keys, TableChange::AddKey));
    changes.extend(drop_missing(
        &to.indexes,
        &from.indexes,
        TableChange::AddIndex,
    ));
    changes.extend(drop_missing(
        &to.checks,
        &from.checks,
        TableChange::AddCheck,
    ));
    changes.extend(drop_missing(
        &to.foreign_keys,
        &from.foreign_keys,
        TableChange::AddForeignKey,
    ));
    changes
}

/// A change for each of these that the others lack.
fn drop_missing<T: Clone + PartialEq>(
    these: &[T],
    others: &[T],
    change: impl Fn(T) -> TableChange,
) -> Vec<TableChange> {
    let missing = these.iter().filter(|each| !others.contains(each));
    missing.cloned().map(change).collect()
}

fn drop_foreign_keys(table: &Table) -> Vec<TableChange> {
    let keys = table.foreign_keys.iter().cloned();
    keys.map(TableChange::DropForeignKey).collect()
}

fn in_table(table: &Table, changes: Vec<TableChange>) -> Vec<Change> {
    let changes = changes.into_iter();
    let changes = changes.map(|change| Change::AlterTable {
        name: table.name.clone(),
        change,
    });
    changes.collect()
}

/// The step of the whole in which a change is made.
fn step(change: &Change) -> u8 {
    let Change::AlterTable { change, .. } = change else {
        return 0;
    };
    match change {
        TableChange::DropForeignKey(_) => 0,
        // A name that an index or a check gives up can be taken by that of another table.
        TableChange::DropCheck(_) | TableChange::DropIndex(_) | TableChange::DropKey(_) => 1,
        TableChange::DropColumn(_) => 2,
        TableChange::AlterColumn { .. } | TableChange::SetOptions { .. } => 3,
        TableChange::AddColumn(_) => 4,
        TableChange::AddKey(_) => 5,
        TableChange::AddIndex(_) | TableChange::AddCheck(_) => 6,
        TableChange::AddForeignKey(_) => 7,
    }
}

/// The last step before tables are dropped and made.
const LAST_DROP: u8 = 2;
