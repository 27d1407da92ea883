//! Patterns in which a backslash takes the next character as it is, on every database.

use super::Bound;
use super::digest::digest_one;
use crate::backend::Backend;
use crate::stmt::Function;
use crate::value::{Binder, Supply};

/// The text as a pattern that only fits itself: `%`, `_` and `\` are written with a backslash before them.
///
/// It is for patterns of which a part comes from a user; see
/// [`like_escaped`](crate::Compare::like_escaped).
///
/// # Examples
///
/// ```
/// use orm::prelude::*;
///
/// #[derive(Table)]
/// struct Offer {
///     #[column(primary_key)]
///     title: String,
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// let db = orm::connect("sqlite::memory:").await?;
/// orm::create_tables!(&db, Offer).await?;
/// for title in ["Save 100%", "Save 100 years"] {
///     Offer { title: title.to_owned() }.insert().execute(&db).await?;
/// }
///
/// let searched = "100%";
/// let pattern = format!("Save {}", orm::escape_like(searched));
/// let found = Offer::select().filter(Offer::TITLE.like_escaped(pattern)).count(&db).await?;
/// assert_eq!(found, 1);
/// # Ok(())
/// # }
/// ```
pub fn escape_like(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for each in text.chars() {
        if ['%', '_', '\\'].contains(&each) {
            pattern.push('\\');
        }
        pattern.push(each);
    }
    pattern
}

/// A pattern, which each database takes in its own form.
pub(super) struct Pattern {
    text: String,
    function: Function,
}

impl Pattern {
    pub(super) fn new(mut text: String, function: Function) -> Self {
        // PostgreSQL refuses a backslash that has nothing behind it, and SQLite finds nothing by it.
        let backslashes = text.bytes().rev().take_while(|each| *each == b'\\').count();
        if backslashes % 2 == 1 {
            text.push('\\');
        }
        Self { text, function }
    }
}

impl<DB: Backend> Bound<DB> for Pattern
where
    String: Supply<DB>,
{
    fn bind(&self, to: &mut Binder<DB>) {
        match to.dialect().pattern(self.function, &self.text) {
            Some(own) => to.put(&own),
            None => to.put(&self.text),
        };
    }

    fn digest(&self, to: &mut String) {
        digest_one(&self.text, to);
    }
}
