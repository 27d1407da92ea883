//! Cleaning up, whatever becomes of the test process.

use std::ffi::OsStr;
use std::hash::{BuildHasher as _, RandomState};
use std::io::{self, BufRead as _, BufReader};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::account::Account;

/// Makes a directory, prepares it, and says with what exit status. Waits for the end of its
/// input, then runs the given program to stop what works there, and removes the directory.
///
/// Signals are ignored: Ctrl-C in a terminal must not kill the one who cleans up, and the
/// reader of the status may be gone. One process does all in order, so that nothing is prepared
/// any more when it is cleaned up. A server that is just starting, or one of its helpers that
/// is just ending, may still write files; hence the tries.
const SCRIPT: &str = r#"
trap '' HUP INT PIPE QUIT TERM
directory=$1 stop=$2
shift 2
mkdir -m 755 "$directory" && "$@" >"$directory/log" 2>&1
echo $?
while read -r _; do :; done
for try in 1 2 3 4 5 6 7 8 9 10; do
    [ -z "$stop" ] || "$stop" -D "$directory/data" -m immediate -w stop
    rm -rf "$directory" && exit
    sleep 1
done
"#;

/// A shell that reads from a pipe whose other end only this process holds.
///
/// The kernel closes that end when the process goes, even by `kill -9`. The shell then
/// sees the end of its input and cleans up. Dropping a watchdog does the same at once.
#[derive(Debug)]
pub(crate) struct Watchdog(Child);

impl Watchdog {
    /// Makes `directory` and runs `prepare` for it, as `account` if one is given.
    ///
    /// Once this process is gone, `stop` (a `pg_ctl`) is run and the directory is removed.
    pub(crate) fn new(
        directory: &Path,
        account: Option<Account>,
        prepare: &[&OsStr],
        stop: Option<&Path>,
    ) -> io::Result<Self> {
        let mut shell = Command::new("/bin/sh");
        if let Some(account) = account {
            account.apply(&mut shell);
        }
        without_settings(&mut shell)
            .args(["-c", SCRIPT, "watchdog"])
            .arg(directory)
            .arg(stop.unwrap_or(Path::new("")))
            .args(prepare)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0);
        let mut watchdog = Self(shell.spawn()?);
        let mut status = String::new();
        if let Some(output) = watchdog.0.stdout.take() {
            BufReader::new(output).read_line(&mut status)?;
        }
        if status.trim() == "0" {
            return Ok(watchdog);
        }
        let log = std::fs::read_to_string(directory.join("log")).unwrap_or_default();
        Err(io::Error::other(format!(
            "{} cannot be prepared:\n{log}",
            directory.display()
        )))
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        // There is nobody to tell that the shell could not be waited for.
        self.0.wait().ok();
    }
}

/// A path in `within` that nobody uses. The watchdog must know it before there is anything.
pub(crate) fn fresh_path(within: &Path, prefix: &str) -> PathBuf {
    within.join(format!("{prefix}{:x}", RandomState::new().hash_one(prefix)))
}

/// Takes away what the user has set for his own servers and clients, such as `PGDATA`.
pub(crate) fn without_settings(command: &mut Command) -> &mut Command {
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("PG")) {
            command.env_remove(name);
        }
    }
    command
}
