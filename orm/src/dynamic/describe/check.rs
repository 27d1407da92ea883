//! The rules of a description: those that the derive has the compiler check.

use super::column::DescribeColumn;
use super::key::DescribeKey;
use crate::error::{Error, ErrorKind, Result};
use crate::schema::rules::{self, BadDefault, BadName, Part, Place, Problem, Wrong};
use crate::schema::{Name, TableDef};
use crate::value::Kind;

/// Refuses a table that breaks a rule of every declaration.
pub(super) fn rules(table: &TableDef) -> Result<()> {
    match rules::problems(table).first() {
        Some(problem) => Err(wrong(told(table, problem))),
        None => Ok(()),
    }
}

fn told(table: &TableDef, problem: &Problem) -> String {
    let (what, of) = place(table, problem);
    let column = |at: usize| &table.columns[at].name;
    match &problem.wrong {
        Wrong::Name(bad) => bad_name(what, &of, *bad),
        Wrong::SameName(name) => match problem.place {
            Place::ColumnAt(_) => format!("two columns are called `{name}`"),
            Place::ForeignKey(_) => {
                format!("a foreign key and another constraint are called `{name}`")
            }
            _ => format!("two keys, indexes or checks are called `{name}`"),
        },
        Wrong::Empty => format!("the {} of `{of}` is empty", text(problem.part)),
        Wrong::Default(bad) => bad_default(&of, bad),
        Wrong::Contradicts { role, why } => {
            let other = text(problem.part);
            format!("`{role}` and `{other}` of `{of}` contradict each other, since {why}")
        }
        Wrong::Nullable(at) => {
            format!("`{}` may be `NULL`, but a primary key may not", column(*at))
        }
        Wrong::NeverNull(at) => format!(
            "`{}` is never `NULL`, so its foreign key cannot set it so",
            column(*at)
        ),
        Wrong::SameColumns(key) => {
            let columns = table.keys[*key].columns.iter();
            let columns: Vec<&str> = columns.map(|at| &**column(*at)).collect();
            format!("two keys have the same columns: `{}`", columns.join("`, `"))
        }
        Wrong::IsIndex => {
            "a key with a filter or an expression is an index, and only constraints are \
             `deferrable`"
                .to_owned()
        }
        Wrong::Percentage => format!(
            "PostgreSQL fills a page to between 10 and 100 percent, not {}",
            table.fillfactor.unwrap_or_default()
        ),
    }
}

/// What breaks the rule, and its name.
fn place(table: &TableDef, problem: &Problem) -> (&'static str, String) {
    let (what, name) = match problem.place {
        Place::Table if problem.part == Part::Schema => ("schema", table.schema.as_deref()),
        Place::Table => ("table", Some(&*table.name)),
        Place::ColumnAt(at) => ("column", Some(&*table.columns[at].name)),
        Place::Key(at) => ("key", table.keys[at].name.as_deref()),
        Place::ForeignKey(at) => ("foreign key", table.foreign_keys[at].name.as_deref()),
        Place::Index(at) => ("index", Some(&*table.indexes[at].name)),
        Place::Check(at) => ("check", Some(&*table.checks[at].0)),
    };
    (what, name.unwrap_or("a key").to_owned())
}

/// The word for a setting.
fn text(part: Part) -> &'static str {
    match part {
        Part::Type => "type",
        Part::Collation => "collation",
        Part::Default | Part::SqliteDefault => "default",
        Part::Expression => "expression",
        Part::Filter => "filter",
        Part::Method => "method",
        Part::Role(word) => word,
        _ => "condition",
    }
}

fn bad_name(what: &str, name: &str, bad: BadName) -> String {
    let why = match bad {
        BadName::Empty => "is empty",
        BadName::Nul => "holds a NUL character",
        BadName::Long => "is longer than 63 bytes",
        BadName::Ours => "begins with a space, as names of the library's own do",
        BadName::Reserved(_) => {
            return format!("the name of a {what} is reserved by the database: `{name}`");
        }
    };
    format!("the name of the {what} {why}: `{name}`")
}

fn bad_default(of: &str, bad: &BadDefault) -> String {
    match bad {
        BadDefault::Bare { quoted, .. } => format!(
            "the default of `{of}` is no expression of SQL; texts, JSON, dates and times are written in single \
             quotes: `{quoted}`"
        ),
        BadDefault::Reads { name, quoted } => format!(
            "the default of `{of}` reads `{name}`, the name of a column, and a default reads none; a text is \
             written in single quotes, `{quoted}`, a function with its parentheses"
        ),
        BadDefault::Open => format!(
            "the default of `{of}` opens a single quote and does not close it; a quote within a text is \
             written twice"
        ),
        BadDefault::Null => format!(
            "`{of}` is never `NULL`, and its default is; call `nullable`, or choose another default"
        ),
    }
}

/// Refuses to number what cannot be numbered.
pub(super) fn auto(table: &TableDef) -> Result<()> {
    let autos = table.columns.iter().enumerate();
    let mut autos = autos.filter(|(_, column)| column.auto);
    autos.try_for_each(|(at, _)| auto_is_a_number_alone(table, at))
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

/// Refuses a foreign key to what cannot be pointed to.
pub(super) fn foreign_keys(table: &TableDef) -> Result<()> {
    for key in table.foreign_keys.iter() {
        let own: Vec<&str> = key
            .columns
            .iter()
            .map(|at| &*table.columns[*at].name)
            .collect();
        let own = own.join("`, `");
        let schema = key.schema.iter().map(|name| ("schema", name));
        let target = schema.chain([("table", &key.table)]);
        let columns = key.references.iter().map(|name| ("column", name));
        for (what, name) in target.chain(columns) {
            if let Some(bad) = rules::bad_name(name) {
                return Err(wrong(bad_name(what, name, bad)));
            }
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

pub(super) fn wrong(message: String) -> Error {
    Error::new(ErrorKind::Configuration, message)
}
