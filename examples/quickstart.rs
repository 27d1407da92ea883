//! A feed that delivers the same events again and again, some of them late: the newest version wins.
//!
//! Runs on an SQLite database in memory. With `DATABASE_URL=postgres://…` it runs on PostgreSQL, in a
//! schema of its own that it drops in the end.

use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use orm::prelude::*;
use serde_json::Value;

/// An event of the feed: its own id and network name it, `updated` says how new it is.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "earthquakes", insert(NewEarthquake, derive(Debug, Clone)))]
struct Earthquake {
    #[column(primary_key, auto)]
    id: i64,
    #[column(unique)]
    event: String,
    magnitude: Option<f64>,
    place: String,
    happened: DateTime<Utc>,
    updated: DateTime<Utc>,
    #[column(default = now, insert_only)]
    first_seen: DateTime<Utc>,
}

#[derive(Default)]
struct Counts {
    inserted: usize,
    updated: usize,
    skipped: usize,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (db, schema) = open().await?;
    orm::create_tables!(&db, Earthquake).await?;

    let feed = feed()?;
    // Half an hour before an event's own time stamp, with another magnitude: what a slow mirror sends.
    let late: Vec<_> = feed
        .iter()
        .map(|quake| NewEarthquake {
            updated: quake.updated - TimeDelta::minutes(30),
            magnitude: None,
            ..quake.clone()
        })
        .collect();
    // A minute later the survey has revised every tenth event.
    let revised: Vec<_> = feed
        .iter()
        .step_by(10)
        .map(|quake| NewEarthquake {
            updated: quake.updated + TimeDelta::minutes(1),
            magnitude: quake.magnitude.map(|magnitude| magnitude + 0.1),
            ..quake.clone()
        })
        .collect();

    println!(
        "{:<22}{:>7}{:>10}{:>9}{:>9}{:>10}",
        "", "total", "inserted", "updated", "skipped", "ms"
    );
    step(&db, "first delivery", &feed).await?;
    step(&db, "the same once more", &feed).await?;
    step(&db, "an older copy, late", &late).await?;
    step(&db, "a tenth, revised", &revised).await?;

    let strongest = Earthquake::select()
        .filter(Earthquake::MAGNITUDE.ge(4.5))
        .order_by(Earthquake::MAGNITUDE.desc())
        .limit(3)
        .fetch_all(&db)
        .await?;
    println!("\nstrongest:");
    for quake in strongest {
        println!(
            "  {:.1}  {}",
            quake.magnitude.unwrap_or_default(),
            quake.place
        );
    }

    if let (Some(schema), Some(pool)) = (schema, db.postgres()) {
        let drop = sqlx::AssertSqlSafe(format!("DROP SCHEMA {schema} CASCADE"));
        sqlx::raw_sql(drop).execute(pool).await?;
    }
    Ok(())
}

/// Upserts every event by its own id, unless the stored one is newer, and counts what became of them.
async fn step(db: &orm::Db, name: &str, quakes: &[NewEarthquake]) -> orm::Result<()> {
    let start = Instant::now();
    let counts = orm::transaction(db, async |tx| {
        let mut counts = Counts::default();
        for quake in quakes {
            let outcome = quake
                .upsert()
                .on_conflict(Earthquake::EVENT)
                .update_all()
                .keep_newest(Earthquake::UPDATED)
                .outcome(&tx)
                .await?;
            match outcome {
                Outcome::Inserted(_) => counts.inserted += 1,
                Outcome::Updated(_) => counts.updated += 1,
                Outcome::Skipped => counts.skipped += 1,
            }
        }
        Ok::<_, orm::Error>(counts)
    })
    .await?;
    println!(
        "{name:<22}{:>7}{:>10}{:>9}{:>9}{:>10}",
        quakes.len(),
        counts.inserted,
        counts.updated,
        counts.skipped,
        start.elapsed().as_millis()
    );
    Ok(())
}

/// SQLite in memory, or a schema of its own on the PostgreSQL that `DATABASE_URL` names.
async fn open() -> Result<(orm::Db, Option<&'static str>), Box<dyn std::error::Error>> {
    let Ok(url) = std::env::var("DATABASE_URL") else {
        return Ok((orm::connect("sqlite::memory:").await?, None));
    };
    let schema = "orm_quickstart";
    let options: sqlx::postgres::PgConnectOptions = url.parse()?;
    let options = options.options([("search_path", schema)]);
    let pool = orm::pool_options().connect_with(options).await?;
    let fresh = format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}");
    sqlx::raw_sql(sqlx::AssertSqlSafe(fresh))
        .execute(&pool)
        .await?;
    Ok((pool.into(), Some(schema)))
}

/// The first 500 of a week's real events.
fn feed() -> Result<Vec<NewEarthquake>, Box<dyn std::error::Error>> {
    let feed: Value =
        serde_json::from_str(include_str!("data/usgs-earthquakes-2018-02-07.geojson"))?;
    let events = feed["features"]
        .as_array()
        .ok_or("the feed has no features")?;
    events
        .iter()
        .take(500)
        .map(event)
        .collect::<Option<_>>()
        .ok_or_else(|| "an event is not as expected".into())
}

fn event(event: &Value) -> Option<NewEarthquake> {
    let about = &event["properties"];
    Some(NewEarthquake {
        event: event["id"].as_str()?.to_owned(),
        magnitude: about["mag"].as_f64(),
        place: about["place"].as_str()?.to_owned(),
        happened: DateTime::from_timestamp_millis(about["time"].as_i64()?)?,
        updated: DateTime::from_timestamp_millis(about["updated"].as_i64()?)?,
    })
}
