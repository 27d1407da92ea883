//! Prose names the thing that it is about, as far as a test can hold that.
//!
//! A clause with "what" in the place of a noun makes the reader find the noun. Counted are lines of prose, without
//! code, with that word in them.

use crate::source::Source;
use crate::{none, one};

/// Lines in a thousand with the word "what": pages for users and contributors.
const PAGES: usize = 10;
/// The same in the documentation comments of the library. It may only fall: write the share that is left here.
const COMMENTS: usize = 151;

/// Not in pages, and no more often in comments than this. Each of these numbers may only fall.
const PHRASES: &[(&str, usize)] = &[
    ("how manieth", 3),
    ("it again", 7),
    ("they again", 2),
    ("so many", 39),
];

/// A line of prose, with its place.
struct Line {
    place: String,
    text: String,
}

fn pages() -> Vec<Source> {
    let mut pages = Source::under("orm/guide", ".md");
    pages.extend(Source::under("docs", ".md"));
    pages.extend(["README.md", "CONTRIBUTING.md", "AGENTS.md"].map(Source::file));
    pages
}

fn comments() -> Vec<Source> {
    let mut sources = Source::under("orm/src", ".rs");
    sources.extend(Source::under("orm-derive/src", ".rs"));
    sources.extend(Source::under("orm-schema/src", ".rs"));
    sources
}

/// Lines of Markdown without blocks of code, and without code in backticks.
fn of_page(page: &Source) -> Vec<Line> {
    prose(&page.path, page.text.lines().map(Some))
}

/// Lines of documentation comments, likewise.
fn of_comments(source: &Source) -> Vec<Line> {
    let comment = |line: &'_ str| -> Option<usize> {
        let line = line.trim_start();
        ["///", "//!"]
            .iter()
            .any(|mark| line.starts_with(mark))
            .then_some(3)
    };
    let lines = source.text.lines();
    let lines = lines.map(|line| comment(line).and_then(|mark| line.trim_start().get(mark..)));
    prose(&source.path, lines)
}

fn prose<'t>(path: &str, lines: impl Iterator<Item = Option<&'t str>>) -> Vec<Line> {
    let mut is_code = false;
    let mut found = Vec::new();
    for (number, line) in lines.enumerate() {
        let Some(line) = line else { continue };
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
            continue;
        }
        if is_code || line.trim().is_empty() {
            continue;
        }
        let words = line.split('`').step_by(2).collect::<Vec<_>>();
        found.push(Line {
            place: format!("{path}:{}", number + 1),
            text: words.join("`"),
        });
    }
    found
}

/// Whether the word stands in the text; letters of either case.
fn has_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic())
        .any(|found| found.eq_ignore_ascii_case(word))
}

/// The lines with "what", where they are more than so many in a thousand.
fn clauses(kind: &str, lines: &[Line], most: usize) -> Vec<String> {
    let found: Vec<_> = lines
        .iter()
        .filter(|line| has_word(&line.text, "what") || has_word(&line.text, "whatever"))
        .collect();
    if found.len() * 1000 <= most * lines.len() {
        return Vec::new();
    }
    let places: Vec<_> = found.iter().map(|line| line.place.as_str()).collect();
    vec![format!(
        "{kind}: {} of {} lines have a clause with \"what\", more than {most} in 1000; name the thing instead: {}",
        found.len(),
        lines.len(),
        places.join(", ")
    )]
}

/// Phrases that occur more often than allowed.
fn phrases(kind: &str, lines: &[Line], most: impl Fn(usize) -> usize) -> Vec<String> {
    let mut complaints = Vec::new();
    for (phrase, allowed) in PHRASES {
        let places: Vec<_> = lines
            .iter()
            .filter(|line| line.text.to_lowercase().contains(phrase))
            .map(|line| line.place.as_str())
            .collect();
        if places.len() > most(*allowed) {
            complaints.push(format!(
                "{kind}: \"{phrase}\" {} times, {} are allowed: {}",
                places.len(),
                most(*allowed),
                places.join(", ")
            ));
        }
    }
    complaints
}

/// Sentences of pages that begin with "What" and are no questions.
fn riddles(lines: &[Line]) -> Vec<String> {
    let begins = |text: &str| {
        let text = text.trim_start_matches(['#', '|', '-', '*', ' ']);
        let sentences = text.split(". ");
        sentences
            .into_iter()
            .any(|sentence| sentence.starts_with("What ") && !sentence.contains('?'))
    };
    lines
        .iter()
        .filter(|line| begins(&line.text))
        .map(|line| format!("{}: a sentence begins with \"What\"", line.place))
        .collect()
}

#[test]
fn pages_name_the_thing() {
    let lines: Vec<_> = pages().iter().flat_map(of_page).collect();
    none(&clauses("pages", &lines, PAGES));
    none(&phrases("pages", &lines, |_| 0));
    none(&riddles(&lines));
}

#[test]
fn comments_name_the_thing_ever_more_often() {
    let lines: Vec<_> = comments().iter().flat_map(of_comments).collect();
    none(&clauses("comments", &lines, COMMENTS));
    none(&phrases("comments", &lines, |allowed| allowed));
}

#[test]
fn a_riddle_is_found() {
    let page = Source::new(
        "page.md",
        "# A\n\nWhat is asked `what`.\n```\nwhat\n```\nA [`b`] or what\n",
    );
    let lines = of_page(&page);
    assert_eq!(lines.len(), 3);
    one(&clauses("pages", &lines, 600), "2 of 3 lines");
    one(&clauses("pages", &lines, 600), "page.md:3, page.md:7");
    none(&clauses("pages", &lines, 700));
    one(&riddles(&lines), "page.md:3: a sentence");
    none(&riddles(&of_page(&Source::new(
        "page.md",
        "What is asked?\nWhatever.",
    ))));

    let source = Source::new(
        "a.rs",
        "/// The how manieth.\n// It again.\nfn a() {} //! what\n",
    );
    let lines = of_comments(&source);
    assert_eq!(lines.len(), 1);
    one(
        &phrases("comments", &lines, |_| 0),
        "\"how manieth\" 1 times",
    );
}
