//! Dates and times at their ends: the time of other zones, infinity, and years that few types hold.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use orm::dynamic::{Table as Described, Value, column};
use orm::prelude::*;
use orm::{Db, Error, ErrorKind};
use orm_tests::{Backend, Site};
use sqlx::postgres::PgPoolOptions;
use sqlx::postgres::types::PgRange;
use sqlx::types::time::{Date, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};

/// A time of each type without a zone that the database puts in.
#[derive(Table, Debug)]
#[table(name = "clocks", insert = NewClock)]
struct Clock {
    #[column(primary_key)]
    id: i64,
    #[column(default = now)]
    instant: DateTime<Utc>,
    #[column(default = now)]
    naive: NaiveDateTime,
    #[column(default = now)]
    date: NaiveDate,
    #[column(default = now)]
    time: NaiveTime,
    #[column(default = now)]
    primitive: PrimitiveDateTime,
    #[column(default = now)]
    day: Date,
    #[column(default = now)]
    hour: Time,
    #[column(default = now)]
    perhaps: Option<NaiveDateTime>,
    #[column(default = now, type = "timestamp(3) without time zone")]
    rounded: NaiveDateTime,
    #[column(default = now, type = "timestamp(3) with time zone")]
    zoned: DateTime<Utc>,
}

/// The database of a site, in the sessions of which it is another time.
async fn elsewhere(site: &Site, zone: &'static str) -> Db {
    // sqlx asks for UTC when it connects, whatever the URL says.
    let pool = PgPoolOptions::new().after_connect(move |connection, _| {
        Box::pin(async move {
            let set = format!("SET TIME ZONE '{zone}'");
            sqlx::raw_sql(sqlx::AssertSqlSafe(set))
                .execute(connection)
                .await?;
            Ok(())
        })
    });
    Db::from(pool.connect(site.url()).await.expect("a database"))
}

pub(crate) async fn the_default_of_now_is_utc_in_every_zone(site: Site) {
    for (id, zone) in ["Pacific/Kiritimati", "Etc/GMT+12", "UTC"]
        .into_iter()
        .enumerate()
    {
        let db = elsewhere(&site, zone).await;
        orm::create_tables!(&db, Clock).await.expect("the table");
        orm::verify!(&db, Clock).await.expect("no drift");
        let id = i64::try_from(id).expect("a small number");
        let row = NewClock { id }
            .insert()
            .fetch_one(&db)
            .await
            .expect("an insert");
        let near = |naive: NaiveDateTime| {
            let apart = (naive.and_utc() - row.instant).abs();
            assert!(apart < TimeDelta::seconds(1), "{zone}: {row:?}");
        };
        near(row.naive);
        near(row.rounded);
        near(row.perhaps.expect("a default"));
        near(row.date.and_time(row.time));
        near(row.zoned.naive_utc());
        for primitive in [row.primitive, PrimitiveDateTime::new(row.day, row.hour)] {
            let apart = primitive.assume_utc().unix_timestamp() - row.instant.timestamp();
            assert!(apart.abs() <= 1, "{zone}: {row:?}");
        }
        assert!((Utc::now() - row.instant).abs() < TimeDelta::minutes(5));
    }
}

pub(crate) async fn a_described_default_of_now_is_utc(site: Site) {
    for (name, sql_type) in [
        ("plain", "timestamp"),
        ("spelt", "TIMESTAMP (3) WITHOUT TIME ZONE"),
    ] {
        let db = elsewhere(&site, "Pacific/Kiritimati").await;
        let table = Described::new(name)
            .column(column("id", "bigint"))
            .column(column("at", sql_type).default_now())
            .primary_key(["id"])
            .build()
            .expect("a description");
        table.create(&db).await.expect("the table");
        table.verify(&db).await.expect("no drift");
        let insert = table
            .upsert([("id", Value::from(1))])
            .on_conflict(["id"])
            .do_nothing();
        assert_eq!(insert.execute(&db).await.expect("an insert"), 1);
        let pool = db.postgres().expect("PostgreSQL");
        let at = format!("SELECT at FROM {name}");
        let at: NaiveDateTime = sqlx::query_scalar(sqlx::AssertSqlSafe(at))
            .fetch_one(pool)
            .await
            .expect("a time");
        assert!(
            (Utc::now().naive_utc() - at).abs() < TimeDelta::minutes(5),
            "{at}"
        );
    }
}

#[derive(sqlx::Type, Debug, Clone, Copy, PartialEq)]
#[sqlx(transparent)]
struct Since(DateTime<Utc>);

/// A type of one's own that knows infinity.
#[derive(Debug, PartialEq)]
enum Until {
    Ever,
    Never,
    At(i64),
}

impl sqlx::Type<Postgres> for Until {
    fn type_info() -> sqlx::postgres::PgTypeInfo {
        <DateTime<Utc> as sqlx::Type<Postgres>>::type_info()
    }
}

impl sqlx::postgres::PgHasArrayType for Until {
    fn array_type_info() -> sqlx::postgres::PgTypeInfo {
        <DateTime<Utc> as sqlx::postgres::PgHasArrayType>::array_type_info()
    }
}

impl sqlx::Decode<'_, Postgres> for Until {
    fn decode(value: sqlx::postgres::PgValueRef<'_>) -> Result<Self, sqlx::error::BoxDynError> {
        Ok(match i64::from_be_bytes(value.as_bytes()?.try_into()?) {
            i64::MAX => Self::Ever,
            i64::MIN => Self::Never,
            at => Self::At(at),
        })
    }
}

impl sqlx::Encode<'_, Postgres> for Until {
    fn encode_by_ref(
        &self,
        to: &mut sqlx::postgres::PgArgumentBuffer,
    ) -> Result<sqlx::encode::IsNull, sqlx::error::BoxDynError> {
        let micros = match self {
            Self::Ever => i64::MAX,
            Self::Never => i64::MIN,
            Self::At(at) => *at,
        };
        to.extend_from_slice(&micros.to_be_bytes());
        Ok(sqlx::encode::IsNull::No)
    }
}

/// It is an error of the database's value, about this column, and it shows no value.
#[track_caller]
fn assert_unread(error: &Error, column: &str) {
    let said = error.to_string();
    assert_eq!(error.kind(), ErrorKind::Decode, "{said}");
    assert!(said.contains(&format!("`{column}`")), "{said}");
    assert!(!said.contains("294276") && !error.is_transient(), "{said}");
}

macro_rules! unread {
    ($on:expr; $($sql:literal as $type:ty),* $(,)?) => {
        $(
            let read = orm::sql!($sql).fetch_all::<($type,), _, _>($on).await;
            let error = read.map(drop).expect_err($sql);
            assert_unread(&error, "at");
        )*
    };
}

macro_rules! read {
    ($on:expr; $($sql:literal as $type:ty = $is:expr),* $(,)?) => {
        $(
            let read = orm::sql!($sql).fetch_one::<($type,), _, _>($on).await;
            assert_eq!(read.expect($sql).0, $is);
        )*
    };
}

/// A point in time that only the text of the database holds.
fn other(text: &str) -> Value {
    Value::Other {
        type_name: "TIMESTAMPTZ".to_owned(),
        text: text.to_owned(),
    }
}

pub(crate) async fn what_a_type_cannot_hold_is_an_error(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    let pool = db.postgres().expect("PostgreSQL");
    let script =
        "CREATE DOMAIN moment AS timestamptz; CREATE TYPE pair AS (id int, at timestamptz)";
    sqlx::raw_sql(script).execute(pool).await.expect("types");
    unread! {
        pool;
        "SELECT 'infinity'::timestamptz AS at" as DateTime<Utc>,
        "SELECT '-infinity'::timestamptz AS at" as DateTime<Utc>,
        "SELECT 'infinity'::timestamptz AS at" as Option<DateTime<Utc>>,
        "SELECT 'infinity'::timestamptz AS at" as DateTime<chrono::Local>,
        "SELECT 'infinity'::timestamptz AS at" as DateTime<chrono::FixedOffset>,
        "SELECT 'infinity'::moment AS at" as DateTime<Utc>,
        "SELECT 'infinity'::timestamptz AS at" as Since,
        "SELECT 'infinity'::timestamptz AS at" as Option<Since>,
        "SELECT now() AS at UNION ALL SELECT 'infinity'" as DateTime<Utc>,
        "SELECT '294276-12-31'::timestamptz AS at" as DateTime<Utc>,
        "SELECT '294276-12-31'::timestamptz AS at" as Since,
        "SELECT '294276-12-31'::timestamp AS at" as NaiveDateTime,
        "SELECT 'infinity'::timestamp AS at" as NaiveDateTime,
        "SELECT '-infinity'::timestamp AS at" as NaiveDateTime,
        "SELECT 'infinity'::date AS at" as NaiveDate,
        "SELECT '-infinity'::date AS at" as NaiveDate,
        "SELECT '5000000-01-01'::date AS at" as NaiveDate,
        "SELECT '5000000-01-01'::date AS at" as Option<NaiveDate>,
        "SELECT '24:00'::time AS at" as NaiveTime,
        "SELECT '24:00'::time AS at" as Time,
        "SELECT 'infinity'::timestamptz AS at" as OffsetDateTime,
        "SELECT '-infinity'::timestamptz AS at" as OffsetDateTime,
        "SELECT '10000-01-01'::timestamptz AS at" as OffsetDateTime,
        "SELECT 'infinity'::timestamp AS at" as PrimitiveDateTime,
        "SELECT '10000-01-01'::timestamp AS at" as PrimitiveDateTime,
        "SELECT 'infinity'::date AS at" as Date,
        "SELECT '-infinity'::date AS at" as Option<Date>,
        "SELECT '10000-01-01'::date AS at" as Date,
        "SELECT ARRAY[now(), 'infinity'] AS at" as Vec<DateTime<Utc>>,
        "SELECT ARRAY[NULL, now(), '-infinity'] AS at" as Vec<Option<DateTime<Utc>>>,
        "SELECT ARRAY['infinity'::date] AS at" as Vec<NaiveDate>,
        "SELECT ARRAY['24:00'::time] AS at" as Vec<NaiveTime>,
        "SELECT ARRAY['infinity'::moment] AS at" as Vec<Since>,
        "SELECT ARRAY['10000-01-01'::timestamp] AS at" as Vec<PrimitiveDateTime>,
        "SELECT tstzrange(now(), 'infinity') AS at" as PgRange<DateTime<Utc>>,
        "SELECT tsrange('-infinity', NULL) AS at" as PgRange<NaiveDateTime>,
        "SELECT daterange(NULL, 'infinity') AS at" as PgRange<NaiveDate>,
        "SELECT ARRAY[tstzrange(now(), 'infinity')] AS at" as Vec<PgRange<DateTime<Utc>>>,
        "SELECT ROW(1, 'infinity')::pair AS at" as Pair,
        "SELECT ARRAY[ROW(1, 'infinity')::pair] AS at" as Vec<Pair>,
        "SELECT '5'::\"char\" AS at" as Value,
    }
    let far = NaiveDate::from_ymd_opt(12_345, 6, 7).expect("a date");
    read! {
        pool;
        "SELECT '12345-06-07'::date AS at" as NaiveDate = far,
        "SELECT '12345-06-07'::timestamptz AS at" as Since = Since(far.and_time(NaiveTime::MIN).and_utc()),
        "SELECT ARRAY['12345-06-07'::date, NULL] AS at" as Vec<Option<NaiveDate>> = [Some(far), None],
        "SELECT ARRAY[]::date[] AS at" as Vec<NaiveDate> = [],
        "SELECT NULL::timestamptz AS at" as Option<Since> = None,
        "SELECT 'infinity'::timestamptz AS at" as Until = Until::Ever,
        "SELECT '-infinity'::timestamptz AS at" as Until = Until::Never,
        "SELECT 'infinity'::timestamptz AS at" as Value = other("infinity"),
        "SELECT '-infinity'::timestamptz AS at" as Value = other("-infinity"),
        "SELECT '294276-12-31+00'::timestamptz AS at" as Value = other("294276-12-31 00:00:00"),
        "SELECT '2000-01-01 00:00:01+00'::timestamptz AS at" as Until = Until::At(1_000_000),
        "SELECT ARRAY['infinity'::timestamptz] AS at" as Vec<Until> = [Until::Ever],
        "SELECT '23:59:59.999999'::time AS at" as NaiveTime =
            NaiveTime::from_hms_micro_opt(23, 59, 59, 999_999).expect("a time"),
    }
    // A connection that has given one goes on.
    let one: i32 = orm::sql!("SELECT 1").fetch_one(pool).await.expect("a row");
    assert_eq!(one, 1);
}

#[derive(sqlx::Type, Debug)]
#[sqlx(type_name = "pair")]
struct Pair {
    id: i32,
    at: DateTime<Utc>,
}

/// Something that ends, or does not.
#[derive(Table, Debug, Clone)]
#[table(name = "leases", insert(NewLease, derive(Clone)))]
struct Lease {
    #[column(primary_key)]
    id: i64,
    note: i64,
    until: DateTime<Utc>,
}

#[derive(Row, Debug)]
#[row(table = Lease)]
struct Ending {
    #[expect(dead_code, reason = "it cannot be read")]
    until: DateTime<Utc>,
}

pub(crate) async fn every_terminal_tells_what_cannot_be_read(site: Site) {
    use futures_util::TryStreamExt;

    let db = orm::connect(site.url()).await.expect("a database");
    orm::create_tables!(&db, Lease).await.expect("the table");
    let fill = "CREATE FUNCTION forever() RETURNS trigger LANGUAGE plpgsql AS \
         $$ BEGIN NEW.until := 'infinity'; RETURN NEW; END $$; \
         CREATE TRIGGER forever BEFORE INSERT OR UPDATE ON leases FOR EACH ROW EXECUTE FUNCTION forever(); \
         INSERT INTO leases VALUES (1, 1, now())";
    let pool = db.postgres().expect("PostgreSQL");
    sqlx::raw_sql(fill).execute(pool).await.expect("a trigger");
    macro_rules! told {
        ($($call:expr),* $(,)?) => {
            $(
                let error = $call.await.map(drop).expect_err(stringify!($call));
                assert_unread(&error, "until");
                assert_eq!(error.table(), Some("leases"), "{}", stringify!($call));
            )*
        };
    }
    let all = || Lease::select();
    let one = |id| Lease {
        id,
        note: 2,
        until: Utc::now(),
    };
    let two = [one(1), one(2)];
    told! {
        all().fetch_one(&db),
        all().fetch_optional(&db),
        all().fetch_all(&db),
        all().fetch(&db).try_collect::<Vec<_>>(),
        all().columns((Lease::ID, Lease::UNTIL)).fetch_all(&db),
        all().columns(Lease::UNTIL).fetch_one(&db),
        all().rows::<Ending>().fetch_all(&db),
        Lease::get(1).fetch_optional(&db),
        one(3).insert().fetch_one(&db),
        one(1).upsert_on(Lease::ID).fetch_one(&db),
        one(1).upsert_on(Lease::ID).outcome(&db),
        one(1).upsert_on(Lease::ID).returning((Lease::ID, Lease::UNTIL)).fetch_one(&db),
        two.upsert_on(Lease::ID).fetch_all(&db),
        two.upsert_on(Lease::ID).outcomes(&db),
        Lease::update().set(Lease::NOTE, 3).all_rows().returning_all().fetch_all(&db),
        orm::sql!("SELECT * FROM {Lease}").fetch_all::<Lease, _, _>(&db),
        orm::sql!("SELECT {Lease.*} FROM {Lease}").fetch_one::<Lease, _, _>(&db),
    }
    let last = all().aggregate(Lease::UNTIL.max()).fetch_one(&db).await;
    assert_unread(&last.expect_err("infinity"), "max");
    let described = Described::new("leases")
        .column(column("id", "bigint"))
        .column(column("note", "bigint"))
        .column(column("until", "timestamptz"))
        .primary_key(["id"])
        .build()
        .expect("a description");
    let (id, until) = (Value::from(1), Value::from(Utc::now()));
    let values = [("id", id.clone()), ("note", id), ("until", until)];
    let upsert = described.upsert(values).on_conflict(["id"]).update_all();
    let row = upsert.fetch_one(&db).await.expect("a row");
    assert_eq!(row.value("until"), Some(&other("infinity")));
    let error = row.get::<DateTime<Utc>>("until").expect_err("infinity");
    assert_eq!(
        (error.kind(), error.table()),
        (ErrorKind::Decode, Some("leases"))
    );
    assert_eq!(Lease::select().count(&db).await.expect("a count"), 2);
}

#[derive(Table, Debug, Clone)]
#[table(name = "limits")]
struct Limit {
    #[column(primary_key)]
    id: i64,
    at: Option<NaiveDateTime>,
}

#[derive(Table, Debug, Clone)]
#[table(name = "limits")]
struct Offset {
    #[column(primary_key)]
    id: i64,
    at: OffsetDateTime,
}

/// It is an error of a value to be written, about this column, and says why.
#[track_caller]
fn assert_unwritten(error: &Error, column: &str, why: &str) {
    let said = error.to_string();
    assert_eq!(error.kind(), ErrorKind::Encode, "{said}");
    assert!(
        said.contains(&format!("`{column}`")) && said.contains(why),
        "{said}"
    );
    assert!(error.is_data() && !said.contains("262"), "{said}");
}

pub(crate) async fn what_postgres_cannot_hold_is_not_sent(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    let pool = db.postgres().expect("PostgreSQL");
    orm::create_tables!(&db, Limit).await.expect("the table");
    let why = "beyond what PostgreSQL can hold";
    let early = Limit {
        id: 1,
        at: Some(NaiveDateTime::MIN),
    };
    let error = early
        .insert()
        .execute(&db)
        .await
        .expect_err("it is too early");
    assert_unwritten(&error, "at", why);
    for carrier in [Carrier::Values, Carrier::Arrays, Carrier::Copy] {
        let records = [Limit { id: 2, at: None }, early.clone()];
        let batch = records.upsert_on(Limit::ID).carrier(carrier);
        let error = batch.execute(&db).await.expect_err("one is too early");
        assert_unwritten(&error, "at", why);
        assert_eq!(error.rows(), [1], "{carrier:?}");
    }
    let found = Limit::select()
        .filter(Limit::AT.gt(NaiveDateTime::MIN))
        .count(&db)
        .await;
    assert_eq!(
        found.expect_err("it is too early").kind(),
        ErrorKind::Encode
    );
    let days = vec![NaiveDate::MIN];
    let sent = orm::sql!("SELECT {days}::date[] IS NULL")
        .fetch_one::<bool, _, _>(pool)
        .await;
    assert_eq!(sent.expect_err("it is too early").kind(), ErrorKind::Encode);
    // In UTC it lies beyond what its type can hold, where sqlx would panic.
    let late = Date::MAX.with_time(Time::from_hms(23, 0, 0).expect("a time"));
    let at = late.assume_offset(UtcOffset::from_hms(-2, 0, 0).expect("an offset"));
    let error = Offset { id: 3, at }
        .insert()
        .execute(&db)
        .await
        .expect_err("it is too late");
    assert_eq!(error.kind(), ErrorKind::Encode, "{error}");
    // The leap second of the last minute becomes the end of the day there.
    let leap = NaiveTime::from_hms_milli_opt(23, 59, 59, 1_000).expect("a leap second");
    let sent = orm::sql!("SELECT {leap} IS NULL")
        .fetch_one::<bool, _, _>(&db)
        .await;
    assert_eq!(sent.expect_err("it is no time").kind(), ErrorKind::Encode);
    let ever = Until::Ever;
    let same: bool = orm::sql!("SELECT {ever} = 'infinity'::timestamptz")
        .fetch_one(pool)
        .await
        .expect("a type that has it");
    assert!(same);
    assert_eq!(Limit::select().count(&db).await.expect("a count"), 0);
}

/// A time of each type.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "ages")]
struct Age {
    #[column(primary_key)]
    id: i64,
    instant: Option<DateTime<Utc>>,
    naive: Option<NaiveDateTime>,
    date: Option<NaiveDate>,
    day: Option<Date>,
    own: Option<Since>,
}

pub(crate) async fn years_without_their_place_are_refused(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    orm::create_tables!(&db, Age).await.expect("the table");
    let none = Age {
        id: 1,
        instant: None,
        naive: None,
        date: None,
        day: None,
        own: None,
    };
    for year in [-1, -44, -262_143, 10_000, 262_142] {
        let date = NaiveDate::from_ymd_opt(year, 3, 1).expect("a date");
        let naive = date.and_time(NaiveTime::MIN);
        let instant = naive.and_utc();
        let ages = [
            (
                "instant",
                Age {
                    instant: Some(instant),
                    ..none.clone()
                },
            ),
            (
                "naive",
                Age {
                    naive: Some(naive),
                    ..none.clone()
                },
            ),
            (
                "date",
                Age {
                    date: Some(date),
                    ..none.clone()
                },
            ),
            (
                "own",
                Age {
                    own: Some(Since(instant)),
                    ..none.clone()
                },
            ),
        ];
        for (column, age) in ages {
            let error = age.insert().execute(&db).await.expect_err("no place");
            assert_unwritten(&error, column, "0 to 9999");
            let batch = [
                Age {
                    id: 2,
                    ..none.clone()
                },
                age,
            ];
            let error = batch
                .upsert_on(Age::ID)
                .execute(&db)
                .await
                .expect_err("no place");
            assert_unwritten(&error, column, "0 to 9999");
        }
        let older = Age::select()
            .filter(Age::INSTANT.lt(instant))
            .count(&db)
            .await;
        assert_eq!(older.expect_err("no place").kind(), ErrorKind::Encode);
        let value = Value::from(instant);
        let sent = orm::sql!("SELECT {value}")
            .fetch_one::<(Value,), _, _>(&db)
            .await;
        assert_eq!(sent.expect_err("no place").kind(), ErrorKind::Encode);
    }
    let before = Date::from_ordinal_date(-1, 1).expect("a date");
    let error = Age {
        day: Some(before),
        ..none.clone()
    }
    .insert()
    .execute(&db)
    .await;
    assert_unwritten(&error.expect_err("no place"), "day", "0 to 9999");
}

pub(crate) async fn years_of_four_places_are_in_their_order(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    orm::create_tables!(&db, Age).await.expect("the table");
    let mut sorted = Vec::new();
    for (id, year) in [(1, 0), (2, 1), (3, 999), (4, 1000), (5, 2024), (6, 9999)] {
        let date = NaiveDate::from_ymd_opt(year, 12, 31).expect("a date");
        let naive = date.and_time(NaiveTime::MIN);
        let (instant, day) = (
            Some(naive.and_utc()),
            Date::from_ordinal_date(year, 300).ok(),
        );
        let (own, naive, date) = (instant.map(Since), Some(naive), Some(date));
        sorted.push(Age {
            id,
            instant,
            naive,
            date,
            day,
            own,
        });
        sorted[sorted.len() - 1]
            .insert()
            .execute(&db)
            .await
            .expect("an insert");
    }
    for order in [Age::INSTANT.asc().nulls_first(), Age::INSTANT.asc()] {
        let ages = Age::select().order_by((order, Age::NAIVE, Age::DATE, Age::DAY));
        assert_eq!(ages.fetch_all(&db).await.expect("rows"), sorted);
    }
}

pub(crate) async fn seconds_that_are_too_many_are_no_time(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    assert_eq!(site.backend(), Backend::Sqlite);
    unread! {
        &db;
        "SELECT 9223372036854775807 AS at" as PrimitiveDateTime,
        "SELECT -9223372036854775807 AS at" as Option<PrimitiveDateTime>,
        "SELECT 9223372036854775807 AS at" as OffsetDateTime,
        "SELECT 9223372036854775807 AS at" as DateTime<Utc>,
        "SELECT 9223372036854775807 AS at" as NaiveDateTime,
        "SELECT 1e300 AS at" as DateTime<Utc>,
        "SELECT 'infinity' AS at" as DateTime<Utc>,
        "SELECT 'infinity' AS at" as NaiveDate,
    }
    let epoch = Date::from_ordinal_date(1970, 1).expect("a date").midnight();
    read! { &db; "SELECT 0 AS at" as PrimitiveDateTime = epoch }
}
