//! The texts of statements whose shape is known from types, made once and kept.

use std::any::TypeId;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use foldhash::fast::RandomState;

use crate::dialect::{Dialect, Unsupported, verify};
use crate::error::{Error, ErrorKind, Result};
use crate::render;
use crate::schema::TableDef;
use crate::stmt::Insert;

/// The text of a statement.
pub(crate) type Text = Arc<str>;

/// Keyed by type and dialect: a `static` inside a generic function would be one for all its instances.
static TEXTS: LazyLock<RwLock<HashMap<(TypeId, u8), Text, RandomState>>> =
    LazyLock::new(RwLock::default);

/// The text of the statement that the type `Shape` stands for, made by `make` where it is not known
/// yet.
///
/// There are as many texts as there are statements in the program, so nothing is ever thrown away.
pub(crate) fn cached<Shape: 'static>(
    dialect: &dyn Dialect,
    make: impl FnOnce() -> Result<String>,
) -> Result<Text> {
    let key = (TypeId::of::<Shape>(), dialect.id());
    match known(key) {
        Some(text) => Ok(text),
        None => Ok(keep(key, make()?)),
    }
}

// The map is never left half changed, so that a panic elsewhere does no harm to it.
fn known(key: (TypeId, u8)) -> Option<Text> {
    let texts = TEXTS.read().unwrap_or_else(PoisonError::into_inner);
    texts.get(&key).cloned()
}

fn keep(key: (TypeId, u8), text: String) -> Text {
    let mut texts = TEXTS.write().unwrap_or_else(PoisonError::into_inner);
    Arc::clone(texts.entry(key).or_insert_with(|| text.into()))
}

/// What a database does not have, as an error about this table.
pub(crate) fn unsupported(table: &TableDef) -> impl Fn(Unsupported) -> Error {
    |Unsupported(what)| Error::new(ErrorKind::Unsupported, what).of_table(&table.name)
}

/// The text of an insert or upsert, unless it asks for what the database does not have.
pub(crate) fn insert(statement: &Insert, dialect: &dyn Dialect) -> Result<String> {
    verify::insert(statement, dialect).map_err(unsupported(&statement.table))?;
    Ok(render::insert(statement, dialect))
}
