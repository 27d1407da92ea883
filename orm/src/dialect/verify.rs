//! Refuses what a database cannot keep, before any text is made.

use super::Dialect;
use crate::schema::{DefaultDef, KeyDef, Nulls, TableDef, TableKind};
use crate::stmt::{Action, Batch, Insert, Returned, Target, Unmatched};

/// Something that was asked for and that the database does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unsupported(pub(crate) String);

/// Refuses what this database cannot do of an insert or upsert.
pub(crate) fn insert(statement: &Insert, dialect: &dyn Dialect) -> Result<(), Unsupported> {
    if let Some(conflict) = &statement.conflict {
        let is_numbered = statement.table.columns.iter().any(|column| column.auto);
        if statement.columns.is_empty() && !is_numbered && !dialect.has_conflicts_of_defaults() {
            return Err(Unsupported(format!(
                "{} has no `ON CONFLICT` for a record that supplies nothing; supply a column",
                dialect.name()
            )));
        }
        match (&conflict.target, &conflict.action) {
            (Target::Any, Action::Update { .. }) => {
                return Err(Unsupported(
                    "an update needs to know which key conflicts; name it with `on_conflict`"
                        .to_owned(),
                ));
            }
            (Target::Key(_), _) | (Target::Any, Action::Nothing) => {}
        }
    }
    if let Some(key) = statement.key() {
        conflict_target(key)?;
    }
    if statement.returning.contains(&Returned::Inserted) {
        told_apart(&statement.table, dialect)?;
    }
    Ok(())
}

/// Refuses what this database cannot do of a batch.
pub(crate) fn batch(statement: &Batch, dialect: &dyn Dialect) -> Result<(), Unsupported> {
    column_names(&statement.insert.table, dialect)?;
    // What is told apart is asked for by what the batch gives, and where it cannot be, it is not.
    let insert_alone = Insert {
        returning: Vec::new(),
        ..statement.insert.clone()
    };
    insert(&insert_alone, dialect)?;
    if let Some(key) = statement.insert.key()
        && statement.unmatched == Unmatched::Skip
        && (key.filter.is_some() || key.expression.is_some())
    {
        return Err(Unsupported(
            "rows are updated by a key of columns, and not by one that is partial or on an expression"
                .to_owned(),
        ));
    }
    for at in statement.read_beside() {
        let column = &statement.insert.table.columns[at];
        let unknown = matches!(column.default, Some(DefaultDef::Database));
        if unknown || column.auto || column.generated.is_some() {
            return Err(Unsupported(format!(
                "the predicate of the key reads `{}`, and the declaration does not say what the database \
                 puts in there; supply the column, or declare `default = \"sql\"`",
                column.name
            )));
        }
    }
    Ok(())
}

/// A key that is checked at commit cannot be a conflict target
/// (<https://www.postgresql.org/docs/current/sql-insert.html#SQL-ON-CONFLICT>).
fn conflict_target(key: &KeyDef) -> Result<(), Unsupported> {
    if key.deferrable {
        return Err(Unsupported(
            "a deferrable key cannot be a conflict target; declare it without `deferrable`"
                .to_owned(),
        ));
    }
    Ok(())
}

/// Refuses names that columns do not keep.
fn column_names(table: &TableDef, dialect: &dyn Dialect) -> Result<(), Unsupported> {
    let mut names = table.columns.iter().map(|column| &column.name);
    match names.find(|name| !dialect.keeps_column_name(name)) {
        Some(name) => Err(Unsupported(format!(
            "{} takes a column that is called `{name}` for the value in some queries; give it another \
             name",
            dialect.name()
        ))),
        None => Ok(()),
    }
}

/// Refuses to tell inserted from updated rows where a statement cannot.
fn told_apart(table: &TableDef, dialect: &dyn Dialect) -> Result<(), Unsupported> {
    if dialect.capabilities().tells_inserted(table.kind) {
        return Ok(());
    }
    Err(Unsupported(format!(
        "{} cannot tell inserted from updated rows of this table in one statement; PostgreSQL 18 can",
        dialect.name()
    )))
}

/// Refuses what this database cannot keep of a table.
pub(crate) fn table(table: &TableDef, dialect: &dyn Dialect) -> Result<(), Unsupported> {
    let refuse = |what: &str| {
        Err(Unsupported(format!(
            "{} has no {what} (table `{}`)",
            dialect.name(),
            table.name
        )))
    };
    if table.kind != TableKind::Plain {
        return refuse("way to make partitioned tables or views from a declaration");
    }
    let mut pointed_to = table.foreign_keys.iter().map(|key| &key.schema);
    let names_schema = table.schema.is_some() || pointed_to.any(Option::is_some);
    if names_schema && !dialect.has_schemas() {
        return refuse("schemas");
    }
    if !dialect.keeps_table_name(&table.name) {
        return Err(Unsupported(format!(
            "{} has a function called `{}`, for which a connection may take the table; give the table \
             another name",
            dialect.name(),
            table.name
        )));
    }
    column_names(table, dialect)?;
    for key in table.keys.iter() {
        if key.nulls == Nulls::NotDistinct && !dialect.has_nulls_not_distinct() {
            return refuse("unique keys with `nulls_not_distinct`; PostgreSQL 15 and later have");
        }
        if key.deferrable && !dialect.has_deferrable_keys() {
            return refuse("deferrable unique keys");
        }
    }
    Ok(())
}
