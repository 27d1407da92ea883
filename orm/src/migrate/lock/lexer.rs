//! The pieces of a line.

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A word or a plain name.
    Word(String),
    /// A name in quotes.
    Name(String),
    /// SQL, in backticks.
    Sql(String),
    /// `(`, `)`, `,` or `.`.
    Mark(char),
}

/// Takes a line apart; an error says what cannot be read.
pub(super) fn tokens(line: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            ' ' => {}
            '(' | ')' | ',' | '.' => tokens.push(Token::Mark(character)),
            '"' => tokens.push(Token::Name(quoted(&mut characters, '"')?)),
            '`' => tokens.push(Token::Sql(quoted(&mut characters, '`')?)),
            _ if is_in_word(character) => {
                let mut word = String::from(character);
                while let Some(next) = characters.next_if(|next| is_in_word(*next)) {
                    word.push(next);
                }
                tokens.push(Token::Word(word));
            }
            _ => return Err(format!("`{character}` stands outside of quotes")),
        }
    }
    Ok(tokens)
}

fn quoted(characters: &mut impl Iterator<Item = char>, quote: char) -> Result<String, String> {
    let mut text = String::new();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('n') => text.push('\n'),
                Some('r') => text.push('\r'),
                Some(escaped) => text.push(escaped),
                None => break,
            },
            _ if character == quote => return Ok(text),
            _ => text.push(character),
        }
    }
    Err(format!("`{quote}` is not closed"))
}

fn is_in_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_' || character == '-'
}
