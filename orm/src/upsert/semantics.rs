//! The meaning of an upsert of many records, as a function over rows in memory.
//!
//! Databases do what this function does, and where there is none, it does it itself: for a file format that
//! only knows rows, or for a test that asks what a batch should have done.
//!
//! ```
//! use orm::BatchOutcome;
//! use orm::upsert::semantics::{Resolution, Rules, upsert};
//!
//! #[derive(Debug, Clone, PartialEq)]
//! struct Price {
//!     product: &'static str,
//!     cents: i64,
//!     version: i64,
//! }
//!
//! /// `.on_conflict(Price::PRODUCT).update_all().keep_newest(Price::VERSION)`
//! struct Newest;
//!
//! impl Rules<Price> for Newest {
//!     type Key = &'static str;
//!
//!     fn key(&self, row: &Price) -> Option<&'static str> {
//!         Some(row.product)
//!     }
//!
//!     fn resolution(&self) -> Resolution {
//!         Resolution::Newest
//!     }
//!
//!     fn is_newer(&self, one: &Price, other: &Price) -> bool {
//!         one.version > other.version
//!     }
//!
//!     fn update(&self, stored: &Price, incoming: &Price) -> Option<Price> {
//!         (incoming.version >= stored.version).then(|| incoming.clone())
//!     }
//! }
//!
//! let price = |product, cents, version| Price { product, cents, version };
//! let stored = [price("tea", 300, 7)];
//! let batch = [price("tea", 250, 3), price("ink", 900, 1), price("ink", 950, 2)];
//! let look_up = |key: &&str| stored.iter().find(|row| row.product == *key).cloned();
//!
//! let outcomes = upsert(&batch, &Newest, look_up).expect("no duplicates are refused");
//! assert_eq!(
//!     outcomes,
//!     [
//!         BatchOutcome::Skipped,
//!         BatchOutcome::Duplicate { of: 2 },
//!         BatchOutcome::Inserted(price("ink", 950, 2)),
//!     ],
//! );
//! ```

use std::collections::BTreeMap;

use super::report::BatchOutcome;

/// Which of several records of one key is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Resolution {
    /// None: they are an error.
    Refuse,
    /// The first.
    First,
    /// The last.
    Last,
    /// The newest, the last of several that are equally new: `keep_newest` implies it.
    Newest,
    /// The newest, the first of several that are equally new: `keep_newer` implies it.
    Newer,
}

/// What an upsert does with rows of type `R`.
pub trait Rules<R> {
    /// The value of the conflict target.
    type Key: Ord;

    /// The key of a row; `None` for a row that the key does not cover, because a column of it is `NULL` or
    /// because the row is outside a partial key. Such a row conflicts with none.
    fn key(&self, row: &R) -> Option<Self::Key>;

    /// Which of several records of one key is written.
    fn resolution(&self) -> Resolution;

    /// Whether a record is of a newer version than another one; a version that is `NULL` is older than any.
    fn is_newer(&self, one: &R, other: &R) -> bool;

    /// The stored row as the record updates it; `None` where it stays as it is, because a guard does not hold
    /// or because the action is to do nothing.
    fn update(&self, stored: &R, incoming: &R) -> Option<R>;
}

/// Upserts records; the outcome of each, in their order.
///
/// `look_up` gives the stored row of a key. It is asked once for each key that is written.
///
/// # Errors
///
/// The positions of all records that share a key with another one, where the rules refuse them. Nothing is
/// written then.
pub fn upsert<R, U>(
    records: &[R],
    rules: &U,
    mut look_up: impl FnMut(&U::Key) -> Option<R>,
) -> Result<Vec<BatchOutcome<R>>, Vec<usize>>
where
    R: Clone,
    U: Rules<R>,
{
    let mut outcomes = vec![None; records.len()];
    let mut written = BTreeMap::new();
    let mut refused = Vec::new();
    for (key, same) in by_key(records, rules) {
        match chosen(records, &same, rules) {
            Some(of) => {
                for at in same.iter().filter(|at| **at != of) {
                    outcomes[*at] = Some(BatchOutcome::Duplicate { of });
                }
                written.insert(of, key);
            }
            None => refused.extend(same),
        }
    }
    if !refused.is_empty() {
        refused.sort_unstable();
        return Err(refused);
    }
    let outcome = |(at, (record, known)): (usize, (&R, Option<BatchOutcome<R>>))| {
        known.unwrap_or_else(|| {
            let stored = written.get(&at).and_then(&mut look_up);
            let Some(stored) = stored else {
                return BatchOutcome::Inserted(record.clone());
            };
            match rules.update(&stored, record) {
                Some(row) => BatchOutcome::Updated(row),
                None => BatchOutcome::Skipped,
            }
        })
    };
    Ok(records
        .iter()
        .zip(outcomes)
        .enumerate()
        .map(outcome)
        .collect())
}

/// The positions of the records of each key.
fn by_key<R, U: Rules<R>>(records: &[R], rules: &U) -> BTreeMap<U::Key, Vec<usize>> {
    let mut positions: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (at, record) in records.iter().enumerate() {
        if let Some(key) = rules.key(record) {
            positions.entry(key).or_default().push(at);
        }
    }
    positions
}

/// The position of the record that is written of those of one key; `None` where they are refused.
fn chosen<R, U: Rules<R>>(records: &[R], same: &[usize], rules: &U) -> Option<usize> {
    let newest = |takes: fn(&U, &R, &R) -> bool| {
        let better = |best: usize, next: usize| {
            if takes(rules, &records[next], &records[best]) {
                next
            } else {
                best
            }
        };
        same.iter().copied().reduce(better)
    };
    match rules.resolution() {
        Resolution::Refuse if same.len() > 1 => None,
        Resolution::Refuse | Resolution::First => same.first().copied(),
        Resolution::Last => same.last().copied(),
        Resolution::Newest => newest(|rules, next, best| !rules.is_newer(best, next)),
        Resolution::Newer => newest(Rules::is_newer),
    }
}
