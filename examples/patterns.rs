//! The seven ways to write the same row more than once, on the variants of an asset.

use std::error::Error;

use chrono::{DateTime, Utc};
use orm::prelude::*;

#[derive(Table)]
#[table(insert = NewAsset)]
struct Asset {
    #[column(primary_key, auto)]
    id: i64,
    #[column(unique)]
    name: String,
}

#[derive(Table)]
#[table(insert(NewVariant, derive(Clone)), unique(asset, kind))]
struct Variant {
    #[column(primary_key, auto)]
    id: i64,
    #[column(references = Asset::ID, on_delete = cascade)]
    asset: i64,
    kind: String,
    #[column(unique)]
    path: String,
    size: Option<i64>,
    status: String,
    #[column(default = now, insert_only)]
    created_at: DateTime<Utc>,
}

fn variant(asset: i64, kind: &str, size: i64) -> NewVariant {
    NewVariant {
        asset,
        kind: kind.to_owned(),
        path: format!("photos/{asset}_{kind}.webp"),
        size: Some(size),
        status: "ready".to_owned(),
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let place = orm_examples::open("orm_patterns").await?;
    let db = &place.db;
    orm::create_tables!(db, Asset, Variant).await?;
    let name = "photo".to_owned();
    let photo = NewAsset { name }.insert().fetch_one(db).await?;
    let thumbnail = variant(photo.id, "thumbnail", 24_000);

    // 1. Update what is there, found by one unique column or by several.
    let upsert = thumbnail.upsert().on_conflict(Variant::PATH);
    let row = upsert.update(Variant::SIZE).fetch_one(db).await?;
    let key = (Variant::ASSET, Variant::KIND);
    let upsert = thumbnail.upsert().on_conflict(key).update(Variant::STATUS);
    let again = upsert.fetch_one(db).await?;
    let same = row.id == again.id && row.created_at == again.created_at;
    println!("1  one row, by either key: {same}");

    // 2. Insert, or leave what is there.
    let upsert = thumbnail.upsert().on_any_conflict().do_nothing();
    let skipped = upsert.fetch_optional(db).await?.is_none();
    println!("2  left as it is, so no row comes back: {skipped}");

    // 3. Every value from the record.
    let mut larger = thumbnail.clone();
    larger.size = Some(31_000);
    let row = larger.upsert_on(Variant::PATH).fetch_one(db).await?;
    println!("3  {:?} bytes now", row.size);

    // 4. Update only where the stored row allows it.
    let upsert = thumbnail.upsert().on_conflict(Variant::PATH);
    let upsert = upsert.set(Variant::STATUS, "processing");
    let upsert = upsert.where_(|old, _| old.status.eq("pending"));
    let skipped = matches!(upsert.outcome(db).await?, Outcome::Skipped);
    println!("4  what is ready is not queued again: {skipped}");

    // 5. Get the row either way.
    let upsert = thumbnail.upsert().on_conflict(Variant::PATH);
    let row = upsert.get_or_insert().fetch_one(db).await?;
    println!("5  it was there, with {:?} bytes", row.size);

    // 6. Many at once.
    let kinds = ["thumbnail", "optimized", "webp"];
    let variants = kinds.map(|kind| variant(photo.id, kind, 50_000));
    let report = variants.upsert_on(Variant::PATH).report(db).await?;
    println!(
        "6  {} inserted, {} updated",
        report.inserted, report.updated
    );

    // 7. With what depends on it, in one transaction.
    let (asset, variant) = orm::transaction(db, async |tx| {
        let name = "plan".to_owned();
        let asset = NewAsset { name }.insert().fetch_one(&tx).await?;
        let variant = variant(asset.id, "thumbnail", 9_000);
        let variant = variant.upsert_on(Variant::PATH).fetch_one(&tx).await?;
        Ok::<_, orm::Error>((asset, variant))
    })
    .await?;
    println!("7  `{}` has `{}`", asset.name, variant.path);
    place.close().await
}
