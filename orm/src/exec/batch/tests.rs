//! A job that owns its rows runs in a task of its own.

use std::sync::Arc;

use super::{Carrier, Job, NO_LIMIT, Records};
use crate::Sqlite;
use crate::schema::{ColumnDef, KeyDef, TableDef};
use crate::stmt::{Batch, Gives, Insert, OnDuplicate, Source, Unmatched};

type Pair = (i64, i64);

static COLUMNS: [ColumnDef; 2] = [ColumnDef::new("id"), ColumnDef::new("value")];
static KEYS: [KeyDef; 1] = [KeyDef::primary(&[0])];
static PAIRS: TableDef = TableDef::new("pairs", &COLUMNS, &KEYS);

/// An insert of the pairs that this holds.
fn job<'r, S>(pairs: S) -> Job<'r, Sqlite>
where
    S: AsRef<[Pair]> + Send + Sync + 'r,
{
    Job {
        live: (),
        rows: Box::new(Records {
            of: pairs,
            closures: (),
            bind: |pair: &Pair, to| {
                to.put(&pair.0).put(&pair.1);
            },
            bind_closures: |&(), _| {},
        }),
        batch: Batch {
            insert: Insert {
                table: (&PAIRS).into(),
                columns: vec![0, 1],
                casts: Vec::new(),
                conflict: None,
                returning: Vec::new(),
            },
            source: Source::Values(0),
            on_duplicate: OnDuplicate::Ignore,
            unmatched: Unmatched::Insert,
            gives: Gives::Nothing,
        },
        steps: Box::new(|_, _| Err(super::bug("no statement about one record"))),
        carrier: Carrier::Auto,
        chunk_rows: NO_LIMIT,
        progress: None,
        may_copy: false,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_owns_its_rows_is_held_by_another_task() {
    let pool = sqlx::pool::PoolOptions::<Sqlite>::new()
        .max_connections(1)
        .connect("sqlite::memory:")
        .await
        .expect("a database");
    sqlx::raw_sql("CREATE TABLE pairs (id INTEGER PRIMARY KEY, value INTEGER)")
        .execute(&pool)
        .await
        .expect("the table");
    let shared: Arc<[Pair]> = (0..10).map(|id| (id, id)).collect();
    let jobs: [Job<'static, Sqlite>; 2] = [
        job((10..20).map(|id| (id, id)).collect::<Vec<_>>()),
        job(Arc::clone(&shared)),
    ];
    for job in jobs {
        let pool = pool.clone();
        let task = tokio::spawn(async move { job.execute(&pool).await });
        let written = task.await.expect("the task ends").expect("an insert");
        assert_eq!(written, 10);
    }
    assert_eq!(shared.len(), 10);
    // And rows of the caller's are borrowed, not copied.
    let borrowed: Vec<Pair> = vec![(20, 20)];
    let written = job(borrowed.as_slice()).execute(&pool).await;
    assert_eq!(written.expect("an insert"), 1);
}
