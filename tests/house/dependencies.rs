//! No snippet that a user copies fetches a crate of ours from the registry, where the name belongs to somebody else.

use crate::source::Source;
use crate::{none, one};

/// Every page with a snippet in it, and every package.
fn pages() -> Vec<Source> {
    let mut pages: Vec<_> = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "AGENTS.md"]
        .map(Source::file)
        .into();
    for (directory, ending) in [
        ("orm/guide", ".md"),
        ("docs", ".md"),
        (".github", ".md"),
        ("orm/src", ".rs"),
        ("orm-derive/src", ".rs"),
        ("orm-schema/src", ".rs"),
        ("examples", ".rs"),
        ("examples", ".md"),
    ] {
        pages.extend(Source::under(directory, ending));
    }
    pages
}

/// Lines by which Cargo would resolve one of our names on a registry.
fn from_the_registry(pages: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for page in pages {
        // The crate whose table is open, and where: `[dependencies.orm]`.
        let mut open: Option<(&str, usize)> = None;
        let mut complain = |name: &str, line: usize| {
            complaints.push(format!(
                "{}:{}: `{name}` from the registry; depend on it by `path` or `git`",
                page.path,
                line + 1
            ));
        };
        for (line, text) in page.text.lines().enumerate() {
            let text = text.trim_start_matches(['/', '!', ' ', '>', '$', '#']);
            if let Some(name) = command(text) {
                complain(name, line);
            }
            if text.starts_with('[') || text.starts_with("```") || text.is_empty() {
                if let Some((name, line)) = open.take() {
                    complain(name, line);
                }
                open = table(text).map(|name| (name, line));
                continue;
            }
            let Some((key, value)) = text.split_once('=') else {
                continue;
            };
            let (key, value) = (key.trim(), value.trim());
            if open.is_some() {
                open = open.filter(|_| !["path", "git", "workspace"].contains(&key));
                continue;
            }
            if let Some(name) = entry(key, value) {
                complain(name, line);
            }
        }
        if let Some((name, line)) = open {
            complain(name, line);
        }
    }
    complaints
}

/// The crate of ours that an entry `name = ..` takes from the registry.
fn entry<'t>(key: &'t str, value: &'t str) -> Option<&'t str> {
    let is_version = value.starts_with('"');
    let is_table = value.starts_with('{');
    let (name, field) = key.split_once('.').unwrap_or((key, ""));
    let local = ["path", "git", "workspace"];
    let is_local = local.contains(&field)
        || is_table
            && value.split(['{', ',']).any(|pair| {
                let (key, _) = pair.split_once('=').unwrap_or_default();
                local.contains(&key.trim())
            });
    // `db = { package = "orm", .. }` is ours under another name.
    let package = value.split_once("package").map(|(_, rest)| rest);
    let package = package.and_then(|rest| rest.split('"').nth(1));
    let name = Some(name).filter(|name| is_ours(name));
    let name = name.or_else(|| package.filter(|name| is_ours(name)));
    name.filter(|_| (is_version || is_table) && !is_local)
}

/// The crate of ours that the head of a table `[dependencies.name]` opens.
fn table(text: &str) -> Option<&str> {
    let path = text.strip_prefix('[')?.strip_suffix(']')?;
    let (tables, name) = path.rsplit_once('.')?;
    (tables.ends_with("dependencies") && is_ours(name)).then_some(name)
}

/// The crate of ours that `cargo add` or `cargo install` would fetch.
fn command(text: &str) -> Option<&str> {
    let at = ["cargo add ", "cargo install "]
        .iter()
        .find_map(|command| text.find(command).map(|at| at + command.len()))?;
    let rest = text.get(at..)?;
    let rest = rest.split(['`', '|', ';']).next()?;
    let is_local = rest.contains("--path") || rest.contains("--git");
    rest.split_whitespace()
        .map(|word| word.split('@').next().unwrap_or(word))
        .find(|word| is_ours(word))
        .filter(|_| !is_local)
}

fn is_ours(name: &str) -> bool {
    name == "orm" || name.starts_with("orm-") || name.starts_with("orm_")
}

#[test]
fn no_snippet_fetches_a_crate_of_somebody_else() {
    none(&from_the_registry(&pages()));
}

#[test]
fn a_snippet_that_names_a_version_is_found() {
    let of = |text| from_the_registry(&[Source::new("page.md", text)]);
    one(&of("orm = \"0.1\""), "page.md:1: `orm`");
    one(&of("orm=\"0.1\""), "`orm`");
    one(&of("orm.version = \"0.1\""), "`orm`");
    one(
        &of("//! orm-cli = { version = \"0.1\" }"),
        "page.md:1: `orm-cli`",
    );
    one(
        &of("db = { package = \"orm\", version = \"0.1\" }"),
        "`orm`",
    );
    one(
        &of("\n[dependencies.orm]\nversion = \"0.1\"\n```"),
        "page.md:2: `orm`",
    );
    one(
        &of("/// $ cargo add tokio orm --features sqlite"),
        "page.md:1: `orm`",
    );
    one(&of("run `cargo install orm-cli@0.1`"), "`orm-cli`");

    none(&of("orm = { path = \"../orm/orm\" }\norm.workspace = true"));
    none(&of("orm-derive = { git = \"https://host/path\" }"));
    none(&of("[dependencies.orm]\npath = \"../orm\"\n```"));
    none(&of("[dependencies]\ntokio = \"1\"\nnorm = \"1\""));
    none(&of("cargo add orm --path ../orm/orm"));
    none(&of("cargo add tokio\nlet orm = open();"));
}
