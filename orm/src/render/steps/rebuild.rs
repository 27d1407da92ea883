//! SQLite, which makes a table anew for what `ALTER TABLE` cannot do
//! (<https://www.sqlite.org/lang_altertable.html#otheralter>).

use super::{Writer, column, create_index, create_table, drop_index, drop_table};
use crate::dialect::Dialect;
use crate::diff::{
    self, DefaultValue, Identity, IndexPart, Locks, ObjectName, Schema, SchemaColumn, Step, Table,
    TableChange,
};

pub(super) fn steps(from: &Schema, to: &Schema, dialect: &dyn Dialect) -> Vec<Step> {
    let mut steps = Vec::new();
    let gone = from.tables.iter();
    for table in gone.filter(|table| to.table(&table.name).is_none()) {
        let drop = drop_table(&table.name, dialect);
        let rows = format!("the rows of {}", table.name.name);
        steps.push(Step::new([drop], Locks::Writers).destroying(rows));
    }
    // Names of indexes are those of the whole database: what one table gives up another may take.
    let mut made = Vec::new();
    for table in &to.tables {
        let Some(known) = from.table(&table.name) else {
            made.push(Step::new(
                [create_table(table, &table.name, dialect)],
                Locks::Writers,
            ));
            made.extend(indexes(table, &table.name, dialect));
            continue;
        };
        let changes = diff::tables(known, table);
        if changes.is_empty() {
            continue;
        }
        if changes.iter().all(|change| is_native(change, known, table)) {
            for change in &changes {
                let (is_drop, step) = native(&table.name, change, dialect);
                if is_drop { &mut steps } else { &mut made }.push(step);
            }
        } else {
            for index in &known.indexes {
                let drop = drop_index(&table.name, index, dialect);
                steps.push(Step::new([drop], Locks::Writers));
            }
            made.push(rebuild(known, table, dialect));
            made.extend(indexes(table, &table.name, dialect));
        }
    }
    steps.extend(made);
    steps
}

fn indexes<'t>(
    table: &'t Table,
    name: &'t ObjectName,
    dialect: &'t dyn Dialect,
) -> impl Iterator<Item = Step> + 't {
    let indexes = table.indexes.iter();
    indexes.map(move |index| {
        Step::new([create_index(name, index, dialect)], Locks::Writers).reading_rows()
    })
}

/// Whether SQLite can make this change without another table.
fn is_native(change: &TableChange, from: &Table, to: &Table) -> bool {
    match change {
        TableChange::AddIndex(_) | TableChange::DropIndex(_) => true,
        TableChange::AddColumn(column) => {
            let is_numbered = column.identity.is_some();
            let is_stored = column
                .computed
                .as_ref()
                .is_some_and(|computed| computed.stored);
            let fills = match &column.default {
                None => column.nullable || column.computed.is_some(),
                Some(DefaultValue::Sql(sql)) => is_literal(sql),
                Some(DefaultValue::Undeclared) => false,
            };
            !is_numbered && !is_stored && fills
        }
        TableChange::DropColumn(column) => !is_read(from, to, column),
        _ => false,
    }
}

/// Whether a default is a literal, which is the same for all rows that are there.
fn is_literal(sql: &str) -> bool {
    let text = sql
        .strip_prefix('\'')
        .and_then(|rest| rest.strip_suffix('\''));
    sql.parse::<f64>().is_ok() || text.is_some_and(|text| !text.replace("''", "").contains('\''))
}

/// Whether something of the table that stays reads a column, or may: its name stands in an expression.
fn is_read(from: &Table, to: &Table, column: &SchemaColumn) -> bool {
    let name = column.name.to_lowercase();
    let names_it = |sql: &str| sql.to_lowercase().contains(&name);
    let is_it = |other: &String| *other == column.name;
    let of_key = from.keys.iter().any(|key| key.columns.iter().any(is_it));
    let of_foreign_key = from
        .foreign_keys
        .iter()
        .any(|key| key.columns.iter().any(is_it));
    let of_check = from.checks.iter().any(|check| names_it(&check.condition));
    let of_index = from
        .indexes
        .iter()
        .filter(|index| to.indexes.contains(index))
        .any(|index| {
            let in_part = |part: &IndexPart| names_it(part.text());
            index.parts.iter().any(in_part) || index.filter.as_deref().is_some_and(names_it)
        });
    let of_column = from.columns.iter().any(|other| {
        let computed = other.computed.as_ref();
        computed.is_some_and(|computed| computed.expression.as_deref().is_none_or(names_it))
    });
    of_key || of_foreign_key || of_check || of_index || of_column
}

/// The step of a change that is native, and whether it frees a name.
fn native(name: &ObjectName, change: &TableChange, dialect: &dyn Dialect) -> (bool, Step) {
    let mut to = Writer::new(dialect);
    match change {
        TableChange::DropIndex(index) => {
            let drop = drop_index(name, index, dialect);
            return (true, Step::new([drop], Locks::Writers));
        }
        TableChange::AddIndex(index) => {
            let create = create_index(name, index, dialect);
            return (false, Step::new([create], Locks::Writers).reading_rows());
        }
        TableChange::DropColumn(dropped) => {
            to.push("ALTER TABLE ")
                .object(name)
                .push(" DROP COLUMN ")
                .ident(&dropped.name);
            let step = Step::new([to.text], Locks::Writers).reading_rows();
            return (false, losing(step, name, dropped));
        }
        TableChange::AddColumn(added) => {
            to.push("ALTER TABLE ").object(name).push(" ADD COLUMN ");
            column(&mut to, &Table::new(name.clone()), added);
        }
        _ => {}
    }
    (false, Step::new([to.text], Locks::Writers))
}

/// The same step, which loses the values of a column.
fn losing(step: Step, table: &ObjectName, column: &SchemaColumn) -> Step {
    if column.computed.is_some() {
        return step;
    }
    step.destroying(format!("the values of {}.{}", table.name, column.name))
}

/// Makes a table anew under another name, copies its rows, and puts it in the place of the old one.
fn rebuild(from: &Table, to: &Table, dialect: &dyn Dialect) -> Step {
    let mut new = to.name.clone();
    new.name = format!("{} after", to.name.name);
    let is_written = |column: &&SchemaColumn| {
        let there = from.column(&column.name);
        column.computed.is_none() && there.is_some()
    };
    let kept: Vec<String> = to
        .columns
        .iter()
        .filter(is_written)
        .map(|column| column.name.clone())
        .collect();
    let mut statements = vec![create_table(to, &new, dialect)];
    if !kept.is_empty() {
        let mut copy = Writer::new(dialect);
        copy.push("INSERT INTO ")
            .object(&new)
            .push(" ")
            .names(&kept)
            .push(" SELECT ");
        copy.list(&kept, |copy, name| {
            copy.ident(name);
        });
        copy.push(" FROM ").object(&from.name);
        statements.push(copy.text);
    }
    let is_numbered = |table: &Table| {
        let mut columns = table.columns.iter();
        columns.any(|column| column.identity == Some(Identity::Autoincrement))
    };
    // The numbers of rows that have gone are not given again.
    if is_numbered(from) && is_numbered(to) {
        let mut forget = Writer::new(dialect);
        forget
            .push("DELETE FROM sqlite_sequence WHERE name = ")
            .literal(&new.name);
        let mut keep = Writer::new(dialect);
        keep.push("INSERT INTO sqlite_sequence (name, seq) SELECT ")
            .literal(&new.name)
            .push(", seq FROM sqlite_sequence WHERE name = ")
            .literal(&from.name.name);
        statements.extend([forget.text, keep.text]);
    }
    let mut rename = Writer::new(dialect);
    rename
        .push("ALTER TABLE ")
        .object(&new)
        .push(" RENAME TO ")
        .ident(&to.name.name);
    // Views that read the table are not to be looked at while it is away.
    statements.extend([
        drop_table(&from.name, dialect),
        "PRAGMA legacy_alter_table = ON".to_owned(),
        rename.text,
        "PRAGMA legacy_alter_table = OFF".to_owned(),
    ]);
    let step = Step::new(statements, Locks::Writers).reading_rows();
    let gone = from
        .columns
        .iter()
        .filter(|column| to.column(&column.name).is_none());
    let step = gone.fold(step, |step, column| losing(step, &from.name, column));
    // What was stored and becomes computed is not copied.
    let computed = to.columns.iter().filter(|column| column.computed.is_some());
    let computed = computed.filter_map(|column| from.column(&column.name));
    computed.fold(step, |step, column| losing(step, &from.name, column))
}
