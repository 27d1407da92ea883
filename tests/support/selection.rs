//! Which backends a run covers.

use std::collections::BTreeSet;

use crate::backend::{Backend, SUPPORTED};

/// What to run, decided from two environment variables and from what can be had.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Selection {
    /// Run these.
    pub(crate) run: BTreeSet<Backend>,
    /// Wanted and not to be had.
    pub(crate) missing: BTreeSet<Backend>,
    /// Must be had: `ORM_TEST_REQUIRE`.
    pub(crate) required: BTreeSet<Backend>,
    /// Can be had and was not asked for.
    pub(crate) left_out: BTreeSet<Backend>,
}

/// What one variable asks for: `all`, or words such as `sqlite`, `postgres`, `postgres:15,18`.
#[derive(Debug, Default)]
struct Wish {
    sqlite: bool,
    any_postgres: bool,
    all_postgres: bool,
    named: BTreeSet<u16>,
}

impl Selection {
    /// `backends` and `require` are the variables' values, empty if not set.
    ///
    /// Without any wish: SQLite, and the oldest and the newest PostgreSQL there is, between
    /// which most differences show.
    pub(crate) fn new(backends: &str, require: &str, found: &[u16]) -> Result<Self, String> {
        let nothing_asked = backends.trim().is_empty();
        let nothing_required = require.trim().is_empty();
        let require = Wish::parse(require).map_err(|word| unknown("ORM_TEST_REQUIRE", &word))?;
        let wish = Wish::parse(backends).map_err(|word| unknown("ORM_TEST_BACKENDS", &word))?;

        let required = require.versions(found);
        let mut wanted = match (nothing_asked, nothing_required) {
            (true, true) => {
                // Those that are not there are reported as skipped.
                let absent = SUPPORTED.filter(|major| !found.contains(major));
                absent.chain(ends(found)).collect()
            }
            (true, false) => BTreeSet::new(),
            (false, _) => wish.versions(found),
        };
        wanted.extend(&required);

        let sqlite = |wanted: bool| wanted.then_some(Backend::Sqlite).into_iter();
        let postgres = Backend::Postgres;
        let (present, missing): (BTreeSet<u16>, BTreeSet<u16>) =
            wanted.iter().partition(|major| found.contains(major));
        let left_out = found
            .iter()
            .copied()
            .filter(|major| !wanted.contains(major));
        Ok(Self {
            run: sqlite(wish.sqlite || nothing_asked || require.sqlite)
                .chain(present.into_iter().map(postgres))
                .collect(),
            missing: missing.into_iter().map(postgres).collect(),
            left_out: left_out.map(postgres).collect(),
            required: sqlite(require.sqlite)
                .chain(required.into_iter().map(postgres))
                .collect(),
        })
    }
}

impl Wish {
    fn parse(text: &str) -> Result<Self, String> {
        let mut wish = Self::default();
        for word in text.split([',', ' ']).filter(|word| !word.is_empty()) {
            match word {
                "sqlite" => wish.sqlite = true,
                "postgres" => wish.any_postgres = true,
                "all" => (wish.sqlite, wish.all_postgres) = (true, true),
                _ => {
                    let version = word.strip_prefix("postgres:").unwrap_or(word);
                    wish.named
                        .insert(version.parse().map_err(|_| word.to_owned())?);
                }
            }
        }
        Ok(wish)
    }

    /// The versions of PostgreSQL that are meant.
    fn versions(&self, found: &[u16]) -> BTreeSet<u16> {
        let mut versions = self.named.clone();
        if self.all_postgres {
            versions.extend(SUPPORTED.chain(found.iter().copied()));
        }
        if self.any_postgres && versions.is_empty() {
            versions.extend(ends(found));
        }
        if self.any_postgres && versions.is_empty() {
            versions.insert(*SUPPORTED.end());
        }
        versions
    }
}

/// The oldest and the newest version, which may be one and the same.
fn ends(found: &[u16]) -> impl Iterator<Item = u16> {
    found
        .iter()
        .min()
        .into_iter()
        .chain(found.iter().max())
        .copied()
}

fn unknown(variable: &str, word: &str) -> String {
    format!("{variable} holds `{word}`; write `all`, `sqlite`, `postgres` or `postgres:15,18`")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn select(backends: &str, require: &str, found: &[u16]) -> Selection {
        Selection::new(backends, require, found).expect("the words are known")
    }

    fn names(backends: &BTreeSet<Backend>) -> Vec<String> {
        backends.iter().map(Backend::to_string).collect()
    }

    #[test]
    fn by_default_the_oldest_and_the_newest_run() {
        let selection = select("", "", &[14, 15, 18]);
        assert_eq!(
            names(&selection.run),
            ["sqlite", "postgres-14", "postgres-18"]
        );
        assert_eq!(
            names(&selection.missing),
            ["postgres-13", "postgres-16", "postgres-17"]
        );
        assert_eq!(names(&selection.left_out), ["postgres-15"]);
    }

    #[test]
    fn without_any_server_sqlite_runs_and_the_rest_is_missing() {
        let selection = select("", "", &[]);
        assert_eq!(names(&selection.run), ["sqlite"]);
        assert_eq!(selection.missing.len(), 6);
    }

    #[test]
    fn named_versions_run_alone() {
        let selection = select("postgres:15,18", "", &[13, 15]);
        assert_eq!(names(&selection.run), ["postgres-15"]);
        assert_eq!(names(&selection.missing), ["postgres-18"]);
        assert_eq!(names(&select("sqlite", "", &[13, 15]).run), ["sqlite"]);
        assert_eq!(select("all", "", &[13, 15]).run.len(), 3);
    }

    #[test]
    fn what_is_required_runs_with_sqlite() {
        let selection = select("", "postgres:15,18", &[13, 15]);
        assert_eq!(names(&selection.run), ["sqlite", "postgres-15"]);
        assert_eq!(names(&selection.missing), ["postgres-18"]);
        assert_eq!(names(&selection.required), ["postgres-15", "postgres-18"]);
        assert_eq!(names(&select("", "postgres", &[]).missing), ["postgres-18"]);
    }

    #[test]
    fn an_unknown_word_is_refused() {
        assert!(Selection::new("mysql", "", &[]).is_err());
    }
}
