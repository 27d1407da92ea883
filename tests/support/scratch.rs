//! Temporary directories that vanish with the process.

use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tempfile::TempDir;

use crate::account::shared_temporary_directory;
use crate::watchdog::{Watchdog, fresh_path};

/// A fresh directory inside the one that this process shares.
///
/// A `TempDir` alone would be left behind by `kill -9`; the one around it is guarded. Every
/// account can enter it, since a server may run as another one than its test.
pub(crate) fn directory() -> io::Result<TempDir> {
    static SHARED: OnceLock<Result<(PathBuf, Watchdog), String>> = OnceLock::new();
    let (shared, _) = SHARED
        .get_or_init(|| guarded().map_err(|error| error.to_string()))
        .as_ref()
        .map_err(|reason| io::Error::other(reason.clone()))?;
    let directory = TempDir::new_in(shared)?;
    // Not when it is created, where the caller's umask would take it away again.
    fs::set_permissions(directory.path(), Permissions::from_mode(0o755))?;
    Ok(directory)
}

fn guarded() -> io::Result<(PathBuf, Watchdog)> {
    let directory = fresh_path(&shared_temporary_directory(), "orm-test-");
    let watchdog = Watchdog::new(&directory, None, &[OsStr::new("true")], None)?;
    Ok((directory, watchdog))
}

/// The part of a path that goes into a URL.
pub(crate) fn text(path: &Path) -> &str {
    path.to_str()
        .expect("temporary directories have names in UTF-8")
}
