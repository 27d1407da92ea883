//! Tables described at run time, whose names are drawn from the words of the renderer's own source.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use fastrand::Rng;
use orm::ErrorKind;
use orm::dynamic::{Row, Table, Value, column, key};
use orm::prelude::*;
use orm_tests::Site;

use super::{alike, tell};

const TABLES: usize = 40;

/// Every word that stands in a text of the source of the renderer and of the dialects.
fn words() -> Vec<String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../orm/src");
    let mut words = BTreeSet::new();
    for place in ["render", "render.rs", "dialect", "stmt"] {
        read(&source.join(place), &mut words);
    }
    assert!(
        words.contains("excluded") && words.contains("incoming"),
        "{words:?}"
    );
    // What PostgreSQL has in every table, and what a database keeps for itself.
    let system = [
        "xmax",
        "xmin",
        "ctid",
        "cmin",
        "cmax",
        "tableoid",
        "information_schema",
    ];
    // Functions of SQLite, after which no table is named there.
    let functions = [
        "dbstat",
        "fts3tokenize",
        "fts4aux",
        "generate_series",
        "json_each",
        "json_tree",
        "jsonb_each",
        "jsonb_tree",
    ];
    let prefixes = ["pg_", "sqlite_", "pragma_"];
    let is_reserved = |word: &str| {
        system.contains(&word)
            || functions.contains(&word)
            || prefixes.iter().any(|prefix| word.starts_with(prefix))
    };
    words
        .into_iter()
        .filter(|word| !is_reserved(word))
        .collect()
}

fn read(path: &Path, words: &mut BTreeSet<String>) {
    if path.is_dir() {
        let entries = fs::read_dir(path).expect("the source").flatten();
        return entries.for_each(|entry| read(&entry.path(), words));
    }
    let text = fs::read_to_string(path).expect("the source");
    for line in text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
    {
        // What stands between quotes; that a quote may be escaped makes no word less.
        for piece in line.split('"').skip(1).step_by(2).chain(line.split("\\\"")) {
            let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
            let found = piece.split(|c| !is_part(c));
            let found = found.filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()));
            words.extend(found.map(str::to_ascii_lowercase));
        }
    }
}

/// Rows without their names, which differ.
fn values(row: orm::Result<Option<Row>>) -> orm::Result<Option<Vec<Value>>> {
    row.map(|row| row.map(Row::into_values))
}

/// A table of these names: itself, five columns and two keys.
async fn answers(db: &orm::Db, names: &[String; 8]) -> Vec<String> {
    let [name, id, code, version, amount, note, unique, folded] = names;
    let table = Table::new(name)
        .column(column(id, "BIGINT"))
        .column(column(code, "TEXT"))
        .column(column(version, "BIGINT").nullable())
        .column(column(amount, "BIGINT").nullable())
        .column(column(note, "TEXT").nullable())
        .primary_key([id])
        .unique_key(key([code]).named(unique))
        .unique_key(
            key([code])
                .expression(format!("lower(\"{code}\")"))
                .named(folded),
        )
        .build()
        .expect("a table");
    table.create(db).await.expect("created");
    let mut said = Vec::new();
    let columns = [id, code, version, amount, note];
    let row = |at: i64, version: i64| {
        vec![
            Value::from(at),
            Value::from(format!("c{at}")),
            Value::from(version),
            Value::from(10 * version),
            Value::Null,
        ]
    };
    for version in [2, 1, 3] {
        let one = |at| columns.into_iter().zip(row(at, version));
        let upsert = table.upsert(one(1)).on_conflict([id]).update_all();
        tell(
            &mut said,
            "update_all",
            values(upsert.fetch_optional(db).await),
        );
        let upsert = table.upsert(one(2)).on_conflict([code]).update([amount]);
        tell(
            &mut said,
            "newest",
            upsert.keep_newest(version_of(names)).execute(db).await,
        );
        let upsert = table.upsert(one(3)).on_conflict_key(folded).do_nothing();
        tell(
            &mut said,
            "do_nothing",
            values(upsert.fetch_optional(db).await),
        );
    }
    let mut newer = 3;
    for carrier in [
        Carrier::Auto,
        Carrier::Values,
        Carrier::Arrays,
        Carrier::Copy,
    ] {
        for chunk in [2, 100] {
            newer += 1;
            let rows = [
                row(5, 1),
                row(newer + 6, 1),
                row(2, newer),
                row(1, 1),
                row(3, 9),
                row(2, 2),
            ];
            let many = || {
                let many = table.upsert_many(columns, &rows).carrier(carrier);
                many.chunk_rows(chunk)
            };
            let upsert = many().on_conflict([id]).update_all();
            tell(&mut said, "refused", upsert.execute(db).await);
            let upsert = many().on_conflict([code]).update([amount, note]);
            let upsert = upsert.keep_newest(version_of(names));
            tell(&mut said, "newest", upsert.report(db).await);
            let upsert = many().on_conflict_key(folded).update([amount, version]);
            let upsert = upsert.on_duplicates(Duplicates::KeepLast);
            tell(&mut said, "last", upsert.report(db).await);
            let upsert = many().on_conflict_key(unique).do_nothing();
            tell(&mut said, "do_nothing", upsert.execute(db).await);
            let upsert = many().on_conflict([id]).update_all();
            let upsert = upsert.on_duplicates(Duplicates::KeepFirst);
            tell(&mut said, "first", upsert.execute(db).await);
        }
    }
    let nothing = columns.into_iter().zip(row(2, 0));
    let stored = table.upsert(nothing).on_conflict([id]).update([note]);
    tell(&mut said, "stored", values(stored.fetch_optional(db).await));
    said
}

fn version_of(names: &[String; 8]) -> &str {
    &names[3]
}

/// What a column is called in a query around its own is `column2` there, and `"true"` the text.
pub(crate) async fn a_name_that_sqlite_does_not_keep_is_refused(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    for name in ["true", "FALSE"] {
        let table = Table::new(format!("t_{name}"))
            .column(column("id", "BIGINT"))
            .column(column(name, "BIGINT"))
            .primary_key(["id"])
            .build()
            .expect("a table");
        let error = table
            .create(&db)
            .await
            .expect_err("SQLite does not keep it");
        assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");
        assert!(error.to_string().contains(&format!("`{name}`")), "{error}");
        let made =
            format!("CREATE TABLE \"t_{name}\" (id INTEGER PRIMARY KEY, \"{name}\" INTEGER)");
        let pool = db.sqlite().expect("SQLite");
        sqlx::raw_sql(sqlx::AssertSqlSafe(made))
            .execute(pool)
            .await
            .expect("made by hand");
        let rows = [vec![Value::from(1_i64), Value::from(2_i64)]];
        let many = table.upsert_many(["id", name], &rows).on_conflict(["id"]);
        let error = many
            .update([name])
            .execute(&db)
            .await
            .expect_err("nor in a batch");
        assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");
        assert!(error.to_string().contains("another name"), "{error}");
        // What names the table's own column alone is as ever.
        let one = ["id", name].into_iter().zip(rows[0].clone());
        let one = table.upsert(one).on_conflict(["id"]).update([name]);
        assert_eq!(one.execute(&db).await.expect("an upsert"), 1);
    }
}

/// A connection that does not know of a table takes such a name for the function, and finds no rows.
pub(crate) async fn a_table_is_not_called_as_a_function_of_sqlite(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    let pool = db.sqlite().expect("SQLite");
    let modules: Vec<String> = sqlx::query_scalar("SELECT name FROM pragma_module_list")
        .fetch_all(pool)
        .await
        .expect("the modules");
    let pragmas: Vec<String> = sqlx::query_scalar(
        "SELECT 'pragma_' || name FROM pragma_pragma_list WHERE name IN ('table_info', 'Index_List')",
    )
    .fetch_all(pool)
    .await
    .expect("some pragmas");
    let names: BTreeSet<String> = modules.into_iter().chain(pragmas).collect();
    let mut refused = 0;
    for name in names.iter().filter(|name| !name.starts_with("sqlite_")) {
        let read = format!("SELECT count(*) FROM \"{name}\"");
        let read = || sqlx::query(sqlx::AssertSqlSafe(read.clone())).execute(pool);
        let is_function = match read().await {
            Ok(_) => true,
            Err(error) => !error.to_string().contains("no such table"),
        };
        let table = Table::new(name.to_ascii_uppercase())
            .column(column("id", "BIGINT"))
            .primary_key(["id"])
            .build()
            .expect("a table");
        let created = table.create(&db).await;
        assert_eq!(created.is_err(), is_function, "{name}: {created:?}");
        if let Err(error) = created {
            refused += 1;
            assert_eq!(error.kind(), ErrorKind::Unsupported, "{error}");
            assert!(error.to_string().contains("give the table another name"));
        }
    }
    assert!(refused >= 4, "{names:?}");
}

pub(crate) async fn any_word_of_the_renderer_can_be_a_name(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    let ordinary = [
        "things", "id", "code", "version", "amount", "note", "u", "f",
    ];
    let expected = answers(&db, &ordinary.map(str::to_owned)).await;
    let wrong = expected.iter().find(|said| said.contains(": Statement"));
    assert_eq!(wrong, None);
    let mut words = words();
    if db.sqlite().is_some() {
        words.retain(|word| {
            let is_function = word.starts_with("pragma_") || word.starts_with("json_");
            word != "true" && word != "false" && !is_function
        });
    }
    let seed = fastrand::u64(..);
    let mut random = Rng::with_seed(seed);
    // Tables, keys and indexes share one namespace.
    let fixed = ["excluded", "incoming"].iter().chain(&ordinary);
    let mut taken: BTreeSet<String> = fixed.map(|name| (*name).to_owned()).collect();
    let mut draw = |random: &mut Rng| {
        loop {
            let word = words[random.usize(..words.len())].clone();
            if taken.insert(word.clone()) {
                return word;
            }
        }
    };
    for case in 0..TABLES {
        let mut columns = words.clone();
        random.shuffle(&mut columns);
        let mut columns = columns.into_iter();
        let names: [String; 8] = std::array::from_fn(|at| match at {
            0 if case == 0 => "excluded".to_owned(),
            0 if case == 1 => "incoming".to_owned(),
            0 | 6 | 7 => draw(&mut random),
            _ => columns.next().expect("a word"),
        });
        println!("seed {seed}, case {case}: {names:?}");
        alike(
            &format!("seed {seed}: {names:?}"),
            &answers(&db, &names).await,
            &expected,
        );
    }
}
