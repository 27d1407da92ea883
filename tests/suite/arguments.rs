//! One text, one list of argument types: statements of any kinds share a connection, in any order.

use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use orm::dynamic::{self, Value, column};
use orm::prelude::*;
use orm::{Carrier, Db};
use orm_tests::{Backend, Site};
use sqlx::Row as _;
use sqlx::postgres::PgConnectOptions;

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "jobs", insert(NewJob, derive(Clone)))]
struct Job {
    #[column(primary_key, auto)]
    id: i64,
    #[column(unique)]
    name: String,
    runs: i64,
    paid: bool,
    rate: f64,
}

/// The same table, as another part of a program declares it.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "jobs", insert(NewNarrowJob, derive(Clone)))]
struct NarrowJob {
    #[column(primary_key, auto)]
    id: i64,
    #[column(unique)]
    name: String,
    runs: i32,
    paid: bool,
    rate: f32,
}

fn job(name: &str) -> NewJob {
    NewJob {
        name: name.to_owned(),
        runs: 2,
        paid: true,
        rate: 0.5,
    }
}

fn narrow(name: &str) -> NewNarrowJob {
    NewNarrowJob {
        name: name.to_owned(),
        runs: 2,
        paid: true,
        rate: 0.5,
    }
}

/// A pool of one connection, so that each statement meets those that were prepared before it.
async fn one_connection(site: &Site) -> Db {
    match site.backend() {
        Backend::Sqlite => orm::connect(site.url()).await.expect("a database"),
        Backend::Postgres(_) => orm::pool_options()
            .max_connections(1)
            .connect(site.url())
            .await
            .map(Db::from)
            .expect("a database"),
    }
}

async fn jobs(site: &Site) -> Db {
    let db = one_connection(site).await;
    orm::create_tables!(&db, Job).await.expect("a table");
    db
}

pub(crate) async fn a_look_up_sends_the_key_alone(site: Site) {
    for find_first in [true, false] {
        let site = site.another().await;
        let db = jobs(&site).await;
        let find = || Job::find(Job::NAME, "a").fetch_optional(&db);
        let upsert = || {
            job("a")
                .upsert()
                .on_conflict(Job::NAME)
                .get_or_insert()
                .fetch_one(&db)
        };
        if find_first {
            assert_eq!(find().await.expect("a look-up"), None);
        }
        for _ in 0..2 {
            assert_eq!(upsert().await.expect("an upsert").name, "a");
        }
        assert_eq!(
            find().await.expect("a look-up").map(|job| job.runs),
            Some(2)
        );
        assert_eq!(upsert().await.expect("an upsert").name, "a");
    }
}

pub(crate) async fn literals_of_two_types_find_what_each_means(site: Site) {
    let db = jobs(&site).await;
    for (name, paid) in [("paid", true), ("unpaid", false)] {
        let record = NewJob { paid, ..job(name) };
        record.insert().execute(&db).await.expect("an insert");
    }
    for _ in 0..2 {
        let whole = orm::case(Job::PAID.eq(true), 2_i64).otherwise(0_i64);
        let whole = Job::select().filter(whole.gt(1_i64)).columns(Job::NAME);
        assert_eq!(whole.fetch_all(&db).await.expect("a query"), ["paid"]);
        let fraction = orm::case(Job::PAID.eq(true), -0.75).otherwise(-1.5);
        let fraction = Job::select().filter(fraction.gt(-1.0)).columns(Job::NAME);
        assert_eq!(fraction.fetch_all(&db).await.expect("a query"), ["paid"]);
    }
}

pub(crate) async fn two_structs_of_one_table_share_a_connection(site: Site) {
    let db = jobs(&site).await;
    for round in 0..3 {
        for name in ["wide", "narrow"] {
            let upserted = if name == "wide" {
                let record = NewJob {
                    runs: 1 << 40,
                    rate: 1.5,
                    ..job(name)
                };
                record.upsert_on(Job::NAME).execute(&db).await
            } else {
                let record = NewNarrowJob {
                    runs: 7,
                    rate: 2.5,
                    ..narrow(name)
                };
                record.upsert_on(NarrowJob::NAME).execute(&db).await
            };
            upserted.unwrap_or_else(|error| panic!("round {round}, {name}: {error}"));
        }
        let many = Job::select().filter(Job::RUNS.ge(1_i64 << 40)).count(&db);
        assert_eq!(many.await.expect("a count"), 1);
        let few = NarrowJob::select()
            .filter(NarrowJob::RUNS.ge(7_i32))
            .count(&db);
        assert_eq!(few.await.expect("a count"), 2);
    }
    let stored = Job::select()
        .order_by(Job::NAME)
        .columns((Job::RUNS, Job::RATE));
    let stored = stored.fetch_all(&db).await.expect("a query");
    assert_eq!(stored, [(7, 2.5), (1 << 40, 1.5)]);
}

pub(crate) async fn a_text_of_ones_own_takes_values_of_any_type(site: Site) {
    let db = jobs(&site).await;
    job("a").insert().execute(&db).await.expect("an insert");
    macro_rules! found {
        ($least:expr) => {{
            let least = $least;
            let count = orm::sql!("SELECT count(*) FROM {Job} WHERE {Job::RATE} > {least}");
            let count: i64 = count.fetch_one(&db).await.expect("a query");
            count
        }};
    }
    for _ in 0..2 {
        assert_eq!(found!(0_i64), 1);
        assert_eq!(found!(0.75), 0);
        assert_eq!(found!(0_i32), 1);
        assert_eq!(found!(-0.75_f32), 1);
    }
}

/// A count is that of the query's rows, whatever is selected of them.
pub(crate) async fn a_count_is_of_the_rows_that_come_back(site: Site) {
    let db = jobs(&site).await;
    for (name, runs) in [("a", 1), ("b", 2), ("c", 2)] {
        let record = NewJob { runs, ..job(name) };
        record.insert().execute(&db).await.expect("an insert");
    }
    macro_rules! counted {
        ($query:expr, $rows:literal) => {
            let query = $query;
            assert_eq!(
                query.clone().fetch_all(&db).await.expect("rows").len(),
                $rows
            );
            assert_eq!(query.count(&db).await.expect("a count"), $rows);
        };
    }
    let sort = || orm::case(Job::RUNS.gt(1_i64), "many").otherwise("few");
    counted!(Job::select().columns(sort()), 3);
    counted!(
        Job::select()
            .filter(Job::NAME.ne("a"))
            .columns((Job::NAME, sort())),
        2
    );
    counted!(Job::select().columns(sort()).distinct(), 2);
    counted!(Job::select().columns(sort()).limit(2), 2);
    counted!(Job::select().columns(sort()).limit(5).offset(2), 1);
    counted!(
        Job::select().filter(Job::NAME.eq("nobody")).columns(sort()),
        0
    );
    counted!(Job::select().aggregate(Job::RUNS.sum()), 1);
    counted!(
        Job::select()
            .filter(Job::NAME.eq("nobody"))
            .aggregate(Job::RUNS.max()),
        1
    );
    counted!(
        Job::select().aggregate((
            orm::count_all(),
            Job::RUNS.sum().filter(Job::RUNS.gt(1_i64))
        )),
        1
    );
    counted!(
        Job::select()
            .group_by(Job::RUNS)
            .columns(|runs| (runs, orm::count_all())),
        2
    );
    counted!(
        Job::select()
            .group_by(Job::RUNS)
            .columns(|runs| (runs, Job::NAME.max().coalesce("none"))),
        2
    );
}

/// Types, and for each of them values in an order that surprises a statement that is prepared, with the texts
/// that they are stored as.
fn kinds() -> Vec<(&'static str, Vec<(Value, &'static str)>)> {
    vec![
        (
            "DOUBLE PRECISION",
            vec![
                (2.into(), "2"),
                (1.5.into(), "1.5"),
                (Value::Null, "-"),
                (3.into(), "3"),
            ],
        ),
        (
            "REAL",
            vec![(Value::Null, "-"), (1.5.into(), "1.5"), (2.into(), "2")],
        ),
        (
            "NUMERIC",
            vec![
                (Value::Null, "-"),
                (2.into(), "2"),
                (1.5.into(), "1.5"),
                ("0.25".into(), "0.25"),
                (4.into(), "4"),
            ],
        ),
        (
            "NUMERIC(10, 2)",
            vec![
                ("1.25".into(), "1.25"),
                (2.5.into(), "2.5"),
                (Value::Null, "-"),
            ],
        ),
        (
            "INTEGER",
            vec![(Value::Null, "-"), (7.into(), "7"), (Value::Null, "-")],
        ),
        (
            "SMALLINT",
            vec![(3.into(), "3"), (Value::Null, "-"), (4.into(), "4")],
        ),
        (
            "BOOLEAN",
            vec![(Value::Null, "-"), (true.into(), "1"), (false.into(), "0")],
        ),
        (
            "DATE",
            vec![
                (Value::Null, "-"),
                ("2026-11-30".into(), "2026-11-30"),
                ("2026-12-01".into(), "2026-12-01"),
            ],
        ),
        (
            "TEXT",
            vec![("x".into(), "x"), (Value::Null, "-"), ("y".into(), "y")],
        ),
        (
            "VARCHAR(3)",
            vec![("x".into(), "x"), (Value::Null, "-"), ("abc".into(), "abc")],
        ),
    ]
}

/// Values of columns that were described by names of types, in orders that surprise what is prepared.
pub(crate) async fn values_of_any_kind_become_those_of_the_column(site: Site) {
    let db = one_connection(&site).await;
    for (place, (sql_type, values)) in kinds().into_iter().enumerate() {
        let table = dynamic::Table::new(format!("readings{place}"))
            .column(column("id", "BIGINT"))
            .column(column("value", sql_type).nullable())
            .primary_key(["id"])
            .build()
            .expect("a description");
        table.create(&db).await.expect("a table");
        let mut id = 0;
        for _ in 0..2 {
            for (value, _) in &values {
                id += 1;
                let upsert = table.upsert([("id", Value::from(id)), ("value", value.clone())]);
                let upsert = upsert.on_conflict(["id"]).update_all();
                let written = upsert.execute(&db).await;
                written.unwrap_or_else(|error| panic!("{sql_type} {value:?}: {error}"));
            }
        }
        let text = match site.backend() {
            Backend::Sqlite => {
                format!("SELECT \"value\" || '' FROM \"readings{place}\" ORDER BY \"id\"")
            }
            Backend::Postgres(_) => format!(
                "SELECT CASE \"value\"::TEXT WHEN 'true' THEN '1' WHEN 'false' THEN '0' \
                 ELSE \"value\"::TEXT END FROM \"readings{place}\" ORDER BY \"id\""
            ),
        };
        let stored = texts(&site, text).await;
        let expected: Vec<&str> = values
            .iter()
            .chain(&values)
            .map(|(_, text)| *text)
            .collect();
        let same = |(stored, expected): (&String, &&str)| {
            stored == expected
                || stored
                    .parse::<f64>()
                    .is_ok_and(|stored| Ok(stored) == expected.parse::<f64>())
        };
        assert!(
            stored.len() == expected.len() && stored.iter().zip(&expected).all(same),
            "{sql_type}: {stored:?} and not {expected:?}"
        );
    }
}

async fn texts(site: &Site, sql: String) -> Vec<String> {
    let sql = sqlx::AssertSqlSafe(sql);
    let rows: Vec<Option<String>> = match site.backend() {
        Backend::Sqlite => {
            let pool = sqlx::SqlitePool::connect(site.url())
                .await
                .expect("a database");
            sqlx::query_scalar(sql)
                .fetch_all(&pool)
                .await
                .expect("a query")
        }
        Backend::Postgres(_) => {
            let pool = sqlx::PgPool::connect(site.url()).await.expect("a database");
            sqlx::query_scalar(sql)
                .fetch_all(&pool)
                .await
                .expect("a query")
        }
    };
    rows.into_iter()
        .map(|row| row.unwrap_or_else(|| "-".to_owned()))
        .collect()
}

/// Behind a pooler a statement with a name would stay on a server that has other clients.
pub(crate) async fn without_room_for_statements_none_is_left_on_the_server(site: Site) {
    for (capacity, kept) in [(0, false), (100, true)] {
        let site = site.another().await;
        let options: PgConnectOptions = site.url().parse().expect("an address");
        let pool = orm::pool_options()
            .max_connections(1)
            .connect_with(options.statement_cache_capacity(capacity))
            .await
            .expect("a database");
        let db = Db::from(pool.clone());
        orm::create_tables!(&db, Job).await.expect("a table");
        for name in ["a", "b"] {
            let record = job(name);
            record
                .upsert_on(Job::NAME)
                .execute(&db)
                .await
                .expect("an upsert");
            record
                .upsert_on(Job::NAME)
                .outcome(&pool)
                .await
                .expect("an upsert");
            let upsert = record.upsert().on_conflict(Job::NAME).get_or_insert();
            upsert.fetch_one(&pool).await.expect("an upsert");
            let records = [job("c"), job(name)];
            records
                .upsert_on(Job::NAME)
                .report(&db)
                .await
                .expect("a batch");
            orm::transaction(&db, async |tx| {
                job(name).upsert_on(Job::NAME).execute(&tx).await?;
                orm::transaction(&tx, async |tx| {
                    job(name).upsert_on(Job::NAME).execute(&tx).await
                })
                .await?;
                [job("d"), job(name)]
                    .upsert_on(Job::NAME)
                    .fetch_all(&tx)
                    .await
            })
            .await
            .expect("a transaction");
            let names = Job::select().order_by(Job::NAME).fetch(&db).count().await;
            assert!(names >= 3);
        }
        let left = sqlx::raw_sql("SELECT count(*)::TEXT FROM pg_prepared_statements")
            .fetch_one(&pool)
            .await
            .expect("a count");
        let left: String = left.get(0);
        assert_eq!(
            left != "0",
            kept,
            "{left} statements with a capacity of {capacity}"
        );
    }
}

type Step<'a> = Box<dyn Fn() -> BoxFuture<'a, orm::Result<()>> + Send + Sync + 'a>;

/// Every ordered pair of ways to send something, typed and described at run time, on one connection.
pub(crate) async fn each_statement_bears_any_other_before_it(site: Site) {
    let count = steps_of(&one_connection(&site).await).len();
    let mut errors = Vec::new();
    for first in 0..count {
        let site = site.another().await;
        let db = jobs(&site).await;
        let steps = steps_of(&db);
        job("stored")
            .insert()
            .execute(&db)
            .await
            .expect("an insert");
        for second in 0..count {
            for at in [first, second] {
                let (name, step) = &steps[at];
                if let Err(error) = step().await {
                    let (before, _) = &steps[first];
                    errors.push(format!("{name} behind {before}: {error}"));
                }
            }
        }
    }
    assert!(errors.is_empty(), "{errors:#?}");
}

#[expect(clippy::too_many_lines, reason = "it is the list of all statements")]
fn steps_of(db: &Db) -> Vec<(&'static str, Step<'_>)> {
    let described = || {
        dynamic::Table::new("jobs")
            .column(column("id", "BIGINT").auto())
            .column(column("name", "TEXT"))
            .column(column("runs", "BIGINT"))
            .column(column("paid", "BOOLEAN"))
            .column(column("rate", "DOUBLE PRECISION"))
            .primary_key(["id"])
            .unique(["name"])
            .build()
            .expect("a description")
    };
    let row = |rate: Value| {
        let values = [Value::from("stored"), 2.into(), true.into(), rate];
        ["name", "runs", "paid", "rate"].into_iter().zip(values)
    };
    macro_rules! steps {
        ($($name:literal: $step:expr;)*) => {
            vec![$(($name, Box::new(move || -> BoxFuture<'_, orm::Result<()>> {
                Box::pin(async move { $step.await.map(drop) })
            }) as Step<'_>)),*]
        };
    }
    let many = move |carrier| {
        let records = [job("stored"), job("other")];
        async move {
            let upsert = records.upsert().on_conflict(Job::NAME).update_all();
            upsert.carrier(carrier).report(db).await
        }
    };
    let narrow_many = move |carrier| {
        let records = [narrow("stored"), narrow("other")];
        async move {
            let upsert = records.upsert().on_conflict(NarrowJob::NAME).update_all();
            upsert
                .carrier(carrier)
                .returning(NarrowJob::ID)
                .outcomes(db)
                .await
        }
    };
    steps! {
        "find": Job::find(Job::NAME, "stored").fetch_optional(db);
        "update by rate, narrow": NarrowJob::update().set(NarrowJob::PAID, true).filter(NarrowJob::RATE.gt(0.25_f32)).execute(db);
        "get": Job::get(1).fetch_optional(db);
        "insert": async { job("fleeting").insert().execute(db).await?;
            Job::delete().filter(Job::NAME.eq("fleeting")).execute(db).await };
        "insert, narrow": async { narrow("fleeting").insert().execute(db).await?;
            NarrowJob::delete().filter(NarrowJob::RUNS.eq(2_i32).and(NarrowJob::NAME.eq("fleeting"))).execute(db).await };
        "upsert": job("stored").upsert_on(Job::NAME).execute(db);
        "upsert, fetched": job("stored").upsert_on(Job::NAME).fetch_one(db);
        "upsert, narrow": narrow("stored").upsert_on(NarrowJob::NAME).execute(db);
        "outcome": job("stored").upsert_on(Job::NAME).outcome(db);
        "outcome, narrow": narrow("stored").upsert_on(NarrowJob::NAME).returning(NarrowJob::ID).outcome(db);
        "do nothing": job("stored").upsert().on_conflict(Job::NAME).do_nothing().execute(db);
        "get or insert": job("stored").upsert().on_conflict(Job::NAME).get_or_insert().fetch_one(db);
        "get or insert, told": job("stored").upsert().on_conflict(Job::NAME).get_or_insert().outcome(db);
        "get or insert, narrow": narrow("stored").upsert().on_conflict(NarrowJob::NAME).get_or_insert().returning(NarrowJob::ID).fetch_one(db);
        "closure": job("stored").upsert().on_conflict(Job::NAME).update(Job::PAID)
            .set_with(Job::RATE, |old, new| old.rate + new.rate)
            .where_(|old, new| old.runs.le(new.runs)).execute(db);
        "closure, narrow": narrow("stored").upsert().on_conflict(NarrowJob::NAME).update(NarrowJob::PAID)
            .set_with(NarrowJob::RATE, |old, new| old.rate + new.rate)
            .where_(|old, new| old.runs.le(new.runs)).execute(db);
        "set": job("stored").upsert().on_conflict(Job::NAME).update(Job::PAID).set(Job::RATE, 1.5).execute(db);
        "many": many(Carrier::Auto);
        "many, values": many(Carrier::Values);
        "many, narrow": narrow_many(Carrier::Auto);
        "many, narrow values": narrow_many(Carrier::Values);
        "filter": Job::select().filter(Job::RUNS.gt(1_i64)).fetch_all(db);
        "filter, narrow": NarrowJob::select().filter(NarrowJob::RUNS.gt(1_i32)).columns(NarrowJob::ID).fetch_all(db);
        "list": Job::select().filter(Job::RUNS.in_([1_i64, 2])).fetch_all(db);
        "list, narrow": NarrowJob::select().filter(NarrowJob::RUNS.in_([1_i32, 2])).columns(NarrowJob::ID).fetch_all(db);
        "count": Job::select().filter(Job::RATE.gt(0.0)).count(db);
        "count, narrow": NarrowJob::select().filter(NarrowJob::RATE.gt(0.0_f32)).count(db);
        "exists": Job::select().filter(Job::RATE.gt(0.0)).exists(db);
        "update": Job::update().set(Job::RATE, 0.5).filter(Job::NAME.eq("stored")).execute(db);
        "update, narrow": NarrowJob::update().set(NarrowJob::RATE, 0.5_f32).filter(NarrowJob::NAME.eq("stored")).execute(db);
        "case of wholes": Job::select().filter(orm::case(Job::PAID.eq(true), 2_i64).otherwise(0_i64).gt(1_i64)).fetch_all(db);
        "case of fractions": Job::select().filter(orm::case(Job::PAID.eq(true), 2.5).otherwise(0.5).gt(1.0)).fetch_all(db);
        "page": Job::select().limit(3).offset(0).fetch_all(db);
        "own text": async {
            let least = 0_i64;
            let rows = orm::sql!("SELECT {Job::ID} FROM {Job} WHERE {Job::RUNS} > {least}");
            let rows: Vec<i64> = rows.fetch_all(db).await?;
            Ok(rows)
        };
        "own text, narrow": async {
            let least = 0_i32;
            let rows = orm::sql!("SELECT {Job::ID} FROM {Job} WHERE {Job::RUNS} > {least}");
            let rows: Vec<i64> = rows.fetch_all(db).await?;
            Ok(rows)
        };
        "run-time whole": described().upsert(row(2.into())).on_conflict(["name"]).update_all().execute(db);
        "run-time fraction": described().upsert(row(1.5.into())).on_conflict(["name"]).update_all().execute(db);
        "run-time, fetched": described().upsert(row(1.5.into())).on_conflict(["name"]).update_all().fetch_optional(db);
        "run-time many": async {
            let rows = [vec![Value::from("stored"), 2.into(), true.into(), 2.into()],
                vec![Value::from("other"), 2.into(), true.into(), 1.5.into()]];
            let upsert = described();
            let upsert = upsert.upsert_many(["name", "runs", "paid", "rate"], &rows);
            upsert.on_conflict(["name"]).update_all().report(db).await
        };
    }
}
