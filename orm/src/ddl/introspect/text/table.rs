//! `CREATE TABLE` (<https://www.sqlite.org/lang_createtable.html>).

use super::{Piece, parenthesized, pieces, written};
use crate::diff::{Key, SchemaColumn};

/// What was read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::ddl) struct Said {
    /// The columns that have a collation, and which.
    pub(in crate::ddl) collations: Vec<(String, String)>,
    /// Constraints that say what is to be done where they do not hold.
    pub(in crate::ddl) clauses: Vec<Clause>,
    /// The expressions of columns that are computed.
    pub(in crate::ddl) computed: Vec<(String, String)>,
    /// The column that is numbered by `AUTOINCREMENT`.
    pub(in crate::ddl) autoincrement: Option<String>,
    /// Keys, checks and foreign keys, in their order.
    pub(in crate::ddl) constraints: Vec<Constraint>,
    /// What stands behind the columns, in upper case.
    pub(in crate::ddl) options: Vec<String>,
}

/// A constraint that says what is done where it does not hold, and the columns it is of.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::ddl) struct Clause {
    pub(in crate::ddl) constraint: &'static str,
    pub(in crate::ddl) columns: Vec<String>,
    pub(in crate::ddl) action: String,
}

/// A constraint.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::ddl) struct Constraint {
    pub(in crate::ddl) name: Option<String>,
    pub(in crate::ddl) kind: Kind,
    /// The columns it is of.
    pub(in crate::ddl) columns: Vec<String>,
    /// The condition of a check.
    pub(in crate::ddl) condition: String,
    /// Whether it is `DEFERRABLE`, and `INITIALLY DEFERRED`.
    pub(in crate::ddl) deferrable: (bool, bool),
}

/// What a constraint says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ddl) enum Kind {
    PrimaryKey,
    Unique,
    NotNull,
    Check,
    ForeignKey,
}

impl Kind {
    fn words(self) -> &'static str {
        match self {
            Self::PrimaryKey => "PRIMARY KEY",
            Self::Unique => "UNIQUE",
            Self::NotNull => "NOT NULL",
            Self::Check => "CHECK",
            Self::ForeignKey => "REFERENCES",
        }
    }
}

impl Said {
    /// The primary key and the other unique keys, with the names that the columns have where they are made.
    pub(in crate::ddl) fn keys(&self, columns: &[SchemaColumn]) -> Vec<Key> {
        let as_made = |name: &String| {
            let mut columns = columns.iter();
            let made = columns.find(|column| column.name.eq_ignore_ascii_case(name));
            made.map_or(name, |made| &made.name).clone()
        };
        let keys = self.constraints.iter().filter_map(|constraint| {
            let columns = constraint.columns.iter().map(as_made);
            let mut key = Key::primary(columns);
            key.primary = match constraint.kind {
                Kind::PrimaryKey => true,
                Kind::Unique => false,
                Kind::NotNull | Kind::Check | Kind::ForeignKey => return None,
            };
            key.name.clone_from(&constraint.name);
            Some(key)
        });
        keys.collect()
    }

    /// The constraint of this kind that is of these columns.
    pub(in crate::ddl) fn constraint(&self, kind: Kind, columns: &[String]) -> Option<&Constraint> {
        let is_of = |constraint: &&Constraint| {
            let mut pairs = constraint.columns.iter().zip(columns);
            constraint.kind == kind
                && constraint.columns.len() == columns.len()
                && pairs.all(|(one, other)| one.eq_ignore_ascii_case(other))
        };
        self.constraints.iter().find(is_of)
    }
}

/// Reads the statement that made a table.
pub(in crate::ddl) fn table(sql: &str) -> Said {
    let mut said = Said::default();
    let pieces = pieces(sql);
    // A virtual table has no constraints of its own.
    if pieces.iter().take(2).any(|piece| piece.is("VIRTUAL")) {
        return said;
    }
    let Some(open) = pieces.iter().position(|piece| piece.is_mark('(')) else {
        return said;
    };
    let (items, end) = parenthesized(&pieces, open);
    for item in items {
        part(sql, item, &mut said);
    }
    let options = pieces.get(end..).unwrap_or_default();
    let options = options.split(|piece| piece.is_mark(','));
    let words = |option: &[Piece]| {
        let words = option.iter().filter_map(Piece::name);
        words.collect::<Vec<_>>().join(" ").to_ascii_uppercase()
    };
    said.options = options
        .map(words)
        .filter(|option| !option.is_empty())
        .collect();
    said
}

/// A column with its constraints, or constraints of the table, of which a comma need not be between two.
fn part(sql: &str, item: &[Piece], said: &mut Said) {
    const OF_TABLE: &[&str] = &["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"];
    let Some(first) = item.first() else {
        return;
    };
    let is_of_table = OF_TABLE.iter().any(|word| first.is(word));
    let own = first.name().filter(|_| !is_of_table);
    let columns: Vec<String> = own.map(str::to_owned).into_iter().collect();
    let mut constraint: Option<usize> = None;
    let mut name = None;
    let mut at = usize::from(own.is_some());
    while let Some(piece) = item.get(at) {
        let next = item.get(at + 1);
        at += 1;
        let follows = |word: &str| next.is_some_and(|next| next.is(word));
        let begun = if piece.is("CHECK") {
            Some(Kind::Check)
        } else if piece.is("UNIQUE") {
            Some(Kind::Unique)
        } else if piece.is("PRIMARY") && follows("KEY") {
            Some(Kind::PrimaryKey)
        } else if piece.is("NOT") && follows("NULL") {
            Some(Kind::NotNull)
        } else if piece.is("FOREIGN") || own.is_some() && piece.is("REFERENCES") {
            Some(Kind::ForeignKey)
        } else {
            None
        };
        if let Some(kind) = begun {
            constraint = Some(said.constraints.len());
            said.constraints.push(Constraint {
                name: name.take(),
                kind,
                columns: columns.clone(),
                condition: String::new(),
                deferrable: (false, false),
            });
        } else if piece.is("CONSTRAINT") {
            name = next.and_then(Piece::name).map(str::to_owned);
            at += 1;
        } else if piece.is_mark('(') {
            let (parts, end) = parenthesized(item, at - 1);
            let before = at.checked_sub(2).and_then(|before| item.get(before));
            let kept = constraint.and_then(|at| said.constraints.get_mut(at));
            inside(
                sql,
                item.get(at..end - 1).unwrap_or_default(),
                &parts,
                before,
                own,
                kept,
                &mut said.computed,
            );
            at = end;
        } else if piece.is("COLLATE") {
            let pair = own.zip(next.and_then(Piece::name));
            said.collations
                .extend(pair.map(|(column, collation)| (column.to_owned(), collation.to_owned())));
        } else if piece.is("AUTOINCREMENT") {
            said.autoincrement = own.map(str::to_owned);
        } else if piece.is("ON") && follows("CONFLICT") {
            let of = constraint.and_then(|at| said.constraints.get(at));
            let action = item.get(at + 1).and_then(Piece::name);
            said.clauses.extend(action.map(|action| Clause {
                constraint: of.map_or("", |of| of.kind.words()),
                columns: of.map_or_else(|| columns.clone(), |of| of.columns.clone()),
                action: action.to_ascii_uppercase(),
            }));
        } else if piece.is("DEFERRABLE") || piece.is("DEFERRED") {
            let is_negated = at.checked_sub(2).and_then(|before| item.get(before));
            if let Some(of) = constraint.and_then(|at| said.constraints.get_mut(at))
                && !is_negated.is_some_and(|before| before.is("NOT"))
            {
                of.deferrable.0 = true;
                of.deferrable.1 |= piece.is("DEFERRED");
            }
        }
    }
}

/// What stands in parentheses: an expression, or the columns of a constraint of the table.
fn inside(
    sql: &str,
    all: &[Piece],
    parts: &[&[Piece]],
    before: Option<&Piece>,
    own: Option<&str>,
    constraint: Option<&mut Constraint>,
    computed: &mut Vec<(String, String)>,
) {
    let is_behind = |word: &str| before.is_some_and(|before| before.is(word));
    if let (true, Some(own)) = (is_behind("AS"), own) {
        computed.push((own.to_owned(), written(sql, all)));
        return;
    }
    let Some(constraint) = constraint else {
        return;
    };
    if constraint.kind == Kind::Check && is_behind("CHECK") {
        constraint.condition = written(sql, all);
    } else if own.is_none() && (is_behind("KEY") || is_behind("UNIQUE")) {
        let names = parts.iter().filter_map(|part| part.first()?.name());
        constraint.columns = names.map(str::to_owned).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::{Clause, Kind, table as read};

    fn clauses(sql: &str) -> Vec<String> {
        let said = |clause: &Clause| {
            let columns = clause.columns.join(", ");
            format!("{} ({columns}) {}", clause.constraint, clause.action)
        };
        read(sql).clauses.iter().map(said).collect()
    }

    #[test]
    fn clauses_of_columns_and_of_the_table_are_read() {
        let sql = "CREATE TABLE t (a INTEGER PRIMARY KEY ON CONFLICT REPLACE AUTOINCREMENT, \
                   b TEXT NOT NULL ON CONFLICT ignore UNIQUE ON CONFLICT FAIL, \
                   CONSTRAINT pair UNIQUE (b, \"c d\") ON CONFLICT ROLLBACK \
                   PRIMARY KEY (a COLLATE nocase DESC, b) on conflict replace)";
        assert_eq!(
            clauses(sql),
            [
                "PRIMARY KEY (a) REPLACE",
                "NOT NULL (b) IGNORE",
                "UNIQUE (b) FAIL",
                "UNIQUE (b, c d) ROLLBACK",
                "PRIMARY KEY (a, b) REPLACE",
            ]
        );
    }

    #[test]
    fn what_only_looks_like_a_clause_is_none() {
        for sql in [
            "CREATE TABLE \"on conflict (\" (a TEXT DEFAULT 'x ON CONFLICT IGNORE')",
            "CREATE TABLE t (a TEXT -- UNIQUE ON CONFLICT IGNORE,\n, b TEXT /* ON CONFLICT FAIL */)",
            "CREATE TABLE t ([on] TEXT, `conflict` TEXT, \"on conflict ignore\" TEXT UNIQUE)",
            "CREATE TABLE t (a REFERENCES o (b) ON DELETE CASCADE ON UPDATE SET NULL)",
            "CREATE TABLE t (a TEXT CHECK (a <> 'it''s ) ON CONFLICT IGNORE'), b)",
            "CREATE VIRTUAL TABLE t USING fts5(a, b UNIQUE ON CONFLICT IGNORE)",
            "",
            "CREATE TABLE t (a, 'unclosed",
        ] {
            assert_eq!(clauses(sql), [""; 0], "{sql}");
        }
    }

    #[test]
    fn collations_are_read() {
        let sql = "CREATE TABLE t (\"a\"\"b\" TEXT COLLATE NOCASE NOT NULL, 'c' TEXT COLLATE \"rtrim\", \
                   d TEXT CHECK (d = 'x' COLLATE NOCASE), UNIQUE (d COLLATE NOCASE), naïve COLLATE x)";
        let pair = |column: &str, collation: &str| (column.to_owned(), collation.to_owned());
        assert_eq!(
            read(sql).collations,
            [
                pair("a\"b", "NOCASE"),
                pair("c", "rtrim"),
                pair("naïve", "x"),
            ]
        );
    }

    #[test]
    fn names_expressions_and_options_are_read() {
        let said = read(
            "CREATE TABLE t (a INTEGER CONSTRAINT p PRIMARY KEY AUTOINCREMENT, b TEXT DEFAULT (lower('x,')) \
             CHECK (b <> ')') CONSTRAINT f REFERENCES o (x) NOT DEFERRABLE INITIALLY IMMEDIATE, \
             c INT GENERATED ALWAYS AS (a * (2 + 1)) STORED, d AS (b || ','), CONSTRAINT u UNIQUE (b, \"c d\"), \
             FOREIGN KEY (b, c) REFERENCES o (x, y) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED) \
             strict, WITHOUT  ROWID",
        );
        let told = |at: usize| {
            let it = &said.constraints[at];
            (
                it.name.as_deref(),
                it.kind,
                it.columns.join("|"),
                it.deferrable,
            )
        };
        let now = (false, false);
        assert_eq!(told(0), (Some("p"), Kind::PrimaryKey, "a".to_owned(), now));
        assert_eq!(told(1), (None, Kind::Check, "b".to_owned(), now));
        assert_eq!(said.constraints[1].condition, "b <> ')'");
        assert_eq!(told(2), (Some("f"), Kind::ForeignKey, "b".to_owned(), now));
        assert_eq!(told(3), (Some("u"), Kind::Unique, "b|c d".to_owned(), now));
        assert_eq!(
            told(4),
            (None, Kind::ForeignKey, "b|c".to_owned(), (true, true))
        );
        assert_eq!(said.constraints.len(), 5);
        assert_eq!(said.autoincrement.as_deref(), Some("a"));
        let pair = |column: &str, sql: &str| (column.to_owned(), sql.to_owned());
        assert_eq!(
            said.computed,
            [pair("c", "a * (2 + 1)"), pair("d", "b || ','")]
        );
        assert_eq!(said.options, ["STRICT", "WITHOUT ROWID"]);
    }
}
