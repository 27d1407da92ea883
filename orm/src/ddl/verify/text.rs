//! What the text of a table of SQLite says that its pragmas do not: collations and conflict clauses
//! (<https://www.sqlite.org/lang_createtable.html>).

/// What was read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// The columns that have a collation, and which.
    pub(super) collations: Vec<(String, String)>,
    /// Constraints that say what is to be done where they do not hold.
    pub(super) clauses: Vec<Clause>,
}

/// A constraint, the columns it is of, and what is done where it does not hold.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Clause {
    pub(super) constraint: &'static str,
    pub(super) columns: Vec<String>,
    pub(super) action: String,
}

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    /// A word without quotes, which may be one of SQL's own.
    Word(String),
    /// A name in quotes.
    Name(String),
    Mark(char),
}

impl Token {
    fn is(&self, word: &str) -> bool {
        matches!(self, Self::Word(own) if own.eq_ignore_ascii_case(word))
    }

    fn name(&self) -> Option<&str> {
        match self {
            Self::Word(name) | Self::Name(name) => Some(name),
            Self::Mark(_) => None,
        }
    }
}

/// Reads the statement that made a table.
pub(super) fn read(sql: &str) -> Said {
    let mut said = Said::default();
    let tokens = tokens(sql);
    // A virtual table has no constraints of its own.
    if tokens.iter().take(2).any(|token| token.is("VIRTUAL")) {
        return said;
    }
    let Some(open) = tokens.iter().position(|token| *token == Token::Mark('(')) else {
        return said;
    };
    let mut depth = 0_usize;
    let mut item = Vec::new();
    for token in &tokens[open + 1..] {
        match token {
            Token::Mark('(') => depth += 1,
            Token::Mark(')') if depth == 0 => break,
            Token::Mark(')') => depth -= 1,
            Token::Mark(',') if depth == 0 => {
                part(&item, &mut said);
                item.clear();
                continue;
            }
            _ => {}
        }
        item.push((depth, token));
    }
    part(&item, &mut said);
    said
}

/// A column with its constraints, or constraints of the table, of which a comma need not be between two.
fn part(item: &[(usize, &Token)], said: &mut Said) {
    const OF_TABLE: &[&str] = &["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"];
    let Some(first) = item.first().map(|(_, token)| *token) else {
        return;
    };
    let is_of_table = OF_TABLE.iter().any(|word| first.is(word));
    let own = first.name().filter(|_| !is_of_table);
    let mut constraint = "";
    let mut columns: Vec<String> = own.map(str::to_owned).into_iter().collect();
    let mut takes_columns = false;
    for (at, (depth, token)) in item.iter().enumerate().skip(usize::from(own.is_some())) {
        if *depth > 0 {
            let before = at.checked_sub(1).map(|before| item[before].1);
            let begins = matches!(before, Some(Token::Mark('(' | ',')));
            if takes_columns && *depth == 1 && begins {
                columns.extend(token.name().map(str::to_owned));
            }
            continue;
        }
        let next = item.get(at + 1).map(|(_, token)| *token);
        let behind = item.get(at + 2).map(|(_, token)| *token);
        let begun = [
            ("PRIMARY", "PRIMARY KEY"),
            ("UNIQUE", "UNIQUE"),
            ("NOT", "NOT NULL"),
            ("CHECK", "CHECK"),
            ("REFERENCES", "REFERENCES"),
        ]
        .into_iter()
        .find(|(word, _)| token.is(word));
        if let Some((_, name)) = begun {
            constraint = name;
            takes_columns = is_of_table && matches!(name, "PRIMARY KEY" | "UNIQUE");
            if takes_columns {
                columns.clear();
            }
        } else if token.is("COLLATE")
            && let (Some(column), Some(collation)) = (own, next.and_then(Token::name))
        {
            let pair = (column.to_owned(), collation.to_owned());
            said.collations.push(pair);
        } else if token.is("ON")
            && next.is_some_and(|next| next.is("CONFLICT"))
            && let Some(action) = behind.and_then(Token::name)
        {
            said.clauses.push(Clause {
                constraint,
                columns: columns.clone(),
                action: action.to_ascii_uppercase(),
            });
        }
    }
}

fn tokens(sql: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = sql;
    loop {
        let mut characters = rest.chars();
        let Some(first) = characters.next() else {
            return tokens;
        };
        let after = characters.as_str();
        rest = match first {
            '-' if after.starts_with('-') => behind(after, "\n"),
            // What opens it does not close it.
            '/' if after.starts_with('*') => behind(after.strip_prefix('*').unwrap_or(after), "*/"),
            '"' | '`' | '\'' => quoted(after, first, &mut tokens),
            '[' => {
                let (name, _) = after.split_once(']').unwrap_or((after, ""));
                tokens.push(Token::Name(name.to_owned()));
                behind(after, "]")
            }
            _ if is_in_word(first) => {
                let end = rest.find(|other| !is_in_word(other));
                let (word, rest) = rest.split_at(end.unwrap_or(rest.len()));
                tokens.push(Token::Word(word.to_owned()));
                rest
            }
            _ if first.is_ascii_whitespace() => after,
            _ => {
                tokens.push(Token::Mark(first));
                after
            }
        };
    }
}

/// A name in quotes, in which a quote stands twice.
fn quoted<'s>(mut rest: &'s str, quote: char, tokens: &mut Vec<Token>) -> &'s str {
    let mut name = String::new();
    loop {
        let Some((part, behind)) = rest.split_once(quote) else {
            name.push_str(rest);
            rest = "";
            break;
        };
        name.push_str(part);
        rest = behind;
        let Some(again) = rest.strip_prefix(quote) else {
            break;
        };
        name.push(quote);
        rest = again;
    }
    tokens.push(Token::Name(name));
    rest
}

fn behind<'s>(text: &'s str, mark: &str) -> &'s str {
    text.split_once(mark).map_or("", |(_, rest)| rest)
}

fn is_in_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || "_$".contains(character) || !character.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::{Clause, read};

    fn clauses(sql: &str) -> Vec<String> {
        let said = |clause: &Clause| {
            let columns = clause.columns.join(", ");
            format!("{} ({columns}) {}", clause.constraint, clause.action)
        };
        read(sql).clauses.iter().map(said).collect()
    }

    #[test]
    fn clauses_of_columns_and_of_the_table_are_read() {
        let sql = "CREATE TABLE t (a INTEGER PRIMARY KEY ON CONFLICT REPLACE AUTOINCREMENT, \
                   b TEXT NOT NULL ON CONFLICT ignore UNIQUE ON CONFLICT FAIL, \
                   CONSTRAINT pair UNIQUE (b, \"c d\") ON CONFLICT ROLLBACK \
                   PRIMARY KEY (a COLLATE nocase DESC, b) on conflict replace)";
        assert_eq!(
            clauses(sql),
            [
                "PRIMARY KEY (a) REPLACE",
                "NOT NULL (b) IGNORE",
                "UNIQUE (b) FAIL",
                "UNIQUE (b, c d) ROLLBACK",
                "PRIMARY KEY (a, b) REPLACE",
            ]
        );
    }

    #[test]
    fn what_only_looks_like_a_clause_is_none() {
        for sql in [
            "CREATE TABLE \"on conflict (\" (a TEXT DEFAULT 'x ON CONFLICT IGNORE')",
            "CREATE TABLE t (a TEXT -- UNIQUE ON CONFLICT IGNORE,\n, b TEXT /* ON CONFLICT FAIL */)",
            "CREATE TABLE t ([on] TEXT, `conflict` TEXT, \"on conflict ignore\" TEXT UNIQUE)",
            "CREATE TABLE t (a REFERENCES o (b) ON DELETE CASCADE ON UPDATE SET NULL)",
            "CREATE TABLE t (a TEXT CHECK (a <> 'it''s ) ON CONFLICT IGNORE'), b)",
            "CREATE VIRTUAL TABLE t USING fts5(a, b UNIQUE ON CONFLICT IGNORE)",
            "",
            "CREATE TABLE t (a, 'unclosed",
        ] {
            assert_eq!(clauses(sql), [""; 0], "{sql}");
        }
    }

    #[test]
    fn collations_are_read() {
        let sql = "CREATE TABLE t (\"a\"\"b\" TEXT COLLATE NOCASE NOT NULL, 'c' TEXT COLLATE \"rtrim\", \
                   d TEXT CHECK (d = 'x' COLLATE NOCASE), UNIQUE (d COLLATE NOCASE), naïve COLLATE x)";
        let pair = |column: &str, collation: &str| (column.to_owned(), collation.to_owned());
        assert_eq!(
            read(sql).collations,
            [
                pair("a\"b", "NOCASE"),
                pair("c", "rtrim"),
                pair("naïve", "x"),
            ]
        );
    }
}
