//! Which types each text was prepared with: one list of them for each text.
//!
//! Clients keep prepared statements by their text. A text that is prepared with one list of types here and
//! with another there may as well meet the wrong statement on one connection, where nothing is prepared a
//! second time and the values of one type are taken for those of another.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The first number that is no type of the server's own. The same type of a user's has another number in
/// each schema.
const FIRST_OF_USERS: u32 = 16_384;

#[derive(Debug, Default)]
struct Known {
    lists: HashMap<(String, String), Vec<u32>>,
    faults: Vec<String>,
}

static KNOWN: Mutex<Option<Known>> = Mutex::new(None);

fn known() -> MutexGuard<'static, Option<Known>> {
    KNOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Notes that a text was prepared, by the body of the message that does it. `whose` keeps the texts of one
/// test apart from those of others.
pub(super) fn note(whose: &str, body: &[u8]) {
    let Some((text, types)) = read(body) else {
        return;
    };
    let mut known = known();
    let Known { lists, faults } = known.get_or_insert_default();
    let first = lists
        .entry((whose.to_owned(), text.clone()))
        .or_insert_with(|| types.clone());
    if *first != types {
        faults.push(format!(
            "one text was prepared with the types {first:?} and {types:?}: {text}"
        ));
    }
}

/// Every text that was prepared with two lists of types since this was last called.
pub(crate) fn take_faults() -> Vec<String> {
    let mut known = known();
    std::mem::take(&mut known.get_or_insert_default().faults)
}

/// The text, and the numbers of its arguments' types.
fn read(body: &[u8]) -> Option<(String, Vec<u32>)> {
    let mut parts = body.splitn(3, |byte| *byte == 0);
    let (_name, text, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let types = rest.get(2..)?.chunks_exact(4);
    let types =
        types.map(|number| u32::from_be_bytes([number[0], number[1], number[2], number[3]]));
    let types = types.map(|number| number.min(FIRST_OF_USERS));
    Some((String::from_utf8_lossy(text).into_owned(), types.collect()))
}

#[cfg(test)]
mod tests {
    use super::{note, read, take_faults};

    const INT8: &[u8] = b"one\0SELECT $1\0\0\x01\0\0\0\x14";
    const TEXT: &[u8] = b"two\0SELECT $1\0\0\x01\0\0\0\x19";

    #[test]
    fn a_text_with_two_lists_of_types_is_a_fault() {
        note("a", INT8);
        note("b", TEXT);
        note("a", INT8);
        assert_eq!(take_faults(), [""; 0]);
        note("a", TEXT);
        assert_eq!(
            take_faults(),
            ["one text was prepared with the types [20] and [25]: SELECT $1"]
        );
    }

    #[test]
    fn types_of_users_are_alike() {
        let (text, types) = read(b"\0SELECT\0\0\x02\0\0\x40\x01\0\0\x50\0").expect("a message");
        assert_eq!((text.as_str(), types), ("SELECT", vec![16_384, 16_384]));
    }
}
