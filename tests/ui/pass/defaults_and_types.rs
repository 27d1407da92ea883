//! Defaults and types that are right, however they are written.

use orm::prelude::*;

#[derive(Table)]
struct Job {
    #[column(primary_key, auto, type = "INTEGER")]
    id: i32,
    #[column(default = "CURRENT_TIMESTAMP")]
    a: String,
    #[column(default(postgres = "now()", sqlite = "current_timestamp"))]
    b: String,
    #[column(default = "gen_random_uuid()")]
    c: String,
    #[column(default = "-1.5e3")]
    d: f64,
    #[column(default = "TRUE")]
    e: bool,
    #[column(default = "NULL")]
    f: Option<String>,
    #[column(default(postgres = "'{}'::jsonb", sqlite = "'{}'"))]
    g: String,
    #[column(default = "'it''s new'")]
    h: String,
    #[column(default = "'7'")]
    i: i64,
    #[column(default = "0x10")]
    j: i64,
    #[column(default = "not false and 1 is not null")]
    k: bool,
    #[column(default = "CURRENT_USER COLLATE nocase")]
    l: String,
    #[column(default = "CAST('1' AS INTEGER)")]
    m: i64,
    #[column(default(postgres = "ARRAY[]::text[]", sqlite = "'[]'"))]
    n: String,
    #[column(default = "E'a\\'b'")]
    o: String,
    #[column(default = "$$it's$$")]
    p: String,
    #[column(default(postgres = "DATE '2020-01-01'", sqlite = "'2020-01-01'"))]
    q: String,
    #[column(default(postgres = "pg_catalog.now()", sqlite = "1 + 2 * 3"))]
    r: i64,
    #[column(default = "''")]
    s: String,
    #[column(default = "10 - 3 - 1")]
    subtracted: i64,
    #[column(default = "'infinity'")]
    t: f64,
    #[column(type = "citext")]
    u: String,
    #[column(type = "Character Varying (20)")]
    v: String,
    #[column(type = "NUMERIC")]
    w: f64,
    #[column(type = "BIGINT")]
    x: bool,
    #[column(type = "my_domain")]
    y: i64,
    #[column(type = "uuid")]
    z: String,
}

fn main() {}
