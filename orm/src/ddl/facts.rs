//! What the catalogue says of the tables that are made or verified.

use crate::backend::{Backend, Connection};
use crate::error::{Error, Result};

use crate::render::{self, Asked, Question};
use crate::schema::{ForeignKeyDef, KeyDef, TableDef};
use crate::value::Reader;

/// What is known of one table.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// What stands behind its name, or nothing.
    pub(super) kind: Option<String>,
    /// Its columns.
    pub(super) columns: Vec<Column>,
    /// The types of its columns that were declared.
    pub(super) types: Vec<Typed>,
    /// Its unique indexes, and those that are not unique.
    pub(super) indexes: Vec<Index>,
    /// Its foreign keys.
    pub(super) foreign_keys: Vec<ForeignKey>,
    /// Foreign keys that point to no key.
    pub(super) broken: Vec<Broken>,
    /// The names of its checks, where the database tells them.
    pub(super) checks: Option<Vec<String>>,
    /// The statement that made it, where the database keeps that.
    pub(super) text: Option<String>,
}

/// What the database calls the types of a column.
#[derive(Debug)]
pub(super) struct Typed {
    /// The column's name.
    pub(super) name: String,
    /// The type that was declared; `None` where that is no type by itself, such as `bigserial`.
    pub(super) declared: Option<String>,
    /// The type as which its values are sent.
    pub(super) sent: Option<String>,
    /// The declared type, or what it is a domain of.
    pub(super) base: Option<String>,
}

/// A foreign key.
#[derive(Debug)]
pub(super) struct ForeignKey {
    /// What tells it from others of its table.
    id: u64,
    /// The table it points to.
    to: String,
    /// Its columns, each with the one that it points to.
    columns: Vec<(String, String)>,
}

/// A foreign key that points to no key.
#[derive(Debug)]
pub(super) struct Broken {
    /// The table it is of.
    pub(super) table: String,
    /// The columns it is of.
    pub(super) columns: String,
    /// The table it points to.
    pub(super) to: String,
    /// The columns it points to, where they are named.
    pub(super) to_columns: Option<String>,
    /// Whether they are one, which is there.
    pub(super) is_column: bool,
}

/// A column.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "answers of the catalogue")]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) stored_as: String,
    pub(super) not_null: bool,
    pub(super) has_default: bool,
    pub(super) numbered: bool,
    pub(super) generated: bool,
    pub(super) collation: Option<String>,
    /// Whether its collation holds different texts for equal.
    pub(super) is_loose: bool,
    /// Whether something reads it that is in the way of another type.
    pub(super) is_pinned: bool,
    /// Whether a trigger can supply it.
    pub(super) can_be_supplied: bool,
}

/// An index.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "answers of the catalogue")]
pub(super) struct Index {
    pub(super) name: String,
    pub(super) columns: String,
    pub(super) valid: bool,
    pub(super) immediate: bool,
    pub(super) nulls_not_distinct: bool,
    pub(super) filter: Option<String>,
    pub(super) unique: bool,
    pub(super) primary: bool,
    pub(super) of_constraint: bool,
}

impl Facts {
    /// The types of the column of this name, where the database has types.
    pub(super) fn types_of(&self, name: &str) -> Option<&Typed> {
        self.types.iter().find(|known| known.name == name)
    }

    /// The column of this name.
    pub(super) fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|known| known.name == name)
    }

    /// Whether there is such a foreign key, whatever it is called and does.
    pub(super) fn has_foreign_key(&self, table: &TableDef, key: &ForeignKeyDef) -> bool {
        let names = key.columns.iter().map(|at| &*table.columns[*at].name);
        let declared: Vec<(&str, &str)> = names
            .zip(key.references.iter().map(|column| &**column))
            .collect();
        self.foreign_keys.iter().any(|known| {
            let is_declared = |(from, to): &(String, String)| declared.contains(&(from, to));
            known.to == key.table
                && known.columns.len() == declared.len()
                && known.columns.iter().all(is_declared)
        })
    }

    /// Whether the columns of a key are there, so that it makes sense to ask for it.
    pub(super) fn has_columns_of(&self, table: &TableDef, key: &KeyDef) -> bool {
        let mut columns = key.columns.iter();
        columns.all(|at| self.column(&table.columns[*at].name).is_some())
    }
}

/// All that is asked of tables that are verified.
pub(super) const ALL: &[Question] = &[
    Question::Columns,
    Question::Types,
    Question::Keys,
    Question::References,
    Question::Broken,
    Question::Checks,
    Question::Text,
];

/// Asks the catalogue about all tables, one query for each kind of fact.
pub(super) async fn gather<C>(
    within: &mut C,
    live: <C::Backend as Backend>::Live,
    asked: &[Asked<'_>],
    questions: &[Question],
) -> Result<Vec<Facts>>
where
    C: Connection,
{
    let mut facts: Vec<Facts> = asked.iter().map(|_| Facts::default()).collect();
    for &question in questions {
        let Some(text) = render::catalogue(question, asked, within.dialect()) else {
            continue;
        };
        if question == Question::Checks {
            for each in &mut facts {
                each.checks = Some(Vec::new());
            }
        }
        let none = <C::Backend as Backend>::arguments(live);
        let rows = within
            .fetch_all(text.into(), none)
            .await
            .map_err(Error::from_sqlx)?;
        for row in &rows {
            let mut reader = Reader::<C::Backend>::new(row);
            let place = usize::try_from(reader.count()?).unwrap_or(usize::MAX);
            if let Some(of) = facts.get_mut(place) {
                of.read(question, &mut reader)?;
            }
        }
    }
    Ok(facts)
}

impl Facts {
    fn read<DB: Backend>(&mut self, question: Question, reader: &mut Reader<'_, DB>) -> Result<()> {
        match question {
            Question::Columns => {
                self.kind = reader.text()?;
                let Some(name) = reader.text()? else {
                    return Ok(());
                };
                self.columns.push(Column {
                    name,
                    stored_as: reader.text()?.unwrap_or_default(),
                    not_null: reader.flag()?,
                    has_default: reader.flag()?,
                    numbered: reader.flag()?,
                    generated: reader.flag()?,
                    collation: reader.text()?,
                    is_loose: reader.flag()?,
                    is_pinned: reader.flag()?,
                    can_be_supplied: reader.flag()?,
                });
            }
            Question::Types => {
                self.types.push(Typed {
                    name: reader.text()?.unwrap_or_default(),
                    declared: reader.text()?,
                    sent: reader.text()?,
                    base: reader.text()?,
                });
            }
            Question::Broken => self.broken.push(Broken {
                table: reader.text()?.unwrap_or_default(),
                columns: reader.text()?.unwrap_or_default(),
                to: reader.text()?.unwrap_or_default(),
                to_columns: reader.text()?,
                is_column: reader.flag()?,
            }),
            Question::Text => self.text = reader.text()?,
            Question::Keys => self.indexes.push(Index {
                name: reader.text()?.unwrap_or_default(),
                columns: reader.text()?.unwrap_or_default(),
                valid: reader.flag()?,
                immediate: reader.flag()?,
                nulls_not_distinct: reader.flag()?,
                filter: reader.text()?,
                unique: reader.flag()?,
                primary: reader.flag()?,
                of_constraint: reader.flag()?,
            }),
            Question::References => {
                let id = reader.count()?;
                let from = reader.text()?.unwrap_or_default();
                let to = reader.text()?.unwrap_or_default();
                let columns = (from, reader.text()?.unwrap_or_default());
                let known = self.foreign_keys.iter_mut().find(|known| known.id == id);
                match known {
                    Some(known) => known.columns.push(columns),
                    None => self.foreign_keys.push(ForeignKey {
                        id,
                        to,
                        columns: vec![columns],
                    }),
                }
            }
            Question::Checks => {
                let name = reader.text()?.unwrap_or_default();
                self.checks.get_or_insert_default().push(name);
            }
        }
        Ok(())
    }
}
