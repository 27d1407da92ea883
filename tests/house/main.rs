//! The rules of the house, read from the source tree.
//!
//! Each rule is a function from sources to complaints, so that it is also tested with a bad
//! example: a rule that cannot fail guards nothing.

mod source;

mod contributing;
mod dependencies;
mod docs;
mod drivers;
mod layers;
mod manifests;
mod mistakes;
mod prose;
mod sizes;
mod surface;
mod ui;
mod words;
mod workflow;

/// Fails with all complaints at once.
#[track_caller]
fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// Fails unless there is exactly one complaint and it holds `words`.
#[track_caller]
fn one(complaints: &[String], words: &str) {
    let fits = complaints.len() == 1 && complaints.iter().all(|said| said.contains(words));
    assert!(
        fits,
        "expected one complaint with `{words}`, got {complaints:#?}"
    );
}
