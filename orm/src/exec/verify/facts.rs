//! What the catalogue says of the tables that are verified.

use crate::backend::{Backend, Connection};
use crate::error::{Error, Result};
use crate::exec::create::Blueprint;
use crate::render::{self, Asked, Question};
use crate::schema::{KeyDef, TableDef};
use crate::value::Reader;

/// What is known of one table.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// What stands behind its name, or nothing.
    pub(super) kind: Option<String>,
    /// Its columns.
    pub(super) columns: Vec<Column>,
    /// What the database calls the types that were declared, by the name of the column.
    pub(super) declared: Vec<(String, Option<String>)>,
    /// Its unique indexes, and those that are not unique.
    pub(super) indexes: Vec<Index>,
    /// Its foreign keys: the column, and what it points to.
    pub(super) references: Vec<(String, String)>,
    /// The names of its checks, where the database tells them.
    pub(super) checks: Option<Vec<String>>,
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
}

impl Facts {
    /// The column of this name.
    pub(super) fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|known| known.name == name)
    }

    /// Whether the columns of a key are there, so that it makes sense to ask for it.
    pub(super) fn has_columns_of(&self, table: &TableDef, key: &KeyDef) -> bool {
        let mut columns = key.columns.iter();
        columns.all(|at| self.column(&table.columns[*at].name).is_some())
    }
}

/// Asks the catalogue about all tables, one query for each kind of fact.
pub(super) async fn gather<C>(
    within: &mut C,
    live: <C::Backend as Backend>::Live,
    tables: &[Blueprint],
) -> Result<Vec<Facts>>
where
    C: Connection,
{
    let mut facts: Vec<Facts> = tables.iter().map(|_| Facts::default()).collect();
    for question in [
        Question::Columns,
        Question::Types,
        Question::Keys,
        Question::References,
        Question::Checks,
    ] {
        let asked: Vec<Asked<'_>> = tables
            .iter()
            .map(|Blueprint { table, types }| (&**table, types.clone()))
            .collect();
        let Some(text) = render::catalogue(question, &asked, within.dialect()) else {
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
                });
            }
            Question::Types => {
                let name = reader.text()?.unwrap_or_default();
                self.declared.push((name, reader.text()?));
            }
            Question::Keys => self.indexes.push(Index {
                name: reader.text()?.unwrap_or_default(),
                columns: reader.text()?.unwrap_or_default(),
                valid: reader.flag()?,
                immediate: reader.flag()?,
                nulls_not_distinct: reader.flag()?,
                filter: reader.text()?,
                unique: reader.flag()?,
            }),
            Question::References => {
                let column = reader.text()?.unwrap_or_default();
                self.references
                    .push((column, reader.text()?.unwrap_or_default()));
            }
            Question::Checks => {
                let name = reader.text()?.unwrap_or_default();
                self.checks.get_or_insert_default().push(name);
            }
        }
        Ok(())
    }
}
