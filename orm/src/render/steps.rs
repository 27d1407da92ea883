//! The statements that make the changes between two schemas.

use super::{Writer, create};
use crate::dialect::{Catalogue, Dialect, Unsupported};
use crate::diff::{
    Check, DefaultValue, Deferrable, ForeignKey, Identity, Index, Key, ObjectName, Schema,
    SchemaColumn, Step, Table,
};

mod alter;
mod rebuild;

/// The steps that make `from` equal to `to`.
pub(crate) fn steps(
    from: &Schema,
    to: &Schema,
    dialect: &dyn Dialect,
) -> Result<Vec<Step>, Unsupported> {
    to.tables
        .iter()
        .try_for_each(|table| complete(from, table))?;
    Ok(match dialect.catalogue() {
        Catalogue::Tables { .. } => alter::steps(from, to, dialect),
        Catalogue::Pragmas => rebuild::steps(from, to, dialect),
    })
}

/// Refuses a column that is computed by an expression that nobody has told.
fn complete(from: &Schema, table: &Table) -> Result<(), Unsupported> {
    let known = from.table(&table.name);
    for column in &table.columns {
        let is_told = |column: &SchemaColumn| {
            let computed = column.computed.as_ref();
            computed.is_none_or(|computed| computed.expression.is_some())
        };
        let there = known.and_then(|known| known.column(&column.name));
        if !is_told(column) && there != Some(column) {
            return Err(Unsupported(format!(
                "`{}.{}` is declared `generated` without its expression, so that no statement can make it; \
                 write `generated = \"sql\"`",
                table.name.name, column.name
            )));
        }
    }
    Ok(())
}

impl Writer<'_> {
    /// The name of a table, an index or a type, with its schema where it has one.
    pub(super) fn object(&mut self, name: &ObjectName) -> &mut Self {
        if let Some(schema) = &name.schema {
            self.ident(schema).push(".");
        }
        self.ident(&name.name)
    }

    fn names(&mut self, names: &[String]) -> &mut Self {
        self.push("(");
        self.list(names, |to, name| {
            to.ident(name);
        });
        self.push(")")
    }

    fn constraint_name(&mut self, name: Option<&String>) -> &mut Self {
        if let Some(name) = name {
            self.push("CONSTRAINT ").ident(name).push(" ");
        }
        self
    }

    fn deferrable(&mut self, deferrable: Deferrable) -> &mut Self {
        self.push(match deferrable {
            Deferrable::No => "",
            Deferrable::Immediate => " DEFERRABLE",
            Deferrable::Deferred => " DEFERRABLE INITIALLY DEFERRED",
        })
    }
}

/// `CREATE TABLE` under this name, with the foreign keys that it has.
fn create_table(table: &Table, name: &ObjectName, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    to.push("CREATE TABLE ").object(name).push(" (");
    to.list(&table.columns, |to, each| {
        to.push("\n    ");
        column(to, table, each);
    });
    let is_inline = |key: &&Key| inline_key(table, dialect).is_some_and(|inline| inline == *key);
    for each in table.keys.iter().filter(|key| !is_inline(key)) {
        to.push(",\n    ");
        key(&mut to, each);
    }
    for each in &table.foreign_keys {
        to.push(",\n    ");
        foreign_key(&mut to, each);
    }
    for each in &table.checks {
        to.push(",\n    ");
        check(&mut to, each);
    }
    to.push("\n)");
    if let Some(percent) = table.fillfactor {
        to.push(&format!(" WITH (fillfactor = {percent})"));
    }
    if !table.options.is_empty() {
        to.push(" ").push(&table.options.join(", "));
    }
    to.text
}

/// The primary key that a column carries in its own definition, where the database numbers it for that.
fn inline_key<'t>(table: &'t Table, dialect: &dyn Dialect) -> Option<&'t Key> {
    let key = table.primary_key()?;
    let Catalogue::Pragmas = dialect.catalogue() else {
        return None;
    };
    let [column] = &*key.columns else { return None };
    let column = table.column(column)?;
    column.identity.is_some().then_some(key)
}

fn column(to: &mut Writer<'_>, table: &Table, column: &SchemaColumn) {
    to.ident(&column.name);
    if !column.sql_type.is_empty() {
        to.push(" ").push(&column.sql_type);
    }
    if let Some(collation) = &column.collation {
        to.push(" COLLATE ").ident(collation);
    }
    let inline = inline_key(table, to.dialect);
    if let Some(key) = inline.filter(|key| key.columns.contains(&column.name)) {
        to.push(" ")
            .constraint_name(key.name.as_ref())
            .push("PRIMARY KEY");
        if column.identity == Some(Identity::Autoincrement) {
            to.push(" AUTOINCREMENT");
        }
    }
    if !column.nullable {
        to.push(" NOT NULL");
    }
    if inline.is_none()
        && let Some(identity) = column.identity
    {
        to.push(numbered(identity));
    }
    if let Some(DefaultValue::Sql(sql)) = &column.default {
        to.push(" DEFAULT (").push(sql).push(")");
    }
    if let Some(computed) = &column.computed {
        to.push(" GENERATED ALWAYS AS (")
            .push(computed.expression.as_deref().unwrap_or_default())
            .push(if computed.stored {
                ") STORED"
            } else {
                ") VIRTUAL"
            });
    }
}

fn numbered(identity: Identity) -> &'static str {
    match identity {
        Identity::Always => " GENERATED ALWAYS AS IDENTITY",
        Identity::ByDefault | Identity::Autoincrement => " GENERATED BY DEFAULT AS IDENTITY",
    }
}

fn key(to: &mut Writer<'_>, key: &Key) {
    to.constraint_name(key.name.as_ref())
        .push(if key.primary { "PRIMARY KEY" } else { "UNIQUE" });
    if key.nulls_not_distinct {
        to.push(" NULLS NOT DISTINCT");
    }
    to.push(" ").names(&key.columns);
    if !key.include.is_empty() {
        to.push(" INCLUDE ").names(&key.include);
    }
    to.deferrable(key.deferrable);
}

fn foreign_key(to: &mut Writer<'_>, key: &ForeignKey) {
    to.constraint_name(key.name.as_ref())
        .push("FOREIGN KEY ")
        .names(&key.columns)
        .push(" REFERENCES ")
        .object(&key.table)
        .push(" ")
        .names(&key.references);
    create::actions(to, key.on_delete, key.on_update);
    to.deferrable(key.deferrable);
}

fn check(to: &mut Writer<'_>, check: &Check) {
    to.constraint_name(check.name.as_ref())
        .push("CHECK (")
        .push(&check.condition)
        .push(")");
}

fn create_index(table: &ObjectName, index: &Index, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    to.push("CREATE ")
        .push(if index.unique { "UNIQUE " } else { "" })
        .push("INDEX ")
        .ident(&index.name)
        .push(" ON ")
        .object(table);
    if let Some(method) = &index.method {
        to.push(" USING ").ident(method);
    }
    to.push(" (");
    to.list(&index.parts, |to, part| match part {
        crate::diff::IndexPart::Named(column) => {
            to.ident(column);
        }
        crate::diff::IndexPart::Sql(sql) => {
            to.push(sql);
        }
    });
    to.push(")");
    if !index.include.is_empty() {
        to.push(" INCLUDE ").names(&index.include);
    }
    if index.nulls_not_distinct {
        to.push(" NULLS NOT DISTINCT");
    }
    if let Some(filter) = &index.filter {
        to.push(" WHERE ").push(filter);
    }
    to.text
}

/// Drops an index, which lives where its table does.
fn drop_index(table: &ObjectName, index: &Index, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    let mut name = table.clone();
    name.name.clone_from(&index.name);
    to.push("DROP INDEX ").object(&name);
    to.text
}

fn drop_table(name: &ObjectName, dialect: &dyn Dialect) -> String {
    let mut to = Writer::new(dialect);
    to.push("DROP TABLE ").object(name);
    to.text
}
