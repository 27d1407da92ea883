//! Whether an upsert can leave a record out, and what its outcome is then.

use crate::table::guard::{Finds, MaySkip, Sure};

/// What became of the record of an upsert that writes it in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Written<T> {
    /// There was no row of its key; this is the new one.
    Inserted(T),
    /// There was a row of its key; this is it, updated.
    Updated(T),
}

/// What became of the record of an upsert that may skip it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome<T> {
    /// There was no row of its key; this is the new one.
    Inserted(T),
    /// There was a row of its key; this is it, updated.
    Updated(T),
    /// There was a row of its key, which stays as it is.
    Skipped,
}

/// What became of the record of a `get_or_insert`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Found<T> {
    /// There was no row of its key; this is the new one.
    Inserted(T),
    /// There was a row of its key; this is it.
    Existing(T),
}

impl<T> Written<T> {
    /// The row.
    pub fn into_row(self) -> T {
        match self {
            Self::Inserted(row) | Self::Updated(row) => row,
        }
    }
}

impl<T> Outcome<T> {
    /// The row, unless the record was skipped.
    pub fn into_row(self) -> Option<T> {
        match self {
            Self::Inserted(row) | Self::Updated(row) => Some(row),
            Self::Skipped => None,
        }
    }
}

impl<T> Found<T> {
    /// The row.
    pub fn into_row(self) -> T {
        match self {
            Self::Inserted(row) | Self::Existing(row) => row,
        }
    }
}

/// A row always comes back.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this upsert may skip the record, and then there is no row to give back",
    label = "may be skipped by a guard or `do_nothing`",
    note = "use `fetch_optional`, which gives an `Option`"
)]
pub trait AlwaysARow {}

#[diagnostic::do_not_recommend]
impl AlwaysARow for Sure {}

#[diagnostic::do_not_recommend]
impl AlwaysARow for Finds {}

/// What `outcome` gives.
#[doc(hidden)]
pub trait Flow {
    /// For a row of type `T`.
    type Outcome<T>;

    /// From what the database said; `None` where it breaks the promise that every record is written.
    fn outcome<T>(row: Option<(bool, T)>) -> Option<Self::Outcome<T>>;
}

impl Flow for Sure {
    type Outcome<T> = Written<T>;

    fn outcome<T>(row: Option<(bool, T)>) -> Option<Written<T>> {
        row.map(|(inserted, row)| {
            if inserted {
                Written::Inserted(row)
            } else {
                Written::Updated(row)
            }
        })
    }
}

impl Flow for MaySkip {
    type Outcome<T> = Outcome<T>;

    fn outcome<T>(row: Option<(bool, T)>) -> Option<Outcome<T>> {
        Some(match row {
            Some((true, row)) => Outcome::Inserted(row),
            Some((false, row)) => Outcome::Updated(row),
            None => Outcome::Skipped,
        })
    }
}

impl Flow for Finds {
    type Outcome<T> = Found<T>;

    fn outcome<T>(row: Option<(bool, T)>) -> Option<Found<T>> {
        row.map(|(inserted, row)| {
            if inserted {
                Found::Inserted(row)
            } else {
                Found::Existing(row)
            }
        })
    }
}
