//! How to depend on the library, wherever that is written.

use crate::source::Source;
use crate::{none, one};

/// The pages that a user copies from.
fn pages() -> Vec<Source> {
    let mut pages = Source::under("orm/guide", ".md");
    pages.extend(Source::under("orm/src", ".rs"));
    pages.extend(Source::under("docs", ".md"));
    pages.extend(["README.md", "CONTRIBUTING.md"].map(Source::file));
    pages
}

/// Lines that would fetch a crate of ours from the registry, where the name is somebody else's.
fn from_the_registry(pages: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for page in pages {
        for (line, text) in page.text.lines().enumerate() {
            let text = text.trim_start_matches(['/', '!', ' ']);
            let Some((name, value)) = text.split_once(" = ") else {
                continue;
            };
            let is_ours = name == "orm" || name.starts_with("orm-");
            let is_version = value.starts_with('"') || value.starts_with('{');
            if is_ours && is_version && !value.contains("path = ") && !value.contains("git = ") {
                let (path, line) = (&page.path, line + 1);
                complaints.push(format!("{path}:{line}: `{name}` from the registry"));
            }
        }
    }
    complaints
}

#[test]
fn no_snippet_fetches_a_crate_of_somebody_else() {
    none(&from_the_registry(&pages()));
}

#[test]
fn a_snippet_that_names_a_version_is_found() {
    let page = |text| [Source::new("page.md", text)];
    one(
        &from_the_registry(&page("orm = \"0.1\"")),
        "page.md:1: `orm`",
    );
    one(
        &from_the_registry(&page("//! orm-cli = { version = \"0.1\" }")),
        "`orm-cli`",
    );
    none(&from_the_registry(&page("orm = { path = \"../orm/orm\" }")));
}
