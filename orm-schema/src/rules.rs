//! The rules of a declaration. They say where and what; each reader says it in its own words.

use super::{DefaultDef, ForeignKeyAction, GeneratedDef, KeyKind, LONGEST_NAME, TableDef};

mod default;
#[cfg(test)]
mod tests;

pub use default::BadDefault;

/// A rule that a table breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it is broken.
    pub place: Place,
    /// Which setting of the place breaks it.
    pub part: Part,
    /// How.
    pub wrong: Wrong,
}

/// A piece of a declaration, with its position in the [`TableDef`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The table itself.
    Table,
    /// A column.
    ColumnAt(usize),
    /// A unique key.
    Key(usize),
    /// A foreign key.
    ForeignKey(usize),
    /// An index.
    Index(usize),
    /// A check.
    Check(usize),
}

/// A setting of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Its name.
    Name,
    /// The schema of a table.
    Schema,
    /// How full a page is packed.
    Fillfactor,
    /// The SQL type.
    Type,
    /// The collation.
    Collation,
    /// The default, that of PostgreSQL where there are two.
    Default,
    /// The default on SQLite alone.
    SqliteDefault,
    /// The expression of a generated column or of a key.
    Expression,
    /// The condition of the rows in a key or index.
    Filter,
    /// The access method of an index.
    Method,
    /// The condition of a check.
    Condition,
    /// All columns of a key.
    Columns,
    /// The column at this position of a key.
    KeyColumn(usize),
    /// The deferral of a key.
    Deferrable,
    /// The action on deletion.
    OnDelete,
    /// The action on a change of the key.
    OnUpdate,
    /// A role of a column, by its word.
    Role(&'static str),
}

/// How a rule is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// A database would not keep the name as it is.
    Name(BadName),
    /// Another column, or another key, index or check, has the name.
    SameName(String),
    /// The text is empty.
    Empty,
    /// The default is not one.
    Default(BadDefault),
    /// The role contradicts another role of the column.
    Contradicts {
        /// The other role.
        role: &'static str,
        /// Why.
        why: &'static str,
    },
    /// The column of this position may be `NULL`, and a primary key may not.
    Nullable(usize),
    /// The column of this position is never `NULL`, so that no foreign key sets it so.
    NeverNull(usize),
    /// The key at this position has the same columns.
    SameColumns(usize),
    /// A key with a filter or an expression is an index, and only constraints are deferrable.
    IsIndex,
    /// The percentage is none that PostgreSQL knows.
    Percentage,
}

/// Why a database would not keep a name as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadName {
    /// It is empty.
    Empty,
    /// PostgreSQL would cut it.
    Long,
    /// It holds a NUL character.
    Nul,
    /// Names that begin so, or the name itself, belong to the database.
    Reserved(&'static str),
    /// Names that begin with a space are the library's own.
    Ours,
}

/// Returns the rules that the table breaks, in the order in which they are best told.
pub fn problems(table: &TableDef) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut note = |place, part, wrong| found.push(Problem { place, part, wrong });
    names(table, &mut note);
    same_names(table, &mut note);
    columns(table, &mut note);
    keys(table, &mut note);
    for (at, (_, condition)) in table.checks.iter().enumerate() {
        written(
            Place::Check(at),
            Part::Condition,
            Some(condition),
            &mut note,
        );
    }
    foreign_keys(table, &mut note);
    if table
        .fillfactor
        .is_some_and(|percent| !(10..=100).contains(&percent))
    {
        note(Place::Table, Part::Fillfactor, Wrong::Percentage);
    }
    found
}

/// Returns why no database, or not each, keeps this name as it is.
pub fn bad_name(name: &str) -> Option<BadName> {
    if name.is_empty() {
        Some(BadName::Empty)
    } else if name.len() > LONGEST_NAME {
        Some(BadName::Long)
    } else if name.contains('\0') {
        Some(BadName::Nul)
    } else {
        None
    }
}

/// Returns why the name cannot be that of a table; of a column it cannot be one that begins with a space either.
fn ours(name: &str) -> Option<BadName> {
    bad_name(name).or_else(|| name.starts_with(' ').then_some(BadName::Ours))
}

/// Returns why the name cannot be that of a table or a schema.
fn reserved(name: &str) -> Option<BadName> {
    let lower = name.to_ascii_lowercase();
    let prefix = ["pg_", "sqlite_"].into_iter();
    let mut prefix = prefix.filter(|prefix| lower.starts_with(*prefix));
    let whole = ["information_schema"].into_iter();
    let mut whole = whole.filter(|whole| lower == *whole);
    prefix
        .next()
        .or_else(|| whole.next())
        .map(BadName::Reserved)
}

fn names(table: &TableDef, note: &mut impl FnMut(Place, Part, Wrong)) {
    let mut check = |place, part, bad: Option<BadName>| {
        if let Some(bad) = bad {
            note(place, part, Wrong::Name(bad));
        }
    };
    let name = &table.name;
    check(
        Place::Table,
        Part::Name,
        ours(name).or_else(|| reserved(name)),
    );
    if let Some(schema) = &table.schema {
        let bad = bad_name(schema).or_else(|| reserved(schema));
        check(Place::Table, Part::Schema, bad);
    }
    for (at, column) in table.columns.iter().enumerate() {
        check(Place::ColumnAt(at), Part::Name, ours(&column.name));
    }
    for (place, name) in beside(table) {
        check(place, Part::Name, bad_name(name));
    }
    for (at, key) in table.foreign_keys.iter().enumerate() {
        let bad = key.name.as_deref().and_then(bad_name);
        check(Place::ForeignKey(at), Part::Name, bad);
    }
}

/// Keys, indexes and checks with a name: they share a namespace in PostgreSQL, or nearly so.
fn beside(table: &TableDef) -> impl Iterator<Item = (Place, &str)> {
    let keys = table.keys.iter().enumerate();
    let keys = keys.filter_map(|(at, key)| Some((Place::Key(at), key.name.as_deref()?)));
    let indexes = table.indexes.iter().enumerate();
    let indexes = indexes.map(|(at, index)| (Place::Index(at), &*index.name));
    let checks = table.checks.iter().enumerate();
    let checks = checks.map(|(at, (name, _))| (Place::Check(at), &**name));
    keys.chain(indexes).chain(checks)
}

fn same_names(table: &TableDef, note: &mut impl FnMut(Place, Part, Wrong)) {
    for (at, column) in table.columns.iter().enumerate() {
        if table.position(&column.name) != Some(at) {
            let wrong = Wrong::SameName(column.name.to_string());
            note(Place::ColumnAt(at), Part::Name, wrong);
        }
    }
    let mut constraints = Vec::new();
    let mut seen = Vec::new();
    for (place, name) in beside(table) {
        if seen.contains(&name) {
            note(place, Part::Name, Wrong::SameName(name.to_owned()));
        }
        seen.push(name);
        if !matches!(place, Place::Index(_)) {
            constraints.push(name.to_owned());
        }
    }
    // A foreign key is in nobody's way but that of another constraint.
    for (at, key) in table.foreign_keys.iter().enumerate() {
        let name = table.foreign_key_name(key);
        if constraints.contains(&name) {
            let wrong = Wrong::SameName(name.clone());
            note(Place::ForeignKey(at), Part::Name, wrong);
        }
        constraints.push(name);
    }
}

fn written(place: Place, part: Part, sql: Option<&str>, note: &mut impl FnMut(Place, Part, Wrong)) {
    if sql.is_some_and(|sql| sql.trim().is_empty()) {
        note(place, part, Wrong::Empty);
    }
}

fn columns(table: &TableDef, note: &mut impl FnMut(Place, Part, Wrong)) {
    for (at, column) in table.columns.iter().enumerate() {
        let place = Place::ColumnAt(at);
        let auto = ("auto", column.auto);
        let default = ("default", column.default.is_some());
        let generated = ("generated", column.generated.is_some());
        let insert_only = ("insert_only", column.insert_only);
        let primary_key = ("primary_key", table.is_in_primary_key(at));
        let no_number = "a computed column has no number of its own";
        let others = "the database computes it from other columns";
        let kept = "no upsert overwrites a primary key";
        let pairs = [
            (auto, default, "the database numbers it"),
            (auto, generated, no_number),
            (generated, default, others),
            (generated, insert_only, "it is never written at all"),
            (generated, primary_key, "a key is supplied, not computed"),
            (primary_key, insert_only, kept),
        ];
        // One contradiction a column is enough.
        let found = pairs.into_iter().find(|(one, other, _)| one.1 && other.1);
        if let Some(((role, _), (other, _), why)) = found {
            note(place, Part::Role(other), Wrong::Contradicts { role, why });
        }
        written(place, Part::Type, column.sql_type.as_deref(), note);
        written(place, Part::Collation, column.collation.as_deref(), note);
        if let Some(GeneratedDef::Sql(sql)) = &column.generated {
            written(place, Part::Expression, Some(sql), note);
        }
        let defaults = match &column.default {
            Some(DefaultDef::Sql(sql)) => [Some((Part::Default, sql)), None],
            Some(DefaultDef::Each { postgres, sqlite }) => [
                Some((Part::Default, postgres)),
                Some((Part::SqliteDefault, sqlite)),
            ],
            Some(DefaultDef::Database | DefaultDef::Now) | None => [None, None],
        };
        for (part, sql) in defaults.into_iter().flatten() {
            written(place, part, Some(sql), note);
            if let Some(bad) = default::bad(column, sql.trim()) {
                note(place, part, Wrong::Default(bad));
            }
        }
    }
}

fn keys(table: &TableDef, note: &mut impl FnMut(Place, Part, Wrong)) {
    let mut seen: Vec<(usize, Vec<usize>)> = Vec::new();
    for (at, key) in table.keys.iter().enumerate() {
        let place = Place::Key(at);
        if key.kind == KeyKind::Primary {
            for (within, column) in key.columns.iter().enumerate() {
                if table.columns[*column].nullable {
                    note(place, Part::KeyColumn(within), Wrong::Nullable(*column));
                }
            }
        }
        written(place, Part::Filter, key.filter.as_deref(), note);
        written(place, Part::Expression, key.expression.as_deref(), note);
        if key.filter.is_some() || key.expression.is_some() {
            if key.deferrable {
                note(place, Part::Deferrable, Wrong::IsIndex);
            }
            continue;
        }
        let mut columns = key.columns.to_vec();
        columns.sort_unstable();
        match seen.iter().find(|(_, known)| *known == columns) {
            Some((known, _)) => note(place, Part::Columns, Wrong::SameColumns(*known)),
            None => seen.push((at, columns)),
        }
    }
    for (at, index) in table.indexes.iter().enumerate() {
        let place = Place::Index(at);
        written(place, Part::Filter, index.filter.as_deref(), note);
        written(place, Part::Method, index.method.as_deref(), note);
    }
}

fn foreign_keys(table: &TableDef, note: &mut impl FnMut(Place, Part, Wrong)) {
    for (at, key) in table.foreign_keys.iter().enumerate() {
        let mut columns = key.columns.iter();
        let Some(column) = columns.find(|column| !table.columns[**column].nullable) else {
            continue;
        };
        let actions = [
            (Part::OnDelete, key.on_delete),
            (Part::OnUpdate, key.on_update),
        ];
        for (part, action) in actions {
            if action == ForeignKeyAction::SetNull {
                note(Place::ForeignKey(at), part, Wrong::NeverNull(*column));
            }
        }
    }
}
