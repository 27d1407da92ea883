//! What SQLite keeps in another form than it was written in.

use orm::dynamic::Value;
use orm::prelude::*;
use orm::{Db, ErrorKind};
use orm_tests::Site;

#[derive(sqlx::Type, Debug, Clone, Copy, PartialEq)]
#[sqlx(transparent)]
struct Grams(f64);

/// Numbers with a fraction in columns of every affinity that keeps numbers.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "weights")]
struct Weight {
    #[column(primary_key)]
    id: i64,
    #[column(type = "NUMERIC")]
    numeric: f64,
    #[column(type = "DECIMAL(10, 2)")]
    decimal: Option<f64>,
    #[column(type = "NUMERIC")]
    small: f32,
    #[column(type = "BIGINT")]
    whole: f64,
    #[column(type = "NUMERIC")]
    own: Option<Grams>,
    #[column(type = "REAL")]
    real: f64,
}

fn weight(id: i64, of: f32) -> Weight {
    let wide = f64::from(of);
    Weight {
        id,
        numeric: wide,
        decimal: Some(wide),
        small: of,
        whole: wide,
        own: Some(Grams(wide)),
        real: wide,
    }
}

/// The table as a database of somebody else's has it.
async fn database(site: &Site) -> Db {
    let db = orm::connect(site.url()).await.expect("a database");
    let made = "CREATE TABLE weights (id INTEGER PRIMARY KEY, numeric NUMERIC, decimal DECIMAL(10, 2), \
         small NUMERIC, whole BIGINT, own NUMERIC, real REAL)";
    let pool = db.sqlite().expect("SQLite");
    sqlx::raw_sql(made).execute(pool).await.expect("a table");
    db
}

pub(crate) async fn a_fraction_of_nothing_is_read_again(site: Site) {
    let db = database(&site).await;
    let mut written: Vec<Weight> = Vec::new();
    for of in [2.0, 2.5, -3.0, 0.0, 1e15, 16_777_216.0, 1e19, f32::MAX] {
        let id = i64::try_from(written.len()).expect("a small number");
        let row = weight(id, of);
        assert_eq!(row.insert().fetch_one(&db).await.expect("an insert"), row);
        written.push(row);
    }
    let all = Weight::select().order_by(Weight::ID);
    assert_eq!(all.fetch_all(&db).await.expect("rows"), written);
    let found = Weight::select()
        .filter(Weight::NUMERIC.eq(2.0))
        .fetch_one(&db)
        .await;
    assert_eq!(found.expect("a row"), written[0]);
    let most = Weight::select()
        .aggregate(Weight::WHOLE.min())
        .fetch_one(&db)
        .await;
    assert_eq!(most.expect("a number"), Some(-3.0));
    let (two, whole): (f64, Option<f64>) = orm::sql!("SELECT 2, 9007199254740992")
        .fetch_one(&db)
        .await
        .expect("numbers");
    assert_eq!((two, whole), (2.0, Some(9_007_199_254_740_992.0)));
    let value: Vec<(Value,)> = orm::sql!("SELECT numeric FROM weights ORDER BY id LIMIT 2")
        .fetch_all(&db)
        .await
        .expect("values");
    // What is stored, which of the first is a whole number.
    assert_eq!(value, [(Value::Int(2),), (Value::Float(2.5),)]);
}

pub(crate) async fn what_would_be_read_as_another_value_is_an_error(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    let made = "CREATE TABLE kept (t NUMERIC, i INTEGER, b TEXT, n REAL, f TEXT); \
         INSERT INTO kept VALUES ('007', '12', 1, 5, 2.5)";
    let pool = db.sqlite().expect("SQLite");
    sqlx::raw_sql(made).execute(pool).await.expect("a table");
    macro_rules! refused {
        ($($sql:literal as $type:ty),* $(,)?) => {
            $(
                let read = orm::sql!($sql).fetch_one::<($type,), _, _>(&db).await;
                let error = read.map(drop).expect_err($sql);
                assert_eq!(error.kind(), ErrorKind::Decode);
                assert!(error.to_string().contains("mismatched types"), "{error}");
            )*
        };
    }
    refused! {
        "SELECT t FROM kept" as String,
        "SELECT i FROM kept" as Option<String>,
        "SELECT b FROM kept" as bool,
        "SELECT n FROM kept" as i64,
        "SELECT n FROM kept" as bool,
        "SELECT f FROM kept" as f64,
        // No floating-point number is just this one.
        "SELECT 9007199254740993" as f64,
        "SELECT 9223372036854775807" as f64,
        "SELECT -9223372036854775807" as Option<f32>,
    }
    let values: (Value, Value, Value, Value, Value) = orm::sql!("SELECT * FROM kept")
        .fetch_one(&db)
        .await
        .expect("values");
    let texts = [Value::from("1"), Value::from("2.5")];
    assert_eq!((values.0, values.1), (Value::Int(7), Value::Int(12)));
    assert_eq!(([values.2, values.4], values.3), (texts, Value::Float(5.0)));
}
