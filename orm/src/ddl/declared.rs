//! The schema that declarations describe, as the catalog of a database would have it.

use crate::dialect::{Auto, Dialect};
use crate::diff::{
    Check, Computed, DefaultValue, Deferrable, ForeignKey, Identity, Index, IndexPart, Key,
    ObjectName, SchemaColumn, Table, bare,
};
use crate::schema::{
    ColumnDef, ForeignKeyDef, GeneratedDef, IndexDef, KeyDef, KeyKind, LONGEST_NAME, Name, Nulls,
    TableDef,
};

#[cfg(feature = "migrate")]
mod whole;

#[cfg(feature = "migrate")]
pub(crate) use whole::schema;

/// A table. `sent_as` is what the database calls the types of its columns.
pub(super) fn table(def: &TableDef, sent_as: &[String], dialect: &dyn Dialect) -> Table {
    let mut table = Table::new(object(def.schema.as_ref(), &def.name));
    let columns = def.columns.iter().zip(sent_as).enumerate();
    table.columns = columns
        .map(|(at, (each, sent_as))| column(def, at, each, sent_as, dialect))
        .collect();
    for each in def.keys.iter() {
        if each.filter.is_none() && each.expression.is_none() {
            table.keys.push(key(def, each, dialect));
        } else {
            table.indexes.push(unique_index(def, each));
        }
    }
    table
        .indexes
        .extend(def.indexes.iter().map(|each| index(def, each, dialect)));
    let foreign_keys = def.foreign_keys.iter();
    table.foreign_keys = foreign_keys.map(|each| foreign_key(def, each)).collect();
    let checks = def.checks.iter();
    table.checks = checks
        .map(|(name, condition)| Check::new(name.clone(), bare(condition)))
        .collect();
    table.fillfactor = def.fillfactor.filter(|_| dialect.has_fillfactor());
    table
}

fn column(
    table: &TableDef,
    at: usize,
    def: &ColumnDef,
    sent_as: &str,
    dialect: &dyn Dialect,
) -> SchemaColumn {
    let declared = dialect.column_type(def, sent_as);
    let mut column = SchemaColumn::new(def.name.clone(), dialect.type_name(&declared));
    column.nullable = def.nullable;
    column.collation = def.collation.as_deref().map(str::to_owned);
    column.default = match (dialect.default(def, sent_as), &def.default) {
        (Some(sql), _) => Some(DefaultValue::of(&sql)),
        (None, Some(_)) => Some(DefaultValue::Undeclared),
        (None, None) => None,
    };
    column.computed = def.generated.as_ref().map(|generated| Computed {
        expression: match generated {
            GeneratedDef::Database => None,
            GeneratedDef::Sql(sql) => Some(bare(sql).to_owned()),
        },
        stored: true,
    });
    // On SQLite any column that is the whole primary key and of just this type is the row's own number.
    let is_row_id = dialect.auto() == Auto::InlinePrimaryKey
        && declared.eq_ignore_ascii_case("INTEGER")
        && table.primary_key().is_some_and(|key| *key.columns == [at]);
    column.identity = (def.auto || is_row_id).then_some(Identity::ByDefault);
    column
}

fn key(table: &TableDef, def: &KeyDef, dialect: &dyn Dialect) -> Key {
    // PostgreSQL names what has no name.
    let made = || match def.kind {
        _ if !dialect.has_schemas() => None,
        KeyKind::Primary => Some(primary_key_name(&table.name)),
        KeyKind::Unique => Some(table.key_name(def)),
    };
    Key {
        name: def.name.as_deref().map(str::to_owned).or_else(made),
        primary: def.kind == KeyKind::Primary,
        columns: names(table, &def.columns),
        include: Vec::new(),
        nulls_not_distinct: def.nulls == Nulls::NotDistinct,
        deferrable: if def.deferrable {
            Deferrable::Immediate
        } else {
            Deferrable::No
        },
    }
}

/// What PostgreSQL calls the primary key of a table: as much of its name as there is room for.
fn primary_key_name(table: &str) -> String {
    const SUFFIX: &str = "_pkey";
    let mut end = table.len().min(LONGEST_NAME - SUFFIX.len());
    while !table.is_char_boundary(end) {
        end -= 1;
    }
    table.get(..end).unwrap_or_default().to_owned() + SUFFIX
}

fn unique_index(table: &TableDef, def: &KeyDef) -> Index {
    let mut index = Index::new(
        def.name.as_deref().unwrap_or_default(),
        names(table, &def.columns),
    );
    if let Some(expression) = &def.expression {
        index.parts = vec![IndexPart::Sql(format!("({expression})"))];
    }
    index.unique = true;
    index.filter = def.filter.as_deref().map(|filter| bare(filter).to_owned());
    index.nulls_not_distinct = def.nulls == Nulls::NotDistinct;
    index
}

fn index(table: &TableDef, def: &IndexDef, dialect: &dyn Dialect) -> Index {
    let mut index = Index::new(def.name.clone(), names(table, &def.columns));
    index.filter = def.filter.as_deref().map(|filter| bare(filter).to_owned());
    let method = def.method.as_deref().filter(|_| dialect.has_schemas());
    let method = method.map(str::to_ascii_lowercase);
    index.method = method.filter(|method| method != "btree");
    index
}

fn foreign_key(table: &TableDef, def: &ForeignKeyDef) -> ForeignKey {
    let references = def.references.iter().map(|column| &**column);
    let mut key = ForeignKey::new(
        table.foreign_key_name(def),
        names(table, &def.columns),
        object(def.schema.as_ref(), &def.table),
        references,
    );
    key.on_delete = def.on_delete;
    key.on_update = def.on_update;
    key
}

fn object(schema: Option<&Name>, name: &Name) -> ObjectName {
    ObjectName {
        schema: schema.map(|schema| schema.clone().into_owned()),
        name: name.clone().into_owned(),
    }
}

fn names(table: &TableDef, positions: &[usize]) -> Vec<String> {
    let names = positions.iter().map(|at| &table.columns[*at].name);
    names.map(|name| name.clone().into_owned()).collect()
}
