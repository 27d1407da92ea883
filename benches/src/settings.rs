//! What a server says of itself and of the settings that matter here.

use orm_tests::Backend;

use crate::place::Place;

/// The settings of PostgreSQL that are told.
const TOLD: &str =
    "SELECT name, current_setting(name) FROM pg_settings WHERE name IN ('server_version',
    'fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers', 'work_mem', 'max_wal_size',
    'wal_level', 'jit', 'track_activities', 'max_connections') ORDER BY name";

/// Names and values.
pub async fn settings(backend: Backend) -> Vec<(String, String)> {
    let place = Place::new(backend.into()).await;
    if let Some(pool) = place.db().postgres() {
        let told = sqlx::query_as(TOLD).fetch_all(pool).await;
        return told.expect("settings");
    }
    let pool = place.db().sqlite().expect("the other backend");
    let version = sqlx::query_scalar("SELECT sqlite_version()")
        .fetch_one(pool)
        .await;
    [
        ("sqlite_version", version.expect("a version")),
        ("journal_mode", "wal".to_owned()),
        ("synchronous", "off".to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec()
}
