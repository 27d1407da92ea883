//! Messages from the client to the server.
//!
//! <https://www.postgresql.org/docs/current/protocol-message-formats.html>

use std::collections::HashMap;

/// One message, with what tests ask about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frontend {
    /// Opens a connection.
    Startup,
    /// Asks to cancel the statement of another connection.
    Cancel,
    /// Answers the question for a password.
    Password,
    /// Prepares a statement.
    Parse {
        /// Its text.
        sql: String,
    },
    /// Gives a prepared statement its values.
    Bind,
    /// Asks for the types of a statement.
    Describe,
    /// Runs a prepared statement.
    Execute {
        /// Its text, from wherever it was prepared.
        sql: String,
    },
    /// Ends a request; the client waits for the answer.
    Sync,
    /// Asks for the answers so far.
    Flush,
    /// Forgets a prepared statement.
    Close,
    /// Runs a text without preparing it; the client waits for the answer.
    Query {
        /// The text, of one or more statements.
        sql: String,
    },
    /// A piece of data for `COPY`.
    CopyData {
        /// How much it is.
        bytes: usize,
    },
    /// The end of the data for `COPY`.
    CopyDone,
    /// The client gives up its `COPY`.
    CopyFail,
    /// Closes the connection.
    Terminate,
    /// Something else, by its letter.
    Other(char),
}

impl Frontend {
    /// Whether the client waits for the server after this.
    pub fn awaits_answer(&self) -> bool {
        matches!(self, Self::Sync | Self::Query { .. })
    }

    /// The text of the statement that is run by this.
    pub fn statement(&self) -> Option<&str> {
        match self {
            Self::Execute { sql } | Self::Query { sql } => Some(sql),
            _ => None,
        }
    }
}

/// What one connection has prepared, needed to know what it runs.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    statements: HashMap<String, String>,
    portals: HashMap<String, String>,
}

impl Prepared {
    /// Reads a message of a kind, a letter, with its body.
    pub(super) fn read(&mut self, kind: u8, body: &[u8]) -> Frontend {
        let mut strings = body.split(|&byte| byte == 0).map(String::from_utf8_lossy);
        let mut next = || strings.next().unwrap_or_default().into_owned();
        match kind {
            b'P' => {
                let (name, sql) = (next(), next());
                self.statements.insert(name, sql.clone());
                Frontend::Parse { sql }
            }
            b'B' => {
                let (portal, statement) = (next(), next());
                let sql = self.statements.get(&statement).cloned().unwrap_or_default();
                self.portals.insert(portal, sql);
                Frontend::Bind
            }
            b'E' => Frontend::Execute {
                sql: self.portals.get(&next()).cloned().unwrap_or_default(),
            },
            b'Q' => Frontend::Query { sql: next() },
            b'D' => Frontend::Describe,
            b'S' => Frontend::Sync,
            b'H' => Frontend::Flush,
            b'C' => Frontend::Close,
            b'p' => Frontend::Password,
            b'd' => Frontend::CopyData { bytes: body.len() },
            b'c' => Frontend::CopyDone,
            b'f' => Frontend::CopyFail,
            b'X' => Frontend::Terminate,
            other => Frontend::Other(other.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_execution_is_known_by_the_text_that_was_prepared() {
        let mut prepared = Prepared::default();
        prepared.read(b'P', b"one\0SELECT 1\0\0\0");
        prepared.read(b'P', b"two\0SELECT 2\0\0\0");
        prepared.read(b'B', b"\0one\0\0\0\0\0\0\0");
        let run = prepared.read(b'E', b"\0\0\0\0\0");
        assert_eq!(
            run,
            Frontend::Execute {
                sql: "SELECT 1".to_owned()
            }
        );
    }
}
