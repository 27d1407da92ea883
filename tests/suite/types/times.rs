//! Dates and times, of either crate.

use chrono::{DateTime, FixedOffset, Local, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use orm::prelude::*;
use orm_tests::Site;
use sqlx::postgres::types::{PgInterval, PgTimeTz};
use sqlx::types::time::{Date, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};

use super::family::{Place, family};

family! {
    times_of_chrono_come_back on Db;
    keys {
        instant: DateTime<Utc> = instants();
        local: DateTime<Local> = instants().into_iter().map(|instant| instant.with_timezone(&Local)).collect::<Vec<_>>();
        naive: NaiveDateTime = instants().into_iter().map(|instant| instant.naive_utc()).collect::<Vec<_>>();
        date: NaiveDate = [date(1, 1, 1), date(1969, 12, 31), date(2024, 2, 29), date(9999, 12, 31)];
        time: NaiveTime = [NaiveTime::MIN, time(23, 59, 59, 999_999), time(12, 0, 0, 1), time(12, 30, 0, 0)];
        // In UTC, which is what a database gives back.
        fixed: DateTime<FixedOffset> = instants().into_iter().map(|instant| instant.fixed_offset()).collect::<Vec<_>>();
    }
    compared {}
    carried {}
}

family! {
    times_of_the_time_crate_come_back on Db;
    keys {
        instant: OffsetDateTime = moments();
        naive: PrimitiveDateTime = moments().into_iter().map(|moment| PrimitiveDateTime::new(moment.date(), moment.time())).collect::<Vec<_>>();
        date: Date = moments().into_iter().map(OffsetDateTime::date).collect::<Vec<_>>();
        time: Time = [Time::MIDNIGHT, clock(23, 59, 59, 999_999), clock(12, 0, 0, 1)];
    }
    compared {}
    carried {}
}

family! {
    the_first_and_last_times_come_back_on_postgres on PgPool;
    keys {
        // PostgreSQL begins 4,713 years before our era; chrono ends before it does.
        instant: DateTime<Utc> = [at(date(-4712, 1, 1), NaiveTime::MIN), at(NaiveDate::MAX, time(23, 59, 59, 999_999))];
        naive: NaiveDateTime = [date(-4712, 1, 1).and_time(NaiveTime::MIN), NaiveDate::MAX.and_time(NaiveTime::MIN)];
        date: NaiveDate = [date(-4712, 1, 1), date(0, 12, 31), NaiveDate::MAX];
        moment: OffsetDateTime = [beginning().midnight().assume_utc(), Date::MAX.midnight().assume_utc()];
        day: Date = [beginning(), Date::MAX];
    }
    compared {}
    carried {}
}

family! {
    spans_come_back_on_postgres on PgPool;
    keys {
        interval: PgInterval = [span(0, 0, 0), span(-1, 2, -3), span(1, 0, 0), span(i32::MAX, i32::MAX, i64::MAX)];
        zoned: PgTimeTz<NaiveTime, FixedOffset> = [zoned(0), zoned(3_600), zoned(-43_200)];
        zone: PgTimeTz<Time, UtcOffset> = [PgTimeTz { time: clock(1, 2, 3, 4), offset: UtcOffset::UTC }];
    }
    compared {}
    carried {}
}

/// A time of each type that the database puts in.
#[derive(Table, Debug)]
#[table(name = "stamps", insert = NewStamp)]
struct Stamp {
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
    moment: OffsetDateTime,
    #[column(default = now)]
    primitive: PrimitiveDateTime,
    #[column(default = now)]
    day: Date,
    #[column(default = now)]
    clock: Time,
    #[column(default = now)]
    perhaps: Option<NaiveDateTime>,
}

pub(crate) async fn what_the_database_puts_in_is_equal_to_what_is_sent(site: Site) {
    let db = &orm::Db::open(&site).await;
    orm::create_tables!(db, Stamp).await.expect("a table");
    // Often enough for a fraction that ends in a zero.
    for id in 0..40 {
        let stored = NewStamp { id }
            .insert()
            .fetch_one(db)
            .await
            .expect("an insert");
        let same = Stamp::select()
            .filter(Stamp::ID.eq(id))
            .filter(
                Stamp::INSTANT
                    .eq(stored.instant)
                    .and(Stamp::NAIVE.eq(stored.naive)),
            )
            .filter(Stamp::DATE.eq(stored.date).and(Stamp::TIME.eq(stored.time)))
            .filter(
                Stamp::MOMENT
                    .eq(stored.moment)
                    .and(Stamp::PRIMITIVE.eq(stored.primitive)),
            )
            .filter(Stamp::DAY.eq(stored.day).and(Stamp::CLOCK.eq(stored.clock)))
            .filter(Stamp::PERHAPS.eq(stored.perhaps.expect("a default")));
        assert_eq!(same.count(db).await.expect("a count"), 1, "{stored:?}");
        assert!(stored.naive.and_utc() - stored.instant < TimeDelta::seconds(5));
    }
}

fn instants() -> Vec<DateTime<Utc>> {
    vec![
        at(date(1, 1, 1), NaiveTime::MIN),
        at(date(1969, 12, 31), time(23, 59, 59, 999_999)),
        at(date(1970, 1, 1), NaiveTime::MIN),
        at(date(2024, 2, 29), time(12, 30, 0, 1)),
        at(date(2024, 2, 29), time(12, 30, 0, 120_000)),
        at(date(9999, 12, 31), time(23, 59, 59, 999_999)),
    ]
}

fn at(date: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    date.and_time(time).and_utc()
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date")
}

fn time(hour: u32, minute: u32, second: u32, micros: u32) -> NaiveTime {
    NaiveTime::from_hms_micro_opt(hour, minute, second, micros).expect("a time")
}

fn moments() -> Vec<OffsetDateTime> {
    let nanos = |instant: DateTime<Utc>| i128::from(instant.timestamp_micros()) * 1_000;
    let moment = |nanos| OffsetDateTime::from_unix_timestamp_nanos(nanos).expect("a moment");
    let mut moments: Vec<_> = instants().into_iter().map(nanos).map(moment).collect();
    // Each on a day of its own.
    moments.dedup_by_key(|moment| moment.date());
    moments
}

fn beginning() -> Date {
    Date::from_ordinal_date(-4712, 1).expect("a date")
}

fn clock(hour: u8, minute: u8, second: u8, micros: u32) -> Time {
    Time::from_hms_micro(hour, minute, second, micros).expect("a time")
}

fn span(months: i32, days: i32, microseconds: i64) -> PgInterval {
    PgInterval {
        months,
        days,
        microseconds,
    }
}

fn zoned(seconds: i32) -> PgTimeTz<NaiveTime, FixedOffset> {
    PgTimeTz {
        time: time(1, 2, 3, 4),
        offset: FixedOffset::east_opt(seconds).expect("an offset"),
    }
}
