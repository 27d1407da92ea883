//! The page "how a mistake looks" shows what the compiler says, taken from the tests of it.
//!
//! `UPDATE_EXPECT=1 cargo test -p orm-tests --test house` writes what they say now.

use expect_test::expect_file;

use crate::source::Source;
use crate::{none, one};

const PAGE: &str = "orm/guide/mistakes.md";
/// The document about how they are made.
const DOCUMENT: &str = "docs/typestate.md";
/// What names the case whose answer follows.
const NAMED: (&str, &str) = ("<!-- ", " -->");
const BLOCK: (&str, &str) = ("```text", "```");

/// The page with the answers of the cases that it names.
fn answered(page: &str, messages: &[Source]) -> Result<String, String> {
    let mut answered = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        answered.push_str(line);
        answered.push('\n');
        let Some(case) = named(line) else {
            continue;
        };
        let path = format!("tests/{case}.stderr");
        let message = messages.iter().find(|message| message.path == path);
        let message = message.ok_or_else(|| format!("{path} is not there"))?;
        if lines.next() != Some(BLOCK.0) || !lines.any(|line| line == BLOCK.1) {
            return Err(format!("{case}: no `{}` follows", BLOCK.0));
        }
        let answer = answer(&message.text);
        for part in [BLOCK.0, "\n", &answer, BLOCK.1, "\n"] {
            answered.push_str(part);
        }
    }
    Ok(answered)
}

fn named(line: &str) -> Option<&str> {
    line.strip_prefix(NAMED.0)?.strip_suffix(NAMED.1)
}

/// The first error: the sentence, the place and the remedy, without where the compiler comes from and what it
/// would have taken instead.
fn answer(message: &str) -> String {
    let mut answer = String::new();
    let mut is_place = true;
    for line in message.lines() {
        let below = line.trim_start();
        is_place &= !below.starts_with("= ");
        if let Some(help) = line.strip_prefix("help: ") {
            is_place = !help.starts_with("the trait ");
        }
        let is_remedy = below.starts_with("= note: ")
            && !below.starts_with("= note: required for ")
            && !below.ends_with("redundant requirement hidden");
        if line.is_empty() || line.starts_with("note: ") {
            break;
        }
        if is_place || is_remedy {
            answer.push_str(line);
            answer.push('\n');
        }
    }
    answer
}

/// The cases that use the table of the page have it as the page shows it.
fn of_another_table(page: &str, cases: &[Source]) -> Vec<String> {
    let shown = page.split("```rust\n").nth(1).unwrap_or_default();
    let (shown, _) = shown.split_once("\n```").unwrap_or_default();
    let table = shown.split("\n\n").last().unwrap_or_default();
    let head = table.lines().take(2).collect::<Vec<_>>().join("\n");
    page.lines()
        .filter_map(named)
        .filter_map(|case| {
            cases
                .iter()
                .find(|found| found.path == format!("tests/{case}.rs"))
        })
        .filter(|case| case.text.contains(&head) && !case.text.contains(table))
        .map(|case| format!("{}: its table is not that of {PAGE}", case.path))
        .collect()
}

#[test]
fn the_page_shows_what_the_compiler_says() {
    let page = Source::file(PAGE).text;
    assert!(
        page.lines().filter_map(named).count() >= 10,
        "{PAGE} names few cases"
    );
    let answered = answered(&page, &Source::under("tests/ui", ".stderr"));
    expect_file!["../../orm/guide/mistakes.md"].assert_eq(&answered.unwrap_or_else(|why| why));
    none(&of_another_table(&page, &Source::under("tests/ui", ".rs")));
}

#[test]
fn the_document_shows_what_the_compiler_says() {
    let messages = Source::under("tests/ui", ".stderr");
    let answered = answered(&Source::file(DOCUMENT).text, &messages);
    expect_file!["../../docs/typestate.md"].assert_eq(&answered.unwrap_or_else(|why| why));
}

#[test]
fn another_answer_is_found() {
    let messages = [Source::new(
        "tests/ui/a.stderr",
        "error: no\n --> a.rs\n  |\n1 | a\n  | ^ no\n  |\n  = help: the trait\n  = note: yes\n  = note: required for `A`\n\
         help: the trait `A`\n  |\nhelp: write\n1 | b\nnote: required by\n\nerror: b\n",
    )];
    let page = "# A\n<!-- ui/a -->\n```text\nerror: yes\n```\nEnd\n";
    assert_eq!(
        answered(page, &messages),
        Ok("# A\n<!-- ui/a -->\n```text\nerror: no\n --> a.rs\n  |\n1 | a\n  | ^ no\n  |\n  = note: yes\nhelp: write\n1 | b\n```\nEnd\n"
            .to_owned())
    );
    assert!(answered(page, &[]).is_err());
    assert!(answered("<!-- ui/a -->\n", &messages).is_err());
}

#[test]
fn another_table_is_found() {
    let page = "```rust\nuse orm;\n\nstruct A {\n    a: i64,\n    b: i64,\n}\n```\n<!-- ui/a -->\n<!-- ui/b -->\n";
    let same = "struct A {\n    a: i64,\n    b: i64,\n}";
    let other = "struct A {\n    a: i64,\n    c: i64,\n}";
    let cases = [
        Source::new("tests/ui/a.rs", same),
        Source::new("tests/ui/b.rs", other),
    ];
    one(&of_another_table(page, &cases), "ui/b.rs: its table");
}
