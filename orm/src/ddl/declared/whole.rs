//! All declarations.

use super::table;
use crate::ddl::create::{Blueprint, Plan};
use crate::dialect::{Dialect, verify};
use crate::diff::{Enum, ObjectName, Schema, Table};
use crate::error::Result;
use crate::exec::unsupported;
use crate::schema::TableKind;

/// The plain tables and the enums; views and partitioned tables are made by hand.
///
/// # Errors
///
/// [`ErrorKind::Unsupported`](crate::ErrorKind::Unsupported) for a table that the database cannot keep.
pub(crate) fn schema(plan: &Plan, dialect: &dyn Dialect) -> Result<Schema> {
    let declared = plan.tables.iter();
    let made = declared.filter(|each| each.table.kind == TableKind::Plain);
    let tables = made.map(|Blueprint { table, types }| {
        verify::table(table, dialect).map_err(unsupported(table))?;
        Ok(self::table(table, types, dialect))
    });
    let tables: Vec<Table> = tables.collect::<Result<_>>()?;
    let enums = plan.enums.iter().filter(|_| dialect.has_enums());
    let enums =
        enums.map(|each| Enum::new(ObjectName::from_sql(each.name), each.labels.iter().copied()));
    Ok(Schema::new(tables, enums))
}
