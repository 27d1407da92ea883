//! The running server process and its children.

use std::fs;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command};

use rustix::io::Errno;
use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use super::cluster::Cluster;
use crate::poll::{PATIENCE, poll};
use crate::scratch::text;

/// Settings for speed instead of safety: the data is worth nothing after the test.
const SETTINGS: [&str; 6] = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "shared_buffers=32MB",
    "max_connections=200",
    "listen_addresses=127.0.0.1",
];

/// A started server; the caller stops it.
#[derive(Debug)]
pub(super) struct Postmaster(Child);

impl Postmaster {
    /// Starts the server on `port` and waits until it takes connections.
    pub(super) fn start(cluster: &Cluster, port: u16) -> io::Result<Self> {
        let mut command = cluster.command("postgres")?;
        command
            .arg("-D")
            .arg(cluster.data())
            .arg("-p")
            .arg(port.to_string());
        for setting in SETTINGS {
            command.arg("-c").arg(setting);
        }
        command.arg("-c").arg(format!(
            "unix_socket_directories={}",
            text(cluster.sockets())
        ));
        // Ctrl-C in a terminal reaches the test process; the watchdog ends the server then.
        let mut server = Self(command.process_group(0).spawn()?);
        let ready = poll(PATIENCE, || match server.0.try_wait() {
            Ok(None) => server.is_ready(&cluster.data()).then_some(Ok(())),
            Ok(Some(status)) => Some(Err(format!("the server ended with {status}"))),
            Err(error) => Some(Err(error.to_string())),
        });
        let failure = match ready {
            Some(Ok(())) => return Ok(server),
            Some(Err(reason)) => reason,
            None => {
                server.end(Signal::KILL)?;
                format!("the server was not ready after {PATIENCE:?}")
            }
        };
        Err(io::Error::other(format!("{failure}:\n{}", cluster.log())))
    }

    /// The process of the server.
    pub(super) fn pid(&self) -> i32 {
        self.0.id().cast_signed()
    }

    /// The processes that the server has started: one per connection and its own helpers.
    pub(super) fn children(&self) -> io::Result<Vec<i32>> {
        let parent = self.pid();
        Ok(processes()?
            .into_iter()
            .filter(|(_, of)| *of == parent)
            .map(|(pid, _)| pid)
            .collect())
    }

    /// Sends `signal` to the server and waits until it and its children are gone.
    pub(super) fn end(&mut self, signal: Signal) -> io::Result<()> {
        let children = self.children()?;
        kill(self.pid(), signal)?;
        self.0.wait()?;
        if signal == Signal::KILL {
            // A busy child does not notice at once that its parent is gone.
            for &child in &children {
                kill(child, signal)?;
            }
        }
        poll(PATIENCE, || {
            children
                .iter()
                .all(|&child| !is_running(child))
                .then_some(())
        })
        .ok_or_else(|| io::Error::other("processes of the server do not end"))
    }

    /// Whether the file that the server keeps about itself says so.
    ///
    /// A crash leaves an old file behind, hence the look at the process number.
    fn is_ready(&self, data: &Path) -> bool {
        let about = fs::read_to_string(data.join("postmaster.pid")).unwrap_or_default();
        let mut lines = about.lines();
        let own = lines.next() == Some(self.0.id().to_string().as_str());
        own && lines
            .next_back()
            .is_some_and(|status| status.trim() == "ready")
    }
}

/// Sends a signal; a process that has ended meanwhile is no error.
pub(super) fn kill(process: i32, signal: Signal) -> io::Result<()> {
    let pid = Pid::from_raw(process).ok_or_else(|| io::Error::other("there is no process 0"))?;
    match kill_process(pid, signal) {
        Ok(()) | Err(Errno::SRCH) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Whether a process runs. One that has ended and was not waited for does not.
pub(super) fn is_running(process: i32) -> bool {
    match fs::read_to_string(format!("/proc/{process}/stat")) {
        Ok(stat) => !after_name(&stat).starts_with('Z'),
        Err(_) => Pid::from_raw(process).is_some_and(|pid| test_kill_process(pid).is_ok()),
    }
}

/// Every process with its parent: from `/proc` where there is one, else from `ps`.
fn processes() -> io::Result<Vec<(i32, i32)>> {
    let Ok(entries) = fs::read_dir("/proc") else {
        let output = Command::new("ps")
            .args(["-A", "-o", "pid=,ppid="])
            .output()?;
        let table = String::from_utf8_lossy(&output.stdout).into_owned();
        return Ok(table.lines().filter_map(pair).collect());
    };
    Ok(entries
        .flatten()
        .filter_map(|entry| {
            let process = entry.file_name().to_str()?.parse().ok()?;
            let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
            let parent = after_name(&stat).split_whitespace().nth(1)?.parse().ok()?;
            Some((process, parent))
        })
        .collect())
}

/// The fields of a `stat` line from the state on; the name before it may hold anything.
fn after_name(stat: &str) -> &str {
    stat.rsplit_once(')')
        .map_or("", |(_, fields)| fields.trim_start())
}

fn pair(line: &str) -> Option<(i32, i32)> {
    let mut fields = line.split_whitespace();
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}
