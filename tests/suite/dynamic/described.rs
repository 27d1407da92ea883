//! What is wrong with a description or a row is told before anything is sent, as the compiler tells it of a
//! struct.

use orm::ErrorKind;
use orm::dynamic::{
    Describe, DescribeColumn, DescribeForeignKey, Table, Upsert, Value, column, foreign_key, key,
};
use orm::schema::ForeignKeyAction;
use orm_tests::Site;

/// A key, another column, and one that may be `NULL`.
fn good() -> Describe {
    Table::new("things")
        .column(column("id", "BIGINT"))
        .column(column("name", "TEXT"))
        .column(column("other", "BIGINT").nullable())
        .primary_key(["id"])
}

#[track_caller]
fn refused(described: Describe, sentence: &str) {
    let error = described.build().expect_err(sentence);
    assert_eq!(error.kind(), ErrorKind::Configuration, "{error}");
    let said = error.to_string();
    assert!(said.contains(sentence), "expected `{sentence}`: {said}");
}

pub(crate) async fn keys_that_cannot_be_are_refused(_: Site) {
    let unique = |columns: &[&str]| good().unique(columns.iter().copied());
    refused(unique(&["nothing"]), "names `nothing`, which is no column");
    refused(unique(&["name", "name"]), "a key names `name` twice");
    refused(unique(&[]), "a key names no column");
    refused(unique(&["id"]), "two keys have the same columns: `id`");
    refused(
        unique(&["name", "id"]).unique(["id", "name"]),
        "two keys have the same columns",
    );
    refused(unique(&["other"]), "`other` may be `NULL` in a key");
    refused(good().primary_key(["other"]), "a primary key may not");
    refused(good().primary_key([""; 0]), "no primary key");
    refused(good().primary_key(["id", "id"]), "names `id` twice");
    refused(
        good().unique_key(key(["name"]).nulls_distinct()),
        "no column of the key can be `NULL`",
    );
    refused(
        good().unique_key(key(["name"]).expression("lower(name)")),
        "reached by its name alone",
    );
    refused(
        good().unique_key(key(["name"]).filter("id > 0")),
        "reached by its name alone",
    );
    let index = key(["name"])
        .named("positive")
        .filter("id > 0")
        .deferrable();
    refused(
        good().unique_key(index),
        "only constraints are `deferrable`",
    );
    refused(
        good().index("by_name", ["nmae"]),
        "an index names `nmae`, which is no column",
    );
    good()
        .unique_key(key(["other"]).nulls_distinct())
        .unique_key(key(["name"]).named("lower").expression("lower(name)"))
        .unique_key(key(["name"]).named("positive").filter("id > 0"))
        .build()
        .expect("a description without mistakes");
}

pub(crate) async fn names_that_clash_or_are_empty_are_refused(_: Site) {
    refused(
        good().column(column("name", "TEXT")),
        "two columns are called `name`",
    );
    refused(
        good().column(column("", "TEXT")),
        "the name of the column is empty",
    );
    refused(
        good().column(column(" n", "TEXT")),
        "the name of the column begins with a space",
    );
    refused(
        Table::new(" orm staged").column(column("id", "BIGINT")),
        "the name of the table begins with a space",
    );
    refused(good().schema("pg_catalog"), "reserved");
    refused(good().schema("information_schema"), "reserved");
    assert!(good().schema("information_schema_x").build().is_ok());
    let twice = good().index("same", ["name"]).check("same", "id > 0");
    refused(twice, "two keys, indexes or checks are called `same`");
    let long = "x".repeat(64);
    refused(
        good().unique_key(key(["name"]).named(&*long)),
        "the name of the key is longer",
    );
    refused(
        good().index("a\0b", ["name"]),
        "the name of the index holds a NUL",
    );
    refused(good().check("", "id > 0"), "the name of the check is empty");
    refused(
        good().check("positive", " "),
        "the condition of `positive` is empty",
    );
    refused(good().column(column("a", "")), "the type of `a` is empty");
    refused(
        good().column(column("a", "TEXT").default_sql("")),
        "the default of `a` is empty",
    );
    refused(
        good().column(column("a", "TEXT").collate("")),
        "the collation of `a` is empty",
    );
    refused(
        good().column(column("a", "INT").generated_sql(" ")),
        "the expression of `a`",
    );
    let empty = key(["name"]).named("live").filter("");
    refused(good().unique_key(empty), "the filter of `live` is empty");
    refused(good().fillfactor(9), "between 10 and 100 percent, not 9");
}

pub(crate) async fn roles_that_contradict_each_other_are_refused(_: Site) {
    let a = || column("a", "BIGINT");
    let with = |column: DescribeColumn| good().column(column);
    let as_key = |column: DescribeColumn| with(column).primary_key(["a"]);
    refused(
        as_key(a().auto().default_sql("1")),
        "`auto` and `default` of `a` contradict",
    );
    refused(
        as_key(a().auto().generated_sql("1")),
        "`auto` and `generated`",
    );
    refused(
        with(a().generated_sql("1").default_sql("1")),
        "`generated` and `default`",
    );
    refused(
        with(a().generated_sql("1").insert_only()),
        "`generated` and `insert_only`",
    );
    refused(
        as_key(a().generated_sql("1")),
        "`generated` and `primary_key`",
    );
    refused(as_key(a().insert_only()), "`primary_key` and `insert_only`");
    refused(with(a().auto()), "only a primary key of one column");
    let text = with(column("a", "TEXT").auto()).primary_key(["a"]);
    refused(text, "its type is an integer, not `TEXT`");
    as_key(a().auto())
        .build()
        .expect("a description without mistakes");

    let points = || a().references("things", "id");
    refused(
        with(a().on_delete(ForeignKeyAction::Cascade)),
        "`on_delete` of `a`",
    );
    refused(
        with(a().on_update(ForeignKeyAction::Cascade)),
        "`on_update` of `a`",
    );
    refused(
        with(points().on_delete(ForeignKeyAction::SetNull)),
        "`a` is never `NULL`",
    );
    let nowhere = with(a().references("things", "di"));
    refused(
        nowhere,
        "`a` points to `di`, which is no column of `things`",
    );
    with(points())
        .build()
        .expect("a description without mistakes");
}

pub(crate) async fn foreign_keys_of_several_columns_that_say_nonsense_are_refused(_: Site) {
    let columns = || {
        good()
            .column(column("a", "BIGINT"))
            .column(column("b", "BIGINT").nullable())
    };
    let with = |key: DescribeForeignKey| columns().foreign_key(key);
    let points = || foreign_key(["a", "b"], "others", ["c", "d"]);
    refused(
        with(foreign_key(["a", "z"], "others", ["c", "d"])),
        "a foreign key names `z`, which is no column",
    );
    refused(
        with(foreign_key(["a", "a"], "others", ["c", "d"])),
        "a foreign key names `a` twice",
    );
    refused(
        with(foreign_key(["a", "b"], "others", ["c"])),
        "the foreign key of `a`, `b` points to 1 columns of `others`, and it has 2 of its own",
    );
    let none: [&str; 0] = [];
    refused(
        with(foreign_key(none, "others", none)),
        "a foreign key names no column",
    );
    refused(
        with(points().on_delete(ForeignKeyAction::SetNull)),
        "`a` is never `NULL`",
    );
    refused(
        with(foreign_key(["a", "b"], "things", ["id", "a"])),
        "those columns together unique",
    );
    refused(
        with(foreign_key(["a", "b"], "", ["c", "d"])),
        "the name of the table is empty",
    );
    refused(
        with(points().in_schema("")),
        "the name of the schema is empty",
    );
    refused(
        with(points()).foreign_key(points()),
        "a foreign key and another constraint are called `things_a_b_fkey`",
    );
    with(points())
        .foreign_key(points().named("again"))
        .build()
        .expect("a description without mistakes");
}

/// Values of every kind that the checks tell apart.
fn typed() -> Table {
    Table::new("typed")
        .column(column("id", "BIGINT"))
        .column(column("yes", "BOOLEAN").nullable())
        .column(column("real", "DOUBLE PRECISION").nullable())
        .column(column("bytes", "BYTEA").nullable())
        .column(column("text", "TEXT").nullable())
        .column(column("at", "TIMESTAMPTZ").nullable())
        .column(column("twice", "BIGINT").generated_sql("id * 2"))
        .primary_key(["id"])
        .unique_key(key(["text"]).nulls_distinct().deferrable())
        .unique_key(key(["text"]).named("lower").expression("lower(text)"))
        .unique_key(
            key(["real"])
                .named("positive")
                .filter("id > 0")
                .nulls_distinct(),
        )
        .build()
        .expect("a description without mistakes")
}

pub(crate) async fn rows_that_do_not_fit_are_refused(site: Site) {
    // There is no such table: an error that spoke of it would have been sent.
    let db = orm::connect(site.url()).await.expect("a database");
    let table = typed();
    let row = |name: &'static str, value: Value| {
        table
            .upsert([("id", Value::from(1)), (name, value)])
            .on_conflict(["id"])
    };
    let all = |name, value| row(name, value).update_all();
    let text = || Value::from("a");
    let nothing = || Value::Null;
    let cases: Vec<(Upsert, &str)> = vec![
        (all("nothing", text()), "there is no column `nothing`"),
        (all("id", 2.into()), "the row supplies `id` twice"),
        (
            all("twice", 2.into()),
            "`twice` is computed and cannot be supplied",
        ),
        (
            all("yes", 1.into()),
            "`yes` is of type `BOOLEAN` and cannot hold a whole number",
        ),
        (all("real", text()), "cannot hold a text"),
        (all("bytes", text()), "cannot hold a text"),
        (
            table.upsert([("id", text())]),
            "`id` is of type `BIGINT` and cannot hold a text",
        ),
        (
            all("real", 1.5.into()).keep_newest("real"),
            "cannot tell which of two rows is newer",
        ),
        (
            all("text", text()).keep_newest("text"),
            "cannot tell which of two rows is newer",
        ),
        (
            all("yes", nothing()).keep_newest("yes"),
            "cannot tell which of two rows is newer",
        ),
        (
            all("text", nothing()).keep_newest("text"),
            "cannot tell which of two rows is newer",
        ),
        (
            row("at", nothing()).do_nothing().keep_newest("at"),
            "guards an update",
        ),
        (
            all("at", nothing()).keep_newest("at").keep_newest("at"),
            "a version already",
        ),
        (all("at", nothing()).do_nothing(), "an action already"),
        (
            all("at", nothing()).keep_newest("id"),
            "cannot update the column `id`",
        ),
        (
            row("text", text()).on_conflict(["text"]).do_nothing(),
            "a deferrable key",
        ),
        (
            row("real", 1.5.into()).on_conflict(["real"]).do_nothing(),
            "not a unique key",
        ),
        (
            row("real", 1.5.into()).on_conflict_key("negative"),
            "no unique key `negative`",
        ),
        (
            all("at", nothing()).on_conflict_key("lower"),
            "does not supply `text`",
        ),
    ];
    for (mistaken, sentence) in cases {
        let error = mistaken.execute(&db).await.expect_err(sentence);
        let said = error.to_string();
        assert_eq!(error.kind(), ErrorKind::Statement, "{said}");
        assert!(said.contains(sentence), "expected `{sentence}`: {said}");
    }
    let rows = [vec![1.into(), Value::Null], vec![2.into(), text()]];
    let many = table
        .upsert_many(["id", "real"], &rows)
        .on_conflict(["id"])
        .update_all();
    let error = many.execute(&db).await.expect_err("a text is no number");
    assert!(error.to_string().contains("cannot hold a text"), "{error}");
}

pub(crate) async fn everything_described_is_made(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    let table = Table::new("things")
        .column(column("id", "BIGINT").auto())
        .column(column("name", "TEXT").collate(if db.sqlite().is_some() { "NOCASE" } else { "C" }))
        .column(
            column("parent", "BIGINT")
                .nullable()
                .references("things", "id")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .column(
            column(
                "made",
                if db.sqlite().is_some() {
                    "TEXT"
                } else {
                    "TIMESTAMPTZ"
                },
            )
            .default_now()
            .insert_only(),
        )
        .column(
            column("twice", "BIGINT")
                .nullable()
                .generated_sql("parent * 2"),
        )
        .primary_key(["id"])
        .unique_key(key(["name"]).named("lower_name").expression("lower(name)"))
        .unique_key(
            key(["parent"])
                .named("parents")
                .filter("parent > 0")
                .nulls_distinct(),
        )
        .index("by_parent", ["parent", "name"])
        .check("named", "name <> ''")
        .fillfactor(70)
        .build()
        .expect("a description without mistakes");
    for _ in 0..2 {
        table.create(&db).await.expect("a table");
    }
    table.verify(&db).await.expect("it is what was described");
    let name = |name: &str| [("name", Value::from(name))];
    let upsert = |name| {
        table
            .upsert(name)
            .on_conflict_key("lower_name")
            .do_nothing()
    };
    assert_eq!(
        upsert(name("Ann")).execute(&db).await.expect("an upsert"),
        1
    );
    assert_eq!(
        upsert(name("ANN")).execute(&db).await.expect("an upsert"),
        0
    );
    let error = upsert(name("")).execute(&db).await.expect_err("the check");
    assert_eq!(error.kind(), ErrorKind::CheckViolation);
    let child = [("name", Value::from("Bob")), ("parent", Value::from(7))];
    let error = table.upsert(child).on_conflict_key("parents").do_nothing();
    let error = error.execute(&db).await.expect_err("nobody to point to");
    assert_eq!(error.kind(), ErrorKind::ForeignKeyViolation);
}
