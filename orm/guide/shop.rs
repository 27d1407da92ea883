// The table that the examples of the guide share.

use orm::prelude::*;

#[derive(Table, Debug, Clone, PartialEq)]
#[table(insert(NewProduct, derive(Debug, Clone)))]
struct Product {
    #[column(primary_key, auto)]
    id: i64,
    #[column(unique)]
    sku: String,
    title: String,
    stock: i32,
    note: Option<String>,
    version: i64,
    #[column(default = now, insert_only)]
    created_at: chrono::DateTime<chrono::Utc>,
}

fn teapot(version: i64) -> NewProduct {
    NewProduct {
        sku: "T-1".to_owned(),
        title: "Teapot".to_owned(),
        stock: 4,
        note: None,
        version,
    }
}

/// An empty shop.
async fn shop() -> orm::Result<orm::Db> {
    let db = orm::connect("sqlite::memory:").await?;
    orm::create_tables!(&db, Product).await?;
    Ok(db)
}
