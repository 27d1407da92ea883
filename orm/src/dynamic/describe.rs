//! Describing a table.

use std::borrow::Cow;
use std::sync::Arc;

use futures_core::future::BoxFuture;

use super::identifier;
use super::many::Many;
use super::upsert::Upsert;
use crate::error::{Error, ErrorKind, Result};
use crate::exec::{self, Blueprint, Executor, Plan};
use crate::schema::{ColumnDef, DefaultDef, KeyDef, TableDef};
use crate::value::Value;

/// A table that was described at run time. Cloning shares the description.
#[derive(Debug, Clone)]
pub struct Table {
    def: Arc<TableDef>,
}

/// A table in description: what [`Table::new`] begins and [`build`](Describe::build) checks.
#[derive(Debug, Clone)]
#[must_use = "a description is not a table yet: end it with `build`"]
pub struct Describe {
    schema: Option<String>,
    name: String,
    columns: Vec<DescribeColumn>,
    primary_key: Vec<String>,
    unique: Vec<Vec<String>>,
}

/// A column in description.
#[derive(Debug, Clone)]
pub struct DescribeColumn {
    name: String,
    sql_type: String,
    nullable: bool,
    default: Option<String>,
    insert_only: bool,
}

/// Describes a column of this name and SQL type that must have a value.
pub fn column(name: impl Into<String>, sql_type: impl Into<String>) -> DescribeColumn {
    DescribeColumn {
        name: name.into(),
        sql_type: sql_type.into(),
        nullable: false,
        default: None,
        insert_only: false,
    }
}

impl DescribeColumn {
    /// The same column, which may be `NULL`.
    #[must_use]
    pub fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }

    /// The same column with this SQL as its default.
    #[must_use]
    pub fn default_sql(mut self, sql: impl Into<String>) -> Self {
        self.default = Some(sql.into());
        self
    }

    /// The same column, which no upsert overwrites.
    #[must_use]
    pub fn insert_only(mut self) -> Self {
        self.insert_only = true;
        self
    }
}

impl Table {
    /// Begins to describe a table of this name.
    #[expect(
        clippy::new_ret_no_self,
        reason = "a table is described first, and checked when it is built"
    )]
    pub fn new(name: impl Into<String>) -> Describe {
        Describe {
            schema: None,
            name: name.into(),
            columns: Vec::new(),
            primary_key: Vec::new(),
            unique: Vec::new(),
        }
    }

    /// The facts of the table.
    pub fn def(&self) -> &TableDef {
        &self.def
    }

    /// Makes the table where it is not there yet.
    ///
    /// # Errors
    ///
    /// What the database refuses.
    pub fn create<'c, E: Executor<'c> + 'c>(&self, on: E) -> BoxFuture<'c, Result<()>> {
        Box::pin(exec::create_tables(on, self.plan()))
    }

    /// Compares it with the database, as [`verify!`](crate::verify) does.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Drift`] with everything that differs.
    pub fn verify<'c, E: Executor<'c> + 'c>(&self, on: E) -> BoxFuture<'c, Result<()>> {
        Box::pin(exec::verify(on, self.plan()))
    }

    fn plan(&self) -> Plan {
        Plan {
            enums: Vec::new(),
            tables: vec![Blueprint {
                table: Cow::Owned(TableDef::clone(&self.def)),
                types: vec![String::new(); self.def.columns.len()],
            }],
        }
    }

    /// Begins an upsert of one row: the columns that it supplies, with their values.
    pub fn upsert<N: AsRef<str>>(&self, row: impl IntoIterator<Item = (N, Value)>) -> Upsert {
        Upsert::of_row(Arc::clone(&self.def), row)
    }

    /// Begins an upsert of many rows, all of them or none: the columns that they supply, and the values of
    /// each row in that order. The values of one column are of one kind, or `NULL`.
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
    ///     .column(column("inhabitants", "BIGINT"))
    ///     .primary_key(["name"])
    ///     .build()?;
    ///
    /// let db = orm::connect("sqlite::memory:").await?;
    /// cities.create(&db).await?;
    ///
    /// let rows = [
    ///     vec![Value::from("Rome"), Value::from(2_800_000)],
    ///     vec![Value::from("Oslo"), Value::from(700_000)],
    /// ];
    /// let report = cities
    ///     .upsert_many(["name", "inhabitants"], &rows)
    ///     .on_conflict(["name"])
    ///     .update_all()
    ///     .report(&db)
    ///     .await?;
    /// assert_eq!(report.inserted, 2);
    /// # Ok(())
    /// # }
    /// ```
    pub fn upsert_many<'r, N: AsRef<str>>(
        &self,
        columns: impl IntoIterator<Item = N>,
        rows: &'r [Vec<Value>],
    ) -> Upsert<Many<'r>> {
        Upsert::new(Arc::clone(&self.def), columns, Many::new(rows))
    }
}

impl Describe {
    /// In this schema.
    pub fn schema(mut self, schema: impl Into<String>) -> Self {
        self.schema = Some(schema.into());
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

    /// With these columns as a unique key.
    pub fn unique<N: Into<String>>(mut self, columns: impl IntoIterator<Item = N>) -> Self {
        self.unique
            .push(columns.into_iter().map(Into::into).collect());
        self
    }

    /// Checks the description.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`] for names that are empty, too long, reserved, not there or there
    /// twice, and for a table without a primary key.
    pub fn build(self) -> Result<Table> {
        let Self {
            schema,
            name,
            columns,
            primary_key,
            unique,
        } = self;
        identifier::check("table", &name)?;
        identifier::check_not_reserved("table", &name)?;
        if let Some(schema) = &schema {
            identifier::check("schema", schema)?;
            identifier::check_not_reserved("schema", schema)?;
        }
        for (at, column) in columns.iter().enumerate() {
            identifier::check("column", &column.name)?;
            if columns[..at]
                .iter()
                .any(|before| before.name == column.name)
            {
                return Err(wrong(format!("two columns are called `{}`", column.name)));
            }
        }
        if primary_key.is_empty() {
            return Err(wrong(format!(
                "table `{name}` has no primary key; call `primary_key`"
            )));
        }
        let mut keys = vec![KeyDef::primary(&[])];
        keys[0].columns = positions(&columns, &primary_key)?.into();
        for key in &unique {
            let mut def = KeyDef::unique("", &[]);
            def.name = None;
            def.columns = positions(&columns, key)?.into();
            keys.push(def);
        }
        let mut def = TableDef::new("", &[], &[]);
        def.schema = schema.map(Cow::Owned);
        def.name = name.into();
        def.columns = columns.into_iter().map(DescribeColumn::into_def).collect();
        def.keys = keys.into();
        Ok(Table { def: Arc::new(def) })
    }
}

impl DescribeColumn {
    fn into_def(self) -> ColumnDef {
        let mut def = ColumnDef::new("");
        def.name = self.name.into();
        def.sql_type = Some(self.sql_type.into());
        def.nullable = self.nullable;
        def.default = self.default.map(|sql| DefaultDef::Sql(sql.into()));
        def.insert_only = self.insert_only;
        def
    }
}

/// Where the columns of a key stand.
fn positions(columns: &[DescribeColumn], key: &[String]) -> Result<Vec<usize>> {
    let mut positions = Vec::with_capacity(key.len());
    for name in key {
        let Some(at) = columns.iter().position(|column| column.name == *name) else {
            return Err(wrong(format!("a key names `{name}`, which is no column")));
        };
        if positions.contains(&at) {
            return Err(wrong(format!("a key names `{name}` twice")));
        }
        positions.push(at);
    }
    if positions.is_empty() {
        return Err(wrong("a key names no column".to_owned()));
    }
    Ok(positions)
}

fn wrong(message: String) -> Error {
    Error::new(ErrorKind::Configuration, message)
}
