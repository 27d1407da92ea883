//! What an error shows of itself, and which causes it names.

use std::error::Error as StdError;
use std::fmt;

use super::{Error, cause};

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(table) = self.table() {
            write!(f, "table `{table}`: ")?;
        }
        match &self.0.message {
            Some(message) => f.write_str(message)?,
            None => f.write_str(self.kind().sentence())?,
        }
        if let Some(key) = self.key() {
            write!(f, " (`{key}`)")?;
        }
        match self.rows() {
            [] => {}
            [row] => write!(f, ", record {row}")?,
            [first, second] => write!(f, ", records {first} and {second}")?,
            [first, second, rest @ ..] => {
                write!(f, ", records {first}, {second} and {} more", rest.len())?;
            }
        }
        if let Some(code) = self.code() {
            write!(f, " [{code}]")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.kind())
            .field("table", &self.table())
            .field("key", &self.key())
            .field("rows", &self.rows())
            .field("code", &self.code())
            .field("message", &self.to_string())
            .finish()
    }
}

impl StdError for Error {
    /// What is behind an error of a connection or of its address. The database's own errors and those of
    /// values can quote rows and are left out.
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_ref().and_then(cause::shown)
    }
}
