//! One table for all types of a family, written and read in every way there is.

use std::fmt::Debug;

use orm::Carrier;
use orm_tests::Site;
use sqlx::{AssertSqlSafe, PgPool, SqlitePool};

/// Each way that many records take, and in how many pieces.
pub(super) const WAYS: [(Carrier, usize); 6] = [
    (Carrier::Values, 1_000),
    (Carrier::Arrays, 1_000),
    (Carrier::Copy, 1_000),
    (Carrier::Values, 2),
    (Carrier::Arrays, 2),
    (Carrier::Copy, 2),
];

/// What a family runs on.
pub(super) trait Place: Sized {
    async fn open(site: &Site) -> Self;
    /// Runs SQL of the test's own.
    async fn run(&self, sql: &str);
}

macro_rules! place {
    ($pool:ty) => {
        impl Place for $pool {
            async fn open(site: &Site) -> Self {
                Self::connect(site.url()).await.expect("a database")
            }

            async fn run(&self, sql: &str) {
                let done = sqlx::raw_sql(AssertSqlSafe(sql)).execute(self).await;
                done.expect(sql);
            }
        }
    };
}

place!(PgPool);
place!(SqlitePool);

impl Place for orm::Db {
    async fn open(site: &Site) -> Self {
        orm::connect(site.url()).await.expect("a database")
    }

    async fn run(&self, sql: &str) {
        match (self.postgres(), self.sqlite()) {
            (Some(pool), _) => pool.run(sql).await,
            (_, Some(pool)) => pool.run(sql).await,
            (None, None) => unreachable!("a database is one of the two"),
        }
    }
}

/// The same in every detail, also where `==` sees none: `NaN` is itself, and 0.0 is not -0.0.
#[track_caller]
pub(super) fn same<T: Debug>(got: &T, expected: &T, what: &str) {
    let (got, expected) = (format!("{got:?}"), format!("{expected:?}"));
    assert!(
        got == expected,
        "{what}\n     got {got}\nexpected {expected}"
    );
}

/// The value of a column in the row at this place: they take turns.
pub(super) fn turn<T: Clone>(values: &[T], at: usize) -> T {
    values[at % values.len()].clone()
}

/// A family of types: one column for each, and the values that it holds.
///
/// `keys` can be unique keys, `compared` can be asked for equality, `carried` are only written and read.
/// There is a table whose columns always have a value, and one of the same columns that may be `NULL` and
/// are unique keys. `before` is SQL that makes types. On `Db` all of it runs on the databases' own pools too.
macro_rules! family {
    (
        $(#[$attribute:meta])*
        $name:ident on $place:ident;
        $(before $before:expr;)?
        $(with $($made:ident)+;)?
        keys { $($(#[$key_attribute:meta])* $key:ident: $key_type:ty = $key_values:expr;)+ }
        compared { $($(#[$compared_attribute:meta])* $compared:ident: $compared_type:ty = $compared_values:expr;)* }
        carried { $($(#[$carried_attribute:meta])* $carried:ident: $carried_type:ty = $carried_values:expr;)* }
    ) => {
        $(#[$attribute])*
        pub(crate) async fn $name(site: Site) {
            $name::test(&site).await;
        }

        mod $name {
            #![expect(non_upper_case_globals, reason = "a column and its constant have one name here")]

            use orm::prelude::*;
            use orm_tests::Site;

            use super::*;
            use crate::types::family::{Place, WAYS, missing, same, turn};

            #[derive(Table, Debug, Clone)]
            #[table(name = "always")]
            struct Always {
                #[column(primary_key, const = id)]
                id: i64,
                $($(#[$key_attribute])* #[column(const = $key)] $key: $key_type,)+
                $($(#[$compared_attribute])* #[column(const = $compared)] $compared: $compared_type,)*
                $($(#[$carried_attribute])* #[column(const = $carried)] $carried: $carried_type,)*
            }

            #[derive(Table, Debug, Clone)]
            #[table(name = "sometimes", $(unique($key, nulls_distinct)),+)]
            struct Sometimes {
                #[column(primary_key, const = id)]
                id: i64,
                #[column(const = note)]
                note: i64,
                $($(#[$key_attribute])* #[column(const = $key)] $key: Option<$key_type>,)+
                $($(#[$compared_attribute])* #[column(const = $compared)] $compared: Option<$compared_type>,)*
                $($(#[$carried_attribute])* #[column(const = $carried)] $carried: Option<$carried_type>,)*
            }

            /// The values of each column.
            #[derive(Clone)]
            struct Values {
                $($key: Vec<$key_type>,)+
                $($compared: Vec<$compared_type>,)*
                $($carried: Vec<$carried_type>,)*
            }

            impl Values {
                fn new() -> Self {
                    Self {
                        $($key: Vec::from($key_values),)+
                        $($compared: Vec::from($compared_values),)*
                        $($carried: Vec::from($carried_values),)*
                    }
                }

                fn most(&self) -> usize {
                    let lengths = [$(self.$key.len(),)+ $(self.$compared.len(),)* $(self.$carried.len(),)*];
                    lengths.into_iter().max().expect("there are columns")
                }

                /// As many rows as it takes for each value to be in one, shifted by so many.
                fn always(&self, shift: usize) -> Vec<Always> {
                    let row = |at: usize| Always {
                        id: i64::try_from(at).expect("a small number"),
                        $($key: turn(&self.$key, at + shift),)+
                        $($compared: turn(&self.$compared, at + shift),)*
                        $($carried: turn(&self.$carried, at + shift),)*
                    };
                    (0..self.most()).map(row).collect()
                }

                /// Each value once, and at least one `NULL` in each column.
                fn sometimes(&self) -> Vec<Sometimes> {
                    let row = |at: usize| Sometimes {
                        note: 0,
                        $($key: self.$key.get(at).cloned(),)+
                        $($compared: self.$compared.get(at).cloned(),)*
                        $($carried: self.$carried.get(at).cloned(),)*
                        ..Self::nothing(at)
                    };
                    (0..=self.most()).map(row).collect()
                }

                fn nothing(at: usize) -> Sometimes {
                    Sometimes {
                        id: i64::try_from(at).expect("a small number"),
                        note: 1,
                        $($key: None,)+
                        $($compared: None,)*
                        $($carried: None,)*
                    }
                }
            }

            pub(super) async fn test(site: &Site) {
                type On = family!(@on $place);
                let on = &On::open(site).await;
                $(for sql in $before {
                    on.run(sql).await;
                })?
                orm::create_tables!(on, $($($made,)+)? Always, Sometimes).await.expect("tables");
                orm::verify!(on, Always, Sometimes).await.expect("tables as they were declared");
                let values = Values::new();
                family!(@rows on, Always, values.always(0), values.always(1));
                let nothing: Vec<_> = (0..=values.most()).map(Values::nothing).collect();
                family!(@rows on, Sometimes, nothing, values.sometimes());
                // Now the values are in it.
                $(family!(@key on, $key, values);)+
                $(family!(@compared on, $key, values);)+
                $(family!(@compared on, $compared, values);)*
                family!(@pools $place, site, values);
            }
        }
    };

    (@on PgPool) => { sqlx::PgPool };
    (@on SqlitePool) => { sqlx::SqlitePool };
    (@on Db) => { orm::Db };

    (@pools Db, $site:ident, $values:ident) => {
        if $site.backend() == orm_tests::Backend::Sqlite {
            let on = &sqlx::SqlitePool::open($site).await;
            family!(@rows on, Always, $values.always(0), $values.always(1));
        } else {
            let on = &sqlx::PgPool::open($site).await;
            family!(@rows on, Always, $values.always(0), $values.always(1));
        }
    };
    (@pools $place:ident, $site:ident, $values:ident) => {};

    // Rows are inserted, updated by upserts, and read, one by one and all at once.
    (@rows $on:ident, $table:ident, $before:expr, $after:expr) => {{
        let (before, after): (Vec<$table>, Vec<$table>) = ($before, $after);
        let name = <$table as Table>::DEF.name.to_string();
        $on.run(&format!("DELETE FROM {name}")).await;
        for (before, after) in before.iter().zip(&after) {
            let stored = before.insert().fetch_one($on).await.expect("an insert");
            same(&stored, before, "insert");
            let stored = $table::get(before.id).fetch_one($on).await.expect("a look-up");
            same(&stored, before, "get");
            let upsert = || after.upsert().on_primary_key().update_all();
            let stored = upsert().fetch_one($on).await.expect("an upsert");
            same(&stored, after, "upsert");
            assert_eq!(upsert().skip_unchanged().execute($on).await.expect("an upsert"), 0, "{name}");
        }
        let stored = || $table::select().order_by($table::id).fetch_all($on);
        same(&stored().await.expect("rows"), &after, "select");
        for (carrier, chunk) in WAYS {
            let say = format!("{name} by {carrier:?}, {chunk} rows at once");
            $on.run(&format!("DELETE FROM {name}")).await;
            for rows in [&before, &after] {
                let upsert = rows.upsert().on_primary_key().update_all();
                let written = upsert.carrier(carrier).chunk_rows(chunk).fetch_all($on).await;
                same(&written.expect(&say), rows, &say);
                same(&stored().await.expect("rows"), rows, &say);
            }
        }
    }};

    // A row is found by the value, and the value decides whether a record is there already.
    (@key $on:ident, $column:ident, $values:ident) => {{
        let name = stringify!($column);
        for (at, value) in $values.$column.iter().enumerate() {
            let found = Sometimes::find(Sometimes::$column, value.clone()).fetch_one($on).await;
            same(&found.expect(name).$column, &Some(value.clone()), name);
            let mut row = $values.sometimes().remove(at);
            row.note = 2;
            let upsert = row.upsert().on_conflict(Sometimes::$column).update(Sometimes::note);
            let stored = upsert.returning((Sometimes::note, Sometimes::$column)).fetch_one($on).await;
            same(&stored.expect(name), &(2, Some(value.clone())), name);
        }
        let mut rows = $values.sometimes();
        rows.truncate($values.$column.len());
        let many = rows.len();
        // Each of them twice.
        rows.extend_from_within(..);
        for (version, (carrier, chunk)) in (3..).zip(WAYS) {
            let say = format!("{name} by {carrier:?}, {chunk} rows at once");
            for row in &mut rows {
                row.note = version;
            }
            let upsert = rows.upsert().on_conflict(Sometimes::$column).update(Sometimes::note);
            let upsert = upsert.on_duplicates(Duplicates::KeepLast).carrier(carrier).chunk_rows(chunk);
            let report = upsert.report($on).await.expect(&say);
            let (updated, deduplicated) = (report.updated, report.deduplicated);
            assert_eq!((updated, deduplicated), (many as u64, many as u64), "{say}");
        }
    }};

    // A row is chosen by the value.
    (@compared $on:ident, $column:ident, $values:ident) => {{
        let name = stringify!($column);
        for (at, value) in $values.$column.iter().enumerate() {
            let row = i64::try_from(at).expect("a small number");
            let is_it = Sometimes::id.eq(row).and(Sometimes::$column.eq(value.clone()));
            let found = Sometimes::select().filter(is_it).fetch_all($on).await.expect(name);
            assert_eq!(found.len(), 1, "`{name}` is {value:?}");
        }
        let without = Sometimes::select().filter(Sometimes::$column.is_null()).count($on).await;
        let expected = missing($values.most(), $values.$column.len());
        assert_eq!(without.expect(name), expected, "{name}");
    }};
}

pub(super) use family;

/// How many rows have no value.
pub(super) fn missing(most: usize, values: usize) -> u64 {
    (most + 1 - values) as u64
}
