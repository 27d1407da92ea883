//! The printed form of a schema: one fact a line, sorted, so that two branches that change different objects
//! are merged line by line.

use std::fmt::{self, Display, Formatter, Write as _};

use crate::diff::{
    Check, DefaultValue, Deferrable, Enum, ForeignKey, Identity, Index, IndexPart, Key, ObjectName,
    Schema, SchemaColumn, Table,
};
use crate::schema::ForeignKeyAction;

mod lexer;
mod parse;
#[cfg(test)]
mod tests;

pub use parse::ParseError;

impl Display for Schema {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut lines: Vec<String> = self.enums.iter().map(enum_line).collect();
        for table in &self.tables {
            lines.extend(table_lines(table));
        }
        lines.sort();
        lines.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

fn enum_line(each: &Enum) -> String {
    let mut line = format!("{} enum", Object(&each.name));
    each.labels
        .iter()
        .for_each(|label| push_sql(&mut line, "", label));
    line
}

fn table_lines(table: &Table) -> Vec<String> {
    let mut itself = "table".to_owned();
    if let Some(percent) = table.fillfactor {
        push(&mut itself, format_args!("fillfactor {percent}"));
    }
    for option in &table.options {
        push_sql(&mut itself, "option", option);
    }
    let mut facts = vec![itself];
    facts.extend(table.columns.iter().map(column));
    facts.extend(table.keys.iter().map(key));
    facts.extend(table.indexes.iter().map(index));
    facts.extend(table.foreign_keys.iter().map(foreign_key));
    facts.extend(table.checks.iter().map(check));
    let name = Object(&table.name);
    facts.iter().map(|fact| format!("{name} {fact}")).collect()
}

fn column(column: &SchemaColumn) -> String {
    let mut line = format!("column {}", Name(&column.name));
    push_sql(&mut line, "", &column.sql_type);
    if column.nullable {
        line.push_str(" null");
    }
    if let Some(collation) = &column.collation {
        push(&mut line, format_args!("collate {}", Name(collation)));
    }
    match &column.default {
        Some(DefaultValue::Sql(sql)) => push_sql(&mut line, "default", sql),
        Some(DefaultValue::Undeclared) => line.push_str(" default undeclared"),
        None => {}
    }
    match column.identity {
        Some(Identity::ByDefault) => line.push_str(" identity"),
        Some(Identity::Always) => line.push_str(" identity always"),
        Some(Identity::Autoincrement) => line.push_str(" identity autoincrement"),
        None => {}
    }
    if let Some(computed) = &column.computed {
        match &computed.expression {
            Some(sql) => push_sql(&mut line, "computed", sql),
            None => line.push_str(" computed undeclared"),
        }
        line.push_str(if computed.stored {
            " stored"
        } else {
            " virtual"
        });
    }
    line
}

fn key(key: &Key) -> String {
    let mut line = if key.primary { "primary-key" } else { "unique" }.to_owned();
    push_name(&mut line, key.name.as_ref());
    push_list(&mut line, &key.columns);
    push_include(&mut line, &key.include);
    if key.nulls_not_distinct {
        line.push_str(" nulls-not-distinct");
    }
    push_deferrable(&mut line, key.deferrable);
    line
}

fn index(index: &Index) -> String {
    let mut line = format!("index {}", Name(&index.name));
    if index.unique {
        line.push_str(" unique");
    }
    if let Some(method) = &index.method {
        push(&mut line, format_args!("using {}", Name(method)));
    }
    let parts = index.parts.iter().map(|part| match part {
        IndexPart::Named(column) => Name(column).to_string(),
        IndexPart::Sql(sql) => Sql(sql).to_string(),
    });
    let parts = parts.collect::<Vec<_>>().join(", ");
    push(&mut line, format_args!("({parts})"));
    push_include(&mut line, &index.include);
    if let Some(filter) = &index.filter {
        push_sql(&mut line, "where", filter);
    }
    if index.nulls_not_distinct {
        line.push_str(" nulls-not-distinct");
    }
    if !index.valid {
        line.push_str(" invalid");
    }
    line
}

fn foreign_key(key: &ForeignKey) -> String {
    let mut line = "foreign-key".to_owned();
    push_name(&mut line, key.name.as_ref());
    push_list(&mut line, &key.columns);
    push(&mut line, format_args!("references {}", Object(&key.table)));
    push_list(&mut line, &key.references);
    for (event, action) in [("on-delete", key.on_delete), ("on-update", key.on_update)] {
        if action != ForeignKeyAction::NoAction {
            push(&mut line, format_args!("{event} {}", action_word(action)));
        }
    }
    push_deferrable(&mut line, key.deferrable);
    if !key.validated {
        line.push_str(" not-valid");
    }
    line
}

fn check(check: &Check) -> String {
    let mut line = "check".to_owned();
    push_name(&mut line, check.name.as_ref());
    push_sql(&mut line, "", &check.condition);
    if !check.validated {
        line.push_str(" not-valid");
    }
    line
}

fn action_word(action: ForeignKeyAction) -> &'static str {
    match action {
        ForeignKeyAction::NoAction => "no-action",
        ForeignKeyAction::Restrict => "restrict",
        ForeignKeyAction::Cascade => "cascade",
        ForeignKeyAction::SetNull => "set-null",
        ForeignKeyAction::SetDefault => "set-default",
    }
}

fn push(line: &mut String, words: fmt::Arguments<'_>) {
    line.push(' ');
    line.push_str(&words.to_string());
}

fn push_sql(line: &mut String, word: &str, sql: &str) {
    if !word.is_empty() {
        push(line, format_args!("{word}"));
    }
    push(line, format_args!("{}", Sql(sql)));
}

fn push_name(line: &mut String, name: Option<&String>) {
    if let Some(name) = name {
        push(line, format_args!("{}", Name(name)));
    }
}

fn push_list(line: &mut String, names: &[String]) {
    let names: Vec<String> = names.iter().map(|name| Name(name).to_string()).collect();
    push(line, format_args!("({})", names.join(", ")));
}

fn push_include(line: &mut String, include: &[String]) {
    if !include.is_empty() {
        line.push_str(" include");
        push_list(line, include);
    }
}

fn push_deferrable(line: &mut String, deferrable: Deferrable) {
    line.push_str(match deferrable {
        Deferrable::No => "",
        Deferrable::Immediate => " deferrable",
        Deferrable::Deferred => " deferred",
    });
}

/// A name: bare where it is a plain word, else in quotes.
struct Name<'n>(&'n str);

impl Display for Name<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let is_plain = |character: char| character.is_ascii_alphanumeric() || character == '_';
        if !self.0.is_empty() && self.0.chars().all(is_plain) {
            return f.write_str(self.0);
        }
        escaped(f, '"', self.0)
    }
}

/// The name of a table or an enum.
struct Object<'n>(&'n ObjectName);

impl Display for Object<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(schema) = &self.0.schema {
            write!(f, "{}.", Name(schema))?;
        }
        write!(f, "{}", Name(&self.0.name))
    }
}

/// SQL, or the label of an enum.
struct Sql<'s>(&'s str);

impl Display for Sql<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        escaped(f, '`', self.0)
    }
}

/// A text on one line, whatever it contains.
fn escaped(f: &mut Formatter<'_>, quote: char, text: &str) -> fmt::Result {
    f.write_char(quote)?;
    for character in text.chars() {
        match character {
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\\' => f.write_str("\\\\")?,
            _ if character == quote => write!(f, "\\{quote}")?,
            _ => f.write_char(character)?,
        }
    }
    f.write_char(quote)
}
