//! Any name that a database keeps can be that of a table or a column.

use std::collections::HashSet;

use fastrand::Rng;
use orm::Carrier;
use orm::dynamic::{Table, Value, column, key};
use orm_tests::Site;
use sqlx::{AssertSqlSafe, Row};

const TABLES: usize = 25;

/// What a name can be made of: what means something in SQL, in a text of it, or to a driver.
const PARTS: &[&str] = &[
    "\"",
    "'",
    ".",
    " ",
    "`",
    "[",
    "]",
    ";",
    "--",
    "/*",
    "*/",
    "\\",
    "$1",
    "?",
    "?1",
    ":a",
    "@a",
    "%",
    "{}",
    "\n",
    "\t",
    "(",
    ")",
    ",",
    "a",
    "A",
    "_",
    "0",
    "ä",
    "漢",
    "\u{1f680}",
    "e\u{301}",
    "select",
    "TABLE",
    "excluded",
    "incoming",
    "stored",
    "xmax",
    "rowid",
    "NULL",
    "orm staged",
    " n",
    " of",
];

/// A name of one byte to 63 of them.
fn name(random: &mut Rng) -> String {
    let longest = if random.u8(..4) == 0 {
        63
    } else {
        random.usize(1..20)
    };
    let mut name = String::new();
    while let Some(part) = random.choice(PARTS) {
        if name.len() + part.len() > longest {
            break;
        }
        name.push_str(part);
    }
    while longest == 63 && name.len() < 63 {
        name.push('x');
    }
    if name.is_empty() {
        "\"".to_owned()
    } else {
        name
    }
}

/// Names of which no two are one to SQLite either, which does not see the case of letters.
fn names(random: &mut Rng, taken: &mut HashSet<String>) -> [String; 6] {
    std::array::from_fn(|_| {
        loop {
            let name = name(random);
            let lower = name.to_ascii_lowercase();
            // Tables, keys and indexes share one namespace.
            if !reserved(&lower) && !lower.starts_with(' ') && taken.insert(lower) {
                return name;
            }
        }
    })
}

/// Columns that PostgreSQL has in every table, and names of tables that a database keeps for itself.
fn reserved(lower: &str) -> bool {
    lower == "xmax" || lower.starts_with("pg_") || lower.starts_with("sqlite_")
}

pub(crate) async fn any_name_can_be_that_of_a_table_or_a_column(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    let seed = fastrand::u64(..);
    let mut random = Rng::with_seed(seed);
    // The first table has the name of the one that batches are staged in, but for its space.
    let mut first = Some("orm staged".to_owned());
    let mut taken = HashSet::from_iter(first.clone());
    for case in 0..TABLES {
        let mut names = names(&mut random, &mut taken);
        if let Some(first) = first.take() {
            names[0] = first;
        }
        let say = format!("seed {seed}, case {case}: {names:?}");
        let [table_name, id, version, text, unique, index] = &names;
        let table = Table::new(table_name)
            .column(column(id, "BIGINT"))
            .column(column(version, "BIGINT").nullable())
            .column(column(text, "TEXT"))
            .primary_key([id])
            .unique_key(key([text]).named(unique))
            .index(index, [version])
            .build()
            .expect(&say);
        table.create(&db).await.expect(&say);
        table.create(&db).await.expect(&say);
        table.verify(&db).await.expect(&say);

        let row = |at: i64| {
            vec![
                Value::from(at),
                Value::from(at),
                Value::from(format!("t{at}")),
            ]
        };
        let first = row(1)
            .into_iter()
            .zip(&names[1..])
            .map(|(value, name)| (name, value));
        let upsert = table
            .upsert(first)
            .on_conflict_key(unique)
            .update([version]);
        let stored = upsert.fetch_optional(&db).await.expect(&say);
        assert_eq!(stored.expect("a row"), row(1), "{say}");
        for carrier in [Carrier::Values, Carrier::Arrays, Carrier::Copy] {
            let rows: Vec<_> = (0..5).map(row).collect();
            let upsert = table
                .upsert_many([id, version, text], &rows)
                .on_conflict([id]);
            let upsert = upsert.update([version, text]).keep_newest(version);
            let report = upsert
                .carrier(carrier)
                .chunk_rows(2)
                .report(&db)
                .await
                .expect(&say);
            assert_eq!(report.written(), 5, "{say}");
        }
        assert_eq!(
            stored_in(&db, table_name, text).await,
            "t0 t1 t2 t3 t4",
            "{say}"
        );
    }
}

/// The texts in a column, asked for without the library.
async fn stored_in(db: &orm::Db, table: &str, column: &str) -> String {
    let [table, column] = [table, column].map(|name| format!("\"{}\"", name.replace('"', "\"\"")));
    let sql = AssertSqlSafe(format!("SELECT {column} FROM {table} ORDER BY {column}"));
    let texts: Vec<String> = match (db.postgres(), db.sqlite()) {
        (Some(pool), _) => {
            let rows = sqlx::query(sql).fetch_all(pool).await.expect("rows");
            rows.iter().map(|row| row.get(0)).collect()
        }
        (_, Some(pool)) => {
            let rows = sqlx::query(sql).fetch_all(pool).await.expect("rows");
            rows.iter().map(|row| row.get(0)).collect()
        }
        (None, None) => unreachable!("a database is one of the two"),
    };
    texts.join(" ")
}
