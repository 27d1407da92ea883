//! Rows whose columns are known at run time only.

use std::fmt;
use std::ops::Index;
use std::sync::Arc;

use super::from_value::FromValue;
use crate::error::{Error, ErrorKind, Result};
use crate::schema::{Name, TableDef};
use crate::value::Value;

/// A row: values, each with the name of its column. All rows of a statement share the names.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// use orm::dynamic::{Table, Value, column};
///
/// let cities = Table::new("cities")
///     .column(column("name", "TEXT"))
///     .column(column("mayor", "TEXT").nullable())
///     .primary_key(["name"])
///     .build()?;
/// let db = orm::connect("sqlite::memory:").await?;
/// cities.create(&db).await?;
///
/// let rome = cities.insert([("name", Value::from("Rome"))]).fetch_one(&db).await?;
/// assert_eq!(rome.get::<String>("name")?, "Rome");
/// assert_eq!(rome.get::<Option<String>>("mayor")?, None);
/// assert_eq!(rome[0], Value::from("Rome"));
/// for (name, value) in &rome {
///     println!("{name}: {value:?}");
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq)]
pub struct Row {
    shape: Arc<Shape>,
    values: Vec<Value>,
}

/// What the rows of a statement have in common.
#[derive(Debug, PartialEq)]
pub(super) struct Shape {
    table: Name,
    names: Vec<Name>,
}

impl Shape {
    /// Of the columns at these positions.
    pub(super) fn of(table: &TableDef, columns: impl IntoIterator<Item = usize>) -> Self {
        let name = |at: usize| table.columns[at].name.clone();
        Self {
            table: table.name.clone(),
            names: columns.into_iter().map(name).collect(),
        }
    }
}

impl Row {
    pub(super) fn new(shape: Arc<Shape>, values: Vec<Value>) -> Self {
        Self { shape, values }
    }

    /// The value of the column of this name, as a `T`: a Rust type, an `Option` of one where it may be
    /// `NULL`, or [`Value`], which holds any.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Decode`] when the row has no such column, or its value is not of this type.
    pub fn get<T: FromValue>(&self, name: &str) -> Result<T> {
        let refuse = |message| Error::new(ErrorKind::Decode, message).of_table(&self.shape.table);
        let Some(value) = self.value(name) else {
            let has: Vec<_> = self.names().map(|name| format!("`{name}`")).collect();
            let has = has.join(", ");
            return Err(refuse(format!(
                "the row has no column `{name}`; it has {has}"
            )));
        };
        T::from_value(value).ok_or_else(|| {
            let (what, wanted) = (value.name(), std::any::type_name::<T>());
            let hint = if value.is_null() {
                "; read it as an `Option`"
            } else {
                ""
            };
            refuse(format!(
                "the column `{name}` has {what}, which is no `{wanted}`{hint}"
            ))
        })
    }

    /// The value of the column of this name, where the row has one.
    pub fn value(&self, name: &str) -> Option<&Value> {
        let at = self.shape.names.iter().position(|known| known == name)?;
        self.values.get(at)
    }

    /// The names of its columns, in their order.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.shape.names.iter().map(|name| &**name)
    }

    /// Its values, in the order of the columns.
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// The names of its columns, each with its value.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Value)> {
        self.names().zip(&self.values)
    }

    /// How many columns it has.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether it has no columns.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Its values, in the order of the columns.
    pub fn into_values(self) -> Vec<Value> {
        self.values
    }
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

/// The value of the column at a position.
impl Index<usize> for Row {
    type Output = Value;

    fn index(&self, at: usize) -> &Value {
        &self.values[at]
    }
}

impl From<Row> for Vec<Value> {
    fn from(row: Row) -> Self {
        row.values
    }
}

impl From<Row> for Vec<(String, Value)> {
    fn from(row: Row) -> Self {
        row.into_iter().collect()
    }
}

impl IntoIterator for Row {
    type Item = (String, Value);
    type IntoIter = std::vec::IntoIter<(String, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        let names = self.shape.names.iter().map(ToString::to_string);
        names.zip(self.values).collect::<Vec<_>>().into_iter()
    }
}

impl<'r> IntoIterator for &'r Row {
    type Item = (&'r str, &'r Value);
    type IntoIter = std::iter::Zip<Names<'r>, std::slice::Iter<'r, Value>>;

    fn into_iter(self) -> Self::IntoIter {
        let names = Names(self.shape.names.iter());
        names.zip(&self.values)
    }
}

/// The names of the columns of a row.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub struct Names<'r>(std::slice::Iter<'r, Name>);

impl<'r> Iterator for Names<'r> {
    type Item = &'r str;

    fn next(&mut self) -> Option<&'r str> {
        self.0.next().map(|name| &**name)
    }
}

impl<const N: usize> PartialEq<[Value; N]> for Row {
    fn eq(&self, values: &[Value; N]) -> bool {
        self.values == values
    }
}

impl PartialEq<Vec<Value>> for Row {
    fn eq(&self, values: &Vec<Value>) -> bool {
        self.values == *values
    }
}
