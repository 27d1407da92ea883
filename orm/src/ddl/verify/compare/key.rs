//! A unique key.

use super::super::finding::Finding;
use crate::ddl::introspect::{Found, Uses};
use crate::dialect::Dialect;
use crate::render;
use crate::schema::{KeyDef, KeyKind, Nulls, TableDef};

/// A key. `is_there` is what the planner says.
pub(in crate::ddl::verify) fn key(
    table: &TableDef,
    key: &KeyDef,
    there: &Found,
    is_there: bool,
    dialect: &dyn Dialect,
    findings: &mut Vec<Finding>,
) {
    let columns = columns(table, key);
    let what = match (&key.kind, &key.name) {
        (KeyKind::Unique, Some(name)) => format!("key `{name}` on ({columns})"),
        (KeyKind::Unique, None) => format!("unique key on ({columns})"),
        (KeyKind::Primary, _) => format!("primary key on ({columns})"),
    };
    let what = format!("`{}`: {what}", table.name);
    let mut found = |finding: Finding| findings.push(finding.about(&what));
    // A view has the keys of its table, which only the planner sees.
    if there.kind.as_deref() == Some("view") {
        if !is_there {
            found(Finding::new("an upsert on it would find no unique index"));
        }
        return;
    }
    let candidates: Vec<&Uses> = candidates(table, key, there).collect();
    if !is_there && !key.deferrable || candidates.is_empty() && key.deferrable {
        found(missing(table, key, there, &columns, dialect));
        return;
    }
    // What the planner accepts it may still refuse to use.
    if !key.deferrable && !candidates.iter().any(|index| index.immediate) {
        let name = candidates.first().map_or("", |index| &index.name);
        let said = format!("`{name}` is deferrable, and no conflict target then");
        found(Finding::new(said).cured_by_hand("make it anew without DEFERRABLE"));
    }
    let declared = key.nulls == Nulls::NotDistinct;
    if dialect.has_nulls_not_distinct()
        && !candidates.is_empty()
        && candidates
            .iter()
            .all(|index| index.nulls_not_distinct != declared)
    {
        let (is, not) = if declared {
            ("distinct", "not ")
        } else {
            ("not distinct", "")
        };
        found(Finding::new(format!(
            "it is declared with NULLs {not}distinct, and they are {is}"
        )));
    }
}

/// Whether the catalogue has an index for a key, where the planner cannot be asked.
pub(in crate::ddl::verify) fn has_index(table: &TableDef, key: &KeyDef, there: &Found) -> bool {
    candidates(table, key, there).next().is_some()
}

fn candidates<'f>(
    table: &TableDef,
    key: &KeyDef,
    there: &'f Found,
) -> impl Iterator<Item = &'f Uses> {
    there.unique.iter().filter(move |index| {
        index.unique
            && (key.expression.is_some() || same_columns(&index.columns, table, key))
            && index.filter.is_some() == key.filter.is_some()
    })
}

/// A key without an index.
fn missing(
    table: &TableDef,
    key: &KeyDef,
    there: &Found,
    columns: &str,
    dialect: &dyn Dialect,
) -> Finding {
    let near = nearest(table, key, there, columns);
    let finding = Finding::new(format!("there is no unique index for it{near}"));
    if key.nulls == Nulls::NotDistinct && !dialect.has_nulls_not_distinct() {
        return finding.cured_by_hand("PostgreSQL 15 and later have such keys");
    }
    if key.deferrable && !dialect.has_deferrable_keys() {
        return finding.cured_by_hand("PostgreSQL has deferrable keys");
    }
    let has_primary = there.unique.iter().any(|index| index.primary);
    let own = key.name.as_deref().map(str::to_owned);
    // What an upsert needs is a unique index; a second primary key there cannot be.
    let name = match own {
        None if has_primary || !dialect.has_schemas() => Some(table.key_name(key)),
        own => own,
    };
    let taken = there
        .unique
        .iter()
        .find(|index| Some(&index.name) == name.as_ref());
    if let Some(taken) = taken.filter(|taken| taken.of_constraint) {
        return finding.cured_by_hand(format!(
            "drop the constraint `{}`, which has its name, and make the key",
            taken.name
        ));
    }
    let drop = taken.map(|taken| render::drop_index(table, &taken.name, dialect));
    let make = render::add_key(table, key, name.as_deref(), dialect);
    let mut finding = finding.cured_by(drop.into_iter().chain([make]));
    if key.kind == KeyKind::Primary {
        finding = finding.unless(
            render::count_null(table, &key.columns, dialect),
            "some rows have NULL there: fill them first",
        );
    }
    finding = finding.unless(
        render::count_alike(table, key, dialect),
        "some rows have the same values there, so that no key can be made: they have to go first",
    );
    match (taken, &name) {
        (None, Some(name)) => finding.unless(
            render::count_named(table, name, dialect),
            format!("the name `{name}` is taken by another table; give the key another `name`"),
        ),
        _ => finding,
    }
}

/// The columns of a key, or its expression.
fn columns(table: &TableDef, key: &KeyDef) -> String {
    let names = key.columns.iter().map(|at| &*table.columns[*at].name);
    let names = || names.collect::<Vec<_>>().join(", ");
    let mut all = key.expression.as_deref().map_or_else(names, str::to_owned);
    if let Some(filter) = &key.filter {
        all = format!("{all}) where ({filter}");
    }
    all
}

/// Whether an index is over the columns of a key, in whatever order.
fn same_columns(index: &[String], table: &TableDef, key: &KeyDef) -> bool {
    index.len() == key.columns.len()
        && key.columns.iter().all(|at| {
            let name = &*table.columns[*at].name;
            let quoted = format!("\"{}\"", name.replace('"', "\"\""));
            index.iter().any(|part| part == name || *part == quoted)
        })
}

/// The index that comes nearest to a key that is missing: over the same columns, or some of them.
fn nearest(table: &TableDef, key: &KeyDef, there: &Found, columns: &str) -> String {
    let shares_a_column = |index: &&Uses| {
        let mut names = key.columns.iter().map(|at| &*table.columns[*at].name);
        names.any(|name| index.columns.iter().any(|part| part.contains(name)))
    };
    let same = there
        .unique
        .iter()
        .find(|index| same_columns(&index.columns, table, key));
    let Some(index) = same.or_else(|| there.unique.iter().find(shares_a_column)) else {
        return String::new();
    };
    let mut but = Vec::new();
    if !index.unique {
        but.push("is not unique".to_owned());
    }
    if !index.valid {
        but.push("is not valid".to_owned());
    }
    let over = index.columns.join(", ");
    if over != columns && !same_columns(&index.columns, table, key) {
        but.push(format!("is on ({over})"));
    }
    match (&index.filter, &key.filter) {
        (Some(filter), _) => but.push(format!("holds only the rows where {filter}")),
        (None, Some(_)) => but.push("holds all rows".to_owned()),
        (None, None) => {}
    }
    format!(" (`{}` {})", index.name, but.join(" and "))
}
