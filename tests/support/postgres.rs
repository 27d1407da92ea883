//! Throw-away PostgreSQL: where servers come from, and how one is run.

mod binaries;
mod cluster;
mod postmaster;
mod server;

pub use self::binaries::Binaries;
pub use self::server::Server;
