//! What only PostgreSQL has.

use std::net::IpAddr;
use std::ops::Bound;

use chrono::{DateTime, NaiveDate, Utc};
use orm::prelude::*;
use orm_tests::Site;
use sqlx::PgPool;
use sqlx::postgres::types::{Oid, PgBox, PgCiText, PgCircle, PgMoney, PgPoint, PgRange};
use sqlx::types::ipnet::IpNet;
use sqlx::types::mac_address::MacAddress;
use sqlx::types::{BitVec, Decimal, Json, JsonValue, Uuid};

use super::family::{Place, family};

family! {
    addresses_and_bits_come_back_on_postgres on PgPool;
    keys {
        network: IpNet = ["10.0.0.0/8", "::/0", "192.168.1.7/32"].map(|text| text.parse().expect("a network"));
        #[column(type = "cidr")] block: IpNet = ["10.0.0.0/8", "::/0"].map(|text| text.parse().expect("a network"));
        address: IpAddr = ["0.0.0.0", "::1", "255.255.255.255"].map(|text| text.parse().expect("an address"));
        mac: MacAddress = [MacAddress::new([0; 6]), MacAddress::new([255; 6])];
        bits: BitVec = [BitVec::new(), BitVec::from_elem(1, true), BitVec::from_bytes(&[0, 255, 7])];
        #[column(type = "bit(8)")] byte: BitVec = [BitVec::from_bytes(&[5]), BitVec::from_bytes(&[250])];
        money: PgMoney = [PgMoney(i64::MIN), PgMoney(0), PgMoney(i64::MAX)];
        oid: Oid = [Oid(0), Oid(u32::MAX)];
    }
    compared {}
    carried {
        // These have no equality, or one that is not of all they hold.
        #[column(type = "point")] point: PgPoint = [PgPoint { x: 0.0, y: -1.5 }];
        #[column(type = "box")] area: PgBox = [square(0.0), square(7.0)];
        #[column(type = "circle")] circle: PgCircle = [PgCircle { x: 0.0, y: 0.5, radius: 1.0 }];
    }
}

/// All of these are as large as each other.
fn square(at: f64) -> PgBox {
    PgBox {
        upper_right_x: at + 1.0,
        upper_right_y: 1.0,
        lower_left_x: at,
        lower_left_y: 0.0,
    }
}

family! {
    ranges_come_back_on_postgres on PgPool;
    keys {
        // As the database writes them: the first is in it, the last is not.
        whole: PgRange<i32> = [(Bound::Unbounded, Bound::Unbounded).into(), (i32::MIN..i32::MAX).into(), (..0).into(), (0..).into()];
        large: PgRange<i64> = [(i64::MIN..i64::MAX).into(), (-1..1).into()];
        decimal: PgRange<Decimal> = [(Decimal::ZERO..=Decimal::ONE).into(), after(Decimal::ONE)];
        date: PgRange<NaiveDate> = [(NaiveDate::default()..).into()];
        time: PgRange<DateTime<Utc>> = [(DateTime::default()..=DateTime::default()).into(), after(DateTime::default())];
    }
    compared {}
    carried {}
}

fn after<T>(value: T) -> PgRange<T> {
    PgRange {
        start: Bound::Excluded(value),
        end: Bound::Unbounded,
    }
}

family! {
    arrays_come_back_on_postgres on PgPool;
    keys {
        numbers: Vec<i32> = [vec![], vec![i32::MIN, 0, i32::MAX], vec![0; 100]];
        perhaps: Vec<Option<i64>> = [vec![None], vec![Some(1), None, Some(i64::MAX)], vec![]];
        texts: Vec<String> = [vec![], vec![String::new(), "NULL".into(), "a,\"b\"\\{}".into()]];
        missing: Vec<Option<String>> = [vec![], vec![None, Some("NULL".into())]];
        bytes: Vec<Vec<u8>> = [vec![], vec![vec![], vec![0, 255]]];
        uuids: Vec<Uuid> = [vec![], vec![Uuid::nil(), Uuid::max()]];
        times: Vec<DateTime<Utc>> = [vec![], vec![DateTime::default()]];
        floats: Vec<f64> = [vec![f64::NAN, f64::INFINITY], vec![-0.0]];
        yes: Vec<bool> = [vec![true, false], vec![]];
        decimals: Vec<Decimal> = [vec![Decimal::MAX], vec![]];
        json: Vec<Json<Vec<i64>>> = [vec![Json(vec![]), Json(vec![1])], vec![]];
        any_json: Vec<JsonValue> = [vec![JsonValue::Null], vec![]];
        ranges: Vec<PgRange<i32>> = [vec![(0..1).into()], vec![]];
        three: [i16; 3] = [[i16::MIN, 0, i16::MAX], [1, 2, 3]];
        #[column(type = "varchar(5)[]")] short: Vec<String> = [vec!["ab".into()], vec![]];
    }
    compared {}
    carried {}
}

family! {
    #[expect(dead_code, reason = "the test below runs it")]
    text_without_case_comes_back_on_postgres on PgPool;
    before ["CREATE EXTENSION citext"];
    keys {
        text: PgCiText = [PgCiText("Ann".into()), PgCiText(String::new())];
        texts: Vec<PgCiText> = [vec![PgCiText("Ann".into())], vec![]];
        #[column(type = "citext")] plain: String = ["Ann".to_owned(), String::new()];
    }
    compared {}
    carried {}
}

#[derive(Table, Debug)]
struct Account {
    #[column(primary_key, type = "citext")]
    email: String,
}

pub(crate) async fn a_text_without_case_is_found_as_its_key_compares(site: Site) {
    // An extension is there once in a database.
    text_without_case_comes_back_on_postgres::test(&site).await;
    let on = &PgPool::open(&site).await;
    orm::create_tables!(on, Account).await.expect("a table");
    let email = "Ann@Example.org".to_owned();
    Account { email }
        .insert()
        .execute(on)
        .await
        .expect("an insert");
    let other = "ann@example.ORG";
    Account::get(other)
        .fetch_one(on)
        .await
        .expect("the same key");
    let found = Account::select()
        .filter(Account::EMAIL.eq(other))
        .count(on)
        .await;
    assert_eq!(found.expect("a count"), 1);
    let found = Account::select()
        .filter(Account::EMAIL.ne(other))
        .count(on)
        .await;
    assert_eq!(found.expect("a count"), 0);
}
