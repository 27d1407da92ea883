//! Sends a batch and stops in the middle of it, to be killed: `load URL ROWS`.
//!
//! It writes rows into the table `loads` in a transaction, then a larger batch of others, and prints a
//! line when half of that is on its way.

use std::io::{self, Write as _};
use std::process::ExitCode;

use orm::prelude::*;

/// What is loaded. The test has one like it.
#[derive(Table, Clone)]
struct Load {
    #[column(primary_key)]
    id: i64,
    value: i64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(url), Some(rows)) = (arguments.next(), arguments.next()) else {
        return ExitCode::FAILURE;
    };
    match load(&url, rows.parse().unwrap_or(0)).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn load(url: &str, rows: i64) -> orm::Result<()> {
    let db = orm::connect(url).await?;
    let records =
        |ids: std::ops::Range<i64>| -> Vec<_> { ids.map(|id| Load { id, value: 2 }).collect() };
    let (first, second) = (records(0..rows), records(rows..rows * 2));
    orm::transaction(&db, async |tx| {
        first
            .upsert()
            .on_primary_key()
            .update_all()
            .execute(&tx)
            .await?;
        let upsert = second.upsert().on_primary_key().update_all();
        let upsert = upsert.carrier(Carrier::Arrays).chunk_rows(1_000);
        let stop = |done: usize, all: usize| {
            if done >= all / 2 {
                println!("half");
                io::stdout().flush().ok();
                loop {
                    std::thread::park();
                }
            }
        };
        upsert.on_progress(stop).execute(&tx).await
    })
    .await
    .map(drop)
}
