//! Words that do not occur.

use crate::source::Source;
use crate::{none, one};

/// Methods and macros that end the user's program.
const PANICS: &[&[&str]] = &[
    &[".", "unwrap", "("],
    &[".", "expect", "("],
    &["panic", "!"],
    &["unreachable", "!"],
    &["todo", "!"],
    &["unimplemented", "!"],
    &["#", "[", "ignore"],
];

/// Notes about work that is not done, and tests that are not run, also in comments.
const NOTES: &[&str] = &["TODO", "FIXME", "XXX"];

/// The sources of the library's crates.
fn library() -> Vec<Source> {
    let mut sources = Source::under("orm/src", ".rs");
    sources.extend(Source::under("orm-derive/src", ".rs"));
    sources.extend(Source::under("orm-schema/src", ".rs"));
    // Unit tests in a file of their own.
    sources.retain(|source| !source.path.ends_with("/tests.rs"));
    sources
}

fn panics(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources {
        let tokens = source.tokens();
        for (at, token) in tokens.iter().enumerate() {
            let here = |words: &&&[&str]| {
                let there = tokens.iter().skip(at).map(|token| token.text.as_str());
                there.take(words.len()).eq(words.iter().copied())
            };
            if let Some(words) = PANICS.iter().find(here) {
                let (path, line) = (&source.path, token.line);
                complaints.push(format!(
                    "{path}:{line}: `{}` in the library",
                    words.concat()
                ));
            }
        }
    }
    complaints
}

fn notes(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources {
        for (line, text) in source.text.lines().enumerate() {
            let words = text.split(|character: char| !character.is_alphanumeric());
            if let Some(note) = words.into_iter().find(|word| NOTES.contains(word)) {
                complaints.push(format!("{}:{}: {note}", source.path, line + 1));
            }
        }
    }
    complaints
}

/// Text that becomes SQL unchecked is made in one place, where it can be reviewed.
fn trusted(sources: &[Source]) -> Vec<String> {
    let uses = |source: &&Source| {
        source
            .tokens()
            .iter()
            .any(|token| token.text == "AssertSqlSafe")
    };
    let files: Vec<&str> = sources
        .iter()
        .filter(uses)
        .map(|source| source.path.as_str())
        .collect();
    match files.as_slice() {
        [] | [_] => Vec::new(),
        several => vec![format!(
            "`AssertSqlSafe` belongs in one file: {}",
            several.join(", ")
        )],
    }
}

#[test]
fn the_library_does_not_panic() {
    none(&panics(&library()));
}

#[test]
fn nothing_is_left_for_later() {
    none(&notes(&library()));
}

#[test]
fn unchecked_text_is_made_in_one_place() {
    none(&trusted(&Source::under("orm/src", ".rs")));
}

#[test]
fn words_that_do_not_belong_are_found() {
    let with = |text: &str| [Source::new("a.rs", text)];
    one(
        &panics(&with("fn a() {\n b.unwrap() }")),
        "a.rs:2: `.unwrap(`",
    );
    one(&panics(&with("fn a() { b.expect(\"c\") }")), "`.expect(`");
    one(&panics(&with("fn a() { panic!() }")), "`panic!`");
    one(
        &panics(&with("#[ignore = \"slow\"] fn a() {}")),
        "`#[ignore`",
    );
    none(&panics(&with(
        "fn expect() {} /// panic!()\n#[cfg(test)] mod t { fn a() { b.unwrap() } }",
    )));

    one(&notes(&with("// TODO: more")), "a.rs:1: TODO");
    none(&notes(&with("// the to-do list TODOS")));

    let twice = [
        Source::new("a.rs", "use s::AssertSqlSafe;"),
        Source::new("b.rs", "s::AssertSqlSafe"),
    ];
    one(&trusted(&twice), "a.rs, b.rs");
    none(&trusted(&with("/// Not `AssertSqlSafe`.")));
}
