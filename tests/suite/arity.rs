//! Tuples of sixteen: the most that any call takes, and every call takes.

#![expect(
    clippy::many_single_char_names,
    reason = "what the sixteen are called says nothing"
)]

use orm::prelude::*;
use orm_tests::Site;

#[derive(Table, Debug, Clone, PartialEq)]
#[table(
    name = "wide",
    primary_key(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p)
)]
struct Wide {
    a: i64,
    b: i64,
    c: i64,
    d: i64,
    e: i64,
    f: i64,
    g: i64,
    h: i64,
    i: i64,
    j: i64,
    k: i64,
    l: i64,
    m: i64,
    n: i64,
    o: i64,
    p: i64,
    note: String,
}

type Sixteen = (
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
);

fn wide(last: i64, note: &str) -> Wide {
    let [a, b, c, d, e, f, g, h] = [1, 2, 3, 4, 5, 6, 7, 8];
    let [i, j, k, l, m, n, o] = [9, 10, 11, 12, 13, 14, 15];
    let (p, note) = (last, note.to_owned());
    Wide {
        a,
        b,
        c,
        d,
        e,
        f,
        g,
        h,
        i,
        j,
        k,
        l,
        m,
        n,
        o,
        p,
        note,
    }
}

const KEY: Sixteen = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);

/// The standard library compares and prints tuples of twelve at most.
fn listed(key: Sixteen) -> [i64; 16] {
    let (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p) = key;
    [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]
}

/// The columns of the key.
macro_rules! key {
    () => {
        (
            Wide::A,
            Wide::B,
            Wide::C,
            Wide::D,
            Wide::E,
            Wide::F,
            Wide::G,
            Wide::H,
            Wide::I,
            Wide::J,
            Wide::K,
            Wide::L,
            Wide::M,
            Wide::N,
            Wide::O,
            Wide::P,
        )
    };
}

pub(crate) async fn sixteen_columns_go_everywhere(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    orm::create_tables!(&db, Wide).await.expect("the table");
    let (first, second) = (wide(16, "first"), wide(16, "second"));
    let upsert = first.upsert().on_conflict(key!()).update(Wide::NOTE);
    let key = upsert.returning(key!()).fetch_one(&db).await;
    assert_eq!(listed(key.expect("an upsert")), listed(KEY));
    let upsert = second.upsert().on_primary_key().update_all();
    upsert.execute(&db).await.expect("an upsert");
    wide(17, "other")
        .insert()
        .execute(&db)
        .await
        .expect("a row");

    let found = Wide::find(key!(), KEY).fetch_one(&db).await.expect("a row");
    assert_eq!(found, second);
    let got = Wide::get(KEY).fetch_optional(&db).await.expect("a look-up");
    assert_eq!(got, Some(found));

    let rows = Wide::select().columns(key!()).order_by(key!());
    let rows = rows.fetch_all(&db).await.expect("rows");
    assert_eq!((listed(rows[0]), rows.len()), (listed(KEY), 2));
    let groups = Wide::select().group_by(key!()).columns(|key| key);
    assert_eq!(groups.count(&db).await.expect("a count"), 2);
    let different = Wide::select().distinct_on(key!());
    assert_eq!(different.count(&db).await.expect("a count"), 2);

    let pages = Wide::select().paginate(key!()).limit(1);
    let page = pages.clone().fetch_page(&db).await.expect("a page");
    assert_eq!(page.rows, [second]);
    let next = pages
        .after(page.next)
        .fetch_page(&db)
        .await
        .expect("a page");
    assert_eq!(next.rows, [wide(17, "other")]);

    let last: Sixteen = orm::sql!(
        "SELECT {Wide::A}, {Wide::B}, {Wide::C}, {Wide::D}, {Wide::E}, {Wide::F}, {Wide::G}, {Wide::H}, \
         {Wide::I}, {Wide::J}, {Wide::K}, {Wide::L}, {Wide::M}, {Wide::N}, {Wide::O}, {Wide::P} \
         FROM {Wide} ORDER BY {Wide::P} DESC"
    )
    .fetch_one(&db)
    .await
    .expect("a row");
    assert_eq!(last.15, 17);
}
