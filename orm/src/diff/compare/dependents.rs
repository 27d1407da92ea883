//! What has to go and come again because something that it stands on does.

use super::{Change, Schema, TableChange};
use crate::diff::{IndexPart, ObjectName, SchemaColumn, Table};

/// The changes of a table, in which a column that becomes computed is dropped and added: no database puts an
/// expression in the place of values. What is over such a column goes with it, and comes again.
pub(super) fn computed(changes: Vec<TableChange>, from: &Table, to: &Table) -> Vec<TableChange> {
    let mut replaced = Vec::new();
    let mut all = Vec::new();
    for change in changes {
        match change {
            TableChange::AlterColumn { from, to }
                if to.computed.is_some() && from.computed != to.computed =>
            {
                replaced.push(from.name.clone());
                all.push(TableChange::DropColumn(from));
                all.push(TableChange::AddColumn(to));
            }
            other => all.push(other),
        }
    }
    if replaced.is_empty() {
        return all;
    }
    let is_over = |columns: &[String]| columns.iter().any(|column| replaced.contains(column));
    let names_it = |sql: &str| replaced.iter().any(|column| sql.contains(column.as_str()));
    for key in from.keys.iter().filter(|key| to.keys.contains(key)) {
        if is_over(&key.columns) || is_over(&key.include) {
            all.push(TableChange::DropKey(key.clone()));
            all.push(TableChange::AddKey(key.clone()));
        }
    }
    for index in from
        .indexes
        .iter()
        .filter(|index| to.indexes.contains(index))
    {
        let in_part = |part: &IndexPart| names_it(part.text());
        let in_filter = index.filter.as_deref().is_some_and(names_it);
        if index.parts.iter().any(in_part) || in_filter || is_over(&index.include) {
            all.push(TableChange::DropIndex(index.clone()));
            all.push(TableChange::AddIndex(index.clone()));
        }
    }
    for check in from.checks.iter().filter(|check| to.checks.contains(check)) {
        if names_it(&check.condition) {
            all.push(TableChange::DropCheck(check.clone()));
            all.push(TableChange::AddCheck(check.clone()));
        }
    }
    let foreign_keys = from.foreign_keys.iter();
    for key in foreign_keys.filter(|key| to.foreign_keys.contains(key)) {
        if is_over(&key.columns) {
            all.push(TableChange::DropForeignKey(key.clone()));
            all.push(TableChange::AddForeignKey(key.clone()));
        }
    }
    all
}

/// The foreign keys that stay and point to a key that goes or is made anew: they are dropped before and added
/// behind it.
pub(super) fn foreign_keys(changes: &[Change], from: &Schema, to: &Schema) -> Vec<Change> {
    let dropped: Vec<(&ObjectName, Vec<&String>)> = changes
        .iter()
        .filter_map(|change| match change {
            Change::AlterTable {
                name,
                change: TableChange::DropKey(key),
            } => Some((name, sorted(&key.columns))),
            _ => None,
        })
        .collect();
    let mut further = Vec::new();
    for table in &from.tables {
        let Some(becomes) = to.table(&table.name) else {
            continue;
        };
        let kept = table.foreign_keys.iter();
        for key in kept.filter(|key| becomes.foreign_keys.contains(key)) {
            let points_to = (&key.table, sorted(&key.references));
            let both = [
                TableChange::DropForeignKey(key.clone()),
                TableChange::AddForeignKey(key.clone()),
            ];
            let both = both.map(|change| Change::AlterTable {
                name: table.name.clone(),
                change,
            });
            if dropped.contains(&points_to) && !changes.contains(&both[0]) {
                further.extend(both);
            }
        }
    }
    further
}

fn sorted(columns: &[String]) -> Vec<&String> {
    let mut columns: Vec<&String> = columns.iter().collect();
    columns.sort();
    columns
}

/// Columns so that what is computed from others is dropped before them and added behind them.
pub(super) fn computed_last<'c>(
    columns: impl Iterator<Item = &'c SchemaColumn>,
) -> impl Iterator<Item = &'c SchemaColumn> {
    let (computed, plain): (Vec<_>, Vec<_>) = columns.partition(|column| column.computed.is_some());
    plain.into_iter().chain(computed)
}
