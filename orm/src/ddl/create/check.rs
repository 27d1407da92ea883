//! What would be made and then fail with the first row.

use super::{Blueprint, Plan};
use crate::backend::{Backend, Connection};
use crate::ddl::{introspect, kept};
use crate::dialect::Dialect;
use crate::error::{Error, ErrorKind, Result};
use crate::render::{self, Asked, Question};
use crate::schema::{ColumnDef, DefaultDef, ForeignKeyDef, GeneratedDef, KeyDef, TableDef};
use crate::value::Reader;

/// Refuses foreign keys that point to no key of a table that is made here too.
pub(super) fn references(tables: &[Blueprint]) -> Result<()> {
    for (table, key) in all(tables) {
        let mut made = tables.iter().map(|each| &*each.table);
        let Some(target) = made.find(|made| key.points_to(made)) else {
            continue;
        };
        let mut columns = key.references.iter();
        if let Some(column) = columns.find(|column| target.position(column).is_none()) {
            let message = format!(
                "it references `{}.{column}`, which is no column of that table",
                key.table
            );
            return Err(refused(ErrorKind::Statement, table, message));
        }
        if !target.tells_rows(&target.positions(&key.references)) {
            return Err(no_key(table, key));
        }
    }
    Ok(())
}

/// Refuses an index of a name that another table has: `IF NOT EXISTS` would pass it over, and its table would
/// lack a key without a word.
pub(super) fn names(tables: &[Blueprint]) -> Result<()> {
    for (at, Blueprint { table, .. }) in tables.iter().enumerate() {
        let is_index = |key: &&KeyDef| key.filter.is_some() || key.expression.is_some();
        let keys = table.keys.iter().filter(is_index);
        let keys = keys.filter_map(|key| key.name.as_ref());
        for name in keys.chain(table.indexes.iter().map(|index| &index.name)) {
            let others = tables.iter().enumerate();
            let mut others = others.filter(|(other, _)| *other != at);
            let taken = others.find(|(_, Blueprint { table: other, .. })| {
                let has_it = other.name == *name
                    || other.keys.iter().any(|key| key.name.as_ref() == Some(name))
                    || other.indexes.iter().any(|index| index.name == *name);
                has_it && other.schema == table.schema && other.name != table.name
            });
            if let Some((_, Blueprint { table: other, .. })) = taken {
                let message = format!(
                    "its index `{name}` is called as one of `{}`, or that table itself; names are those of the \
                     whole schema, so give it another",
                    other.name
                );
                return Err(refused(ErrorKind::Unsupported, table, message));
            }
        }
    }
    Ok(())
}

/// Refuses foreign keys to tables that are not made here and not there, or there without that key.
pub(super) async fn elsewhere<C: Connection>(
    within: &mut C,
    plan: &Plan,
    live: <C::Backend as Backend>::Live,
) -> Result<()> {
    let is_made_here =
        |key: &ForeignKeyDef| plan.tables.iter().any(|made| key.points_to(&made.table));
    for (table, key) in all(&plan.tables).filter(|(_, key)| !is_made_here(key)) {
        let text = render::key_exists(key, within.dialect());
        match count(within, table, text, live).await? {
            0 => {
                let message = format!(
                    "it references the table `{}`, which is neither made here nor in the database; make it \
                     too",
                    key.table
                );
                return Err(refused(ErrorKind::Statement, table, message));
            }
            1 => return Err(no_key(table, key)),
            _ => {}
        }
    }
    Ok(())
}

/// Refuses columns whose default or expression the declaration leaves to somebody else, in tables that
/// are not there.
pub(super) async fn left_open<C: Connection>(
    within: &mut C,
    plan: &Plan,
    live: <C::Backend as Backend>::Live,
) -> Result<()> {
    let dialect = within.dialect();
    for Blueprint { table, .. } in &plan.tables {
        let mut columns = table.columns.iter();
        let Some((column, what)) =
            columns.find_map(|column| Some((column, open(column, dialect)?)))
        else {
            continue;
        };
        let text = render::table_exists(table, dialect);
        if count(within, table, text, live).await? == 0 {
            let message = format!("`{}` is declared {what}", column.name);
            return Err(refused(ErrorKind::Unsupported, table, message));
        }
    }
    Ok(())
}

/// What a declaration leaves open of a column without which no row can be inserted.
fn open(column: &ColumnDef, dialect: &dyn Dialect) -> Option<&'static str> {
    if column.generated == Some(GeneratedDef::Database) {
        return Some(
            "`generated` without its expression, so that nothing would compute it in a table made here; \
             write `generated = \"sql\"`",
        );
    }
    let stored_as = column.sql_type.as_deref().unwrap_or_default();
    let is_numbered = dialect.has_sequences() && stored_as.to_ascii_lowercase().contains("serial");
    (column.default == Some(DefaultDef::Database) && !column.nullable && !is_numbered).then_some(
        "`default` without saying which, so that it would have none in a table made here, and is never NULL; \
         write `default = \"sql\"`, `default = now` or an `Option`",
    )
}

/// Refuses what has been made and would fail with the first row. Nothing of it stays.
pub(super) async fn made<C: Connection>(
    within: &mut C,
    plan: &Plan,
    live: <C::Backend as Backend>::Live,
) -> Result<()> {
    let dialect = within.dialect();
    let declared = plan.declared(dialect);
    let asked = plan.asked(&declared);
    let mut questions = Vec::new();
    // Without a type that was declared there is just the one that the values are sent as.
    let has_types = |asked: &Asked<'_>| {
        let mut columns = asked.table.columns.iter().zip(asked.sent_as);
        columns.any(|(column, sent_as)| column.sql_type.is_some() && !sent_as.is_empty())
    };
    if asked.iter().any(has_types) {
        questions.push(Question::Types);
    }
    if all(&plan.tables).next().is_some() {
        questions.push(Question::Broken);
    }
    let found = introspect::named(within, live, &asked, &questions).await?;
    for (asked, found) in asked.iter().zip(&found) {
        let table = asked.table;
        for (at, column) in table.columns.iter().enumerate() {
            let types = found.types_of(&column.name);
            let why = kept::sent(column, &asked.sent_as[at], &asked.types[at], types, dialect);
            if let Some(why) = why {
                let message = format!("`{}`: {why}", column.name);
                return Err(refused(ErrorKind::Unsupported, table, message));
            }
        }
        let mut broken = found.broken.iter();
        let own = broken.find(|broken| broken.table.eq_ignore_ascii_case(&table.name));
        if let Some(broken) = own {
            let columns = broken.to_columns.as_deref().unwrap_or_default();
            let columns: Vec<&str> = columns.split(", ").collect();
            return Err(to_no_key(table, &broken.to, &columns));
        }
        if let Some(text) = render::explain_insert(table, dialect) {
            let explained = within.run_script(text).await.map_err(Error::from_sqlx);
            explained.map_err(|error| fails(table, error))?;
        }
    }
    Ok(())
}

/// A table into which nothing can be inserted.
fn fails(table: &TableDef, error: Error) -> Error {
    if !error.is_about_a_statement() {
        return error.of_table(&table.name);
    }
    let said = error.database_error();
    let said = said.map_or("", |said| said.message());
    let message = format!(
        "no row could be inserted into it: {said}; where it is a default, write \
         `default(postgres = \"..\", sqlite = \"..\")` or `default = now`"
    );
    refused(ErrorKind::Statement, table, message)
}

async fn count<C: Connection>(
    within: &mut C,
    table: &TableDef,
    text: String,
    live: <C::Backend as Backend>::Live,
) -> Result<u64> {
    let found = within
        .fetch_optional(text.into(), <C::Backend as Backend>::arguments(live))
        .await;
    let found = found.map_err(|error| Error::from_sqlx(error).of_table(&table.name))?;
    found.map_or(Ok(0), |row| Reader::<C::Backend>::new(&row).count())
}

/// All foreign keys of these tables.
fn all(tables: &[Blueprint]) -> impl Iterator<Item = (&TableDef, &ForeignKeyDef)> {
    tables.iter().flat_map(|Blueprint { table, .. }| {
        let keys = table.foreign_keys.iter();
        keys.map(move |key| (&**table, key))
    })
}

fn no_key(table: &TableDef, key: &ForeignKeyDef) -> Error {
    let columns: Vec<&str> = key.references.iter().map(|column| &**column).collect();
    to_no_key(table, &key.table, &columns)
}

fn to_no_key(table: &TableDef, to: &str, columns: &[&str]) -> Error {
    let (target, those) = match columns {
        [column] => (format!("{to}.{column}"), "that column"),
        several => (
            format!("{to} ({})", several.join(", ")),
            "those columns together",
        ),
    };
    let message = format!(
        "it references `{target}`, which is not a unique key there, so that no foreign key can point to it; \
         point to the primary key, or make {those} unique"
    );
    refused(ErrorKind::Statement, table, message)
}

fn refused(kind: ErrorKind, table: &TableDef, message: String) -> Error {
    Error::new(kind, message).of_table(&table.name)
}
