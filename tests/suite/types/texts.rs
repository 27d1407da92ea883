//! Texts, bytes, UUIDs and JSON.

use std::collections::BTreeMap;

use orm::prelude::*;
use orm_tests::Site;
use sqlx::types::uuid::fmt::{Hyphenated, Simple};
use sqlx::types::{Json, JsonValue, Text, Uuid};

use super::family::{Place, WAYS, family};

family! {
    texts_and_bytes_come_back on Db;
    keys {
        text: String = texts();
        bytes: Vec<u8> = [vec![], vec![0], vec![0, 255, b'\\', b'\''], (0..=255).collect()];
        uuid: Uuid = [Uuid::nil(), Uuid::from_u128(1 << 127), Uuid::max()];
        parsed: Text<std::net::IpAddr> = [address("127.0.0.1"), address("::1")];
    }
    compared {
        // Longer than what fits in an index.
        long: String = ["ä".repeat(10_000)];
    }
    carried {}
}

family! {
    json_comes_back on Db;
    keys {
        json: JsonValue = jsons();
        list: Json<Vec<Option<i64>>> = [Json(vec![]), Json(vec![Some(i64::MAX), None, Some(i64::MIN)])];
        map: Json<BTreeMap<String, String>> = [
            Json(BTreeMap::new()),
            Json(BTreeMap::from([("a \"quoted\" key".to_owned(), "\\ '".to_owned())])),
        ];
        // Not the same as no value.
        null: Json<Option<bool>> = [Json(None), Json(Some(false))];
    }
    compared {}
    carried {}
}

family! {
    json_as_it_was_written_comes_back_on_postgres on PgPool;
    keys { n: i32 = [1, 2]; }
    compared {}
    carried {
        // This type has no equality.
        #[column(type = "json")] json: JsonValue = jsons();
    }
}

family! {
    uuids_as_text_come_back_on_sqlite on SqlitePool;
    keys {
        hyphenated: Hyphenated = [Uuid::nil().hyphenated(), Uuid::max().hyphenated()];
        simple: Simple = [Uuid::nil().simple(), Uuid::max().simple()];
    }
    compared {}
    carried {}
}

#[derive(Table)]
#[table(name = "texts")]
struct Long {
    #[column(primary_key)]
    id: i64,
    text: String,
    bytes: Vec<u8>,
}

pub(crate) async fn megabytes_come_back(site: Site) {
    let db = &orm::Db::open(&site).await;
    orm::create_tables!(db, Long).await.expect("a table");
    let long = |id| Long {
        id,
        text: "ä\u{10ffff}".repeat(500_000),
        bytes: (0..=255).cycle().take(3_000_001).collect(),
    };
    // Together they are more than what is sent at once.
    let rows = [long(1), long(2), long(3)];
    for (carrier, chunk) in WAYS {
        let upsert = rows.upsert().on_primary_key().update_all();
        let stored = upsert
            .carrier(carrier)
            .chunk_rows(chunk)
            .fetch_all(db)
            .await;
        for (stored, row) in stored.expect("an upsert").iter().zip(&rows) {
            assert_eq!(stored.id, row.id);
            assert!(
                stored.text == row.text && stored.bytes == row.bytes,
                "{carrier:?}"
            );
        }
    }
}

fn texts() -> Vec<String> {
    [
        "",
        " ",
        "'; DROP TABLE always; --",
        "\"quoted\" \\ $1 ?1 :a %s",
        "line\nbreak\r\n\ttab",
        "NULL",
        "ä ß ł 漢字 \u{1f469}\u{200d}\u{1f680} \u{202e}",
        "e\u{301}",
        "é",
        "\u{10ffff}",
    ]
    .map(str::to_owned)
    .into()
}

fn jsons() -> Vec<JsonValue> {
    [
        "null",
        "true",
        "\"\"",
        "-1.5",
        "9223372036854775807",
        "[]",
        "{}",
        r#"{"a": [1, {"b": null}], "ü": "\"\\"}"#,
    ]
    .map(|text| text.parse().expect("JSON"))
    .into()
}

fn address(text: &str) -> Text<std::net::IpAddr> {
    Text(text.parse().expect("an address"))
}
