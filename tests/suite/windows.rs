//! Functions over a window of rows, and queries of the rows of queries.

use orm::expr::FrameBound;
use orm::prelude::*;
use orm::{Db, partition_by, rank, row_number, window};
use orm_tests::Site;

#[derive(Table, Debug, Clone, PartialEq)]
struct Shop {
    #[column(primary_key)]
    id: i64,
    city: String,
}

#[derive(Table, Debug, Clone, PartialEq)]
struct Sale {
    #[column(primary_key)]
    id: i64,
    shop_id: i64,
    price: i64,
    small: i8,
}

/// Two shops; the first sells for 30, 10 and 30, the second for 20 and 50.
async fn sales(site: &Site) -> Db {
    let db = orm::connect(site.url()).await.expect("a database");
    orm::create_tables!(&db, Shop, Sale)
        .await
        .expect("the tables");
    let shop = |id, city: &str| Shop {
        id,
        city: city.to_owned(),
    };
    let shops = [shop(1, "Rome"), shop(2, "Bern")];
    shops.insert().execute(&db).await.expect("shops");
    let sale = |(id, shop_id, price, small)| Sale {
        id,
        shop_id,
        price,
        small,
    };
    let sales = [
        (1, 1, 30, -3),
        (2, 1, 10, 4),
        (3, 2, 20, 1),
        (4, 1, 30, 2),
        (5, 2, 50, -9),
    ];
    let sales = sales.map(sale);
    sales.insert().execute(&db).await.expect("sales");
    db
}

pub(crate) async fn the_best_of_each_shop_is_numbered(site: Site) {
    let db = sales(&site).await;
    let best = || partition_by(Sale::SHOP_ID).order_by((Sale::PRICE.desc(), Sale::ID));
    let rows: Vec<(i64, i64)> = Sale::select()
        .columns((Sale::ID, row_number().over(best())))
        .order_by((Sale::SHOP_ID, row_number().over(best()).asc()))
        .fetch_all(&db)
        .await
        .expect("rows");
    assert_eq!(rows, [(1, 1), (4, 2), (2, 3), (5, 1), (3, 2)]);
    let ranks: Vec<(i64, i64, i64)> = Sale::select()
        .columns((
            Sale::ID,
            rank().over(window().order_by(Sale::PRICE.desc())),
            orm::dense_rank().over(window().order_by(Sale::PRICE.desc())),
        ))
        .order_by(Sale::ID)
        .fetch_all(&db)
        .await
        .expect("ranks");
    assert_eq!(
        ranks,
        [(1, 2, 2), (2, 5, 4), (3, 4, 3), (4, 2, 2), (5, 1, 1)]
    );
}

pub(crate) async fn a_balance_runs(site: Site) {
    let db = sales(&site).await;
    let sums: Vec<(i64, Option<i64>, Option<i64>, i64)> = Sale::select()
        .columns((
            Sale::ID,
            Sale::PRICE.sum().over(window().order_by(Sale::ID)),
            Sale::PRICE.sum().over(
                window()
                    .order_by(Sale::ID)
                    .rows_between(FrameBound::Preceding(1), FrameBound::CurrentRow),
            ),
            orm::count_all()
                .filter(Sale::PRICE.gt(15))
                .over(partition_by(Sale::SHOP_ID)),
        ))
        .order_by(Sale::ID)
        .fetch_all(&db)
        .await
        .expect("sums");
    let of = |sum: i64| Some(sum);
    assert_eq!(
        sums,
        [
            (1, of(30), of(30), 2),
            (2, of(40), of(40), 2),
            (3, of(60), of(30), 2),
            (4, of(90), of(50), 2),
            (5, of(140), of(80), 2),
        ]
    );
    let lowest: Vec<Option<i8>> = Sale::select()
        .columns(Sale::SMALL.min().over(window().order_by(Sale::ID)))
        .order_by(Sale::ID)
        .fetch_all(&db)
        .await
        .expect("bytes");
    assert_eq!(lowest, [-3, -3, -3, -3, -9].map(Some));
}

pub(crate) async fn rows_see_their_neighbors(site: Site) {
    let db = sales(&site).await;
    let of_shop = || partition_by(Sale::SHOP_ID).order_by(Sale::ID);
    let whole = || {
        of_shop().rows_between(
            FrameBound::UnboundedPreceding,
            FrameBound::UnboundedFollowing,
        )
    };
    let rows = Sale::select()
        .columns((
            Sale::ID,
            Sale::PRICE.lag(1).over(of_shop()),
            (Sale::PRICE + 1).lead(1).over(of_shop()),
            Sale::PRICE.first_value().over(of_shop()),
            Sale::PRICE.last_value().over(whole()),
        ))
        .order_by(Sale::ID)
        .fetch_all(&db)
        .await
        .expect("rows");
    assert_eq!(
        rows,
        [
            (1, None, Some(11), Some(30), Some(30)),
            (2, Some(30), Some(31), Some(30), Some(30)),
            (3, None, Some(51), Some(20), Some(50)),
            (4, Some(10), None, Some(30), Some(30)),
            (5, Some(20), None, Some(20), Some(50)),
        ]
    );
}

pub(crate) async fn windows_are_over_joined_rows_and_hold_values(site: Site) {
    let db = sales(&site).await;
    let dear = orm::case(Sale::PRICE.ge(30), 1).otherwise(0);
    let rows: Vec<(String, i64, i64)> = Sale::select()
        .join_on::<Shop>(Shop::ID.eq(Sale::SHOP_ID))
        .filter(Sale::PRICE.lt(1_000))
        .columns((
            Shop::CITY,
            Sale::PRICE + 100,
            row_number().over(partition_by((Shop::CITY, dear)).order_by(Sale::ID)),
        ))
        .order_by((Shop::CITY, Sale::ID))
        .fetch_all(&db)
        .await
        .expect("rows");
    let row = |city: &str, price, place| (city.to_owned(), price, place);
    assert_eq!(
        rows,
        [
            row("Bern", 120, 1),
            row("Bern", 150, 1),
            row("Rome", 130, 1),
            row("Rome", 110, 1),
            row("Rome", 130, 2),
        ]
    );
}

fn ids(sales: &[Sale]) -> Vec<i64> {
    sales.iter().map(|sale| sale.id).collect()
}

pub(crate) async fn rows_of_two_queries_are_put_together(site: Site) {
    let db = sales(&site).await;
    let dear = || Sale::select().filter(Sale::PRICE.ge(30));
    let newest = || Sale::select().order_by(Sale::ID.desc()).limit(2);
    let both = dear().union(newest()).order_by(Sale::ID);
    assert_eq!(
        ids(&both.clone().fetch_all(&db).await.expect("rows")),
        [1, 4, 5]
    );
    let filtered = both.filter(Sale::SHOP_ID.eq(1)).limit(1);
    assert_eq!(ids(&filtered.fetch_all(&db).await.expect("rows")), [1]);
    let all = dear().union_all(newest());
    assert_eq!(all.clone().count(&db).await.expect("a number"), 5);
    let common = dear().intersect(newest()).order_by(Sale::ID.desc());
    assert_eq!(ids(&common.fetch_all(&db).await.expect("rows")), [5, 4]);
    let rest = dear()
        .except(newest())
        .except(Sale::select().filter(Sale::ID.eq(9)));
    assert_eq!(ids(&rest.fetch_all(&db).await.expect("rows")), [1]);
    let by_shop: Vec<(i64, i64)> = all
        .group_by(Sale::SHOP_ID)
        .columns(|shop| (shop, orm::count_all()))
        .order_by(Sale::SHOP_ID.min().asc())
        .fetch_all(&db)
        .await
        .expect("groups");
    assert_eq!(by_shop, [(1, 3), (2, 2)]);
    let shops = Shop::select()
        .filter(Shop::ID.in_query(dear().union(newest()).columns(Sale::SHOP_ID)))
        .count(&db);
    assert_eq!(shops.await.expect("a number"), 2);
    let joined = dear()
        .union(newest())
        .join_on::<Shop>(Shop::ID.eq(Sale::SHOP_ID))
        .filter(Shop::CITY.eq("Rome"))
        .count(&db);
    assert_eq!(joined.await.expect("a number"), 2);
}

pub(crate) async fn the_rows_of_a_query_are_a_table(site: Site) {
    let db = sales(&site).await;
    let best = Sale::select()
        .distinct_on(Sale::SHOP_ID)
        .order_by((Sale::PRICE.desc(), Sale::ID));
    let dearest = best.derived().order_by(Sale::PRICE.desc()).limit(1);
    assert_eq!(ids(&dearest.fetch_all(&db).await.expect("rows")), [5]);
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "categories")]
struct Category {
    #[column(primary_key)]
    id: i64,
    parent_id: Option<i64>,
    name: String,
}

pub(crate) async fn the_tree_below_a_node(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    orm::create_tables!(&db, Category).await.expect("the table");
    let category = |(id, parent_id, name): (i64, Option<i64>, &str)| Category {
        id,
        parent_id,
        name: name.to_owned(),
    };
    // Five and six are each other's parents.
    let categories = [
        (1, None, "all"),
        (2, Some(1), "tools"),
        (3, Some(2), "saws"),
        (4, Some(1), "toys"),
        (5, Some(6), "hen"),
        (6, Some(5), "egg"),
    ];
    let categories = categories.map(category);
    categories.insert().execute(&db).await.expect("categories");
    let names = async |query: orm::Select<Category>| {
        let rows = query
            .order_by(Category::ID)
            .columns(Category::NAME)
            .fetch_all(&db)
            .await;
        rows.expect("rows")
    };
    let below = |id: i64| {
        Category::select()
            .filter(Category::ID.eq(id))
            .recursive(|(found, next)| next.parent_id.eq(found.id))
    };
    assert_eq!(names(below(1)).await, ["all", "tools", "saws", "toys"]);
    assert_eq!(names(below(2)).await, ["tools", "saws"]);
    assert_eq!(names(below(5)).await, ["hen", "egg"]);
    let path = Category::select()
        .filter(Category::ID.eq(3))
        .recursive(|(found, next)| next.id.eq(found.parent_id).and(next.name.ne("x")))
        .filter(Category::NAME.ne("saws"));
    assert_eq!(names(path).await, ["all", "tools"]);
    let parents = Category::select().filter(orm::exists(
        Category::select()
            .filter(Category::PARENT_ID.eq(orm::outer(Category::ID)))
            .recursive(|(found, next)| next.parent_id.eq(found.id))
            .filter(Category::NAME.eq("saws")),
    ));
    assert_eq!(names(parents).await, ["all", "tools"]);
}
