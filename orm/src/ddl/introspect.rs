//! What a database says of its tables: one query for each kind of fact, whatever the number of tables.

use std::collections::HashMap;

use crate::backend::{Backend, Connection};
use crate::diff::{Enum, Index, Key, ObjectName, SchemaColumn, Table};
use crate::error::{Error, Result};
use crate::render::{self, Asked, Question, Scope};
use crate::schema::{KeyDef, TableDef};
use crate::value::Reader;

mod read;
mod text;
#[cfg(feature = "migrate")]
mod whole;

use read::Part;
pub(super) use text::{Clause, Said};
#[cfg(feature = "migrate")]
pub(crate) use whole::introspect;

/// What is found of one table: what a [`Table`] says, and what beside that decides how it can be used.
#[derive(Debug)]
pub(super) struct Found {
    /// What stands behind its name, or nothing.
    pub(super) kind: Option<String>,
    /// The table.
    pub(super) table: Table,
    /// What is known of its columns beside that, in the same order.
    pub(super) columns: Vec<Observed>,
    /// What is known of its keys and indexes beside that, in the order of the catalog.
    pub(super) unique: Vec<Uses>,
    /// The types of its columns that were declared.
    pub(super) types: Vec<Typed>,
    /// Foreign keys that point to no key.
    pub(super) broken: Vec<Broken>,
    /// What the statement that made it says, where the database keeps that.
    pub(super) said: Option<Said>,
    parts: Vec<Part>,
    /// The numbers of its foreign keys, in their order.
    foreign_keys: Vec<u64>,
}

/// What decides how a column can be used, beside its definition.
#[derive(Debug)]
pub(super) struct Observed {
    /// Its type without a modifier.
    pub(super) stored_as: String,
    /// Its collation, also where it is that of its type.
    pub(super) collation: Option<String>,
    /// Whether its collation holds different texts for equal.
    pub(super) is_loose: bool,
    /// Whether something reads it that is in the way of another type.
    pub(super) is_pinned: bool,
    /// Whether a trigger can supply it.
    pub(super) can_be_supplied: bool,
}

/// An index, that of a key or another, as statements use it.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "answers of the catalog")]
pub(super) struct Uses {
    pub(super) name: String,
    /// What it is over, sorted.
    pub(super) columns: Vec<String>,
    pub(super) valid: bool,
    pub(super) immediate: bool,
    pub(super) nulls_not_distinct: bool,
    pub(super) filter: Option<String>,
    pub(super) unique: bool,
    pub(super) primary: bool,
    pub(super) of_constraint: bool,
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

impl Found {
    fn new() -> Self {
        Self {
            kind: None,
            table: Table::new(ObjectName::new("")),
            columns: Vec::new(),
            unique: Vec::new(),
            types: Vec::new(),
            broken: Vec::new(),
            said: None,
            parts: Vec::new(),
            foreign_keys: Vec::new(),
        }
    }

    /// The types of the column of this name, where the database has types.
    pub(super) fn types_of(&self, name: &str) -> Option<&Typed> {
        self.types.iter().find(|known| known.name == name)
    }

    /// The column of this name, and what is known beside it.
    pub(super) fn column(&self, name: &str) -> Option<(&SchemaColumn, &Observed)> {
        let mut columns = self.table.columns.iter().zip(&self.columns);
        columns.find(|(column, _)| column.name == name)
    }

    /// Whether the columns of a key are there, so that it makes sense to ask for it.
    pub(super) fn has_columns_of(&self, table: &TableDef, key: &KeyDef) -> bool {
        let mut columns = key.columns.iter();
        columns.all(|at| self.column(&table.columns[*at].name).is_some())
    }
}

/// All that is asked of tables that are verified.
pub(super) const TO_VERIFY: &[Question] = &[
    Question::Columns,
    Question::Types,
    Question::Keys,
    Question::References,
    Question::Broken,
    Question::Checks,
    Question::Text,
];

/// Asks about these tables, in their order.
pub(super) async fn named<C>(
    within: &mut C,
    live: <C::Backend as Backend>::Live,
    asked: &[Asked<'_>],
    questions: &[Question],
) -> Result<Vec<Found>>
where
    C: Connection,
{
    let mut found = Gathered::default();
    for place in 0..asked.len() {
        found.table(place as u64);
    }
    gather(within, live, &Scope::Named(asked), questions, &mut found).await?;
    Ok(found.finish().0)
}

/// What has been read so far.
#[derive(Debug, Default)]
struct Gathered {
    places: HashMap<u64, usize>,
    tables: Vec<Found>,
    enums: Vec<(u64, Enum)>,
}

impl Gathered {
    /// The table of this number, which is there from now on.
    fn table(&mut self, number: u64) -> usize {
        let next = self.tables.len();
        let place = *self.places.entry(number).or_insert(next);
        if place == next {
            self.tables.push(Found::new());
        }
        place
    }

    fn finish(mut self) -> (Vec<Found>, Vec<Enum>) {
        self.tables.iter_mut().for_each(Found::finish);
        let enums = self.enums.into_iter().map(|(_, each)| each);
        (self.tables, enums.collect())
    }
}

async fn gather<C>(
    within: &mut C,
    live: <C::Backend as Backend>::Live,
    scope: &Scope<'_>,
    questions: &[Question],
    found: &mut Gathered,
) -> Result<()>
where
    C: Connection,
{
    for &question in questions {
        let Some(text) = render::catalogue(question, scope, within.dialect()) else {
            continue;
        };
        let none = <C::Backend as Backend>::arguments(live);
        let rows = within
            .fetch_all(text.into(), none)
            .await
            .map_err(Error::from_sqlx)?;
        for row in &rows {
            let mut reader = Reader::<C::Backend>::new(row);
            let number = reader.count()?;
            if question == Question::Enums {
                found.read_label(number, &mut reader)?;
                continue;
            }
            // What has been made since the columns were asked for is not there yet.
            let place = match scope {
                Scope::All { .. } if question == Question::Columns => Some(found.table(number)),
                _ => found.places.get(&number).copied(),
            };
            if let Some(of) = place.and_then(|place| found.tables.get_mut(place)) {
                of.read(question, &mut reader)?;
            }
        }
    }
    Ok(())
}
