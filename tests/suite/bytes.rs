//! Numbers of one byte, which PostgreSQL compares as characters.

use orm::prelude::*;
use orm_tests::Site;

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "floors")]
struct Floor {
    #[column(primary_key)]
    id: i64,
    level: i8,
    other: i8,
    perhaps: Option<i8>,
}

pub(crate) async fn numbers_of_one_byte_keep_their_order(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    orm::create_tables!(&db, Floor).await.expect("the table");
    let levels = [i8::MIN, -5, -1, 0, 1, 5, i8::MAX];
    for (id, level) in levels.into_iter().enumerate() {
        let id = i64::try_from(id).expect("a small number");
        let row = Floor {
            id,
            level,
            other: 0,
            perhaps: Some(level),
        };
        assert_eq!(row.insert().fetch_one(&db).await.expect("an insert"), row);
    }
    let which = async |filter: orm::Filter<Floor>| {
        let found = Floor::select()
            .filter(filter)
            .order_by(Floor::ID)
            .columns(Floor::LEVEL);
        found.fetch_all(&db).await.expect("levels")
    };
    assert_eq!(which(Floor::LEVEL.lt(0)).await, [i8::MIN, -5, -1]);
    assert_eq!(which(Floor::LEVEL.le(-5)).await, [i8::MIN, -5]);
    assert_eq!(which(Floor::LEVEL.gt(Floor::OTHER)).await, [1, 5, i8::MAX]);
    assert_eq!(which(Floor::PERHAPS.ge(5)).await, [5, i8::MAX]);
    assert_eq!(which(Floor::LEVEL.between(-5, 1)).await, [-5, -1, 0, 1]);
    assert_eq!(
        which(Floor::LEVEL.eq(-5).or(Floor::PERHAPS.in_([5]))).await,
        [-5, 5]
    );
    assert_eq!(
        which(Floor::LEVEL.cast::<i64>().lt(-1)).await,
        [i8::MIN, -5]
    );
    assert_eq!(which(Floor::LEVEL.cast::<String>().eq("-5")).await, [-5]);
    assert_eq!(which(!Floor::PERHAPS.is_distinct_from(-1)).await, [-1]);

    let up = Floor::select().order_by(Floor::LEVEL).columns(Floor::LEVEL);
    assert_eq!(up.fetch_all(&db).await.expect("levels"), levels);
    let down = Floor::select()
        .order_by(Floor::PERHAPS.desc())
        .columns(Floor::PERHAPS);
    let down: Vec<_> = down
        .fetch_all(&db)
        .await
        .expect("levels")
        .into_iter()
        .flatten()
        .collect();
    assert!(down.iter().rev().eq(&levels), "{down:?}");
    let least = Floor::select().aggregate((Floor::LEVEL.min(), Floor::PERHAPS.max()));
    let least = least.fetch_one(&db).await.expect("two levels");
    assert_eq!(least, (Some(i8::MIN), Some(i8::MAX)));
    let by_other = Floor::select()
        .group_by(Floor::OTHER)
        .having(Floor::LEVEL.min().lt(-100))
        .columns(|other| (other, Floor::LEVEL.min()))
        .order_by(Floor::LEVEL.min().desc());
    let by_other = by_other.fetch_all(&db).await.expect("a group");
    assert_eq!(by_other, [(0, Some(i8::MIN))]);

    // In the closures of an upsert too.
    let row = |level| Floor {
        id: 1,
        level,
        other: 7,
        perhaps: None,
    };
    let upsert = async |level| {
        let record = row(level);
        let upsert = record
            .upsert_on(Floor::ID)
            .where_(|old, new| new.level.gt(old.level));
        upsert
            .fetch_optional(&db)
            .await
            .expect("an upsert")
            .is_some()
    };
    assert!(!upsert(-6).await);
    assert!(upsert(-4).await);
    assert!(upsert(4).await);
    assert!(!upsert(-4).await);
}
