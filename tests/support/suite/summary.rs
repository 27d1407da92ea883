//! Says which backends were tested.

use std::collections::BTreeSet;
use std::fs::OpenOptions;
use std::io::Write as _;

use crate::available::available;
use crate::backend::Backend;
use crate::selection::Selection;

/// Prints the line and, for `scripts/test`, also writes it to the file `ORM_TEST_SUMMARY`.
pub(super) fn tell(selection: &Selection) {
    let line = line(selection);
    println!("{line}\n");
    if let Some(path) = std::env::var_os("ORM_TEST_SUMMARY") {
        let file = OpenOptions::new().create(true).append(true).open(path);
        if let Err(error) = file.and_then(|mut file| writeln!(file, "{line}")) {
            eprintln!("ORM_TEST_SUMMARY cannot be written: {error}");
        }
    }
}

/// How a missing server can be had.
pub(super) fn remedy(backend: Backend) -> String {
    match backend {
        Backend::Sqlite => "it is always there".to_owned(),
        Backend::Postgres(major) => {
            format!("`scripts/postgres {major}` fetches one, ORM_TEST_POSTGRES names one")
        }
    }
}

fn line(selection: &Selection) -> String {
    let parts = [
        ("backends tested", list(&selection.run, describe), ""),
        (
            "no server found",
            list(&selection.missing, |backend| backend.to_string()),
            "",
        ),
        (
            "not asked for",
            list(&selection.left_out, |backend| backend.to_string()),
            " (ORM_TEST_BACKENDS=all)",
        ),
    ];
    let said = parts.iter().filter(|(_, backends, _)| !backends.is_empty());
    let said: Vec<String> = said
        .map(|(what, backends, how)| format!("{what}: {backends}{how}"))
        .collect();
    said.join("; ")
}

/// The name, and for a server where it comes from.
fn describe(backend: Backend) -> String {
    let source = match backend {
        Backend::Sqlite => None,
        Backend::Postgres(major) => available().ok().and_then(|found| found.get(&major)),
    };
    source.map_or_else(
        || backend.to_string(),
        |source| format!("{backend} ({source})"),
    )
}

fn list(backends: &BTreeSet<Backend>, name: impl Fn(Backend) -> String) -> String {
    let names: Vec<String> = backends.iter().copied().map(name).collect();
    names.join(", ")
}
