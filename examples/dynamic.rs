//! A table that is described at run time, as a pipeline does that learns of it from elsewhere. What the
//! compiler checks for a struct is checked here before anything is sent.

use std::error::Error;

use orm::dynamic::{Table, Value, column};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let place = orm_examples::open("orm_dynamic").await?;
    let db = &place.db;

    // Names and types come from a file, a message, another database.
    let header = [
        ("country", "TEXT"),
        ("year", "BIGINT"),
        ("people", "BIGINT"),
        ("version", "BIGINT"),
    ];
    let mut table = Table::new("Population \"estimates\"");
    for (name, sql_type) in header {
        table = table.column(column(name, sql_type));
    }
    let table = table.primary_key(["country", "year"]).build()?;
    table.create(db).await?;

    let row = |country: &str, year: i64, people: i64, version: i64| {
        vec![
            Value::from(country),
            year.into(),
            people.into(),
            version.into(),
        ]
    };
    let deliveries = [
        vec![
            row("Iceland", 2020, 366_000, 1),
            row("Malta", 2020, 515_000, 1),
        ],
        vec![
            row("Iceland", 2020, 364_000, 2),
            row("Malta", 2020, 500_000, 0),
            row("Malta", 2021, 518_000, 1),
        ],
    ];
    for rows in &deliveries {
        let report = table
            .upsert_many(header.map(|(name, _)| name), rows)
            .on_conflict(["country", "year"])
            .update_all()
            .keep_newest("version")
            .report(db)
            .await?;
        println!(
            "{} inserted, {} updated, {} skipped",
            report.inserted, report.updated, report.skipped
        );
    }

    let mistakes = [
        table
            .upsert([("country", Value::from("Fiji"))])
            .on_conflict(["country"])
            .update_all(),
        table
            .upsert([("land", Value::from("Fiji"))])
            .on_conflict(["country", "year"])
            .update_all(),
    ];
    for upsert in mistakes {
        if let Err(error) = upsert.execute(db).await {
            println!("refused: {error}");
        }
    }
    place.close().await
}
