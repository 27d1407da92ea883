//! What tells one text from another.

use sha2::{Digest, Sha256};

/// SHA-256 in hexadecimal digits, over the text with the line ends of Unix.
pub(super) fn digest(text: &str) -> String {
    let normal = text.replace("\r\n", "\n");
    let bytes = Sha256::digest(normal.as_bytes());
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
