//! Reads the printed form of a schema.

use std::fmt;
use std::str::FromStr;

use super::lexer::{Token, tokens};
use crate::diff::{
    Check, Computed, DefaultValue, Deferrable, Enum, ForeignKey, Identity, Index, IndexPart, Key,
    ObjectName, Schema, SchemaColumn, Table,
};
use crate::schema::ForeignKeyAction;

/// What is wrong with the printed form of a schema, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    line: usize,
    message: String,
}

impl ParseError {
    /// At this line, counted from one.
    pub(in crate::migrate) fn new(line: usize, message: impl Into<String>) -> Self {
        Self {
            line,
            message: message.into(),
        }
    }

    /// The number of the line, counted from one.
    pub fn line(&self) -> usize {
        self.line
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for ParseError {}

impl FromStr for Schema {
    type Err = ParseError;

    /// Reads what [`Display`](fmt::Display) prints, in whatever order the lines are. Lines that begin with `#`
    /// are comments.
    fn from_str(text: &str) -> Result<Self, ParseError> {
        let mut tables: Vec<Table> = Vec::new();
        let mut enums = Vec::new();
        let mut declared = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let number = number + 1;
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = |message: String| ParseError::new(number, message);
            if line.starts_with("<<<<<<<")
                || line.starts_with("=======")
                || line.starts_with(">>>>>>>")
            {
                return Err(wrong("a conflict of a merge; keep one side".to_owned()));
            }
            let mut line = Line {
                tokens: tokens(line).map_err(wrong)?,
                at: 0,
            };
            let name = line.object().map_err(wrong)?;
            if line.word("enum") {
                let mut labels = Vec::new();
                while let Some(label) = line.sql() {
                    labels.push(label);
                }
                enums.push(Enum::new(name, labels));
            } else {
                let place = tables.iter().position(|table| table.name == name);
                let place = place.unwrap_or_else(|| {
                    tables.push(Table::new(name.clone()));
                    tables.len() - 1
                });
                if line.fact(&mut tables[place]).map_err(wrong)? {
                    declared.push(name);
                }
            }
            line.end().map_err(wrong)?;
        }
        match tables.iter().find(|table| !declared.contains(&table.name)) {
            Some(table) => Err(ParseError::new(
                text.lines().count(),
                format!(
                    "{} has columns and keys, and no line that says `table`",
                    table.name
                ),
            )),
            None => Ok(Self::new(tables, enums)),
        }
    }
}

/// A line that is being read.
struct Line {
    tokens: Vec<Token>,
    at: usize,
}

impl Line {
    /// Reads a fact of a table; whether it is the table itself.
    fn fact(&mut self, table: &mut Table) -> Result<bool, String> {
        if self.word("table") {
            if self.word("fillfactor") {
                let percent = self.name()?.parse();
                table.fillfactor =
                    Some(percent.map_err(|_| "a fillfactor is a number".to_owned())?);
            }
            while self.word("option") {
                table.options.push(self.needed_sql()?);
            }
            return Ok(true);
        }
        if self.word("column") {
            table.columns.push(self.column()?);
        } else if self.word("primary-key") {
            table.keys.push(self.key(true)?);
        } else if self.word("unique") {
            table.keys.push(self.key(false)?);
        } else if self.word("index") {
            table.indexes.push(self.index()?);
        } else if self.word("foreign-key") {
            table.foreign_keys.push(self.foreign_key()?);
        } else if self.word("check") {
            table.checks.push(Check {
                name: self.optional_name(),
                condition: self.needed_sql()?,
                validated: !self.word("not-valid"),
            });
        } else {
            return Err(
                "behind the name stands `table`, `column`, `primary-key`, `unique`, `index`, `foreign-key`, \
                 `check` or `enum`"
                    .to_owned(),
            );
        }
        Ok(false)
    }

    fn column(&mut self) -> Result<SchemaColumn, String> {
        let mut column = SchemaColumn::new(self.name()?, self.needed_sql()?);
        column.nullable = self.word("null");
        if self.word("collate") {
            column.collation = Some(self.name()?);
        }
        if self.word("default") {
            column.default = Some(if self.word("undeclared") {
                DefaultValue::Undeclared
            } else {
                DefaultValue::Sql(self.needed_sql()?)
            });
        }
        if self.word("identity") {
            column.identity = Some(if self.word("always") {
                Identity::Always
            } else if self.word("autoincrement") {
                Identity::Autoincrement
            } else {
                Identity::ByDefault
            });
        }
        if self.word("computed") {
            let expression = if self.word("undeclared") {
                None
            } else {
                Some(self.needed_sql()?)
            };
            let stored = self.word("stored");
            if !stored && !self.word("virtual") {
                return Err("a computed column is `stored` or `virtual`".to_owned());
            }
            column.computed = Some(Computed { expression, stored });
        }
        Ok(column)
    }

    fn key(&mut self, primary: bool) -> Result<Key, String> {
        Ok(Key {
            name: self.optional_name(),
            primary,
            columns: self.list()?,
            include: self.include()?,
            nulls_not_distinct: self.word("nulls-not-distinct"),
            deferrable: self.deferrable(),
        })
    }

    fn index(&mut self) -> Result<Index, String> {
        let name = self.name()?;
        let unique = self.word("unique");
        let method = if self.word("using") {
            Some(self.name()?)
        } else {
            None
        };
        self.mark('(')?;
        let mut parts = Vec::new();
        loop {
            parts.push(match self.sql() {
                Some(sql) => IndexPart::Sql(sql),
                None => IndexPart::Named(self.name()?),
            });
            if !self.is_mark(',') {
                break;
            }
        }
        self.mark(')')?;
        Ok(Index {
            name,
            unique,
            method,
            parts,
            include: self.include()?,
            filter: if self.word("where") {
                Some(self.needed_sql()?)
            } else {
                None
            },
            nulls_not_distinct: self.word("nulls-not-distinct"),
            valid: !self.word("invalid"),
        })
    }

    fn foreign_key(&mut self) -> Result<ForeignKey, String> {
        let name = self.optional_name();
        let columns = self.list()?;
        if !self.word("references") {
            return Err("a foreign key `references` a table".to_owned());
        }
        let table = self.object()?;
        let references = self.list()?;
        Ok(ForeignKey {
            name,
            columns,
            table,
            references,
            on_delete: self.action("on-delete")?,
            on_update: self.action("on-update")?,
            deferrable: self.deferrable(),
            validated: !self.word("not-valid"),
        })
    }

    fn action(&mut self, event: &str) -> Result<ForeignKeyAction, String> {
        const ACTIONS: [ForeignKeyAction; 5] = [
            ForeignKeyAction::NoAction,
            ForeignKeyAction::Restrict,
            ForeignKeyAction::Cascade,
            ForeignKeyAction::SetNull,
            ForeignKeyAction::SetDefault,
        ];
        if !self.word(event) {
            return Ok(ForeignKeyAction::NoAction);
        }
        let mut actions = ACTIONS.into_iter();
        actions
            .find(|action| self.word(super::action_word(*action)))
            .ok_or_else(|| format!("`{event}` is followed by an action"))
    }

    fn include(&mut self) -> Result<Vec<String>, String> {
        if self.word("include") {
            self.list()
        } else {
            Ok(Vec::new())
        }
    }

    fn deferrable(&mut self) -> Deferrable {
        if self.word("deferrable") {
            Deferrable::Immediate
        } else if self.word("deferred") {
            Deferrable::Deferred
        } else {
            Deferrable::No
        }
    }

    fn list(&mut self) -> Result<Vec<String>, String> {
        self.mark('(')?;
        let mut names = vec![self.name()?];
        while self.is_mark(',') {
            names.push(self.name()?);
        }
        self.mark(')')?;
        Ok(names)
    }

    fn object(&mut self) -> Result<ObjectName, String> {
        let first = self.name()?;
        if self.is_mark('.') {
            return Ok(ObjectName::new(self.name()?).in_schema(first));
        }
        Ok(ObjectName::new(first))
    }

    fn name(&mut self) -> Result<String, String> {
        self.optional_name()
            .ok_or_else(|| "a name is missing".to_owned())
    }

    fn optional_name(&mut self) -> Option<String> {
        let (Token::Word(name) | Token::Name(name)) = self.tokens.get(self.at)? else {
            return None;
        };
        self.at += 1;
        Some(name.clone())
    }

    fn needed_sql(&mut self) -> Result<String, String> {
        self.sql()
            .ok_or_else(|| "SQL in backticks is missing".to_owned())
    }

    fn sql(&mut self) -> Option<String> {
        let Token::Sql(sql) = self.tokens.get(self.at)? else {
            return None;
        };
        self.at += 1;
        Some(sql.clone())
    }

    /// Whether this word is next, which is then passed.
    fn word(&mut self, word: &str) -> bool {
        let is_it = matches!(self.tokens.get(self.at), Some(Token::Word(next)) if next == word);
        self.at += usize::from(is_it);
        is_it
    }

    fn is_mark(&mut self, mark: char) -> bool {
        let is_it = self.tokens.get(self.at) == Some(&Token::Mark(mark));
        self.at += usize::from(is_it);
        is_it
    }

    fn mark(&mut self, mark: char) -> Result<(), String> {
        if self.is_mark(mark) {
            return Ok(());
        }
        Err(format!("`{mark}` is missing"))
    }

    fn end(&self) -> Result<(), String> {
        match self.tokens.get(self.at) {
            None => Ok(()),
            Some(Token::Word(word)) => Err(format!("`{word}` does not belong there")),
            Some(_) => Err("there is more than belongs there".to_owned()),
        }
    }
}
