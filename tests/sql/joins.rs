//! Several tables in one statement.

use expect_test::expect;
use orm::prelude::*;
use orm::{exists, outer};

use super::check;

#[derive(Table)]
#[table(name = "people", schema = "crm")]
struct Person {
    #[column(primary_key)]
    id: i64,
    name: String,
    manager_id: Option<i64>,
}

#[derive(Table)]
#[table(schema = "blog")]
struct Post {
    #[column(primary_key)]
    id: i64,
    author_id: i64,
    editor_id: Option<i64>,
    score: i64,
}

/// Statements, a line for each.
macro_rules! statements {
    ($($statement:expr),+; $expected:expr) => {{
        let postgres = [$($statement.to_sql::<Postgres>()),+];
        let sqlite = [$($statement.to_sql::<Sqlite>()),+];
        let lines = |texts: &[String]| texts.iter().map(|text| format!("\n  {text}")).collect::<String>();
        check(&lines(&postgres), &lines(&sqlite), &$expected);
    }};
}

fn joined<DB: orm::Backend>() -> orm::Select<(Person, Post), DB> {
    Person::select().join_on::<Post>(Post::AUTHOR_ID.eq(Person::ID))
}

/// Of the person that the statement around is about.
fn posts<DB: orm::Backend>() -> orm::Select<Post, DB, Person> {
    Post::select().filter(Post::AUTHOR_ID.eq(outer(Person::ID)))
}

/// Who have written something that the person wrote too.
fn reports<DB: orm::Backend>() -> orm::Select<Person, DB, Person> {
    let shared = Post::select().filter(
        Post::AUTHOR_ID
            .eq(outer(outer(Person::ID)))
            .and(Post::EDITOR_ID.eq(outer(Person::ID))),
    );
    Person::select().filter(Person::MANAGER_ID.eq(outer(Person::ID)).and(exists(shared)))
}

#[test]
fn tables_are_joined() {
    statements!(
        joined().filter(Post::SCORE.gt(4)).order_by((Person::NAME, Post::SCORE.desc())),
        Person::select().left_join_on::<Post>(Post::AUTHOR_ID.eq(Person::ID).and(Post::SCORE.gt(1))),
        Person::select().right_join_on::<Post>(Post::AUTHOR_ID.eq(Person::ID)).columns(Post::ID),
        Person::select().full_join_on::<Post>(Post::AUTHOR_ID.eq(Person::ID)).columns(Post::ID),
        Person::select().cross_join::<Post>().columns((Person::ID, Post::ID)).limit(3),
        joined().group_by(Person::NAME).having(orm::count_all().gt(1)).columns(|name| {
            (name, Post::SCORE.sum(), orm::count_all().filter(Post::EDITOR_ID.ne(Person::ID)))
        }),
        joined().columns((Person::NAME.upper(), Post::SCORE + Person::ID)).distinct();
        expect![[r#"
            PostgreSQL: 
              SELECT "people"."id", "people"."name", "people"."manager_id", "posts"."id", "posts"."author_id", "posts"."editor_id", "posts"."score" FROM "crm"."people" JOIN "blog"."posts" ON "posts"."author_id" = "people"."id" WHERE "posts"."score" > $1 ORDER BY "people"."name", "posts"."score" DESC
              SELECT "people"."id", "people"."name", "people"."manager_id", "posts"."id", "posts"."author_id", "posts"."editor_id", "posts"."score" FROM "crm"."people" LEFT JOIN "blog"."posts" ON "posts"."author_id" = "people"."id" AND "posts"."score" > $1
              SELECT "posts"."id" FROM "crm"."people" RIGHT JOIN "blog"."posts" ON "posts"."author_id" = "people"."id"
              SELECT "posts"."id" FROM "crm"."people" FULL JOIN "blog"."posts" ON "posts"."author_id" = "people"."id"
              SELECT "people"."id", "posts"."id" FROM "crm"."people" CROSS JOIN "blog"."posts" LIMIT $1
              SELECT "people"."name", CAST(sum("posts"."score") AS INT8), count(*) FILTER (WHERE "posts"."editor_id" <> "people"."id") FROM "crm"."people" JOIN "blog"."posts" ON "posts"."author_id" = "people"."id" GROUP BY "people"."name" HAVING count(*) > $1
              SELECT DISTINCT upper("people"."name"), "posts"."score" + "people"."id" FROM "crm"."people" JOIN "blog"."posts" ON "posts"."author_id" = "people"."id"
            SQLite:     
              SELECT "people"."id", "people"."name", "people"."manager_id", "posts"."id", "posts"."author_id", "posts"."editor_id", "posts"."score" FROM "crm"."people" JOIN "blog"."posts" ON "posts"."author_id" = "people"."id" WHERE "posts"."score" > ?1 ORDER BY "people"."name", "posts"."score" DESC
              SELECT "people"."id", "people"."name", "people"."manager_id", "posts"."id", "posts"."author_id", "posts"."editor_id", "posts"."score" FROM "crm"."people" LEFT JOIN "blog"."posts" ON "posts"."author_id" = "people"."id" AND "posts"."score" > ?1
              SELECT "posts"."id" FROM "crm"."people" RIGHT JOIN "blog"."posts" ON "posts"."author_id" = "people"."id"
              SELECT "posts"."id" FROM "crm"."people" FULL JOIN "blog"."posts" ON "posts"."author_id" = "people"."id"
              SELECT "people"."id", "posts"."id" FROM "crm"."people" CROSS JOIN "blog"."posts" LIMIT ?1
              SELECT "people"."name", sum("posts"."score"), count(*) FILTER (WHERE "posts"."editor_id" <> "people"."id") FROM "crm"."people" JOIN "blog"."posts" ON "posts"."author_id" = "people"."id" GROUP BY "people"."name" HAVING count(*) > ?1
              SELECT DISTINCT upper("people"."name"), "posts"."score" + "people"."id" FROM "crm"."people" JOIN "blog"."posts" ON "posts"."author_id" = "people"."id"
        "#]]
    );
}

#[test]
fn a_table_stands_twice() {
    statements!(
        Person::select()
            .left_join_named::<Person>(|(person, manager)| manager.id.eq(person.manager_id))
            .named(|query, (person, manager)| query
                .filter(manager.name.ne(person.name))
                .columns((person.name, manager.name))),
        Post::select()
            .join_on::<Person>(Person::ID.eq(Post::AUTHOR_ID))
            .left_join_named::<Person>(|(post, _, editor)| editor.id.eq(post.editor_id))
            .columns((Post::ID, Person::NAME));
        expect![[r#"
            PostgreSQL: 
              SELECT "people"."name", " people 2"."name" FROM "crm"."people" LEFT JOIN "crm"."people" AS " people 2" ON " people 2"."id" = "people"."manager_id" WHERE " people 2"."name" <> "people"."name"
              SELECT "posts"."id", "people"."name" FROM "blog"."posts" JOIN "crm"."people" ON "people"."id" = "posts"."author_id" LEFT JOIN "crm"."people" AS " people 2" ON " people 2"."id" = "posts"."editor_id"
            SQLite:     
              SELECT "people"."name", " people 2"."name" FROM "crm"."people" LEFT JOIN "crm"."people" AS " people 2" ON " people 2"."id" = "people"."manager_id" WHERE " people 2"."name" <> "people"."name"
              SELECT "posts"."id", "people"."name" FROM "blog"."posts" JOIN "crm"."people" ON "people"."id" = "posts"."author_id" LEFT JOIN "crm"."people" AS " people 2" ON " people 2"."id" = "posts"."editor_id"
        "#]]
    );
}

#[test]
fn queries_stand_within_statements() {
    statements!(
        Person::select().filter(exists(posts())).columns(Person::ID),
        Person::select().filter(!exists(posts().limit(1).order_by(Post::ID))).columns(Person::ID),
        Person::select().filter(exists(reports())).columns(Person::ID),
        Person::select()
            .filter(Person::NAME.ne("a"))
            .filter(Person::ID.in_query(Post::select().filter(Post::SCORE.gt(2)).columns(Post::AUTHOR_ID)))
            .columns(Person::ID),
        Person::select()
            .filter(!Person::ID.in_query(Post::select().columns(Post::EDITOR_ID)))
            .columns(Person::ID),
        Person::select()
            .filter(Person::ID.eq(Post::select().aggregate(Post::AUTHOR_ID.max())))
            .columns((Person::ID, posts().order_by(Post::ID.desc()).scalar(Post::SCORE))),
        Person::select()
            .filter(exists(posts().distinct_on(Post::EDITOR_ID).order_by(Post::SCORE)))
            .columns(Person::ID);
        expect![[r#"
            PostgreSQL: 
              SELECT "id" FROM "crm"."people" WHERE EXISTS (SELECT 1 FROM "blog"."posts" WHERE "posts"."author_id" = "people"."id")
              SELECT "id" FROM "crm"."people" WHERE NOT EXISTS (SELECT 1 FROM "blog"."posts" WHERE "posts"."author_id" = "people"."id" LIMIT $1)
              SELECT "id" FROM "crm"."people" WHERE EXISTS (SELECT 1 FROM "crm"."people" AS " people 2" WHERE " people 2"."manager_id" = "people"."id" AND EXISTS (SELECT 1 FROM "blog"."posts" WHERE "posts"."author_id" = "people"."id" AND "posts"."editor_id" = " people 2"."id"))
              SELECT "id" FROM "crm"."people" WHERE "name" <> $1 AND "id" IN (SELECT "posts"."author_id" FROM "blog"."posts" WHERE "posts"."score" > $2)
              SELECT "id" FROM "crm"."people" WHERE NOT ("id" IN (SELECT " v" FROM (SELECT "posts"."editor_id" AS " v" FROM "blog"."posts") AS " listed" WHERE " v" IS NOT NULL))
              SELECT "id", (SELECT "posts"."score" FROM "blog"."posts" WHERE "posts"."author_id" = "people"."id" ORDER BY "posts"."id" DESC LIMIT $1) FROM "crm"."people" WHERE "id" = (SELECT max("posts"."author_id") FROM "blog"."posts")
              SELECT "id" FROM "crm"."people" WHERE EXISTS (SELECT DISTINCT ON ("posts"."editor_id") "posts"."id", "posts"."author_id", "posts"."editor_id", "posts"."score" FROM "blog"."posts" WHERE "posts"."author_id" = "people"."id" ORDER BY "posts"."editor_id", "posts"."score")
            SQLite:     
              SELECT "id" FROM "crm"."people" WHERE EXISTS (SELECT 1 FROM "blog"."posts" WHERE "posts"."author_id" = "people"."id")
              SELECT "id" FROM "crm"."people" WHERE NOT EXISTS (SELECT 1 FROM "blog"."posts" WHERE "posts"."author_id" = "people"."id" LIMIT ?1)
              SELECT "id" FROM "crm"."people" WHERE EXISTS (SELECT 1 FROM "crm"."people" AS " people 2" WHERE " people 2"."manager_id" = "people"."id" AND EXISTS (SELECT 1 FROM "blog"."posts" WHERE "posts"."author_id" = "people"."id" AND "posts"."editor_id" = " people 2"."id"))
              SELECT "id" FROM "crm"."people" WHERE "name" <> ?1 AND "id" IN (SELECT "posts"."author_id" FROM "blog"."posts" WHERE "posts"."score" > ?2)
              SELECT "id" FROM "crm"."people" WHERE NOT ("id" IN (SELECT " v" FROM (SELECT "posts"."editor_id" AS " v" FROM "blog"."posts") AS " listed" WHERE " v" IS NOT NULL))
              SELECT "id", (SELECT "posts"."score" FROM "blog"."posts" WHERE "posts"."author_id" = "people"."id" ORDER BY "posts"."id" DESC LIMIT ?1) FROM "crm"."people" WHERE "id" = (SELECT max("posts"."author_id") FROM "blog"."posts")
              SELECT "id" FROM "crm"."people" WHERE EXISTS (SELECT " numbered"."id", " numbered"."author_id", " numbered"."editor_id", " numbered"."score" FROM (SELECT *, row_number() OVER (PARTITION BY "posts"."editor_id" ORDER BY "posts"."score") AS " place" FROM "blog"."posts" WHERE "posts"."author_id" = "people"."id") AS " numbered" WHERE " place" = 1 ORDER BY " numbered"."editor_id", " numbered"."score")
        "#]]
    );
}

#[test]
fn rows_of_queries_are_queried() {
    statements!(
        Post::select().filter(Post::SCORE.gt(1)).union(Post::select().order_by(Post::ID).limit(2)),
        Post::select()
            .except(Post::select().filter(Post::ID.eq(4)))
            .intersect(Post::select().offset(3))
            .filter(Post::SCORE.lt(5))
            .columns(Post::ID),
        Post::select().distinct_on(Post::AUTHOR_ID).derived().order_by(Post::SCORE).columns(Post::ID),
        Person::select()
            .filter(Person::NAME.eq("ann"))
            .recursive(|(found, next)| next.manager_id.eq(found.id).and(next.name.ne("bob")))
            .filter(Person::ID.gt(2))
            .join_on::<Post>(Post::AUTHOR_ID.eq(Person::ID))
            .columns(Post::ID);
        expect![[r#"
            PostgreSQL: 
              SELECT "id", "author_id", "editor_id", "score" FROM (SELECT "id", "author_id", "editor_id", "score" FROM "blog"."posts" WHERE "score" > $1 UNION SELECT * FROM (SELECT "id", "author_id", "editor_id", "score" FROM "blog"."posts" ORDER BY "id" LIMIT $2) AS " member") AS "posts"
              SELECT "id" FROM (SELECT "id", "author_id", "editor_id", "score" FROM (SELECT "id", "author_id", "editor_id", "score" FROM "blog"."posts" EXCEPT SELECT "id", "author_id", "editor_id", "score" FROM "blog"."posts" WHERE "id" = $1) AS "posts" INTERSECT SELECT * FROM (SELECT "id", "author_id", "editor_id", "score" FROM "blog"."posts" OFFSET $2) AS " member") AS "posts" WHERE "score" < $3
              SELECT "id" FROM (SELECT DISTINCT ON ("author_id") "id", "author_id", "editor_id", "score" FROM "blog"."posts" ORDER BY "author_id") AS "posts" ORDER BY "score"
              SELECT "posts"."id" FROM (WITH RECURSIVE " found" AS (SELECT "id", "name", "manager_id" FROM "crm"."people" WHERE "name" = $1 UNION SELECT " people 2"."id", " people 2"."name", " people 2"."manager_id" FROM " found" AS "people" JOIN "crm"."people" AS " people 2" ON " people 2"."manager_id" = "people"."id" AND " people 2"."name" <> $2) SELECT * FROM " found") AS "people" JOIN "blog"."posts" ON "posts"."author_id" = "people"."id" WHERE "people"."id" > $3
            SQLite:     
              SELECT "id", "author_id", "editor_id", "score" FROM (SELECT "id", "author_id", "editor_id", "score" FROM "blog"."posts" WHERE "score" > ?1 UNION SELECT * FROM (SELECT "id", "author_id", "editor_id", "score" FROM "blog"."posts" ORDER BY "id" LIMIT ?2) AS " member") AS "posts"
              SELECT "id" FROM (SELECT "id", "author_id", "editor_id", "score" FROM (SELECT "id", "author_id", "editor_id", "score" FROM "blog"."posts" EXCEPT SELECT "id", "author_id", "editor_id", "score" FROM "blog"."posts" WHERE "id" = ?1) AS "posts" INTERSECT SELECT * FROM (SELECT "id", "author_id", "editor_id", "score" FROM "blog"."posts" LIMIT -1 OFFSET ?2) AS " member") AS "posts" WHERE "score" < ?3
              SELECT "id" FROM (SELECT "id", "author_id", "editor_id", "score" FROM (SELECT *, row_number() OVER (PARTITION BY "author_id") AS " place" FROM "blog"."posts") AS " numbered" WHERE " place" = 1 ORDER BY "author_id") AS "posts" ORDER BY "score"
              SELECT "posts"."id" FROM (WITH RECURSIVE " found" AS (SELECT "id", "name", "manager_id" FROM "crm"."people" WHERE "name" = ?1 UNION SELECT " people 2"."id", " people 2"."name", " people 2"."manager_id" FROM " found" AS "people" JOIN "crm"."people" AS " people 2" ON " people 2"."manager_id" = "people"."id" AND " people 2"."name" <> ?2) SELECT * FROM " found") AS "people" JOIN "blog"."posts" ON "posts"."author_id" = "people"."id" WHERE "people"."id" > ?3
        "#]]
    );
}

#[test]
fn windows_are_over_rows() {
    use orm::expr::FrameBound;
    statements!(
        Post::select().columns((
            orm::rank().over(orm::partition_by((Post::AUTHOR_ID, Post::SCORE + 1)).order_by((Post::SCORE.desc(), Post::ID))),
            Post::SCORE.sum().filter(Post::ID.gt(3)).over(orm::window().order_by(Post::ID).rows_between(FrameBound::Preceding(2), FrameBound::CurrentRow)),
            Post::SCORE.lead(2).over(orm::window().order_by(Post::ID.desc().nulls_last())),
            orm::count_all().over(orm::window())
        )),
        Person::select()
            .join_on::<Post>(Post::AUTHOR_ID.eq(Person::ID))
            .order_by(orm::dense_rank().over(orm::partition_by(Person::NAME).order_by(Post::SCORE)).desc())
            .columns(Post::SCORE.avg().over(orm::partition_by(Person::ID)));
        expect![[r#"
            PostgreSQL: 
              SELECT rank() OVER (PARTITION BY "author_id", "score" + $1 ORDER BY "score" DESC, "id"), CAST(sum("score") FILTER (WHERE "id" > $2) OVER (ORDER BY "id" ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS INT8), lead("score", 2) OVER (ORDER BY "id" DESC NULLS LAST), count(*) OVER () FROM "blog"."posts"
              SELECT CAST(avg("posts"."score") OVER (PARTITION BY "people"."id") AS FLOAT8) FROM "crm"."people" JOIN "blog"."posts" ON "posts"."author_id" = "people"."id" ORDER BY dense_rank() OVER (PARTITION BY "people"."name" ORDER BY "posts"."score") DESC
            SQLite:     
              SELECT rank() OVER (PARTITION BY "author_id", "score" + ?1 ORDER BY "score" DESC, "id"), sum("score") FILTER (WHERE "id" > ?2) OVER (ORDER BY "id" ROWS BETWEEN 2 PRECEDING AND CURRENT ROW), lead("score", 2) OVER (ORDER BY "id" DESC NULLS LAST), count(*) OVER () FROM "blog"."posts"
              SELECT avg("posts"."score") OVER (PARTITION BY "people"."id") FROM "crm"."people" JOIN "blog"."posts" ON "posts"."author_id" = "people"."id" ORDER BY dense_rank() OVER (PARTITION BY "people"."name" ORDER BY "posts"."score") DESC
        "#]]
    );
}
