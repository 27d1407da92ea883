//! Statements to text: the only place where SQL is made.

use crate::dialect::Dialect;
use crate::stmt::Slot;

mod batch;
mod calls;
mod catalogue;
mod change;
mod create;
mod cure;
mod derived;
mod expr;
#[cfg(feature = "migrate")]
pub(crate) mod history;
mod insert;
mod own;
mod pieces;
mod scope;
mod select;
#[cfg(feature = "migrate")]
mod steps;
mod subquery;
mod window;

pub(crate) use batch::{
    batch, copy_staged, create_compared, create_staged, drop_staged, existing, fill_compared,
    has_exceptions, leave_staged, listed, lock_for_writing, name_of_key, numbers, oldest_staged,
    resolve, stage_arrays, stage_values,
};
pub(crate) use catalogue::{Asked, Question, Scope, catalogue, explain_insert, explain_key};
pub(crate) use change::change;
pub(crate) use create::{
    add_foreign_key, advance_sequence, create_enum, create_schema, create_table, key_exists,
    table_exists,
};
pub(crate) use cure::{
    add_column, add_key, add_key_of_column, alter_column, count_alike, count_alike_in, count_any,
    count_beyond, count_named, count_not_computed, count_null, drop_index,
};
pub(crate) use insert::insert;
pub(crate) use pieces::pieces;
pub(crate) use select::{count, exists, explain, order, select};
#[cfg(feature = "migrate")]
pub(crate) use steps::steps;

/// The text of a statement, and its arguments in their order.
#[derive(Debug)]
pub(crate) struct Sql {
    pub(crate) text: String,
    pub(crate) binds: Vec<Bind>,
    /// Whether a column in it is of a table that is not.
    pub(crate) is_wrong: bool,
}

/// An argument of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bind {
    /// The value in a slot.
    Slot(Slot),
    /// A number of rows.
    Rows(u64),
}

/// Text in the making, for one dialect.
struct Writer<'d> {
    dialect: &'d dyn Dialect,
    text: String,
    /// How many arguments there are so far.
    arguments: usize,
    /// What has become an argument, in this order, each with the number of its first one.
    binds: Vec<(Bind, usize)>,
    /// Where the slots are arguments in their order, wherever they stand in the text: the arguments before
    /// them.
    before_slots: Option<usize>,
    /// Of those slots the ones that are several arguments, each with their number.
    lists: Vec<(Slot, usize)>,
    /// Whether the table that is written to has a name of ours.
    renamed: bool,
    /// Whether a column is of a table that is not in scope.
    is_wrong: bool,
}

impl<'d> Writer<'d> {
    fn new(dialect: &'d dyn Dialect) -> Self {
        Self {
            dialect,
            text: String::with_capacity(256),
            arguments: 0,
            binds: Vec::new(),
            before_slots: None,
            lists: Vec::new(),
            renamed: false,
            is_wrong: false,
        }
    }

    /// SQL of our own, or a fragment that a declaration gave as SQL.
    fn push(&mut self, sql: &str) -> &mut Self {
        self.text.push_str(sql);
        self
    }

    /// A name: always quoted, with its own quotes doubled, so that no name can be anything else.
    fn ident(&mut self, name: &str) -> &mut Self {
        self.text.push('"');
        for character in name.chars() {
            if character == '"' {
                self.text.push('"');
            }
            self.text.push(character);
        }
        self.text.push('"');
        self
    }

    /// A text, with its own quotes doubled.
    fn literal(&mut self, text: &str) -> &mut Self {
        self.text.push('\'');
        for character in text.chars() {
            if character == '\'' {
                self.text.push('\'');
            }
            self.text.push(character);
        }
        self.text.push('\'');
        self
    }

    /// The name of a table, with its schema where it has one.
    fn table(&mut self, table: &crate::schema::TableDef) -> &mut Self {
        if let Some(schema) = &table.schema {
            self.ident(schema).push(".");
        }
        self.ident(&table.name)
    }

    /// The table that a statement with `excluded` in it writes to.
    ///
    /// Its own name stays, so that SQL of the user's may use it, unless that is the name of the other row.
    fn target(&mut self, table: &crate::schema::TableDef) -> &mut Self {
        self.table(table);
        // SQLite does not see the case of letters.
        self.renamed = table.name.eq_ignore_ascii_case("excluded");
        if self.renamed {
            self.push(" AS ").ident(own::STORED);
        }
        self
    }

    /// The name of the row in the table, to stand before that of a column.
    fn stored(&mut self, table: &crate::schema::TableDef) -> &mut Self {
        if self.renamed {
            return self.ident(own::STORED);
        }
        self.ident(&table.name)
    }

    /// The placeholder of the next argument.
    fn bind(&mut self) -> &mut Self {
        self.arguments += 1;
        self.dialect.placeholder(self.arguments, &mut self.text);
        self
    }

    /// The placeholder of the next argument of a statement in which no argument stands twice.
    fn bind_in_turn(&mut self) -> &mut Self {
        self.arguments += 1;
        self.dialect
            .placeholder_in_turn(self.arguments, &mut self.text);
        self
    }

    /// The placeholder of the value in a slot: the same wherever it stands, so that the database knows equal
    /// expressions for equal.
    fn slot(&mut self, slot: Slot) -> &mut Self {
        let number = self.number(slot, 1);
        self.argument(number)
    }

    /// The number of the first argument of a slot, which has so many of them.
    fn number(&mut self, slot: Slot, arguments: usize) -> usize {
        if let Some(before) = self.before_slots {
            let lists = self.lists.iter().filter(|(list, _)| *list < slot);
            let further: usize = lists.map(|(_, arguments)| arguments - 1).sum();
            return before + slot + further + 1;
        }
        let is_it = |(known, _): &&(Bind, usize)| *known == Bind::Slot(slot);
        match self.binds.iter().find(is_it) {
            Some((_, number)) => *number,
            None => self.next(Bind::Slot(slot), arguments),
        }
    }

    /// A number of rows: the placeholder of one, or itself where the arguments are numbered already.
    fn rows(&mut self, rows: u64) -> &mut Self {
        if self.before_slots.is_some() {
            return self.push(&rows.to_string());
        }
        let number = self.next(Bind::Rows(rows), 1);
        self.argument(number)
    }

    fn next(&mut self, bind: Bind, arguments: usize) -> usize {
        let number = self.arguments + 1;
        self.arguments += arguments;
        self.binds.push((bind, number));
        number
    }

    /// From here on the slots are the arguments behind those there are, in their order. These of them are
    /// lists.
    fn number_slots_in_order(&mut self, lists: &[(Slot, usize)]) {
        self.before_slots = Some(self.arguments);
        if !self.dialect.capabilities().has_arrays {
            self.lists.extend_from_slice(lists);
        }
    }

    /// What has been written.
    fn finish(self) -> Sql {
        Sql {
            text: self.text,
            binds: self.binds.into_iter().map(|(bind, _)| bind).collect(),
            is_wrong: self.is_wrong,
        }
    }

    /// The placeholder of the argument with this number.
    fn argument(&mut self, number: usize) -> &mut Self {
        self.dialect.placeholder(number, &mut self.text);
        self
    }

    /// Each item with `, ` in between.
    fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Self, T),
    ) -> &mut Self {
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.push(", ");
            }
            write(self, item);
        }
        self
    }
}
