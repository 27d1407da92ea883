//! Queries and changes of one table.

use chrono::{DateTime, TimeZone, Utc};
use expect_test::expect;
use orm::{Expr, prelude::*};

use super::{Quoted, User, check};

fn day() -> DateTime<Utc> {
    Utc.timestamp_opt(0, 0).single().expect("a time")
}

/// What stands behind a word, a line for each text.
fn behind(word: &str, texts: &[String]) -> String {
    let behind = |text: &String| text.split_once(word).map(|(_, it)| format!("\n  {it}"));
    texts.iter().filter_map(behind).collect()
}

/// The conditions of filters.
macro_rules! conditions {
    ($($filter:expr),+; $expected:expr) => {{
        let postgres = [$(User::select().filter($filter).to_sql::<Postgres>()),+];
        let sqlite = [$(User::select().filter($filter).to_sql::<Sqlite>()),+];
        check(&behind(" WHERE ", &postgres), &behind(" WHERE ", &sqlite), &$expected);
    }};
}

/// What is selected from users.
macro_rules! selected {
    ($($columns:expr),+; $expected:expr) => {{
        let postgres = [$(User::select().columns($columns).to_sql::<Postgres>()),+];
        let sqlite = [$(User::select().columns($columns).to_sql::<Sqlite>()),+];
        check(&behind("SELECT ", &postgres), &behind("SELECT ", &sqlite), &$expected);
    }};
}

/// Whole statements.
macro_rules! statements {
    ($($statement:expr),+; $expected:expr) => {{
        let postgres = [$($statement.to_sql::<Postgres>()),+];
        let sqlite = [$($statement.to_sql::<Sqlite>()),+];
        check(&behind("", &postgres), &behind("", &sqlite), &$expected);
    }};
}

#[test]
fn comparisons() {
    conditions!(
        User::NICK.ilike("A%"),
        User::NICK.like_escaped("A\\_%"),
        User::NICK.ilike_escaped("A\\_%"),
        User::NICK.starts_with("a_"),
        User::NICK.ends_with("%"),
        User::NICK.contains("b"),
        User::TEAM.in_([1, 2]),
        User::TEAM.not_in(Vec::<i32>::new()),
        User::NICK.in_(["a", "b"]).and(User::TEAM.between(1, 3)),
        User::SCORE.is_distinct_from(3),
        User::SCORE.is_not_distinct_from(User::VERSION),
        User::PHONE.is_not_null().or(!User::NICK.eq(User::EMAIL));
        expect![[r#"
            PostgreSQL: 
              "nick" ILIKE $1
              ("nick" LIKE $1)
              ("nick" ILIKE $1)
              starts_with("nick", $1)
              starts_with(reverse("nick"), reverse($1))
              (strpos("nick", $1) > 0)
              "team" = ANY ($1::INT4[])
              NOT (FALSE)
              "nick" = ANY ($1::TEXT[]) AND "team" BETWEEN $2 AND $3
              "score" IS DISTINCT FROM $1
              NOT ("score" IS DISTINCT FROM "version")
              NOT ("phone" IS NULL) OR NOT ("nick" = "email")
            SQLite:     
              "nick" LIKE ?1
              ("nick" GLOB ?1)
              ("nick" LIKE ?1 ESCAPE '\')
              (instr("nick", ?1) = 1)
              (?1 = '' OR substr("nick", -length(?1)) = ?1)
              (instr("nick", ?1) > 0)
              "team" IN (?1, ?2)
              NOT (FALSE)
              "nick" IN (?1, ?2) AND "team" BETWEEN ?3 AND ?4
              "score" IS NOT ?1
              NOT ("score" IS NOT "version")
              NOT ("phone" IS NULL) OR NOT ("nick" = "email")
        "#]]
    );
}

#[test]
fn computing() {
    conditions!(
        (User::VERSION + 1).gt(User::SCORE),
        (User::VERSION * User::VERSION - User::SCORE).le(7),
        User::NICK.lower().eq("a"),
        User::NICK.trim().length().abs().lt(3),
        User::NICK.concat("@").concat(User::EMAIL).upper().ne("X"),
        User::SCORE.coalesce(0).ge(1),
        User::TEAM.cast::<String>().eq("1"),
        User::CREATED_AT.month().eq(2).and(User::CREATED_AT.hour().lt(12)),
        User::DELETED_AT.year().coalesce(User::CREATED_AT.year()).eq(2026),
        orm::func!("nullif"(User::NICK, "") -> Option<String>).is_null(),
        Expr::<User, i64>::raw("1 + 1").eq(2);
        expect![[r#"
            PostgreSQL: 
              ("version" + $1) > "score"
              (("version" * "version") - "score") <= $1
              lower("nick") = $1
              abs(length(btrim("nick"))::INT8) < $1
              upper((("nick" || $1) || "email")) <> $2
              COALESCE("score", $1) >= $2
              CAST("team" AS TEXT) = $1
              extract(MONTH FROM "created_at" AT TIME ZONE 'UTC')::INT8 = $1 AND extract(HOUR FROM "created_at" AT TIME ZONE 'UTC')::INT8 < $2
              COALESCE(extract(YEAR FROM "deleted_at" AT TIME ZONE 'UTC')::INT8, extract(YEAR FROM "created_at" AT TIME ZONE 'UTC')::INT8) = $1
              nullif("nick", $1) IS NULL
              (1 + 1) = $1
            SQLite:     
              ("version" + ?1) > "score"
              (("version" * "version") - "score") <= ?1
              lower("nick") = ?1
              abs(length(trim("nick"))) < ?1
              upper((("nick" || ?1) || "email")) <> ?2
              COALESCE("score", ?1) >= ?2
              CAST("team" AS TEXT) = ?1
              CAST(strftime('%m', "created_at") AS INTEGER) = ?1 AND CAST(strftime('%H', "created_at") AS INTEGER) < ?2
              COALESCE(CAST(strftime('%Y', "deleted_at") AS INTEGER), CAST(strftime('%Y', "created_at") AS INTEGER)) = ?1
              nullif("nick", ?1) IS NULL
              (1 + 1) = ?1
        "#]]
    );
}

#[test]
fn projections() {
    selected!(
        User::ID,
        (User::ID, User::NICK.upper(), User::SCORE.coalesce(7)),
        orm::case(User::TEAM.eq(1), "one")
            .when(User::TEAM.eq(2).or(User::NICK.eq("b")), User::NICK)
            .otherwise("many");
        expect![[r#"
            PostgreSQL: 
              "id" FROM "users"
              "id", upper("nick"), COALESCE("score", $1) FROM "users"
              CASE WHEN "team" = $1 THEN $2 WHEN "team" = $3 OR "nick" = $4 THEN "nick" ELSE $5 END FROM "users"
            SQLite:     
              "id" FROM "users"
              "id", upper("nick"), COALESCE("score", ?1) FROM "users"
              CASE WHEN "team" = ?1 THEN ?2 WHEN "team" = ?3 OR "nick" = ?4 THEN "nick" ELSE ?5 END FROM "users"
        "#]]
    );
}

#[test]
fn groups() {
    statements!(
        User::select()
            .filter(User::TEAM.gt(0))
            .group_by((User::TEAM, User::CREATED_AT.month()))
            .having(User::SCORE.max().gt(10).and(orm::count_all().gt(1)))
            .columns(|(team, month)| (
                team,
                month,
                User::SCORE.sum(),
                User::SCORE.avg().filter(User::NICK.eq("a")),
                User::NICK.count_distinct(),
            ))
            .order_by(User::SCORE.min().desc().nulls_last())
            .limit(3),
        User::select().aggregate((orm::count_all(), User::VERSION.sum(), User::CREATED_AT.max())),
        User::select()
            .group_by(User::SCORE.coalesce(0))
            .columns(|score| (score.clone(), score * 2, orm::count_all()))
            .order_by(User::SCORE.coalesce(1).sum().desc());
        expect![[r#"
            PostgreSQL: 
              SELECT "team", extract(MONTH FROM "created_at" AT TIME ZONE 'UTC')::INT8, CAST(sum("score") AS INT8), CAST(avg("score") FILTER (WHERE "nick" = $1) AS FLOAT8), count(DISTINCT "nick") FROM "users" WHERE "team" > $2 GROUP BY "team", extract(MONTH FROM "created_at" AT TIME ZONE 'UTC')::INT8 HAVING max("score") > $3 AND count(*) > $4 ORDER BY min("score") DESC NULLS LAST LIMIT $5
              SELECT count(*), CAST(sum("version") AS INT8), max("created_at") FROM "users"
              SELECT COALESCE("score", $1), COALESCE("score", $1) * $2, count(*) FROM "users" GROUP BY COALESCE("score", $1) ORDER BY CAST(sum(COALESCE("score", $3)) AS INT8) DESC
            SQLite:     
              SELECT "team", CAST(strftime('%m', "created_at") AS INTEGER), sum("score"), avg("score") FILTER (WHERE "nick" = ?1), count(DISTINCT "nick") FROM "users" WHERE "team" > ?2 GROUP BY "team", CAST(strftime('%m', "created_at") AS INTEGER) HAVING max("score") > ?3 AND count(*) > ?4 ORDER BY min("score") DESC NULLS LAST LIMIT ?5
              SELECT count(*), sum("version"), max("created_at") FROM "users"
              SELECT COALESCE("score", ?1), COALESCE("score", ?1) * ?2, count(*) FROM "users" GROUP BY COALESCE("score", ?1) ORDER BY sum(COALESCE("score", ?3)) DESC
        "#]]
    );
}

#[test]
fn shapes_of_queries() {
    statements!(
        User::select().order_by(User::ID).limit(5).offset(10),
        User::select().offset(10),
        User::select().columns(User::TEAM).distinct(),
        User::select()
            .filter(User::NICK.ne("x"))
            .distinct_on(User::TEAM)
            .order_by(User::CREATED_AT.desc().nulls_last())
            .limit(2),
        User::select()
            .distinct_on(User::TEAM)
            .order_by(User::SCORE.coalesce(0).desc()),
        User::select().filter(User::ID.eq(1)).for_update().skip_locked(),
        User::select().for_share().nowait();
        expect![[r#"
            PostgreSQL: 
              SELECT "id", "email", "team", "nick", "score", "phone", "version", "created_at", "deleted_at" FROM "users" ORDER BY "id" LIMIT $1 OFFSET $2
              SELECT "id", "email", "team", "nick", "score", "phone", "version", "created_at", "deleted_at" FROM "users" OFFSET $1
              SELECT DISTINCT "team" FROM "users"
              SELECT DISTINCT ON ("team") "id", "email", "team", "nick", "score", "phone", "version", "created_at", "deleted_at" FROM "users" WHERE "nick" <> $1 ORDER BY "team", "created_at" DESC NULLS LAST LIMIT $2
              SELECT DISTINCT ON ("team") "id", "email", "team", "nick", "score", "phone", "version", "created_at", "deleted_at" FROM "users" ORDER BY "team", COALESCE("score", $1) DESC
              SELECT "id", "email", "team", "nick", "score", "phone", "version", "created_at", "deleted_at" FROM "users" WHERE "id" = $1 FOR UPDATE SKIP LOCKED
              SELECT "id", "email", "team", "nick", "score", "phone", "version", "created_at", "deleted_at" FROM "users" FOR SHARE NOWAIT
            SQLite:     
              SELECT "id", "email", "team", "nick", "score", "phone", "version", "created_at", "deleted_at" FROM "users" ORDER BY "id" LIMIT ?1 OFFSET ?2
              SELECT "id", "email", "team", "nick", "score", "phone", "version", "created_at", "deleted_at" FROM "users" LIMIT -1 OFFSET ?1
              SELECT DISTINCT "team" FROM "users"
              SELECT "id", "email", "team", "nick", "score", "phone", "version", "created_at", "deleted_at" FROM (SELECT *, row_number() OVER (PARTITION BY "team" ORDER BY "created_at" DESC NULLS LAST) AS " place" FROM "users" WHERE "nick" <> ?1) AS " numbered" WHERE " place" = 1 ORDER BY "team", "created_at" DESC NULLS LAST LIMIT ?2
              SELECT "id", "email", "team", "nick", "score", "phone", "version", "created_at", "deleted_at" FROM (SELECT *, row_number() OVER (PARTITION BY "team" ORDER BY COALESCE("score", ?1) DESC) AS " place" FROM "users") AS " numbered" WHERE " place" = 1 ORDER BY "team", COALESCE("score", ?1) DESC
              SELECT "id", "email", "team", "nick", "score", "phone", "version", "created_at", "deleted_at" FROM "users" WHERE "id" = ?1
              SELECT "id", "email", "team", "nick", "score", "phone", "version", "created_at", "deleted_at" FROM "users"
        "#]]
    );
}

#[test]
fn updates() {
    statements!(
        User::update().set(User::NICK, "b").set(User::SCORE, None).filter(User::ID.eq(1)),
        User::update()
            .set_with(User::VERSION, |old| old.version + 1)
            .set_with(User::NICK, |old| old.nick.upper().concat("!"))
            .filter(User::CREATED_AT.lt(day()))
            .filter(User::TEAM.in_([1])),
        User::update().set(User::TEAM, 0).all_rows();
        expect![[r#"
            PostgreSQL: 
              UPDATE "users" SET "nick" = $1, "score" = $2 WHERE "id" = $3
              UPDATE "users" SET "version" = "users"."version" + $1, "nick" = (upper("users"."nick") || $2) WHERE "created_at" < $3 AND "team" = ANY ($4::INT4[])
              UPDATE "users" SET "team" = $1
            SQLite:     
              UPDATE "users" SET "nick" = ?1, "score" = ?2 WHERE "id" = ?3
              UPDATE "users" SET "version" = "users"."version" + ?1, "nick" = (upper("users"."nick") || ?2) WHERE "created_at" < ?3 AND "team" IN (?4)
              UPDATE "users" SET "team" = ?1
        "#]]
    );
}

#[test]
fn deletes() {
    statements!(
        User::delete().filter(User::ID.eq(1)),
        User::delete().all_rows();
        expect![[r#"
            PostgreSQL: 
              DELETE FROM "users" WHERE "id" = $1
              DELETE FROM "users"
            SQLite:     
              DELETE FROM "users" WHERE "id" = ?1
              DELETE FROM "users"
        "#]]
    );
}

#[test]
fn one_row_by_its_key() {
    let user = User {
        id: 1,
        email: "ann".to_owned(),
        team: 1,
        nick: "a".to_owned(),
        score: None,
        phone: None,
        version: 1,
        created_at: day(),
        deleted_at: None,
    };
    statements!(
        user.save(),
        user.delete_row();
        expect![[r#"
            PostgreSQL: 
              UPDATE "users" SET "email" = $2, "team" = $3, "nick" = $4, "score" = $5, "phone" = $6, "version" = $7, "deleted_at" = $8 WHERE "id" = $1
              DELETE FROM "users" WHERE "id" = $1
            SQLite:     
              UPDATE "users" SET "email" = ?2, "team" = ?3, "nick" = ?4, "score" = ?5, "phone" = ?6, "version" = ?7, "deleted_at" = ?8 WHERE "id" = ?1
              DELETE FROM "users" WHERE "id" = ?1
        "#]]
    );
}

#[test]
fn sql_of_ones_own() {
    let (email, teams) = ("ann", 7);
    statements!(
        orm::sql!("SELECT {User.*} FROM {User} AS u WHERE u.{User::EMAIL} = {email} AND {User::TEAM} < {teams + 1}"),
        orm::sql!("SELECT '{{}}'"),
        orm::sql!("SELECT u.{User::EMAIL}, {User::ID} FROM {User} AS u, {Quoted}"),
        orm::sql!("SELECT {u: User::EMAIL}, {p: Quoted.*}, q.{Quoted.*}, \"r\".{Quoted.*}, {\"s\": Quoted::ID} FROM {User}, {Quoted} FOR UPDATE"),
        orm::sql!("INSERT INTO {Quoted} ({Quoted::ID}) SELECT {u: User::ID} FROM {User} AS u"),
        orm::sql!("SELECT {User::ID} FROM {User} AS a, {User} AS b");
        expect![[r#"
            PostgreSQL: 
              SELECT "id", "email", "team", "nick", "score", "phone", "version", "created_at", "deleted_at" FROM "users" AS u WHERE u."email" = $1 AND "team" < $2
              SELECT '{}'
              SELECT u."email", "users"."id" FROM "users" AS u, "a ""b""; --"
              SELECT u."email", p."select", p."x""y", q."select", q."x""y", "r"."select", "r"."x""y", "s"."select" FROM "users", "a ""b""; --" FOR UPDATE
              INSERT INTO "a ""b""; --" ("select") SELECT u."id" FROM "users" AS u
              SELECT "id" FROM "users" AS a, "users" AS b
            SQLite:     
              SELECT "id", "email", "team", "nick", "score", "phone", "version", "created_at", "deleted_at" FROM "users" AS u WHERE u."email" = ?1 AND "team" < ?2
              SELECT '{}'
              SELECT u."email", "users"."id" FROM "users" AS u, "a ""b""; --"
              SELECT u."email", p."select", p."x""y", q."select", q."x""y", "r"."select", "r"."x""y", "s"."select" FROM "users", "a ""b""; --" FOR UPDATE
              INSERT INTO "a ""b""; --" ("select") SELECT u."id" FROM "users" AS u
              SELECT "id" FROM "users" AS a, "users" AS b
        "#]]
    );
}
