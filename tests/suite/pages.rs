//! Pages: in which order, and whose cursors.

use orm::prelude::*;
use orm::{Cursor, Db, ErrorKind};
use orm_tests::Site;

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "songs")]
struct Song {
    #[column(primary_key)]
    id: i64,
    title: String,
    rating: Option<i64>,
    year: i32,
    note: Option<String>,
}

/// Its columns have the same places.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "films")]
struct Film {
    #[column(primary_key)]
    id: i64,
    title: String,
    rating: Option<i64>,
    year: i32,
    note: Option<String>,
}

/// The same table with its columns in another order, and one more: what a new version of a program has.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "songs")]
struct Later {
    year: i32,
    title: String,
    #[column(primary_key)]
    id: i64,
}

fn song(id: i64) -> Song {
    let rating = [None, Some(5), Some(3), Some(-1), None, Some(3)];
    let place = usize::try_from(id).expect("small");
    Song {
        id,
        title: format!("t{}", id % 3),
        rating: rating[place % 6],
        year: i32::try_from(2000 + id % 4).expect("small"),
        note: (id % 5 > 0).then(|| format!("n{}", id % 2)),
    }
}

async fn songs(site: &Site) -> Db {
    let db = orm::connect(site.url()).await.expect("a database");
    orm::create_tables!(&db, Song, Film)
        .await
        .expect("the tables");
    let songs: Vec<_> = (0..23).map(song).collect();
    songs
        .as_slice()
        .insert()
        .execute(&db)
        .await
        .expect("an insert");
    db
}

/// The ids of all pages of this order and this many rows, one after the other, the cursor as text in between.
macro_rules! all_pages {
    ($db:expr, $order:expr, $limit:expr) => {{
        let mut ids = Vec::new();
        let mut token: Option<String> = None;
        loop {
            let cursor = token.map(|token| token.parse::<Cursor<Song>>().expect("a cursor"));
            let pages = Song::select().paginate($order).limit($limit).after(cursor);
            let page = pages.fetch_page($db).await.expect("a page");
            assert!(page.rows.len() as u64 <= $limit);
            ids.extend(page.rows.iter().map(|song| song.id));
            token = page.next.map(|cursor| cursor.to_string());
            if token.is_none() {
                break ids;
            }
        }
    }};
}

/// Ids in the order of what this makes of a song.
fn sorted<K: Ord>(by: impl Fn(&Song) -> K) -> Vec<i64> {
    let mut songs: Vec<_> = (0..23).map(song).collect();
    songs.sort_by_key(|song| by(song));
    songs.into_iter().map(|song| song.id).collect()
}

pub(crate) async fn pages_are_in_the_order_of_expressions_with_values(site: Site) {
    use std::cmp::Reverse;

    let db = songs(&site).await;
    for limit in [1, 2, 7, 100] {
        let descending = all_pages!(&db, Song::RATING.coalesce(4).desc(), limit);
        assert_eq!(
            descending,
            sorted(|song| (Reverse(song.rating.unwrap_or(4)), Reverse(song.id)))
        );
        let ascending = all_pages!(&db, Song::RATING.coalesce(-9).asc(), limit);
        assert_eq!(
            ascending,
            sorted(|song| (song.rating.unwrap_or(-9), song.id))
        );
        let composite = all_pages!(
            &db,
            (
                Song::RATING.coalesce(0).desc(),
                Song::TITLE,
                Song::YEAR.desc()
            ),
            limit
        );
        assert_eq!(
            composite,
            sorted(|song| {
                let rating = Reverse(song.rating.unwrap_or(0));
                (
                    rating,
                    song.title.clone(),
                    Reverse(song.year),
                    Reverse(song.id),
                )
            })
        );
        let texts = all_pages!(
            &db,
            (
                Song::NOTE.coalesce("n0").concat("x").asc(),
                Song::RATING.coalesce(1).desc()
            ),
            limit
        );
        let texts_of = |song: &Song| song.note.clone().unwrap_or_else(|| "n0".to_owned());
        assert_eq!(
            texts,
            sorted(|song| (
                texts_of(song),
                Reverse(song.rating.unwrap_or(1)),
                Reverse(song.id)
            ))
        );
        let computed = all_pages!(&db, (Song::YEAR * 2 + 1).desc(), limit);
        assert_eq!(
            computed,
            sorted(|song| (Reverse(song.year), Reverse(song.id)))
        );
        let chosen = all_pages!(
            &db,
            orm::case(Song::RATING.gt(2), 0_i64)
                .otherwise(Song::ID + 100)
                .asc(),
            limit
        );
        let choice = |song: &Song| {
            if song.rating > Some(2) {
                0
            } else {
                song.id + 100
            }
        };
        assert_eq!(chosen, sorted(|song| (choice(song), song.id)));
    }
    // With values before and behind those of the order.
    let pages = Song::select()
        .filter(Song::ID.gt(3).and(Song::TITLE.ne("t1")))
        .paginate((Song::RATING.coalesce(4).desc(), Song::YEAR))
        .limit(3);
    let mut ids = Vec::new();
    let mut next = None;
    loop {
        let page = pages
            .clone()
            .after(next)
            .fetch_page(&db)
            .await
            .expect("a page");
        ids.extend(page.rows.iter().map(|song| song.id));
        next = page.next;
        if next.is_none() {
            break;
        }
    }
    let expected = sorted(|song| (Reverse(song.rating.unwrap_or(4)), song.year, song.id));
    let wanted = |id: &i64| *id > 3 && song(*id).title != "t1";
    assert_eq!(ids, expected.into_iter().filter(wanted).collect::<Vec<_>>());
}

pub(crate) async fn a_cursor_is_of_one_table_and_one_order(site: Site) {
    let db = songs(&site).await;
    /// Whether pages of this order go on behind this cursor of another struct.
    macro_rules! goes_on {
        ($table:ident, $order:expr, $token:expr) => {{
            let cursor: Cursor<$table> = $token.parse().expect("a cursor");
            let pages = $table::select().paginate($order).after(cursor);
            match pages.fetch_page(&db).await {
                Ok(_) => true,
                Err(error) => {
                    assert_eq!(error.kind(), ErrorKind::Data, "{error}");
                    let said = error.to_string();
                    assert!(said.contains("not a cursor of this query"), "{said}");
                    false
                }
            }
        }};
    }
    macro_rules! token {
        ($order:expr) => {{
            let page = Song::select()
                .paginate($order)
                .limit(1)
                .fetch_page(&db)
                .await;
            page.expect("a page").next.expect("a next one").to_string()
        }};
    }
    let by_year = token!(Song::YEAR);
    assert!(goes_on!(Song, Song::YEAR, by_year));
    assert!(goes_on!(Song, Song::YEAR.asc(), by_year));
    // Of the same table, whose columns have other places by now.
    assert!(goes_on!(Later, Later::YEAR, by_year));
    assert!(!goes_on!(Film, Film::YEAR, by_year));
    assert!(!goes_on!(Song, Song::YEAR.desc(), by_year));
    assert!(!goes_on!(Song, Song::ID, by_year));
    assert!(!goes_on!(Song, (Song::YEAR, Song::ID), by_year));
    assert!(!goes_on!(Later, Later::ID, by_year));
    let by_both = token!((Song::YEAR, Song::TITLE.desc()));
    assert!(goes_on!(Later, (Later::YEAR, Later::TITLE.desc()), by_both));
    assert!(!goes_on!(Song, (Song::TITLE.desc(), Song::YEAR), by_both));
    assert!(!goes_on!(Song, (Song::YEAR, Song::TITLE), by_both));
    let by_rating = token!(Song::RATING.coalesce(0).desc());
    assert!(goes_on!(Song, Song::RATING.coalesce(0).desc(), by_rating));
    assert!(!goes_on!(Song, Song::RATING.coalesce(1).desc(), by_rating));
    assert!(!goes_on!(Song, Song::RATING.coalesce(0).asc(), by_rating));
    assert!(!goes_on!(
        Song,
        Song::RATING.coalesce(Song::ID).desc(),
        by_rating
    ));
    assert!(!goes_on!(Film, Film::RATING.coalesce(0).desc(), by_rating));
    let by_choice = token!(orm::case(Song::RATING.gt(2), 0_i64).otherwise(1_i64).asc());
    let same = orm::case(Song::RATING.gt(2), 0_i64).otherwise(1_i64);
    assert!(goes_on!(Song, same.asc(), by_choice));
    let other = orm::case(Song::RATING.gt(3), 0_i64).otherwise(1_i64);
    assert!(!goes_on!(Song, other.asc(), by_choice));
    let listed = |list: [i64; 2]| {
        orm::case(Song::RATING.in_(list), 0_i64)
            .otherwise(1_i64)
            .asc()
    };
    let by_list = token!(listed([1, 2]));
    assert!(goes_on!(Song, listed([1, 2]), by_list));
    assert!(!goes_on!(Song, listed([1, 3]), by_list));
}

/// Clients keep cursors, so that those of before have to be good.
pub(crate) async fn a_cursor_stays_good_from_version_to_version(site: Site) {
    let db = songs(&site).await;
    let by_year = Song::select()
        .paginate((Song::YEAR.desc(), Song::TITLE))
        .limit(1);
    let page = by_year.fetch_page(&db).await.expect("a page");
    let token = page.next.expect("a next one").to_string();
    assert_eq!(token, "3032613764643233.32303033.7430.33");
}
