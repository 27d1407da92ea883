//! Enums that are types of their own.

use super::ObjectName;

/// An enum of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Enum {
    /// Its name.
    pub name: ObjectName,
    /// Its labels, in order.
    pub labels: Vec<String>,
}

impl Enum {
    /// An enum of these labels.
    pub fn new(name: ObjectName, labels: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            name,
            labels: labels.into_iter().map(Into::into).collect(),
        }
    }
}
