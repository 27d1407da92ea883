//! The rows that an expression may be about, and the names of their tables.

use std::borrow::Cow;

use super::Writer;
use crate::schema::{ColumnDef, TableDef};
use crate::stmt::{Expr, Qualifier, Select, TableRef};

#[cfg(all(test, feature = "sqlite"))]
mod tests;

/// The tables of a statement, and those of the statements around it.
pub(super) struct Scope<'s> {
    first: &'s TableDef,
    names: Names<'s>,
    /// The terms of its GROUP BY clause.
    keys: &'s [Expr],
    outer: Option<&'s Scope<'s>>,
}

/// The names that stand before those of columns.
enum Names<'s> {
    /// None: the first table is the only one.
    Bare,
    /// Its own name: the first table is the only one, and a statement within this one speaks of it.
    Own,
    /// One for each table of a FROM clause.
    Several(Vec<Named<'s>>),
}

/// A table, and its name within a statement.
struct Named<'s> {
    table: &'s TableRef,
    name: Cow<'s, str>,
}

impl<'s> Scope<'s> {
    /// One table, with no statement around it.
    pub(super) fn of(table: &'s TableDef) -> Self {
        Self {
            first: table,
            names: Names::Bare,
            keys: &[],
            outer: None,
        }
    }

    /// The tables of a query.
    pub(super) fn of_query(query: &'s Select, outer: Option<&'s Self>) -> Self {
        let names = if query.joins.is_empty() && outer.is_none() {
            Names::Bare
        } else {
            Names::Several(names(query, outer))
        };
        Self {
            first: &query.table,
            names,
            keys: &query.group,
            outer,
        }
    }

    /// The same tables, the first of which has this name.
    pub(super) fn first_named(mut self, name: &'static str) -> Self {
        if let Names::Several(names) = &mut self.names
            && let Some(first) = names.first_mut()
        {
            first.name = Cow::Borrowed(name);
        }
        self
    }

    /// The same table, with its name before those of its columns.
    pub(super) fn named(&self) -> Option<Self> {
        matches!(self.names, Names::Bare).then_some(Self {
            names: Names::Own,
            ..*self
        })
    }

    /// The only table, or the first one.
    pub(super) fn first(&self) -> &'s TableDef {
        self.first
    }

    /// The name of the table at a place of the FROM clause, where it is not its own.
    pub(super) fn alias(&self, place: usize) -> Option<&str> {
        let Names::Several(names) = &self.names else {
            return None;
        };
        let it = names.get(place)?;
        (*it.name != *it.table.name).then_some(&*it.name)
    }

    /// The term of the GROUP BY clause at this place.
    pub(super) fn key(&self, place: usize) -> Option<&'s Expr> {
        self.keys.get(place)
    }

    /// The scope of the statement around.
    pub(super) fn outer(&self) -> Option<&'s Self> {
        self.outer
    }

    /// The facts of a column.
    pub(super) fn column(&self, expr: &Expr) -> Option<&'s ColumnDef> {
        match expr {
            Expr::Column(qualifier, at) => self.table(*qualifier)?.0.columns.get(*at),
            Expr::Outer(inner) => self.outer?.column(inner),
            _ => None,
        }
    }

    /// The table of a row, with the name that stands before those of its columns.
    fn table(&self, qualifier: Qualifier) -> Option<(&'s TableDef, Option<&str>)> {
        match &self.names {
            // The types of a program let no other table be asked for.
            Names::Bare => Some((self.first, None)),
            Names::Own => Some((self.first, Some(&self.first.name))),
            Names::Several(names) => {
                let it = match qualifier {
                    Qualifier::Row | Qualifier::Stored | Qualifier::Incoming => names.first(),
                    Qualifier::Source(place) => names.get(place),
                    Qualifier::Table(id) => names.iter().find(|named| named.table.is(id)),
                }?;
                Some((it.table, Some(&it.name)))
            }
        }
    }

    fn has(&self, name: &str) -> bool {
        let own = match &self.names {
            Names::Bare | Names::Own => self.first.name.eq_ignore_ascii_case(name),
            Names::Several(names) => has(names, name),
        };
        own || self.outer.is_some_and(|outer| outer.has(name))
    }
}

impl Writer<'_> {
    /// A column of a scope.
    pub(super) fn column(&mut self, scope: &Scope<'_>, qualifier: Qualifier, at: usize) {
        let found = scope.table(qualifier);
        let found = found.and_then(|(table, name)| Some((table, name, table.columns.get(at)?)));
        let Some((table, name, column)) = found else {
            self.is_wrong = true;
            return;
        };
        match (qualifier, name) {
            // In an upsert a bare name could be of either row: PostgreSQL refuses it (42702).
            (Qualifier::Stored, _) => self.stored(table).push("."),
            (Qualifier::Incoming, _) => self.push("excluded."),
            (_, Some(name)) => self.ident(name).push("."),
            (_, None) => self,
        };
        self.ident(&column.name);
    }

    /// The name of a table of a scope.
    pub(super) fn source(&mut self, scope: &Scope<'_>, of: Qualifier) {
        match scope.table(of) {
            Some((table, name)) => {
                self.ident(name.unwrap_or(&table.name));
            }
            None => self.is_wrong = true,
        }
    }

    /// Every column of every table of a scope.
    pub(super) fn all_columns(&mut self, scope: &Scope<'_>) {
        let several: &[Named<'_>] = match &scope.names {
            Names::Bare | Names::Own => &[],
            Names::Several(names) => names,
        };
        if several.is_empty() {
            self.list(scope.first.columns.iter(), |to, column| {
                to.ident(&column.name);
            });
            return;
        }
        let columns = several.iter().flat_map(|named| {
            let columns = named.table.columns.iter();
            columns.map(move |column| (&named.name, column))
        });
        self.list(columns, |to, (name, column)| {
            to.ident(name).push(".").ident(&column.name);
        });
    }
}

/// A name for each table of a query.
///
/// A table keeps its own, unless that is taken already: by another table of the query, or of a statement
/// around it.
fn names<'s>(query: &'s Select, outer: Option<&Scope<'s>>) -> Vec<Named<'s>> {
    let mut names: Vec<Named<'s>> = Vec::with_capacity(1 + query.joins.len());
    let joined = query.joins.iter().map(|join| &join.table);
    for table in std::iter::once(&query.table).chain(joined) {
        let is_taken = |name: &str| has(&names, name) || outer.is_some_and(|outer| outer.has(name));
        let mut name = Cow::Borrowed(&*table.name);
        let mut number = 2;
        while is_taken(&name) {
            // No declared name begins with a space.
            name = Cow::Owned(format!(" {} {number}", table.name));
            number += 1;
        }
        names.push(Named { table, name });
    }
    names
}

/// SQLite does not see the case of letters.
fn has(names: &[Named<'_>], name: &str) -> bool {
    names
        .iter()
        .any(|named| named.name.eq_ignore_ascii_case(name))
}
