//! Twelve tasks that an application developer has.

use chrono::{DateTime, TimeZone, Utc};
use orm::prelude::*;
use orm::{Cursor, Filter, Page};
use orm_tests::Site;

#[derive(Table, Debug, Clone, PartialEq)]
#[table(insert(NewSale, derive(Debug, Clone)), index(sold_at, id))]
struct Sale {
    #[column(primary_key, auto)]
    id: i64,
    shop: String,
    product: String,
    price: i64,
    stock: i32,
    note: Option<String>,
    sold_at: DateTime<Utc>,
}

#[derive(Row, Debug, PartialEq)]
#[row(table = Sale)]
struct Line {
    product: String,
    #[column(name = "price")]
    cents: i64,
    #[column(skip)]
    marked: bool,
}

fn day(month: u32, day: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, month, day, 23, 30, 0)
        .single()
        .expect("a time")
}

fn sale(shop: &str, product: &str, price: i64, sold_at: DateTime<Utc>) -> NewSale {
    NewSale {
        shop: shop.to_owned(),
        product: product.to_owned(),
        price,
        stock: 5,
        note: None,
        sold_at,
    }
}

/// Six sales in two shops, with the numbers from 1 on.
async fn sales(site: &Site) -> orm::Db {
    let db = orm::connect(site.url()).await.expect("a database");
    orm::create_tables!(&db, Sale).await.expect("the table");
    let mut sales = vec![
        sale("Rome", "Teapot", 900, day(1, 31)),
        sale("Rome", "Cup", 300, day(2, 1)),
        sale("Bern", "Teapot", 950, day(2, 3)),
        sale("Bern", "100% wool", 4_000, day(2, 28)),
        sale("Rome", "Cup", 250, day(3, 5)),
        sale("Bern", "100 cups", 2_000, day(3, 5)),
    ];
    sales[1].note = Some("chipped".to_owned());
    let written = sales.as_slice().insert().execute(&db).await;
    assert_eq!(written.expect("an insert"), 6);
    db
}

fn ids(sales: &[Sale]) -> Vec<i64> {
    sales.iter().map(|sale| sale.id).collect()
}

/// What a form sends.
#[derive(Default)]
struct Form {
    text: Option<&'static str>,
    shops: Vec<&'static str>,
    at_most: Option<i64>,
}

pub(crate) async fn a_search_form_with_optional_filters(site: Site) {
    let db = sales(&site).await;
    let search = async |form: Form| {
        let mut sales = Sale::select().order_by(Sale::ID);
        if let Some(text) = form.text {
            sales = sales.filter(Sale::PRODUCT.contains(text));
        }
        if !form.shops.is_empty() {
            sales = sales.filter(Sale::SHOP.in_(form.shops));
        }
        if let Some(at_most) = form.at_most {
            sales = sales.filter(Sale::PRICE.le(at_most));
        }
        ids(&sales.fetch_all(&db).await.expect("a query"))
    };
    assert_eq!(search(Form::default()).await, [1, 2, 3, 4, 5, 6]);
    let percent = Form {
        text: Some("0%"),
        ..Form::default()
    };
    assert_eq!(search(percent).await, [4]);
    let cheap = Form {
        shops: vec!["Bern", "Oslo"],
        at_most: Some(2_000),
        ..Form::default()
    };
    assert_eq!(search(cheap).await, [3, 6]);
}

pub(crate) async fn a_leaderboard(site: Site) {
    let db = sales(&site).await;
    let best = Sale::select()
        .group_by(Sale::SHOP)
        .columns(|shop| (shop, Sale::PRICE.sum(), orm::count_all()))
        .order_by(Sale::PRICE.sum().desc())
        .limit(10)
        .fetch_all(&db)
        .await
        .expect("a query");
    assert_eq!(
        best,
        [
            ("Bern".to_owned(), Some(6_950), 3),
            ("Rome".to_owned(), Some(1_450), 3)
        ]
    );
}

pub(crate) async fn an_inbox_read_page_by_page(site: Site) {
    let db = sales(&site).await;
    let newest = Sale::select().paginate(Sale::SOLD_AT.desc()).limit(2);
    let mut seen = Vec::new();
    let mut cursor: Option<Cursor<Sale>> = None;
    loop {
        let page: Page<Sale> = newest
            .clone()
            .after(cursor)
            .fetch_page(&db)
            .await
            .expect("a page");
        seen.extend(ids(&page.rows));
        // As text, as a client has it.
        let Some(next) = page.next.map(|cursor| cursor.to_string()) else {
            break;
        };
        cursor = Some(next.parse().expect("a cursor"));
        // What comes in between changes nothing of what was seen.
        sale("Oslo", "Fork", 1, day(4, 1))
            .insert()
            .execute(&db)
            .await
            .expect("an insert");
    }
    assert_eq!(seen, [6, 5, 4, 3, 2, 1]);
}

pub(crate) async fn a_job_queue_that_skips_what_others_have_taken(site: Site) {
    let db = sales(&site).await;
    let other = orm::connect(site.url()).await.expect("a database");
    let first = Sale::select()
        .filter(Sale::STOCK.gt(0))
        .order_by(Sale::ID)
        .limit(1);
    let taken = orm::transaction(&db, async |tx| {
        let mine = first.clone().for_update().skip_locked();
        let mine = mine.fetch_one(&tx).await?;
        // SQLite has one writer: there the second worker waits until the first is done.
        if other.postgres().is_some() {
            let theirs = orm::transaction(&other, async |tx| {
                let theirs = first.clone().for_update().skip_locked();
                let theirs = theirs.fetch_one(&tx).await?;
                let refused = first.clone().for_share().nowait().fetch_one(&tx).await;
                assert_eq!(
                    refused.map_err(|error| error.kind()),
                    Err(orm::ErrorKind::Timeout)
                );
                Err::<(), _>(Taken(theirs.id))
            });
            assert_eq!(theirs.await.expect_err("what was taken").0, 2);
        }
        Sale::update()
            .set(Sale::STOCK, 0)
            .filter(Sale::ID.eq(mine.id))
            .execute(&tx)
            .await?;
        Ok::<_, orm::Error>(mine.id)
    })
    .await
    .expect("a transaction");
    assert_eq!(taken, 1);
    let next = first.fetch_one(&db).await.expect("a query");
    assert_eq!(next.id, 2);
}

/// What another worker has taken.
#[derive(Debug)]
struct Taken(i64);

impl From<orm::Error> for Taken {
    fn from(error: orm::Error) -> Self {
        panic!("{error}")
    }
}

pub(crate) async fn a_report_by_month(site: Site) {
    let db = sales(&site).await;
    let report = Sale::select()
        .filter(Sale::SOLD_AT.ge(day(1, 1)))
        .group_by((Sale::SOLD_AT.year(), Sale::SOLD_AT.month()))
        .having(Sale::PRICE.sum().gt(1_000))
        .columns(|(year, month)| {
            let in_bern = Sale::ID.count().filter(Sale::SHOP.eq("Bern"));
            (year, month, Sale::PRICE.avg(), in_bern)
        })
        .order_by((Sale::SOLD_AT.month().min().desc(),))
        .fetch_all(&db)
        .await
        .expect("a query");
    assert_eq!(
        report,
        [(2026, 3, Some(1_125.0), 1), (2026, 2, Some(1_750.0), 2)]
    );
}

pub(crate) async fn a_bulk_price_change(site: Site) {
    let db = sales(&site).await;
    let mut update = Sale::update().set_with(Sale::PRICE, |old| old.price * 2);
    update = update.set(Sale::NOTE, Some("doubled".to_owned()));
    let changed = update
        .filter(
            Sale::PRODUCT
                .starts_with("Cup")
                .or(Sale::PRODUCT.ends_with("cups")),
        )
        .returning((Sale::ID, Sale::PRICE))
        .fetch_all(&db)
        .await
        .expect("an update");
    let mut changed = changed;
    changed.sort_unstable();
    assert_eq!(changed, [(2, 600), (5, 500), (6, 4_000)]);
    let cleared = Sale::update().set(Sale::NOTE, None).all_rows();
    assert_eq!(cleared.execute(&db).await.expect("an update"), 6);
}

pub(crate) async fn the_latest_row_of_each_shop(site: Site) {
    let db = sales(&site).await;
    let latest = Sale::select()
        .distinct_on(Sale::SHOP)
        .order_by((Sale::SOLD_AT.desc(), Sale::ID));
    assert_eq!(latest.clone().count(&db).await.expect("a count"), 2);
    let latest = latest.fetch_all(&db).await.expect("a query");
    assert_eq!(ids(&latest), [6, 5]);
}

pub(crate) async fn a_card_of_some_columns(site: Site) {
    let db = sales(&site).await;
    let line: Line = Sale::select()
        .order_by(Sale::PRICE.desc())
        .rows()
        .fetch_one(&db)
        .await
        .expect("a query");
    let expected = Line {
        product: "100% wool".to_owned(),
        cents: 4_000,
        marked: false,
    };
    assert_eq!(line, expected);
}

pub(crate) async fn a_drop_down_of_what_there_is(site: Site) {
    let db = sales(&site).await;
    let shops = Sale::select()
        .columns(Sale::SHOP.upper())
        .distinct()
        .order_by(Sale::SHOP.upper().asc());
    assert_eq!(shops.clone().count(&db).await.expect("a count"), 2);
    let shops = shops.fetch_all(&db).await.expect("a query");
    assert_eq!(shops, ["BERN", "ROME"]);
}

pub(crate) async fn a_row_edited_and_saved(site: Site) {
    let db = sales(&site).await;
    let mut sale = Sale::get(2).fetch_one(&db).await.expect("a row");
    sale.note = None;
    sale.price += 1;
    assert_eq!(sale.save().fetch_one(&db).await.expect("a row"), sale);
    assert_eq!(sale.delete_row().execute(&db).await.expect("a delete"), 1);
    assert_eq!(sale.save().execute(&db).await.expect("no row"), 0);
    let gone = sale.save().fetch_one(&db).await.expect_err("no row");
    assert_eq!(gone.kind(), orm::ErrorKind::NotFound);
}

fn old() -> Filter<Sale> {
    Sale::SOLD_AT.lt(day(2, 2)).and(Sale::NOTE.is_null())
}

pub(crate) async fn old_rows_cleared_away(site: Site) {
    let db = sales(&site).await;
    let gone = Sale::delete().filter(old()).returning_all();
    let gone = gone.fetch_all(&db).await.expect("a delete");
    assert_eq!(ids(&gone), [1]);
    assert_eq!(
        Sale::delete()
            .filter(old())
            .execute(&db)
            .await
            .expect("no row"),
        0
    );
    assert_eq!(
        Sale::delete().all_rows().execute(&db).await.expect("rows"),
        5
    );
}

pub(crate) async fn an_export_of_any_size_as_it_comes(site: Site) {
    use futures_util::TryStreamExt as _;

    let db = sales(&site).await;
    let mut sales = Sale::select().order_by(Sale::ID).fetch(&db);
    let mut total = 0;
    while let Some(sale) = sales.try_next().await.expect("a row") {
        total += sale.price;
    }
    drop(sales);
    assert_eq!(total, 8_400);
    let prices = Sale::select().columns(Sale::PRICE).fetch(&db);
    let prices: Vec<i64> = prices.try_collect().await.expect("rows");
    assert_eq!(prices.iter().sum::<i64>(), 8_400);
}
