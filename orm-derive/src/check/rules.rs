//! The rules that every reader of a declaration shares, told as the derive tells them.

use orm_schema::rules::{BadDefault, BadName, Part, Place, Problem, Wrong, problems};
use orm_schema::{
    ColumnDef, DefaultDef, ForeignKeyAction, ForeignKeyDef, GeneratedDef, IndexDef, KeyDef,
    TableDef,
};
use proc_macro2::Span;

use crate::errors::Errors;
use crate::model::{Action, Column, DefaultValue, ForeignKey, Index, Key, Spanned, Table};
use crate::names::{LONGEST, plain};

pub(super) fn are_kept(table: &Table, errors: &mut Errors) {
    let declared = Declared::new(table);
    for problem in problems(&declared.facts()) {
        errors.at(declared.span(&problem), declared.told(&problem));
    }
}

/// A table without what is not resolved, which has been told.
struct Declared<'t> {
    table: &'t Table,
    keys: Vec<&'t Key>,
    foreign_keys: Vec<&'t ForeignKey>,
}

impl<'t> Declared<'t> {
    fn new(table: &'t Table) -> Self {
        let keys = table.keys.iter().filter(|key| !key.unresolved);
        let foreign_keys = table.foreign_keys.iter().filter(|key| !key.unresolved);
        Self {
            table,
            keys: keys.collect(),
            foreign_keys: foreign_keys.collect(),
        }
    }

    fn facts(&self) -> TableDef {
        let table = self.table;
        let mut def = TableDef::new("", &[], &[]);
        def.name = table.name.value.clone().into();
        def.schema = owned(table.schema.as_ref());
        def.columns = table.columns.iter().map(column).collect();
        def.keys = self.keys.iter().map(|declared| key(declared)).collect();
        def.foreign_keys = self
            .foreign_keys
            .iter()
            .map(|key| foreign_key(key))
            .collect();
        def.indexes = table.indexes.iter().map(index).collect();
        let checks = table.checks.iter();
        let checks =
            checks.map(|(name, sql)| (name.value.clone().into(), sql.value.clone().into()));
        def.checks = checks.collect();
        let percent = table.fillfactor.as_ref();
        def.fillfactor = percent.map(|percent| u8::try_from(percent.value).unwrap_or(u8::MAX));
        def
    }

    /// Where the setting is written; the struct's name where it is not.
    fn span(&self, problem: &Problem) -> Span {
        let table = self.table;
        let span = match problem.place {
            Place::Table => match problem.part {
                Part::Schema => at(table.schema.as_ref()),
                Part::Fillfactor => table.fillfactor.as_ref().map(|percent| percent.span),
                _ => Some(table.name.span),
            },
            Place::ColumnAt(position) => self.span_of_column(position, problem.part),
            Place::Key(position) => {
                let key = self.keys[position];
                match problem.part {
                    Part::Name => at(key.name.as_ref()),
                    Part::Filter => at(key.filter.as_ref()),
                    Part::Expression => at(key.expr.as_ref()),
                    Part::Deferrable => key.deferrable,
                    Part::KeyColumn(within) => key.columns.get(within).map(|column| column.span),
                    _ => Some(key.span),
                }
            }
            Place::ForeignKey(position) => {
                let key = self.foreign_keys[position];
                let action = match problem.part {
                    Part::OnDelete => key.on_delete.as_ref(),
                    Part::OnUpdate => key.on_update.as_ref(),
                    _ => None,
                };
                let action = action.map(|action| action.span);
                action.or(at(key.name.as_ref())).or(Some(key.span))
            }
            Place::Index(position) => {
                let index = &table.indexes[position];
                match problem.part {
                    Part::Filter => at(index.filter.as_ref()),
                    Part::Method => at(index.method.as_ref()),
                    _ => Some(index.name.span),
                }
            }
            Place::Check(position) => {
                let (name, sql) = &table.checks[position];
                Some(if problem.part == Part::Name {
                    name.span
                } else {
                    sql.span
                })
            }
        };
        span.unwrap_or_else(|| table.ident.span())
    }

    fn span_of_column(&self, position: usize, part: Part) -> Option<Span> {
        let column = &self.table.columns[position];
        let default = column.default.as_ref();
        let sql = default.and_then(|default| match (&default.value, part) {
            (DefaultValue::Each { sqlite, .. }, Part::SqliteDefault) => Some(sqlite.span),
            (DefaultValue::Sql(sql) | DefaultValue::Each { postgres: sql, .. }, _) => {
                Some(sql.span)
            }
            (DefaultValue::Database | DefaultValue::Now, _) => None,
        });
        let generated = column.generated.as_ref();
        let in_key = || {
            let primary = self.table.primary_key()?;
            let mut columns = primary.columns.iter();
            columns.find(|at| at.value == position).map(|at| at.span)
        };
        match part {
            Part::Type => at(column.sql_type.as_ref()),
            Part::Collation => at(column.collation.as_ref()),
            Part::Default | Part::SqliteDefault => sql,
            Part::Expression => generated.and_then(|generated| at(generated.value.as_ref())),
            Part::Role("default") => default.map(|default| default.span),
            Part::Role("generated") => generated.map(|generated| generated.span),
            Part::Role("insert_only") => column.insert_only,
            Part::Role("primary_key") => column.primary_key.or_else(in_key),
            _ => Some(column.name.span),
        }
    }

    fn told(&self, problem: &Problem) -> String {
        let table = self.table;
        let (what, name) = self.named(problem);
        match &problem.wrong {
            Wrong::Name(bad) => bad_name(what, name, *bad),
            Wrong::SameName(name) => self.same_name(problem.place, name),
            Wrong::Empty if problem.part == Part::Condition => {
                format!("the check `{name}` is empty; write its condition")
            }
            Wrong::Empty => format!(
                "this {} is empty; write its SQL, or leave the word out",
                text(problem.part)
            ),
            Wrong::Default(bad) => bad_default(bad),
            Wrong::Contradicts { role, why } => format!(
                "`{role}` and `{}` contradict each other, since {why}; keep one of them",
                text(problem.part)
            ),
            Wrong::Nullable(at) => format!(
                "`{}` may be `NULL`, but a primary key may not; take the `Option` away",
                plain(&table.columns[*at].field)
            ),
            Wrong::NeverNull(at) => {
                let is_alone = matches!(problem.place, Place::ForeignKey(key) if self.foreign_keys[key].columns.len() == 1);
                let column = if is_alone {
                    "this column".to_owned()
                } else {
                    format!("`{}`", plain(&table.columns[*at].field))
                };
                format!("{column} is never `NULL`; make it an `Option`, or choose another action")
            }
            Wrong::SameColumns(known) => {
                let known = if self.keys[*known].primary {
                    "the primary key"
                } else {
                    "another key"
                };
                format!("{known} has the same columns, so they are unique already; remove this one")
            }
            Wrong::IsIndex => {
                let has_filter =
                    matches!(problem.place, Place::Key(key) if self.keys[key].filter.is_some());
                let index = if has_filter {
                    "a filter"
                } else {
                    "an expression"
                };
                format!(
                    "a key with {index} is an index, and only constraints are `deferrable`; \
                     keep one of them"
                )
            }
            Wrong::Percentage => format!(
                "PostgreSQL fills a page to between 10 and 100 percent, not {}; 70 to 90 \
                 leaves room for updates",
                table.fillfactor.as_ref().map_or(0, |percent| percent.value)
            ),
        }
    }

    /// What breaks the rule, and its name.
    fn named(&self, problem: &Problem) -> (&'static str, &str) {
        let table = self.table;
        let (what, name) = match problem.place {
            Place::Table if problem.part == Part::Schema => ("schema", table.schema.as_ref()),
            Place::Table => ("table", Some(&table.name)),
            Place::ColumnAt(at) => ("column", Some(&table.columns[at].name)),
            Place::Key(at) => ("key", self.keys[at].name.as_ref()),
            Place::ForeignKey(at) => ("foreign key", self.foreign_keys[at].name.as_ref()),
            Place::Index(at) => ("index", Some(&table.indexes[at].name)),
            Place::Check(at) => ("check", Some(&table.checks[at].0)),
        };
        (what, name.map_or("", |name| &name.value))
    }

    fn same_name(&self, place: Place, name: &str) -> String {
        match place {
            Place::ColumnAt(_) => {
                let mut columns = self.table.columns.iter();
                let first = columns.find(|column| column.name.value == name);
                let field = first.map(|column| plain(&column.field));
                format!(
                    "`{}` is the column `{name}` already; give this one another name",
                    field.unwrap_or_default()
                )
            }
            Place::ForeignKey(_) => format!(
                "another constraint of this table is called `{name}` already; give this \
                 foreign key a `name` of its own"
            ),
            _ => format!(
                "another key, index or check of this table is called `{name}` already; name \
                 this one otherwise"
            ),
        }
    }
}

fn at(text: Option<&Spanned<String>>) -> Option<Span> {
    text.map(|text| text.span)
}

fn owned<T: From<String>>(text: Option<&Spanned<String>>) -> Option<T> {
    text.map(|text| text.value.clone().into())
}

fn column(column: &Column) -> ColumnDef {
    let mut def = ColumnDef::new("");
    def.name = column.name.value.clone().into();
    def.sql_type = owned(column.sql_type.as_ref());
    def.collation = owned(column.collation.as_ref());
    def.nullable = column.nullable;
    def.auto = column.auto.is_some();
    def.insert_only = column.insert_only.is_some();
    def.default = column.default.as_ref().map(|default| match &default.value {
        DefaultValue::Database => DefaultDef::Database,
        DefaultValue::Now => DefaultDef::Now,
        DefaultValue::Sql(sql) => DefaultDef::Sql(sql.value.clone().into()),
        DefaultValue::Each { postgres, sqlite } => DefaultDef::Each {
            postgres: postgres.value.clone().into(),
            sqlite: sqlite.value.clone().into(),
        },
    });
    def.generated = column.generated.as_ref().map(|generated| {
        let sql = owned(generated.value.as_ref());
        sql.map_or(GeneratedDef::Database, GeneratedDef::Sql)
    });
    def
}

fn key(key: &Key) -> KeyDef {
    let mut def = if key.primary {
        KeyDef::primary(&[])
    } else {
        KeyDef::unique("", &[])
    };
    def.name = owned(key.name.as_ref());
    def.columns = key.columns.iter().map(|at| at.value).collect();
    def.filter = owned(key.filter.as_ref());
    def.expression = owned(key.expr.as_ref());
    def.deferrable = key.deferrable.is_some();
    def
}

/// Without what it points to, which the compiler checks.
fn foreign_key(key: &ForeignKey) -> ForeignKeyDef {
    let action = |action: Option<&Spanned<Action>>| match action {
        Some(action) if action.value == Action::SetNull => ForeignKeyAction::SetNull,
        _ => ForeignKeyAction::NoAction,
    };
    let mut def = ForeignKeyDef::new(&[], "", &[]);
    def.name = owned(key.name.as_ref());
    def.columns = key.columns.iter().map(|at| at.value).collect();
    def.on_delete = action(key.on_delete.as_ref());
    def.on_update = action(key.on_update.as_ref());
    def
}

fn index(index: &Index) -> IndexDef {
    let mut def = IndexDef::new("", &[]);
    def.name = index.name.value.clone().into();
    def.columns = index.columns.iter().map(|at| at.value).collect();
    def.filter = owned(index.filter.as_ref());
    def.method = owned(index.method.as_ref());
    def
}

/// The word for a setting.
fn text(part: Part) -> &'static str {
    match part {
        Part::Type => "type",
        Part::Collation => "collation",
        Part::Expression => "expression",
        Part::Filter => "filter",
        Part::Method => "method",
        Part::Role(word) => word,
        _ => "default",
    }
}

fn bad_name(what: &str, name: &str, bad: BadName) -> String {
    match bad {
        BadName::Empty => format!("the name of this {what} is empty; give it one"),
        BadName::Long => format!(
            "the name of this {what} has {} bytes, but PostgreSQL keeps only {LONGEST}; \
             shorten it",
            name.len()
        ),
        BadName::Nul => format!("the name of this {what} has a NUL in it; take it out"),
        BadName::Reserved(whole) if !whole.ends_with('_') => {
            format!("the name `{whole}` belongs to the database; choose another")
        }
        BadName::Reserved(prefix) => format!(
            "names of a {what} that begin with `{prefix}` belong to the database; \
             choose another"
        ),
        BadName::Ours => format!(
            "names of {what}s that begin with a space are those of the library's own {what}s; \
             choose another"
        ),
    }
}

fn bad_default(bad: &BadDefault) -> String {
    match bad {
        BadDefault::Bare { text, quoted } => format!(
            "`{text}` is no expression of SQL; texts, JSON, dates and times are written in \
             single quotes: `default = \"{quoted}\"`"
        ),
        BadDefault::Reads { name, quoted } => format!(
            "`{name}` is the name of a column here, and a default reads none; a text is \
             written in single quotes: `default = \"{quoted}\"`, a function with its \
             parentheses"
        ),
        BadDefault::Open => {
            "this default opens a single quote and does not close it; a quote within a text is \
             written twice"
                .to_owned()
        }
        BadDefault::Null => {
            "this column is never `NULL`; make it an `Option`, or choose another default".to_owned()
        }
    }
}
