//! The changes that would make a table what was declared, as sentences: where it differs, what was declared,
//! what is there, and what would cure it. What is in no statement's way is passed over.

use super::finding::Finding;
use crate::ddl::introspect::{Broken, Clause, Found};
use crate::dialect::{Catalogue, Dialect};
use crate::diff::{ForeignKey, SchemaColumn, TableChange};
use crate::render::{self, Asked};
use crate::schema::{TableDef, TableKind};

mod column;
mod key;

pub(super) use key::{has_index, key};

/// All but the keys.
pub(super) fn table(
    asked: &Asked<'_>,
    there: &Found,
    changes: &[TableChange],
    dialect: &dyn Dialect,
    findings: &mut Vec<Finding>,
) {
    let table = asked.table;
    let name = format!("`{}`", table.name);
    let mut found = |finding: Finding| findings.push(finding.about(&name));
    let Some(kind) = &there.kind else {
        let missing = Finding::new("there is no such table");
        found(missing.cured_by_hand("`orm::create_tables!` makes it"));
        return;
    };
    let declared = match table.kind {
        TableKind::Plain => "plain",
        TableKind::Partitioned => "partitioned",
        TableKind::View => "view",
    };
    if kind != declared {
        found(Finding::new(format!(
            "it is declared as {declared} and is {kind}"
        )));
    }
    for at in 0..table.columns.len() {
        let of_column = format!("column `{}`", table.columns[at].name);
        let mut found = |finding: Finding| found(finding.about(&of_column));
        column::compare(asked, at, there, changes, dialect, &mut found);
    }
    for change in changes {
        if let TableChange::DropColumn(column) = change
            && is_in_the_way(there, column)
        {
            let name = &column.name;
            let said = format!(
                "column `{name}`: it is not declared, never NULL and has no default, so that every insert \
                 would fail"
            );
            found(Finding::new(said).cured_by_hand("declare it, or give it a default"));
        }
    }
    for change in changes {
        if let TableChange::AddForeignKey(key) = change
            && !there
                .table
                .foreign_keys
                .iter()
                .any(|known| known.connects(key))
        {
            found(foreign_key(key));
        }
    }
    for broken in &there.broken {
        found(key_pointed_to(table, broken, dialect));
    }
    for clause in there.said.iter().flat_map(|said| &said.clauses) {
        clause_of_schema(clause, &mut found);
    }
    // A condition reads otherwise in the catalog of PostgreSQL, and a check of SQLite needs no name.
    let has_names = matches!(dialect.catalogue(), Catalogue::Tables { .. });
    for change in changes {
        if let TableChange::AddCheck(check) = change
            && has_names
            && !there
                .table
                .checks
                .iter()
                .any(|known| known.name == check.name)
        {
            let name = check.name.as_deref().unwrap_or_default();
            found(Finding::new(format!("check `{name}`: it is missing")));
        }
    }
}

/// Whether a column that is not declared must be supplied.
fn is_in_the_way(there: &Found, column: &SchemaColumn) -> bool {
    let can_be_supplied = there
        .column(&column.name)
        .is_some_and(|(_, observed)| observed.can_be_supplied);
    !column.nullable && !column.has_value() && !can_be_supplied
}

/// A foreign key that is missing.
fn foreign_key(key: &ForeignKey) -> Finding {
    let table = &key.table.name;
    Finding::new(match (&*key.columns, &*key.references) {
        ([column], [to]) => {
            format!("column `{column}`: its foreign key to `{table}.{to}` is missing")
        }
        (columns, to) => format!(
            "its foreign key on ({}) to `{table}` ({}) is missing",
            columns.join(", "),
            to.join(", ")
        ),
    })
}

/// A foreign key, of this table or to it, that points to no key.
fn key_pointed_to(table: &TableDef, broken: &Broken, dialect: &dyn Dialect) -> Finding {
    let columns = broken.to_columns.as_deref().unwrap_or("its primary key");
    let of = if broken.table.eq_ignore_ascii_case(&table.name) {
        "its foreign key".to_owned()
    } else {
        format!("the foreign key of `{}`", broken.table)
    };
    let finding = Finding::new(format!(
        "{of} on ({}) points to `{}` ({columns}), which is no primary key and has no unique index, so that \
         statements about both tables fail",
        broken.columns, broken.to
    ));
    if !broken.is_column {
        return finding.cured_by_hand("make the foreign key point to a key, or make that key");
    }
    let name = format!("{}_{columns}_key", broken.to);
    let cure = render::add_key_of_column(&broken.to, columns, &name, dialect);
    let several = render::count_alike_in(&broken.to, columns, dialect);
    finding
        .cured_by([cure])
        .unless(
            several,
            "rows there have the same values, so that no key can be made",
        )
        .unless(
            render::count_named(table, &name, dialect),
            format!("make a unique index of that column; the name `{name}` is taken"),
        )
}

/// What a constraint of SQLite does by itself where it does not hold.
fn clause_of_schema(clause: &Clause, found: &mut impl FnMut(Finding)) {
    let Clause {
        constraint,
        columns,
        action,
    } = clause;
    // It has no effect on a check, and aborting is what all constraints do.
    if *constraint == "CHECK" || action == "ABORT" {
        return;
    }
    let (does, instead) = match action.as_str() {
        "IGNORE" => (
            "leaves a record out without a word, and the report would count it",
            "`do_nothing()` where a record is to be left out",
        ),
        "REPLACE" if *constraint == "NOT NULL" => (
            "puts the default where a record has NULL",
            "a record without that column where the default is meant",
        ),
        "REPLACE" => (
            "deletes the rows that are in the way without a word",
            "an upsert on that key, or a delete of one's own",
        ),
        "ROLLBACK" => (
            "ends the whole transaction",
            "a transaction that is given up on an error",
        ),
        _ => (
            "keeps what the statement has written before",
            "`isolate_failures()` where the other records are to be written",
        ),
    };
    let columns = columns.join(", ");
    let said = format!("its {constraint} on ({columns}) says ON CONFLICT {action}, which {does}");
    found(Finding::new(said).cured_by_hand(format!(
        "make the table anew without that clause, and write {instead}"
    )));
}
