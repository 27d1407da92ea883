//! The kinds of errors.

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
    /// A table or a type was changed after the connection had prepared a statement about it, and the
    /// statement could not be sent a second time: within a transaction, which this has ended, and on a
    /// connection of the caller's. Running again helps, since it is prepared anew then.
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
    /// The statement is not valid for this database: a table, a column or a type is missing, or of another type.
    Statement,
    /// The values are not valid: out of range, too long, malformed.
    Data,
    /// An error of the database that has no kind of its own here.
    Database,
    /// An error of this library; please report it.
    Bug,
}

impl ErrorKind {
    /// What it means, in a line.
    pub(super) fn sentence(self) -> &'static str {
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
                "a table or a type was changed after the statement had been prepared; run it again"
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
