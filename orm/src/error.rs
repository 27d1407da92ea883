//! What can go wrong at run time: one opaque error with a kind.

use std::error::Error as StdError;
use std::fmt;

mod classify;
mod postgres;

pub(crate) use postgres::is_stale;

/// The result of everything that speaks to a database.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, with which table and key.
///
/// The values of the rows are never part of it: not of its text, not of its `Debug` form, not of its
/// sources. The database's own error, which may quote them, is behind [`Error::database_error`].
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
}

/// What kind of thing went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A unique key other than the conflict target is taken.
    UniqueViolation,
    /// A row points to one that is not there, or one that is pointed to was to go.
    ForeignKeyViolation,
    /// A column that must have a value got none.
    NotNullViolation,
    /// A check of the table does not hold.
    CheckViolation,
    /// Two records of one batch have the same key.
    DuplicateKeyInBatch,
    /// The database has no unique key like the one that was declared.
    MissingKey,
    /// The database is not what the declarations say: what [`verify!`](crate::verify) finds.
    Drift,
    /// The database, or this version of it, does not have what was asked for.
    Unsupported,
    /// Transactions got into each other's way; running all of the transaction again helps, as
    /// [`orm::transaction`](crate::transaction) does. The statement alone never succeeds in it: on SQLite
    /// that is a transaction which has read before another one wrote (`SQLITE_BUSY_SNAPSHOT`).
    Serialization,
    /// Transactions waited for each other; running all of the transaction again helps.
    Deadlock,
    /// The database is locked by another writer; running again helps.
    Busy,
    /// A table was changed after a statement about it had been prepared, within a transaction that this
    /// has ended; running again helps, since the statement is prepared anew then.
    SchemaChanged,
    /// Something took too long.
    Timeout,
    /// The connection could not be made or was lost.
    Connection,
    /// A URL or an option is wrong.
    Configuration,
    /// A value could not be written in the database's form.
    Encode,
    /// A value from the database could not be read.
    Decode,
    /// A row was to be there and is not.
    NotFound,
    /// The database does not allow it.
    Permission,
    /// The transaction is over, or cannot go on after an earlier error.
    Transaction,
    /// The statement is not valid for this database: a table or column is missing or of another type.
    Statement,
    /// The values are not valid: out of range, too long, malformed.
    Data,
    /// An error of the database that has no kind of its own here.
    Database,
    /// An error of this library; please report it.
    Bug,
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
        }))
    }

    /// An error of our own, with its sentence.
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self::from_parts(kind, Some(message.into()), None)
    }

    /// An error that came from sqlx, classified.
    pub(crate) fn from_sqlx(source: sqlx::Error) -> Self {
        let (kind, key) = classify::classify(&source);
        let message = classify::without_values(kind, &source)
            .map(|said| format!("{}: {said}", kind.sentence()));
        let mut error = Self::from_parts(kind, message, Some(source));
        error.0.key = key;
        error
    }

    /// A value that could not be encoded.
    pub(crate) fn encode(column: &str, source: sqlx::error::BoxDynError) -> Self {
        Self::from_parts(
            ErrorKind::Encode,
            Some(format!("the value of `{column}` could not be encoded")),
            Some(sqlx::Error::Encode(source)),
        )
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

    /// A value that could not be decoded.
    pub(crate) fn decode(column: &str, source: sqlx::Error) -> Self {
        let mut message = format!("the value of `{column}` could not be read");
        if let Some(said) = classify::without_values(ErrorKind::Decode, &source) {
            message = format!("{message}: {said}");
        }
        Self::from_parts(ErrorKind::Decode, Some(message), Some(source))
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

    /// Whether the same call may succeed when it is made again.
    ///
    /// Within a transaction that is the call of the whole transaction, and never the statement alone, where
    /// the [kind](Self::kind) is `Serialization`, `Deadlock` or `SchemaChanged`.
    pub fn is_transient(&self) -> bool {
        matches!(
            self.kind(),
            ErrorKind::Serialization
                | ErrorKind::Deadlock
                | ErrorKind::Busy
                | ErrorKind::SchemaChanged
                | ErrorKind::Timeout
                | ErrorKind::Connection
        )
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

impl StdError for Error {}

impl ErrorKind {
    /// What it means, in a line.
    fn sentence(self) -> &'static str {
        match self {
            Self::UniqueViolation => "a unique key is taken",
            Self::ForeignKeyViolation => "a foreign key points to a row that is not there",
            Self::NotNullViolation => "a column that must have a value got none",
            Self::CheckViolation => "a check does not hold",
            Self::DuplicateKeyInBatch => "two records of one batch have the same key",
            Self::MissingKey => "the database has no unique key like the one that was declared",
            Self::Drift => "the database is not what the declarations say",
            Self::Unsupported => "the database does not have what was asked for",
            Self::Serialization => {
                "transactions got into each other's way; run the whole transaction again"
            }
            Self::Deadlock => "transactions waited for each other; run the whole transaction again",
            Self::Busy => "the database is locked by another writer; run it again",
            Self::SchemaChanged => {
                "a table was changed after the statement had been prepared; run it again"
            }
            Self::Timeout => "it took too long",
            Self::Connection => "the connection could not be made or was lost",
            Self::Configuration => "a URL or an option is wrong",
            Self::Encode => "a value could not be written in the database's form",
            Self::Decode => "a value from the database could not be read",
            Self::NotFound => "a row was to be there and is not",
            Self::Permission => "the database does not allow it",
            Self::Transaction => "the transaction is over or cannot go on",
            Self::Statement => "a table or column is missing or of another type",
            Self::Data => "a value is not valid",
            Self::Database => "the database reported an error",
            Self::Bug => "this is a bug of the library; please report it",
        }
    }
}
