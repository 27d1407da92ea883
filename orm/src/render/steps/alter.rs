//! PostgreSQL, which can change nearly everything in place.

use super::create;
use super::{
    Writer, check, column, create_index, create_table, drop_index, drop_table, foreign_key, key,
    numbered,
};
use crate::dialect::Dialect;
use crate::diff::{
    Change, DefaultValue, Enum, Locks, ObjectName, Schema, SchemaColumn, Step, Table, TableChange,
};

pub(super) fn steps(from: &Schema, to: &Schema, dialect: &dyn Dialect) -> Vec<Step> {
    let changes = from.diff(to);
    changes
        .iter()
        .map(|change| step(change, from, to, dialect))
        .filter(|step| !step.statements.is_empty())
        .collect()
}

fn step(change: &Change, before: &Schema, after: &Schema, dialect: &dyn Dialect) -> Step {
    match change {
        Change::CreateEnum(each) => {
            let schema = create_schema(&each.name, dialect);
            let all = schema.into_iter().chain([create_enum(each, dialect)]);
            Step::new(all, Locks::Nothing)
        }
        Change::AlterEnum { from, to } => alter_enum(from, to, (before, after), dialect),
        Change::DropEnum(each) => {
            let mut text = Writer::new(dialect);
            text.push("DROP TYPE ").object(&each.name);
            Step::new([text.text], Locks::Nothing)
        }
        Change::CreateTable(table) => {
            // Of two keys over the same columns `CREATE TABLE` makes only one.
            let keys = table.keys.iter().enumerate();
            let (again, once): (Vec<_>, Vec<_>) = keys.partition(|(at, key)| {
                let mut before = table.keys[..*at].iter().chain(table.primary_key());
                !key.primary && before.any(|other| other.columns == key.columns)
            });
            let itself = Table {
                keys: once.into_iter().map(|(_, key)| key.clone()).collect(),
                ..table.clone()
            };
            let mut step = Step::new(
                [create_table(&itself, &table.name, dialect)],
                Locks::Nothing,
            );
            for (_, key) in again {
                let add = TableChange::AddKey(key.clone());
                step.statements
                    .extend(in_table(&table.name, &add, dialect).statements);
            }
            let indexes = table.indexes.iter();
            step.statements
                .extend(indexes.map(|index| create_index(&table.name, index, dialect)));
            step
        }
        Change::DropTable(table) => Step::new([drop_table(&table.name, dialect)], Locks::Everybody)
            .destroying(format!("the rows of {}", table.name.name)),
        Change::AlterTable { name, change } => in_table(name, change, dialect),
    }
}

fn in_table(name: &ObjectName, change: &TableChange, dialect: &dyn Dialect) -> Step {
    let alter = |write: &dyn Fn(&mut Writer<'_>)| {
        let mut to = Writer::new(dialect);
        to.push("ALTER TABLE ").object(name).push(" ");
        write(&mut to);
        to.text
    };
    let drop_constraint = |constraint: Option<&String>| {
        let constraint = constraint.map_or("", String::as_str);
        let text = alter(&|to| {
            to.push("DROP CONSTRAINT ").ident(constraint);
        });
        Step::new([text], Locks::Everybody)
    };
    match change {
        TableChange::DropForeignKey(each) => drop_constraint(each.name.as_ref()),
        TableChange::DropCheck(each) => drop_constraint(each.name.as_ref()),
        TableChange::DropKey(each) => drop_constraint(each.name.as_ref()),
        TableChange::DropIndex(index) => {
            Step::new([drop_index(name, index, dialect)], Locks::Everybody)
        }
        TableChange::DropColumn(each) => {
            let text = alter(&|to| {
                to.push("DROP COLUMN ").ident(&each.name);
            });
            let step = Step::new([text], Locks::Everybody);
            if each.computed.is_some() {
                return step;
            }
            step.destroying(format!("the values of {}.{}", name.name, each.name))
        }
        TableChange::AddColumn(each) => {
            let text = alter(&|to| {
                to.push("ADD COLUMN ");
                column(to, &Table::new(name.clone()), each);
            });
            let step = Step::new([text], Locks::Everybody);
            if each.identity.is_some() || each.computed.is_some() {
                return step.reading_rows();
            }
            step
        }
        TableChange::AlterColumn { from, to } => alter_column(name, from, to, dialect),
        TableChange::SetOptions {
            to: (percent, _), ..
        } => {
            let text = alter(&|to| {
                match percent {
                    Some(percent) => to.push(&format!("SET (fillfactor = {percent})")),
                    None => to.push("RESET (fillfactor)"),
                };
            });
            Step::new([text], Locks::Nothing)
        }
        TableChange::AddKey(each) => {
            let text = alter(&|to| {
                to.push("ADD ");
                key(to, each);
            });
            Step::new([text], Locks::Everybody).reading_rows()
        }
        TableChange::AddIndex(index) => {
            Step::new([create_index(name, index, dialect)], Locks::Writers).reading_rows()
        }
        TableChange::AddCheck(each) => {
            let text = alter(&|to| {
                to.push("ADD ");
                check(to, each);
                to.push(if each.validated { "" } else { " NOT VALID" });
            });
            let step = Step::new([text], Locks::Everybody);
            if each.validated {
                step.reading_rows()
            } else {
                step
            }
        }
        TableChange::AddForeignKey(each) => {
            let text = alter(&|to| {
                to.push("ADD ");
                foreign_key(to, each);
                to.push(if each.validated { "" } else { " NOT VALID" });
            });
            let step = Step::new([text], Locks::Writers);
            if each.validated {
                step.reading_rows()
            } else {
                step
            }
        }
    }
}

/// Makes the schema of a name where there is none.
fn create_schema(name: &ObjectName, dialect: &dyn Dialect) -> Option<String> {
    let schema = name.schema.as_deref()?;
    Some(create::create_schema(schema, dialect))
}

fn create_enum(each: &Enum, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    to.push("CREATE TYPE ")
        .object(&each.name)
        .push(" AS ENUM (");
    to.list(&each.labels, |to, label| {
        to.literal(label);
    });
    to.push(")");
    to.text
}

/// Labels are added in place. Where one goes or moves, the type is made anew and its columns are cast.
fn alter_enum(
    from: &Enum,
    to: &Enum,
    (before, after): (&Schema, &Schema),
    dialect: &dyn Dialect,
) -> Step {
    let mut kept = to.labels.iter().filter(|label| from.labels.contains(label));
    let only_added = from.labels.iter().all(|label| kept.next() == Some(label));
    if only_added {
        let mut statements = Vec::new();
        for (at, label) in to.labels.iter().enumerate() {
            if from.labels.contains(label) {
                continue;
            }
            let mut text = Writer::new(dialect);
            text.push("ALTER TYPE ")
                .object(&to.name)
                .push(" ADD VALUE ")
                .literal(label);
            // Those before it are there by then.
            match at.checked_sub(1).and_then(|before| to.labels.get(before)) {
                Some(before) => text.push(" AFTER ").literal(before),
                None => match from.labels.first() {
                    Some(first) => text.push(" BEFORE ").literal(first),
                    None => &mut text,
                },
            };
            statements.push(text.text);
        }
        return Step::new(statements, Locks::Nothing);
    }
    let mut old = to.name.clone();
    old.name = format!("{} before", to.name.name);
    let mut rename = Writer::new(dialect);
    rename
        .push("ALTER TYPE ")
        .object(&to.name)
        .push(" RENAME TO ")
        .ident(&old.name);
    let mut statements = vec![rename.text, create_enum(to, dialect)];
    for table in &before.tables {
        // What is dropped is gone by then, and what is added is not there yet.
        let columns = table
            .columns
            .iter()
            .filter(|column| is_of(column, &to.name));
        let kept = columns.filter_map(|column| {
            let becomes = after.table(&table.name)?.column(&column.name)?;
            Some((column, becomes))
        });
        for (column, becomes) in kept {
            let becomes = if is_of(becomes, &to.name) {
                becomes
            } else {
                column
            };
            statements.extend(cast(&table.name, column, becomes, dialect));
        }
    }
    let mut drop = Writer::new(dialect);
    drop.push("DROP TYPE ").object(&old);
    statements.push(drop.text);
    let gone = from
        .labels
        .iter()
        .filter(|label| !to.labels.contains(label));
    let gone: Vec<&str> = gone.map(String::as_str).collect();
    let mut step = Step::new(statements, Locks::Everybody).reading_rows();
    if !gone.is_empty() {
        step = step.destroying(format!(
            "nothing where no row is {}; it fails over one that is",
            gone.join(", ")
        ));
    }
    step
}

/// Whether a column is of this enum, or of arrays of it.
fn is_of(column: &SchemaColumn, name: &ObjectName) -> bool {
    let element = column.sql_type.trim_end_matches("[]");
    ObjectName::from_sql(element) == *name
}

/// Casts a column to its new type. A default is of the old one, and goes for that long.
fn cast(
    table: &ObjectName,
    from: &SchemaColumn,
    to: &SchemaColumn,
    dialect: &dyn Dialect,
) -> Vec<String> {
    let alter = |change: &str| alter_column_text(table, &to.name, change, dialect);
    let mut statements = Vec::new();
    if from.default.is_some() {
        statements.push(alter("DROP DEFAULT"));
    }
    let mut cast = Writer::new(dialect);
    cast.push("TYPE ").push(&to.sql_type);
    if let Some(collation) = &to.collation {
        cast.push(" COLLATE ").ident(collation);
    }
    // By way of text one enum becomes another, and nearly everything what it is written as.
    let via = if from.sql_type.ends_with("[]") {
        "::text[]::"
    } else {
        "::text::"
    };
    cast.push(" USING ")
        .ident(&to.name)
        .push(via)
        .push(&to.sql_type);
    statements.push(alter(&cast.text));
    if let (Some(_), Some(DefaultValue::Sql(sql))) = (&from.default, &to.default) {
        statements.push(alter(&format!("SET DEFAULT ({sql})")));
    }
    statements
}

fn alter_column_text(
    table: &ObjectName,
    column: &str,
    change: &str,
    dialect: &dyn Dialect,
) -> String {
    let mut to = Writer::new(dialect);
    to.push("ALTER TABLE ")
        .object(table)
        .push(" ALTER COLUMN ")
        .ident(column)
        .push(" ")
        .push(change);
    to.text
}

fn alter_column(
    table: &ObjectName,
    from: &SchemaColumn,
    to: &SchemaColumn,
    dialect: &dyn Dialect,
) -> Step {
    let alter = |change: &str| alter_column_text(table, &to.name, change, dialect);
    let mut statements = Vec::new();
    let mut reads_rows = false;
    if from.computed.is_some() && to.computed.is_none() {
        statements.push(alter("DROP EXPRESSION"));
    }
    if from.identity.is_some() && to.identity.is_none() {
        statements.push(alter("DROP IDENTITY"));
    }
    let is_cast = (&from.sql_type, &from.collation) != (&to.sql_type, &to.collation);
    if is_cast {
        statements.extend(cast(table, from, to, dialect));
        reads_rows = true;
    }
    // A cast has taken a default that is kept along.
    let has_default = from.default.is_some();
    match (&from.default, &to.default) {
        (before, Some(DefaultValue::Sql(sql)))
            if before != &to.default && !(is_cast && has_default) =>
        {
            statements.push(alter(&format!("SET DEFAULT ({sql})")));
        }
        (Some(_), None) if !is_cast => statements.push(alter("DROP DEFAULT")),
        _ => {}
    }
    if from.nullable != to.nullable {
        statements.push(alter(if to.nullable {
            "DROP NOT NULL"
        } else {
            "SET NOT NULL"
        }));
        reads_rows |= !to.nullable;
    }
    if let Some(identity) = to.identity.filter(|_| from.identity != to.identity) {
        let words = numbered(identity);
        if from.identity.is_some() {
            let words = words.strip_suffix(" AS IDENTITY").unwrap_or(words);
            statements.push(alter(&format!("SET{words}")));
        } else {
            statements.push(alter(&format!("ADD{words}")));
            statements.push(behind_rows(table, &to.name, dialect));
        }
    }
    let mut step = Step::new(statements, Locks::Everybody);
    step.reads_rows = reads_rows;
    step
}

/// Lets the sequence of a column begin behind the values that are there.
fn behind_rows(table: &ObjectName, column: &str, dialect: &dyn Dialect) -> String {
    let mut name = Writer::new(dialect);
    name.object(table);
    let mut to = Writer::new(dialect);
    to.push("SELECT setval(pg_get_serial_sequence(")
        .literal(&name.text)
        .push(", ")
        .literal(column)
        .push("), COALESCE(max(")
        .ident(column)
        .push("), 0) + 1, false) FROM ")
        .object(table);
    to.text
}
