//! What is found is what was made.

use chrono::{DateTime, Utc};
use orm::migrate::{self, Declared, Schema};
use orm::prelude::*;
use orm_tests::{Backend, Site};

use super::{open, run};

#[derive(Table, Debug)]
#[table(name = "orgs")]
struct Org {
    #[column(primary_key, auto)]
    id: i64,
    #[column(unique)]
    name: String,
}

#[derive(Table, Debug)]
#[table(name = "members")]
#[table(unique(badge, nulls_distinct))]
#[table(index(joined_at, note))]
#[table(check(positive = "nr > 0"))]
#[expect(dead_code, reason = "only its schema is looked at")]
struct Member {
    #[column(primary_key, references = Org::ID, on_delete = cascade)]
    org: i64,
    #[column(primary_key)]
    nr: i32,
    badge: Option<String>,
    #[column(type = "VARCHAR(20)")]
    note: String,
    share: Option<f64>,
    #[column(default = "7")]
    grade: i16,
    joined_at: DateTime<Utc>,
    #[column(generated = "nr * 2")]
    doubled: i32,
}

pub(crate) async fn what_is_made_is_what_is_declared(site: Site) {
    let db = open(&site).await;
    let declared = if site.backend() == Backend::Sqlite {
        Declared::<Sqlite>::new()
            .with::<Member>()
            .with::<Org>()
            .schema()
    } else {
        Declared::<Postgres>::new()
            .with::<Member>()
            .with::<Org>()
            .schema()
    };
    let declared = declared.expect("a declaration that can be kept");
    orm::create_tables!(&db, Member, Org).await.expect("tables");
    let found = migrate::introspect(&db).await.expect("a schema");
    assert_eq!(found.to_string(), declared.to_string());
    assert_eq!(found, declared);
}

/// What is found in a database that this was done to.
async fn printed(site: &Site, script: &str) -> String {
    let db = open(site).await;
    run(&db, script).await.expect("a script without mistakes");
    let found = migrate::introspect(&db).await.expect("a schema");
    let printed = found.to_string();
    assert_eq!(printed.parse::<Schema>().expect("what is printed"), found);
    printed
}

pub(crate) async fn all_that_sqlite_has_is_found(site: Site) {
    let script = "
        CREATE TABLE parents (id INTEGER PRIMARY KEY AUTOINCREMENT, \"odd, \"\"name\" TEXT COLLATE NOCASE UNIQUE);
        CREATE TABLE children (a INT NOT NULL, b TEXT DEFAULT (lower('X,')) CONSTRAINT short CHECK (length(b) < 5),
            c AS (a + 1), d INT GENERATED ALWAYS AS (a * 2) STORED, p INTEGER REFERENCES parents
            ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED, PRIMARY KEY (b, a), CONSTRAINT pair UNIQUE (a, p),
            CHECK (a <> ')')) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX part ON children (lower(b) DESC, p) WHERE a > 7 AND b <> ' where ';
        CREATE VIEW seen AS SELECT * FROM parents;
        CREATE VIRTUAL TABLE words USING fts5(text);
        CREATE TABLE plain (id INTEGER PRIMARY KEY, x)";
    let script = script.replace("c AS (a + 1)", "c INT AS (a + 1)");
    assert_eq!(
        printed(&site, &script).await,
        "\
children check `a <> ')'`
children check short `length(b) < 5`
children column a `INT`
children column b `TEXT` default `lower('X,')`
children column c `INT` null computed `a + 1` virtual
children column d `INT` null computed `a * 2` stored
children column p `INTEGER` null
children foreign-key (p) references parents (id) on-delete set-null deferred
children index part unique (`lower(b) DESC`, p) where `a > 7 AND b <> ' where '`
children primary-key (b, a)
children table option `STRICT` option `WITHOUT ROWID`
children unique pair (a, p)
parents column \"odd, \\\"name\" `TEXT` null collate NOCASE
parents column id `INTEGER` identity autoincrement
parents primary-key (id)
parents table
parents unique (\"odd, \\\"name\")
plain column id `INTEGER` identity
plain column x `` null
plain primary-key (id)
plain table
"
    );
}

pub(crate) async fn all_that_postgres_has_is_found(site: Site) {
    let script = "
        CREATE TYPE mood AS ENUM ('so so', 'fine');
        CREATE TABLE parents (id INT GENERATED ALWAYS AS IDENTITY, name TEXT COLLATE \"C\",
            CONSTRAINT parents_key PRIMARY KEY (id) INCLUDE (name), UNIQUE (name) DEFERRABLE INITIALLY DEFERRED)
            WITH (fillfactor = 70);
        CREATE TABLE children (id BIGSERIAL, a NUMERIC(10, 2) NOT NULL, t TIMESTAMP(3) WITH TIME ZONE DEFAULT now(),
            m mood[], d TEXT GENERATED ALWAYS AS (a::text) STORED, parent INT,
            CONSTRAINT positive CHECK (a > 0),
            CONSTRAINT up FOREIGN KEY (parent) REFERENCES parents (id) ON UPDATE CASCADE ON DELETE SET NULL
                DEFERRABLE);
        ALTER TABLE children ADD CONSTRAINT later CHECK (a < 7) NOT VALID;
        CREATE INDEX parts ON children (lower(d) text_pattern_ops DESC, a NULLS FIRST, d COLLATE \"C\")
            INCLUDE (parent) WHERE a > 1;
        CREATE INDEX moods ON children USING gin (m);
        CREATE VIEW seen AS SELECT * FROM parents;
        CREATE TABLE many (id INT) PARTITION BY RANGE (id);
        CREATE TABLE few PARTITION OF many FOR VALUES FROM (0) TO (7)";
    assert_eq!(
        printed(&site, script).await,
        "\
children check later `a < (7)::numeric` not-valid
children check positive `a > (0)::numeric`
children column a `numeric(10,2)`
children column d `text` null computed `(a)::text` stored
children column id `bigint` default `nextval('children_id_seq'::regclass)`
children column m `mood[]` null
children column parent `integer` null
children column t `timestamp(3) with time zone` null default `now()`
children foreign-key up (parent) references parents (id) on-delete set-null on-update cascade deferrable
children index moods using gin (m)
children index parts (`lower(d) text_pattern_ops DESC`, `a NULLS FIRST`, `d COLLATE \"C\"`) include (parent) where `a > (1)::numeric`
children table
mood enum `so so` `fine`
parents column id `integer` identity always
parents column name `text` null collate C
parents primary-key parents_key (id) include (name)
parents table fillfactor 70
parents unique parents_name_key (name) deferred
"
    );
}

pub(crate) async fn nulls_that_are_equal_are_found(site: Site) {
    let script = "CREATE TABLE t (a INT, CONSTRAINT k UNIQUE NULLS NOT DISTINCT (a));
                  CREATE UNIQUE INDEX i ON t ((a + 1)) NULLS NOT DISTINCT";
    assert_eq!(
        printed(&site, script).await,
        "t column a `integer` null\nt index i unique (`(a + 1)`) nulls-not-distinct\nt table\n\
         t unique k (a) nulls-not-distinct\n"
    );
}

/// However many tables there are, the questions are as many as the kinds of facts.
pub(crate) async fn three_hundred_tables_are_read(site: Site) {
    let db = open(&site).await;
    let tables = (0..300).map(|n| {
        format!(
            "CREATE TABLE t{n} (id INTEGER PRIMARY KEY, a INTEGER, b TEXT);
             CREATE INDEX i{n} ON t{n} (b, a);"
        )
    });
    let script: Vec<String> = tables.collect();
    let script = script.concat();
    run(&db, &script).await.expect("tables");
    let found = migrate::introspect(&db).await.expect("a schema");
    assert_eq!(found.tables.len(), 300);
    assert!(found.tables.iter().all(|table| table.columns.len() == 3));
    assert!(found.tables.iter().all(|table| table.indexes.len() == 1));
}
