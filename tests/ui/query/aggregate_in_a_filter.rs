use orm::prelude::*;

#[derive(Table)]
struct Sale {
    #[column(primary_key)]
    id: i64,
    price: i64,
}

fn main() {
    let query = Sale::select().filter(Sale::PRICE.sum().gt(3));
    let _ = query.to_sql::<Postgres>();
}
