//! The rules of a description: those that the derive has the compiler check.

use super::super::identifier;
use super::column::DescribeColumn;
use super::key::DescribeKey;
use crate::error::{Error, ErrorKind, Result};
use crate::schema::{DefaultDef, ForeignKeyAction, GeneratedDef, KeyKind, Name, TableDef};
use crate::value::Kind;

/// Refuses names that a database would not keep as they are, and two of one name.
pub(super) fn names(table: &TableDef) -> Result<()> {
    for (what, name) in [
        ("table", Some(&table.name)),
        ("schema", table.schema.as_ref()),
    ] {
        let Some(name) = name else { continue };
        identifier::check(what, name)?;
        identifier::check_not_reserved(what, name)?;
    }
    for (at, column) in table.columns.iter().enumerate() {
        identifier::check("column", &column.name)?;
        let before = &table.columns[..at];
        if before.iter().any(|before| before.name == column.name) {
            return Err(wrong(format!("two columns are called `{}`", column.name)));
        }
    }
    Ok(())
}

/// The same of the names of what stands beside the columns.
pub(super) fn names_beside(table: &TableDef) -> Result<()> {
    // Keys, indexes and checks of one table share a namespace in PostgreSQL, or nearly so; a foreign key is in
    // nobody's way but that of another constraint.
    let keys = table.keys.iter().filter_map(|key| key.name.as_deref());
    let keys = keys.map(|name| ("key", name));
    let indexes = table.indexes.iter().map(|index| ("index", &*index.name));
    let checks = table.checks.iter().map(|(name, _)| ("check", &**name));
    let mut seen = Vec::new();
    for (what, name) in keys.chain(indexes).chain(checks) {
        identifier::check(what, name)?;
        if seen.iter().any(|(_, known)| *known == name) {
            return Err(wrong(format!(
                "two keys, indexes or checks are called `{name}`"
            )));
        }
        seen.push((what, name));
    }
    let constraints = seen.into_iter().filter(|(what, _)| *what != "index");
    let mut constraints: Vec<String> = constraints.map(|(_, name)| name.to_owned()).collect();
    for key in table.foreign_keys.iter() {
        let name = table.foreign_key_name(key);
        identifier::check("foreign key", &name)?;
        if constraints.contains(&name) {
            return Err(wrong(format!(
                "a foreign key and another constraint are called `{name}`"
            )));
        }
        constraints.push(name);
    }
    Ok(())
}

/// Refuses SQL that is empty.
pub(super) fn texts(table: &TableDef) -> Result<()> {
    let written = |what: &str, of: &str, sql: Option<&str>| match sql {
        Some(sql) if sql.trim().is_empty() => Err(wrong(format!("the {what} of `{of}` is empty"))),
        _ => Ok(()),
    };
    for column in table.columns.iter() {
        let name = &column.name;
        written("type", name, column.sql_type.as_deref())?;
        written("collation", name, column.collation.as_deref())?;
        if let Some(DefaultDef::Sql(sql)) = &column.default {
            written("default", name, Some(sql))?;
        }
        if let Some(GeneratedDef::Sql(sql)) = &column.generated {
            written("expression", name, Some(sql))?;
        }
    }
    for key in table.keys.iter() {
        let name = key.name.as_deref().unwrap_or("a key");
        written("filter", name, key.filter.as_deref())?;
        written("expression", name, key.expression.as_deref())?;
    }
    for (name, condition) in table.checks.iter() {
        written("condition", name, Some(condition))?;
    }
    Ok(())
}

/// Refuses roles of a column that contradict each other.
pub(super) fn roles(table: &TableDef) -> Result<()> {
    for (at, column) in table.columns.iter().enumerate() {
        let auto = ("auto", column.auto);
        let default = ("default", column.default.is_some());
        let generated = ("generated", column.generated.is_some());
        let insert_only = ("insert_only", column.insert_only);
        let primary_key = ("primary_key", table.is_in_primary_key(at));
        for ((one, is_one), (other, is_other), why) in [
            (auto, default, "the database numbers it"),
            (
                auto,
                generated,
                "a computed column has no number of its own",
            ),
            (
                generated,
                default,
                "the database computes it from other columns",
            ),
            (generated, insert_only, "it is never written at all"),
            (generated, primary_key, "a key is supplied, not computed"),
            (
                primary_key,
                insert_only,
                "no upsert overwrites a primary key",
            ),
        ] {
            if is_one && is_other {
                let name = &column.name;
                return Err(wrong(format!(
                    "`{one}` and `{other}` of `{name}` contradict each other, since {why}"
                )));
            }
        }
        if column.auto {
            auto_is_a_number_alone(table, at)?;
        }
    }
    Ok(())
}

fn auto_is_a_number_alone(table: &TableDef, at: usize) -> Result<()> {
    let column = &table.columns[at];
    let alone = table.primary_key().is_some_and(|key| *key.columns == [at]);
    if !alone {
        return Err(wrong(format!(
            "`{}` is `auto`, but only a primary key of one column can be; use a default",
            column.name
        )));
    }
    let sql_type = column.sql_type.as_deref().unwrap_or_default();
    if Kind::declared(sql_type) != Kind::Int {
        return Err(wrong(format!(
            "`{}` is `auto`, so it is numbered and its type is an integer, not `{sql_type}`",
            column.name
        )));
    }
    Ok(())
}

/// Refuses actions of a column that is no foreign key.
pub(super) fn actions(columns: &[DescribeColumn]) -> Result<()> {
    for column in columns.iter().filter(|column| column.references.is_none()) {
        for (when, action) in [
            ("on_delete", column.on_delete),
            ("on_update", column.on_update),
        ] {
            if action.is_some() {
                return Err(wrong(format!(
                    "`{when}` of `{}` says what a foreign key does, and this is none; call `references`",
                    column.def.name
                )));
            }
        }
    }
    Ok(())
}

/// Refuses what a foreign key cannot do.
pub(super) fn foreign_keys(table: &TableDef) -> Result<()> {
    for key in table.foreign_keys.iter() {
        let own: Vec<&str> = key
            .columns
            .iter()
            .map(|at| &*table.columns[*at].name)
            .collect();
        let own = own.join("`, `");
        if let Some(schema) = &key.schema {
            identifier::check("schema", schema)?;
        }
        identifier::check("table", &key.table)?;
        for column in key.references.iter() {
            identifier::check("column", column)?;
        }
        if key.columns.len() != key.references.len() {
            return Err(wrong(format!(
                "the foreign key of `{own}` points to {} columns of `{}`, and it has {} of its own",
                key.references.len(),
                key.table,
                key.columns.len()
            )));
        }
        if key.points_to(table) {
            points_to_itself(&own, table, &key.references)?;
        }
        let sets_null = [key.on_delete, key.on_update].contains(&ForeignKeyAction::SetNull);
        let mut columns = key.columns.iter().map(|at| &table.columns[*at]);
        let never_null = columns.find(|column| sets_null && !column.nullable);
        if let Some(column) = never_null {
            return Err(wrong(format!(
                "`{}` is never `NULL`, so its foreign key cannot set it so",
                column.name
            )));
        }
    }
    Ok(())
}

/// Refuses a foreign key to columns of the same table that are not there, or no key.
fn points_to_itself(own: &str, table: &TableDef, references: &[Name]) -> Result<()> {
    let mut columns = references.iter();
    if let Some(column) = columns.find(|column| table.position(column).is_none()) {
        return Err(wrong(format!(
            "`{own}` points to `{column}`, which is no column of `{}`",
            table.name
        )));
    }
    if table.tells_rows(&table.positions(references)) {
        return Ok(());
    }
    let those = if references.len() == 1 {
        "that column"
    } else {
        "those columns together"
    };
    Err(wrong(format!(
        "`{own}` points to `{}`, which is not a unique key of `{}`, so that no foreign key can point to it; point \
         to the primary key, or make {those} unique",
        references.join("`, `"),
        table.name
    )))
}

/// Refuses keys that cannot be, or cannot be told apart.
pub(super) fn keys(table: &TableDef) -> Result<()> {
    let of_columns =
        |key: &&crate::schema::KeyDef| key.filter.is_none() && key.expression.is_none();
    let mut seen: Vec<Vec<usize>> = Vec::new();
    for key in table.keys.iter().filter(of_columns) {
        let mut columns = key.columns.to_vec();
        columns.sort_unstable();
        if seen.contains(&columns) {
            let names: Vec<&str> = key
                .columns
                .iter()
                .map(|at| &*table.columns[*at].name)
                .collect();
            return Err(wrong(format!(
                "two keys have the same columns: `{}`",
                names.join("`, `")
            )));
        }
        seen.push(columns);
    }
    for key in table.keys.iter().filter(|key| key.kind == KeyKind::Primary) {
        if let Some(at) = key.columns.iter().find(|at| table.columns[**at].nullable) {
            let name = &table.columns[*at].name;
            return Err(wrong(format!(
                "`{name}` may be `NULL`, but a primary key may not"
            )));
        }
    }
    Ok(())
}

/// Refuses a key of which it is not said what has to be said, before it is a fact.
pub(super) fn key(key: &DescribeKey, columns: &[usize], table: &[DescribeColumn]) -> Result<()> {
    let def = &key.def;
    if def.expression.is_some() && def.name.is_none() {
        return Err(wrong(
            "a key on an expression is reached by its name alone; call `named`".to_owned(),
        ));
    }
    if def.filter.is_some() && def.name.is_none() {
        return Err(wrong(
            "a key of some rows is reached by its name alone; call `named`".to_owned(),
        ));
    }
    if def.deferrable && (def.filter.is_some() || def.expression.is_some()) {
        return Err(wrong(
            "a key with a filter or an expression is an index, and only constraints are \
             `deferrable`"
                .to_owned(),
        ));
    }
    if def.expression.is_some() {
        return Ok(());
    }
    let nullable = columns.iter().find(|at| table[**at].def.nullable);
    match (nullable, key.nulls) {
        (Some(at), None) => Err(wrong(format!(
            "`{}` may be `NULL` in a key; describe it with `unique_key`, and say `nulls_distinct` if \
             rows with `NULL` never conflict, `nulls_not_distinct` if they do",
            table[*at].def.name
        ))),
        (None, Some(_)) => Err(wrong(
            "no column of the key can be `NULL`; say nothing of it".to_owned(),
        )),
        _ => Ok(()),
    }
}

/// Refuses a share of a page that PostgreSQL does not know.
pub(super) fn fillfactor(table: &TableDef) -> Result<()> {
    match table.fillfactor {
        Some(percent) if !(10..=100).contains(&percent) => Err(wrong(format!(
            "PostgreSQL fills a page to between 10 and 100 percent, not {percent}"
        ))),
        _ => Ok(()),
    }
}

pub(super) fn wrong(message: String) -> Error {
    Error::new(ErrorKind::Configuration, message)
}
