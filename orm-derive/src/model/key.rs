//! How names of fields become keys, foreign keys and indexes.

use proc_macro2::Ident;

use super::{Column, ForeignKey, Index, Key, Spanned};
use crate::attr::{ForeignKeySettings, IndexSettings, KeySettings};
use crate::errors::Errors;
use crate::names;

/// What the names in a key are names of.
pub(super) struct Scope<'a> {
    pub(super) table: &'a Ident,
    /// The table's name in the database.
    pub(super) name: &'a str,
    pub(super) columns: &'a [Column],
}

impl Scope<'_> {
    /// The primary key, from the struct's list or from the fields that say so.
    pub(super) fn primary_key(
        &self,
        listed: Option<Spanned<Vec<Ident>>>,
        taken: &mut Vec<String>,
        errors: &mut Errors,
    ) -> Option<Key> {
        let before = errors.count();
        let marked: Vec<_> = self
            .columns
            .iter()
            .enumerate()
            .filter_map(|(value, column)| column.primary_key.map(|span| Spanned { value, span }))
            .collect();
        let (span, columns) = match (listed, marked.first()) {
            (Some(list), Some(mark)) => {
                errors.at(
                    mark.span,
                    "the struct names its primary key already; write it there or here, not twice",
                );
                (
                    list.span,
                    self.positions(&list.value, "primary key", errors),
                )
            }
            (Some(list), None) => (
                list.span,
                self.positions(&list.value, "primary key", errors),
            ),
            (None, Some(mark)) => (mark.span, marked),
            (None, None) => return None,
        };
        let name = format!("{}_primary_key", names::plain(self.table));
        Some(Key {
            unresolved: errors.count() > before,
            marker: names::fresh(&name, span, taken),
            constant: None,
            primary: true,
            name: None,
            columns,
            filter: None,
            expr: None,
            nulls: None,
            deferrable: None,
            span,
        })
    }

    /// The other keys.
    pub(super) fn keys(
        &self,
        keys: Vec<KeySettings>,
        taken: &mut Vec<String>,
        errors: &mut Errors,
    ) -> Vec<Key> {
        keys.into_iter()
            .map(|key| self.key(key, taken, errors))
            .collect()
    }

    fn key(&self, said: KeySettings, taken: &mut Vec<String>, errors: &mut Errors) -> Key {
        let before = errors.count();
        let mut columns = self.positions(&said.columns, "key", errors);
        if columns.is_empty()
            && let Some(expr) = &said.expr
        {
            columns = self.read_by(expr);
            if columns.is_empty() && !expr.value.trim().is_empty() {
                errors.at(
                    expr.span,
                    format!(
                        "no column of `{}` is seen in this expression; name those that it \
                         reads: `columns(..)`",
                        self.table
                    ),
                );
            }
        }
        let constant = said
            .name
            .as_ref()
            .and_then(|name| names::constant(&name.value, name.span));
        let marker = match &constant {
            Some(constant) => constant.to_string().to_lowercase(),
            None => said
                .columns
                .iter()
                .map(names::plain)
                .collect::<Vec<_>>()
                .join("_"),
        };
        let marker = format!("{}_key_{marker}", names::plain(self.table));
        let name = said.name.unwrap_or_else(|| Spanned {
            value: names::of_key(self.name, self.names(&columns), "key"),
            span: said.span,
        });
        Key {
            unresolved: errors.count() > before,
            marker: names::fresh(&marker, said.span, taken),
            constant,
            primary: false,
            name: Some(name),
            columns,
            filter: said.filter,
            expr: said.expr,
            nulls: said.nulls,
            deferrable: said.deferrable,
            span: said.span,
        }
    }

    /// The foreign keys.
    pub(super) fn foreign_keys(
        &self,
        said: Vec<ForeignKeySettings>,
        errors: &mut Errors,
    ) -> Vec<ForeignKey> {
        said.into_iter()
            .map(|said| {
                let before = errors.count();
                let (fields, references): (Vec<_>, Vec<_>) = said.pairs.into_iter().unzip();
                ForeignKey {
                    name: said.name,
                    columns: self.positions(&fields, "foreign key", errors),
                    references,
                    on_delete: said.on_delete,
                    on_update: said.on_update,
                    span: said.span,
                    unresolved: said.doubtful || errors.count() > before,
                }
            })
            .collect()
    }

    /// The indexes.
    pub(super) fn indexes(&self, said: Vec<IndexSettings>, errors: &mut Errors) -> Vec<Index> {
        said.into_iter()
            .map(|said| {
                let columns = self.positions(&said.columns, "index", errors);
                let name = said.name.unwrap_or_else(|| Spanned {
                    value: names::of_key(self.name, self.names(&columns), "idx"),
                    span: said.span,
                });
                Index {
                    name,
                    columns,
                    filter: said.filter,
                    method: said.method,
                }
            })
            .collect()
    }

    /// The position of the column of this field.
    pub(super) fn position(&self, field: &Ident, errors: &mut Errors) -> Option<Spanned<usize>> {
        let plain = names::plain(field);
        let known = self
            .columns
            .iter()
            .map(|column| names::plain(&column.field));
        let found = known.clone().position(|known| known == plain);
        if found.is_none() {
            let known: Vec<String> = known.collect();
            let advice = match names::nearest(&plain, known.iter().map(String::as_str)) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "name a field of the struct".to_owned(),
            };
            errors.at(
                field.span(),
                format!("`{}` has no column `{plain}`; {advice}", self.table),
            );
        }
        found.map(|value| Spanned {
            value,
            span: field.span(),
        })
    }

    /// The positions of these fields, each once, without those that are not known.
    fn positions(&self, fields: &[Ident], of: &str, errors: &mut Errors) -> Vec<Spanned<usize>> {
        let mut columns: Vec<Spanned<usize>> = Vec::new();
        for field in fields {
            let Some(column) = self.position(field, errors) else {
                continue;
            };
            if columns.iter().any(|known| known.value == column.value) {
                errors.at(
                    column.span,
                    format!("`{field}` is in this {of} twice; name it once"),
                );
            } else {
                columns.push(column);
            }
        }
        columns
    }

    /// The columns whose names stand in this SQL, outside of text in quotes.
    fn read_by(&self, expr: &Spanned<String>) -> Vec<Spanned<usize>> {
        let outside = expr.value.split('\'').step_by(2);
        let words: Vec<&str> = outside
            .flat_map(|sql| sql.split(|letter: char| !letter.is_alphanumeric() && letter != '_'))
            .collect();
        let named = |column: &Column| words.contains(&column.name.value.as_str());
        (self.columns.iter().enumerate())
            .filter(|(_, column)| named(column))
            .map(|(value, _)| Spanned {
                value,
                span: expr.span,
            })
            .collect()
    }

    fn names<'s>(&'s self, columns: &'s [Spanned<usize>]) -> impl Iterator<Item = &'s str> {
        columns
            .iter()
            .filter_map(|column| self.columns.get(column.value))
            .map(|column| column.name.value.as_str())
    }
}
