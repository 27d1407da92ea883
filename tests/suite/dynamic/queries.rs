//! Rows that are looked up, selected, updated and deleted by the names of their columns.

use futures_util::TryStreamExt;
use orm::dynamic::{Filter, Row, Table, Value, col, column, key};
use orm::{Db, ErrorKind};
use orm_tests::Site;

fn cities() -> Table {
    Table::new("cities")
        .column(column("id", "BIGINT"))
        .column(column("country", "TEXT"))
        .column(column("name", "TEXT"))
        .column(column("area", "NUMERIC(10, 2)").nullable())
        .column(column("founded", "DATE").nullable())
        .column(column("height", "INTEGER").nullable())
        .primary_key(["id"])
        .unique(["country", "name"])
        .unique_key(key(["name"]).named("high").filter("height > 1000"))
        .build()
        .expect("a description")
}

async fn filled(site: &Site) -> (Db, Table) {
    let db = orm::connect(site.url()).await.expect("a database");
    let table = cities();
    table.create(&db).await.expect("a table");
    let row = |id: i64,
               country: &str,
               name: &str,
               area: Option<&str>,
               founded: Option<&str>,
               height: Option<i64>| {
        vec![
            id.into(),
            country.into(),
            name.into(),
            area.map(|area| Value::Decimal(area.to_owned())).into(),
            founded.into(),
            height.into(),
        ]
    };
    let rows = [
        row(1, "IT", "Rome", Some("1285.31"), None, Some(21)),
        row(
            2,
            "NO",
            "Oslo",
            Some("454.00"),
            Some("1040-01-01"),
            Some(23),
        ),
        row(
            3,
            "BO",
            "La Paz",
            Some("472.00"),
            Some("1548-10-20"),
            Some(3_640),
        ),
        row(4, "IT", "Bari", None, None, None),
        row(5, "NL", "Delft", Some("24.06"), Some("1246-04-15"), Some(0)),
    ];
    let columns = ["id", "country", "name", "area", "founded", "height"];
    let insert = table.insert_many(columns, &rows).execute(&db).await;
    assert_eq!(insert.expect("rows"), 5);
    (db, table)
}

fn ids(rows: &[Row]) -> Vec<i64> {
    rows.iter()
        .map(|row| row.get("id").expect("an id"))
        .collect()
}

pub(crate) async fn rows_are_found_by_their_keys(site: Site) {
    let (db, table) = filled(&site).await;
    let rome = table.get([1]).fetch_one(&db).await.expect("a row");
    assert_eq!(rome.get::<String>("name").expect("a name"), "Rome");
    let find = table.find(["name", "country"], ["Oslo", "NO"]);
    assert_eq!(ids(&[find.fetch_one(&db).await.expect("a row")]), [2]);
    let high = table.find_key("high", ["La Paz"]).columns(["id"]);
    assert_eq!(high.fetch_one(&db).await.expect("a row"), [Value::from(3)]);
    let low = table.find_key("high", ["Rome"]).fetch_optional(&db).await;
    assert_eq!(low.expect("no row"), None);
    let none = table.get([9]).fetch_one(&db).await.expect_err("no row");
    assert_eq!(none.kind(), ErrorKind::NotFound);

    for (find, sentence) in [
        (table.get([1, 2]), "the key has 1 columns, and 2 values"),
        (
            table.get(["one"]),
            "`id` is of type `BIGINT` and cannot hold a text",
        ),
        (table.get([Value::Null]), "`id` is given `NULL`"),
        (
            table.find(["name"], ["Rome"]),
            "these columns are not a unique key",
        ),
        (table.find(["nmae"], ["Rome"]), "there is no column `nmae`"),
        (
            table.find_key("low", ["Rome"]),
            "there is no unique key `low`",
        ),
        (
            table.get([1]).columns(["nmae"]),
            "there is no column `nmae`",
        ),
    ] {
        let error = find.fetch_optional(&db).await.expect_err(sentence);
        let said = error.to_string();
        assert_eq!(error.kind(), ErrorKind::Statement, "{said}");
        assert!(said.contains(sentence), "expected `{sentence}`: {said}");
    }
}

pub(crate) async fn rows_are_filtered_by_names(site: Site) {
    let (db, table) = filled(&site).await;
    let is_postgres = db.postgres().is_some();
    let dates = |text: &str| text.parse::<chrono::NaiveDate>().expect("a date");
    let cases: Vec<(Filter, &[i64])> = vec![
        (col("name").eq("Rome"), &[1]),
        (col("country").ne("IT"), &[2, 3, 5]),
        (col("height").lt(23), &[1, 5]),
        (col("height").le(23), &[1, 2, 5]),
        (col("height").gt(23), &[3]),
        (col("height").ge(23), &[2, 3]),
        (col("height").gt(col("id") * 10), &[1, 2, 3]),
        ((col("height") + col("id")).eq(22), &[1]),
        (col("area").eq(Value::Decimal("454".to_owned())), &[2]),
        (col("area").gt(454), &[1, 3]),
        (col("founded").lt(dates("1300-01-01")), &[2, 5]),
        (col("founded").eq("1548-10-20"), &[3]),
        (
            col("founded").between("1040-01-01", dates("1246-04-15")),
            &[2, 5],
        ),
        (col("height").between(21, 23), &[1, 2]),
        (col("name").like("%o%"), &[1, 2]),
        (col("name").ilike("%O%"), &[1, 2]),
        (col("name").in_(["Rome", "Delft", "nowhere"]), &[1, 5]),
        (col("name").in_([""; 0]), &[]),
        (col("name").not_in([""; 0]), &[1, 2, 3, 4, 5]),
        (col("height").not_in([21, 23]), &[3, 5]),
        (col("id").in_([1_i64, 5_000_000_000]), &[1]),
        (
            col("area").in_([Value::Decimal("24.060".to_owned()), 472.into()]),
            &[3, 5],
        ),
        (col("founded").in_([dates("1040-01-01")]), &[2]),
        (col("height").is_null(), &[4]),
        (col("height").is_not_null(), &[1, 2, 3, 5]),
        (col("height").is_distinct_from(21), &[2, 3, 4, 5]),
        (col("height").is_distinct_from(Value::Null), &[1, 2, 3, 5]),
        (col("height").is_not_distinct_from(Value::Null), &[4]),
        (col("height").coalesce(0).eq(0), &[4, 5]),
        (col("country").eq("IT").and(col("height").is_null()), &[4]),
        (col("country").eq("NL").or(col("country").eq("NO")), &[2, 5]),
        (!col("country").eq("IT").or(col("id").eq(2)), &[3, 5]),
        (
            col("country")
                .eq("IT")
                .or(col("id").eq(2))
                .and(col("id").gt(1)),
            &[2, 4],
        ),
    ];
    for (at, (filter, expected)) in cases.into_iter().enumerate() {
        let select = table.select().filter(filter).order_by(col("id"));
        let rows = select.clone().fetch_all(&db).await;
        let rows = rows.unwrap_or_else(|error| panic!("case {at}: {error}"));
        assert_eq!(
            ids(&rows),
            expected,
            "case {at} (PostgreSQL: {is_postgres})"
        );
        let count = select.clone().count(&db).await.expect("a count");
        assert_eq!(count, expected.len() as u64, "case {at}");
        let exists = select.exists(&db).await.expect("a yes or no");
        assert_eq!(exists, !expected.is_empty(), "case {at}");
    }
}

pub(crate) async fn rows_are_ordered_limited_and_streamed_by_names(site: Site) {
    let (db, table) = filled(&site).await;
    let by_area = || {
        let area = col("area").desc().nulls_last();
        table.select().order_by(area).order_by(col("id").asc())
    };
    let all = by_area().fetch_all(&db).await.expect("rows");
    assert_eq!(ids(&all), [1, 3, 2, 5, 4]);
    let some = by_area().limit(2).offset(1).columns(["name", "area"]);
    let some = some.fetch_all(&db).await.expect("rows");
    let (first, second) = (some[0].clone(), some[1].clone());
    let decimal = first.get::<sqlx::types::Decimal>("area").expect("a number");
    assert_eq!(decimal, "472".parse().expect("a number"));
    assert_eq!(second.get::<String>("name").expect("a name"), "Oslo");
    let pairs: Vec<(String, Value)> = first.into();
    assert_eq!(pairs[0], ("name".to_owned(), "La Paz".into()));
    let rest = table.select().order_by(col("id")).offset(3).fetch_all(&db);
    assert_eq!(ids(&rest.await.expect("rows")), [4, 5]);
    let streamed: Vec<Row> = by_area().fetch(&db).try_collect().await.expect("rows");
    assert_eq!(streamed, all);
    let one = by_area().fetch_one(&db).await.expect("a row");
    assert_eq!(ids(&[one]), [1]);
    let none = table.select().filter(col("id").eq(9));
    assert_eq!(none.clone().fetch_optional(&db).await.expect("none"), None);
    let error = none.fetch_one(&db).await.expect_err("no row");
    assert_eq!(error.kind(), ErrorKind::NotFound);
    let counted = by_area().limit(3).count(&db).await.expect("a count");
    assert_eq!(counted, 3);

    let no_column = |row: &Row| {
        row.get::<i64>("di")
            .expect_err("no such column")
            .to_string()
    };
    let said = no_column(&all[0]);
    assert!(
        said.contains("the row has no column `di`; it has `id`, `country`"),
        "{said}"
    );
    let error = all[0].get::<i64>("name").expect_err("a text is no number");
    assert_eq!(
        (error.kind(), error.table()),
        (ErrorKind::Decode, Some("cities"))
    );
    let said = error.to_string();
    assert!(
        said.contains("the column `name` has a text, which is no `i64`"),
        "{said}"
    );
    assert!(!format!("{error:?} {said}").contains("Rome"), "{said}");
    let said = all[4].get::<i32>("height").expect_err("none").to_string();
    assert!(
        said.contains("has `NULL`, which is no `i32`; read it as an `Option`"),
        "{said}"
    );
}

pub(crate) async fn rows_are_changed_by_names(site: Site) {
    let (db, table) = filled(&site).await;
    let update = table
        .update()
        .set("area", Value::Decimal("30.50".to_owned()))
        .set_with("height", col("height").coalesce(0) + 5)
        .filter(col("country").eq("IT"))
        .filter(col("id").gt(1));
    let rows = update.fetch_all(&db).await.expect("an update");
    assert_eq!(ids(&rows), [4]);
    assert_eq!(rows[0].get::<i32>("height").expect("a height"), 5);
    let none = table.update().set("height", Value::Null).all_rows();
    assert_eq!(none.execute(&db).await.expect("an update"), 5);
    let some = table.update().set("name", "Roma").filter(col("id").eq(1));
    let some = some.returning(["name"]).fetch_all(&db).await;
    assert_eq!(some.expect("an update"), [[Value::from("Roma")]]);
    let gone = table.delete().filter(col("name").in_(["Roma"]));
    assert_eq!(ids(&gone.fetch_all(&db).await.expect("a delete")), [1]);
    let gone = table.delete().all_rows().returning(["id"]);
    assert_eq!(gone.fetch_all(&db).await.expect("a delete").len(), 4);
    assert_eq!(table.select().count(&db).await.expect("a count"), 0);
}

pub(crate) async fn mistakes_in_queries_by_names_are_told(site: Site) {
    // There is no such table: an error that spoke of it would have been sent.
    let db = orm::connect(site.url()).await.expect("a database");
    let table = cities();
    let filters: Vec<(Filter, &str)> = vec![
        (col("nmae").eq("a"), "there is no column `nmae`"),
        (
            col("id").eq("a"),
            "`id` is of type `BIGINT` and cannot hold a text",
        ),
        (col("id").eq(Value::Null), "call `is_null`"),
        (col("id").in_([Value::Null]), "leave it out of the list"),
        (col("id").in_(["a"]), "cannot hold a text"),
        (
            col("name").like(1),
            "a pattern is a text, and this is a whole number",
        ),
        (
            orm::dynamic::incoming("id").eq(1),
            "only an upsert has a stored and an incoming row; write `col(\"id\")`",
        ),
        (
            orm::dynamic::Expr::from(1).eq(1),
            "an expression without a column has no type",
        ),
        (
            col("area").eq(Value::Decimal("one".to_owned())),
            "other characters than digits",
        ),
    ];
    let refused = |error: orm::Error, sentence: &str| {
        let said = error.to_string();
        assert_eq!(error.kind(), ErrorKind::Statement, "{said}");
        assert_eq!(error.table(), Some("cities"), "{said}");
        assert!(said.contains(sentence), "expected `{sentence}`: {said}");
    };
    for (filter, sentence) in filters {
        let select = table.select().filter(filter.clone());
        refused(select.fetch_all(&db).await.expect_err(sentence), sentence);
        let delete = table.delete().filter(filter);
        refused(delete.execute(&db).await.expect_err(sentence), sentence);
    }
    let order = table.select().order_by(col("nmae")).fetch_all(&db).await;
    refused(order.expect_err("no column"), "no column `nmae`");
    let twice = table.select().columns(["id", "id"]).fetch_all(&db).await;
    refused(twice.expect_err("twice"), "the column `id` is named twice");
    let update = || table.update().filter(col("id").eq(1));
    for (update, sentence) in [
        (update(), "an update sets no column"),
        (
            table.update().set("id", 1),
            "which rows it is about; call `filter`, or `all_rows`",
        ),
        (update().set("di", 1), "there is no column `di`"),
        (
            update().set("height", 1).set("height", 2),
            "sets the column `height` twice",
        ),
        (
            update().set("name", Value::Null),
            "`name` may not be `NULL`",
        ),
        (update().set("height", "high"), "cannot hold a text"),
    ] {
        refused(update.execute(&db).await.expect_err(sentence), sentence);
    }
    let all = table.delete().execute(&db).await.expect_err("no filter");
    refused(all, "call `filter`, or `all_rows`");
}

/// SQLite goes down 1,000 steps in an expression, and PostgreSQL takes 65,535 arguments.
pub(crate) async fn lists_may_be_long(site: Site) {
    let (db, table) = filled(&site).await;
    let most = if db.sqlite().is_some() {
        30_000
    } else {
        100_000
    };
    let select = table.select().filter(col("id").in_(2..most));
    assert_eq!(select.count(&db).await.expect("a count"), 4);
    let delete = table.delete().filter(col("id").not_in(2..most));
    assert_eq!(delete.execute(&db).await.expect("a delete"), 1);
}

/// Equal is what the column calls equal, and not the text that a value is sent as.
pub(crate) async fn texts_without_case_are_compared_as_their_column_compares(site: Site) {
    let pool = sqlx::PgPool::connect(site.url()).await.expect("a database");
    let extension = sqlx::query("CREATE EXTENSION IF NOT EXISTS citext");
    if extension.execute(&pool).await.is_err() {
        // Not every server has been given its extensions.
        return;
    }
    let db = orm::connect(site.url()).await.expect("a database");
    let table = Table::new("nicks")
        .column(column("nick", "CITEXT"))
        .column(column("hits", "BIGINT"))
        .primary_key(["nick"])
        .build()
        .expect("a description");
    table.create(&db).await.expect("a table");
    let hit = |nick: &str| {
        let upsert = table.upsert([("nick", Value::from(nick)), ("hits", 1.into())]);
        upsert
            .on_conflict(["nick"])
            .set_with("hits", orm::dynamic::stored("hits") + 1)
    };
    hit("Ann").execute(&db).await.expect("an upsert");
    let again = hit("ANN").fetch_one(&db).await.expect("an upsert");
    assert_eq!(again, [Value::from("Ann"), Value::from(2)]);
    let found = table.get(["aNN"]).fetch_optional(&db).await;
    assert!(found.expect("a look-up").is_some());
    for filter in [
        col("nick").eq("ann"),
        col("nick").in_(["bob", "ANN"]),
        col("nick").between("AM", "aO"),
        col("nick").is_not_distinct_from("ANN"),
        !col("nick").is_distinct_from("ann"),
    ] {
        let count = table.select().filter(filter).count(&db).await;
        assert_eq!(count.expect("a count"), 1);
    }
}
