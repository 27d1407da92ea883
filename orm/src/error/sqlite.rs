//! What SQLite says under the one code that it has for a statement that is wrong, and for all that its
//! functions find wrong with a value.

/// How messages about the statement begin: about its text, and what it names.
const OF_A_STATEMENT: &[&str] = &[
    "AUTOINCREMENT is only allowed",
    "Cannot add a ",
    "DISTINCT aggregates must have",
    "HAVING clause on a non-aggregate query",
    "ORDER BY ",
    "PRIMARY KEY missing on table ",
    "RETURNING may not use ",
    "SELECTs to the left and right of ",
    "UPSERT not implemented for ",
    "a GROUP BY clause is required",
    "a JOIN clause is required",
    "a NATURAL join may not",
    "access to ",
    "aggregate functions are not allowed",
    "all VALUES must have the same number",
    "ambiguous column name: ",
    "ambiguous reference to ",
    "at most ",
    "cannot ",
    "default value of column ",
    "duplicate WITH table name: ",
    "duplicate column name: ",
    "error in ",
    "expressions prohibited in ",
    "foreign key mismatch - ",
    "foreign key on ",
    "generated column",
    "hex literal too big: ",
    "incomplete input",
    "index ",
    "index associated with ",
    "misuse of ",
    "must have at least one ",
    "near \"",
    "no such collation sequence: ",
    "no such column: ",
    "no such function: ",
    "no such index: ",
    "no such module: ",
    "no such savepoint: ",
    "no such table: ",
    "no such trigger: ",
    "no such view: ",
    "no such window: ",
    "no tables specified",
    "non-deterministic ",
    "not authorized",
    "number of columns in foreign key ",
    "object name reserved for internal use: ",
    "oversized integer: ",
    "parameters are not allowed in ",
    "parameters prohibited in ",
    "recursive ",
    "row value misused",
    "sub-select returns ",
    "subqueries prohibited in ",
    "syntax error ",
    "table ",
    "temporary ",
    "there is already ",
    "too many ",
    "trigger ",
    "unable to use function ",
    "unknown column ",
    "unknown database ",
    "unknown function: ",
    "unknown join type: ",
    "unknown table option: ",
    "unrecognized token: ",
    "unsafe use of ",
    "unsupported ",
    "use DROP ",
    "variable number must be ",
    "view ",
    "views may not ",
    "virtual tables ",
    "window functions may not ",
    "wrong number of arguments to function ",
];

/// How messages about a value begin.
const OF_A_VALUE: &[&str] = &[
    "ESCAPE expression must be a single character",
    "FLAGS parameter to json_valid()",
    "JSON cannot hold BLOB",
    "JSON path error ",
    "LIKE or GLOB pattern too complex",
    "argument of ",
    "bad JSON path: ",
    "frame ending offset ",
    "frame starting offset ",
    "fts5: ",
    "integer overflow",
    "invalid Unicode escape",
    "json_object() labels must be ",
    "malformed JSON",
    "malformed MATCH expression",
    "no such cursor: ",
    "not an array element: ",
    "second argument to ",
    "string or blob too big",
    "unknown special query: ",
    "unterminated string",
];

/// The words of those messages about a statement that are not taken from its text.
const OWN_WORDS: &[&str] = &[
    "ON",
    "CONFLICT",
    "PRIMARY",
    "KEY",
    "UNIQUE",
    "DEFAULT",
    "a",
    "already",
    "an",
    "and",
    "any",
    "are",
    "argument",
    "arguments",
    "be",
    "but",
    "cannot",
    "clause",
    "column",
    "columns",
    "constant",
    "constraint",
    "does",
    "error",
    "exists",
    "expressions",
    "for",
    "foreign",
    "function",
    "functions",
    "generated",
    "has",
    "in",
    "index",
    "input",
    "is",
    "it",
    "literal",
    "main",
    "match",
    "mismatch",
    "misuse",
    "modified",
    "modify",
    "named",
    "near",
    "no",
    "not",
    "number",
    "of",
    "or",
    "prohibited",
    "quotes",
    "referencing",
    "should",
    "single",
    "single-quotes",
    "string",
    "such",
    "supplied",
    "syntax",
    "table",
    "temp",
    "the",
    "there",
    "this",
    "to",
    "token",
    "unrecognized",
    "value",
    "values",
    "view",
    "were",
    "wrong",
    "start",
    "transaction",
    "within",
    "commit",
    "rollback",
    "active",
];

/// What is said of a conflict target that is no key.
const NO_SUCH_KEY: &str = "ON CONFLICT clause does not match any PRIMARY KEY or UNIQUE constraint";

/// What a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// The statement.
    Statement,
    /// A value.
    Value,
    /// Something else.
    Other,
}

/// What a message of the code for any error is about.
pub(super) fn about(message: &str) -> About {
    let begins = |beginnings: &[&str]| beginnings.iter().any(|each| message.starts_with(each));
    if begins(OF_A_VALUE) {
        About::Value
    } else if begins(OF_A_STATEMENT) || message.contains(" values for ") {
        About::Statement
    } else {
        About::Other
    }
}

/// Whether a message is about the grammar.
pub(super) fn is_syntax(message: &str) -> bool {
    ["near \"", "incomplete input", "unrecognized token: "]
        .iter()
        .any(|each| message.starts_with(each))
}

/// Whether nothing in a message can have been a value.
///
/// Functions of SQLite and of its extensions report what they find in a value by the same code as the parser,
/// and some in the same words: `no such column: x` is also said of a text that is searched for. So each word
/// has to be one of the message's own or to stand in the statement. A table's name is never looked for in a
/// value; without the statement that is all that is told.
pub(super) fn is_about_names(message: &str, statement: Option<&str>) -> bool {
    if message == NO_SUCH_KEY {
        return true;
    }
    if about(message) != About::Statement {
        return false;
    }
    let Some(statement) = statement else {
        return (message.starts_with("no such table: ")
            || message.contains(" has no column named "))
            && !message.contains('"');
    };
    let is_named = message.starts_with("no such table: main.");
    is_named || words(message).all(|word| OWN_WORDS.contains(&word) || statement.contains(word))
}

/// The words of a message, without what stands around them, and without the numbers of one that counts.
fn words(message: &str) -> impl Iterator<Item = &str> {
    let counts = message.ends_with(" values were supplied") || message.contains(" values for ");
    let is_between = |each: char| each.is_whitespace() || "\"'`.,;:()[]".contains(each);
    let words = message.split(is_between);
    words.filter(move |word| {
        let is_count = counts && word.bytes().all(|each| each.is_ascii_digit());
        !word.is_empty() && !is_count
    })
}
