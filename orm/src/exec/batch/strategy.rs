//! How a batch is written: decided once, and from data alone.

use super::Carrier;
use crate::dialect::Capabilities;
use crate::stmt::{Action, Batch, Gives, OnDuplicate, Returned, Target, Unmatched};

#[cfg(all(test, feature = "postgres", feature = "sqlite"))]
mod tests;

/// As many records as go faster value by value, because the server has less to set up.
pub(super) const FEW: usize = 16;

/// One statement takes arrays up to this, in bytes. They are held by the arguments and once more by sqlx.
pub(super) const MOST_BYTES: usize = 4 << 20;

/// How much there is to write, and what the caller and the connection allow.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sizes {
    /// How many records there are.
    pub(super) rows: usize,
    /// How many values closures bind beside those of the records.
    pub(super) closures: usize,
    /// Whether a value of the records is an array itself.
    pub(super) nests_arrays: bool,
    /// How many records may be sent at once.
    pub(super) chunk_rows: usize,
    /// The carrier that was asked for.
    pub(super) carrier: Carrier,
    /// Whether the connection may be closed when a `COPY` is dropped half way.
    pub(super) may_copy: bool,
}

/// How a batch is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Strategy {
    /// How the records reach the database.
    pub(super) delivery: Delivery,
    /// The statements that write them.
    pub(super) write: Write,
    /// Whether more than one statement is sent, or one whose rows have to be looked at before they can stay.
    pub(super) needs_transaction: bool,
}

/// How the records reach the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Delivery {
    /// Value by value, as arguments of the statement that writes them.
    Values,
    /// As arguments of that statement, an array for each column; [`after_arrays`] decides again once they are
    /// encoded.
    Arrays {
        /// How many bytes they may have.
        at_most: usize,
    },
    /// By the staging table.
    Staged(Staging),
    /// With the statements that write them; what is probed is staged before.
    WithStatements(Option<Probe>),
}

/// How records get into the staging table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Staging {
    /// Value by value, as arguments.
    Values,
    /// As arguments, an array for each column.
    Arrays,
    /// By `COPY`.
    Copy,
}

/// What is staged of the records where it is looked at before they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Probe {
    /// What tells which of them have the same key, and which of those is written.
    Keys,
    /// Everything: the statement that writes them reads them from there.
    Everything,
}

/// The statements that write the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Write {
    /// One statement, which gives what is asked for.
    Statement {
        /// Whether the records that are left out for others of their key are asked for before.
        lists_duplicates: bool,
    },
    /// One for each record, in the order of their keys.
    PerRow(RowStatement),
    /// One for so many records at once, in the order of their keys.
    Sequential {
        /// Whether it has to be known first if anything keeps rows from being written.
        checks_exceptions: bool,
        /// Whether the rows that are there already are counted before.
        counts_existing: bool,
    },
}

/// The statement that writes one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RowStatement {
    /// An insert that leaves a stored row as it is.
    Insert,
    /// The upsert, which says itself whether the row was inserted.
    UpsertReturningInserted,
    /// A statement for each thing that can have become of the record.
    Steps,
    /// The upsert.
    Upsert,
}

/// What only the connection can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Finding {
    /// How many triggers and constraints of the table may keep rows from being written.
    Exceptions(u64),
    /// Rows came back that are those of no record: a trigger has changed their keys, or taken some away.
    UnmatchedRows,
}

/// What encoding the records as arrays has shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arrays {
    /// They are all there.
    Complete,
    /// They have more bytes than one statement takes.
    TooLarge,
    /// The server would have to be asked what their types are, and an array cannot wait for that.
    Unknown,
}

/// How these records are written.
pub(super) fn strategy(batch: &Batch, capabilities: &Capabilities, sizes: &Sizes) -> Strategy {
    let delivery = delivery(batch, capabilities, sizes);
    let write = write(batch, capabilities, delivery);
    let is_staged = matches!(delivery, Delivery::Staged(_));
    let is_one = matches!(write, Write::Statement { .. }) && !is_staged;
    Strategy {
        delivery,
        write,
        needs_transaction: !is_one || batch.gives == Gives::Rows,
    }
}

/// How the records are delivered after all, of which these arrays have been made.
pub(super) fn after_arrays(
    arrays: Arrays,
    batch: &Batch,
    capabilities: &Capabilities,
    sizes: &Sizes,
) -> Delivery {
    match arrays {
        Arrays::Complete => Delivery::Arrays {
            at_most: usize::MAX,
        },
        Arrays::Unknown if fit_in_values(batch, capabilities, sizes) => Delivery::Values,
        Arrays::Unknown | Arrays::TooLarge => Delivery::Staged(Staging::Arrays),
    }
}

/// The statements that write the records after all, once this is known.
pub(super) fn after_finding(
    finding: Finding,
    write: Write,
    batch: &Batch,
    capabilities: &Capabilities,
) -> Write {
    match finding {
        Finding::Exceptions(0) => write,
        // Rows that are written together cannot be told from each other then.
        Finding::Exceptions(_) | Finding::UnmatchedRows => {
            Write::PerRow(row_statement(batch, capabilities))
        }
    }
}

fn delivery(batch: &Batch, capabilities: &Capabilities, sizes: &Sizes) -> Delivery {
    // Records that supply nothing are nothing to select from.
    if batch.insert.columns.is_empty() {
        return Delivery::WithStatements(None);
    }
    // Where an insert cannot be part of a statement that looks at the records, another looks before.
    if !capabilities.has_inserts_within {
        return Delivery::WithStatements(probe(batch));
    }
    let fits = fit_in_values(batch, capabilities, sizes);
    let values = if fits {
        Delivery::Values
    } else {
        Delivery::Staged(Staging::Values)
    };
    if !capabilities.has_arrays {
        return values;
    }
    let can_be_staged = batch.insert.columns.len() < capabilities.max_columns;
    let large = match (sizes.nests_arrays, sizes.may_copy) {
        (false, _) if can_be_staged && sizes.rows > sizes.chunk_rows => {
            Delivery::Staged(Staging::Arrays)
        }
        (false, _) => Delivery::Arrays {
            at_most: if can_be_staged {
                MOST_BYTES
            } else {
                usize::MAX
            },
        },
        // `unnest` would take an array of arrays apart down to their elements.
        (true, true) => Delivery::Staged(Staging::Copy),
        // On a connection of the caller's a `COPY` that is dropped half way could not be ended.
        (true, false) => values,
    };
    // Where there are no arrays, the other way takes a staging table.
    let few = sizes.rows <= FEW || sizes.nests_arrays;
    match sizes.carrier {
        Carrier::Auto if few && fits => Delivery::Values,
        // What is too wide for a staging table has to go at once.
        _ if !can_be_staged => large,
        Carrier::Values => values,
        Carrier::Copy if sizes.may_copy => Delivery::Staged(Staging::Copy),
        // `COPY` is as fast for very many only: it always stages, and its end waits 40 ms on TCP where
        // the last rows are a small packet.
        Carrier::Auto | Carrier::Copy | Carrier::Arrays => large,
    }
}

fn fit_in_values(batch: &Batch, capabilities: &Capabilities, sizes: &Sizes) -> bool {
    let values = sizes.rows.saturating_mul(batch.insert.columns.len());
    values.saturating_add(sizes.closures) <= capabilities.max_arguments
}

/// What is looked at; nothing where it makes no difference which records have the same key.
fn probe(batch: &Batch) -> Option<Probe> {
    if batch.unmatched == Unmatched::Skip {
        return Some(Probe::Everything);
    }
    let looks = batch.on_duplicate != OnDuplicate::Ignore || batch.gives == Gives::Counts;
    (looks && !batch.tells_apart().is_empty()).then_some(Probe::Keys)
}

fn write(batch: &Batch, capabilities: &Capabilities, delivery: Delivery) -> Write {
    let per_row = || Write::PerRow(row_statement(batch, capabilities));
    if batch.insert.columns.is_empty() {
        return per_row();
    }
    match (delivery, batch.gives) {
        (Delivery::WithStatements(_), Gives::Rows) => per_row(),
        (Delivery::WithStatements(probe), gives) => Write::Sequential {
            checks_exceptions: gives == Gives::Counts,
            // Where nothing is done about a conflict, all that is written is new.
            counts_existing: gives == Gives::Counts && probe.is_some() && updates(batch),
        },
        _ if is_per_row(batch, capabilities) => per_row(),
        (_, gives) => Write::Statement {
            lists_duplicates: gives == Gives::Rows
                && matches!(batch.on_duplicate, OnDuplicate::Keep(_)),
        },
    }
}

/// Whether one statement cannot write the records and give what is asked for.
fn is_per_row(batch: &Batch, capabilities: &Capabilities) -> bool {
    let Some(conflict) = &batch.insert.conflict else {
        return false;
    };
    let tells = capabilities.tells_inserted(batch.insert.table.kind);
    match batch.gives {
        Gives::Nothing => false,
        Gives::Counts => !tells,
        // Without a key nothing joins a row to its record.
        Gives::Rows => {
            matches!(conflict.target, Target::Any) || (asks_what_was_inserted(batch) && !tells)
        }
    }
}

fn row_statement(batch: &Batch, capabilities: &Capabilities) -> RowStatement {
    if !updates(batch) {
        return RowStatement::Insert;
    }
    if batch.gives != Gives::Counts && !asks_what_was_inserted(batch) {
        return RowStatement::Upsert;
    }
    if capabilities.tells_inserted(batch.insert.table.kind) {
        RowStatement::UpsertReturningInserted
    } else {
        RowStatement::Steps
    }
}

fn asks_what_was_inserted(batch: &Batch) -> bool {
    batch.insert.returning.contains(&Returned::Inserted)
}

fn updates(batch: &Batch) -> bool {
    let conflict = batch.insert.conflict.as_ref();
    conflict.is_some_and(|conflict| matches!(conflict.action, Action::Update { .. }))
}
