//! The names of tables and enums.

use std::fmt;

/// The name of a table or an enum. Displayed as SQL, in quotes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct ObjectName {
    /// The schema it lives in; `None` is the first of the connection's search path.
    pub schema: Option<String>,
    /// Its own name, unquoted.
    pub name: String,
}

impl ObjectName {
    /// A name in the connection's own schema.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            schema: None,
            name: name.into(),
        }
    }

    /// The same name in this schema.
    #[must_use]
    pub fn in_schema(mut self, schema: impl Into<String>) -> Self {
        self.schema = Some(schema.into());
        self
    }

    /// Reads a name as SQL has it: parts with a dot between them, folded to lower case where they are not in
    /// quotes.
    pub(crate) fn from_sql(sql: &str) -> Self {
        let mut parts = vec![String::new()];
        let mut characters = sql.trim().chars().peekable();
        let mut is_quoted = false;
        while let Some(character) = characters.next() {
            let Some(part) = parts.last_mut() else { break };
            match character {
                '"' if is_quoted && characters.next_if_eq(&'"').is_some() => part.push('"'),
                '"' => is_quoted = !is_quoted,
                '.' if !is_quoted => parts.push(String::new()),
                _ if is_quoted => part.push(character),
                _ => part.extend(character.to_lowercase()),
            }
        }
        let name = parts.pop().unwrap_or_default();
        Self {
            schema: parts.pop(),
            name,
        }
    }
}

impl fmt::Display for ObjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(schema) = &self.schema {
            write!(f, "\"{}\".", schema.replace('"', "\"\""))?;
        }
        write!(f, "\"{}\"", self.name.replace('"', "\"\""))
    }
}

#[cfg(test)]
mod tests {
    use super::ObjectName;

    #[test]
    fn names_are_read_as_sql_has_them() {
        for (sql, name) in [
            ("Mood", ObjectName::new("mood")),
            ("\"Mood\"", ObjectName::new("Mood")),
            ("app.mood", ObjectName::new("mood").in_schema("app")),
            ("\"a.\"\"b\".\"c\"", ObjectName::new("c").in_schema("a.\"b")),
        ] {
            assert_eq!(ObjectName::from_sql(sql), name, "{sql}");
            assert_eq!(ObjectName::from_sql(&name.to_string()), name);
        }
    }
}
