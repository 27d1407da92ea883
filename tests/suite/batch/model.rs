//! Random batches against their meaning as a function over rows, and against rows updated by hand.
//!
//! `ORM_TEST_SEED=…` runs the batches of a failure again.

use std::time::{SystemTime, UNIX_EPOCH};

use fastrand::Rng;
use orm::prelude::*;
use orm::upsert::semantics::{self, Resolution, Rules};
use orm::{ErrorKind, Result};
use orm_tests::Site;

use super::{CARRIERS, connect, letters, numbers, run};

/// The columns of every table here.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    first: i32,
    second: Option<i32>,
    label: String,
    live: bool,
    value: i64,
    version: Option<i64>,
    note: Option<i64>,
}

/// Which rows have the same key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    /// `first`
    Plain,
    /// `first` and `second`, which may be `NULL`
    Composite,
    /// `first` among those that live
    Partial,
    /// `lower(label)`
    Folded,
}

impl Key {
    /// `None`: the key does not hold the row apart from others.
    fn of(self, row: &Row) -> Option<String> {
        match self {
            Self::Plain => Some(row.first.to_string()),
            Self::Composite => row.second.map(|second| format!("{} {second}", row.first)),
            Self::Partial => row.live.then(|| row.first.to_string()),
            Self::Folded => Some(row.label.to_lowercase()),
        }
    }
}

/// What is done with a stored row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Recipe {
    All,
    Value,
    AllKeepNewest,
    ValueKeepNewer,
    AllSkipUnchanged,
    CoalesceAll,
    ExceptVersionWhere,
    Nothing,
    NoteSetValue,
    NoteAddValueKeepNewest,
    AllKeepNewestOfTwo,
    AllSkipUnchangedKeepNewer,
}

use Recipe::{
    All, AllKeepNewest, AllKeepNewestOfTwo, AllSkipUnchanged, AllSkipUnchangedKeepNewer,
    CoalesceAll, ExceptVersionWhere, NoteAddValueKeepNewest, NoteSetValue, Nothing, Value,
    ValueKeepNewer,
};

const RECIPES: [Recipe; 12] = [
    All,
    Value,
    AllKeepNewest,
    ValueKeepNewer,
    AllSkipUnchanged,
    CoalesceAll,
    ExceptVersionWhere,
    Nothing,
    NoteSetValue,
    NoteAddValueKeepNewest,
    AllKeepNewestOfTwo,
    AllSkipUnchangedKeepNewer,
];

/// What is said about a batch beside its recipe.
#[derive(Debug, Clone, Copy)]
struct Said {
    recipe: Recipe,
    duplicates: Option<Duplicates>,
    carrier: Carrier,
    chunk_rows: usize,
}

/// What a batch gives.
#[derive(Debug, Clone, PartialEq)]
enum Gave {
    Written(u64),
    Report([u64; 5]),
    Outcomes(Vec<String>),
    /// The positions of records of one key.
    Refused(Vec<usize>),
}

#[derive(Debug, Clone, Copy)]
enum Terminal {
    Execute,
    Report,
    Outcomes,
}

/// The rules of a batch on this key.
struct Batch(Key, Said);

impl Batch {
    fn version(&self, row: &Row) -> (Option<i64>, i64) {
        match self.1.recipe {
            AllKeepNewestOfTwo => (row.version, row.value),
            _ => (row.version, 0),
        }
    }
}

impl Rules<Row> for Batch {
    type Key = String;

    fn key(&self, row: &Row) -> Option<String> {
        self.0.of(row)
    }

    fn resolution(&self) -> Resolution {
        match (self.1.duplicates, self.1.recipe) {
            (Some(Duplicates::KeepFirst), _) | (None, Nothing) => Resolution::First,
            (Some(Duplicates::KeepLast), _) => Resolution::Last,
            (None, AllKeepNewest | AllKeepNewestOfTwo) => Resolution::Newest,
            (None, ValueKeepNewer | AllSkipUnchangedKeepNewer) => Resolution::Newer,
            (Some(Duplicates::Error) | None, _) => Resolution::Refuse,
        }
    }

    fn is_newer(&self, one: &Row, other: &Row) -> bool {
        self.version(one) > self.version(other)
    }

    fn update(&self, stored: &Row, incoming: &Row) -> Option<Row> {
        let mut row = stored.clone();
        upsert(self.0, &mut row, incoming, self.1.recipe).then_some(row)
    }
}

/// A batch on rows in memory: what became of each record.
fn model(
    key: Key,
    table: &mut Vec<Row>,
    batch: &[Row],
    said: Said,
) -> Result<Vec<String>, Vec<usize>> {
    let stored = |its: &String| table.iter().find(|row| key.of(row).as_ref() == Some(its));
    let outcomes = semantics::upsert(batch, &Batch(key, said), |its| stored(its).cloned())?;
    let became = letters(&outcomes);
    for (record, outcome) in batch.iter().zip(outcomes) {
        match outcome {
            BatchOutcome::Inserted(row) => table.push(row),
            BatchOutcome::Updated(row) => {
                let its = key.of(record);
                let stored = table.iter_mut().find(|stored| key.of(stored) == its);
                *stored.expect("a stored row") = row;
            }
            _ => {}
        }
    }
    Ok(became)
}

/// Updates a stored row, if that is what is to be done.
fn upsert(key: Key, stored: &mut Row, new: &Row, recipe: Recipe) -> bool {
    // All but the columns of the key; what an expression reads is no such column.
    let all = || {
        let mut row = new.clone();
        match key {
            Key::Plain | Key::Partial => row.first = stored.first,
            Key::Composite => (row.first, row.second) = (stored.first, stored.second),
            Key::Folded => {}
        }
        row
    };
    let old = stored.clone();
    // `NULL` is the least, as `None` is.
    let (row, holds) = match recipe {
        All => (all(), true),
        Value => (
            Row {
                value: new.value,
                ..old
            },
            true,
        ),
        AllKeepNewest => (all(), new.version >= old.version),
        ValueKeepNewer => {
            let holds = new.version > old.version;
            (
                Row {
                    value: new.value,
                    version: new.version,
                    ..old
                },
                holds,
            )
        }
        AllSkipUnchanged => (all(), all() != old),
        CoalesceAll => {
            let row = Row {
                version: new.version.or(old.version),
                note: new.note.or(old.note),
                ..all()
            };
            // The second column of the key of two stays, whatever it is.
            let second = if key == Key::Composite {
                old.second
            } else {
                new.second.or(old.second)
            };
            (Row { second, ..row }, true)
        }
        ExceptVersionWhere => (
            Row {
                version: old.version,
                ..all()
            },
            new.value >= old.value,
        ),
        Nothing => (old, false),
        NoteSetValue => (
            Row {
                note: new.note,
                value: 7,
                ..old
            },
            true,
        ),
        NoteAddValueKeepNewest => {
            let holds = new.version >= old.version;
            let value = old.value + new.value;
            (
                Row {
                    note: new.note,
                    value,
                    version: new.version,
                    ..old
                },
                holds,
            )
        }
        AllKeepNewestOfTwo => (all(), (new.version, new.value) >= (old.version, old.value)),
        AllSkipUnchangedKeepNewer => (all(), new.version > old.version),
    };
    if holds {
        *stored = row;
    }
    holds
}

/// A table with one key, and what runs a batch on it.
macro_rules! table {
    ($module:ident, $target:ident, $(#[$key:meta])*) => {
        mod $module {
            use super::*;

            #[derive(Table, Debug, Clone)]
            #[table(insert(New, derive(Debug, Clone)))]
            $(#[$key])*
            struct Thing {
                #[column(primary_key, auto)]
                id: i64,
                first: i32,
                second: Option<i32>,
                label: String,
                live: bool,
                value: i64,
                version: Option<i64>,
                note: Option<i64>,
            }

            pub(super) async fn make(db: &orm::Db) {
                orm::create_tables!(db, Thing).await.expect("the table");
            }

            pub(super) async fn rows(db: &orm::Db) -> Vec<Row> {
                let things = Thing::select().fetch_all(db).await.expect("rows");
                let row = |thing: Thing| Row {
                    first: thing.first,
                    second: thing.second,
                    label: thing.label,
                    live: thing.live,
                    value: thing.value,
                    version: thing.version,
                    note: thing.note,
                };
                things.into_iter().map(row).collect()
            }

            pub(super) async fn write(db: &orm::Db, rows: &[Row], said: Said, end: Terminal) -> Gave {
                let new = |row: &Row| New {
                    first: row.first,
                    second: row.second,
                    label: row.label.clone(),
                    live: row.live,
                    value: row.value,
                    version: row.version,
                    note: row.note,
                };
                let records: Vec<_> = rows.iter().map(new).collect();
                let start = || records.upsert().on_conflict(Thing::$target);
                macro_rules! end {
                    ($upsert:expr) => {{
                        let upsert = $upsert.carrier(said.carrier).chunk_rows(said.chunk_rows);
                        let upsert = match said.duplicates {
                            Some(duplicates) => upsert.on_duplicates(duplicates),
                            None => upsert,
                        };
                        match end {
                            Terminal::Execute => upsert.execute(db).await.map(Gave::Written),
                            Terminal::Report => upsert.report(db).await.map(|report| Gave::Report(numbers(&report))),
                            Terminal::Outcomes => {
                                let outcomes = upsert.outcomes(db).await;
                                outcomes.map(|outcomes| Gave::Outcomes(letters(&outcomes)))
                            }
                        }
                    }};
                }
                let gave = match said.recipe {
                    All => end!(start().update_all()),
                    Value => end!(start().update(Thing::VALUE)),
                    AllKeepNewest => end!(start().update_all().keep_newest(Thing::VERSION)),
                    ValueKeepNewer => end!(start().update(Thing::VALUE).keep_newer(Thing::VERSION)),
                    AllSkipUnchanged => end!(start().update_all().skip_unchanged()),
                    CoalesceAll => end!(start().coalesce_all()),
                    ExceptVersionWhere => end!(
                        start().update_except(Thing::VERSION).where_(|old, new| new.value.ge(old.value))
                    ),
                    Nothing => end!(start().do_nothing()),
                    NoteSetValue => end!(start().update(Thing::NOTE).set(Thing::VALUE, 7)),
                    NoteAddValueKeepNewest => end!(
                        start()
                            .update(Thing::NOTE)
                            .set_with(Thing::VALUE, |old, new| old.value + new.value)
                            .keep_newest(Thing::VERSION)
                    ),
                    AllKeepNewestOfTwo => {
                        end!(start().update_all().keep_newest((Thing::VERSION, Thing::VALUE)))
                    }
                    AllSkipUnchangedKeepNewer => {
                        end!(start().update_all().skip_unchanged().keep_newer(Thing::VERSION))
                    }
                };
                gave.unwrap_or_else(|error| {
                    assert_eq!(error.kind(), ErrorKind::DuplicateKeyInBatch, "{said:?}: {error}");
                    Gave::Refused(error.rows().to_vec())
                })
            }
        }
    };
}

table!(plain, FIRST_ALONE, #[table(unique(name = "first_alone", columns(first)))]);
table!(composite, BOTH, #[table(unique(name = "both", columns(first, second), nulls_distinct))]);
table!(partial, AMONG_LIVE, #[table(unique(name = "among_live", columns(first), filter = "live"))]);
table!(folded, FOLDED, #[table(unique(name = "folded", expr = "lower(label)"))]);

macro_rules! on_table {
    ($key:expr, $function:ident($($argument:expr),*)) => {
        match $key {
            Key::Plain => plain::$function($($argument),*).await,
            Key::Composite => composite::$function($($argument),*).await,
            Key::Partial => partial::$function($($argument),*).await,
            Key::Folded => folded::$function($($argument),*).await,
        }
    };
}

fn random_row(rng: &mut Rng) -> Row {
    let perhaps = |rng: &mut Rng, most: i64| (rng.u8(..4) > 0).then(|| rng.i64(0..most));
    Row {
        first: rng.i32(0..8),
        second: perhaps(rng, 2).map(|second| i32::try_from(second).expect("it is small")),
        label: rng
            .choice(["a", "A", "b", "B", "c", "d", "D", "E", "é"])
            .expect("there are some")
            .to_owned(),
        live: rng.u8(..3) > 0,
        value: rng.i64(0..4),
        version: perhaps(rng, 4),
        note: perhaps(rng, 2),
    }
}

fn random_batch(rng: &mut Rng, key: Key) -> Vec<Row> {
    let many = rng.usize(0..40);
    let mut batch: Vec<_> = (0..many).map(|_| random_row(rng)).collect();
    if rng.bool() {
        // None of the same key, so that more is seen than refusals.
        let mut keys = Vec::new();
        batch.retain(|row| {
            let its = key.of(row);
            let new = its.is_none() || !keys.contains(&its);
            keys.push(its);
            new
        });
    }
    batch
}

fn random_said(rng: &mut Rng) -> Said {
    let duplicates = [
        None,
        None,
        Some(Duplicates::Error),
        Some(Duplicates::KeepFirst),
        Some(Duplicates::KeepLast),
    ];
    Said {
        recipe: *rng.choice(&RECIPES).expect("there are some"),
        duplicates: *rng.choice(&duplicates).expect("there are some"),
        carrier: *rng.choice(&CARRIERS).expect("there are some"),
        chunk_rows: rng.usize(1..30),
    }
}

fn seed() -> u64 {
    let given = std::env::var("ORM_TEST_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    let time = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    given.unwrap_or_else(|| u64::from(time.subsec_nanos()))
}

fn sorted(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort();
    rows
}

fn count(became: &[String], letter: &str) -> u64 {
    became
        .iter()
        .filter(|each| each.starts_with(letter))
        .count() as u64
}

async fn like_the_model(site: &Site, key: Key) {
    let seed = seed();
    let mut rng = Rng::with_seed(seed);
    let db = connect(site).await;
    on_table!(key, make(&db));
    for round in 0..120 {
        let mut stored = sorted(on_table!(key, rows(&db)));
        if round % 6 == 0 {
            run(&db, "DELETE FROM things").await;
            stored.clear();
        }
        let (batch, said) = (random_batch(&mut rng, key), random_said(&mut rng));
        let ends = [Terminal::Execute, Terminal::Report, Terminal::Outcomes];
        let end = *rng.choice(&ends).expect("there are some");
        let say = format!(
            "ORM_TEST_SEED={seed}, round {round}: {key:?}, {said:?}, {end:?}\n{stored:#?}\n{batch:#?}"
        );
        let became = model(key, &mut stored, &batch, said);
        let expected = match (became, end) {
            (Err(rows), _) => Gave::Refused(rows),
            (Ok(became), Terminal::Execute) => {
                Gave::Written(count(&became, "i") + count(&became, "u"))
            }
            (Ok(became), Terminal::Report) => Gave::Report([
                batch.len() as u64,
                count(&became, "i"),
                count(&became, "u"),
                count(&became, "s"),
                count(&became, "="),
            ]),
            (Ok(became), Terminal::Outcomes) => Gave::Outcomes(became),
        };
        let gave = on_table!(key, write(&db, &batch, said, end));
        assert_eq!(gave, expected, "{say}");
        assert_eq!(sorted(on_table!(key, rows(&db))), sorted(stored), "{say}");
    }
}

pub(crate) async fn a_plain_key_is_like_the_model(site: Site) {
    like_the_model(&site, Key::Plain).await;
}

pub(crate) async fn a_key_of_two_with_nulls_is_like_the_model(site: Site) {
    like_the_model(&site, Key::Composite).await;
}

pub(crate) async fn a_partial_key_is_like_the_model(site: Site) {
    like_the_model(&site, Key::Partial).await;
}

pub(crate) async fn a_key_on_an_expression_is_like_the_model(site: Site) {
    like_the_model(&site, Key::Folded).await;
}

/// Records of one key count one after the other as they do at once, where the newest decides.
pub(crate) async fn one_batch_of_many_is_many_batches_of_one(site: Site) {
    let seed = seed();
    let mut rng = Rng::with_seed(seed);
    let other = site.another().await;
    let (many, one) = (connect(&site).await, connect(&other).await);
    for key in [Key::Plain, Key::Composite, Key::Partial] {
        for db in [&many, &one] {
            run(db, "DROP TABLE IF EXISTS things").await;
            on_table!(key, make(db));
        }
        for round in 0..25 {
            let batch = random_batch(&mut rng, key);
            let said = Said {
                recipe: rng
                    .choice([AllKeepNewest, AllKeepNewestOfTwo, Nothing])
                    .expect("there are some"),
                duplicates: None,
                ..random_said(&mut rng)
            };
            let say = format!("ORM_TEST_SEED={seed}, round {round}: {key:?}, {said:?}\n{batch:#?}");
            on_table!(key, write(&many, &batch, said, Terminal::Execute));
            for record in &batch {
                let record = std::slice::from_ref(record);
                on_table!(key, write(&one, record, said, Terminal::Execute));
            }
            let (many, one) = (on_table!(key, rows(&many)), on_table!(key, rows(&one)));
            assert_eq!(sorted(many), sorted(one), "{say}");
        }
    }
}

/// Whatever the writers' turns: of each key the newest version is left.
pub(crate) async fn writers_converge_to_the_newest(site: Site) {
    let seed = seed();
    let mut rng = Rng::with_seed(seed);
    let db = connect(&site).await;
    on_table!(Key::Composite, make(&db));
    // One row for each version of each key.
    let mut history = Vec::new();
    for (first, version) in (0..20).flat_map(|first| (0..8).map(move |version| (first, version))) {
        history.push(Row {
            first,
            second: Some(1),
            version: Some(version),
            value: i64::from(first) * 100 + version,
            ..random_row(&mut rng)
        });
    }
    let mut writers = Vec::new();
    for _ in 0..4 {
        let mut batches = Vec::new();
        rng.shuffle(&mut history);
        for batch in history.chunks(35) {
            let said = Said {
                recipe: AllKeepNewest,
                duplicates: None,
                ..random_said(&mut rng)
            };
            batches.push((batch.to_vec(), said));
        }
        let db = db.clone();
        writers.push(tokio::spawn(async move {
            for (batch, said) in batches {
                composite::write(&db, &batch, said, Terminal::Report).await;
            }
        }));
    }
    for writer in writers {
        writer.await.expect("the writer ends");
    }
    let newest = history
        .into_iter()
        .filter(|row| row.version == Some(7))
        .collect();
    assert_eq!(
        sorted(composite::rows(&db).await),
        sorted(newest),
        "ORM_TEST_SEED={seed}"
    );
}
