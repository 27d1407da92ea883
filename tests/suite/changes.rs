//! Functions, orders and changes, the same on every database.

use chrono::{DateTime, TimeZone, Utc};
use orm::prelude::*;
use orm::{Cursor, Db, ErrorKind, Filter};
use orm_tests::Site;
use sqlx::types::{Json, JsonValue};

#[derive(Table, Debug, Clone, PartialEq)]
#[table(unique(shop, place), check(price_is_positive = "price > 0"))]
struct Item {
    #[column(primary_key)]
    id: i64,
    #[column(default = "'here'")]
    shop: String,
    place: i32,
    #[column(default = "'thing'")]
    name: String,
    price: i64,
    rating: Option<f64>,
    #[column(default = now)]
    sold_at: DateTime<Utc>,
    #[column(default = "'{}'")]
    facts: Json<JsonValue>,
}

/// A new price, for the item at a place.
#[derive(Insert, Clone)]
#[insert(table = Item)]
struct Offer {
    id: i64,
    shop: String,
    place: i32,
    price: i64,
}

fn price(place: i32, price: i64) -> Offer {
    Offer {
        id: i64::from(place),
        shop: "here".to_owned(),
        place,
        price,
    }
}

fn item(id: i64, name: &str, rating: Option<f64>) -> Item {
    Item {
        id,
        shop: "here".to_owned(),
        place: i32::try_from(id).expect("a small number"),
        name: name.to_owned(),
        price: id * 100,
        rating,
        sold_at: Utc
            .with_ymd_and_hms(2026, 12, 31, 23, 59, 58)
            .single()
            .expect("a time"),
        facts: Json(serde_json::json!({ "size": { "cm": [1, 2] }, "a.b": "dot" })),
    }
}

/// Three items.
async fn items(site: &Site) -> Db {
    let db = orm::connect(site.url()).await.expect("a database");
    orm::create_tables!(&db, Item).await.expect("the table");
    let items = [
        item(1, " Éclair_% ", Some(1.5)),
        item(2, "tea", None),
        item(3, "Teapot", Some(4.0)),
    ];
    items.insert().execute(&db).await.expect("an insert");
    db
}

async fn chosen(db: &Db, filter: Filter<Item>) -> Vec<i64> {
    let chosen = Item::select().filter(filter).columns(Item::ID);
    chosen.order_by(Item::ID).fetch_all(db).await.expect("ids")
}

pub(crate) async fn functions_give_the_same(site: Site) {
    let db = items(&site).await;
    let texts = Item::select()
        .filter(Item::ID.eq(1))
        .columns((
            Item::NAME.trim(),
            Item::NAME.length(),
            Item::NAME.trim().concat("!").concat(Item::SHOP),
            Item::SHOP.upper().lower(),
        ))
        .fetch_one(&db)
        .await
        .expect("texts");
    let expected = (
        "Éclair_%".to_owned(),
        10,
        "Éclair_%!here".to_owned(),
        "here".to_owned(),
    );
    assert_eq!(texts, expected);
    let numbers = Item::select()
        .filter(Item::ID.eq(2))
        .columns((
            Item::PRICE * 2 - Item::ID,
            (Item::ID - 5).abs(),
            Item::RATING.coalesce(0.5),
            Item::RATING + 1.0,
            Item::PRICE.cast::<String>(),
            Item::PLACE.cast::<f64>(),
        ))
        .fetch_one(&db)
        .await
        .expect("numbers");
    assert_eq!(numbers, (398, 3, 0.5, None, "200".to_owned(), 2.0));
    let times = Item::select()
        .filter(Item::ID.eq(3))
        .columns((
            Item::SOLD_AT.year(),
            Item::SOLD_AT.month(),
            Item::SOLD_AT.day(),
            Item::SOLD_AT.hour(),
        ))
        .fetch_one(&db)
        .await
        .expect("parts of a time");
    assert_eq!(times, (2026, 12, 31, 23));
    let json = Item::select()
        .filter(Item::ID.eq(3))
        .columns((
            Item::FACTS.json_text(["size", "cm", "1"]),
            Item::FACTS.json_text(["a.b"]),
            Item::FACTS.json_text(["nothing"]),
        ))
        .fetch_one(&db)
        .await
        .expect("texts");
    assert_eq!(json, (Some("2".to_owned()), Some("dot".to_owned()), None));
    let sizes = Item::select()
        .columns(
            orm::case(Item::PRICE.lt(150), "cheap")
                .when(Item::RATING.is_null(), Item::NAME)
                .otherwise("dear"),
        )
        .order_by(Item::ID)
        .fetch_all(&db)
        .await
        .expect("a choice");
    assert_eq!(sizes, ["cheap", "tea", "dear"]);
    let nothing = orm::func!("nullif"(Item::NAME, "tea") -> Option<String>);
    let names = Item::select()
        .columns(nothing)
        .order_by(Item::ID)
        .fetch_all(&db);
    assert_eq!(names.await.expect("names")[1], None);
}

pub(crate) async fn filters_mean_the_same(site: Site) {
    let db = items(&site).await;
    for (filter, expected) in [
        (Item::NAME.contains("_%"), vec![1]),
        (Item::NAME.contains(""), vec![1, 2, 3]),
        (Item::NAME.starts_with("Tea"), vec![3]),
        (Item::NAME.starts_with(""), vec![1, 2, 3]),
        (Item::NAME.ends_with("pot"), vec![3]),
        (Item::NAME.ends_with(""), vec![1, 2, 3]),
        (Item::NAME.ilike("TEA%"), vec![2, 3]),
        (Item::ID.in_([3, 1, 7]), vec![1, 3]),
        (Item::ID.in_(Vec::<i64>::new()), vec![]),
        (Item::ID.not_in(Vec::<i64>::new()), vec![1, 2, 3]),
        (
            Item::NAME.in_(["tea", "Teapot"]).and(Item::ID.in_([3])),
            vec![3],
        ),
        (Item::PRICE.between(Item::ID * 100, 200), vec![1, 2]),
        (Item::RATING.is_distinct_from(1.5), vec![2, 3]),
        (Item::RATING.is_not_distinct_from(4.0), vec![3]),
        (!Item::RATING.gt(2.0).or(Item::ID.eq(2)), vec![1]),
    ] {
        let say = format!("{filter:?}");
        assert_eq!(chosen(&db, filter).await, expected, "{say}");
    }
    // More than a statement of PostgreSQL takes one by one.
    let many = Item::ID.in_(0..70_000);
    if db.postgres().is_some() {
        assert_eq!(chosen(&db, many).await, [1, 2, 3]);
    } else {
        let refused = Item::select().filter(many).count(&db).await;
        let refused = refused.expect_err("too many");
        assert_eq!(refused.kind(), ErrorKind::Unsupported, "{refused}");
    }
}

pub(crate) async fn orders_put_nulls_where_they_are_told(site: Site) {
    let db = items(&site).await;
    let ids = async |query: orm::Select<Item>| {
        let rows = query.fetch_all(&db).await.expect("rows");
        rows.into_iter().map(|item| item.id).collect::<Vec<_>>()
    };
    let items = Item::select();
    let last = items.clone().order_by(Item::RATING.desc().nulls_last());
    assert_eq!(ids(last).await, [3, 1, 2]);
    let first = items
        .clone()
        .order_by((Item::RATING.asc().nulls_first(), Item::ID));
    assert_eq!(ids(first).await, [2, 1, 3]);
    let computed = items
        .clone()
        .order_by((Item::PRICE * -1).asc())
        .limit(2)
        .offset(1);
    assert_eq!(ids(computed).await, [2, 1]);
    assert_eq!(ids(items.clone().order_by(Item::ID).offset(2)).await, [3]);
    assert_eq!(items.clone().limit(2).count(&db).await.expect("a count"), 2);
    let plan = items
        .filter(Item::ID.eq(1))
        .explain(&db)
        .await
        .expect("a plan");
    assert!(plan.iter().any(|line| !line.is_empty()), "{plan:?}");
}

pub(crate) async fn a_cursor_of_another_order_is_refused(site: Site) {
    let db = items(&site).await;
    let by_price = Item::select()
        .paginate((Item::SHOP, Item::PRICE.desc()))
        .limit(1);
    let page = by_price.clone().fetch_page(&db).await.expect("a page");
    assert_eq!(page.rows[0].id, 3);
    let page = by_price
        .after(page.next)
        .fetch_page(&db)
        .await
        .expect("a page");
    assert_eq!(page.rows[0].id, 2);
    let by_name = Item::select().paginate(Item::NAME).after(page.next);
    let refused = by_name.fetch_page(&db).await.expect_err("of another order");
    assert_eq!(refused.kind(), ErrorKind::Data);
    for nonsense in ["", "zz", "6", "é", "61.62"] {
        let Ok(cursor) = nonsense.parse::<Cursor<Item>>() else {
            continue;
        };
        let page = Item::select().paginate(Item::NAME).after(cursor);
        let refused = page.fetch_page(&db).await.expect_err(nonsense);
        assert_eq!(refused.kind(), ErrorKind::Data, "{nonsense}");
    }
}

pub(crate) async fn many_rows_are_updated_by_records(site: Site) {
    let db = items(&site).await;
    for (round, carrier) in [
        Carrier::Auto,
        Carrier::Values,
        Carrier::Arrays,
        Carrier::Copy,
    ]
    .into_iter()
    .enumerate()
    {
        for chunk_rows in [2, 100] {
            let base = i64::try_from(round).expect("small") * 1_000 + chunk_rows;
            let prices = [3, 9, 1, 2].map(|place| price(place, base + i64::from(place)));
            let updated = Item::update_many(&prices, (Item::SHOP, Item::PLACE), Item::PRICE)
                .carrier(carrier)
                .chunk_rows(usize::try_from(chunk_rows).expect("small"))
                .execute(&db)
                .await
                .expect("an update");
            assert_eq!(updated, 3, "{carrier:?}");
            let stored = Item::select().columns(Item::PRICE).order_by(Item::ID);
            let stored = stored.fetch_all(&db).await.expect("prices");
            assert_eq!(stored, [base + 1, base + 2, base + 3], "{carrier:?}");
        }
    }
    let none: [Offer; 0] = [];
    let updated = Item::update_many(&none, Item::ID, Item::PRICE)
        .execute(&db)
        .await;
    assert_eq!(updated.expect("nothing to do"), 0);
}

pub(crate) async fn records_that_update_a_row_twice_are_refused(site: Site) {
    let db = items(&site).await;
    for carrier in [Carrier::Values, Carrier::Arrays, Carrier::Copy] {
        let twice = [price(1, 7), price(2, 8), price(1, 9)];
        let refused = Item::update_many(&twice, Item::ID, Item::PRICE)
            .carrier(carrier)
            .execute(&db)
            .await
            .expect_err("two records of one row");
        assert_eq!(
            refused.kind(),
            ErrorKind::DuplicateKeyInBatch,
            "{carrier:?}"
        );
        assert_eq!(refused.rows(), [0, 2], "{carrier:?}");
        let bad = [price(1, 7), price(2, -1), price(3, 9)];
        let refused = Item::update_many(&bad, Item::ID, Item::PRICE)
            .carrier(carrier)
            .execute(&db)
            .await
            .expect_err("a price below zero");
        assert_eq!(refused.kind(), ErrorKind::CheckViolation, "{carrier:?}");
        assert_eq!(refused.rows(), [1], "{carrier:?}");
        assert_eq!(chosen(&db, Item::PRICE.eq(Item::ID * 100)).await, [1, 2, 3]);
    }
}

pub(crate) async fn updates_in_opposite_orders_never_deadlock(site: Site) {
    let db = items(&site).await;
    let prices: Vec<_> = (1..=3).map(|place| price(place, 1)).collect();
    let backwards: Vec<_> = prices.iter().rev().cloned().collect();
    let write = |prices: Vec<Offer>| {
        let db = db.clone();
        tokio::spawn(async move {
            for _ in 0..100 {
                let update = Item::update_many(&prices, Item::ID, Item::PRICE);
                update.execute(&db).await.expect("no deadlock");
            }
        })
    };
    let writers = [write(prices), write(backwards)];
    for writer in writers {
        writer.await.expect("a writer ends well");
    }
}

pub(crate) async fn an_update_of_nothing_or_twice_is_refused(site: Site) {
    let db = items(&site).await;
    let nothing = Item::update().all_rows().execute(&db).await;
    assert_eq!(
        nothing.expect_err("sets nothing").kind(),
        ErrorKind::Statement
    );
    let twice = Item::update().set(Item::NAME, "a").set(Item::NAME, "b");
    let twice = twice
        .all_rows()
        .execute(&db)
        .await
        .expect_err("sets it twice");
    assert!(twice.to_string().contains("`name` twice"), "{twice}");
    let bad = Item::update().set(Item::PRICE, 0).all_rows();
    let bad = bad.execute(&db).await.expect_err("a price of nothing");
    assert_eq!(
        (bad.kind(), bad.key()),
        (ErrorKind::CheckViolation, Some("price_is_positive"))
    );
}

pub(crate) async fn sql_of_ones_own_is_read_into_what_is_asked_for(site: Site) {
    let db = items(&site).await;
    let (least, name) = (150, "tea");
    let items: Vec<Item> = orm::sql!(
        "SELECT {Item.*} FROM {Item} WHERE {Item::PRICE} > {least} AND {Item::NAME} <> {name}"
    )
    .fetch_all(&db)
    .await
    .expect("rows");
    assert_eq!(items.len(), 1);
    let pair: (i64, Option<f64>) =
        orm::sql!("SELECT {Item::ID}, {Item::RATING} FROM {Item} WHERE {Item::ID} = {items[0].id}")
            .fetch_one(&db)
            .await
            .expect("a pair");
    assert_eq!(pair, (3, Some(4.0)));
    let one: Option<i64> = orm::sql!("SELECT {Item::ID} FROM {Item} WHERE {Item::NAME} = {name}")
        .fetch_optional(&db)
        .await
        .expect("a number");
    assert_eq!(one, Some(2));
    let written = orm::sql!("DELETE FROM {Item} WHERE {Item::ID} < {least}").execute(&db);
    assert_eq!(written.await.expect("a delete"), 3);
    let wide = orm::sql!("SELECT 1, 2")
        .fetch_all::<(i32,), _, _>(&db)
        .await;
    let wide = wide.expect_err("two columns and not one");
    assert_eq!(wide.kind(), ErrorKind::Decode);
}

#[derive(Table, Debug)]
struct Tagged {
    #[column(primary_key)]
    id: i64,
    tags: Vec<String>,
}

pub(crate) async fn arrays_are_looked_into(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    let pool = db.postgres().expect("PostgreSQL");
    orm::create_tables!(pool, Tagged).await.expect("the table");
    for (id, tags) in [(1, vec!["a", "b"]), (2, vec!["b"]), (3, vec![])] {
        let tags = tags.into_iter().map(str::to_owned).collect();
        Tagged { id, tags }
            .insert()
            .execute(pool)
            .await
            .expect("an insert");
    }
    for (filter, expected) in [
        (Tagged::TAGS.has("b"), vec![1, 2]),
        (Tagged::TAGS.has_all(["a", "b"]), vec![1]),
        (Tagged::TAGS.has_some(["a", "c"]), vec![1]),
        (!Tagged::TAGS.has_some(["a", "b"]), vec![3]),
    ] {
        let ids = Tagged::select().filter(filter).columns(Tagged::ID);
        let ids = ids.order_by(Tagged::ID).fetch_all(pool).await;
        assert_eq!(ids.expect("ids"), expected);
    }
}
