//! All that a declaration can say, and what becomes of it.
#![deny(warnings)]

use orm::prelude::*;
use orm::schema::{DefaultDef, ForeignKeyAction, GeneratedDef, KeyKind, Nulls, TableKind};

#[derive(Table, Debug)]
#[table(schema = "geo", fillfactor = 80, partitioned, keep_newest = seen_at)]
#[table(primary_key(region, number))]
#[table(unique(name = "live_path", columns(path), filter = "gone_at IS NULL"))]
#[table(unique(name = "lower_path", expr = "lower(file_path)"))]
#[table(unique(path, region, gone_at, nulls_not_distinct), unique(code, deferrable))]
#[table(index(seen_at), index(path, name = "by_path", method = "hash", filter = "number > 0"))]
#[table(check(positive = "number > 0", short = "length(path) < 100"))]
pub struct Place {
    number: i64,
    region: String,
    #[column(name = "file_path", type = "varchar(100)", collate = "C")]
    path: String,
    code: i32,
    seen_at: i64,
    gone_at: Option<i64>,
    #[column(default = now, insert_only)]
    created_at: i64,
    #[column(default(postgres = "1", sqlite = "2"))]
    kind: i32,
    #[column(generated = "number * 2")]
    double: i64,
    #[column(references = Owner::ID, on_delete = set_null, on_update = cascade)]
    owner: Option<i64>,
}

#[derive(Table, Debug)]
#[table(schema = "geo")]
pub struct Room {
    #[column(primary_key)]
    id: i64,
    #[column(references = Self::ID)]
    near: i64,
}

#[derive(Table, Debug)]
#[table(view, name = "owners_view")]
pub struct Owner {
    #[column(primary_key)]
    id: i64,
}

// Fields may be called as settings are: what they point to tells them apart.
#[derive(Table)]
#[table(references(name = Place::REGION, on_delete = Place::NUMBER, on_delete = cascade))]
#[table(references(on_delete = Place::NUMBER, name = Place::REGION, name = "of_place"))]
pub struct Guest {
    #[column(primary_key)]
    id: i64,
    name: String,
    on_delete: Option<i64>,
}

// Only the schema of that name belongs to the database.
#[derive(Table)]
#[table(name = "information_schema_notes", schema = "information_schema_of_ours")]
struct InformationSchemaNote {
    #[column(primary_key)]
    id: i64,
}

fn main() {
    let def = Place::DEF;
    assert_eq!((def.name.as_ref(), def.schema.as_deref()), ("places", Some("geo")));
    assert_eq!((def.fillfactor, def.kind), (Some(80), TableKind::Partitioned));
    assert_eq!(Owner::DEF.kind, TableKind::View);

    let path = &def.columns[2];
    assert_eq!(Place::PATH.name(), "file_path");
    assert_eq!(path.sql_type.as_deref(), Some("varchar(100)"));
    assert_eq!(path.collation.as_deref(), Some("C"));
    assert!(def.columns[5].nullable && def.columns[6].insert_only);
    assert_eq!(def.columns[6].default, Some(DefaultDef::Now));
    let each = DefaultDef::Each { postgres: "1".into(), sqlite: "2".into() };
    assert_eq!(def.columns[7].default, Some(each));
    assert_eq!(def.columns[8].generated, Some(GeneratedDef::Sql("number * 2".into())));
    let owner = &def.foreign_keys[0];
    assert_eq!((owner.columns.as_ref(), owner.table.as_ref()), (&[9][..], "owners_view"));
    assert_eq!(*owner.references, ["id"]);
    assert_eq!(owner.on_delete, ForeignKeyAction::SetNull);
    assert_eq!(owner.on_update, ForeignKeyAction::Cascade);
    let near = &Room::DEF.foreign_keys[0];
    assert_eq!((near.schema.as_deref(), near.table.as_ref()), (Some("geo"), "rooms"));
    assert_eq!(Room::DEF.foreign_key_name(near), "rooms_near_fkey");
    let guest = &Guest::DEF.foreign_keys[0];
    assert_eq!((guest.columns.as_ref(), guest.schema.as_deref()), (&[1, 2][..], Some("geo")));
    assert_eq!(*guest.references, ["region", "number"]);
    assert_eq!(guest.on_delete, ForeignKeyAction::Cascade);
    assert_eq!(Guest::DEF.foreign_key_name(guest), "guests_name_on_delete_fkey");
    assert_eq!(Guest::DEF.foreign_key_name(&Guest::DEF.foreign_keys[1]), "of_place");

    let names: Vec<_> = def.keys.iter().map(|key| key.name.as_deref()).collect();
    let expected = [
        None,
        Some("live_path"),
        Some("lower_path"),
        Some("places_file_path_region_gone_at_key"),
        Some("places_code_key"),
    ];
    assert_eq!(names, expected);
    assert_eq!((def.keys[0].kind, def.keys[0].columns.as_ref()), (KeyKind::Primary, &[1, 0][..]));
    assert_eq!(Place::LIVE_PATH.def().filter.as_deref(), Some("gone_at IS NULL"));
    assert_eq!(def.keys[3].nulls, Nulls::NotDistinct);
    assert!(def.keys[4].deferrable);
    assert_eq!(def.indexes[0].name, "places_seen_at_idx");
    assert_eq!(def.indexes[1].method.as_deref(), Some("hash"));
    assert_eq!(def.checks[1].0, "short");
}
