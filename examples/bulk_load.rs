//! Two hundred thousand readings of a thousand sensors, loaded in one call and then once more with
//! corrections: all or nothing, in bounded memory, with a progress bar.
//!
//! Runs on SQLite in memory; with `DATABASE_URL=postgres://…` on PostgreSQL.

use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use indicatif::{ProgressBar, ProgressStyle};
use orm::prelude::*;

#[derive(Table, Debug)]
#[table(insert(NewReading, derive(Clone)))]
#[table(unique(sensor, taken_at), fillfactor = 70)] // room on each page for the next version of a row
struct Reading {
    #[column(primary_key, auto)]
    id: i64,
    sensor: i32,
    taken_at: DateTime<Utc>,
    value: f64,
    quality: Option<String>,
    revision: i32,
}

const SENSORS: i32 = 1_000;
const HOURS: i32 = 200;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let place = orm_examples::open("orm_bulk_load").await?;
    let db = &place.db;
    orm::create_tables!(db, Reading).await?;

    let mut readings = readings()?;
    load(db, "first load", &readings).await?;

    // A correction for every fourth reading; the others come again as they were.
    for reading in readings.iter_mut().step_by(4) {
        reading.revision = 2;
        reading.value += 0.5;
        reading.quality = Some("corrected".to_owned());
    }
    load(db, "with corrections", &readings).await?;

    let corrected = Reading::select()
        .filter(Reading::REVISION.eq(2))
        .count(db)
        .await?;
    println!(
        "\n{corrected} of {} readings are corrected now",
        readings.len()
    );
    place.close().await
}

/// Sends all of them, and says what became of them.
async fn load(db: &orm::Db, what: &str, readings: &[NewReading]) -> orm::Result<()> {
    let bar = ProgressBar::new(readings.len() as u64);
    if let Ok(style) = ProgressStyle::with_template("{msg:<18}{wide_bar} {pos:>7}/{len}") {
        bar.set_style(style);
    }
    bar.set_message(what.to_owned());
    let began = Instant::now();
    let report = readings
        .upsert()
        .on_conflict((Reading::SENSOR, Reading::TAKEN_AT))
        .update_all()
        .keep_newer(Reading::REVISION)
        .on_progress(|done, _| bar.set_position(done as u64))
        .report(db)
        .await?;
    bar.finish_and_clear();
    println!(
        "{what:<18}{:>7} rows: {:>6} inserted, {:>5} updated, {:>6} skipped in {:.1} s",
        report.total,
        report.inserted,
        report.updated,
        report.skipped,
        round(began.elapsed()),
    );
    Ok(())
}

fn round(time: Duration) -> f64 {
    (time.as_secs_f64() * 10.0).round() / 10.0
}

fn readings() -> Result<Vec<NewReading>, chrono::ParseError> {
    let start: DateTime<Utc> = "2026-01-01T00:00:00Z".parse()?;
    let reading = |sensor, hour| NewReading {
        sensor,
        taken_at: start + TimeDelta::hours(i64::from(hour)),
        value: f64::from((sensor * 7 + hour * 13) % 400) / 10.0,
        quality: None,
        revision: 1,
    };
    Ok((0..HOURS)
        .flat_map(|hour| (0..SENSORS).map(move |sensor| (sensor, hour)))
        .map(|(sensor, hour)| reading(sensor, hour))
        .collect())
}
