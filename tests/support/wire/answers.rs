//! Messages from the server to the client: how many of them carry a row.

/// What is known of the message that is being passed on, which may come in pieces.
#[derive(Debug, Default)]
pub(super) struct Answers {
    /// Letter and length, as far as they have come.
    head: Vec<u8>,
    /// How much of the message is still to come.
    rest: usize,
}

impl Answers {
    /// Reads a piece of the stream; how many rows begin in it.
    pub(super) fn read(&mut self, mut piece: &[u8]) -> usize {
        let mut rows = 0;
        while !piece.is_empty() {
            let passed = self.rest.min(piece.len());
            self.rest -= passed;
            piece = piece.get(passed..).unwrap_or_default();
            let Some((byte, others)) = piece.split_first() else {
                break;
            };
            self.head.push(*byte);
            piece = others;
            if let [kind, length @ ..] = self.head.as_slice()
                && let Ok(length) = <[u8; 4]>::try_from(length)
            {
                // The length counts itself.
                self.rest = (u32::from_be_bytes(length) as usize).saturating_sub(4);
                rows += usize::from(*kind == b'D');
                self.head.clear();
            }
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_counted_in_whatever_pieces_they_come() {
        let stream = [
            b"T\0\0\0\x06ab".as_slice(),
            b"D\0\0\0\x08DDDD",
            b"D\0\0\0\x04",
            b"C\0\0\0\x05D",
        ]
        .concat();
        for size in 1..=stream.len() {
            let mut answers = Answers::default();
            let rows: usize = stream.chunks(size).map(|piece| answers.read(piece)).sum();
            assert_eq!(rows, 2, "in pieces of {size}");
        }
    }
}
