use orm::prelude::*;

#[derive(Table)]
struct Sale {
    #[column(primary_key)]
    id: i64,
    shop: String,
    price: i64,
}

fn main() {
    let query = Sale::select()
        .group_by(Sale::SHOP)
        .columns(|shop| (shop, Sale::PRICE));
    let _ = query.to_sql::<Postgres>();
}
