//! What became of a record is a type: what cannot happen has no variant.

use std::error::Error;

use orm::prelude::*;

#[derive(Table, Debug, Clone)]
#[table(name = "prices")]
struct Price {
    #[column(primary_key)]
    article: String,
    cents: i64,
    version: i64,
}

fn price(article: &str, cents: i64, version: i64) -> Price {
    Price {
        article: article.to_owned(),
        cents,
        version,
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let place = orm_examples::open("orm_outcomes").await?;
    let db = &place.db;
    orm::create_tables!(db, Price).await?;

    // Always written, so inserted or updated.
    for tea in [price("tea", 250, 1), price("tea", 270, 3)] {
        match tea
            .upsert()
            .on_conflict(Price::ARTICLE)
            .update_all()
            .outcome(db)
            .await?
        {
            Written::Inserted(row) => println!("new: {} for {}", row.article, row.cents),
            Written::Updated(row) => println!("now: {} for {}", row.article, row.cents),
        }
    }

    // With a guard it can be skipped, and there is no row then.
    let late = price("tea", 260, 2);
    let upsert = late.upsert().on_conflict(Price::ARTICLE).update_all();
    match upsert.keep_newest(Price::VERSION).outcome(db).await? {
        Outcome::Inserted(row) | Outcome::Updated(row) => println!("written: {row:?}"),
        Outcome::Skipped => println!("late: the stored price is newer"),
    }

    // Looked up where it is there.
    let coffee = price("coffee", 320, 1);
    for _ in 0..2 {
        match coffee
            .upsert()
            .on_conflict(Price::ARTICLE)
            .get_or_insert()
            .outcome(db)
            .await?
        {
            Found::Inserted(row) => println!("made: {}", row.article),
            Found::Existing(row) => println!("found: {}", row.article),
        }
    }

    // Of many records one outcome each, in their order.
    let delivery = [
        price("tea", 280, 4),
        price("cake", 390, 1),
        price("coffee", 300, 0),
        price("cake", 410, 2),
    ];
    let outcomes = delivery
        .upsert()
        .on_conflict(Price::ARTICLE)
        .update_all()
        .keep_newest(Price::VERSION)
        .outcomes(db)
        .await?;
    for (record, outcome) in delivery.iter().zip(outcomes) {
        let became = match outcome {
            BatchOutcome::Inserted(row) => format!("inserted for {}", row.cents),
            BatchOutcome::Updated(row) => format!("updated to {}", row.cents),
            BatchOutcome::Skipped => "skipped, the stored price is newer".to_owned(),
            BatchOutcome::Duplicate { of } => format!("left out for record {of}"),
            _ => "something that is still to come".to_owned(),
        };
        println!("  {:<8}{became}", record.article);
    }
    place.close().await
}
