//! All or nothing: what a batch leaves when it fails, is dropped or is killed, and what it says.

use orm::ErrorKind;
use orm::prelude::*;
use orm_tests::Site;

use super::{CARRIERS, records};
use crate::tables::{User, ann, database, users};

pub(crate) async fn a_bad_record_is_named_and_nothing_is_written(site: Site) {
    let db = database(&site).await;
    // `team` and `nick` are a key as well.
    ann(&db).await;
    let mut batch = records(40, 1);
    "ann".clone_into(&mut batch[23].nick);
    for carrier in CARRIERS {
        let refused = batch
            .upsert_on(User::EMAIL)
            .carrier(carrier)
            .chunk_rows(10)
            .execute(&db)
            .await;
        let error = refused.expect_err("a key of another row");
        assert_eq!(
            error.kind(),
            ErrorKind::UniqueViolation,
            "{carrier:?}: {error}"
        );
        assert_eq!(error.rows(), [23], "{carrier:?}: {error}");
        assert_eq!(users(&db).await.len(), 1, "{carrier:?}");
    }
}
