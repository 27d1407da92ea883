//! A migration as a file: plain SQL with comments that say what it is.

use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use super::digest::digest;
use super::lock::ParseError;
use super::{Schema, Step, steps};
use crate::backend::Backend;
use crate::error::Result;

#[cfg(test)]
mod tests;

/// The version of the format that is written.
const FORMAT: u32 = 1;

/// A migration: SQL that changes a schema, and SQL that takes that back.
///
/// Its file is plain SQL, which `psql` and `sqlite3` understand; comments say what it is. Only the line `-- UP`
/// has to be there.
///
/// ```sql
/// -- Migration: 20261201T101500_add_phone
/// -- Description: add phone
/// -- Format: 1
/// -- From: 5f70bf18a0860070…
/// -- To: 91bd04c97d3e22aa…
/// -- Transaction: on
///
/// -- UP
/// ALTER TABLE "users" ADD COLUMN "phone" text;
///
/// -- DOWN
/// ALTER TABLE "users" DROP COLUMN "phone";
/// ```
///
/// # Examples
///
/// ```
/// use orm::migrate::Migration;
///
/// let file = "-- Migration: 001_users\n\n-- UP\nCREATE TABLE users (id INTEGER);\n\n-- DOWN\nDROP TABLE users;\n";
/// let migration: Migration = file.parse()?;
/// assert_eq!(migration.id, "001_users");
/// assert_eq!(migration.down, "DROP TABLE users;");
/// # Ok::<(), orm::migrate::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Migration {
    /// What it is known by; migrations are applied in the order of this.
    pub id: String,
    /// What it is for.
    pub description: String,
    /// The [`fingerprint`](Schema::fingerprint) of the schema that it changes.
    pub from: Option<String>,
    /// The fingerprint of the schema that it leads to.
    pub to: Option<String>,
    /// Whether it runs in a transaction. Outside of one each direction is a single statement.
    pub transaction: bool,
    /// The SQL that makes the change.
    pub up: String,
    /// The SQL that takes it back; empty where nothing does.
    pub down: String,
}

impl Migration {
    /// The migration from one schema to another. What of the rows its way back cannot bring back is written
    /// there.
    ///
    /// # Errors
    ///
    /// Those of [`steps`].
    ///
    /// # Examples
    ///
    /// ```
    /// use orm::migrate::{SchemaColumn, Migration, ObjectName, Schema, Table};
    ///
    /// # fn main() -> orm::Result<()> {
    /// let mut users = Table::new(ObjectName::new("users"));
    /// users.columns = vec![SchemaColumn::new("id", "INTEGER")];
    /// let after = Schema::new([users], []);
    /// let first = Migration::between::<orm::Sqlite>("001_users", "users", &Schema::default(), &after)?;
    /// assert_eq!(first.up, "CREATE TABLE \"users\" (\n    \"id\" INTEGER NOT NULL\n);");
    /// assert_eq!(first.down, "DROP TABLE \"users\";");
    /// # Ok(())
    /// # }
    /// ```
    pub fn between<DB: Backend<Live = ()>>(
        id: impl Into<String>,
        description: impl Into<String>,
        from: &Schema,
        to: &Schema,
    ) -> Result<Self> {
        let (up, down) = (steps::<DB>(from, to)?, steps::<DB>(to, from)?);
        let lost = up.iter().flat_map(|step| &step.destroys);
        let lost = lost.map(|lost| format!("-- IRREVERSIBLE: {}", one_line(lost)));
        Ok(Self {
            id: id.into(),
            description: description.into(),
            from: Some(from.fingerprint()),
            to: Some(to.fingerprint()),
            transaction: up.iter().chain(&down).all(|step| step.transactional),
            up: script(&up).join("\n"),
            down: lost.chain(script(&down)).collect::<Vec<_>>().join("\n"),
        })
    }

    /// What tells whether it has been changed since it was applied: a digest of the SQL that makes the change.
    pub fn checksum(&self) -> String {
        digest(&self.up)
    }
}

impl Schema {
    /// What tells this schema from any other: a digest of what is printed of it.
    pub fn fingerprint(&self) -> String {
        digest(&self.to_string())
    }
}

fn script(steps: &[Step]) -> Vec<String> {
    let statements = steps.iter().flat_map(|step| &step.statements);
    statements
        .map(|statement| format!("{statement};"))
        .collect()
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

impl Display for Migration {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "-- Migration: {}", one_line(&self.id))?;
        writeln!(f, "-- Description: {}", one_line(&self.description))?;
        writeln!(f, "-- Format: {FORMAT}")?;
        for (key, fingerprint) in [("From", &self.from), ("To", &self.to)] {
            if let Some(fingerprint) = fingerprint {
                writeln!(f, "-- {key}: {}", one_line(fingerprint))?;
            }
        }
        let transaction = if self.transaction { "on" } else { "off" };
        writeln!(f, "-- Transaction: {transaction}\n\n-- UP")?;
        if !self.up.is_empty() {
            writeln!(f, "{}", self.up)?;
        }
        writeln!(f, "\n-- DOWN")?;
        if !self.down.is_empty() {
            writeln!(f, "{}", self.down)?;
        }
        Ok(())
    }
}

/// Where a line of a file belongs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Header,
    Up,
    Down,
}

impl FromStr for Migration {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let mut migration = Self {
            id: String::new(),
            description: String::new(),
            from: None,
            to: None,
            transaction: true,
            up: String::new(),
            down: String::new(),
        };
        let mut section = Section::Header;
        let mut lines = 0;
        for (number, line) in text.lines().enumerate() {
            let number = number + 1;
            lines = number;
            section = match (line.trim_end(), section) {
                ("-- UP", Section::Header) => Section::Up,
                ("-- DOWN", Section::Up) => Section::Down,
                ("-- UP", _) => return Err(ParseError::new(number, "a second `-- UP`")),
                ("-- DOWN", Section::Down) => {
                    return Err(ParseError::new(number, "a second `-- DOWN`"));
                }
                ("-- DOWN", Section::Header) => {
                    return Err(ParseError::new(number, "`-- UP` comes before `-- DOWN`"));
                }
                (line, Section::Header) => {
                    migration.read_header(number, line)?;
                    section
                }
                (line, _) => {
                    let to = if section == Section::Up {
                        &mut migration.up
                    } else {
                        &mut migration.down
                    };
                    to.push_str(line);
                    to.push('\n');
                    section
                }
            };
        }
        if section == Section::Header {
            let message = "there is no line `-- UP`, behind which the SQL stands";
            return Err(ParseError::new(lines, message));
        }
        for sql in [&mut migration.up, &mut migration.down] {
            *sql = sql.trim().to_owned();
        }
        Ok(migration)
    }
}

impl Migration {
    /// Reads a line before the SQL. Comments that say something else are left alone.
    fn read_header(&mut self, number: usize, line: &str) -> Result<(), ParseError> {
        let wrong = |message: String| Err(ParseError::new(number, message));
        let Some(comment) = line.strip_prefix("--") else {
            return if line.trim().is_empty() {
                Ok(())
            } else {
                wrong("SQL stands behind a line `-- UP`".to_owned())
            };
        };
        let Some((key, value)) = comment.split_once(':') else {
            return Ok(());
        };
        let value = value.trim();
        match key.trim() {
            "Migration" => value.clone_into(&mut self.id),
            "Description" => value.clone_into(&mut self.description),
            "From" => self.from = Some(value.to_owned()),
            "To" => self.to = Some(value.to_owned()),
            "Format" if value.parse::<u32>().is_ok_and(|format| format <= FORMAT) => {}
            "Format" => {
                return wrong(format!(
                    "format `{value}` is not known here, where {FORMAT} is the newest; take a later version of \
                     `orm`"
                ));
            }
            "Transaction" => match value {
                "on" => self.transaction = true,
                "off" => self.transaction = false,
                _ => return wrong(format!("`Transaction` is `on` or `off`, and not `{value}`")),
            },
            _ => {}
        }
        Ok(())
    }
}
