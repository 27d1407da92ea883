//! The text of every statement, on both databases side by side.
//!
//! `UPDATE_EXPECT=1 cargo test -p orm-tests --test sql` writes what is sent now; read the difference.

use chrono::{DateTime, Utc};
use expect_test::{Expect, expect};
use orm::prelude::*;

mod joins;
mod query;

#[derive(Table)]
#[table(insert = NewUser)]
#[table(unique(team, nick))]
#[table(unique(
    name = "users_active_phone",
    columns(phone),
    filter = "deleted_at IS NULL",
    nulls_distinct
))]
#[table(unique(name = "users_email_folded", columns(email), expr = "lower(email)"))]
struct User {
    #[column(primary_key, auto)]
    id: i64,
    #[column(unique)]
    email: String,
    team: i32,
    nick: String,
    score: Option<i64>,
    phone: Option<String>,
    version: i64,
    #[column(default = now, insert_only)]
    created_at: DateTime<Utc>,
    deleted_at: Option<DateTime<Utc>>,
}

#[derive(Insert)]
#[insert(table = User)]
struct Thin<'a> {
    email: &'a str,
    team: i32,
    nick: &'a str,
    version: i64,
}

const THIN: Thin<'static> = Thin {
    email: "ann",
    team: 1,
    nick: "a",
    version: 1,
};

/// A name that is SQL itself.
#[derive(Table)]
#[table(name = "a \"b\"; --")]
struct Quoted {
    #[column(primary_key, name = "select")]
    id: i64,
    #[column(name = "x\"y")]
    value: i64,
}

#[track_caller]
fn check(postgres: &str, sqlite: &str, expected: &Expect) {
    expected.assert_eq(&format!("PostgreSQL: {postgres}\nSQLite:     {sqlite}\n"));
}

/// Renders a statement for both.
macro_rules! both {
    ($statement:expr, $expected:expr) => {
        check(
            &$statement.to_sql::<Postgres>(),
            &$statement.to_sql::<Sqlite>(),
            &$expected,
        )
    };
}

#[test]
fn insert() {
    both!(
        THIN.insert(),
        expect![[r#"
        PostgreSQL: INSERT INTO "users" ("email", "team", "nick", "version") VALUES ($1, $2, $3, $4)
        SQLite:     INSERT INTO "users" ("email", "team", "nick", "version") VALUES (?1, ?2, ?3, ?4)
    "#]]
    );
}

#[test]
fn upsert_of_some_columns() {
    both!(
        THIN.upsert()
            .on_conflict(User::EMAIL)
            .update((User::NICK, User::VERSION)),
        expect![[r#"
            PostgreSQL: INSERT INTO "users" ("email", "team", "nick", "version") VALUES ($1, $2, $3, $4) ON CONFLICT ("email") DO UPDATE SET "nick" = excluded."nick", "version" = excluded."version"
            SQLite:     INSERT INTO "users" ("email", "team", "nick", "version") VALUES (?1, ?2, ?3, ?4) ON CONFLICT ("email") DO UPDATE SET "nick" = excluded."nick", "version" = excluded."version"
        "#]]
    );
}

#[test]
fn upsert_of_all_columns() {
    both!(
        THIN.upsert().on_conflict(User::EMAIL).update_all(),
        expect![[r#"
            PostgreSQL: INSERT INTO "users" ("email", "team", "nick", "version") VALUES ($1, $2, $3, $4) ON CONFLICT ("email") DO UPDATE SET "team" = excluded."team", "nick" = excluded."nick", "version" = excluded."version"
            SQLite:     INSERT INTO "users" ("email", "team", "nick", "version") VALUES (?1, ?2, ?3, ?4) ON CONFLICT ("email") DO UPDATE SET "team" = excluded."team", "nick" = excluded."nick", "version" = excluded."version"
        "#]]
    );
}

#[test]
fn upsert_on_a_composite_key_named_the_other_way_round() {
    both!(
        THIN.upsert()
            .on_conflict((User::NICK, User::TEAM))
            .update_all(),
        expect![[r#"
            PostgreSQL: INSERT INTO "users" ("email", "team", "nick", "version") VALUES ($1, $2, $3, $4) ON CONFLICT ("team", "nick") DO UPDATE SET "email" = excluded."email", "version" = excluded."version"
            SQLite:     INSERT INTO "users" ("email", "team", "nick", "version") VALUES (?1, ?2, ?3, ?4) ON CONFLICT ("team", "nick") DO UPDATE SET "email" = excluded."email", "version" = excluded."version"
        "#]]
    );
}

#[test]
fn upsert_on_a_key_with_an_expression() {
    both!(
        THIN.upsert()
            .on_conflict(User::USERS_EMAIL_FOLDED)
            .do_nothing(),
        expect![[r#"
            PostgreSQL: INSERT INTO "users" ("email", "team", "nick", "version") VALUES ($1, $2, $3, $4) ON CONFLICT ((lower(email))) DO NOTHING
            SQLite:     INSERT INTO "users" ("email", "team", "nick", "version") VALUES (?1, ?2, ?3, ?4) ON CONFLICT ((lower(email))) DO NOTHING
        "#]]
    );
}

#[test]
fn upsert_on_a_partial_key() {
    let record = NewUser {
        email: String::new(),
        team: 1,
        nick: String::new(),
        score: None,
        phone: None,
        version: 1,
        deleted_at: None,
    };
    both!(
        record
            .upsert()
            .on_conflict(User::USERS_ACTIVE_PHONE)
            .update(User::TEAM),
        expect![[r#"
            PostgreSQL: INSERT INTO "users" ("email", "team", "nick", "score", "phone", "version", "deleted_at") VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT ("phone") WHERE deleted_at IS NULL DO UPDATE SET "team" = excluded."team"
            SQLite:     INSERT INTO "users" ("email", "team", "nick", "score", "phone", "version", "deleted_at") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT ("phone") WHERE deleted_at IS NULL DO UPDATE SET "team" = excluded."team"
        "#]]
    );
}

#[test]
fn upsert_on_any_key_does_nothing() {
    both!(
        THIN.upsert().on_any_conflict().do_nothing(),
        expect![[r#"
        PostgreSQL: INSERT INTO "users" ("email", "team", "nick", "version") VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
        SQLite:     INSERT INTO "users" ("email", "team", "nick", "version") VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING
    "#]]
    );
}

#[test]
fn keep_newest_updates_its_version_too() {
    both!(
        THIN.upsert()
            .on_conflict(User::EMAIL)
            .update(User::NICK)
            .keep_newest(User::VERSION),
        expect![[r#"
            PostgreSQL: INSERT INTO "users" ("email", "team", "nick", "version") VALUES ($1, $2, $3, $4) ON CONFLICT ("email") DO UPDATE SET "nick" = excluded."nick", "version" = excluded."version" WHERE excluded."version" >= "users"."version"
            SQLite:     INSERT INTO "users" ("email", "team", "nick", "version") VALUES (?1, ?2, ?3, ?4) ON CONFLICT ("email") DO UPDATE SET "nick" = excluded."nick", "version" = excluded."version" WHERE excluded."version" >= "users"."version"
        "#]]
    );
}

#[test]
fn guards_are_joined() {
    both!(
        THIN.upsert()
            .on_conflict(User::EMAIL)
            .update(User::NICK)
            .keep_newest(User::VERSION)
            .where_(|old, new| old.nick.ne(new.nick).or(old.score.is_null()))
            .where_(|old, _| old.team.eq(7)),
        expect![[r#"
            PostgreSQL: INSERT INTO "users" ("email", "team", "nick", "version") VALUES ($1, $2, $3, $4) ON CONFLICT ("email") DO UPDATE SET "nick" = excluded."nick", "version" = excluded."version" WHERE excluded."version" >= "users"."version" AND ("users"."nick" <> excluded."nick" OR "users"."score" IS NULL) AND "users"."team" = $5
            SQLite:     INSERT INTO "users" ("email", "team", "nick", "version") VALUES (?1, ?2, ?3, ?4) ON CONFLICT ("email") DO UPDATE SET "nick" = excluded."nick", "version" = excluded."version" WHERE excluded."version" >= "users"."version" AND ("users"."nick" <> excluded."nick" OR "users"."score" IS NULL) AND "users"."team" = ?5
        "#]]
    );
}

#[test]
fn values_and_lists_of_closures_are_numbered_in_the_order_of_the_calls() {
    both!(
        THIN.upsert()
            .on_conflict(User::EMAIL)
            .update(User::NICK)
            .where_(|old, _| old.team.in_([7, 8, 9]).and(old.version.gt(1)))
            .set_with(User::SCORE, |old, _| old.score.coalesce(5))
            .where_(|old, _| old.version.lt(2)),
        expect![[r#"
            PostgreSQL: INSERT INTO "users" ("email", "team", "nick", "version") VALUES ($1, $2, $3, $4) ON CONFLICT ("email") DO UPDATE SET "nick" = excluded."nick", "score" = COALESCE("users"."score", $7) WHERE "users"."team" = ANY ($5::INT4[]) AND "users"."version" > $6 AND "users"."version" < $8
            SQLite:     INSERT INTO "users" ("email", "team", "nick", "version") VALUES (?1, ?2, ?3, ?4) ON CONFLICT ("email") DO UPDATE SET "nick" = excluded."nick", "score" = COALESCE("users"."score", ?9) WHERE "users"."team" IN (?5, ?6, ?7) AND "users"."version" > ?8 AND "users"."version" < ?10
        "#]]
    );
}

#[test]
fn find_by_each_kind_of_key() {
    both!(
        User::get(7),
        expect![[r#"
        PostgreSQL: SELECT "id", "email", "team", "nick", "score", "phone", "version", "created_at", "deleted_at" FROM "users" WHERE "id" = $1
        SQLite:     SELECT "id", "email", "team", "nick", "score", "phone", "version", "created_at", "deleted_at" FROM "users" WHERE "id" = ?1
    "#]]
    );
    both!(
        User::find((User::NICK, User::TEAM), ("a", 1)),
        expect![[r#"
            PostgreSQL: SELECT "id", "email", "team", "nick", "score", "phone", "version", "created_at", "deleted_at" FROM "users" WHERE "team" = $2 AND "nick" = $1
            SQLite:     SELECT "id", "email", "team", "nick", "score", "phone", "version", "created_at", "deleted_at" FROM "users" WHERE "team" = ?2 AND "nick" = ?1
        "#]]
    );
    both!(
        User::find(User::USERS_ACTIVE_PHONE, "1"),
        expect![[r#"
        PostgreSQL: SELECT "id", "email", "team", "nick", "score", "phone", "version", "created_at", "deleted_at" FROM "users" WHERE "phone" = $1 AND (deleted_at IS NULL)
        SQLite:     SELECT "id", "email", "team", "nick", "score", "phone", "version", "created_at", "deleted_at" FROM "users" WHERE "phone" = ?1 AND (deleted_at IS NULL)
    "#]]
    );
}

#[test]
fn select_with_everything() {
    both!(
        User::select()
            .filter(
                User::TEAM
                    .ge(1)
                    .and(User::NICK.like("a%").or(!User::SCORE.lt(3)))
            )
            .filter(User::DELETED_AT.is_null())
            .order_by((User::SCORE.desc(), User::ID))
            .limit(10),
        expect![[r#"
            PostgreSQL: SELECT "id", "email", "team", "nick", "score", "phone", "version", "created_at", "deleted_at" FROM "users" WHERE "team" >= $1 AND ("nick" LIKE $2 OR NOT ("score" < $3)) AND "deleted_at" IS NULL ORDER BY "score" DESC, "id" LIMIT $4
            SQLite:     SELECT "id", "email", "team", "nick", "score", "phone", "version", "created_at", "deleted_at" FROM "users" WHERE "team" >= ?1 AND ("nick" LIKE ?2 OR NOT ("score" < ?3)) AND "deleted_at" IS NULL ORDER BY "score" DESC, "id" LIMIT ?4
        "#]]
    );
}

#[test]
fn names_are_quoted() {
    both!(
        Quoted { id: 1, value: 2 }
            .upsert()
            .on_primary_key()
            .update_all(),
        expect![[r#"
            PostgreSQL: INSERT INTO "a ""b""; --" ("select", "x""y") VALUES ($1, $2) ON CONFLICT ("select") DO UPDATE SET "x""y" = excluded."x""y"
            SQLite:     INSERT INTO "a ""b""; --" ("select", "x""y") VALUES (?1, ?2) ON CONFLICT ("select") DO UPDATE SET "x""y" = excluded."x""y"
        "#]]
    );
    both!(
        Quoted::select().filter(Quoted::VALUE.gt(1)),
        expect![[r#"
        PostgreSQL: SELECT "select", "x""y" FROM "a ""b""; --" WHERE "x""y" > $1
        SQLite:     SELECT "select", "x""y" FROM "a ""b""; --" WHERE "x""y" > ?1
    "#]]
    );
}
