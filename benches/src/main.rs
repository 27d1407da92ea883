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
use std::process::{Command, Stdio};

use orm_benches::pace::Length;
use orm_benches::report::{self, Section};
use orm_benches::workloads::measure;
use orm_benches::{about, instructions, place, plot, settings, written};
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
    let postgres = place::postgres();
    if postgres.is_none() {
        eprintln!("there is no PostgreSQL here; `scripts/postgres` gets one");
    }
    let mut sections = Vec::new();
    for backend in postgres.into_iter().chain([Backend::Sqlite]) {
        let mut section = Section {
            backend,
            settings: settings::settings(backend).await,
            workloads: Vec::new(),
            instructions: Vec::new(),
        };
        if times {
            section.workloads = measure(backend, length, |compared| {
                print!("{}", report::quick(backend, compared));
            })
            .await;
        }
        sections.push(section);
        // After each step, so that whatever happens in the next does not cost what there is.
        if times && counts {
            write(&sections)?;
        }
    }
    if times && counts {
        report::add_counts(&mut sections, &counted()?);
        write(&sections)?;
    }
    if counts {
        instructions::count(&mut sections).await;
        println!("{}", tables(&sections));
        if times {
            write(&sections)?;
        }
    }
    Ok(())
}

/// What the program has counted that has the allocator for it.
fn counted() -> std::io::Result<String> {
    let program = std::env::current_exe()?.with_file_name("counted");
    let output = Command::new(program).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        eprintln!("not everything is counted: {}", output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn tables(sections: &[Section]) -> String {
    sections.iter().map(report::tables).collect()
}

fn write(sections: &[Section]) -> Result<(), Box<dyn Error>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let results = here.join("RESULTS.md");
    let whole = std::fs::read_to_string(&results).unwrap_or_default();
    let part = about::with(&tables(sections));
    std::fs::write(results, written::with(&whole, "speed", &part))?;
    if let Some(section) = sections.first() {
        plot::bulk(&section.workloads, &here.join("bulk.svg"))?;
    }
    Ok(())
}
