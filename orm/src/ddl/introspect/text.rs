//! What the text of a table or an index of SQLite says that its pragmas do not.

mod index;
mod table;

pub(in crate::ddl) use index::{Parts, index};
pub(in crate::ddl) use table::{Clause, Kind, Said, table};

/// A piece of the text, and where it stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    token: Token,
    start: usize,
    end: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    /// A word without quotes, which may be one of SQL's own.
    Word(String),
    /// A name in quotes.
    Name(String),
    Mark(char),
}

impl Piece {
    fn is(&self, word: &str) -> bool {
        matches!(&self.token, Token::Word(own) if own.eq_ignore_ascii_case(word))
    }

    fn is_mark(&self, mark: char) -> bool {
        self.token == Token::Mark(mark)
    }

    fn name(&self) -> Option<&str> {
        match &self.token {
            Token::Word(name) | Token::Name(name) => Some(name),
            Token::Mark(_) => None,
        }
    }
}

/// Takes a text apart.
fn pieces(sql: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = sql;
    loop {
        let start = sql.len() - rest.len();
        let mut characters = rest.chars();
        let Some(first) = characters.next() else {
            return pieces;
        };
        let after = characters.as_str();
        let (token, behind) = match first {
            '-' if after.starts_with('-') => (None, behind(after, "\n")),
            // What opens it does not close it.
            '/' if after.starts_with('*') => {
                (None, behind(after.strip_prefix('*').unwrap_or(after), "*/"))
            }
            '"' | '`' | '\'' => {
                let (name, behind) = quoted(after, first);
                (Some(Token::Name(name)), behind)
            }
            '[' => {
                let (name, _) = after.split_once(']').unwrap_or((after, ""));
                (Some(Token::Name(name.to_owned())), behind(after, "]"))
            }
            _ if is_in_word(first) => {
                let end = rest.find(|other| !is_in_word(other));
                let (word, behind) = rest.split_at(end.unwrap_or(rest.len()));
                (Some(Token::Word(word.to_owned())), behind)
            }
            _ if first.is_ascii_whitespace() => (None, after),
            _ => (Some(Token::Mark(first)), after),
        };
        let end = sql.len() - behind.len();
        pieces.extend(token.map(|token| Piece { token, start, end }));
        rest = behind;
    }
}

/// A name in quotes, in which a quote stands twice, and what is behind it.
fn quoted(mut rest: &str, quote: char) -> (String, &str) {
    let mut name = String::new();
    loop {
        let Some((part, behind)) = rest.split_once(quote) else {
            name.push_str(rest);
            return (name, "");
        };
        name.push_str(part);
        rest = behind;
        let Some(again) = rest.strip_prefix(quote) else {
            return (name, rest);
        };
        name.push(quote);
        rest = again;
    }
}

fn behind<'s>(text: &'s str, mark: &str) -> &'s str {
    text.split_once(mark).map_or("", |(_, rest)| rest)
}

fn is_in_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || "_$".contains(character) || !character.is_ascii()
}

/// What stands between the parenthesis at this position and the one that closes it: its parts, which commas
/// divide, and the position behind it.
fn parenthesized(pieces: &[Piece], open: usize) -> (Vec<&[Piece]>, usize) {
    let mut parts = Vec::new();
    let mut depth = 0_usize;
    let mut begin = open + 1;
    for (at, piece) in pieces.iter().enumerate().skip(open + 1) {
        match piece.token {
            Token::Mark('(') => depth += 1,
            Token::Mark(')') if depth == 0 => {
                parts.push(&pieces[begin..at]);
                return (parts, at + 1);
            }
            Token::Mark(')') => depth -= 1,
            Token::Mark(',') if depth == 0 => {
                parts.push(&pieces[begin..at]);
                begin = at + 1;
            }
            _ => {}
        }
    }
    parts.push(pieces.get(begin..).unwrap_or_default());
    (parts, pieces.len())
}

/// The text of these pieces, as it was written.
fn written(sql: &str, pieces: &[Piece]) -> String {
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
        return String::new();
    };
    sql.get(first.start..last.end)
        .unwrap_or_default()
        .to_owned()
}
