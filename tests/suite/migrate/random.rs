//! Schemas at random.

use fastrand::Rng;
use orm::migrate::{
    Check, Computed, Deferrable, Enum, ForeignKey, Identity, Index, IndexPart, Key, ObjectName,
    Schema, SchemaColumn, Table,
};
use orm_tests::Backend;

/// A schema that the database takes and gives back as it is.
pub(super) fn schema(random: &mut Rng, backend: Backend) -> Schema {
    let is_sqlite = backend == Backend::Sqlite;
    let names: Vec<&str> = ["a", "B b", "c\"c", "d"]
        .into_iter()
        .filter(|_| random.u8(..4) > 0)
        .collect();
    let mut tables: Vec<Table> = names
        .iter()
        .map(|name| table(random, name, is_sqlite))
        .collect();
    // Whoever has a key of its own can be pointed to, also by itself and in circles.
    let targets: Vec<ObjectName> = tables
        .iter()
        .filter(|table| table.primary_key().is_some_and(|key| key.columns == ["id"]))
        .map(|table| table.name.clone())
        .collect();
    for table in &mut tables {
        if table.column("parent").is_some() && !targets.is_empty() && random.bool() {
            let target = targets[random.usize(..targets.len())].clone();
            let name = format!("{}_parent_fkey", table.name.name);
            let mut key = ForeignKey::new(name, ["parent"], target, ["id"]);
            key.on_delete = match random.u8(..3) {
                0 => orm::schema::ForeignKeyAction::Cascade,
                1 => orm::schema::ForeignKeyAction::SetNull,
                _ => orm::schema::ForeignKeyAction::NoAction,
            };
            key.deferrable = if random.bool() {
                Deferrable::Deferred
            } else {
                Deferrable::No
            };
            table.foreign_keys.push(key);
        }
    }
    let mut enums = Vec::new();
    if !is_sqlite && random.bool() {
        let labels = ["x", "y", "z'"].into_iter().filter(|_| random.bool());
        let mood = Enum::new(ObjectName::new("mood"), labels.collect::<Vec<_>>());
        for table in &mut tables {
            if random.bool() {
                table
                    .columns
                    .push(SchemaColumn::new("mood", "mood").nullable());
            }
        }
        enums.push(mood);
    }
    Schema::new(tables, enums)
}

fn table(random: &mut Rng, name: &str, is_sqlite: bool) -> Table {
    let mut table = Table::new(ObjectName::new(name));
    let (int, text) = if is_sqlite {
        ("INTEGER", "TEXT")
    } else {
        ("bigint", "text")
    };
    let key = random.u8(..3);
    let mut id = SchemaColumn::new("id", int);
    // The only column of the key, and an integer: the row's own number.
    id.identity = match (is_sqlite, key, random.u8(..3)) {
        (true, 0, 0) => Some(Identity::Autoincrement),
        (true, 0, _) | (false, _, 0) => Some(Identity::ByDefault),
        (false, _, 1) => Some(Identity::Always),
        _ => None,
    };
    let mut number = SchemaColumn::new("number", int);
    number.nullable = key != 1 && random.bool();
    if random.bool() {
        number = number.with_default("7");
    }
    table.columns = vec![id, number];
    let other = if is_sqlite {
        "VARCHAR(20)"
    } else {
        "character varying(20)"
    };
    let mut note = SchemaColumn::new("note \"x\"", if random.bool() { text } else { other });
    note.nullable = random.bool();
    note.collation = random
        .bool()
        .then(|| if is_sqlite { "NOCASE" } else { "C" }.to_owned());
    let mut optional = vec![note, SchemaColumn::new("parent", int).nullable()];
    let mut computed = SchemaColumn::new("computed", int).nullable();
    computed.computed = random.bool().then(|| Computed::stored("number * 2"));
    optional.push(computed);
    random.shuffle(&mut optional);
    let kept = random.usize(..=optional.len());
    table.columns.extend(optional.into_iter().take(kept));
    let primary = (!is_sqlite).then(|| format!("{name}_pkey"));
    let mut primary_of = |columns: &[&str]| {
        let mut key = Key::primary(columns.iter().copied());
        key.name.clone_from(&primary);
        table.keys.push(key);
    };
    match key {
        0 => primary_of(&["id"]),
        1 => primary_of(&["number", "id"]),
        _ => {}
    }
    if random.bool() {
        let columns = if random.bool() {
            ["id", "number"]
        } else {
            ["number", "id"]
        };
        table.keys.push(Key::unique(format!("{name}_key"), columns));
    }
    if random.bool() {
        let mut index = Index::new(format!("{name}_index"), ["number"]);
        index.unique = random.bool();
        index.filter = random.bool().then(|| "number > 0".to_owned());
        if random.bool() {
            index.parts.push(IndexPart::Sql("abs(id)".to_owned()));
        }
        if table.column("computed").is_some() && random.bool() {
            index.parts.push(IndexPart::Named("computed".to_owned()));
        }
        table.indexes.push(index);
    }
    if random.bool() {
        let limit = random.u8(..2);
        table
            .checks
            .push(Check::new("limits", format!("number > {limit}")));
    }
    if !is_sqlite && random.u8(..4) == 0 {
        table.fillfactor = Some(70);
    }
    if is_sqlite
        && table.primary_key().is_some()
        && table.columns[0].identity.is_none()
        && random.bool()
    {
        table.options.push("WITHOUT ROWID".to_owned());
    }
    table
}
