//! What the compiler says about a mistake is short and speaks of the user's code.

use crate::source::Source;
use crate::{none, one};

/// Lines of one error.
const LINES: usize = 30;
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

fn budget(messages: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for message in messages {
        let path = &message.path;
        if message.text.contains("__private") {
            complaints.push(format!("{path}: speaks of `__private`"));
        }
        for (number, line) in message.text.lines().enumerate() {
            let is_sentence = line.starts_with("error");
            if is_sentence && line.contains("the trait bound") {
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
            if lines > LINES {
                let first = error.lines().next().unwrap_or_default();
                complaints.push(format!("{path}: {lines} lines, not {LINES}: {first}"));
            }
        }
    }
    complaints
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
        &of(&format!("error: a\n{}\nerror: b\n", "  |\n".repeat(30))),
        "31 lines, not 30: error: a",
    );
    none(&of(&format!(
        "error: a\n{0}\n\nerror: b\n{0}",
        "  |\n".repeat(29)
    )));
}
