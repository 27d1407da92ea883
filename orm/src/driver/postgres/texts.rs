//! One text, one list of argument types.
//!
//! sqlx keeps prepared statements by their text alone. A text that comes back with values of other types is
//! bound to the statement that was prepared for the first ones, and PostgreSQL then takes the bytes of one
//! type for those of another. So each text belongs to the list of types that it was first sent with, and with
//! any other list it is another text: it ends in a comment that names the list.

use std::collections::HashMap;
use std::fmt::Write;
use std::hash::BuildHasher;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use foldhash::fast::RandomState;

use super::arguments::Types;

/// The types that each text belongs to, by the hash of the text. Two texts of one hash are no harm: the
/// second one carries its comment always.
static OWNERS: LazyLock<RwLock<HashMap<u64, Types, RandomState>>> = LazyLock::new(RwLock::default);

static HASH: LazyLock<RandomState> = LazyLock::new(RandomState::default);

/// So many texts belong to a list of types; later ones carry their comment always. A program has a few
/// thousand, unless it makes texts without end.
const MOST_OWNED: usize = 1 << 16;

/// The text to send with arguments of these types.
pub(super) fn typed(sql: Arc<str>, types: Types) -> Arc<str> {
    let text = HASH.hash_one(&*sql);
    let owner = known(text).or_else(|| own(text, types));
    if owner == Some(types) {
        sql
    } else {
        with_types(&sql, types)
    }
}

// The map is never left half changed, so that a panic elsewhere does no harm to it.
fn known(text: u64) -> Option<Types> {
    let owners = OWNERS.read().unwrap_or_else(PoisonError::into_inner);
    owners.get(&text).copied()
}

#[cold]
fn own(text: u64, types: Types) -> Option<Types> {
    let mut owners = OWNERS.write().unwrap_or_else(PoisonError::into_inner);
    if owners.len() == MOST_OWNED {
        return owners.get(&text).copied();
    }
    Some(*owners.entry(text).or_insert(types))
}

#[cold]
fn with_types(sql: &str, types: Types) -> Arc<str> {
    let mut text = String::with_capacity(sql.len() + 40);
    text.push_str(sql);
    // On a line of its own: the text may end in a comment. Writing to a String cannot fail.
    let _ = write!(text, "\n/* argument types {:016x} */", types.0);
    text.into()
}
