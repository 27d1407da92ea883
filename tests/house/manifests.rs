//! What the packages say of themselves is true of the repository.

use std::path::Path;

use crate::source::Source;
use crate::{none, one};

fn manifests() -> Vec<Source> {
    [
        "orm",
        "orm-derive",
        "orm-schema",
        "examples",
        "tests",
        "benches",
    ]
    .iter()
    .flat_map(|directory| Source::under(directory, "/Cargo.toml"))
    .filter(|manifest| !manifest.path.contains("/target/"))
    .collect()
}

/// Packages that `cargo publish` would send to a registry, where `orm` belongs to somebody else.
fn published(manifests: &[Source]) -> Vec<String> {
    let is_kept = |manifest: &&Source| !manifest.text.lines().any(|line| line == "publish = false");
    let published = manifests.iter().filter(is_kept);
    published
        .map(|manifest| format!("{}: `publish = false` is missing", manifest.path))
        .collect()
}

/// License files that a package does not take along.
fn without_license(license: &str, packages: &[&str], root: &Path) -> Vec<String> {
    let mut complaints = Vec::new();
    for package in packages {
        for name in license.split(" OR ") {
            let (short, _) = name.split_once('-').unwrap_or((name, ""));
            let file = format!("{package}/LICENSE-{}", short.to_uppercase());
            if !root.join(&file).exists() {
                complaints.push(format!("{file} is missing, and the license is {license}"));
            }
        }
    }
    complaints
}

#[test]
fn no_package_is_published_under_a_name_of_somebody_else() {
    none(&published(&manifests()));
}

#[test]
fn each_package_takes_its_licenses_along() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let workspace = Source::file("Cargo.toml").text;
    let license = workspace
        .lines()
        .find_map(|line| line.strip_prefix("license = "))
        .map_or("", |license| license.trim_matches('"'));
    assert_eq!(license, "MIT OR Apache-2.0");
    none(&without_license(
        license,
        &[".", "orm", "orm-derive", "orm-schema"],
        &root,
    ));
}

#[test]
fn a_manifest_that_says_too_little_is_found() {
    let of = |text| published(&[Source::new("a/Cargo.toml", text)]);
    one(&of("[package]\nname = \"orm\""), "a/Cargo.toml: `publish");
    none(&of("[package]\npublish = false"));

    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let isc = without_license("MIT OR ISC-1", &["orm"], &root);
    one(&isc, "orm/LICENSE-ISC is missing");
}
