//! Every action, guard and outcome of an upsert by names gives what the typed one gives.

use orm::Db;
use orm::dynamic::{self, Row, Value, column, incoming, stored};
use orm::prelude::*;
use orm_tests::Site;

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "typed")]
struct Item {
    #[column(primary_key)]
    id: i64,
    #[column(unique)]
    code: String,
    title: String,
    note: Option<String>,
    hits: i64,
    version: Option<i64>,
    #[column(insert_only)]
    made: i64,
}

const COLUMNS: [&str; 7] = ["id", "code", "title", "note", "hits", "version", "made"];

fn named() -> dynamic::Table {
    dynamic::Table::new("named")
        .column(column("id", "BIGINT"))
        .column(column("code", "TEXT"))
        .column(column("title", "TEXT"))
        .column(column("note", "TEXT").nullable())
        .column(column("hits", "BIGINT"))
        .column(column("version", "BIGINT").nullable())
        .column(column("made", "BIGINT").insert_only())
        .primary_key(["id"])
        .unique(["code"])
        .build()
        .expect("a description")
}

impl Item {
    fn values(&self) -> Vec<Value> {
        vec![
            self.id.into(),
            self.code.clone().into(),
            self.title.clone().into(),
            self.note.clone().into(),
            self.hits.into(),
            self.version.into(),
            self.made.into(),
        ]
    }

    fn of(row: &Row) -> Self {
        let read = || -> orm::Result<Self> {
            Ok(Self {
                id: row.get("id")?,
                code: row.get("code")?,
                title: row.get("title")?,
                note: row.get("note")?,
                hits: row.get("hits")?,
                version: row.get("version")?,
                made: row.get("made")?,
            })
        };
        read().expect("a row of the table")
    }
}

fn item(id: i64, title: &str, note: Option<&str>, hits: i64, version: Option<i64>) -> Item {
    Item {
        id,
        code: format!("c{id}"),
        title: title.to_owned(),
        note: note.map(str::to_owned),
        hits,
        version,
        made: hits,
    }
}

fn stored_items() -> Vec<Item> {
    vec![
        item(1, "one", Some("kept"), 1, Some(5)),
        item(2, "two", None, 2, None),
    ]
}

fn records() -> Vec<Item> {
    vec![
        item(1, "older", None, 10, Some(4)),
        item(1, "same", Some("new"), 10, Some(5)),
        item(1, "newer", None, 10, Some(6)),
        item(1, "one", Some("kept"), 1, Some(5)),
        item(2, "versioned", None, 20, Some(1)),
        item(2, "two", None, 2, None),
        item(3, "three", Some("first"), 30, Some(1)),
    ]
}

/// What became of a row, in words that both have.
trait Told {
    fn told(self) -> (&'static str, Option<Item>);
}

impl Told for Written<Item> {
    fn told(self) -> (&'static str, Option<Item>) {
        match self {
            Self::Inserted(row) => ("inserted", Some(row)),
            Self::Updated(row) => ("updated", Some(row)),
        }
    }
}

impl Told for Outcome<Item> {
    fn told(self) -> (&'static str, Option<Item>) {
        match self {
            Self::Inserted(row) => ("inserted", Some(row)),
            Self::Updated(row) => ("updated", Some(row)),
            Self::Skipped => ("skipped", None),
        }
    }
}

impl Told for Found<Item> {
    fn told(self) -> (&'static str, Option<Item>) {
        match self {
            Self::Inserted(row) => ("inserted", Some(row)),
            Self::Existing(row) => ("existing", Some(row)),
        }
    }
}

impl Told for dynamic::Outcome {
    fn told(self) -> (&'static str, Option<Item>) {
        match self {
            Self::Inserted(row) => ("inserted", Some(Item::of(&row))),
            Self::Updated(row) => ("updated", Some(Item::of(&row))),
            Self::Existing(row) => ("existing", Some(Item::of(&row))),
            Self::Skipped => ("skipped", None),
            other => panic!("an outcome of no kind: {other:?}"),
        }
    }
}

fn items(rows: impl IntoIterator<Item = Row>) -> Vec<Item> {
    rows.into_iter().map(|row| Item::of(&row)).collect()
}

fn each(outcomes: Vec<BatchOutcome<Row>>) -> Vec<BatchOutcome<Item>> {
    let outcome = |outcome| match outcome {
        BatchOutcome::Inserted(row) => BatchOutcome::Inserted(Item::of(&row)),
        BatchOutcome::Updated(row) => BatchOutcome::Updated(Item::of(&row)),
        BatchOutcome::Skipped => BatchOutcome::Skipped,
        BatchOutcome::Duplicate { of } => BatchOutcome::Duplicate { of },
        other => panic!("an outcome of no kind: {other:?}"),
    };
    outcomes.into_iter().map(outcome).collect()
}

struct Both {
    db: Db,
    table: dynamic::Table,
}

impl Both {
    async fn new(site: &Site) -> Self {
        let db = orm::connect(site.url()).await.expect("a database");
        orm::create_tables!(&db, Item).await.expect("a table");
        let table = named();
        table.create(&db).await.expect("a table");
        Self { db, table }
    }

    async fn reset(&self) {
        let rows: Vec<_> = stored_items().iter().map(Item::values).collect();
        let (db, table) = (&self.db, &self.table);
        Item::delete().all_rows().execute(db).await.expect("empty");
        table.delete().all_rows().execute(db).await.expect("empty");
        let items = stored_items();
        items.as_slice().insert().execute(db).await.expect("items");
        let insert = table.insert_many(COLUMNS, &rows);
        assert_eq!(insert.execute(db).await.expect("items"), 2);
    }

    async fn assert_alike(&self, says: &str) {
        let (db, table) = (&self.db, &self.table);
        let typed = Item::select().order_by(Item::ID).fetch_all(db).await;
        let named = table.select().order_by(dynamic::col("id")).fetch_all(db);
        let named = items(named.await.expect("rows"));
        assert_eq!(named, typed.expect("rows"), "{says}");
    }
}

/// Runs the same upsert both ways, of one record with each terminal.
macro_rules! one {
    ($both:ident, $says:literal, |$typed:ident| $types:expr, |$named:ident| $names:expr) => {{
        let (db, table) = (&$both.db, &$both.table);
        let row = |record: &Item| COLUMNS.into_iter().zip(record.values()).collect::<Vec<_>>();
        for record in records() {
            $both.reset().await;
            let types = {
                let $typed = record.upsert();
                $types.outcome(db).await.expect($says)
            };
            let names = {
                let $named = table.upsert(row(&record));
                $names.outcome(db).await.expect($says)
            };
            assert_eq!(names.told(), types.told(), "{}: {record:?}", $says);
            $both.assert_alike($says).await;

            $both.reset().await;
            let types = {
                let $typed = record.upsert();
                $types.fetch_optional(db).await.expect($says)
            };
            let names = {
                let $named = table.upsert(row(&record));
                $names.fetch_optional(db).await.expect($says)
            };
            assert_eq!(names.as_ref().map(Item::of), types, "{}: {record:?}", $says);

            $both.reset().await;
            let types = {
                let $typed = record.upsert();
                $types.execute(db).await.expect($says)
            };
            let names = {
                let $named = table.upsert(row(&record));
                $names.execute(db).await.expect($says)
            };
            assert_eq!(names, types, "{}: {record:?}", $says);
            $both.assert_alike($says).await;
        }
    }};
}

/// Runs the same upsert both ways, of one record and of many, with each terminal.
macro_rules! alike {
    ($both:ident, $says:literal, |$typed:ident| $types:expr, |$named:ident| $names:expr) => {{
        one!($both, $says, |$typed| $types, |$named| $names);
        let (db, table) = (&$both.db, &$both.table);
        let once = |keep: &[usize]| keep.iter().map(|at| records()[*at].clone()).collect();
        let batches: [Vec<Item>; 3] = [once(&[2, 4, 6]), once(&[0, 5]), records()];
        for records in batches {
            let rows: Vec<_> = records.iter().map(Item::values).collect();
            macro_rules! terminal {
                ($terminal:ident, $convert:expr) => {
                    $both.reset().await;
                    let types = {
                        let $typed = records.as_slice().upsert();
                        $types.$terminal(db).await.map_err(|error| error.kind())
                    };
                    let names = {
                        let $named = table.upsert_many(COLUMNS, &rows);
                        $names
                            .$terminal(db)
                            .await
                            .map_err(|error| error.kind())
                            .map($convert)
                    };
                    assert_eq!(names, types, "{}: {}", $says, stringify!($terminal));
                    $both.assert_alike($says).await;
                };
            }
            terminal!(report, |report| report);
            terminal!(execute, |written| written);
            terminal!(fetch_all, items);
            terminal!(outcomes, each);
        }
    }};
}

pub(crate) async fn every_action_by_names_is_like_the_typed_one(site: Site) {
    let both = Both::new(&site).await;
    alike!(
        both,
        "update_all",
        |typed| typed.on_conflict(Item::CODE).update_all(),
        |named| named.on_conflict(["code"]).update_all()
    );
    alike!(
        both,
        "on_primary_key",
        |typed| typed.on_primary_key().update((Item::TITLE, Item::NOTE)),
        |named| named.on_primary_key().update(["title", "note"])
    );
    alike!(
        both,
        "update_except and set",
        |typed| typed
            .on_conflict(Item::CODE)
            .update_except((Item::NOTE, Item::HITS))
            .set(Item::NOTE, "set"),
        |named| named
            .on_conflict(["code"])
            .update_except(["note", "hits"])
            .set("note", "set")
    );
    alike!(
        both,
        "set_with",
        |typed| typed
            .on_conflict(Item::CODE)
            .update(Item::TITLE)
            .set_with(Item::HITS, |old, new| old.hits * 2 + new.hits),
        |named| named
            .on_conflict(["code"])
            .update(["title"])
            .set_with("hits", stored("hits") * 2 + incoming("hits"))
    );
    alike!(
        both,
        "coalesce",
        |typed| typed
            .on_conflict(Item::CODE)
            .coalesce((Item::NOTE, Item::VERSION))
            .update(Item::TITLE),
        |named| named
            .on_conflict(["code"])
            .coalesce(["note", "version"])
            .update(["title"])
    );
    alike!(
        both,
        "coalesce_all",
        |typed| typed.on_conflict(Item::ID).coalesce_all(),
        |named| named.on_conflict(["id"]).coalesce_all()
    );
    alike!(
        both,
        "do_nothing",
        |typed| typed.on_conflict(Item::CODE).do_nothing(),
        |named| named.on_conflict(["code"]).do_nothing()
    );
    alike!(
        both,
        "on_any_conflict",
        |typed| typed.on_any_conflict().do_nothing(),
        |named| named.on_any_conflict().do_nothing()
    );
    one!(
        both,
        "get_or_insert",
        |typed| typed.on_conflict(Item::CODE).get_or_insert(),
        |named| named.on_conflict(["code"]).get_or_insert()
    );
}

pub(crate) async fn every_guard_by_names_is_like_the_typed_one(site: Site) {
    let both = Both::new(&site).await;
    alike!(
        both,
        "keep_newest",
        |typed| typed
            .on_conflict(Item::CODE)
            .update(Item::TITLE)
            .keep_newest(Item::VERSION),
        |named| named
            .on_conflict(["code"])
            .update(["title"])
            .keep_newest("version")
    );
    alike!(
        both,
        "keep_newer",
        |typed| typed
            .on_conflict(Item::CODE)
            .update_all()
            .keep_newer(Item::VERSION),
        |named| named
            .on_conflict(["code"])
            .update_all()
            .keep_newer("version")
    );
    alike!(
        both,
        "a version of two columns",
        |typed| typed
            .on_conflict(Item::CODE)
            .update_all()
            .keep_newest((Item::VERSION, Item::HITS)),
        |named| named
            .on_conflict(["code"])
            .update_all()
            .keep_newest(["version", "hits"])
    );
    alike!(
        both,
        "skip_unchanged",
        |typed| typed.on_conflict(Item::CODE).update_all().skip_unchanged(),
        |named| named.on_conflict(["code"]).update_all().skip_unchanged()
    );
    alike!(
        both,
        "where_",
        |typed| typed
            .on_conflict(Item::CODE)
            .update_all()
            .where_(|old, new| old.hits.lt(2).or(new.title.like("ver%"))),
        |named| named
            .on_conflict(["code"])
            .update_all()
            .where_(stored("hits").lt(2).or(incoming("title").like("ver%")))
    );
    alike!(
        both,
        "set, where_ and a guard",
        |typed| typed
            .on_conflict(Item::CODE)
            .update(Item::TITLE)
            .set(Item::HITS, 7)
            .where_(|old, _| old.note.is_not_distinct_from("kept"))
            .keep_newest(Item::VERSION)
            .skip_unchanged(),
        |named| named
            .on_conflict(["code"])
            .update(["title"])
            .set("hits", 7)
            .where_(stored("note").is_not_distinct_from("kept"))
            .keep_newest("version")
            .skip_unchanged()
    );
    for duplicates in [
        Duplicates::Error,
        Duplicates::KeepFirst,
        Duplicates::KeepLast,
    ] {
        let (db, rows) = (
            &both.db,
            records().iter().map(Item::values).collect::<Vec<_>>(),
        );
        both.reset().await;
        let typed = records();
        let typed = typed.as_slice().upsert().on_conflict(Item::CODE);
        let typed = typed.update_all().on_duplicates(duplicates).chunk_rows(2);
        let named = both.table.upsert_many(COLUMNS, &rows);
        let named = named.on_conflict(["code"]).update_all();
        let named = named.on_duplicates(duplicates).chunk_rows(2);
        assert_eq!(
            named.report(db).await.map_err(|error| error.kind()),
            typed.report(db).await.map_err(|error| error.kind()),
            "{duplicates:?}"
        );
        both.assert_alike("duplicates").await;
    }
}

pub(crate) async fn inserts_by_names_are_like_the_typed_ones(site: Site) {
    let both = Both::new(&site).await;
    let (db, table) = (&both.db, &both.table);
    both.reset().await;
    let record = item(7, "seven", None, 7, None);
    let row = || COLUMNS.into_iter().zip(record.values());
    let typed = record.insert().fetch_one(db).await.expect("an insert");
    let named = table.insert(row()).fetch_one(db).await.expect("an insert");
    assert_eq!(Item::of(&named), typed);
    let typed = record.insert().execute(db).await.expect_err("taken");
    let named = table.insert(row()).execute(db).await.expect_err("taken");
    assert_eq!(named.kind(), typed.kind());

    for carrier in [
        Carrier::Auto,
        Carrier::Values,
        Carrier::Arrays,
        Carrier::Copy,
    ] {
        both.reset().await;
        let records: Vec<_> = (10..60)
            .map(|id| item(id, "many", None, id, None))
            .collect();
        let rows: Vec<_> = records.iter().map(Item::values).collect();
        let told = std::sync::Mutex::new(Vec::new());
        let insert = table
            .insert_many(COLUMNS, &rows)
            .carrier(carrier)
            .chunk_rows(20)
            .on_progress(|done, total| told.lock().expect("a lock").push((done, total)));
        let named = insert.fetch_all(db).await.expect("an insert");
        assert_eq!(items(named), records, "{carrier:?}");
        let told = told.into_inner().expect("a lock");
        assert_eq!(told.last(), Some(&(50, 50)), "{carrier:?}");
    }

    both.reset().await;
    let rows = [item(8, "eight", None, 8, None).values()];
    let some = table
        .insert_many(COLUMNS, &rows)
        .returning(["hits", "code"]);
    let some = some.fetch_all(db).await.expect("an insert");
    assert_eq!(some, [[Value::from(8), Value::from("c8")]]);
    assert_eq!(some[0].names().collect::<Vec<_>>(), ["hits", "code"]);
    let upsert = table.upsert(COLUMNS.into_iter().zip(rows[0].clone()));
    let some = upsert.on_conflict(["id"]).update_all().returning(["title"]);
    let some = some.fetch_one(db).await.expect("an upsert");
    assert_eq!(some, [Value::from("eight")]);
}

/// A row that leaves out a column gets its default, and the sequence that is behind is told of.
pub(crate) async fn a_sequence_that_is_behind_is_told_of_by_names_too(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    let table = dynamic::Table::new("numbered")
        .column(column("id", "BIGINT").auto())
        .column(column("name", "TEXT"))
        .primary_key(["id"])
        .unique(["name"])
        .build()
        .expect("a description");
    table.create(&db).await.expect("a table");
    let own = [("id", Value::from(1)), ("name", "a".into())];
    table.insert(own).execute(&db).await.expect("an insert");
    let left_out = || [("name", Value::from("b"))];
    let outcome = table.upsert(left_out()).on_conflict(["name"]);
    let outcome = outcome.update(["name"]).outcome(&db).await;
    // `name` is in the target.
    let said = outcome.expect_err("a mistake").to_string();
    assert!(said.contains("part of the conflict target"), "{said}");
    let insert = || table.insert(left_out()).fetch_one(&db);
    if db.postgres().is_some() {
        let said = insert().await.expect_err("a taken id").to_string();
        assert!(said.contains("the sequence of `id` is behind"), "{said}");
    }
    let row = insert().await.expect("an insert");
    assert_eq!(row.get::<i64>("id").expect("an id"), 2);
}
