//! What the error of a batch says: the column by the name of the struct's, and the records at fault.

use orm::ErrorKind;
use orm::prelude::*;
use orm_tests::Site;
use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::{Database, Decode, Encode, Type};

use super::{CARRIERS, connect, run};

/// A number that is not written below zero, and not read above a hundred.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Shy(i64);

impl<DB: Database> Type<DB> for Shy
where
    i64: Type<DB>,
{
    fn type_info() -> DB::TypeInfo {
        i64::type_info()
    }
}

impl<'q, DB: Database> Encode<'q, DB> for Shy
where
    i64: Encode<'q, DB>,
{
    fn encode_by_ref(&self, to: &mut DB::ArgumentBuffer) -> Result<IsNull, BoxDynError> {
        if self.0 < 0 {
            return Err("below zero".into());
        }
        self.0.encode_by_ref(to)
    }
}

impl<'r, DB: Database> Decode<'r, DB> for Shy
where
    i64: Decode<'r, DB>,
{
    fn decode(value: DB::ValueRef<'r>) -> Result<Self, BoxDynError> {
        match i64::decode(value)? {
            large if large > 100 => Err("above a hundred".into()),
            value => Ok(Self(value)),
        }
    }
}

#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "guests", insert(NewGuest, derive(Debug, Clone)))]
struct Guest {
    #[column(primary_key, auto)]
    id: i64,
    #[column(unique)]
    name: String,
    #[column(name = "number of the seat")]
    seat: Shy,
    table: i64,
}

fn guests(seats: impl IntoIterator<Item = i64>) -> Vec<NewGuest> {
    let guest = |(at, seat)| NewGuest {
        name: format!("g{at}"),
        seat: Shy(seat),
        table: 1,
    };
    (0..).zip(seats).map(guest).collect()
}

pub(crate) async fn a_value_that_cannot_be_read_is_told_by_its_column(site: Site) {
    let db = connect(&site).await;
    orm::create_tables!(&db, Guest).await.expect("the table");
    let mut many: Vec<i64> = (0..40).collect();
    many.push(101);
    for batch in [guests([1, 2, 101]), guests(many)] {
        for carrier in CARRIERS {
            for chunk in [2, 1_000] {
                let upsert = || {
                    let upsert = batch.upsert().on_conflict(Guest::NAME).update_all();
                    upsert.carrier(carrier).chunk_rows(chunk)
                };
                let guarded = || upsert().where_(|old, new| old.table.le(new.table));
                let columns = || upsert().returning((Guest::TABLE, Guest::SEAT));
                let insert = batch.as_slice().insert().carrier(carrier).chunk_rows(chunk);
                let errors = [
                    upsert().fetch_all(&db).await.err(),
                    upsert().outcomes(&db).await.err(),
                    guarded().fetch_all(&db).await.err(),
                    guarded().outcomes(&db).await.err(),
                    columns().fetch_all(&db).await.err(),
                    columns().outcomes(&db).await.err(),
                    insert.fetch_all(&db).await.err(),
                ];
                for (place, error) in errors.into_iter().enumerate() {
                    let say = format!("{place} of {} by {carrier:?}", batch.len());
                    let error = error.expect(&say);
                    assert_eq!(error.kind(), ErrorKind::Decode, "{say}: {error}");
                    assert_eq!(
                        error.to_string(),
                        "table `guests`: the value of `number of the seat` could not be read",
                        "{say}"
                    );
                }
            }
        }
    }
    let one = guests([101]).remove(0);
    let one = one.upsert().on_conflict(Guest::NAME).update_all();
    let error = one.fetch_one(&db).await.expect_err("it cannot be read");
    assert!(
        error.to_string().contains("`number of the seat`"),
        "{error}"
    );
}

pub(crate) async fn a_value_that_cannot_be_written_is_told_by_its_column(site: Site) {
    let db = connect(&site).await;
    orm::create_tables!(&db, Guest).await.expect("the table");
    let mut many: Vec<i64> = (0..40).collect();
    many.push(-1);
    for batch in [guests([1, 2, -1]), guests(many)] {
        for carrier in CARRIERS {
            for chunk in [2, 1_000] {
                let upsert = || {
                    let upsert = batch.upsert().on_conflict(Guest::NAME).update_all();
                    upsert.carrier(carrier).chunk_rows(chunk)
                };
                let errors = [
                    upsert().execute(&db).await.err(),
                    upsert().report(&db).await.err(),
                    upsert().fetch_all(&db).await.err(),
                    upsert().outcomes(&db).await.err(),
                    Guest::update_many(&batch, Guest::NAME, Guest::SEAT)
                        .carrier(carrier)
                        .chunk_rows(chunk)
                        .execute(&db)
                        .await
                        .err(),
                ];
                for (place, error) in errors.into_iter().enumerate() {
                    let say = format!("{place} of {} by {carrier:?}", batch.len());
                    let error = error.expect(&say);
                    assert_eq!(error.kind(), ErrorKind::Encode, "{say}: {error}");
                    let message = error.to_string();
                    let told = "the value of `number of the seat` could not be encoded";
                    assert!(message.contains(told), "{say}: {message}");
                    assert_eq!(error.rows(), [batch.len() - 1], "{say}");
                }
            }
        }
    }
    // The same of a value that is not a record's.
    let batch = guests([1, 2, 3]);
    for carrier in CARRIERS {
        let set = batch
            .upsert()
            .on_conflict(Guest::NAME)
            .set(Guest::TABLE, 5)
            .set(Guest::SEAT, Shy(-1))
            .carrier(carrier);
        let error = set.execute(&db).await.expect_err("it cannot be written");
        assert!(
            error.to_string().contains("`number of the seat`"),
            "{error}"
        );
    }
}

/// A name that the database compares without its case, and the declaration says nothing of it.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "nicks")]
struct Nick {
    #[column(primary_key)]
    name: String,
    version: i64,
}

fn nick(name: &str, version: i64) -> Nick {
    let name = name.to_owned();
    Nick { name, version }
}

pub(crate) async fn what_only_the_database_calls_the_same_is_named(site: Site) {
    let db = connect(&site).await;
    let icu = "CREATE COLLATION \"no case\" (provider = icu, locale = 'und-u-ks-level2', \
               deterministic = false)";
    let pool = db.postgres().expect("PostgreSQL");
    let mut types = Vec::new();
    for (made, name) in [
        ("CREATE EXTENSION citext", "citext"),
        (icu, "text COLLATE \"no case\""),
    ] {
        match sqlx::raw_sql(made).execute(pool).await {
            Ok(_) => types.push(name),
            // Not every server is built with it.
            Err(error) => eprintln!("no {name}: {error}"),
        }
    }
    for (at, name) in types.into_iter().enumerate() {
        run(&db, "DROP TABLE IF EXISTS nicks").await;
        run(
            &db,
            format!("CREATE TABLE nicks (name {name} PRIMARY KEY, version int8 NOT NULL)"),
        )
        .await;
        let mut many: Vec<Nick> = (0..40).map(|at| nick(&format!("n{at}"), 1)).collect();
        // Those are of one key to both, and the newer one counts.
        many.push(nick("n7", 2));
        many.insert(3, nick("Ann", 1));
        many.push(nick("ann", 2));
        let few = vec![
            nick("Ann", 1),
            nick("bob", 1),
            nick("bob", 2),
            nick("ANN", 1),
        ];
        for (batch, rows) in [(few, vec![0, 3]), (many, vec![3, 42])] {
            for carrier in CARRIERS {
                let say = format!("{name} {at} by {carrier:?}");
                let upsert = || {
                    let upsert = batch.upsert().on_primary_key().update_all();
                    upsert.carrier(carrier).chunk_rows(20)
                };
                let newest = || upsert().keep_newest(Nick::VERSION);
                let errors = [
                    newest().execute(&db).await.err(),
                    newest().report(&db).await.err(),
                    newest().fetch_all(&db).await.err(),
                    newest().outcomes(&db).await.err(),
                    upsert()
                        .on_duplicates(Duplicates::KeepLast)
                        .execute(&db)
                        .await
                        .err(),
                ];
                for error in errors {
                    let error = error.expect(&say);
                    assert_eq!(
                        error.kind(),
                        ErrorKind::DuplicateKeyInBatch,
                        "{say}: {error}"
                    );
                    assert_eq!(error.rows(), rows, "{say}: {error}");
                    assert_eq!(error.key(), Some("name"), "{say}: {error}");
                    assert!(error.is_data(), "{say}");
                    assert!(
                        error
                            .to_string()
                            .contains("declare the type or the collation")
                    );
                }
            }
        }
        let plain = [nick("x", 1), nick("Zoe", 1), nick("zoe", 1), nick("ZOE", 1)];
        let plain = plain.upsert().on_primary_key().update_all();
        let error = plain.execute(&db).await.expect_err("three of one key");
        assert_eq!(error.rows(), [1, 2, 3], "{error}");
        assert_eq!(Nick::select().count(&db).await.expect("a count"), 0);
    }
}

/// A key on an expression, which an update of a part of it changes.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "sums")]
#[table(unique(name = "sums_key", columns(a, b), expr = "-(a + b)"))]
struct Sum {
    #[column(primary_key)]
    id: i64,
    a: i64,
    b: i64,
}

pub(crate) async fn a_record_that_gives_its_row_the_key_of_another_is_named(site: Site) {
    let db = connect(&site).await;
    orm::create_tables!(&db, Sum).await.expect("the table");
    let sum = |id, a, b| Sum { id, a, b };
    sum(1, 1, 2).insert().execute(&db).await.expect("an insert");
    // Of 20 and more, so that they are no few.
    let mut batch: Vec<_> = (10..30).map(|at| sum(at, at, at)).collect();
    batch.insert(4, sum(100, 2, 1));
    batch.insert(9, sum(101, 1, 1));
    for carrier in CARRIERS {
        let upsert = batch.upsert().on_conflict(Sum::SUMS_KEY).update(Sum::B);
        let error = upsert
            .carrier(carrier)
            .execute(&db)
            .await
            .expect_err("one row");
        assert_eq!(
            error.kind(),
            ErrorKind::DuplicateKeyInBatch,
            "{carrier:?}: {error}"
        );
        assert_eq!(error.rows(), [4, 9], "{carrier:?}: {error}");
    }
}

pub(crate) async fn several_rows_of_a_sub_query_are_no_duplicates(site: Site) {
    let db = connect(&site).await;
    orm::create_tables!(&db, Nick).await.expect("the table");
    run(
        &db,
        "CREATE FUNCTION several() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
         NEW.version := (SELECT v FROM (VALUES (1), (2)) AS s(v)); RETURN NEW; END $$; \
         CREATE TRIGGER several BEFORE INSERT ON nicks FOR EACH ROW EXECUTE FUNCTION several()",
    )
    .await;
    let batch = [nick("a", 1), nick("b", 1), nick("c", 1)];
    let doubled = [nick("a", 1), nick("a", 2), nick("c", 1)];
    for carrier in CARRIERS {
        let upsert = |of: &[Nick]| of.to_vec();
        let (batch, doubled) = (upsert(&batch), upsert(&doubled));
        let plain = batch
            .upsert()
            .on_primary_key()
            .update_all()
            .carrier(carrier);
        let guarded = batch
            .upsert()
            .on_primary_key()
            .update_all()
            .carrier(carrier);
        let guarded = guarded
            .keep_newest(Nick::VERSION)
            .on_duplicates(Duplicates::Error);
        let nothing = batch
            .upsert()
            .on_primary_key()
            .do_nothing()
            .carrier(carrier);
        let newest = doubled
            .upsert()
            .on_primary_key()
            .update_all()
            .carrier(carrier);
        let newest = newest.keep_newest(Nick::VERSION);
        for error in [
            plain.execute(&db).await.err(),
            guarded.report(&db).await.err(),
            nothing.execute(&db).await.err(),
            newest.outcomes(&db).await.err(),
            batch[0].insert().execute(&db).await.err(),
        ] {
            let error = error.expect("of several rows");
            assert_eq!(error.code().as_deref(), Some("21000"), "{error}");
            assert_eq!(error.kind(), ErrorKind::Database, "{carrier:?}: {error}");
            assert_eq!(error.rows(), [0; 0], "{error}");
            assert!(!error.is_data() && !error.is_transient(), "{error}");
        }
    }
    run(&db, "DROP TRIGGER several ON nicks").await;
    // And those that the statement itself refuses still are.
    for carrier in CARRIERS {
        let guarded = doubled
            .upsert()
            .on_primary_key()
            .update_all()
            .carrier(carrier);
        let guarded = guarded
            .keep_newest(Nick::VERSION)
            .on_duplicates(Duplicates::Error);
        let error = guarded.execute(&db).await.expect_err("two of one key");
        assert_eq!(error.kind(), ErrorKind::DuplicateKeyInBatch, "{error}");
        assert_eq!(error.rows(), [0, 1], "{error}");
    }
}
