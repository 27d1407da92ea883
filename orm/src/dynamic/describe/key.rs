//! Describing a unique key.

use std::borrow::Cow;

use crate::schema::{KeyDef, Nulls};

/// A unique key in description, for [`unique_key`](super::Describe::unique_key).
#[derive(Debug, Clone)]
pub struct DescribeKey {
    pub(super) columns: Vec<String>,
    pub(super) def: KeyDef,
    /// What was said about `NULL`.
    pub(super) nulls: Option<Nulls>,
}

/// Describes a unique key of these columns.
pub fn key<N: Into<String>>(columns: impl IntoIterator<Item = N>) -> DescribeKey {
    let mut def = KeyDef::unique("", &[]);
    def.name = None;
    DescribeKey {
        columns: columns.into_iter().map(Into::into).collect(),
        def,
        nulls: None,
    }
}

impl DescribeKey {
    /// The same key under this name, by which
    /// [`on_conflict_key`](super::super::Upsert::on_conflict_key) finds it.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.def.name = Some(name.into().into());
        self
    }

    /// The same key among the rows of this condition only.
    #[must_use]
    pub fn filter(mut self, sql: impl Into<String>) -> Self {
        self.def.filter = Some(Cow::Owned(sql.into()));
        self
    }

    /// The same key on this expression over its columns.
    #[must_use]
    pub fn expression(mut self, sql: impl Into<String>) -> Self {
        self.def.expression = Some(Cow::Owned(sql.into()));
        self
    }

    /// The same key, for which rows with `NULL` in it never conflict.
    #[must_use]
    pub fn nulls_distinct(mut self) -> Self {
        self.nulls = Some(Nulls::Distinct);
        self
    }

    /// The same key, for which two `NULL`s are equal.
    #[must_use]
    pub fn nulls_not_distinct(mut self) -> Self {
        self.nulls = Some(Nulls::NotDistinct);
        self
    }

    /// The same key, checked at commit only; it is no conflict target.
    #[must_use]
    pub fn deferrable(mut self) -> Self {
        self.def.deferrable = true;
        self
    }

    pub(super) fn into_def(self, columns: Vec<usize>) -> KeyDef {
        let mut def = self.def;
        def.columns = columns.into();
        def.nulls = self.nulls.unwrap_or_default();
        def
    }
}
