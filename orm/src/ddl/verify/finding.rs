//! A difference, and what would cure it.

use crate::backend::{Backend, Connection};
use crate::error::{Error, ErrorKind, Result};
use crate::value::Reader;

/// A difference: where it is, what was declared and what is there.
#[derive(Debug)]
pub(super) struct Finding {
    said: String,
    cure: Cure,
}

/// What would cure it. Statements are told only where they run.
#[derive(Debug)]
enum Cure {
    None,
    /// No statement does, or none that could be chosen here.
    Words(String),
    Statements {
        all: Vec<String>,
        unless: Vec<Unless>,
    },
}

/// A query that counts what is in the way, and what is to be said then.
#[derive(Debug)]
struct Unless {
    count: String,
    words: String,
}

impl Finding {
    /// A difference without a cure of one's own.
    pub(super) fn new(said: impl Into<String>) -> Self {
        Self {
            said: said.into(),
            cure: Cure::None,
        }
    }

    /// The same, with what is to be done.
    pub(super) fn cured_by_hand(mut self, words: impl Into<String>) -> Self {
        self.cure = Cure::Words(words.into());
        self
    }

    /// The same, with the statements that cure it.
    pub(super) fn cured_by(mut self, statements: impl IntoIterator<Item = String>) -> Self {
        self.cure = Cure::Statements {
            all: statements.into_iter().collect(),
            unless: Vec::new(),
        };
        self
    }

    /// The same; the statements are not told where the query counts something.
    pub(super) fn unless(mut self, count: String, words: impl Into<String>) -> Self {
        if let Cure::Statements { unless, .. } = &mut self.cure {
            let words = words.into();
            unless.push(Unless { count, words });
        }
        self
    }

    /// The same, about this.
    pub(super) fn about(mut self, what: &str) -> Self {
        self.said = format!("{what}: {}", self.said);
        self
    }

    /// In words, with the statements where they would run.
    pub(super) async fn into_words<C: Connection>(
        self,
        within: &mut C,
        live: <C::Backend as Backend>::Live,
    ) -> Result<String> {
        let cure = match self.cure {
            Cure::None => return Ok(self.said),
            Cure::Words(words) => words,
            Cure::Statements { all, unless } => {
                let mut cure = all.join("; ");
                for each in unless {
                    if counts(within, live, each.count).await? {
                        cure = each.words;
                        break;
                    }
                }
                cure
            }
        };
        Ok(format!("{}; {cure}", self.said))
    }
}

/// Whether a query counts something, or fails over a row: then a statement would fail over it too. What may
/// not be read is taken as if it were not there.
async fn counts<C: Connection>(
    within: &mut C,
    live: <C::Backend as Backend>::Live,
    query: String,
) -> Result<bool> {
    let mut inner = within.begin().await.map_err(Error::from_sqlx)?;
    let none = <C::Backend as Backend>::arguments(live);
    let found = inner.fetch_optional(query.into(), none).await;
    match found.map_err(Error::from_sqlx) {
        Ok(Some(row)) => Ok(Reader::<C::Backend>::new(&row).count()? > 0),
        Ok(None) => Ok(false),
        Err(error) if error.kind() == ErrorKind::Permission => Ok(false),
        Err(error) if error.is_about_a_statement() || error.is_data() => Ok(true),
        Err(error) => Err(error),
    }
}
