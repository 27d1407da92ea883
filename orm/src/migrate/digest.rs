//! What tells one text from another.

use sha2::{Digest, Sha256};

/// SHA-256 in hexadecimal digits, over the text with the line ends of Unix.
pub(super) fn digest(text: &str) -> String {
    let normal = text.replace("\r\n", "\n");
    let bytes = Sha256::digest(normal.as_bytes());
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let digits = halves.filter_map(|half| char::from_digit(u32::from(half), 16));
    digits.collect()
}
