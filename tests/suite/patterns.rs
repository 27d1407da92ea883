//! The seven ways to write the same row more than once, and which one to choose.

use chrono::{DateTime, Utc};
use orm::Db;
use orm::prelude::*;
use orm_tests::Site;

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "room_assets", insert = NewAsset)]
struct Asset {
    #[column(primary_key, auto)]
    id: i64,
    asset_type: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "asset_variants", insert(NewVariant, derive(Debug, Clone)))]
#[table(unique(parent_asset_id, variant_type))]
struct AssetVariant {
    #[column(primary_key, auto)]
    id: i64,
    #[column(references = Asset::ID)]
    parent_asset_id: i64,
    variant_type: String,
    #[column(unique)]
    storage_path: String,
    file_size: Option<i64>,
    width: Option<i32>,
    processing_status: String,
    processing_error: Option<String>,
    #[column(default = now, insert_only)]
    created_at: DateTime<Utc>,
}

async fn assets(site: &Site) -> (Db, Asset) {
    let db = orm::connect(site.url()).await.expect("a database");
    orm::create_tables!(&db, Asset, AssetVariant)
        .await
        .expect("the tables");
    let asset = asset("photo").insert().fetch_one(&db).await;
    (db, asset.expect("an asset"))
}

fn asset(asset_type: &str) -> NewAsset {
    NewAsset {
        asset_type: asset_type.to_owned(),
    }
}

fn variant(asset: &Asset, variant_type: &str, status: &str) -> NewVariant {
    NewVariant {
        parent_asset_id: asset.id,
        variant_type: variant_type.to_owned(),
        storage_path: format!("photos/{}_{variant_type}.webp", asset.id),
        file_size: Some(24_000),
        width: Some(300),
        processing_status: status.to_owned(),
        processing_error: None,
    }
}

async fn stored(db: &Db) -> Vec<AssetVariant> {
    let select = AssetVariant::select()
        .order_by(AssetVariant::ID)
        .fetch_all(db);
    select.await.expect("the variants")
}

/// 1: re-processed, and always updated; `created_at` stays.
pub(crate) async fn a_job_that_runs_again_updates_what_it_names(site: Site) {
    let (db, asset) = assets(&site).await;
    let first = variant(&asset, "thumbnail", "pending");
    let before = first.insert().fetch_one(&db).await.expect("a variant");
    let again = NewVariant {
        file_size: Some(31_000),
        width: Some(400),
        ..variant(&asset, "thumbnail", "ready")
    };
    let by_path = again.upsert().on_conflict(AssetVariant::STORAGE_PATH);
    let after = by_path
        .update((AssetVariant::FILE_SIZE, AssetVariant::PROCESSING_STATUS))
        .fetch_one(&db)
        .await
        .expect("an upsert");
    let updated = AssetVariant {
        file_size: Some(31_000),
        processing_status: "ready".to_owned(),
        ..before
    };
    assert_eq!(after, updated);

    // The same by the key of two columns, in whatever order.
    let moved = NewVariant {
        storage_path: "moved".to_owned(),
        ..again
    };
    let by_both = moved
        .upsert()
        .on_conflict((AssetVariant::VARIANT_TYPE, AssetVariant::PARENT_ASSET_ID));
    let after = by_both.update(AssetVariant::WIDTH).fetch_one(&db).await;
    let updated = AssetVariant {
        width: Some(400),
        ..updated
    };
    assert_eq!(after.expect("an upsert"), updated);
    assert_eq!(stored(&db).await, [updated]);
}

/// 2: seeds are inserted once and never overwritten.
pub(crate) async fn a_seed_is_inserted_once(site: Site) {
    let (db, asset) = assets(&site).await;
    let seed = variant(&asset, "thumbnail", "ready");
    let plant = || seed.upsert().on_any_conflict().do_nothing();
    let inserted = plant().fetch_optional(&db).await.expect("an upsert");
    let changed = NewVariant {
        file_size: Some(1),
        ..seed.clone()
    };
    let skipped = changed.upsert().on_any_conflict().do_nothing();
    assert_eq!(skipped.fetch_optional(&db).await.expect("an upsert"), None);
    assert_eq!(plant().execute(&db).await.expect("an upsert"), 0);
    assert_eq!(stored(&db).await, inserted.into_iter().collect::<Vec<_>>());
}

/// 3: all values from the record that came.
pub(crate) async fn every_value_comes_from_the_record(site: Site) {
    let (db, asset) = assets(&site).await;
    let first = variant(&asset, "thumbnail", "ready");
    let before = first.insert().fetch_one(&db).await.expect("a variant");
    let again = NewVariant {
        file_size: None,
        width: Some(1),
        processing_error: Some("blurred".to_owned()),
        ..variant(&asset, "thumbnail", "failed")
    };
    let after = again
        .upsert_on(AssetVariant::STORAGE_PATH)
        .fetch_one(&db)
        .await;
    let expected = AssetVariant {
        file_size: None,
        width: Some(1),
        processing_error: Some("blurred".to_owned()),
        processing_status: "failed".to_owned(),
        ..before
    };
    assert_eq!(after.expect("an upsert"), expected);
}

/// 4: updated only where the stored row allows it.
pub(crate) async fn a_requeued_job_spares_what_is_ready(site: Site) {
    let (db, asset) = assets(&site).await;
    let requeue = async || {
        let record = variant(&asset, "thumbnail", "queued");
        let upsert = record.upsert().on_conflict(AssetVariant::STORAGE_PATH);
        let upsert = upsert
            .set(AssetVariant::PROCESSING_STATUS, "processing")
            .set(AssetVariant::PROCESSING_ERROR, None);
        let upsert = upsert.where_(|old, _| old.processing_status.eq("pending"));
        upsert.outcome(&db).await.expect("an upsert")
    };
    let set = async |status: &str| {
        let record = variant(&asset, "thumbnail", status);
        let upsert = record.upsert_on(AssetVariant::STORAGE_PATH).execute(&db);
        upsert.await.expect("an upsert");
    };
    // What is set is for stored rows; a new one is as the record has it.
    assert!(matches!(requeue().await, Outcome::Inserted(row) if row.processing_status == "queued"));
    set("pending").await;
    assert!(
        matches!(requeue().await, Outcome::Updated(row) if row.processing_status == "processing")
    );
    set("ready").await;
    assert_eq!(requeue().await, Outcome::Skipped);
    assert_eq!(stored(&db).await[0].processing_status, "ready");
}

/// 5: the row comes back, inserted, updated or found.
pub(crate) async fn the_row_comes_back_either_way(site: Site) {
    let (db, asset) = assets(&site).await;
    let record = variant(&asset, "thumbnail", "ready");
    let upsert = || record.upsert().on_conflict(AssetVariant::STORAGE_PATH);
    let update = || {
        upsert()
            .update(AssetVariant::PROCESSING_STATUS)
            .fetch_one(&db)
    };
    let inserted: AssetVariant = update().await.expect("an upsert");
    let updated: AssetVariant = update().await.expect("an upsert");
    assert_eq!(inserted, updated);
    let found = upsert().get_or_insert().outcome(&db).await;
    assert_eq!(found.expect("an upsert"), Found::Existing(inserted));
}

/// 6: many rows of an external catalogue.
pub(crate) async fn a_catalogue_is_written_at_once(site: Site) {
    let (db, asset) = assets(&site).await;
    let kinds = ["thumbnail", "optimized", "webp"];
    let first = variant(&asset, "optimized", "pending");
    first.insert().execute(&db).await.expect("a variant");
    let all = kinds.map(|kind| variant(&asset, kind, "ready"));
    let rows = all
        .upsert_on(AssetVariant::STORAGE_PATH)
        .fetch_all(&db)
        .await;
    let rows = rows.expect("an upsert");
    let came: Vec<_> = rows.iter().map(|row| row.variant_type.as_str()).collect();
    assert_eq!(came, kinds);
    assert!(rows.iter().all(|row| row.processing_status == "ready"));
    let report = all.upsert_on(AssetVariant::STORAGE_PATH).report(&db).await;
    let report = report.expect("an upsert");
    assert_eq!((report.inserted, report.updated), (0, 3));
    assert_eq!(stored(&db).await.len(), 3);
}

/// 7: with the row that it depends on, or not at all.
pub(crate) async fn a_dependent_row_comes_with_its_parent_or_not_at_all(site: Site) {
    let (db, _) = assets(&site).await;
    let make = async |path: Option<&str>| {
        orm::transaction(&db, async |tx| {
            let asset = asset("plan").insert().fetch_one(&tx).await?;
            let mut record = variant(&asset, "thumbnail", "pending");
            if let Some(path) = path {
                path.clone_into(&mut record.storage_path);
                record.parent_asset_id = -1;
            }
            let upsert = record.upsert().on_conflict(AssetVariant::STORAGE_PATH);
            let upsert = upsert.update(AssetVariant::PROCESSING_STATUS);
            let variant = upsert.fetch_one(&tx).await?;
            Ok::<_, orm::Error>((asset, variant))
        })
        .await
    };
    let (asset, variant) = make(None).await.expect("a transaction");
    assert_eq!(variant.parent_asset_id, asset.id);
    let error = make(Some("nobody's")).await.expect_err("no such parent");
    assert_eq!(error.kind(), orm::ErrorKind::ForeignKeyViolation);
    assert_eq!(Asset::select().count(&db).await.expect("a count"), 2);
    assert_eq!(stored(&db).await, [variant]);
}
