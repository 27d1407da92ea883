//! The answers of the catalog, row by row.

use super::{Broken, Found, Gathered, Index, Key, ObjectName, Observed, Typed, Uses, text};
use crate::backend::Backend;
use crate::diff::{
    Check, Computed, DefaultValue, Deferrable, Enum, ForeignKey, Identity, IndexPart, SchemaColumn,
    bare,
};
use crate::error::Result;
use crate::render::Question;
use crate::schema::ForeignKeyAction;
use crate::value::Reader;

/// A part of an index.
#[derive(Debug)]
pub(super) struct Part {
    index: u64,
    uses: Uses,
    /// Of which constraint it is: `p` of the primary key, `u` of another unique key, `x` of an exclusion.
    constraint: Option<String>,
    deferrable: Deferrable,
    method: Option<String>,
    is_included: bool,
    column: Option<String>,
    text: String,
    /// What stands behind it: a collation, an operator class, an order.
    behind: String,
    /// All of it as it was written, where it is more than a column.
    written: Option<String>,
}

impl Gathered {
    pub(super) fn read_label<DB: Backend>(
        &mut self,
        number: u64,
        reader: &mut Reader<'_, DB>,
    ) -> Result<()> {
        let name = ObjectName {
            schema: reader.text()?,
            name: reader.text()?.unwrap_or_default(),
        };
        let label = reader.text()?;
        match self.enums.last_mut() {
            Some((last, each)) if *last == number => each.labels.extend(label),
            _ => self.enums.push((number, Enum::new(name, label))),
        }
        Ok(())
    }
}

impl Found {
    pub(super) fn read<DB: Backend>(
        &mut self,
        question: Question,
        reader: &mut Reader<'_, DB>,
    ) -> Result<()> {
        match question {
            Question::Columns => self.read_column(reader)?,
            Question::Types => self.types.push(Typed {
                name: reader.text()?.unwrap_or_default(),
                declared: reader.text()?,
                sent: reader.text()?,
                base: reader.text()?,
            }),
            Question::Broken => self.broken.push(Broken {
                table: reader.text()?.unwrap_or_default(),
                columns: reader.text()?.unwrap_or_default(),
                to: reader.text()?.unwrap_or_default(),
                to_columns: reader.text()?,
                is_column: reader.flag()?,
            }),
            Question::Text => {
                let is_index = reader.flag()?;
                let name = reader.text()?.unwrap_or_default();
                let sql = reader.text()?.unwrap_or_default();
                if is_index {
                    self.read_index(&name, &sql);
                } else {
                    self.said = Some(text::table(&sql));
                }
            }
            Question::Keys => self.read_part(reader)?,
            Question::References => self.read_reference(reader)?,
            Question::Checks => self.table.checks.push(Check {
                name: reader.text()?,
                condition: condition(reader.text()?).unwrap_or_default(),
                validated: reader.flag()?,
            }),
            Question::Enums => {}
        }
        Ok(())
    }

    fn read_column<DB: Backend>(&mut self, reader: &mut Reader<'_, DB>) -> Result<()> {
        self.kind = reader.text()?;
        self.table.name = ObjectName {
            schema: reader.text()?,
            name: reader.text()?.unwrap_or_default(),
        };
        let fillfactor = reader.text()?;
        self.table.fillfactor = fillfactor.and_then(|percent| percent.parse().ok());
        let Some(name) = reader.text()? else {
            return Ok(());
        };
        let stored_as = reader.text()?.unwrap_or_default();
        let mut column = SchemaColumn::new(name, reader.text()?.unwrap_or_default());
        column.nullable = !reader.flag()?;
        let expression = reader.text()?;
        column.identity = match reader.text()?.as_deref() {
            Some("d") => Some(Identity::ByDefault),
            Some("a") => Some(Identity::Always),
            _ => None,
        };
        let computed = reader.text()?.unwrap_or_default();
        if computed.is_empty() {
            column.default = expression.map(|sql| DefaultValue::of(&sql));
        } else {
            column.computed = Some(Computed {
                expression: condition(expression),
                stored: computed == "s",
            });
        }
        let collation = reader.text()?;
        let is_its_own = reader.flag()?;
        let is_loose = reader.flag()?;
        // One that holds different texts for equal is told even where it is that of a domain.
        if is_its_own || is_loose {
            column.collation.clone_from(&collation);
        }
        self.table.columns.push(column);
        self.columns.push(Observed {
            stored_as,
            collation,
            is_loose,
            is_pinned: reader.flag()?,
            can_be_supplied: reader.flag()?,
        });
        Ok(())
    }

    fn read_part<DB: Backend>(&mut self, reader: &mut Reader<'_, DB>) -> Result<()> {
        let index = reader.count()?;
        let mut uses = Uses {
            name: reader.text()?.unwrap_or_default(),
            columns: Vec::new(),
            valid: reader.flag()?,
            immediate: reader.flag()?,
            nulls_not_distinct: reader.flag()?,
            filter: reader.text()?,
            unique: reader.flag()?,
            primary: reader.flag()?,
            of_constraint: false,
        };
        let constraint = reader.text()?;
        uses.of_constraint = constraint.is_some();
        self.parts.push(Part {
            index,
            uses,
            constraint,
            deferrable: deferrable(reader.flag()?, reader.flag()?),
            method: reader.text()?,
            is_included: reader.flag()?,
            column: reader.text()?,
            text: reader.text()?.unwrap_or_default(),
            behind: reader.text()?.unwrap_or_default(),
            written: None,
        });
        Ok(())
    }

    fn read_reference<DB: Backend>(&mut self, reader: &mut Reader<'_, DB>) -> Result<()> {
        let number = reader.count()?;
        let key = ForeignKey {
            name: reader.text()?,
            columns: Vec::new(),
            table: ObjectName {
                schema: reader.text()?,
                name: reader.text()?.unwrap_or_default(),
            },
            references: Vec::new(),
            on_delete: action(reader.text()?.as_deref()),
            on_update: action(reader.text()?.as_deref()),
            deferrable: deferrable(reader.flag()?, reader.flag()?),
            validated: reader.flag()?,
        };
        if self.foreign_keys.last() != Some(&number) {
            self.foreign_keys.push(number);
            self.table.foreign_keys.push(key);
        }
        if let Some(last) = self.table.foreign_keys.last_mut() {
            last.columns.push(reader.text()?.unwrap_or_default());
            last.references.push(reader.text()?.unwrap_or_default());
        }
        Ok(())
    }

    /// The text of an index of SQLite: its parts come from the pragmas, what they are from here.
    fn read_index(&mut self, name: &str, sql: &str) {
        let text::Parts { parts, filter } = text::index(sql);
        let known = self.parts.iter_mut().filter(|part| part.uses.name == name);
        for (part, text) in known.zip(parts) {
            let is_column = |column: &String| {
                text == *column || text == format!("\"{}\"", column.replace('"', "\"\""))
            };
            part.written = (!part.column.as_ref().is_some_and(is_column)).then_some(text);
            part.uses.filter.clone_from(&filter);
        }
    }

    /// Puts the parts of indexes together, and what the text of the table says beside what the pragmas do.
    pub(super) fn finish(&mut self) {
        let mut parts = std::mem::take(&mut self.parts).into_iter().peekable();
        while let Some(first) = parts.next() {
            let mut all = vec![first];
            while let Some(next) = parts.next_if(|next| next.index == all[0].index) {
                all.push(next);
            }
            self.add_index(all);
        }
        if let Some(said) = self.said.take() {
            self.add_said(&said);
            self.said = Some(said);
        }
    }

    fn add_index(&mut self, parts: Vec<Part>) {
        let is_part = |part: &&Part| !part.is_included;
        let mut columns: Vec<String> = parts
            .iter()
            .filter(is_part)
            .map(|part| part.text.clone())
            .collect();
        columns.sort();
        let include: Vec<String> = parts
            .iter()
            .filter(|part| part.is_included)
            .filter_map(|part| part.column.clone())
            .collect();
        let over: Vec<IndexPart> = parts.iter().filter(is_part).map(part).collect();
        let Some(first) = parts.into_iter().next() else {
            return;
        };
        let uses = Uses {
            columns,
            ..first.uses
        };
        match first.constraint.as_deref() {
            Some("p" | "u") => self.table.keys.push(Key {
                name: Some(uses.name.clone()),
                primary: uses.primary,
                columns: over.iter().map(|part| part.text().to_owned()).collect(),
                include,
                nulls_not_distinct: uses.nulls_not_distinct,
                deferrable: first.deferrable,
            }),
            // An exclusion is neither.
            Some(_) => {}
            None => self.table.indexes.push(Index {
                name: uses.name.clone(),
                unique: uses.unique,
                method: first.method,
                parts: over,
                include,
                filter: condition(uses.filter.clone()),
                nulls_not_distinct: uses.nulls_not_distinct,
                valid: uses.valid,
            }),
        }
        self.unique.push(uses);
    }

    /// What only the text of a table of SQLite says.
    fn add_said(&mut self, said: &text::Said) {
        let table = &mut self.table;
        table.options.clone_from(&said.options);
        let has_row_id = !said.options.iter().any(|option| option == "WITHOUT ROWID");
        for column in &mut table.columns {
            let is_it = |name: &str| name.eq_ignore_ascii_case(&column.name);
            let mut collations = said.collations.iter().rev();
            let collation = collations.find(|(name, _)| is_it(name));
            column.collation = collation.map(|(_, collation)| collation.clone());
            if let Some(computed) = &mut column.computed {
                let mut expressions = said.computed.iter();
                let expression = expressions.find(|(name, _)| is_it(name));
                computed.expression = expression.map(|(_, sql)| bare(sql).to_owned());
            }
            if said.autoincrement.as_deref().is_some_and(is_it) {
                column.identity = Some(Identity::Autoincrement);
            }
            column.identity = column.identity.filter(|_| has_row_id);
            if column.identity.is_some() {
                // It has no index of its own.
                self.unique.push(Uses {
                    name: "the row id".to_owned(),
                    columns: vec![column.name.clone()],
                    valid: true,
                    immediate: true,
                    nulls_not_distinct: false,
                    filter: None,
                    unique: true,
                    primary: true,
                    of_constraint: true,
                });
            }
        }
        // A key of the columns of another one has no index of its own either.
        table.keys = said.keys(&table.columns);
        for key in &mut table.foreign_keys {
            let constraint = said.constraint(text::Kind::ForeignKey, &key.columns);
            if let Some(constraint) = constraint {
                key.name.clone_from(&constraint.name);
                key.deferrable = deferrable(constraint.deferrable.0, constraint.deferrable.1);
            }
        }
        let checks = said.constraints.iter();
        let checks = checks.filter(|constraint| constraint.kind == text::Kind::Check);
        table.checks = checks
            .map(|constraint| Check {
                name: constraint.name.clone(),
                condition: bare(&constraint.condition).to_owned(),
                validated: true,
            })
            .collect();
    }
}

/// The part of an index: a plain column, or what else is written for it.
fn part(part: &Part) -> IndexPart {
    match (&part.written, &part.column) {
        (Some(written), _) => IndexPart::Sql(written.clone()),
        (None, Some(column)) if part.behind.is_empty() => IndexPart::Named(column.clone()),
        (None, _) => IndexPart::Sql(format!("{}{}", part.text, part.behind)),
    }
}

/// An expression without parentheses around all of it.
fn condition(sql: Option<String>) -> Option<String> {
    sql.map(|sql| bare(&sql).to_owned())
}

fn deferrable(may_be: bool, is: bool) -> Deferrable {
    match (may_be, is) {
        (_, true) => Deferrable::Deferred,
        (true, false) => Deferrable::Immediate,
        (false, false) => Deferrable::No,
    }
}

/// An action, as either catalog calls it.
fn action(name: Option<&str>) -> ForeignKeyAction {
    match name {
        Some("r" | "RESTRICT") => ForeignKeyAction::Restrict,
        Some("c" | "CASCADE") => ForeignKeyAction::Cascade,
        Some("n" | "SET NULL") => ForeignKeyAction::SetNull,
        Some("d" | "SET DEFAULT") => ForeignKeyAction::SetDefault,
        _ => ForeignKeyAction::NoAction,
    }
}
