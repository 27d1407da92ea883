//! Values that stand in a statement more than once, or in another order than they were given.

use orm::prelude::*;
use orm_tests::Site;

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "parcels")]
struct Parcel {
    #[column(primary_key)]
    id: i64,
    city: Option<String>,
    weight: i64,
    stamp: Option<i64>,
}

async fn parcels(site: &Site) -> orm::Db {
    let db = orm::connect(site.url()).await.expect("a database");
    orm::create_tables!(&db, Parcel).await.expect("the table");
    let rows = [
        (1, Some("Rome"), 3, Some(7)),
        (2, None, 5, None),
        (3, Some("Bern"), 8, Some(7)),
        (4, None, 1, Some(9)),
        (5, Some("Rome"), 9, None),
    ];
    let parcels = rows.map(|(id, city, weight, stamp)| Parcel {
        id,
        city: city.map(str::to_owned),
        weight,
        stamp,
    });
    parcels.insert().execute(&db).await.expect("rows");
    db
}

pub(crate) async fn rows_are_grouped_by_an_expression_with_values(site: Site) {
    let db = parcels(&site).await;
    let by_city = Parcel::select()
        .filter(Parcel::WEIGHT.gt(0))
        .group_by(Parcel::CITY.coalesce("nowhere"))
        .having(Parcel::WEIGHT.sum().gt(5))
        .columns(|city| {
            (
                city.clone(),
                orm::count_all(),
                Parcel::WEIGHT.sum(),
                city.concat("!"),
            )
        })
        .order_by(Parcel::WEIGHT.max().desc());
    let rows = by_city.clone().fetch_all(&db).await.expect("groups");
    let row = |city: &str, count, sum| (city.to_owned(), count, Some(sum), format!("{city}!"));
    let expected = [row("Rome", 2, 12), row("Bern", 1, 8), row("nowhere", 2, 6)];
    assert_eq!(rows, expected);
    assert_eq!(by_city.count(&db).await.expect("a count"), 3);

    let two = Parcel::select()
        .group_by((
            Parcel::STAMP.coalesce(0),
            Parcel::CITY.coalesce("-").lower(),
        ))
        .columns(|(stamp, city)| (stamp.clone(), stamp * 2, city, Parcel::ID.min()))
        .order_by(Parcel::ID.min().asc());
    let rows = two.fetch_all(&db).await.expect("groups");
    let cities: Vec<_> = rows
        .iter()
        .map(|(stamp, twice, city, _)| (*stamp, *twice, &**city))
        .collect();
    assert_eq!(
        cities,
        [
            (7, 14, "rome"),
            (0, 0, "-"),
            (7, 14, "bern"),
            (9, 18, "-"),
            (0, 0, "rome")
        ]
    );
}

pub(crate) async fn the_first_of_those_alike_in_an_order_with_values(site: Site) {
    let db = parcels(&site).await;
    let heaviest = Parcel::select()
        .limit(2)
        .filter(Parcel::ID.in_([1, 2, 3, 5]))
        .distinct_on(Parcel::CITY)
        .order_by((
            (Parcel::STAMP.coalesce(100) * 0).asc(),
            (Parcel::WEIGHT * -1).asc(),
        ));
    let rows = heaviest.clone().fetch_all(&db).await.expect("rows");
    let of = |city: Option<&str>| rows.iter().find(|parcel| parcel.city.as_deref() == city);
    let heaviest_of = |city| of(city).map(|parcel| parcel.id);
    // Which two of the three cities come first depends on where the database puts `NULL`.
    assert_eq!(heaviest_of(Some("Bern")), Some(3));
    assert!(
        [(None, Some(5)), (Some(2), None)]
            .contains(&(heaviest_of(None), heaviest_of(Some("Rome"))))
    );
    assert_eq!(heaviest.count(&db).await.expect("a count"), 2);
}

pub(crate) async fn pages_in_an_order_with_values_go_both_ways(site: Site) {
    let db = parcels(&site).await;
    let all = Parcel::select().filter(Parcel::WEIGHT.lt(9));
    for descending in [false, true] {
        let stamp = Parcel::STAMP.coalesce(8);
        let stamp = if descending {
            stamp.desc()
        } else {
            stamp.asc()
        };
        let pages = all.clone().paginate((stamp, Parcel::WEIGHT.asc())).limit(1);
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let page = pages
                .clone()
                .after(cursor)
                .fetch_page(&db)
                .await
                .expect("a page");
            seen.extend(page.rows.into_iter().map(|parcel| parcel.id));
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        let expected = if descending {
            [4, 2, 1, 3]
        } else {
            [1, 3, 2, 4]
        };
        assert_eq!(seen, expected);
    }
}

pub(crate) async fn closures_are_bound_in_the_order_of_the_calls(site: Site) {
    let db = parcels(&site).await;
    let light = Parcel {
        id: 1,
        city: Some("Oslo".to_owned()),
        weight: 2,
        stamp: None,
    };
    let upsert = light
        .upsert()
        .on_conflict(Parcel::ID)
        .update(Parcel::CITY)
        .where_(|old, new| old.weight.gt(1).and(new.weight.lt(10)))
        .set(Parcel::STAMP, 40)
        .set_with(Parcel::WEIGHT, |old, new| old.weight * 100 + new.weight)
        .where_(|old, _| old.stamp.eq(7));
    let row = upsert.fetch_optional(&db).await.expect("an upsert");
    let row = row.expect("written");
    assert_eq!(
        (row.weight, row.stamp, row.city.as_deref()),
        (302, Some(40), Some("Oslo"))
    );

    let many = [
        light.clone(),
        Parcel {
            id: 5,
            ..light.clone()
        },
        Parcel { id: 6, ..light },
    ];
    let report = many
        .upsert()
        .on_conflict(Parcel::ID)
        .update(Parcel::CITY)
        .where_(|old, _| old.weight.lt(100))
        .set_with(Parcel::WEIGHT, |old, new| old.weight * 10 + new.weight)
        .set(Parcel::STAMP, 50)
        .report(&db)
        .await
        .expect("a report");
    assert_eq!((report.inserted, report.updated, report.skipped), (1, 1, 1));
    let fifth = Parcel::get(5).fetch_one(&db).await.expect("a row");
    assert_eq!((fifth.weight, fifth.stamp), (92, Some(50)));
}

pub(crate) async fn lists_stand_in_closures(site: Site) {
    let db = parcels(&site).await;
    let oslo = |id| Parcel {
        id,
        city: Some("Oslo".to_owned()),
        weight: 2,
        stamp: None,
    };
    let one = oslo(1);
    let upsert = one
        .upsert()
        .on_conflict(Parcel::ID)
        .update(Parcel::CITY)
        .where_(|old, _| old.weight.in_([1, 3, 8]))
        .set_with(Parcel::STAMP, |old, _| old.stamp.coalesce(0) + 10)
        .where_(|old, new| old.stamp.in_([7, 9]).and(new.weight.lt(10)));
    let row = upsert.fetch_optional(&db).await.expect("an upsert");
    assert_eq!(row.expect("written").stamp, Some(17));

    let many = [oslo(1), oslo(3), oslo(4), oslo(5), oslo(7)];
    let upsert = many
        .upsert()
        .on_conflict(Parcel::ID)
        .update(Parcel::CITY)
        .where_(|old, _| old.weight.in_([1, 8]).and(old.stamp.not_in([100, 200])))
        .set(Parcel::STAMP, 50);
    let outcomes = upsert.outcomes(&db).await.expect("a batch");
    let written = outcomes.into_iter().filter_map(BatchOutcome::into_row);
    let stamps: Vec<_> = written.map(|parcel| (parcel.id, parcel.stamp)).collect();
    assert_eq!(stamps, [(3, Some(50)), (4, Some(50)), (7, None)]);

    let raised = Parcel::update()
        .set_with(Parcel::WEIGHT, |old| old.weight + 1)
        .filter(Parcel::ID.in_([3, 4]).and(Parcel::WEIGHT.gt(1)));
    assert_eq!(raised.execute(&db).await.expect("an update"), 1);
}
