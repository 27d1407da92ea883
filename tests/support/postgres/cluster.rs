//! The files of a throw-away cluster.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::hash::{BuildHasher as _, RandomState};
use std::io;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::account::{Account, open_to_all, shared_temporary_directory};
use crate::postgres::Binaries;
use crate::scratch;
use crate::watchdog::{Watchdog, fresh_path, without_settings};

/// What a server needs on disk; all of it is removed when this is dropped or the process dies.
#[derive(Debug)]
pub(super) struct Cluster {
    binaries: Binaries,
    directory: PathBuf,
    account: Option<Account>,
    /// Stops the server and removes the directory.
    _watchdog: Watchdog,
    /// The binaries, if they had to be copied.
    _copy: Option<TempDir>,
}

impl Cluster {
    /// Runs `initdb` in a fresh directory.
    pub(super) fn create(binaries: &Binaries) -> io::Result<Self> {
        let account = Account::for_servers()?;
        let copy = match account {
            Some(_) if !open_to_all(binaries.directory()) => Some(copy(binaries)?),
            _ => None,
        };
        let binaries = match &copy {
            Some(copy) => binaries.moved_to(copy.path().join("postgresql/bin")),
            None => binaries.clone(),
        };
        // The name is short because the path of a unix socket may have 103 bytes at most.
        let directory = fresh_path(&shared_temporary_directory(), "orm-pg-");
        let data = directory.join("data");
        let program = binaries.program("initdb");
        let arguments = [
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        ];
        let mut initialise = vec![program.as_os_str(), OsStr::new("-D"), data.as_os_str()];
        initialise.extend(arguments.map(OsStr::new));
        let stop = binaries.program("pg_ctl");
        let watchdog = Watchdog::new(&directory, account, &initialise, Some(&stop))?;
        Ok(Self {
            binaries,
            directory,
            account,
            _watchdog: watchdog,
            _copy: copy,
        })
    }

    /// The programs that serve this cluster.
    pub(super) fn binaries(&self) -> &Binaries {
        &self.binaries
    }

    /// The data directory.
    pub(super) fn data(&self) -> PathBuf {
        self.directory.join("data")
    }

    /// The directory of the unix socket.
    pub(super) fn sockets(&self) -> &Path {
        &self.directory
    }

    /// What the server said since it was started last.
    pub(super) fn log(&self) -> String {
        fs::read(self.log_file())
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .unwrap_or_default()
    }

    /// A command that runs one of the programs as the cluster's owner and writes to its log.
    pub(super) fn command(&self, program: &str) -> io::Result<Command> {
        let log = File::create(self.log_file())?;
        let mut command = Command::new(self.binaries.program(program));
        if let Some(account) = self.account {
            account.apply(&mut command);
        }
        without_settings(&mut command)
            .current_dir(&self.directory)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        Ok(command)
    }

    fn log_file(&self) -> PathBuf {
        self.directory.join("log")
    }
}

/// A port that nobody listens on now.
///
/// It lies below the ports that systems hand out to clients: while a server is stopped,
/// no outgoing connection can take its port away.
pub(super) fn free_port() -> io::Result<u16> {
    for _ in 0..100 {
        let [high, low, ..] = RandomState::new().hash_one("port").to_le_bytes();
        let port = 15_000 + u16::from_le_bytes([high, low]) % 15_000;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return Ok(port);
        }
    }
    Err(io::Error::other("found no free port in 100 tries"))
}

/// Copies the binaries to where the server's account can get at them: they may lie in a
/// repository inside the home of root.
fn copy(binaries: &Binaries) -> io::Result<TempDir> {
    let installation = binaries
        .directory()
        .parent()
        .unwrap_or(binaries.directory());
    let directory = scratch::directory()?;
    let target = directory.path().join("postgresql");
    let status = Command::new("cp")
        .arg("-RLp")
        .arg(installation)
        .arg(target)
        .status()?;
    if status.success() {
        return Ok(directory);
    }
    Err(io::Error::other(
        "the server cannot be copied to where its user can read it",
    ))
}
