//! What the compiler refuses of a typed upsert is refused of one by names, before anything is sent.

use orm::dynamic::{Table, Upsert, Value, col, column, incoming, key, stored};
use orm::{Db, ErrorKind};
use orm_tests::Site;

fn things() -> Table {
    Table::new("things")
        .column(column("id", "BIGINT"))
        .column(column("code", "TEXT"))
        .column(column("title", "TEXT"))
        .column(column("note", "TEXT").nullable())
        .column(column("version", "BIGINT").nullable())
        .column(column("made", "BIGINT").nullable().insert_only())
        .column(column("list", "BIGINT[]").nullable())
        .column(column("twice", "BIGINT").generated_sql("id * 2"))
        .primary_key(["id"])
        .unique(["code"])
        .unique_key(key(["title"]).named("titled").filter("id > 0"))
        .build()
        .expect("a description")
}

fn row() -> Vec<(&'static str, Value)> {
    vec![
        ("id", 1.into()),
        ("code", "a".into()),
        ("title", "b".into()),
        ("note", Value::Null),
        ("version", 1.into()),
        ("made", 1.into()),
    ]
}

/// Each is refused before it is sent.
async fn refused(db: &Db, cases: Vec<(Upsert, &str)>) {
    for (mistaken, sentence) in cases {
        let error = mistaken.execute(db).await.expect_err(sentence);
        let said = error.to_string();
        assert_eq!(error.kind(), ErrorKind::Statement, "{said}");
        assert_eq!(error.table(), Some("things"), "{said}");
        assert!(said.contains(sentence), "expected `{sentence}`: {said}");
    }
}

pub(crate) async fn mistakes_in_an_upsert_by_names_are_told(site: Site) {
    // There is no such table: an error that spoke of it would have been sent.
    let db = orm::connect(site.url()).await.expect("a database");
    let table = things();
    let on = || table.upsert(row()).on_conflict(["code"]);
    let all = || on().update_all();
    let cases = vec![
        (
            all().set("note", "x"),
            "`note` is assigned twice; call `update_except([\"note\"])`",
        ),
        (
            on().coalesce_all().update(["note"]),
            "`note` is assigned twice",
        ),
        (
            on().update(["note"]).set("note", "x"),
            "`note` is assigned twice",
        ),
        (
            on().update(["note"]).coalesce(["note"]),
            "`note` is assigned twice",
        ),
        (on().update(["note"]).update_all(), "an action already"),
        (all().do_nothing(), "an action already"),
        (on().do_nothing().set("note", "x"), "an action already"),
        (on().get_or_insert().update(["note"]), "an action already"),
        (on().update([""; 0]), "would update nothing"),
        (on().update(["code"]), "it is part of the conflict target"),
        (
            on().update(["id"]),
            "primary-key, generated and insert-only columns keep",
        ),
        (
            on().update(["made"]),
            "an upsert cannot update the column `made`",
        ),
        (
            on().set("twice", 1),
            "an upsert cannot update the column `twice`",
        ),
        (on().set("nothing", 1), "there is no column `nothing`"),
        (
            on().set("version", "x"),
            "`version` is of type `BIGINT` and cannot hold a text",
        ),
        (on().set("title", Value::Null), "`title` may not be `NULL`"),
        (
            on().update_except(["nothing"]),
            "there is no column `nothing`",
        ),
        (
            on().update_except(["title", "note", "version"]),
            "the upsert would update nothing; call `do_nothing`",
        ),
        (
            on().set_with("version", stored("nothing") + 1),
            "there is no column `nothing`",
        ),
        (
            on().set_with("version", stored("version") + incoming("list")),
            "the row does not supply `list`",
        ),
    ];
    refused(&db, cases).await;
}

pub(crate) async fn mistakes_in_a_guard_or_target_by_names_are_told(site: Site) {
    // There is no such table: an error that spoke of it would have been sent.
    let db = orm::connect(site.url()).await.expect("a database");
    let table = things();
    let on = || table.upsert(row()).on_conflict(["code"]);
    let all = || on().update_all();
    let cases = vec![
        (
            all().where_(stored("note").eq(Value::Null)),
            "call `is_null`",
        ),
        (
            all().where_(col("nothing").is_null()),
            "there is no column `nothing`",
        ),
        (
            on().do_nothing().where_(col("id").gt(1)),
            "`where_` guards an update",
        ),
        (
            on().do_nothing().skip_unchanged(),
            "`skip_unchanged` guards an update",
        ),
        (
            on().get_or_insert().keep_newer("version"),
            "`keep_newer` guards an update, and `get_or_insert` is none",
        ),
        (
            all().keep_newest("version").keep_newer("version"),
            "a version already",
        ),
        (
            all().keep_newest(["version", "title"]),
            "cannot tell which of two rows is newer",
        ),
        (all().keep_newest("list"), "the row does not supply `list`"),
        (
            table.upsert(row()).on_any_conflict().update_all(),
            "after `on_any_conflict` there is no telling which row to update",
        ),
        (
            table.upsert(row()).on_any_conflict().get_or_insert(),
            "after `on_any_conflict` there is no telling which row to update",
        ),
        (
            table.upsert(row()).on_conflict(["title"]),
            "not a unique key",
        ),
        (
            table.upsert(row()).on_conflict_key("untitled"),
            "no unique key `untitled`",
        ),
        (table.upsert(row()).do_nothing(), "no conflict target"),
        (on(), "no action"),
        (all().returning(["nothing"]), "there is no column `nothing`"),
    ];
    refused(&db, cases).await;
    for may_skip in [
        on().do_nothing(),
        all().keep_newest("version"),
        all().skip_unchanged(),
        all().where_(col("id").gt(1)),
    ] {
        let error = may_skip.fetch_one(&db).await.expect_err("no row is sure");
        let said = error.to_string();
        assert!(said.contains("may skip the row"), "{said}");
        assert!(said.contains("call `fetch_optional`"), "{said}");
    }
}

pub(crate) async fn rows_that_the_columns_cannot_hold_are_told_of(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    let table = things();
    let one = |name: &'static str, value: Value| {
        let others = row().into_iter().filter(move |(known, _)| *known != name);
        others.chain([(name, value)]).collect::<Vec<_>>()
    };
    let list = || Value::Array(vec![1.into()]);
    for (row, kind, sentence) in [
        (
            one("title", Value::Null),
            ErrorKind::NotNullViolation,
            "`title` may not be `NULL`",
        ),
        (
            one("version", Value::Json("1".to_owned())),
            ErrorKind::Statement,
            "`version` is of type `BIGINT` and cannot hold JSON",
        ),
        (
            one("title", list()),
            ErrorKind::Statement,
            "cannot hold an array",
        ),
        (
            one("list", 1.into()),
            ErrorKind::Statement,
            "`list` is of type `BIGINT[]` and cannot hold a whole number",
        ),
    ] {
        let insert = table.insert(row.clone()).execute(&db).await;
        let many: Vec<_> = row.iter().map(|(_, value)| value.clone()).collect();
        let names: Vec<_> = row.iter().map(|(name, _)| *name).collect();
        let rows = [many];
        let batch = table.insert_many(names, &rows).execute(&db).await;
        let batch = batch.expect_err(sentence);
        assert_eq!(batch.rows(), [0], "{batch}");
        for error in [insert.expect_err(sentence), batch] {
            let said = error.to_string();
            assert_eq!(error.kind(), kind, "{said}");
            assert!(said.contains(sentence), "expected `{sentence}`: {said}");
        }
    }
}

/// Statements may end up in a log, and errors do.
pub(crate) async fn statements_by_names_show_no_values(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    let table = things();
    let secret = || row().into_iter().chain([("list", Value::from("secret"))]);
    let upsert = table.upsert(secret()).on_conflict(["code"]);
    let upsert = upsert
        .set("note", "secret")
        .where_(col("note").eq("secret"));
    let rows = [secret().map(|(_, value)| value).collect::<Vec<_>>()];
    let names = || secret().map(|(name, _)| name);
    let many = table.upsert_many(names(), &rows).on_conflict(["code"]);
    for shown in [
        format!("{upsert:?}"),
        format!("{many:?}"),
        format!("{:?}", table.insert(secret())),
        format!("{:?}", table.insert_many(names(), &rows)),
        format!("{:?}", table.find(["code"], ["secret"])),
        format!(
            "{:?}",
            table
                .select()
                .filter(col("note").eq("secret"))
                .order_by(col("id"))
        ),
        format!("{:?}", table.update().set("note", "secret").all_rows()),
        format!("{:?}", table.delete().filter(col("note").eq("secret"))),
    ] {
        assert!(!shown.contains("secret"), "{shown}");
    }
    let error = table.insert(one_wrong()).execute(&db).await;
    let error = error.expect_err("a text is no number");
    assert!(!format!("{error:?} {error}").contains("secret"), "{error}");
}

fn one_wrong() -> Vec<(&'static str, Value)> {
    let others = row().into_iter().filter(|(name, _)| *name != "version");
    others.chain([("version", "secret".into())]).collect()
}
