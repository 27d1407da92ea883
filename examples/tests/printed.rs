//! Every example runs, and prints what is kept in `printed/`, with its times masked.
//!
//! `UPDATE_EXPECT=1 cargo test -p orm-examples` writes what they print now.

use std::path::PathBuf;
use std::process::Command;

use expect_test::expect_file;

const EXAMPLES: &[&str] = &[
    "bulk_load",
    "custom_types",
    "dynamic",
    "earthquakes",
    "keys",
    "outcomes",
    "patterns",
];

/// What an example prints, on the database of this address.
fn printed(example: &str, database: Option<&str>) -> String {
    // Cargo builds the examples beside the tests.
    let test = std::env::current_exe().expect("a test has a path");
    let built: PathBuf = test
        .parent()
        .and_then(|deps| deps.parent())
        .expect("a directory")
        .into();
    let mut command = Command::new(built.join("examples").join(example));
    command.env_remove("DATABASE_URL");
    command.envs(database.map(|address| ("DATABASE_URL", address)));
    let output = command.output().expect("the example was built");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{example}: {errors}");
    masked(&String::from_utf8_lossy(&output.stdout))
}

/// The times at the ends of lines are never the same.
fn masked(text: &str) -> String {
    let line = |line: &str| {
        let seconds = line
            .strip_suffix(" s")
            .and_then(|line| line.rsplit_once("in "));
        let counts = line.rsplit_once(' ').filter(|(rest, time)| {
            rest.ends_with(' ') && rest.contains("  ") && time.parse::<u64>().is_ok()
        });
        match (seconds, counts) {
            (Some((rest, _)), _) => format!("{rest}in … s"),
            (None, Some((rest, _))) => format!("{} …", rest.trim_end()),
            (None, None) => line.to_owned(),
        }
    };
    text.lines().map(|each| line(each) + "\n").collect()
}

#[test]
fn on_sqlite() {
    for example in EXAMPLES {
        expect_file![format!("printed/{example}.txt")].assert_eq(&printed(example, None));
    }
}

#[test]
fn on_postgres() {
    let server = orm_tests::available().and_then(|found| {
        let newest = found.values().next_back().ok_or("none found")?;
        newest.url()
    });
    let address = match server {
        Ok(address) => address,
        Err(reason) => return eprintln!("the examples did not run on PostgreSQL: {reason}"),
    };
    for example in EXAMPLES {
        let expected = format!("{}/tests/printed/{example}.txt", env!("CARGO_MANIFEST_DIR"));
        let expected = std::fs::read_to_string(expected).expect("what it prints on SQLite");
        assert_eq!(printed(example, Some(&address)), expected, "{example}");
    }
}
