//! What a record leaves out and has no value without it, found when it is compiled.

use std::borrow::Cow;

use crate::schema::{ColumnDef, TableDef};
use crate::table::Table;
use crate::table::record::Record;

/// The sentence about the columns that are left out; empty where none is.
#[derive(Debug)]
pub struct LeftOut {
    text: [u8; LeftOut::ROOM],
    length: usize,
}

impl LeftOut {
    /// A sentence about so many columns fits, whatever they are called.
    const TOLD: usize = 8;
    const ROOM: usize = 1024;

    pub(super) const NOTHING: Self = Self {
        text: [0; Self::ROOM],
        length: 0,
    };

    /// What a record leaves out. One with a column that the table has not may have misspelt it, which is
    /// told elsewhere.
    pub(super) const fn by<R: Record>() -> Self {
        let (table, names) = (<R::Table as Table>::DEF, R::NAMES);
        let columns = columns(table);
        let mut at = 0;
        while at < names.len() {
            if !is_column(names[at], columns) {
                return Self::NOTHING;
            }
            at += 1;
        }
        let left_out = count(columns, names);
        match left_out {
            0 => return Self::NOTHING,
            1 => Self::NOTHING.and("the record leaves out the column "),
            _ => Self::NOTHING.and("the record leaves out the columns "),
        }
        .and_names(columns, names, left_out)
        .and(", which ")
        .and(if left_out == 1 { "has" } else { "have" })
        .and(" no value without it: add ")
        .and(if left_out == 1 {
            "the field"
        } else {
            "the fields"
        })
    }

    const fn and_names(mut self, columns: &[ColumnDef], supplied: &[&str], all: usize) -> Self {
        let (mut at, mut told) = (0, 0);
        while at < columns.len() {
            if is_left_out(&columns[at], supplied) {
                if told == Self::TOLD {
                    return self.and(" and others");
                }
                self = match told {
                    0 => self,
                    _ if told + 1 == all => self.and(" and "),
                    _ => self.and(", "),
                };
                self = self.and("`").and(name(&columns[at])).and("`");
                told += 1;
            }
            at += 1;
        }
        self
    }

    const fn and(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        let mut at = 0;
        while at < text.len() && self.length < Self::ROOM {
            self.text[self.length] = text[at];
            self.length += 1;
            at += 1;
        }
        self
    }
}

/// Complains where the caller is if something is left out.
///
/// # Panics
///
/// That is how a constant complains when it is compiled.
#[track_caller]
pub const fn check_complete(left_out: &LeftOut) {
    let (text, _) = left_out.text.split_at(left_out.length);
    if let Ok(text) = std::str::from_utf8(text) {
        assert!(text.is_empty(), "{}", text);
    }
}

const fn columns(table: &TableDef) -> &[ColumnDef] {
    match &table.columns {
        Cow::Borrowed(columns) => columns,
        Cow::Owned(_) => &[],
    }
}

const fn name(column: &ColumnDef) -> &str {
    match &column.name {
        Cow::Borrowed(name) => name,
        Cow::Owned(_) => "",
    }
}

const fn count(columns: &[ColumnDef], names: &[&str]) -> usize {
    let (mut at, mut left_out) = (0, 0);
    while at < columns.len() {
        if is_left_out(&columns[at], names) {
            left_out += 1;
        }
        at += 1;
    }
    left_out
}

/// It has to be supplied, and is not.
const fn is_left_out(column: &ColumnDef, names: &[&str]) -> bool {
    let mut is_left_out = !column.may_be_left_out();
    let mut at = 0;
    while is_left_out && at < names.len() {
        is_left_out = !is_same(names[at], name(column));
        at += 1;
    }
    is_left_out
}

const fn is_column(name_of_field: &str, columns: &[ColumnDef]) -> bool {
    let mut at = 0;
    while at < columns.len() {
        if is_same(name_of_field, name(&columns[at])) {
            return true;
        }
        at += 1;
    }
    false
}

const fn is_same(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != right.len() {
        return false;
    }
    let mut at = left.len();
    // Names of one table begin alike more often than they end alike.
    while at > 0 {
        at -= 1;
        if left[at] != right[at] {
            return false;
        }
    }
    true
}
