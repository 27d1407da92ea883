//! What the compiler says about a mistake is short and speaks of the user's code.

use crate::source::Source;
use crate::{none, one};

/// Lines of one error.
const LINES: usize = 20;
/// And where there are more, for a reason.
const LONGER: &[(&str, usize)] = &[
    // The compiler shows where the type is declared that cannot be stored or read.
    ("tests/ui/executor/type_of_ones_own.stderr", 23),
    ("tests/ui/executor/type_of_ones_own_read.stderr", 24),
    ("tests/ui/executor/only_written.stderr", 21),
];
/// Where several mistakes stand on a line, or one struct lacks several columns.
const SEVERAL: &[&str] = &[
    "tests/ui/attribute/",
    "tests/ui/declaration/",
    "tests/ui/record/",
];
/// Characters of one type in the sentence of an error.
const TYPE: usize = 60;
/// Characters of one type below it: less than the width at which the compiler itself shortens them.
const TYPE_BELOW: usize = 120;

/// Every mistake has its message; code that must compile has none.
fn without_message(cases: &[Source], messages: &[Source]) -> Vec<String> {
    cases
        .iter()
        .filter(|case| case.path != "tests/ui/main.rs" && !compiles(&case.path))
        .map(|case| (case, case.path.replace(".rs", ".stderr")))
        .filter(|(_, message)| !messages.iter().any(|found| found.path == *message))
        .map(|(case, message)| format!("{}: {message} is missing", case.path))
        .collect()
}

/// Whether a case shows something that must compile: it lies in a folder `pass`.
fn compiles(path: &str) -> bool {
    path.contains("/pass/")
}

/// What a query gives, where something else is wanted: no word of ours can be in it.
const RUSTCS: &[&str] = &["tests/ui/join/missing_row_read_as_there.stderr"];

fn budget(messages: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for message in messages {
        let path = &message.path;
        if message.text.contains("__private") {
            complaints.push(format!("{path}: speaks of `__private`"));
        }
        for (number, line) in message.text.lines().enumerate() {
            let is_sentence = line.starts_with("error");
            let is_rustcs = line.contains("the trait bound") || line.contains("mismatch");
            if is_sentence && is_rustcs && !RUSTCS.contains(&path.as_str()) {
                complaints.push(format!("{path}: the compiler's own words: {line}"));
            }
            let longest = if is_sentence { TYPE } else { TYPE_BELOW };
            for code in line.split('`').skip(1).step_by(2) {
                let length = code.chars().count();
                if is_type(code) && length > longest {
                    let number = number + 1;
                    complaints.push(format!("{path}:{number}: a type of {length} characters"));
                }
            }
        }
        for error in errors(&message.text) {
            let lines = error.trim_end().lines().count();
            let longer = LONGER.iter().find(|(longer, _)| longer == path);
            let limit = longer.map_or(LINES, |(_, lines)| *lines);
            if lines > limit {
                let first = error.lines().next().unwrap_or_default();
                complaints.push(format!("{path}: {lines} lines, not {limit}: {first}"));
            }
        }
    }
    complaints
}

/// One mistake is one error: none of them causes a second one where the statement goes on.
fn follow_ups(messages: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for Source { path, text } in messages {
        let errors = errors(text);
        let mut seen = Vec::new();
        for line in errors.iter().filter_map(|error| line_of(error)) {
            let several = SEVERAL.iter().any(|folder| path.starts_with(folder));
            if seen.contains(&line) && !several {
                complaints.push(format!("{path}: two errors for line {line}"));
            }
            seen.push(line);
        }
    }
    complaints
}

/// The line of the case that an error is about.
fn line_of(error: &str) -> Option<&str> {
    let place = error.lines().nth(1)?.trim_start().strip_prefix("--> ")?;
    place.split(':').nth(1)
}

/// A type is nothing that one writes. Calls and attributes are, so a remedy may be longer.
fn is_type(code: &str) -> bool {
    !code.starts_with('#') && !code.starts_with('.') && !code.contains(").")
}

/// The text, cut before every line that begins an error.
fn errors(text: &str) -> Vec<String> {
    let mut errors: Vec<String> = Vec::new();
    for line in text.lines() {
        if line.starts_with("error") || errors.is_empty() {
            errors.push(String::new());
        }
        if let Some(error) = errors.last_mut() {
            error.push_str(line);
            error.push('\n');
        }
    }
    errors
}

#[test]
fn every_mistake_has_its_message() {
    let (cases, messages) = (
        Source::under("tests/ui", ".rs"),
        Source::under("tests/ui", ".stderr"),
    );
    none(&without_message(&cases, &messages));
}

#[test]
fn messages_are_short() {
    none(&budget(&Source::under("tests/ui", ".stderr")));
}

#[test]
fn one_mistake_is_one_error() {
    none(&follow_ups(&Source::under("tests/ui", ".stderr")));
}

#[test]
fn a_second_error_is_found() {
    let twice = "error: a\n --> a.rs:18:4\n\nerror: b\n --> a.rs:18:9\n";
    one(
        &follow_ups(&[Source::new("tests/ui/key/a.stderr", twice)]),
        "two errors for line 18",
    );
    none(&follow_ups(&[Source::new(
        "tests/ui/record/a.stderr",
        twice,
    )]));
    let apart = twice.replace("18:9", "19:9");
    none(&follow_ups(&[Source::new("tests/ui/key/a.stderr", &apart)]));
}

#[test]
fn a_missing_message_is_found() {
    let cases = [
        "tests/ui/main.rs",
        "tests/ui/key/a.rs",
        "tests/ui/key/b.rs",
        "tests/ui/pass/c.rs",
    ]
    .map(|path| Source::new(path, ""));
    let messages = [Source::new("tests/ui/key/a.stderr", "")];
    one(
        &without_message(&cases, &messages),
        "key/b.stderr is missing",
    );
}

#[test]
fn a_message_over_the_budget_is_found() {
    let of = |text: &str| budget(&[Source::new("a.stderr", text)]);
    one(&of("error: `orm::__private::X`"), "__private");
    one(
        &of("error[E0277]: the trait bound `A: B` is not satisfied"),
        "own words",
    );
    one(&of("error[E0271]: type mismatch resolving"), "own words");
    let long = "A".repeat(61);
    one(
        &of(&format!("error: no `{long}`")),
        "a.stderr:1: a type of 61",
    );
    let longer = "A".repeat(121);
    one(
        &of(&format!("error: no\n  |\n  = note: `{longer}`")),
        "a.stderr:3: a type of 121",
    );
    none(&of(&format!("error: no\n  = note: write `.on({long})`")));
    one(
        &of(&format!("error: a\n{}\nerror: b\n", "  |\n".repeat(20))),
        "21 lines, not 20: error: a",
    );
    none(&of(&format!(
        "error: a\n{0}\n\nerror: b\n{0}",
        "  |\n".repeat(19)
    )));
}
