//! What `create_tables!` makes, read back from the catalogue of the database.

use chrono::{DateTime, Utc};
use orm::prelude::*;
use orm::{Db, ErrorKind};
use orm_tests::{Backend, Site};

async fn open(site: &Site) -> Db {
    orm::connect(site.url()).await.expect("a database")
}

/// The rows of a query on either database, each a line.
async fn lines(db: &Db, postgres: &str, sqlite: &str) -> Vec<String> {
    let rows = match (db.postgres(), db.sqlite()) {
        (Some(pool), _) => {
            sqlx::query_scalar(sqlx::AssertSqlSafe(postgres))
                .fetch_all(pool)
                .await
        }
        (_, Some(pool)) => {
            sqlx::query_scalar(sqlx::AssertSqlSafe(sqlite))
                .fetch_all(pool)
                .await
        }
        _ => unreachable!("a database is one of the two"),
    };
    rows.expect("the catalogue can be read")
}

/// Two tables that point to each other, and one that points to itself and to both.
#[derive(Table, Debug)]
#[table(name = "makers")]
struct Maker {
    #[column(primary_key)]
    id: i64,
    #[column(references = Product::ID)]
    best_seller: Option<i64>,
}

#[derive(Table, Debug)]
#[table(name = "products")]
struct Product {
    #[column(primary_key)]
    id: i64,
    #[column(references = Maker::ID, on_delete = cascade)]
    maker: i64,
    #[column(references = Self::ID)]
    replaces: Option<i64>,
}

#[derive(Table, Debug)]
#[table(name = "reviews")]
struct Review {
    #[column(primary_key)]
    id: i64,
    #[column(references = Product::ID)]
    product: i64,
    #[column(references = Maker::ID)]
    answered_by: Option<i64>,
}

pub(crate) async fn tables_are_made_in_any_order_and_in_circles(site: Site) {
    let db = open(&site).await;
    for _ in 0..2 {
        orm::create_tables!(&db, Review, Maker, Product)
            .await
            .expect("the tables");
    }
    let keys = lines(
        &db,
        "SELECT conname || ': ' || pg_get_constraintdef(oid) FROM pg_constraint
         WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1",
        "SELECT m.name || '_' || f.\"from\" || '_fkey: FOREIGN KEY (' || f.\"from\" || ') REFERENCES '
                || f.\"table\" || '(' || f.\"to\" || ')'
                || CASE f.on_delete WHEN 'NO ACTION' THEN '' ELSE ' ON DELETE ' || f.on_delete END
         FROM sqlite_schema m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table' ORDER BY 1",
    );
    assert_eq!(
        keys.await,
        [
            "makers_best_seller_fkey: FOREIGN KEY (best_seller) REFERENCES products(id)",
            "products_maker_fkey: FOREIGN KEY (maker) REFERENCES makers(id) ON DELETE CASCADE",
            "products_replaces_fkey: FOREIGN KEY (replaces) REFERENCES products(id)",
            "reviews_answered_by_fkey: FOREIGN KEY (answered_by) REFERENCES makers(id)",
            "reviews_product_fkey: FOREIGN KEY (product) REFERENCES products(id)",
        ]
    );
    Maker {
        id: 1,
        best_seller: None,
    }
    .insert()
    .execute(&db)
    .await
    .expect("a maker");
    let orphan = Product {
        id: 7,
        maker: 2,
        replaces: None,
    };
    let refused = orphan
        .insert()
        .execute(&db)
        .await
        .expect_err("there is no such maker");
    assert_eq!(refused.kind(), ErrorKind::ForeignKeyViolation);
}

pub(crate) async fn a_table_pointed_to_has_to_be_there(site: Site) {
    let db = open(&site).await;
    let error = orm::create_tables!(&db, Review, Product)
        .await
        .expect_err("no makers");
    assert_eq!(
        (error.kind(), error.table()),
        (ErrorKind::Statement, Some("reviews"))
    );
    let said = error.to_string();
    let expected =
        "it references the table `makers`, which is neither made here nor in the database";
    assert!(said.contains(expected), "{said}");
    let tables = lines(
        &db,
        "SELECT relname::text FROM pg_class WHERE relnamespace = current_schema()::regnamespace",
        "SELECT name FROM sqlite_schema",
    );
    assert_eq!(tables.await, [""; 0], "nothing is half made");

    orm::create_tables!(&db, Maker, Product)
        .await
        .expect("a circle");
    orm::create_tables!(&db, Review)
        .await
        .expect("the others are there");
}

#[derive(sqlx::Type, orm::Enum, Debug, Clone, Copy, PartialEq)]
#[sqlx(type_name = "mood", rename_all = "kebab-case")]
enum Mood {
    QuiteSad,
    Ok,
    #[sqlx(rename = "so 'happy'")]
    Happy,
}

#[derive(Table, Debug, PartialEq)]
#[table(name = "moody_people")]
struct Person {
    #[column(primary_key)]
    name: String,
    mood: Mood,
    before: Option<Mood>,
}

pub(crate) async fn an_enum_is_made_with_the_labels_that_are_written(site: Site) {
    let db = open(&site).await;
    for _ in 0..2 {
        orm::create_tables!(&db, Person, Mood)
            .await
            .expect("the enum and the table");
    }
    let moods = [Mood::QuiteSad, Mood::Ok, Mood::Happy];
    for mood in moods {
        let person = Person {
            name: format!("{mood:?}"),
            mood,
            before: Some(mood),
        };
        let stored = person
            .upsert_on(Person::NAME)
            .fetch_one(&db)
            .await
            .expect("an upsert");
        assert_eq!(stored, person);
    }
    let labels = lines(
        &db,
        "SELECT enumlabel::text FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid
         WHERE t.typname = 'mood' AND t.typnamespace = current_schema()::regnamespace
         ORDER BY enumsortorder",
        "SELECT mood FROM moody_people ORDER BY rowid",
    );
    assert_eq!(labels.await, ["quite-sad", "ok", "so 'happy'"]);
}

#[derive(Table, Debug)]
#[table(schema = "making_apart", name = "aparts")]
struct Apart {
    #[column(primary_key, auto)]
    id: i64,
    #[column(unique)]
    name: String,
}

pub(crate) async fn a_schema_is_made(site: Site) {
    let db = open(&site).await;
    for _ in 0..2 {
        orm::create_tables!(&db, Apart)
            .await
            .expect("schema and table");
    }
    let apart = Apart {
        id: 1,
        name: "a".to_owned(),
    };
    let upsert = apart.upsert().on_conflict(Apart::NAME).do_nothing();
    assert_eq!(upsert.execute(&db).await.expect("an upsert"), 1);
    let drop = "DROP SCHEMA making_apart CASCADE";
    sqlx::query(drop)
        .execute(db.postgres().expect("a pool"))
        .await
        .expect("a drop");
}

/// Everything that can be said of columns, keys and indexes.
#[expect(clippy::duplicated_attributes, reason = "two keys are on one column")]
#[derive(Table, Debug)]
#[table(name = "all of \"it\"", fillfactor = 80)]
#[table(unique(group, place))]
#[table(unique(name = "open_code", columns(code), filter = "closed_at IS NULL"))]
#[table(unique(name = "code_ci", columns(code), expr = "lower(code)"))]
#[table(unique(name = "maybe_key", columns(maybe), nulls_distinct))]
#[table(index(place, name = "by_place", filter = "place > 0"))]
#[table(check(positive = "place >= 0"))]
struct All {
    #[column(primary_key, auto)]
    id: i64,
    group: i32,
    place: i32,
    #[column(type = "VARCHAR(20)")]
    code: String,
    maybe: Option<String>,
    #[column(default = "'new'")]
    state: String,
    #[column(default = now, insert_only)]
    created_at: DateTime<Utc>,
    closed_at: Option<DateTime<Utc>>,
    #[column(generated = "place * 2")]
    doubled: i32,
}

pub(crate) async fn the_catalogue_says_what_was_declared(site: Site) {
    let db = open(&site).await;
    for _ in 0..2 {
        orm::create_tables!(&db, All).await.expect("the table");
    }
    let columns = lines(
        &db,
        "SELECT a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
                || CASE a.attidentity WHEN 'd' THEN ' identity' ELSE '' END
                || CASE a.attgenerated WHEN 's' THEN ' generated ' ELSE
                   CASE WHEN d.oid IS NULL THEN '' ELSE ' default ' END END
                || COALESCE(pg_get_expr(d.adbin, d.adrelid), '')
         FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
         WHERE a.attrelid = '\"all of \"\"it\"\"\"'::regclass AND a.attnum > 0 ORDER BY a.attnum",
        "SELECT name || ' ' || type || CASE \"notnull\" WHEN 1 THEN ' not null' ELSE '' END
                || CASE hidden WHEN 3 THEN ' generated' ELSE '' END
                || COALESCE(' default ' || dflt_value, '')
         FROM pragma_table_xinfo('all of \"it\"') ORDER BY cid",
    );
    let columns = columns.await;
    let indexes = lines(
        &db,
        "SELECT regexp_replace(pg_get_indexdef(indexrelid), ' ON .* USING', ' USING')
         FROM pg_index WHERE indrelid = '\"all of \"\"it\"\"\"'::regclass ORDER BY 1",
        "SELECT COALESCE(sql, 'constraint of ' || (SELECT group_concat(name) FROM pragma_index_info(m.name)))
         FROM sqlite_schema m WHERE type = 'index' AND tbl_name = 'all of \"it\"' ORDER BY 1",
    );
    let indexes = indexes.await;
    if site.backend() == Backend::Sqlite {
        assert_eq!(
            columns,
            [
                "id INTEGER not null",
                "group INTEGER not null",
                "place INTEGER not null",
                "code VARCHAR(20) not null",
                "maybe TEXT",
                "state TEXT not null default 'new'",
                "created_at TEXT not null default replace(strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'), '.000+', '+')",
                "closed_at TEXT",
                "doubled INTEGER not null generated",
            ]
        );
        assert_eq!(
            indexes,
            [
                "CREATE INDEX \"by_place\" ON \"all of \"\"it\"\"\" (\"place\") WHERE place > 0",
                "CREATE UNIQUE INDEX \"code_ci\" ON \"all of \"\"it\"\"\" ((lower(code)))",
                "CREATE UNIQUE INDEX \"open_code\" ON \"all of \"\"it\"\"\" (\"code\") WHERE closed_at IS NULL",
                "constraint of group,place",
                "constraint of maybe",
            ]
        );
    } else {
        assert_eq!(
            columns,
            [
                "id bigint not null identity",
                "group integer not null",
                "place integer not null",
                "code character varying(20) not null",
                "maybe text",
                "state text not null default 'new'::text",
                "created_at timestamp with time zone not null default now()",
                "closed_at timestamp with time zone",
                "doubled integer not null generated (place * 2)",
            ]
        );
        assert_eq!(
            indexes,
            [
                "CREATE INDEX by_place USING btree (place) WHERE (place > 0)",
                "CREATE UNIQUE INDEX \"all of \"\"it\"\"_group_place_key\" USING btree (\"group\", place)",
                "CREATE UNIQUE INDEX \"all of \"\"it\"\"_pkey\" USING btree (id)",
                "CREATE UNIQUE INDEX code_ci USING btree (lower((code)::text))",
                "CREATE UNIQUE INDEX maybe_key USING btree (maybe)",
                "CREATE UNIQUE INDEX open_code USING btree (code) WHERE (closed_at IS NULL)",
            ]
        );
        let options = "SELECT unnest(reloptions) FROM pg_class WHERE relname = 'all of \"it\"'";
        assert_eq!(lines(&db, options, "").await, ["fillfactor=80"]);
    }
    every_key_is_a_target(&db).await;
}

async fn every_key_is_a_target(db: &Db) {
    let record = All {
        id: 1,
        group: 1,
        place: 1,
        code: "A".to_owned(),
        maybe: Some("m".to_owned()),
        state: "new".to_owned(),
        created_at: Utc::now(),
        closed_at: None,
        doubled: 0,
    };
    let written = [
        record
            .upsert()
            .on_primary_key()
            .update_all()
            .execute(db)
            .await,
        record
            .upsert()
            .on_conflict((All::PLACE, All::GROUP))
            .update(All::STATE)
            .execute(db)
            .await,
        record
            .upsert()
            .on_conflict(All::OPEN_CODE)
            .update(All::STATE)
            .execute(db)
            .await,
        record
            .upsert()
            .on_conflict(All::CODE_CI)
            .update(All::STATE)
            .execute(db)
            .await,
        record
            .upsert()
            .on_conflict(All::MAYBE_KEY)
            .update(All::STATE)
            .execute(db)
            .await,
    ];
    for written in written {
        assert_eq!(written.expect("the key is there"), 1);
    }
    let row = All::get(1).fetch_optional(db).await.expect("a look-up");
    assert_eq!(row.map(|row| row.doubled), Some(2));
}
