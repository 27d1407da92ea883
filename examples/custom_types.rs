//! Types of one's own as columns: an enum that PostgreSQL knows as a type, a newtype, and JSON.

use std::error::Error;

use orm::prelude::*;
use orm::sqlx::types::Json;
use serde::{Deserialize, Serialize};

/// A type of the database; its labels are those that sqlx writes.
#[derive(sqlx::Type, orm::Enum, Debug, Clone, Copy, PartialEq)]
#[sqlx(type_name = "priority", rename_all = "lowercase")]
enum Priority {
    Low,
    High,
}

/// Cents, and nothing else that happens to be a whole number.
#[derive(sqlx::Type, Debug, Clone, Copy, PartialEq)]
#[sqlx(transparent)]
struct Cents(i64);

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
struct Address {
    street: String,
    town: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "orders")]
struct Order {
    #[column(primary_key)]
    number: i64,
    priority: Priority,
    total: Cents,
    discount: Option<Cents>,
    ship_to: Json<Address>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let place = orm_examples::open("orm_custom_types").await?;
    let db = &place.db;
    orm::create_tables!(db, Priority, Order).await?;

    let order = Order {
        number: 7,
        priority: Priority::Low,
        total: Cents(12_900),
        discount: None,
        ship_to: Json(Address {
            street: "Low Road 3".to_owned(),
            town: "Ely".to_owned(),
        }),
    };
    let stored = order.upsert_on(Order::NUMBER).fetch_one(db).await?;
    println!("as it was written: {}", stored == order);

    let urgent = order
        .upsert()
        .on_conflict(Order::NUMBER)
        .set(Order::PRIORITY, Priority::High)
        .set(Order::DISCOUNT, Cents(10_00))
        .fetch_one(db)
        .await?;
    println!("{:?}, with {:?} off", urgent.priority, urgent.discount);

    let high = Order::select()
        .filter(Order::PRIORITY.eq(Priority::High))
        .fetch_all(db)
        .await?;
    for order in high {
        println!(
            "order {} of {:?} goes to {}",
            order.number, order.total, order.ship_to.town
        );
    }
    place.close().await
}
