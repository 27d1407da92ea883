//! `orm` side by side with what one would write instead, in one run.
//!
//! ```text
//! orm-benches                  everything: tables, also to benches/RESULTS.md, and benches/bulk.svg
//! orm-benches --quick          a few minutes: `workload peer median_us ratio_to_floor ratio_to_ours`
//! orm-benches --instructions   only the instructions of the client, by callgrind
//! ```
//!
//! All runs on one thread, except for what sqlx does for SQLite, so that what a peer does itself is not
//! hidden behind the waking up of threads.

use std::error::Error;
use std::path::Path;
use std::process::Command;

use orm_benches::report::{self, Section};
use orm_benches::workloads::{Length, all};
use orm_benches::{about, instructions, plot, servers};
use orm_tests::Backend;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    let (length, times, counts) = match given[..] {
        [] => (Length::Full, true, true),
        ["--quick"] => (Length::Quick, true, false),
        ["--instructions"] => (Length::Quick, false, true),
        _ => return Err("nothing, `--quick` or `--instructions` can be said".into()),
    };
    let postgres = servers::postgres();
    if postgres.is_none() {
        eprintln!("there is no PostgreSQL here; `scripts/postgres` gets one");
    }
    let mut sections = Vec::new();
    for backend in postgres.into_iter().chain([Backend::Sqlite]) {
        let mut section = Section {
            backend,
            settings: servers::settings(backend).await,
            lines: Vec::new(),
            instructions: Vec::new(),
        };
        if times {
            section.lines = all(backend, length).await;
        }
        if counts {
            section.instructions = instructions::count(backend).await;
        }
        if length == Length::Quick && times {
            print!("{}", report::quick(&section));
        }
        sections.push(section);
    }
    if counts && times {
        let counted = Command::new(std::env::current_exe()?.with_file_name("counted")).output()?;
        report::add_counts(&mut sections, &String::from_utf8(counted.stdout)?);
    }
    if !counts {
        return Ok(());
    }
    let tables: String = sections.iter().map(report::tables).collect();
    println!("{tables}");
    if times {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        std::fs::write(here.join("RESULTS.md"), about::results(&tables))?;
        if let Some(section) = sections.first() {
            plot::bulk(&section.lines, &here.join("bulk.svg"))?;
        }
    }
    Ok(())
}
