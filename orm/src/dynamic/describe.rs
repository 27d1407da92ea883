//! Describing a table.

use super::table::Table;
use crate::error::Result;
use crate::schema::{IndexDef, KeyDef, TableDef, TableKind};

mod check;
mod column;
mod foreign_key;
mod key;

use check::wrong;
pub use column::{DescribeColumn, column};
pub use foreign_key::{DescribeForeignKey, foreign_key};
pub use key::{DescribeKey, key};

/// A table in description: what [`Table::new`] begins and [`build`](Describe::build) checks.
#[derive(Debug, Clone)]
#[must_use = "a description is not a table yet: end it with `build`"]
pub struct Describe {
    def: TableDef,
    columns: Vec<DescribeColumn>,
    primary_key: Vec<String>,
    unique: Vec<DescribeKey>,
    foreign_keys: Vec<DescribeForeignKey>,
    indexes: Vec<(String, Vec<String>)>,
}

impl Describe {
    /// Nothing but the name.
    pub(super) fn new(name: String) -> Self {
        let mut def = TableDef::new("", &[], &[]);
        def.name = name.into();
        Self {
            def,
            columns: Vec::new(),
            primary_key: Vec::new(),
            unique: Vec::new(),
            foreign_keys: Vec::new(),
            indexes: Vec::new(),
        }
    }

    /// In this schema.
    pub fn schema(mut self, schema: impl Into<String>) -> Self {
        self.def.schema = Some(schema.into().into());
        self
    }

    /// With this column, behind those before it.
    pub fn column(mut self, column: DescribeColumn) -> Self {
        self.columns.push(column);
        self
    }

    /// With these columns as its primary key.
    pub fn primary_key<N: Into<String>>(mut self, columns: impl IntoIterator<Item = N>) -> Self {
        self.primary_key = columns.into_iter().map(Into::into).collect();
        self
    }

    /// With these columns, none of which may be `NULL`, as a unique key.
    pub fn unique<N: Into<String>>(self, columns: impl IntoIterator<Item = N>) -> Self {
        self.unique_key(key(columns))
    }

    /// With this unique key.
    pub fn unique_key(mut self, key: DescribeKey) -> Self {
        self.unique.push(key);
        self
    }

    /// With this foreign key; that of a single column is described with
    /// [`references`](DescribeColumn::references) too.
    pub fn foreign_key(mut self, key: DescribeForeignKey) -> Self {
        self.foreign_keys.push(key);
        self
    }

    /// With an index of this name over these columns.
    pub fn index<N: Into<String>>(
        mut self,
        name: impl Into<String>,
        columns: impl IntoIterator<Item = N>,
    ) -> Self {
        let columns = columns.into_iter().map(Into::into).collect();
        self.indexes.push((name.into(), columns));
        self
    }

    /// With a check of this name and condition.
    pub fn check(mut self, name: impl Into<String>, sql: impl Into<String>) -> Self {
        let check = (name.into().into(), sql.into().into());
        self.def.checks.to_mut().push(check);
        self
    }

    /// With pages packed to this percentage.
    pub fn fillfactor(mut self, percent: u8) -> Self {
        self.def.fillfactor = Some(percent);
        self
    }

    /// With this standing behind its name.
    pub fn of_kind(mut self, kind: TableKind) -> Self {
        self.def.kind = kind;
        self
    }

    /// Checks the description.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) with the first mistake in it: names that
    /// are empty, too long, reserved, not there or there twice, roles that contradict each other, keys
    /// that cannot be, and whatever else the derive has the compiler refuse.
    pub fn build(self) -> Result<Table> {
        let Self {
            mut def,
            columns,
            primary_key,
            unique,
            foreign_keys,
            indexes,
        } = self;
        def.columns = columns.iter().map(|column| column.def.clone()).collect();
        // A key that names a column is read better once the columns are right.
        check::rules(&def)?;
        if primary_key.is_empty() {
            return Err(wrong(format!(
                "table `{}` has no primary key; call `primary_key`",
                def.name
            )));
        }
        let mut primary = KeyDef::primary(&[]);
        primary.columns = positions(&def, "a key", &primary_key)?.into();
        let mut keys = vec![primary];
        for key in unique {
            let positions = positions(&def, "a key", &key.columns)?;
            check::key(&key, &positions, &columns)?;
            keys.push(key.into_def(positions));
        }
        def.keys = keys.into();
        check::actions(&columns)?;
        let of_columns = columns.iter().filter_map(DescribeColumn::foreign_key);
        for key in of_columns.chain(foreign_keys) {
            let positions = positions(&def, "a foreign key", &key.columns)?;
            def.foreign_keys.to_mut().push(key.into_def(positions));
        }
        for (name, columns) in indexes {
            let mut index = IndexDef::new("", &[]);
            index.columns = positions(&def, "an index", &columns)?.into();
            index.name = name.into();
            def.indexes.to_mut().push(index);
        }
        check::rules(&def)?;
        check::auto(&def)?;
        check::foreign_keys(&def)?;
        Ok(Table::of(def))
    }
}

/// Where the columns of a key or an index stand.
fn positions(table: &TableDef, what: &str, names: &[String]) -> Result<Vec<usize>> {
    let mut positions = Vec::with_capacity(names.len());
    for name in names {
        let Some(at) = table.position(name) else {
            return Err(wrong(format!("{what} names `{name}`, which is no column")));
        };
        if positions.contains(&at) {
            return Err(wrong(format!("{what} names `{name}` twice")));
        }
        positions.push(at);
    }
    if positions.is_empty() {
        return Err(wrong(format!("{what} names no column")));
    }
    Ok(positions)
}
