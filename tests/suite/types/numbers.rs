//! Numbers, and yes or no.

use orm::prelude::*;
use orm::{ErrorKind, sqlx};
use orm_tests::Site;
use sqlx::types::{BigDecimal, Decimal};

use super::family::{Place, family};

family! {
    whole_numbers_come_back on Db;
    keys {
        tiny: i8 = [i8::MIN, -1, 0, i8::MAX];
        small: i16 = [i16::MIN, -1, 0, i16::MAX];
        middle: i32 = [i32::MIN, -1, 0, i32::MAX];
        large: i64 = [i64::MIN, -1, 0, i64::MAX];
        yes: bool = [true, false];
    }
    compared {}
    carried {}
}

family! {
    numbers_without_a_sign_come_back_on_sqlite on SqlitePool;
    keys {
        tiny: u8 = [0, u8::MAX];
        small: u16 = [0, u16::MAX];
        middle: u32 = [0, u32::MAX];
    }
    compared {}
    carried {}
}

family! {
    numbers_with_a_fraction_come_back on Db;
    keys {
        single: f32 = [f32::MIN, -1.5, 0.0, 0.1, f32::EPSILON, f32::MAX, f32::INFINITY, f32::NEG_INFINITY];
        double: f64 = [f64::MIN, -1.5, 0.0, 0.1, f64::MIN_POSITIVE, 5e-324, f64::MAX, f64::INFINITY, f64::NEG_INFINITY];
    }
    compared {}
    carried {}
}

family! {
    what_floats_have_beside_numbers_comes_back_on_postgres on PgPool;
    keys {
        // A zero with a sign is equal to one without.
        single: f32 = [f32::NAN, -0.0, 1e-45];
        double: f64 = [f64::NAN, -0.0, -5e-324];
    }
    compared {}
    carried {}
}

family! {
    decimals_come_back_on_postgres on PgPool;
    keys {
        plain: Decimal = [Decimal::MIN, Decimal::ZERO, decimal("1.50"), decimal("-0.0000000000000000000000000001"), Decimal::MAX];
        // The database counts digits by four.
        big: BigDecimal = [big("0"), big("1.5000"), big("-12345678901234567890123456789012345678901234567890.000000000001"), big(&"9".repeat(200))];
        #[column(type = "numeric(12, 2)")] money: Decimal = [decimal("1.00"), decimal("-9999999999.99")];
    }
    compared {}
    carried {}
}

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a number")
}

fn big(text: &str) -> BigDecimal {
    text.parse().expect("a number")
}

#[derive(Table, Debug)]
struct Reading {
    #[column(primary_key)]
    id: i64,
    exact: f64,
    perhaps: Option<f64>,
}

/// It has no number that is none, and one zero.
pub(crate) async fn sqlite_has_no_nan(site: Site) {
    let on = &sqlx::SqlitePool::open(&site).await;
    orm::create_tables!(on, Reading).await.expect("a table");
    let mut reading = Reading {
        id: 1,
        exact: f64::NAN,
        perhaps: None,
    };
    let refused = reading.insert().execute(on).await;
    assert_eq!(
        refused.expect_err("it is taken for NULL").kind(),
        ErrorKind::NotNullViolation
    );
    reading.exact = -0.0;
    reading.perhaps = Some(f64::NAN);
    let stored = reading.insert().fetch_one(on).await.expect("an insert");
    assert_eq!(stored.perhaps, None);
    let stored = Reading::get(1).fetch_one(on).await.expect("a look-up");
    assert!(stored.exact == 0.0 && stored.exact.is_sign_positive());
}
