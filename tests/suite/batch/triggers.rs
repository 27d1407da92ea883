//! Triggers that keep rows out, change them or move them: each record still gets what became of it.

use orm::prelude::*;
use orm_tests::Site;

use super::{CARRIERS, connect, letters, numbers, run};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(insert(NewItem, derive(Debug, Clone)))]
struct Item {
    #[column(primary_key, auto)]
    id: i64,
    #[column(unique(nulls_distinct))]
    code: Option<String>,
    note: String,
    version: i64,
}

/// The same without system columns. Its key is also its place.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(partitioned, name = "parted_items")]
struct PartedItem {
    #[column(primary_key)]
    code: String,
    note: String,
}

fn item(code: Option<&str>, note: &str, version: i64) -> NewItem {
    NewItem {
        code: code.map(str::to_owned),
        note: note.to_owned(),
        version,
    }
}

fn parted(code: &str, note: &str) -> PartedItem {
    PartedItem {
        code: code.to_owned(),
        note: note.to_owned(),
    }
}

/// Rows with the note `out` are not inserted, and those with `stay` not updated.
async fn swallow(db: &orm::Db, table: &str) {
    let sql = if db.postgres().is_some() {
        format!(
            "CREATE FUNCTION swallow_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                 IF TG_OP = 'INSERT' AND NEW.note = 'out' OR TG_OP = 'UPDATE' AND NEW.note = 'stay' THEN
                     RETURN NULL;
                 END IF;
                 RETURN NEW;
             END $$;
             CREATE TRIGGER swallow BEFORE INSERT OR UPDATE ON {table}
                 FOR EACH ROW EXECUTE FUNCTION swallow_{table}()"
        )
    } else {
        format!(
            "CREATE TRIGGER swallow_new BEFORE INSERT ON {table} WHEN NEW.note = 'out'
                 BEGIN SELECT RAISE(IGNORE); END;
             CREATE TRIGGER swallow_old BEFORE UPDATE ON {table} WHEN NEW.note = 'stay'
                 BEGIN SELECT RAISE(IGNORE); END"
        )
    };
    run(db, sql).await;
}

pub(crate) async fn swallowed_records_are_skipped_and_the_others_keep_their_places(site: Site) {
    let db = connect(&site).await;
    orm::create_tables!(&db, Item).await.expect("the table");
    swallow(&db, "items").await;
    for carrier in CARRIERS {
        run(&db, "DELETE FROM items").await;
        let stored = [item(Some("d"), "d", 0), item(Some("e"), "e", 0)];
        stored.insert().execute(&db).await.expect("an insert");
        let batch = [
            item(Some("b"), "in", 0),
            item(None, "out", 1),
            item(None, "in", 2),
            item(Some("a"), "out", 3),
            item(None, "in", 4),
            item(Some("e"), "stay", 5),
            item(Some("d"), "in", 6),
        ];
        let upsert = || {
            batch
                .upsert()
                .on_conflict(Item::CODE)
                .update_all()
                .carrier(carrier)
                .chunk_rows(4)
        };
        let outcomes = upsert().outcomes(&db).await.expect("an upsert");
        assert_eq!(
            letters(&outcomes),
            ["i", "s", "i", "s", "i", "s", "u"],
            "{carrier:?}"
        );
        let versions: Vec<_> = outcomes
            .into_iter()
            .filter_map(BatchOutcome::into_row)
            .map(|row| row.version)
            .collect();
        assert_eq!(versions, [0, 2, 4, 6], "{carrier:?}");
        let report = upsert().report(&db).await.expect("an upsert");
        assert_eq!(numbers(&report), [7, 2, 2, 3, 0], "{carrier:?}");
        assert_eq!(
            upsert().execute(&db).await.expect("an upsert"),
            4,
            "{carrier:?}"
        );
        let rows = upsert().fetch_all(&db).await.expect("an upsert");
        let versions: Vec<_> = rows.iter().map(|row| row.version).collect();
        assert_eq!(versions, [0, 2, 4, 6], "{carrier:?}");
        let all = batch.insert().carrier(carrier).fetch_all(&db).await;
        assert!(all.is_err(), "`b` is there already");
    }
}

pub(crate) async fn swallowed_records_are_skipped_on_partitions_too(site: Site) {
    let db = connect(&site).await;
    run(
        &db,
        "CREATE TABLE parted_items (code text PRIMARY KEY, note text NOT NULL) PARTITION BY LIST (code);
         CREATE TABLE parted_items_a PARTITION OF parted_items FOR VALUES IN ('a', 'b');
         CREATE TABLE parted_items_z PARTITION OF parted_items DEFAULT",
    )
    .await;
    swallow(&db, "parted_items").await;
    for carrier in CARRIERS {
        run(&db, "DELETE FROM parted_items").await;
        parted("b", "b")
            .insert()
            .execute(&db)
            .await
            .expect("an insert");
        parted("c", "c")
            .insert()
            .execute(&db)
            .await
            .expect("an insert");
        let batch = [
            parted("a", "out"),
            parted("c", "stay"),
            parted("z", "in"),
            parted("b", "in"),
        ];
        let upsert = || {
            batch
                .upsert()
                .on_primary_key()
                .update_all()
                .carrier(carrier)
                .chunk_rows(3)
        };
        let outcomes = upsert().outcomes(&db).await.expect("an upsert");
        assert_eq!(letters(&outcomes), ["s", "s", "i", "u"], "{carrier:?}");
        let report = upsert().report(&db).await.expect("an upsert");
        assert_eq!(numbers(&report), [4, 0, 2, 2, 0], "{carrier:?}");
    }
    let one = parted("a", "out");
    let outcome = one
        .upsert()
        .on_primary_key()
        .update_all()
        .outcome(&db)
        .await;
    assert!(
        outcome.is_err(),
        "an upsert of one that cannot skip has nothing to give: {outcome:?}"
    );
}

pub(crate) async fn a_trigger_may_change_the_key(site: Site) {
    let db = connect(&site).await;
    orm::create_tables!(&db, Item).await.expect("the table");
    run(
        &db,
        "CREATE FUNCTION fold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
             NEW.code = lower(NEW.code);
             RETURN NEW;
         END $$;
         CREATE TRIGGER fold BEFORE INSERT ON items FOR EACH ROW EXECUTE FUNCTION fold()",
    )
    .await;
    for carrier in CARRIERS {
        run(&db, "DELETE FROM items").await;
        item(Some("b"), "b", 0)
            .insert()
            .execute(&db)
            .await
            .expect("an insert");
        let batch = [
            item(Some("Z"), "z", 1),
            item(None, "", 2),
            item(Some("B"), "b", 3),
            item(Some("a"), "a", 4),
        ];
        let upsert = || {
            batch
                .upsert()
                .on_conflict(Item::CODE)
                .update_all()
                .carrier(carrier)
                .chunk_rows(3)
        };
        let outcomes = upsert().outcomes(&db).await.expect("an upsert");
        assert_eq!(letters(&outcomes), ["i", "i", "u", "i"], "{carrier:?}");
        let codes = |rows: Vec<Item>| rows.into_iter().map(|row| row.code).collect::<Vec<_>>();
        let expected = ["z", "", "b", "a"].map(|code| (!code.is_empty()).then(|| code.to_owned()));
        let rows = outcomes
            .into_iter()
            .filter_map(BatchOutcome::into_row)
            .collect();
        assert_eq!(codes(rows), expected, "{carrier:?}");
        let rows = upsert().fetch_all(&db).await.expect("an upsert");
        assert_eq!(codes(rows), expected, "{carrier:?}");
        let report = upsert().report(&db).await.expect("an upsert");
        assert_eq!(numbers(&report), [4, 1, 3, 0, 0], "{carrier:?}");
    }
}
