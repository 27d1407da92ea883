//! SQL of one's own, read by the names that a row carries.

use orm::prelude::*;
use orm::{Db, ErrorKind};
use orm_tests::Site;

/// The struct has its columns in another order than the table.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "people")]
struct Person {
    #[column(primary_key)]
    id: i64,
    last: String,
    first: String,
    boss: Option<i64>,
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "offices")]
struct Office {
    #[column(primary_key)]
    id: i64,
    #[column(name = "Name")]
    name: String,
    head: i64,
}

#[derive(Row, Debug, PartialEq)]
#[row(table = Person)]
struct Names {
    last: String,
    first: String,
}

async fn database(site: &Site) -> Db {
    let db = orm::connect(site.url()).await.expect("a database");
    for made in [
        "CREATE TABLE people (id BIGINT PRIMARY KEY, first TEXT NOT NULL, last TEXT NOT NULL, boss BIGINT)",
        "CREATE TABLE offices (head BIGINT NOT NULL, \"Name\" TEXT NOT NULL, id BIGINT PRIMARY KEY)",
        "INSERT INTO people VALUES (1, 'Ada', 'Lovelace', NULL), (2, 'Max', 'Planck', 1)",
        "INSERT INTO offices VALUES (2, 'Bern', 7)",
    ] {
        let done = match (db.postgres(), db.sqlite()) {
            (Some(pool), _) => sqlx::raw_sql(made).execute(pool).await.map(drop),
            (_, Some(pool)) => sqlx::raw_sql(made).execute(pool).await.map(drop),
            _ => unreachable!("a database is one of the two"),
        };
        done.expect("a statement without mistakes");
    }
    db
}

fn ada() -> Person {
    Person {
        id: 1,
        last: "Lovelace".to_owned(),
        first: "Ada".to_owned(),
        boss: None,
    }
}

fn max() -> Person {
    Person {
        id: 2,
        last: "Planck".to_owned(),
        first: "Max".to_owned(),
        boss: Some(1),
    }
}

pub(crate) async fn a_struct_is_read_by_the_names_of_columns(site: Site) {
    let db = database(&site).await;
    let all: Vec<Person> = orm::sql!("SELECT * FROM {Person} ORDER BY id")
        .fetch_all(&db)
        .await
        .expect("rows");
    assert_eq!(all, [ada(), max()]);
    let one: Person = orm::sql!("SELECT {Person.*} FROM {Person} WHERE {Person::ID} = 1")
        .fetch_one(&db)
        .await
        .expect("a row");
    assert_eq!(one, ada());
    let names: Vec<Names> = orm::sql!("SELECT first, last FROM {Person} ORDER BY id")
        .fetch_all(&db)
        .await
        .expect("names");
    assert_eq!(
        names[0],
        Names {
            last: "Lovelace".to_owned(),
            first: "Ada".to_owned()
        }
    );
    let swapped: Option<Names> =
        orm::sql!("SELECT last AS first, first AS last FROM {Person} WHERE id = 2")
            .fetch_optional(&db)
            .await
            .expect("names");
    let expected = Names {
        last: "Max".to_owned(),
        first: "Planck".to_owned(),
    };
    assert_eq!(swapped, Some(expected));
    // A column that the struct has not is not read.
    let more: Names = orm::sql!("SELECT 1 AS one, * FROM {Person} WHERE id = 1")
        .fetch_one(&db)
        .await
        .expect("names");
    assert_eq!(more.first, "Ada");
    let written: Vec<Person> =
        orm::sql!("UPDATE {Person} SET {Person::BOSS} = NULL WHERE {Person::ID} = 2 RETURNING *")
            .fetch_all(&db)
            .await
            .expect("rows");
    assert_eq!(
        written,
        [Person {
            boss: None,
            ..max()
        }]
    );
    let office: Office = orm::sql!("SELECT * FROM {Office}")
        .fetch_one(&db)
        .await
        .expect("a row");
    assert_eq!(
        (office.id, office.head, office.name.as_str()),
        (7, 2, "Bern")
    );
    // What is no struct is read by position.
    let pair: (String, String) = orm::sql!("SELECT first, last FROM {Person} WHERE id = 1")
        .fetch_one(&db)
        .await
        .expect("a pair");
    assert_eq!(pair, ("Ada".to_owned(), "Lovelace".to_owned()));
}

pub(crate) async fn a_name_that_is_missing_or_there_twice_is_told(site: Site) {
    let db = database(&site).await;
    macro_rules! told {
        ($($sql:literal as $type:ty: $column:literal, $what:literal);* $(;)?) => {
            $(
                let read = orm::sql!($sql).fetch_all::<$type, _, _>(&db).await;
                let error = read.map(drop).expect_err($sql);
                let said = error.to_string();
                assert_eq!(error.kind(), ErrorKind::Decode, "{said}");
                assert!(said.contains(concat!("`", $column, "`")) && said.contains($what), "{said}");
            )*
        };
    }
    told! {
        "SELECT id, first, boss FROM {Person}" as Person: "last", "gives no column";
        "SELECT id, first, last AS name, boss FROM {Person}" as Person: "last", "gives no column";
        "SELECT id, upper(first), last, boss FROM {Person}" as Person: "first", "gives no column";
        "SELECT first FROM {Person}" as Names: "last", "gives no column";
        "SELECT id, head, \"Name\" AS name FROM {Office}" as Office: "Name", "gives no column";
        "SELECT p.*, o.* FROM {Person} p JOIN {Office} o ON o.head = p.id" as Person: "id", "several columns";
        "SELECT first, last, first FROM {Person}" as Names: "first", "several columns";
    }
}

pub(crate) async fn names_of_two_tables_are_told_apart(site: Site) {
    let db = database(&site).await;
    let at_bern: Vec<Person> = orm::sql!(
        "SELECT {Person.*} FROM {Person} JOIN {Office} ON {Office::HEAD} = {Person::ID} \
         WHERE {Office::ID} = 7 ORDER BY {Person::ID}"
    )
    .fetch_all(&db)
    .await
    .expect("rows");
    assert_eq!(at_bern, [max()]);
    let by_alias: Person = orm::sql!(
        "SELECT {p: Person.*} FROM {Person} AS p JOIN {Office} o ON {o: Office::HEAD} = {p: Person::ID}"
    )
    .fetch_one(&db)
    .await
    .expect("a row");
    assert_eq!(by_alias, max());
    let by_dot: Person = orm::sql!(
        "SELECT p.{Person.*} FROM {Person} AS p JOIN {Office} o ON o.{Office::HEAD} = p.{Person::ID}"
    )
    .fetch_one(&db)
    .await
    .expect("a row");
    assert_eq!(by_dot, max());
    let bosses: (String, String) = orm::sql!(
        "SELECT {p: Person::FIRST}, {boss: Person::FIRST} FROM {Person} p \
         JOIN {Person} boss ON {boss: Person::ID} = {p: Person::BOSS}"
    )
    .fetch_one(&db)
    .await
    .expect("a pair");
    assert_eq!(bosses, ("Max".to_owned(), "Ada".to_owned()));
    // Where columns are assigned, no table stands before their names.
    let written = orm::sql!(
        "UPDATE {Person} AS p SET {Person::FIRST} = {o: Office::NAME} FROM {Office} AS o \
         WHERE {p: Person::ID} = {o: Office::HEAD}"
    );
    assert_eq!(written.execute(&db).await.expect("an update"), 1);
    let copied = orm::sql!(
        "INSERT INTO {Office} ({Office::ID}, {Office::NAME}, {Office::HEAD}) \
         SELECT {p: Person::ID}, {p: Person::FIRST}, {p: Person::ID} FROM {Person} p"
    );
    assert_eq!(copied.execute(&db).await.expect("an insert"), 2);
    let deleted = orm::sql!(
        "DELETE FROM {Office} WHERE {Office::HEAD} IN (SELECT {Person::ID} FROM {Person} WHERE {Person::ID} = 1)"
    );
    assert_eq!(deleted.execute(&db).await.expect("a delete"), 1);
}
