//! `CREATE INDEX`.

use super::{Piece, parenthesized, pieces, written};

/// What an index is over: the text of each part, and the condition of its rows.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::ddl) struct Parts {
    pub(in crate::ddl) parts: Vec<String>,
    pub(in crate::ddl) filter: Option<String>,
}

/// Reads the statement that made an index (<https://www.sqlite.org/lang_createindex.html>).
pub(in crate::ddl) fn index(sql: &str) -> Parts {
    let pieces = pieces(sql);
    let Some(open) = pieces.iter().position(|piece| piece.is_mark('(')) else {
        return Parts::default();
    };
    let (parts, end) = parenthesized(&pieces, open);
    let rest: &[Piece] = pieces.get(end..).unwrap_or_default();
    let filter = rest.split_first().filter(|(first, _)| first.is("WHERE"));
    Parts {
        parts: parts.into_iter().map(|part| written(sql, part)).collect(),
        filter: filter.map(|(_, condition)| written(sql, condition)),
    }
}

#[cfg(test)]
mod tests {
    use super::index;

    #[test]
    fn parts_and_conditions_are_read_as_they_are_written() {
        let read = index(
            "CREATE UNIQUE INDEX \"odd (name\" ON t (\"a,b\", lower(c || ',') DESC, d COLLATE NOCASE) \
             WHERE d IN (1, 2) AND e <> ' WHERE '",
        );
        assert_eq!(
            read.parts,
            ["\"a,b\"", "lower(c || ',') DESC", "d COLLATE NOCASE"]
        );
        assert_eq!(
            read.filter.as_deref(),
            Some("d IN (1, 2) AND e <> ' WHERE '")
        );
        assert_eq!(index("CREATE INDEX i ON t (a)").filter, None);
    }
}
