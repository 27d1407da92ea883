//! What was declared beside what is there. Each difference is a line: where it is, what was declared, what
//! is there, and what would cure it.

use super::finding::Finding;
use super::text;
use crate::ddl::facts::{Broken, Column, Facts};
use crate::dialect::Dialect;
use crate::render::{self, Asked};
use crate::schema::{TableDef, TableKind};

mod column;
mod key;

pub(super) use key::{has_index, key};

/// All but the keys.
pub(super) fn table(
    asked: &Asked<'_>,
    facts: &Facts,
    dialect: &dyn Dialect,
    findings: &mut Vec<Finding>,
) {
    let table = asked.table;
    let name = format!("`{}`", table.name);
    let mut found = |finding: Finding| findings.push(finding.about(&name));
    let Some(kind) = &facts.kind else {
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
    let said = facts.text.as_deref().map(text::read);
    for at in 0..table.columns.len() {
        let of_column = format!("column `{}`", table.columns[at].name);
        let mut found = |finding: Finding| found(finding.about(&of_column));
        column::compare(asked, at, facts, said.as_ref(), dialect, &mut found);
    }
    for known in facts
        .columns
        .iter()
        .filter(|known| is_in_the_way(table, known))
    {
        let name = &known.name;
        let said = format!(
            "column `{name}`: it is not declared, never NULL and has no default, so that every insert would \
             fail"
        );
        found(Finding::new(said).cured_by_hand("declare it, or give it a default"));
    }
    foreign_keys(table, facts, &mut found);
    for broken in &facts.broken {
        found(key_pointed_to(table, broken, dialect));
    }
    for clause in said.iter().flat_map(|said| &said.clauses) {
        clause_of_schema(clause, &mut found);
    }
    if let Some(checks) = &facts.checks {
        for (name, _) in table
            .checks
            .iter()
            .filter(|(name, _)| !checks.iter().any(|it| it == name))
        {
            found(Finding::new(format!("check `{name}`: it is missing")));
        }
    }
}

/// Whether a column that is not declared must be supplied.
fn is_in_the_way(table: &TableDef, known: &Column) -> bool {
    let supplied_by_itself =
        known.has_default || known.numbered || known.generated || known.can_be_supplied;
    known.not_null && !supplied_by_itself && table.position(&known.name).is_none()
}

fn foreign_keys(table: &TableDef, facts: &Facts, found: &mut impl FnMut(Finding)) {
    let keys = table.foreign_keys.iter();
    for key in keys.filter(|key| !facts.has_foreign_key(table, key)) {
        let columns: Vec<&str> = key
            .columns
            .iter()
            .map(|at| &*table.columns[*at].name)
            .collect();
        let said = match (&*columns, &*key.references) {
            ([column], [to]) => format!(
                "column `{column}`: its foreign key to `{}.{to}` is missing",
                key.table
            ),
            (columns, to) => format!(
                "its foreign key on ({}) to `{}` ({}) is missing",
                columns.join(", "),
                key.table,
                to.join(", ")
            ),
        };
        found(Finding::new(said));
    }
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
fn clause_of_schema(clause: &text::Clause, found: &mut impl FnMut(Finding)) {
    let text::Clause {
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
