//! Files are read as they are written.

use super::Migration;

const WHOLE: &str = "\
-- Migration: 20261201T101500_add_phone
-- Description: add phone
-- Format: 1
-- From: 3f2a
-- To: 91bd
-- Transaction: off

-- UP
CREATE INDEX CONCURRENTLY i ON users (phone);

-- DOWN
-- IRREVERSIBLE: nothing
DROP INDEX i;
";

#[test]
fn a_file_is_read_and_written_again() {
    let migration: Migration = WHOLE.parse().expect("a file without mistakes");
    assert_eq!(migration.id, "20261201T101500_add_phone");
    assert_eq!(
        (migration.from.as_deref(), migration.to.as_deref()),
        (Some("3f2a"), Some("91bd"))
    );
    assert!(!migration.transaction);
    assert_eq!(
        migration.up,
        "CREATE INDEX CONCURRENTLY i ON users (phone);"
    );
    assert_eq!(migration.down, "-- IRREVERSIBLE: nothing\nDROP INDEX i;");
    assert_eq!(migration.to_string(), WHOLE);
    let windows: Migration = WHOLE.replace('\n', "\r\n").parse().expect("a file");
    assert_eq!(windows.checksum(), migration.checksum());
}

#[test]
fn a_file_needs_no_more_than_its_sql() {
    let text = "-- by hand: a note\n-- UP\nCREATE TABLE t (a INT); -- UP here is a comment\n";
    let migration: Migration = text.parse().expect("a file");
    assert!(migration.transaction && migration.down.is_empty());
    assert!(migration.up.ends_with("is a comment"));
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    for (text, error) in [
        (
            "-- Migration: a\n",
            "line 1: there is no line `-- UP`, behind which the SQL stands",
        ),
        (
            "CREATE TABLE t (a INT);\n-- UP\n",
            "line 1: SQL stands behind a line `-- UP`",
        ),
        ("-- UP\n-- DOWN\n-- UP\n", "line 3: a second `-- UP`"),
        ("-- UP\n-- DOWN\n-- DOWN\n", "line 3: a second `-- DOWN`"),
        ("-- DOWN\n", "line 1: `-- UP` comes before `-- DOWN`"),
        (
            "-- Transaction: no\n-- UP\n",
            "line 1: `Transaction` is `on` or `off`, and not `no`",
        ),
        (
            "-- Format: 2\n-- UP\n",
            "line 1: format `2` is not known here, where 1 is the newest; take a later version of `orm`",
        ),
    ] {
        let said = text.parse::<Migration>().expect_err("a mistake");
        assert_eq!(said.to_string(), error);
    }
}
