//! `CREATE TABLE` with its keys and indexes.

use super::Writer;
use crate::dialect::{Auto, Dialect};
use crate::schema::{
    ColumnDef, EnumDef, ForeignKeyAction, ForeignKeyDef, GeneratedDef, IndexDef, KeyDef, KeyKind,
    Name, Nulls, TableDef,
};

/// The statements that make a table, which `verify` has passed, where there is none.
///
/// `stored_as` holds the type of each column as the database calls it. The foreign keys at the positions of
/// `later` are left out.
pub(crate) fn create_table(
    table: &TableDef,
    stored_as: &[String],
    later: &[usize],
    dialect: &dyn Dialect,
) -> Vec<String> {
    let mut statements = vec![table_itself(table, stored_as, later, dialect)];
    statements.extend(
        table
            .keys
            .iter()
            .filter(|key| !is_constraint(key))
            .map(|key| unique_index(table, key, key.name.as_deref().unwrap_or_default(), dialect)),
    );
    statements.extend(table.indexes.iter().map(|each| index(table, each, dialect)));
    statements
}

/// A key is a constraint of the table unless it needs what only an index can say.
fn is_constraint(key: &KeyDef) -> bool {
    key.filter.is_none() && key.expression.is_none()
}

/// Makes a schema where there is none.
pub(crate) fn create_schema(schema: &str, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    to.push("CREATE SCHEMA IF NOT EXISTS ").ident(schema);
    to.text
}

/// Lets the sequence of a column begin behind the values that are there.
pub(crate) fn advance_sequence(table: &TableDef, column: usize, dialect: &dyn Dialect) -> String {
    let column = &table.columns[column].name;
    let mut name = Writer::new(dialect);
    name.table(table);
    let mut to = Writer::new(dialect);
    // The table is a name in quotes there, and the column is taken as it stands.
    to.push("SELECT setval(pg_get_serial_sequence(")
        .literal(&name.text)
        .push(", ")
        .literal(column)
        .push("), (SELECT max(")
        .ident(column)
        .push(") FROM ")
        .table(table)
        .push("))");
    to.text
}

/// Makes an enum where there is none; `None` where enums are text.
pub(crate) fn create_enum(each: &EnumDef, dialect: &dyn Dialect) -> Option<String> {
    if !dialect.has_enums() {
        return None;
    }
    let mut create = Writer::new(dialect);
    create
        .push("CREATE TYPE ")
        .push(each.name)
        .push(" AS ENUM (");
    create.list(each.labels, |to, label| {
        to.literal(label);
    });
    create.push(")");
    let mut missing = Writer::new(dialect);
    missing
        .push("to_regtype(")
        .literal(each.name)
        .push(") IS NULL");
    Some(only_where(&missing.text, &create.text, dialect))
}

/// Adds a foreign key where there is none of its name.
pub(crate) fn add_foreign_key(
    table: &TableDef,
    key: &ForeignKeyDef,
    dialect: &dyn Dialect,
) -> String {
    let mut add = Writer::new(dialect);
    add.push("ALTER TABLE ").table(table).push(" ADD ");
    foreign_key(&mut add, table, key);
    let mut itself = Writer::new(dialect);
    itself.table(table);
    let mut missing = Writer::new(dialect);
    missing.push("NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conrelid = ");
    missing
        .literal(&itself.text)
        .push("::regclass AND conname = ");
    missing.literal(&table.foreign_key_name(key)).push(")");
    only_where(&missing.text, &add.text, dialect)
}

/// Runs a statement only where a condition holds.
fn only_where(condition: &str, statement: &str, dialect: &dyn Dialect) -> String {
    let block = format!("BEGIN IF {condition} THEN {statement}; END IF; END");
    let mut to = Writer::new(dialect);
    to.push("DO ").literal(&block);
    to.text
}

/// How many tables of this name there are: none or one.
pub(crate) fn table_exists(table: &TableDef, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    there(&mut to, table.schema.as_deref(), &table.name);
    to.text
}

/// What a foreign key points to: 0 where there is no such table, 1 where the columns are no key of it, 2 where
/// they are one. SQLite is asked about the key when the table is made.
pub(crate) fn key_exists(key: &ForeignKeyDef, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    if !dialect.has_schemas() {
        there(&mut to, None, &key.table);
        return format!("SELECT 2 * ({})", to.text);
    }
    let mut itself = Writer::new(dialect);
    target(&mut itself, key);
    let width = key.references.len();
    to.push(
        "SELECT (CASE WHEN t.oid IS NULL THEN 0 WHEN EXISTS (SELECT 1 FROM pg_index i \
             WHERE i.indrelid = t.oid AND i.indisunique AND i.indisvalid AND i.indimmediate \
             AND i.indpred IS NULL AND i.indexprs IS NULL AND i.indnkeyatts = ",
    );
    // Columns that an index merely includes stand behind those that it is over.
    to.push(&width.to_string()).push(
        " AND (SELECT count(*) FROM pg_attribute a WHERE a.attrelid = i.indrelid \
             AND a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1]) AND a.attname IN (",
    );
    to.list(key.references.iter(), |to, column| {
        to.literal(column);
    });
    to.push(")) = ")
        .push(&width.to_string())
        .push(") THEN 2 ELSE 1 END)::INT8 FROM (SELECT to_regclass(")
        .literal(&itself.text)
        .push(") AS oid) AS t");
    to.text
}

pub(super) fn there(to: &mut Writer<'_>, schema: Option<&str>, name: &str) {
    if to.dialect.has_schemas() {
        let mut itself = Writer::new(to.dialect);
        if let Some(schema) = schema {
            itself.ident(schema).push(".");
        }
        itself.ident(name);
        to.push("SELECT count(to_regclass(")
            .literal(&itself.text)
            .push("))");
    } else {
        to.push("SELECT count(*) FROM sqlite_schema WHERE type IN ('table', 'view') AND name = ")
            .literal(name)
            .push(" COLLATE NOCASE");
    }
}

fn table_itself(
    table: &TableDef,
    stored_as: &[String],
    later: &[usize],
    dialect: &dyn Dialect,
) -> String {
    let foreign_keys = || {
        let keys = table.foreign_keys.iter().enumerate();
        keys.filter(|(at, _)| !later.contains(at))
            .map(|(_, key)| key)
    };
    let mut to = Writer::new(dialect);
    to.push("CREATE TABLE IF NOT EXISTS ")
        .table(table)
        .push(" (");
    to.list(
        table.columns.iter().zip(stored_as).enumerate(),
        |to, (at, (each, stored_as))| {
            column(to, each, stored_as);
            for key in foreign_keys().filter(|key| *key.columns == [at]) {
                to.push(" CONSTRAINT ").ident(&table.foreign_key_name(key));
                references(to, key);
            }
        },
    );
    for key in table.keys.iter().filter(|key| is_constraint(key)) {
        if !is_inline(table, key, dialect) {
            to.push(", ");
            constraint(&mut to, table, key);
        }
    }
    for key in foreign_keys().filter(|key| key.columns.len() > 1) {
        to.push(", ");
        foreign_key(&mut to, table, key);
    }
    for (name, condition) in table.checks.iter() {
        to.push(", CONSTRAINT ")
            .ident(name)
            .push(" CHECK (")
            .push(condition)
            .push(")");
    }
    to.push(")");
    if let Some(percent) = table.fillfactor.filter(|_| dialect.has_fillfactor()) {
        to.push(" WITH (fillfactor = ")
            .push(&percent.to_string())
            .push(")");
    }
    to.text
}

/// Whether the column that is this whole key carries it in its own definition.
fn is_inline(table: &TableDef, key: &KeyDef, dialect: &dyn Dialect) -> bool {
    key.kind == KeyKind::Primary
        && dialect.auto() == Auto::InlinePrimaryKey
        && key.columns.iter().any(|at| table.columns[*at].auto)
}

pub(super) fn column(to: &mut Writer<'_>, column: &ColumnDef, stored_as: &str) {
    let dialect = to.dialect;
    to.ident(&column.name)
        .push(" ")
        .push(&dialect.column_type(column, stored_as));
    if let Some(collation) = &column.collation {
        to.push(" COLLATE ").ident(collation);
    }
    if column.auto && dialect.auto() == Auto::InlinePrimaryKey {
        to.push(" PRIMARY KEY");
    }
    if !column.nullable {
        to.push(" NOT NULL");
    }
    if let (true, Auto::Clause(clause)) = (column.auto, dialect.auto()) {
        to.push(" ").push(clause);
    }
    if let Some(default) = dialect.default(column, stored_as) {
        to.push(" DEFAULT ").push(&default);
    }
    if let Some(GeneratedDef::Sql(expression)) = &column.generated {
        to.push(" GENERATED ALWAYS AS (")
            .push(expression)
            .push(") STORED");
    }
}

/// A foreign key as a constraint of the table.
fn foreign_key(to: &mut Writer<'_>, table: &TableDef, key: &ForeignKeyDef) {
    to.push("CONSTRAINT ").ident(&table.foreign_key_name(key));
    to.push(" FOREIGN KEY ");
    columns(to, table, &key.columns);
    references(to, key);
}

/// The table that a foreign key points to.
fn target(to: &mut Writer<'_>, key: &ForeignKeyDef) {
    if let Some(schema) = &key.schema {
        to.ident(schema).push(".");
    }
    to.ident(&key.table);
}

fn references(to: &mut Writer<'_>, key: &ForeignKeyDef) {
    to.push(" REFERENCES ");
    target(to, key);
    to.push(" (");
    to.list(key.references.iter(), |to, column| {
        to.ident(column);
    });
    to.push(")");
    actions(to, key.on_delete, key.on_update);
}

/// What a foreign key does, where that is not the database's own choice.
pub(super) fn actions(
    to: &mut Writer<'_>,
    on_delete: ForeignKeyAction,
    on_update: ForeignKeyAction,
) {
    for (event, action) in [(" ON DELETE ", on_delete), (" ON UPDATE ", on_update)] {
        let word = match action {
            ForeignKeyAction::NoAction => continue,
            ForeignKeyAction::Restrict => "RESTRICT",
            ForeignKeyAction::Cascade => "CASCADE",
            ForeignKeyAction::SetNull => "SET NULL",
            ForeignKeyAction::SetDefault => "SET DEFAULT",
        };
        to.push(event).push(word);
    }
}

pub(super) fn constraint(to: &mut Writer<'_>, table: &TableDef, key: &KeyDef) {
    if let Some(name) = &key.name {
        to.push("CONSTRAINT ").ident(name).push(" ");
    }
    to.push(match key.kind {
        KeyKind::Primary => "PRIMARY KEY",
        KeyKind::Unique => "UNIQUE",
    });
    if key.nulls == Nulls::NotDistinct {
        to.push(" NULLS NOT DISTINCT");
    }
    to.push(" ");
    columns(to, table, &key.columns);
    if key.deferrable {
        to.push(" DEFERRABLE");
    }
}

fn columns(to: &mut Writer<'_>, table: &TableDef, positions: &[usize]) {
    to.push("(");
    to.list(positions, |to, at| {
        to.ident(&table.columns[*at].name);
    });
    to.push(")");
}

pub(super) fn unique_index(
    table: &TableDef,
    key: &KeyDef,
    name: &str,
    dialect: &dyn Dialect,
) -> String {
    let mut to = Writer::new(dialect);
    to.push("CREATE UNIQUE INDEX IF NOT EXISTS ");
    to.ident(name).push(" ON ").table(table).push(" ");
    match &key.expression {
        Some(expression) => {
            to.push("((").push(expression).push("))");
        }
        None => columns(&mut to, table, &key.columns),
    }
    if key.nulls == Nulls::NotDistinct {
        to.push(" NULLS NOT DISTINCT");
    }
    condition(&mut to, key.filter.as_ref());
    to.text
}

fn index(table: &TableDef, index: &IndexDef, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    to.push("CREATE INDEX IF NOT EXISTS ")
        .ident(&index.name)
        .push(" ON ")
        .table(table);
    // An access method is PostgreSQL's own; SQLite has one kind of index, which answers the same.
    if let Some(method) = index.method.as_ref().filter(|_| dialect.has_schemas()) {
        to.push(" USING ").push(method);
    }
    to.push(" ");
    columns(&mut to, table, &index.columns);
    condition(&mut to, index.filter.as_ref());
    to.text
}

fn condition(to: &mut Writer<'_>, filter: Option<&Name>) {
    if let Some(filter) = filter {
        to.push(" WHERE ").push(filter);
    }
}
