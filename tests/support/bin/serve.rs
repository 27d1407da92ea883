//! Runs a throw-away PostgreSQL until its input ends: `cargo run -p orm-tests --bin serve 18`.
//!
//! It prints the address, the port and the directory of the data, a line each.

use std::io::{self, Read as _};
use std::process::ExitCode;

use orm_tests::available;
use orm_tests::postgres::Server;

fn main() -> ExitCode {
    let major = std::env::args().nth(1).and_then(|major| major.parse().ok());
    match serve(major) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

/// The newest version that can be had, if none is asked for.
fn serve(major: Option<u16>) -> Result<(), String> {
    let found = available()?;
    let major = major
        .or_else(|| found.keys().max().copied())
        .ok_or("no server found")?;
    let binaries = found
        .get(&major)
        .and_then(|source| source.binaries())
        .ok_or_else(|| format!("no server found; `scripts/postgres {major}` fetches one"))?;
    let server = Server::start_new(binaries).map_err(|error| error.to_string())?;
    println!(
        "{}\n{}\n{}",
        server.url(),
        server.port(),
        server.data().display()
    );
    io::stdin()
        .read_to_end(&mut Vec::new())
        .map_err(|error| error.to_string())?;
    Ok(())
}
