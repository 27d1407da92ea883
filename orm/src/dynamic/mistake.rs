//! The first mistake in a statement, kept until it is run.

use std::sync::Arc;

use super::table::Described;
use crate::error::{Error, ErrorKind, Result};

/// The first mistake in a statement about a table, where one was made.
#[derive(Debug, Clone)]
pub(super) struct Mistake {
    table: Arc<Described>,
    /// What kind of error it is, and what it says.
    first: Option<(ErrorKind, String)>,
}

impl Mistake {
    /// None yet.
    pub(super) fn none(table: &Arc<Described>) -> Self {
        Self {
            table: Arc::clone(table),
            first: None,
        }
    }

    /// Notes one, unless there is one already.
    pub(super) fn note(&mut self, message: impl Into<String>) {
        self.keep(ErrorKind::Statement, message.into());
    }

    /// Notes one of this kind, unless there is one already.
    pub(super) fn keep(&mut self, kind: ErrorKind, message: String) {
        self.first.get_or_insert((kind, message));
    }

    /// Where the column stands; a mistake where there is none.
    pub(super) fn position(&mut self, name: &str) -> Option<usize> {
        let at = self.table.def.position(name);
        if at.is_none() {
            self.note(format!("there is no column `{name}`"));
        }
        at
    }

    /// Where the columns stand, each of which is named once.
    pub(super) fn positions<N: AsRef<str>>(
        &mut self,
        names: impl IntoIterator<Item = N>,
    ) -> Vec<usize> {
        let mut positions = Vec::new();
        for name in names {
            let name = name.as_ref();
            let Some(at) = self.position(name) else {
                continue;
            };
            if positions.contains(&at) {
                self.note(format!("the column `{name}` is named twice"));
            }
            positions.push(at);
        }
        if positions.is_empty() {
            self.note("no column is named");
        }
        positions
    }

    /// The error about it, where one was made.
    pub(super) fn check(&self) -> Result<()> {
        match &self.first {
            None => Ok(()),
            Some((kind, message)) => Err(Error::new(*kind, message).of_table(&self.table.def.name)),
        }
    }

    /// An error about the statement as a whole.
    pub(super) fn of(&self, message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Statement, message).of_table(&self.table.def.name)
    }
}
