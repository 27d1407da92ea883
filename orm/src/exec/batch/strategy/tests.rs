//! Which batch is written how, without a connection.

use super::Carrier::{Arrays as ByArrays, Auto, Copy as ByCopy, Values as ByValues};
use super::{
    Arrays, Carrier, Delivery, FEW, Finding, MOST_BYTES, Probe, RowStatement, Sizes, Staging,
    Strategy, Write, after_arrays, after_finding, strategy,
};
use crate::dialect::{Capabilities, Dialect, Postgres, Sqlite};
use crate::exec::NO_LIMIT;
use crate::schema::{ColumnDef, KeyDef, TableDef, TableKind};
use crate::stmt::{
    Action, Assignment, Batch, Conflict, Gives, Insert, Keep, OnDuplicate, Returned, Source,
    Target, Unmatched,
};

static COLUMNS: [ColumnDef; 2] = [ColumnDef::new("id"), ColumnDef::new("value")];
static KEYS: [KeyDef; 1] = [KeyDef::primary(&[0])];
static PLAIN: TableDef = TableDef::new("things", &COLUMNS, &KEYS);

const ONE: Write = Write::Statement {
    lists_duplicates: false,
};
const CHUNKS: Write = Write::Sequential {
    checks_exceptions: false,
    counts_existing: false,
};
const ARRAYS: Delivery = Delivery::Arrays {
    at_most: MOST_BYTES,
};
const KEYS_FIRST: Delivery = Delivery::WithStatements(Some(Probe::Keys));

/// An upsert by the primary key, which updates the other column.
fn upsert(gives: Gives) -> Batch {
    Batch {
        insert: Insert {
            table: (&PLAIN).into(),
            columns: vec![0, 1],
            casts: Vec::new(),
            conflict: Some(Conflict {
                target: Target::Key(0),
                action: Action::Update {
                    assignments: vec![Assignment::incoming(1)],
                    guard: None,
                    lists: Vec::new(),
                },
            }),
            returning: vec![Returned::Column(0)],
        },
        source: Source::Values(0),
        on_duplicate: OnDuplicate::Reject,
        unmatched: Unmatched::Insert,
        gives,
    }
}

/// The same, changed.
fn with(gives: Gives, change: impl FnOnce(&mut Batch)) -> Batch {
    let mut batch = upsert(gives);
    change(&mut batch);
    batch
}

fn on_conflict(target: Target, action: Action) -> impl FnOnce(&mut Batch) {
    move |batch| batch.insert.conflict = Some(Conflict { target, action })
}

fn insert(gives: Gives) -> Batch {
    with(gives, |batch| {
        batch.insert.conflict = None;
        batch.on_duplicate = OnDuplicate::Ignore;
    })
}

fn update() -> Batch {
    with(Gives::Nothing, |batch| batch.unmatched = Unmatched::Skip)
}

fn outcomes(batch: &mut Batch) {
    batch.insert.returning.push(Returned::Inserted);
}

fn partitioned(batch: &mut Batch) {
    let table = PLAIN.clone().of_kind(TableKind::Partitioned);
    batch.insert.table = (&std::sync::Arc::new(table)).into();
}

fn keeping(batch: &mut Batch) {
    batch.on_duplicate = OnDuplicate::Keep(Keep::Last);
}

fn supplying_nothing(batch: &mut Batch) {
    batch.insert.columns.clear();
}

const MANY: Sizes = Sizes {
    rows: 1_000,
    closures: 0,
    nests_arrays: false,
    chunk_rows: NO_LIMIT,
    carrier: Auto,
    may_copy: true,
};

fn postgres(major: u32) -> &'static Capabilities {
    Postgres::of(Some(major * 10_000)).capabilities()
}

fn sqlite() -> &'static Capabilities {
    Sqlite.capabilities()
}

fn chunks_of(chunk_rows: usize, sizes: Sizes) -> Sizes {
    Sizes {
        chunk_rows,
        ..sizes
    }
}

fn asked(carrier: Carrier) -> Sizes {
    Sizes { carrier, ..MANY }
}

#[test]
fn the_delivery_follows_from_sizes() {
    let nested = |sizes| Sizes {
        nests_arrays: true,
        ..sizes
    };
    let callers = |sizes| Sizes {
        may_copy: false,
        ..sizes
    };
    let rows = |rows, sizes| Sizes { rows, ..sizes };
    let staged = Delivery::Staged;
    for (sizes, expected) in [
        (rows(FEW, MANY), Delivery::Values),
        (rows(FEW + 1, MANY), ARRAYS),
        (rows(FEW, asked(ByArrays)), ARRAYS),
        (asked(ByValues), Delivery::Values),
        (rows(32_767, asked(ByValues)), Delivery::Values),
        (rows(32_768, asked(ByValues)), staged(Staging::Values)),
        (
            Sizes {
                closures: 2,
                ..rows(32_767, asked(ByValues))
            },
            staged(Staging::Values),
        ),
        (asked(ByCopy), staged(Staging::Copy)),
        (callers(asked(ByCopy)), ARRAYS),
        (chunks_of(999, MANY), staged(Staging::Arrays)),
        (chunks_of(1_000, MANY), ARRAYS),
        (nested(MANY), Delivery::Values),
        (nested(rows(40_000, MANY)), staged(Staging::Copy)),
        (nested(asked(ByArrays)), staged(Staging::Copy)),
        (nested(callers(asked(ByArrays))), Delivery::Values),
        (nested(callers(rows(40_000, MANY))), staged(Staging::Values)),
    ] {
        let Strategy { delivery, .. } = strategy(&upsert(Gives::Nothing), postgres(15), &sizes);
        assert_eq!(delivery, expected, "{sizes:?}");
    }
}

#[test]
fn what_is_too_wide_for_a_staging_table_goes_at_once() {
    let wide = with(Gives::Nothing, |batch| {
        batch.insert.columns = vec![0; postgres(15).max_columns];
    });
    let expected = Delivery::Arrays {
        at_most: usize::MAX,
    };
    for sizes in [chunks_of(10, MANY), asked(ByCopy), asked(ByArrays)] {
        let Strategy { delivery, .. } = strategy(&wide, postgres(15), &sizes);
        assert_eq!(delivery, expected, "{sizes:?}");
    }
}

#[test]
fn what_arrays_turn_out_to_be_decides_again() {
    let batch = upsert(Gives::Nothing);
    let large = Sizes {
        rows: 40_000,
        ..MANY
    };
    let all = Delivery::Arrays {
        at_most: usize::MAX,
    };
    for (arrays, sizes, expected) in [
        (Arrays::Complete, &large, all),
        (Arrays::TooLarge, &MANY, Delivery::Staged(Staging::Arrays)),
        (Arrays::Unknown, &MANY, Delivery::Values),
        (Arrays::Unknown, &large, Delivery::Staged(Staging::Arrays)),
    ] {
        let delivery = after_arrays(arrays, &batch, postgres(15), sizes);
        assert_eq!(delivery, expected, "{arrays:?} of {}", sizes.rows);
    }
}

/// A strategy for `MANY` records; `true` where it needs a transaction.
type Expected = (Delivery, Write, bool);

#[test]
fn postgres_writes_by_one_statement_where_that_can_tell() {
    let per_row = Write::PerRow;
    let listing = Write::Statement {
        lists_duplicates: true,
    };
    let any = || on_conflict(Target::Any, Action::Nothing);
    let told = |mut batch: Batch| {
        outcomes(&mut batch);
        batch
    };
    let parted = |mut batch: Batch| {
        partitioned(&mut batch);
        batch
    };
    let cases: [(&str, Batch, u32, Expected); 14] = [
        ("execute", upsert(Gives::Nothing), 15, (ARRAYS, ONE, false)),
        ("update", update(), 15, (ARRAYS, ONE, false)),
        ("report", upsert(Gives::Counts), 15, (ARRAYS, ONE, false)),
        ("fetch_all", upsert(Gives::Rows), 15, (ARRAYS, ONE, true)),
        (
            "fetch_all that keeps the last",
            with(Gives::Rows, keeping),
            15,
            (ARRAYS, listing, true),
        ),
        (
            "report that keeps the last",
            with(Gives::Counts, keeping),
            15,
            (ARRAYS, ONE, false),
        ),
        (
            "outcomes",
            told(upsert(Gives::Rows)),
            15,
            (ARRAYS, ONE, true),
        ),
        (
            "outcomes of a partitioned table",
            parted(told(upsert(Gives::Rows))),
            17,
            (ARRAYS, per_row(RowStatement::Steps), true),
        ),
        (
            "the same on 18",
            parted(told(upsert(Gives::Rows))),
            18,
            (ARRAYS, ONE, true),
        ),
        (
            "report of a partitioned table",
            parted(upsert(Gives::Counts)),
            17,
            (ARRAYS, per_row(RowStatement::Steps), true),
        ),
        (
            "fetch_all of a partitioned table",
            parted(upsert(Gives::Rows)),
            17,
            (ARRAYS, ONE, true),
        ),
        (
            "fetch_all on any conflict",
            with(Gives::Rows, any()),
            18,
            (ARRAYS, per_row(RowStatement::Insert), true),
        ),
        (
            "execute on any conflict",
            with(Gives::Nothing, any()),
            18,
            (ARRAYS, ONE, false),
        ),
        (
            "records that supply nothing",
            with(Gives::Nothing, supplying_nothing),
            15,
            (
                Delivery::WithStatements(None),
                per_row(RowStatement::Upsert),
                true,
            ),
        ),
    ];
    for (name, batch, major, expected) in cases {
        let Strategy {
            delivery,
            write,
            needs_transaction,
        } = strategy(&batch, postgres(major), &MANY);
        assert_eq!((delivery, write, needs_transaction), expected, "{name}");
    }
    let staged = strategy(&upsert(Gives::Nothing), postgres(15), &asked(ByCopy));
    assert!(staged.needs_transaction);
}

#[test]
fn sqlite_looks_and_then_writes() {
    let at_once = Delivery::WithStatements(None);
    let counting = |counts_existing| Write::Sequential {
        checks_exceptions: true,
        counts_existing,
    };
    let nothing = |target| on_conflict(target, Action::Nothing);
    let ignored = |mut batch: Batch| {
        batch.on_duplicate = OnDuplicate::Ignore;
        batch
    };
    let cases = [
        ("insert", insert(Gives::Nothing), at_once, CHUNKS),
        ("upsert", upsert(Gives::Nothing), KEYS_FIRST, CHUNKS),
        (
            "upsert that leaves duplicates to the database",
            ignored(upsert(Gives::Nothing)),
            at_once,
            CHUNKS,
        ),
        (
            "update",
            update(),
            Delivery::WithStatements(Some(Probe::Everything)),
            CHUNKS,
        ),
        ("report", upsert(Gives::Counts), KEYS_FIRST, counting(true)),
        (
            "report of what does nothing",
            with(Gives::Counts, nothing(Target::Key(0))),
            KEYS_FIRST,
            counting(false),
        ),
        (
            "report on any conflict",
            with(Gives::Counts, nothing(Target::Any)),
            at_once,
            counting(false),
        ),
        (
            "fetch_all",
            upsert(Gives::Rows),
            KEYS_FIRST,
            Write::PerRow(RowStatement::Upsert),
        ),
        (
            "outcomes",
            with(Gives::Rows, outcomes),
            KEYS_FIRST,
            Write::PerRow(RowStatement::Steps),
        ),
        (
            "fetch_all of an insert",
            insert(Gives::Rows),
            at_once,
            Write::PerRow(RowStatement::Insert),
        ),
        (
            "records that supply nothing",
            with(Gives::Nothing, supplying_nothing),
            at_once,
            Write::PerRow(RowStatement::Upsert),
        ),
    ];
    for (name, batch, delivery, write) in cases {
        let expected = Strategy {
            delivery,
            write,
            needs_transaction: true,
        };
        assert_eq!(strategy(&batch, sqlite(), &MANY), expected, "{name}");
    }
}

#[test]
fn what_the_connection_finds_decides_again() {
    let counts = upsert(Gives::Counts);
    let rows = upsert(Gives::Rows);
    let steps = Write::PerRow(RowStatement::Steps);
    let by_upsert = Write::PerRow(RowStatement::Upsert);
    for (finding, batch, capabilities, expected) in [
        (Finding::Exceptions(0), &counts, sqlite(), CHUNKS),
        (Finding::Exceptions(1), &counts, sqlite(), steps),
        (Finding::UnmatchedRows, &rows, postgres(15), by_upsert),
        (
            Finding::UnmatchedRows,
            &with(Gives::Rows, outcomes),
            postgres(15),
            Write::PerRow(RowStatement::UpsertReturningInserted),
        ),
    ] {
        let write = after_finding(finding, CHUNKS, batch, capabilities);
        assert_eq!(write, expected, "{finding:?}");
    }
}
