//! A struct of two hundred columns.

use orm::prelude::*;
use orm_tests::Site;
use sqlx::types::{Json, Uuid};

use super::family::{Place, WAYS, same};

macro_rules! wide {
    ($($whole:ident $small:ident $text:ident $yes:ident $real:ident $bytes:ident $uuid:ident $json:ident $perhaps:ident $note:ident)+) => {
        #[derive(Table, Debug, Clone)]
        #[table(name = "wide")]
        struct Wide {
            #[column(primary_key)]
            id: i64,
            $(
                $whole: i64, $small: i16, $text: String, $yes: bool, $real: f64,
                $bytes: Vec<u8>, $uuid: Uuid, $json: Json<Vec<i32>>, $perhaps: Option<i32>, $note: Option<String>,
            )+
        }

        fn row(id: i64, version: i16) -> Wide {
            Wide {
                id,
                $(
                    $whole: id,
                    $small: version,
                    $text: format!("{} of {id}", stringify!($text)),
                    $yes: id % 2 == 0,
                    $real: 0.5,
                    $bytes: stringify!($bytes).into(),
                    $uuid: Uuid::from_u128(7),
                    $json: Json(vec![version.into()]),
                    $perhaps: (id % 3 == 0).then_some(9),
                    $note: None,
                )+
            }
        }
    };
}

wide! {
    a0 a1 a2 a3 a4 a5 a6 a7 a8 a9
    b0 b1 b2 b3 b4 b5 b6 b7 b8 b9
    c0 c1 c2 c3 c4 c5 c6 c7 c8 c9
    d0 d1 d2 d3 d4 d5 d6 d7 d8 d9
    e0 e1 e2 e3 e4 e5 e6 e7 e8 e9
    f0 f1 f2 f3 f4 f5 f6 f7 f8 f9
    g0 g1 g2 g3 g4 g5 g6 g7 g8 g9
    h0 h1 h2 h3 h4 h5 h6 h7 h8 h9
    i0 i1 i2 i3 i4 i5 i6 i7 i8 i9
    j0 j1 j2 j3 j4 j5 j6 j7 j8 j9
    k0 k1 k2 k3 k4 k5 k6 k7 k8 k9
    l0 l1 l2 l3 l4 l5 l6 l7 l8 l9
    m0 m1 m2 m3 m4 m5 m6 m7 m8 m9
    n0 n1 n2 n3 n4 n5 n6 n7 n8 n9
    o0 o1 o2 o3 o4 o5 o6 o7 o8 o9
    p0 p1 p2 p3 p4 p5 p6 p7 p8 p9
    q0 q1 q2 q3 q4 q5 q6 q7 q8 q9
    r0 r1 r2 r3 r4 r5 r6 r7 r8 r9
    s0 s1 s2 s3 s4 s5 s6 s7 s8 s9
    t0 t1 t2 t3 t4 t5 t6 t7 t8 t9
}

pub(crate) async fn two_hundred_columns_come_back(site: Site) {
    let db = &orm::Db::open(&site).await;
    assert_eq!(Wide::DEF.columns.len(), 201);
    orm::create_tables!(db, Wide).await.expect("a table");
    for (version, (carrier, chunk)) in (1..).zip(WAYS) {
        let rows: Vec<_> = (0..7).map(|id| row(id, version)).collect();
        let upsert = rows.upsert().on_primary_key().update_all();
        let written = upsert
            .carrier(carrier)
            .chunk_rows(chunk)
            .fetch_all(db)
            .await;
        same(&written.expect("an upsert"), &rows, &format!("{carrier:?}"));
    }
    let stored = Wide::get(6).fetch_one(db).await.expect("a look-up");
    same(&stored, &row(6, 6), "get");
}
