//! A feed that delivers the same 1,707 events again and again, some of them late, some revised: the newest
//! version wins, and what a person has reviewed is never overwritten by a machine.
//!
//! Runs on SQLite in memory; with `DATABASE_URL=postgres://…` on PostgreSQL.

use std::error::Error;
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use orm::prelude::*;
use orm::{Db, Result};
use serde_json::Value;

/// Who located an event.
#[derive(sqlx::Type, Debug, Clone, Copy, PartialEq)]
#[sqlx(type_name = "text", rename_all = "lowercase")]
enum Status {
    Automatic,
    Reviewed,
}

/// An event: `event` is its own name for itself, `updated` says how new this version of it is.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(insert(NewEarthquake, derive(Debug, Clone)))]
struct Earthquake {
    #[column(primary_key, auto)]
    id: i64,
    #[column(unique)]
    event: String,
    magnitude: Option<f64>,
    place: String,
    status: Status,
    happened: DateTime<Utc>,
    updated: DateTime<Utc>,
    #[column(default = now, insert_only)]
    first_seen: DateTime<Utc>,
}

#[tokio::main]
async fn main() -> std::result::Result<(), Box<dyn Error>> {
    let place = orm_examples::open("orm_earthquakes").await?;
    let db = &place.db;
    orm::create_tables!(db, Earthquake).await?;
    let feed = feed()?;

    println!(
        "{:<38}{:>6}{:>10}{:>9}{:>9}{:>7}",
        "", "total", "inserted", "updated", "skipped", "ms"
    );
    step("first delivery", keep_newest(db, &feed)).await?;
    let stored = everything(db).await?;

    step("again, only what is newer", keep_newer(db, &feed)).await?;
    step("again, the same version wins", keep_newest(db, &feed)).await?;
    assert_eq!(everything(db).await?, stored, "a replay changes nothing");

    // What a slow mirror sends: every event as it was half an hour before.
    let late = revised(&feed, 1, |quake| {
        quake.updated -= TimeDelta::minutes(30);
        quake.magnitude = None;
    });
    step("an older copy, late", keep_newest(db, &late)).await?;
    assert_eq!(everything(db).await?, stored, "nothing older wins");

    // A minute later seismologists have looked at every tenth event.
    let looked_at = revised(&feed, 10, |quake| {
        quake.updated += TimeDelta::minutes(1);
        quake.magnitude = quake.magnitude.map(|magnitude| magnitude + 0.1);
        quake.status = Status::Reviewed;
    });
    step(
        "every tenth, revised by people",
        keep_newest(db, &looked_at),
    )
    .await?;

    // Another minute later a machine has located every fifth event anew.
    let located = revised(&feed, 5, |quake| {
        quake.updated += TimeDelta::minutes(2);
        quake.status = Status::Automatic;
    });
    step(
        "every fifth, located by machines",
        spare_reviewed(db, &located),
    )
    .await?;

    strongest(db).await?;
    place.close().await
}

async fn keep_newest(db: &Db, quakes: &[NewEarthquake]) -> Result<Report> {
    let upsert = quakes.upsert().on_conflict(Earthquake::EVENT).update_all();
    upsert.keep_newest(Earthquake::UPDATED).report(db).await
}

async fn keep_newer(db: &Db, quakes: &[NewEarthquake]) -> Result<Report> {
    let upsert = quakes.upsert().on_conflict(Earthquake::EVENT).update_all();
    upsert.keep_newer(Earthquake::UPDATED).report(db).await
}

async fn spare_reviewed(db: &Db, quakes: &[NewEarthquake]) -> Result<Report> {
    quakes
        .upsert()
        .on_conflict(Earthquake::EVENT)
        .update_all()
        .keep_newest(Earthquake::UPDATED)
        .where_(|old, new| {
            old.status
                .ne(Status::Reviewed)
                .or(new.status.eq(Status::Reviewed))
        })
        .report(db)
        .await
}

/// Prints what became of a delivery.
async fn step(name: &str, delivery: impl Future<Output = Result<Report>>) -> Result<()> {
    let began = Instant::now();
    let report = delivery.await?;
    println!(
        "{name:<38}{:>6}{:>10}{:>9}{:>9}{:>7}",
        report.total,
        report.inserted,
        report.updated,
        report.skipped,
        began.elapsed().as_millis()
    );
    Ok(())
}

async fn everything(db: &Db) -> Result<Vec<Earthquake>> {
    Earthquake::select()
        .order_by(Earthquake::ID)
        .fetch_all(db)
        .await
}

async fn strongest(db: &Db) -> Result<()> {
    let reviewed = Earthquake::select().filter(Earthquake::STATUS.eq(Status::Reviewed));
    println!(
        "\n{} events are reviewed. The strongest of that week:",
        reviewed.count(db).await?
    );
    let strongest = Earthquake::select()
        .filter(Earthquake::MAGNITUDE.ge(5.0))
        .order_by((Earthquake::MAGNITUDE.desc(), Earthquake::EVENT))
        .limit(5)
        .fetch_all(db)
        .await?;
    for quake in strongest {
        let magnitude = quake.magnitude.unwrap_or_default();
        println!(
            "  {magnitude:.1}  {}  {}",
            quake.happened.format("%a %H:%M"),
            quake.place
        );
    }
    Ok(())
}

/// Every so manieth event, changed.
fn revised(
    feed: &[NewEarthquake],
    every: usize,
    change: impl Fn(&mut NewEarthquake),
) -> Vec<NewEarthquake> {
    let mut some: Vec<_> = feed.iter().step_by(every).cloned().collect();
    some.iter_mut().for_each(change);
    some
}

/// A week's real events.
fn feed() -> std::result::Result<Vec<NewEarthquake>, Box<dyn Error>> {
    let feed = include_str!("data/usgs-earthquakes-2018-02-07.geojson");
    let feed: Value = serde_json::from_str(feed)?;
    let events = feed["features"]
        .as_array()
        .ok_or("the feed has no features")?;
    let events = events.iter().map(event).collect::<Option<_>>();
    events.ok_or_else(|| "an event is not as expected".into())
}

fn event(event: &Value) -> Option<NewEarthquake> {
    let about = &event["properties"];
    let time = |name: &str| DateTime::from_timestamp_millis(about[name].as_i64()?);
    Some(NewEarthquake {
        event: event["id"].as_str()?.to_owned(),
        magnitude: about["mag"].as_f64(),
        place: about["place"].as_str()?.to_owned(),
        status: match about["status"].as_str()? {
            "reviewed" => Status::Reviewed,
            _ => Status::Automatic,
        },
        happened: time("time")?,
        updated: time("updated")?,
    })
}
