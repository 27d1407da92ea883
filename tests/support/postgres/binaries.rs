//! The programs of one PostgreSQL version.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A directory that holds `postgres`, `initdb` and `pg_ctl` of one major version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binaries {
    major: u16,
    directory: PathBuf,
}

impl Binaries {
    /// Looks into `directory` and asks the server there for its version.
    ///
    /// `None` if a program is missing or does not run on this machine.
    pub fn in_directory(directory: &Path) -> Option<Self> {
        let found = Self {
            major: 0,
            directory: directory.canonicalize().ok()?,
        };
        if !["postgres", "initdb", "pg_ctl"]
            .iter()
            .all(|name| found.program(name).is_file())
        {
            return None;
        }
        let output = Command::new(found.program("postgres"))
            .arg("--version")
            .output()
            .ok()?;
        let major = major_version(&String::from_utf8(output.stdout).ok()?)?;
        Some(Self { major, ..found })
    }

    /// Everything found on this machine and in the cache of fetched versions.
    pub fn on_this_machine() -> BTreeMap<u16, Self> {
        let mut found = BTreeMap::new();
        for directory in candidates() {
            if let Some(binaries) = Self::in_directory(&directory) {
                found.entry(binaries.major).or_insert(binaries);
            }
        }
        found
    }

    /// The major version, `18` for 18.4.
    pub fn major(&self) -> u16 {
        self.major
    }

    /// The directory of the programs.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The path of one program.
    pub fn program(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }

    /// The same version at another place.
    pub(super) fn moved_to(&self, directory: PathBuf) -> Self {
        Self {
            major: self.major,
            directory,
        }
    }
}

/// Directories that may hold binaries, the most natural first; `scripts/postgres` looks at the same.
fn candidates() -> Vec<PathBuf> {
    let mut directories = Vec::new();
    for (root, inside) in [
        (PathBuf::from("/usr/lib/postgresql"), "bin"),
        (PathBuf::from("/usr"), "bin"),
        (PathBuf::from("/opt/homebrew/opt"), "bin"),
        (PathBuf::from("/usr/local/opt"), "bin"),
        (
            PathBuf::from("/Applications/Postgres.app/Contents/Versions"),
            "bin",
        ),
        (cache(), "bin"),
    ] {
        directories.extend(children(&root).into_iter().map(|child| child.join(inside)));
    }
    directories.extend(configured());
    directories.extend(std::env::split_paths(
        &std::env::var_os("PATH").unwrap_or_default(),
    ));
    directories
}

/// Folders in `root` that are named after PostgreSQL or a version of it, in a stable order.
fn children(root: &Path) -> Vec<PathBuf> {
    let mut found: Vec<_> = fs::read_dir(root)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            name.starts_with("postgresql")
                || name.starts_with("pgsql-")
                || name.parse::<u16>().is_ok()
        })
        .map(|entry| entry.path())
        .collect();
    found.sort();
    found
}

/// Where `scripts/postgres` puts what it fetches.
fn cache() -> PathBuf {
    if let Some(directory) = std::env::var_os("ORM_TEST_POSTGRES_CACHE") {
        return directory.into();
    }
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| OsString::from("target"));
    workspace.join(target).join("postgres")
}

fn configured() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").output().ok()?;
    Some(PathBuf::from(String::from_utf8(output.stdout).ok()?.trim()))
}

/// Reads `postgres (PostgreSQL) 15.18 (Debian 15.18-1)` and `postgres (PostgreSQL) 19devel`.
fn major_version(answer: &str) -> Option<u16> {
    let version = answer.split_once("(PostgreSQL)")?.1.trim_start();
    let digits = version.find(|character: char| !character.is_ascii_digit());
    version.get(..digits.unwrap_or(version.len()))?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_the_answer() {
        assert_eq!(
            major_version("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"),
            Some(15)
        );
        assert_eq!(major_version("postgres (PostgreSQL) 18.4\n"), Some(18));
        assert_eq!(major_version("postgres (PostgreSQL) 19devel\n"), Some(19));
        assert_eq!(major_version("something else\n"), None);
    }

    #[test]
    fn a_folder_without_programs_is_no_server() {
        let empty = tempfile::tempdir().expect("a temporary directory");
        assert_eq!(Binaries::in_directory(empty.path()), None);
    }
}
