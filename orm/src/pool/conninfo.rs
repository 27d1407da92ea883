//! The other form of the address of a PostgreSQL server: `host=db user=app password='it''s'`, as libpq reads it
//! (<https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-KEYWORD-VALUE>).

use std::iter::Peekable;
use std::str::Chars;

use url::Url;

use super::address::{is_name, wrong};
use super::url::checked;
use crate::error::Result;

/// The keywords, all of which are parameters of a URL too.
const KEYWORDS: &[&str] = &[
    "host",
    "hostaddr",
    "port",
    "user",
    "password",
    "dbname",
    "sslmode",
    "sslrootcert",
    "sslcert",
    "sslkey",
    "options",
    "application_name",
    "statement-cache-capacity",
];

/// Whether a text begins as one does: with a word and `=`.
pub(super) fn is_one(text: &str) -> bool {
    text.split_once('=')
        .is_some_and(|(word, _)| is_name(word.trim()))
}

/// The URL that says the same.
pub(super) fn to_url(text: &str) -> Result<String> {
    let mut pairs = read(text)?;
    // Where to connect to is said by the later of the two, and the address of a host says it better.
    pairs.sort_by_key(|(keyword, _)| *keyword == "hostaddr");
    let mut url = Url::parse("postgres:///").map_err(|_| wrong("the address cannot be read"))?;
    for (keyword, value) in &pairs {
        // Empty stands for the default.
        if !value.is_empty() {
            url.query_pairs_mut().append_pair(keyword, value);
        }
    }
    checked(url.as_str())
}

/// The keywords and their values.
fn read(text: &str) -> Result<Vec<(&'static str, String)>> {
    let mut pairs = Vec::new();
    let mut rest = text.chars().peekable();
    loop {
        skip_blanks(&mut rest);
        if rest.peek().is_none() {
            return Ok(pairs);
        }
        let mut word = String::new();
        while let Some(each) = rest.next_if(|each| *each != '=' && !each.is_ascii_whitespace()) {
            word.push(each);
        }
        skip_blanks(&mut rest);
        if rest.next() != Some('=') {
            return Err(wrong(
                "a word of the address has no `=` behind it; a value with a blank in it is written \
                 in single quotes",
            ));
        }
        let keyword = keyword(&word)?;
        pairs.push((keyword, value(&mut rest, keyword)?));
    }
}

fn keyword(word: &str) -> Result<&'static str> {
    let known = KEYWORDS.iter().find(|known| **known == word);
    known.copied().ok_or_else(|| {
        let named = if is_name(word) {
            format!("`{word}` is no keyword of the address of a server")
        } else {
            "a word of the address is no keyword".to_owned()
        };
        wrong(format!(
            "{named}, which has `{}`; a value with a blank in it is written in single quotes, and the size \
             of a pool is set by `orm::pool_options()` and `Db::from(pool)`",
            KEYWORDS.join("`, `")
        ))
    })
}

/// A value: up to a blank, or in quotes; a backslash takes the next character as it is.
fn value(rest: &mut Peekable<Chars<'_>>, keyword: &str) -> Result<String> {
    let has_blank = rest.peek().is_some_and(char::is_ascii_whitespace);
    skip_blanks(rest);
    let is_quoted = rest.next_if_eq(&'\'').is_some();
    let mut value = String::new();
    loop {
        match rest.peek() {
            None if is_quoted => {
                return Err(wrong(format!(
                    "the value of `{keyword}` begins with a single quote and has none at its end"
                )));
            }
            Some('\'') if is_quoted => {
                rest.next();
                return Ok(value);
            }
            None => break,
            Some(each) if !is_quoted && each.is_ascii_whitespace() => break,
            Some('\\') => {
                rest.next();
                value.extend(rest.next());
            }
            Some(each) => {
                value.push(*each);
                rest.next();
            }
        }
    }
    // libpq takes the next word and what it is set to for the value, which nobody means.
    if has_blank && value.contains('=') {
        return Err(wrong(format!(
            "`{keyword}` has no value; an empty one is written `''`"
        )));
    }
    Ok(value)
}

fn skip_blanks(rest: &mut Peekable<Chars<'_>>) {
    while rest.next_if(char::is_ascii_whitespace).is_some() {}
}
