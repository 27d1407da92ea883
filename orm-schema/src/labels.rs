//! The facts of an enum that the database knows as a type of its own.

/// An enum of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct EnumDef {
    /// Its name, as SQL.
    pub name: &'static str,
    /// Its labels, in order.
    pub labels: &'static [&'static str],
}

impl EnumDef {
    /// An enum of these labels.
    pub const fn new(name: &'static str, labels: &'static [&'static str]) -> Self {
        Self { name, labels }
    }
}
