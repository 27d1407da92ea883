//! What can go wrong at run time: one opaque error with a kind.

use std::fmt::Write;

mod cause;
mod classify;
mod kind;
mod plain;
mod postgres;
mod said;
mod show;
mod sqlite;

pub use kind::ErrorKind;
pub(crate) use plain::Plain;
pub(crate) use postgres::{is_raised_within, is_stale, is_surely_stale, is_taken};

/// What sqlx's encoders and decoders complain with.
pub(crate) type Complaint = sqlx::error::BoxDynError;

/// The result of everything that speaks to a database.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, with which table and key.
///
/// The values of the rows are never part of it: not of its text, not of its `Debug` form, not of its
/// sources. What the database says is shown where it is about names; the database's own error, which may
/// quote values, is behind [`Error::database_error`]. The source of an error of a connection is its cause.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// use orm::{ErrorKind, prelude::*};
///
/// #[derive(Table)]
/// struct City {
///     #[column(primary_key)]
///     name: String,
/// }
///
/// let db = orm::connect("sqlite::memory:").await?;
/// orm::create_tables!(&db, City).await?;
/// let rome = City { name: "Rome".to_owned() };
/// rome.insert().execute(&db).await?;
///
/// let again = rome.insert().execute(&db).await.unwrap_err();
/// assert_eq!(again.kind(), ErrorKind::UniqueViolation);
/// assert_eq!(again.table(), Some("cities"));
/// # Ok(())
/// # }
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    table: Option<String>,
    key: Option<String>,
    rows: Vec<usize>,
    findings: Vec<String>,
    message: Option<String>,
    source: Option<sqlx::Error>,
    /// Whether the record is not at fault although its kind says so.
    is_not_the_record: bool,
    /// Whether trying again is of no use although its kind says so.
    lasts: bool,
}

impl Error {
    fn from_parts(kind: ErrorKind, message: Option<String>, source: Option<sqlx::Error>) -> Self {
        Self(Box::new(Inner {
            kind,
            table: None,
            key: None,
            rows: Vec::new(),
            findings: Vec::new(),
            message,
            source,
            is_not_the_record: false,
            lasts: false,
        }))
    }

    /// An error of our own, with its sentence.
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self::from_parts(kind, Some(message.into()), None)
    }

    /// An error that came from sqlx, classified.
    pub(crate) fn from_sqlx(source: sqlx::Error) -> Self {
        let (kind, key) = classify::classify(&source);
        let message = said::message(kind, &source, None);
        let lasts = cause::lasts(&source);
        let mut error = Self::from_parts(kind, message, Some(source));
        error.0.key = key;
        error.0.lasts = lasts;
        error
    }

    /// Why there is no connection to this place.
    #[cfg(feature = "postgres")]
    pub(crate) fn of_connecting(place: &str, source: sqlx::Error) -> Self {
        let said = cause::of_connecting(&source);
        let mut error = Self::from_sqlx(source);
        let said = said.or(error.0.message.take());
        let said = said.unwrap_or_else(|| error.kind().sentence().to_owned());
        error.0.message = Some(format!("{place}: {said}"));
        error
    }

    /// The same error, of which the message says this.
    #[cfg(any(feature = "postgres", feature = "sqlite"))]
    pub(crate) fn with_message(mut self, message: impl Into<String>) -> Self {
        self.0.message = Some(message.into());
        self
    }

    /// The same error, which will be the same however often it is tried.
    #[cfg(feature = "sqlite")]
    pub(crate) fn lasting(mut self) -> Self {
        self.0.lasts = true;
        self
    }

    /// The same error of a statement with this text: what the database says of it can be told from what it
    /// says of a value.
    #[cold]
    pub(crate) fn of_text(mut self, statement: &str) -> Self {
        if !self.0.is_not_the_record
            && let Some(source) = &self.0.source
        {
            let said = said::message(self.0.kind, source, Some(statement));
            self.0.message = said;
        }
        self
    }

    /// A value that could not be encoded.
    pub(crate) fn encode(column: &str, source: sqlx::error::BoxDynError) -> Self {
        let mut message = format!("the value of `{column}` could not be encoded");
        if let Some(said) = plain::plain(&source) {
            message = format!("{message}: {said}");
        }
        let source = Some(sqlx::Error::Encode(source));
        Self::from_parts(ErrorKind::Encode, Some(message), source)
    }

    /// The database is not what the declarations say, in all these respects.
    pub(crate) fn drift(findings: Vec<String>) -> Self {
        let message = format!(
            "{}:\n  {}",
            ErrorKind::Drift.sentence(),
            findings.join("\n  ")
        );
        let mut error = Self::new(ErrorKind::Drift, message);
        error.0.findings = findings;
        error
    }

    /// Whether it may be gone once the connection has forgotten what it had prepared.
    pub(crate) fn is_stale(&self) -> bool {
        self.0.source.as_ref().is_some_and(is_stale)
    }

    /// Whether what the connection has kept is out of date for certain.
    pub(crate) fn is_surely_stale(&self) -> bool {
        self.0.source.as_ref().is_some_and(is_surely_stale)
    }

    /// Whether the database refused the statement itself, and not the way to it.
    pub(crate) fn is_about_a_statement(&self) -> bool {
        matches!(
            self.kind(),
            ErrorKind::MissingKey
                | ErrorKind::Statement
                | ErrorKind::Unsupported
                | ErrorKind::Permission
                | ErrorKind::Database
        )
    }

    /// Whether a sub-query gave several rows where one belongs.
    pub(crate) fn is_of_several_rows(&self) -> bool {
        self.kind() == ErrorKind::Database && self.code().is_some_and(|code| code == "21000")
    }

    /// A value that could not be decoded.
    pub(crate) fn decode(column: &str, source: sqlx::Error) -> Self {
        let mut message = format!("the value of `{column}` could not be read");
        if let Some(said) = said::without_values(&source) {
            message = format!("{message}: {said}");
        }
        Self::from_parts(ErrorKind::Decode, Some(message), Some(source))
    }

    /// The same error of a value that could not be read, of a column that is called so and not as in the
    /// statement.
    pub(crate) fn of_column(mut self, column: Option<&str>) -> Self {
        if let (ErrorKind::Decode, Some(column), Some(message)) =
            (self.kind(), column, &mut self.0.message)
            && let Some((before, rest)) = message.split_once('`')
            && let Some((_, behind)) = rest.split_once('`')
        {
            *message = format!("{before}`{column}`{behind}");
        }
        self
    }

    /// The same error of a value that could not be read, in this row of a result, counted from zero.
    pub(crate) fn of_result(mut self, row: usize) -> Self {
        if let (ErrorKind::Decode, Some(message)) = (self.kind(), &mut self.0.message) {
            let _ = write!(message, ", in row {row} of the result");
        }
        self
    }

    /// The same error, about this table.
    pub(crate) fn of_table(mut self, table: &str) -> Self {
        self.0.table.get_or_insert_with(|| table.to_owned());
        self
    }

    /// The same error, about these records of a batch.
    pub(crate) fn of_rows(mut self, rows: Vec<usize>) -> Self {
        self.0.rows = rows;
        self
    }

    /// The same error: a value that came from a sequence is taken, and the record has no part in it.
    pub(crate) fn of_sequence(mut self, message: String) -> Self {
        self.0.message = Some(message);
        self.0.is_not_the_record = true;
        self
    }

    /// The columns of the key that is taken, where the database tells them.
    pub(crate) fn columns_of_key(&self) -> Option<Vec<String>> {
        self.0.source.as_ref().and_then(postgres::columns_of_key)
    }

    /// The same error, about this key.
    pub(crate) fn of_key(mut self, key: Option<String>) -> Self {
        self.0.key = key;
        self
    }

    /// What kind of thing went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The table that the statement was about.
    pub fn table(&self) -> Option<&str> {
        self.0.table.as_deref()
    }

    /// The key or constraint that was violated, as far as the database names it.
    pub fn key(&self) -> Option<&str> {
        self.0.key.as_deref()
    }

    /// The records of a batch that are at fault, by their positions counted from zero, in order.
    pub fn rows(&self) -> &[usize] {
        &self.0.rows
    }

    /// Each difference that [`verify!`](crate::verify) has found, a line: table, column or key, what was
    /// declared, what is there, and what would cure it.
    pub fn findings(&self) -> &[String] {
        &self.0.findings
    }

    /// Whether the same call may succeed when it is made again. What no repetition cures is not transient, whatever
    /// its kind: a pool that is closed, TLS that cannot be agreed on, a directory that does not exist.
    pub fn is_transient(&self) -> bool {
        let is_kind_that_passes = matches!(
            self.kind(),
            ErrorKind::Serialization
                | ErrorKind::Deadlock
                | ErrorKind::Busy
                | ErrorKind::SchemaChanged
                | ErrorKind::Timeout
                | ErrorKind::Connection
        );
        is_kind_that_passes && !self.0.lasts
    }

    /// Whether the row itself is at fault, so that another row may succeed.
    pub fn is_data(&self) -> bool {
        let is_kind_of_data = matches!(
            self.kind(),
            ErrorKind::UniqueViolation
                | ErrorKind::ForeignKeyViolation
                | ErrorKind::NotNullViolation
                | ErrorKind::CheckViolation
                | ErrorKind::DuplicateKeyInBatch
                | ErrorKind::Encode
                | ErrorKind::Data
        );
        is_kind_of_data && !self.0.is_not_the_record
    }

    /// The error as the database reported it. It may quote values: keep it out of logs.
    pub fn database_error(&self) -> Option<&dyn sqlx::error::DatabaseError> {
        self.0
            .source
            .as_ref()
            .and_then(sqlx::Error::as_database_error)
    }

    /// The SQLSTATE on PostgreSQL, the extended result code on SQLite.
    pub fn code(&self) -> Option<String> {
        self.database_error()
            .and_then(|error| error.code().map(std::borrow::Cow::into_owned))
    }
}
