//! A server to test against.

use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustix::process::Signal;

use super::cluster::{Cluster, free_port};
use super::postmaster::{Postmaster, is_running, kill};
use crate::poll::{PATIENCE, poll};
use crate::postgres::Binaries;

/// A throw-away PostgreSQL server on 127.0.0.1, with user and database `postgres`.
///
/// It is gone, with its data, when this is dropped or when the test process ends in
/// whatever way. All methods take `&self`, so that a test can stop the server
/// while its pools live on; after a restart it has the same data and the same port.
#[derive(Debug)]
pub struct Server {
    port: u16,
    /// `None` while it is stopped. Before the cluster, so that it ends first.
    postmaster: Mutex<Option<Postmaster>>,
    cluster: Cluster,
}

impl Server {
    /// Creates a cluster and starts it.
    ///
    /// # Errors
    ///
    /// With what the server itself said, when it cannot be started.
    pub fn start_new(binaries: &Binaries) -> io::Result<Self> {
        let cluster = Cluster::create(binaries)?;
        let mut tries = 0;
        loop {
            tries += 1;
            let port = free_port()?;
            match Postmaster::start(&cluster, port) {
                Ok(postmaster) => {
                    let postmaster = Mutex::new(Some(postmaster));
                    return Ok(Self {
                        port,
                        postmaster,
                        cluster,
                    });
                }
                // Somebody else was quicker to take the port.
                Err(error) if tries < 5 && error.to_string().contains("could not bind") => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// The address of the database.
    pub fn url(&self) -> String {
        // The server has no certificate; without the word, clients ask for one each time.
        format!(
            "postgres://postgres@127.0.0.1:{}/postgres?sslmode=disable",
            self.port
        )
    }

    /// The major version.
    pub fn major(&self) -> u16 {
        self.cluster.binaries().major()
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The directory of the data.
    pub fn data(&self) -> PathBuf {
        self.cluster.data()
    }

    /// The process of the server, or `None` while it is stopped.
    pub fn pid(&self) -> Option<i32> {
        self.lock().as_ref().map(Postmaster::pid)
    }

    /// What the server has written to its log since it was last started.
    pub fn log(&self) -> String {
        self.cluster.log()
    }

    /// Starts it again, with recovery if it was ended roughly. Does nothing if it runs.
    ///
    /// # Errors
    ///
    /// With what the server itself said, when it cannot be started.
    pub fn start(&self) -> io::Result<()> {
        let mut postmaster = self.lock();
        if postmaster.is_none() {
            *postmaster = Some(Postmaster::start(&self.cluster, self.port)?);
        }
        Ok(())
    }

    /// Ends the server at once, as `pg_ctl stop -m immediate` does: connections break, the
    /// next start recovers.
    ///
    /// # Errors
    ///
    /// When its processes do not end.
    pub fn stop_immediate(&self) -> io::Result<()> {
        self.end(Signal::QUIT)
    }

    /// Kills the server and all its processes with `kill -9`, as a power failure would.
    ///
    /// # Errors
    ///
    /// When its processes do not end.
    pub fn kill_all(&self) -> io::Result<()> {
        self.end(Signal::KILL)
    }

    /// Kills the process of one connection, the number that `pg_backend_pid()` tells, with
    /// `kill -9`. The server then breaks all connections and recovers by itself.
    ///
    /// # Errors
    ///
    /// When the process is none of this server's.
    pub fn kill_backend(&self, pid: i32) -> io::Result<()> {
        let postmaster = self.lock();
        let children = postmaster.as_ref().map(Postmaster::children).transpose()?;
        if !children.unwrap_or_default().contains(&pid) {
            return Err(io::Error::other(format!(
                "{pid} is no process of this server"
            )));
        }
        kill(pid, Signal::KILL)?;
        poll(PATIENCE, || (!is_running(pid)).then_some(()))
            .ok_or_else(|| io::Error::other("the process does not end"))
    }

    fn end(&self, signal: Signal) -> io::Result<()> {
        self.lock()
            .take()
            .map_or(Ok(()), |mut postmaster| postmaster.end(signal))
    }

    fn lock(&self) -> MutexGuard<'_, Option<Postmaster>> {
        // A test that panicked elsewhere has left nothing half done in here.
        self.postmaster
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The watchdog tries again.
        self.stop_immediate().ok();
    }
}
