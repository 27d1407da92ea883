//! Foreign keys of several columns: made, compared with what is there, and refused where they point to no key.

use orm::dynamic::{self, DescribeForeignKey, Table as Described, Value, column, foreign_key};
use orm::prelude::*;
use orm::schema::ForeignKeyAction;
use orm::{Db, ErrorKind};
use orm_tests::Site;

/// A room, whose best guest is one of its own.
#[derive(Table, Debug, Clone)]
#[table(primary_key(house, number))]
#[table(references(best = Guest::ID, house = Guest::HOUSE))]
struct Room {
    house: i64,
    number: i32,
    best: Option<i64>,
}

/// A guest, whose number is one of the house; the columns of the room are named in another order than its key.
#[derive(Table, Debug, Clone)]
#[table(primary_key(id, house))]
#[table(references(number = Room::NUMBER, house = Room::HOUSE, on_delete = cascade, on_update = cascade))]
#[table(references(house = Self::HOUSE, brought_by = Self::ID, name = "of_one_house"))]
struct Guest {
    id: i64,
    house: i64,
    number: i32,
    brought_by: Option<i64>,
}

async fn open(site: &Site) -> Db {
    orm::connect(site.url()).await.expect("a database")
}

async fn run(db: &Db, script: &str) {
    let safe = sqlx::AssertSqlSafe(script);
    let done = match (db.postgres(), db.sqlite()) {
        (Some(pool), _) => sqlx::raw_sql(safe).execute(pool).await.map(drop),
        (_, Some(pool)) => sqlx::raw_sql(safe).execute(pool).await.map(drop),
        _ => unreachable!("a database is one of the two"),
    };
    done.expect(script);
}

fn guest(id: i64, number: i32) -> Guest {
    Guest {
        id,
        house: 1,
        number,
        brought_by: None,
    }
}

pub(crate) async fn those_of_several_columns_are_made_in_a_circle(site: Site) {
    let db = open(&site).await;
    for _ in 0..2 {
        orm::create_tables!(&db, Room, Guest)
            .await
            .expect("tables that point to each other");
    }
    orm::verify!(&db, Room, Guest)
        .await
        .expect("they are as declared");
    let room = Room {
        house: 1,
        number: 7,
        best: None,
    };
    room.clone().insert().execute(&db).await.expect("a room");
    guest(1, 7).insert().execute(&db).await.expect("a guest");
    let nowhere = guest(2, 8).insert().execute(&db).await;
    let nowhere = nowhere.expect_err("there is no room 8 in the house");
    assert_eq!(nowhere.kind(), ErrorKind::ForeignKeyViolation);
    let stranger = Room {
        house: 2,
        number: 1,
        best: Some(1),
    };
    let stranger = stranger.insert().execute(&db).await;
    let stranger = stranger.expect_err("that guest lives in another house");
    assert_eq!(stranger.kind(), ErrorKind::ForeignKeyViolation);
    let mut friend = guest(3, 7);
    friend.brought_by = Some(2);
    let friend = friend.insert().execute(&db).await;
    let friend = friend.expect_err("nobody of that number in the house");
    assert_eq!(friend.kind(), ErrorKind::ForeignKeyViolation);
    Room::delete()
        .filter(Room::NUMBER.eq(7))
        .execute(&db)
        .await
        .expect("the guests go with it");
    assert_eq!(Guest::select().count(&db).await.expect("a count"), 0);
}

pub(crate) async fn those_of_several_columns_that_are_missing_are_told(site: Site) {
    let db = open(&site).await;
    run(
        &db,
        "CREATE TABLE rooms (house BIGINT NOT NULL, number INT NOT NULL, best BIGINT, \
         PRIMARY KEY (house, number));
         CREATE TABLE guests (id BIGINT NOT NULL, house BIGINT NOT NULL, number INT NOT NULL, \
         brought_by BIGINT, PRIMARY KEY (id, house), UNIQUE (number, house), UNIQUE (id), \
         FOREIGN KEY (house, number) REFERENCES rooms (house, number), \
         FOREIGN KEY (brought_by) REFERENCES guests (id), \
         FOREIGN KEY (number, house) REFERENCES guests (number, house))",
    )
    .await;
    let drift = orm::verify!(&db, Guest).await.expect_err("one is missing");
    assert_eq!(drift.kind(), ErrorKind::Drift);
    let said = drift.to_string();
    // The pairs of the first are those that were declared, in another order.
    let missing = "its foreign key on (house, brought_by) to `guests` (house, id) is missing";
    assert!(said.contains(missing), "{said}");
    assert_eq!(said.matches("foreign key").count(), 1, "{said}");
}

/// A guest that points to a pair of columns of `rooms`.
fn described(columns: [&str; 2]) -> Described {
    visitors(foreign_key(["in_house", "in_room"], "rooms", columns))
}

fn visitors(key: DescribeForeignKey) -> Described {
    Described::new("visitors")
        .column(column("id", "BIGINT"))
        .column(column("in_house", "BIGINT"))
        .column(column("in_room", "BIGINT"))
        .primary_key(["id"])
        .foreign_key(key.named("of_room").on_delete(ForeignKeyAction::Cascade))
        .build()
        .expect("a description without mistakes")
}

fn rooms() -> Described {
    Described::new("rooms")
        .column(column("house", "BIGINT"))
        .column(column("number", "BIGINT"))
        .column(column("floor", "BIGINT"))
        .primary_key(["house", "number"])
        .build()
        .expect("a description without mistakes")
}

pub(crate) async fn those_of_several_columns_are_described(site: Site) {
    let db = open(&site).await;
    let good = described(["house", "number"]);
    dynamic::create(&db, &[good.clone(), rooms()])
        .await
        .expect("two tables");
    dynamic::verify(&db, &[good.clone(), rooms()])
        .await
        .expect("they are as described");
    let row = ["id", "in_house", "in_room"].map(|name| (name, Value::from(1)));
    let nowhere = good.insert(row).execute(&db).await;
    let nowhere = nowhere.expect_err("there is no such room");
    assert_eq!(nowhere.kind(), ErrorKind::ForeignKeyViolation);
}

pub(crate) async fn those_of_several_columns_need_a_key(site: Site) {
    let db = open(&site).await;
    let no_key = "it references `rooms (number, floor)`, which is not a unique key there, so that no foreign \
                  key can point to it; point to the primary key, or make those columns together unique";
    let refused = |made: Result<(), orm::Error>, sentence: &str| {
        let error = made.expect_err(sentence);
        assert_eq!(error.kind(), ErrorKind::Statement, "{error}");
        assert!(error.to_string().contains(sentence), "{error}");
    };
    let both = |columns| [described(columns), rooms()];
    let made = dynamic::create(&db, &both(["number", "floor"])).await;
    refused(made, no_key);
    let made = dynamic::create(&db, &both(["number", "flor"])).await;
    refused(
        made,
        "it references `rooms.flor`, which is no column of that table",
    );
    // What is in the database already is looked at too; what an index includes is no part of its key.
    run(
        &db,
        "CREATE TABLE rooms (house BIGINT, number BIGINT, floor BIGINT, PRIMARY KEY (house, number))",
    )
    .await;
    if db.postgres().is_some() {
        run(
            &db,
            "CREATE UNIQUE INDEX of_three ON rooms (number, house) INCLUDE (floor)",
        )
        .await;
    }
    let made = described(["number", "floor"]).create(&db).await;
    refused(made, no_key);
    described(["number", "house"])
        .create(&db)
        .await
        .expect("the columns of the key in another order");
}

pub(crate) async fn those_of_several_columns_point_into_a_schema(site: Site) {
    let db = open(&site).await;
    let key = foreign_key(["in_house", "in_room"], "rooms", ["house", "number"]);
    let apart = visitors(key.in_schema("apart"));
    if db.sqlite().is_some() {
        let made = apart.create(&db).await.expect_err("there are no schemas");
        assert_eq!(made.kind(), ErrorKind::Unsupported);
        let said = made.to_string();
        assert!(said.contains("SQLite has no schemas"), "{said}");
        return;
    }
    run(
        &db,
        "CREATE SCHEMA apart;
         CREATE TABLE apart.rooms (house BIGINT, number BIGINT, PRIMARY KEY (house, number))",
    )
    .await;
    apart.create(&db).await.expect("the table and its key");
    dynamic::verify(&db, &[apart]).await.expect("as described");
}
