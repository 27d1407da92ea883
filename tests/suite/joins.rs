//! Several tables in one statement.

use orm::prelude::*;
use orm::{Db, exists, outer};
use orm_tests::Site;

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "people")]
struct Person {
    #[column(primary_key)]
    id: i64,
    name: String,
    #[column(references = Self::ID)]
    manager_id: Option<i64>,
}

#[derive(Table, Debug, Clone, PartialEq)]
struct Profile {
    #[column(primary_key, references = Person::ID)]
    person_id: i64,
    bio: String,
    age: Option<i32>,
}

#[derive(Table, Debug, Clone, PartialEq)]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(references = Person::ID)]
    author_id: i64,
    #[column(references = Person::ID)]
    editor_id: Option<i64>,
    title: String,
    score: i64,
}

fn person(id: i64, name: &str, manager_id: Option<i64>) -> Person {
    Person {
        id,
        name: name.to_owned(),
        manager_id,
    }
}

fn post(id: i64, author_id: i64, editor_id: Option<i64>, title: &str, score: i64) -> Post {
    Post {
        id,
        author_id,
        editor_id,
        title: title.to_owned(),
        score,
    }
}

/// Ann manages Bob and Cid; Ann and Bob write, Cid does not; Bob has no profile.
async fn people(site: &Site) -> Db {
    let db = orm::connect(site.url()).await.expect("a database");
    orm::create_tables!(&db, Person, Profile, Post)
        .await
        .expect("the tables");
    let people = [
        person(1, "ann", None),
        person(2, "bob", Some(1)),
        person(3, "cid", Some(1)),
    ];
    people.insert().execute(&db).await.expect("people");
    let profile = |person_id, bio: &str, age| Profile {
        person_id,
        bio: bio.to_owned(),
        age,
    };
    let profiles = [profile(1, "leads", Some(40)), profile(3, "reads", None)];
    profiles.insert().execute(&db).await.expect("profiles");
    let posts = [
        post(1, 1, None, "first", 5),
        post(2, 1, Some(2), "second", 3),
        post(3, 2, Some(1), "third", 8),
    ];
    posts.insert().execute(&db).await.expect("posts");
    db
}

fn names(people: &[Person]) -> Vec<&str> {
    people.iter().map(|person| &*person.name).collect()
}

pub(crate) async fn whole_rows_stand_side_by_side(site: Site) {
    let db = people(&site).await;
    let rows: Vec<(Person, Post)> = Person::select()
        .join_on::<Post>(Post::AUTHOR_ID.eq(Person::ID))
        .filter(Post::SCORE.gt(4))
        .order_by((Person::NAME, Post::SCORE.desc()))
        .fetch_all(&db)
        .await
        .expect("rows");
    assert_eq!(
        rows,
        [
            (person(1, "ann", None), post(1, 1, None, "first", 5)),
            (person(2, "bob", Some(1)), post(3, 2, Some(1), "third", 8)),
        ]
    );
}

pub(crate) async fn a_row_that_is_missing_is_none(site: Site) {
    let db = people(&site).await;
    let query = Person::select()
        .left_join_on::<Profile>(Profile::PERSON_ID.eq(Person::ID))
        .order_by(Person::ID);
    let rows: Vec<(Person, Option<Profile>)> = query.clone().fetch_all(&db).await.expect("rows");
    let bios: Vec<Option<&str>> = rows
        .iter()
        .map(|(_, profile)| profile.as_ref().map(|profile| &*profile.bio))
        .collect();
    assert_eq!(bios, [Some("leads"), None, Some("reads")]);
    assert_eq!(rows[0].1.as_ref().and_then(|profile| profile.age), Some(40));

    let columns: Vec<(String, Option<String>, Option<i32>)> = query
        .columns((Person::NAME, Profile::BIO, Profile::AGE))
        .fetch_all(&db)
        .await
        .expect("columns");
    assert_eq!(columns[1], ("bob".to_owned(), None, None));
    assert_eq!(
        columns[2],
        ("cid".to_owned(), Some("reads".to_owned()), None)
    );
}

pub(crate) async fn a_table_joins_itself(site: Site) {
    let db = people(&site).await;
    let pairs: Vec<(String, Option<String>)> = Person::select()
        .left_join_named::<Person>(|(person, manager)| manager.id.eq(person.manager_id))
        .named(|query, (person, manager)| {
            query
                .filter(manager.name.is_null().or(manager.name.ne(person.name)))
                .order_by(person.id)
                .columns((person.name, manager.name))
        })
        .fetch_all(&db)
        .await
        .expect("pairs");
    let managers: Vec<Option<&str>> = pairs.iter().map(|(_, name)| name.as_deref()).collect();
    assert_eq!(managers, [None, Some("ann"), Some("ann")]);
}

pub(crate) async fn rows_without_a_match_are_found(site: Site) {
    let db = people(&site).await;
    let silent: Vec<String> = Person::select()
        .left_join_on::<Post>(Post::AUTHOR_ID.eq(Person::ID))
        .named(|query, (person, post)| query.filter(post.id.is_null()).columns(person.name))
        .fetch_all(&db)
        .await
        .expect("names");
    assert_eq!(silent, ["cid"]);
    let posts = || Post::select().filter(Post::AUTHOR_ID.eq(outer(Person::ID)));
    let silent = Person::select().filter(!exists(posts()));
    assert_eq!(names(&silent.fetch_all(&db).await.expect("rows")), ["cid"]);
    let loud = Person::select().filter(exists(posts().filter(Post::SCORE.gt(7))));
    assert_eq!(names(&loud.fetch_all(&db).await.expect("rows")), ["bob"]);
}

pub(crate) async fn five_tables_are_joined(site: Site) {
    let db = people(&site).await;
    let query = Post::select()
        .join_on::<Person>(Person::ID.eq(Post::AUTHOR_ID))
        .left_join_named::<Person>(|(post, _, editor)| editor.id.eq(post.editor_id))
        .left_join_on::<Profile>(Profile::PERSON_ID.eq(Person::ID))
        .left_join_named::<Profile>(|(_, _, editor, _, profile)| profile.person_id.eq(editor.id));
    let rows = query
        .named(|query, (post, author, editor, profile, other)| {
            query.order_by(post.id).columns((
                post.title,
                author.name,
                editor.name,
                profile.bio,
                other.bio,
            ))
        })
        .fetch_all(&db)
        .await
        .expect("rows");
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(
        rows,
        [
            (
                "first".to_owned(),
                "ann".to_owned(),
                None,
                text("leads"),
                None
            ),
            (
                "second".to_owned(),
                "ann".to_owned(),
                text("bob"),
                text("leads"),
                None
            ),
            (
                "third".to_owned(),
                "bob".to_owned(),
                text("ann"),
                None,
                text("leads")
            ),
        ]
    );
}

pub(crate) async fn joined_rows_are_grouped(site: Site) {
    let db = people(&site).await;
    let best: Vec<(String, Option<i64>, i64)> = Person::select()
        .join_on::<Post>(Post::AUTHOR_ID.eq(Person::ID))
        .group_by(Person::NAME)
        .having(orm::count_all().gt(1))
        .columns(|name| (name, Post::SCORE.sum(), orm::count_all()))
        .order_by(Post::SCORE.sum().desc())
        .fetch_all(&db)
        .await
        .expect("groups");
    assert_eq!(best, [("ann".to_owned(), Some(8), 2)]);
    let written: Vec<(String, i64, i64)> = Person::select()
        .left_join_on::<Post>(Post::AUTHOR_ID.eq(Person::ID))
        .group_by((Person::ID, Person::NAME))
        .columns(|(_, name)| {
            let edited = Post::ID.count().filter(Post::EDITOR_ID.ne(Person::ID));
            (name, Post::ID.count(), edited)
        })
        .order_by(Person::NAME.min().asc())
        .fetch_all(&db)
        .await
        .expect("groups");
    assert_eq!(
        written,
        [
            ("ann".to_owned(), 2, 1),
            ("bob".to_owned(), 1, 1),
            ("cid".to_owned(), 0, 0)
        ]
    );
    let both = Person::select()
        .join_on::<Post>(Post::AUTHOR_ID.eq(Person::ID))
        .aggregate((Post::SCORE.max(), Person::ID.count_distinct()))
        .fetch_one(&db)
        .await
        .expect("one row");
    assert_eq!(both, (Some(8), 2));
}

pub(crate) async fn a_joined_query_is_counted_and_streamed(site: Site) {
    use futures_util::TryStreamExt;

    let db = people(&site).await;
    let query = Person::select().join_on::<Post>(Post::AUTHOR_ID.eq(Person::ID));
    assert_eq!(query.clone().count(&db).await.expect("a number"), 3);
    assert_eq!(
        query.clone().limit(2).count(&db).await.expect("a number"),
        2
    );
    assert!(query.clone().exists(&db).await.expect("an answer"));
    let rows = query.clone().order_by(Post::ID).offset(1).limit(1);
    let (person, post) = rows.fetch_one(&db).await.expect("a row");
    assert_eq!((person.id, post.id), (1, 2));
    let streamed: Vec<(Person, Post)> = query.clone().fetch(&db).try_collect().await.expect("rows");
    assert_eq!(streamed.len(), 3);
    assert!(!query.explain(&db).await.expect("a plan").is_empty());
}

pub(crate) async fn the_outer_joins_keep_the_rows_of_their_sides(site: Site) {
    let db = people(&site).await;
    let all: Vec<(Option<Profile>, Person)> = Profile::select()
        .right_join_on::<Person>(Person::ID.eq(Profile::PERSON_ID))
        .order_by(Person::ID)
        .fetch_all(&db)
        .await
        .expect("rows");
    let there: Vec<bool> = all.iter().map(|(profile, _)| profile.is_some()).collect();
    assert_eq!(there, [true, false, true]);
    let full: Vec<(Option<Person>, Option<Post>)> = Person::select()
        .full_join_on::<Post>(Post::EDITOR_ID.eq(Person::ID))
        .fetch_all(&db)
        .await
        .expect("rows");
    let lone = |row: &&(Option<Person>, Option<Post>)| row.0.is_none() || row.1.is_none();
    // Nobody edits the first post, and Cid edits none.
    assert_eq!((full.len(), full.iter().filter(lone).count()), (4, 2));
    let pairs = Person::select().cross_join::<Post>().count(&db).await;
    assert_eq!(pairs.expect("a number"), 9);
}

pub(crate) async fn a_query_stands_where_a_value_may(site: Site) {
    let db = people(&site).await;
    let last = Person::select().aggregate(Person::ID.max());
    let found = Person::select()
        .filter(Person::ID.eq(last))
        .fetch_all(&db)
        .await;
    assert_eq!(names(&found.expect("rows")), ["cid"]);
    let best = Post::select()
        .filter(Post::AUTHOR_ID.eq(outer(Person::ID)))
        .scalar(Post::SCORE.max());
    let scores: Vec<(String, Option<i64>)> = Person::select()
        .columns((Person::NAME, best.clone()))
        .order_by((best.desc().nulls_last(), Person::ID))
        .fetch_all(&db)
        .await
        .expect("scores");
    assert_eq!(
        scores,
        [
            ("bob".to_owned(), Some(8)),
            ("ann".to_owned(), Some(5)),
            ("cid".to_owned(), None)
        ]
    );
    let newest = Post::select()
        .filter(Post::AUTHOR_ID.eq(outer(Person::ID)))
        .order_by(Post::ID.desc())
        .scalar(Post::TITLE);
    let titles = Person::select()
        .filter(Person::ID.le(2))
        .columns((Person::ID, newest))
        .order_by(Person::ID)
        .fetch_all(&db)
        .await
        .expect("titles");
    assert_eq!(
        titles,
        [
            (1, Some("second".to_owned())),
            (2, Some("third".to_owned()))
        ]
    );
}

pub(crate) async fn none_of_a_query_passes_over_its_nulls(site: Site) {
    let db = people(&site).await;
    let editors = || Post::select().columns(Post::EDITOR_ID);
    let found = Person::select()
        .filter(Person::ID.in_query(editors()))
        .order_by(Person::ID);
    assert_eq!(
        names(&found.fetch_all(&db).await.expect("rows")),
        ["ann", "bob"]
    );
    // With the `NULL` of the first post in the list SQL finds nobody.
    let others = Person::select().filter(!Person::ID.in_query(editors()));
    assert_eq!(names(&others.fetch_all(&db).await.expect("rows")), ["cid"]);
    let best = Post::select()
        .order_by(Post::SCORE.desc())
        .limit(1)
        .columns(Post::AUTHOR_ID);
    let found = Person::select().filter(Person::NAME.ne("x").and(Person::ID.in_query(best)));
    assert_eq!(names(&found.fetch_all(&db).await.expect("rows")), ["bob"]);
}

pub(crate) async fn sub_queries_nest_and_keep_their_rows_apart(site: Site) {
    let db = people(&site).await;
    // People who have a report that edits a post of theirs.
    let edited = Post::select().filter(
        Post::AUTHOR_ID
            .eq(outer(outer(Person::ID)))
            .and(Post::EDITOR_ID.eq(outer(Person::ID))),
    );
    let reports = Person::select()
        .filter(Person::MANAGER_ID.eq(outer(Person::ID)))
        .filter(exists(edited));
    let found = Person::select().filter(exists(reports));
    assert_eq!(names(&found.fetch_all(&db).await.expect("rows")), ["ann"]);
    // The first of each in a sub-query, which SQLite numbers.
    let firsts = Post::select()
        .distinct_on(Post::AUTHOR_ID)
        .order_by(Post::SCORE.desc())
        .filter(Post::AUTHOR_ID.eq(outer(Person::ID)).and(Post::SCORE.gt(5)));
    let found = Person::select().filter(exists(firsts)).fetch_all(&db).await;
    assert_eq!(names(&found.expect("rows")), ["bob"]);
}

pub(crate) async fn changes_are_about_rows_of_a_query(site: Site) {
    let db = people(&site).await;
    let of_bob = Person::select().filter(Person::NAME.eq("bob"));
    let by_bob = exists(of_bob.filter(Person::ID.eq(outer(Post::AUTHOR_ID))));
    let changed = Post::update()
        .set_with(Post::TITLE, |_| {
            Person::select()
                .filter(Person::ID.eq(1))
                .columns(Person::NAME)
        })
        .filter(by_bob.clone())
        .execute(&db)
        .await;
    assert_eq!(changed.expect("an update"), 1);
    let third = Post::get(3).fetch_one(&db).await.expect("a post");
    assert_eq!(third.title, "ann");
    let deleted = Post::delete().filter(by_bob).execute(&db).await;
    assert_eq!(deleted.expect("a delete"), 1);
    assert_eq!(Post::select().count(&db).await.expect("a number"), 2);
}

pub(crate) async fn values_are_bound_in_the_order_of_the_text(site: Site) {
    let db = people(&site).await;
    let rows: Vec<(String, i64, bool)> = Person::select()
        .join_on::<Post>(
            Post::AUTHOR_ID
                .eq(Person::ID)
                .and(Post::SCORE.between(1, 7))
                .and(Post::TITLE.in_(["first", "second"])),
        )
        .filter(exists(
            Profile::select()
                .filter(
                    Profile::PERSON_ID
                        .eq(outer(Person::ID))
                        .and(Profile::BIO.eq("leads")),
                )
                .limit(1),
        ))
        .filter(Person::NAME.ne("zoe"))
        .order_by((Post::SCORE + 1).desc())
        .limit(1)
        .columns((
            Person::NAME,
            Post::SCORE + 10,
            orm::case(Post::SCORE.gt(4), true).otherwise(false),
        ))
        .fetch_all(&db)
        .await
        .expect("rows");
    assert_eq!(rows, [("ann".to_owned(), 15, true)]);
}

pub(crate) async fn the_rows_of_one_table_are_locked(site: Site) {
    let db = people(&site).await;
    let query = || {
        Person::select()
            .join_on::<Post>(Post::AUTHOR_ID.eq(Person::ID))
            .order_by(Post::ID)
    };
    let locked = orm::transaction(&db, async |tx| {
        let rows = query().for_update_of::<Post>().fetch_all(&tx).await?;
        let first = query().for_share_of::<Person>().fetch_optional(&tx).await?;
        Ok::<_, orm::Error>((rows.len(), first.map(|(person, _)| person.id)))
    })
    .await;
    assert_eq!(locked.expect("rows"), (3, Some(1)));
}

pub(crate) async fn a_locked_table_leaves_the_others_to_others(site: Site) {
    let db = people(&site).await;
    let query = || Person::select().join_on::<Post>(Post::AUTHOR_ID.eq(Person::ID));
    let other = orm::connect(site.url()).await.expect("a second pool");
    orm::transaction(&db, async |tx| {
        query().for_update_of::<Post>().fetch_all(&tx).await?;
        let people = orm::transaction(&other, async |tx| {
            let people = query().for_update_of::<Person>().nowait();
            Ok::<_, orm::Error>(people.fetch_all(&tx).await?.len())
        });
        assert_eq!(people.await?, 3);
        let posts = orm::transaction(&other, async |tx| {
            let posts = query().for_update_of::<Post>().skip_locked();
            Ok::<_, orm::Error>(posts.fetch_all(&tx).await?.len())
        });
        assert_eq!(posts.await?, 0);
        Ok::<_, orm::Error>(())
    })
    .await
    .expect("both transactions");
}

pub(crate) async fn an_upsert_asks_other_tables(site: Site) {
    let db = people(&site).await;
    let newer = |score| post(1, 1, None, "again", score);
    let upsert = |record: Post| {
        let db = db.clone();
        async move {
            let written = record
                .upsert()
                .on_conflict(Post::ID)
                .update(Post::SCORE)
                .set_with(Post::TITLE, |old, _| {
                    Person::select()
                        .filter(
                            Person::ID
                                .eq(outer(old.author_id))
                                .and(Person::NAME.in_(["ann", "bob"])),
                        )
                        .scalar(Person::NAME)
                        .coalesce("nobody")
                })
                .where_(|_, new| {
                    let reports = Person::select()
                        .filter(Person::MANAGER_ID.eq(outer(new.author_id)))
                        .order_by(Person::ID)
                        .limit(1);
                    exists(reports).and(new.score.gt(6))
                })
                .execute(&db)
                .await;
            written.expect("an upsert")
        }
    };
    assert_eq!(upsert(newer(6)).await, 0);
    assert_eq!(upsert(newer(7)).await, 1);
    let stored = Post::get(1).fetch_one(&db).await.expect("a post");
    assert_eq!((&*stored.title, stored.score), ("ann", 7));

    // Bob has no reports.
    let many = [
        newer(9),
        post(3, 2, None, "more", 9),
        post(4, 2, None, "new", 1),
    ];
    let report = many
        .upsert()
        .on_conflict(Post::ID)
        .update(Post::SCORE)
        .where_(|_, new| {
            let reports = Person::select().filter(Person::MANAGER_ID.eq(outer(new.author_id)));
            exists(reports.limit(1))
        })
        .report(&db)
        .await
        .expect("a report");
    assert_eq!((report.inserted, report.updated, report.skipped), (1, 1, 1));
}
