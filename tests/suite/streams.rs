//! Statements that share a transaction: they wait for each other, but never for a stream.

use futures_util::StreamExt as _;
use orm::ErrorKind;
use orm::prelude::*;
use orm_tests::{Backend, Site};

use crate::dropped::{Extra, Item, item, place};

pub(crate) async fn a_stream_that_is_open_refuses_other_statements(site: Site) {
    let place = place(&site).await;
    let all: Vec<_> = (1..=300).map(item).collect();
    all.as_slice()
        .insert()
        .execute(&place)
        .await
        .expect("an insert");
    let mut pools = vec![orm::connect(site.url()).await.expect("a pool")];
    if site.backend() == Backend::Sqlite {
        let memory = orm::connect("sqlite::memory:").await.expect("a database");
        orm::create_tables!(&memory, Item).await.expect("the table");
        all.as_slice()
            .insert()
            .execute(&memory)
            .await
            .expect("an insert");
        pools.push(memory);
    }
    for db in pools {
        let updated = orm::transaction(&db, async |tx| {
            let mut rows = Item::select().fetch(&tx);
            let first = rows.next().await.expect("a row")?;
            let refused = [
                Item::get(first.id).fetch_one(&tx).await.map(drop),
                item(400).insert().execute(&tx).await.map(drop),
                [item(401), item(402)].insert().execute(&tx).await.map(drop),
                Item::select()
                    .fetch(&tx)
                    .next()
                    .await
                    .expect("an answer")
                    .map(drop),
                orm::create_tables!(&tx, Extra).await,
            ];
            for error in refused {
                let error = error.expect_err("a stream is open");
                assert_eq!(error.kind(), ErrorKind::Transaction, "{error}");
                assert!(error.to_string().contains("collect it first"), "{error}");
            }
            // One that waits while the stream begins is told as well.
            drop(rows);
            let mut rows = Item::select().fetch(&tx);
            let (row, other) = tokio::join!(rows.next(), Item::get(1).fetch_one(&tx));
            row.expect("a row")?;
            if let Err(error) = other {
                assert_eq!(error.kind(), ErrorKind::Transaction, "{error}");
            }
            // Read to its end, or dropped, it is no longer in the way.
            while let Some(row) = rows.next().await {
                row?;
            }
            Item::get(1).fetch_one(&tx).await?;
            let mut rows = Item::select().fetch(&tx);
            rows.next().await.expect("a row")?;
            drop(rows);
            Item::update()
                .set(Item::NAME, "new".to_owned())
                .all_rows()
                .execute(&tx)
                .await
        });
        assert_eq!(updated.await.expect("a transaction"), 300);
    }
}

pub(crate) async fn statements_that_share_a_transaction_wait_for_each_other(site: Site) {
    let place = place(&site).await;
    let db = orm::connect(site.url()).await.expect("a pool");
    orm::transaction(&db, async |tx| {
        let inserts = (0..20).map(|id| {
            let tx = &tx;
            async move {
                let record = item(id);
                record.insert().execute(tx).await?;
                let batch = [item(100 + 2 * id), item(101 + 2 * id)];
                batch.upsert_on(Item::ID).outcomes(tx).await?;
                Item::get(id).fetch_one(tx).await
            }
        });
        let rows = futures_util::future::join_all(inserts).await;
        rows.into_iter().collect::<orm::Result<Vec<_>>>()
    })
    .await
    .expect("all of them");
    assert_eq!(Item::select().count(&place).await.expect("a count"), 60);
}
