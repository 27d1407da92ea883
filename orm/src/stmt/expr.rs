//! Expressions over columns.

use std::any::TypeId;

use super::{Aggregate, Arithmetic, Cast, Comparison, Function, Select, Window};
use crate::schema::{KeyDef, Name};

/// The place of a value among those that a statement is given.
pub type Slot = usize;

/// An expression.
///
/// Values are not part of it: a [`Expr::Bind`] names the slot of one, and may stand in a statement as often
/// as it likes.
#[derive(Debug, Clone)]
pub enum Expr {
    /// A column: its row, and its position in the table.
    Column(Qualifier, usize),
    /// The value in a slot.
    Bind(Slot),
    /// The argument with this number, counted from one: a value of the record that the statement is about.
    Argument(usize),
    /// SQL from a declaration.
    Sql(Name),
    /// An expression from a declaration has the value that it has for these arguments: the positions of
    /// its columns, each with its argument.
    SameAs(Name, Vec<(usize, Expr)>),
    /// A value made of another one, which stands for `{}` in the SQL.
    Made(Name, Box<Expr>),
    /// Two operands computed with.
    Compute(Box<Expr>, Arithmetic, Box<Expr>),
    /// The first of the two that is not `NULL`.
    Coalesce(Box<Expr>, Box<Expr>),
    /// Two operands are different, where `NULL` is like `NULL`.
    Differ(Box<Expr>, Box<Expr>),
    /// Two operands compared.
    Compare(Box<Expr>, Comparison, Box<Expr>),
    /// The first lies between the two others, or is one of them.
    Between(Box<Expr>, Box<Expr>, Box<Expr>),
    /// What the rows are grouped by, by its place among that.
    Key(usize),
    /// One of the values of a list.
    OneOf(Box<Expr>, List),
    /// A function that databases write in different ways.
    Function(Function, Vec<Expr>),
    /// A function that is called by its name.
    Call(Name, Vec<Expr>),
    /// Something about all the rows of a group, or about those of them for which a condition holds.
    Aggregate(Aggregate, Box<Expr>, Option<Box<Expr>>),
    /// A function over a window of rows.
    Window(Box<Window>),
    /// The value of the first condition that holds, or else the last.
    Case(Vec<(Expr, Expr)>, Box<Expr>),
    /// The value as another type.
    Cast(Box<Expr>, Cast),
    /// The way to something within JSON: the names of members, or the places of elements.
    Path(Vec<Name>),
    /// Several, compared one after the other.
    Tuple(Vec<Expr>),
    /// In a sub-query, an expression over the rows of the statement around it.
    Outer(Box<Expr>),
    /// A query has a row.
    Exists(Box<Select>),
    /// The only value that a query gives; `NULL` where it has no row.
    Scalar(Box<Select>),
    /// One of the values that a query gives, whose `NULL`s are passed over where its column has a name of ours.
    InQuery(Box<Expr>, Box<Select>),
    /// The whole row: what `count(*)` counts.
    Everything,
    /// All of them.
    And(Vec<Expr>),
    /// One of them at least.
    Or(Vec<Expr>),
    /// Not this.
    Not(Box<Expr>),
    /// `IS NULL`.
    IsNull(Box<Expr>),
}

/// A list of values in one slot. It is one argument where the database has arrays, else as many as it has
/// values.
#[derive(Debug, Clone)]
pub struct List {
    /// Where it is.
    pub slot: Slot,
    /// How many values it has.
    pub len: usize,
    /// The name that a database with arrays has for the type of the values.
    pub stored_as: String,
}

/// Which row a column is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Qualifier {
    /// The row of the only table, or of the first one in the FROM clause.
    Row,
    /// The row of this table; where it stands several times in the FROM clause, its first one.
    Table(TypeId),
    /// The row of the table at this place in the FROM clause.
    Source(usize),
    /// In an upsert, the row in the table.
    Stored,
    /// In an upsert, the row of the record.
    Incoming,
}

impl Expr {
    /// Both; what is joined by `AND` already stays one list.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let mut all = match self {
            Self::And(all) => all,
            one => vec![one],
        };
        match other {
            Self::And(more) => all.extend(more),
            one => all.push(one),
        }
        Self::And(all)
    }

    /// Either; what is joined by `OR` already stays one list.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let mut all = match self {
            Self::Or(all) => all,
            one => vec![one],
        };
        match other {
            Self::Or(more) => all.extend(more),
            one => all.push(one),
        }
        Self::Or(all)
    }

    /// Two operands compared.
    pub fn compare(self, comparison: Comparison, other: Self) -> Self {
        Self::Compare(Box::new(self), comparison, Box::new(other))
    }

    /// A row has this key, the columns of which are the arguments that stand at their places in `supplied`.
    /// `cast` is the SQL that makes a value of the column's type of its argument, where that is of another.
    pub fn same_key(
        key: &KeyDef,
        supplied: &[usize],
        cast: impl Fn(usize) -> Option<Name>,
    ) -> Option<Self> {
        let argument = |at: usize| {
            let place = supplied.iter().position(|known| *known == at)?;
            let argument = Self::Argument(place + 1);
            Some(match cast(at) {
                Some(cast) => Self::Made(cast, Box::new(argument)),
                None => argument,
            })
        };
        let columns = key
            .columns
            .iter()
            .filter_map(|at| Some((*at, argument(*at)?)));
        // The rows outside a partial key may hold its values as often as they like.
        let among = key.filter.clone().map(Self::Sql);
        let equal =
            |(at, argument)| Self::Column(Qualifier::Row, at).compare(Comparison::Equal, argument);
        match &key.expression {
            Some(expression) => {
                let same = Self::SameAs(expression.clone(), columns.collect());
                [Some(same), among].into_iter().flatten().reduce(Self::and)
            }
            None => columns.map(equal).chain(among).reduce(Self::and),
        }
    }

    /// The incoming versions are newer than the stored ones, compared in order; with `or_same` the same
    /// versions will do.
    ///
    /// A stored `NULL` is older than any version. It compares to nothing, and without a case of its own
    /// would be kept for ever.
    pub fn newer(versions: &[(usize, bool)], or_same: bool) -> Self {
        let Some((&(at, nullable), rest)) = versions.split_first() else {
            return if or_same {
                Self::And(Vec::new())
            } else {
                Self::Or(Vec::new())
            };
        };
        let stored = || Self::Column(Qualifier::Stored, at);
        let incoming = || Self::Column(Qualifier::Incoming, at);
        let is_null = |column: Self| Self::IsNull(Box::new(column));
        let last_or_same = rest.is_empty() && or_same;
        let comparison = if last_or_same {
            Comparison::GreaterOrEqual
        } else {
            Comparison::Greater
        };
        let compared = incoming().compare(comparison, stored());
        let newer = match (nullable, last_or_same) {
            (false, _) => compared,
            (true, true) => is_null(stored()).or(compared),
            (true, false) => {
                let first_version = is_null(stored()).and(Self::Not(Box::new(is_null(incoming()))));
                first_version.or(compared)
            }
        };
        if rest.is_empty() {
            return newer;
        }
        let same = if nullable {
            Self::Not(Box::new(Self::Differ(
                Box::new(incoming()),
                Box::new(stored()),
            )))
        } else {
            incoming().compare(Comparison::Equal, stored())
        };
        newer.or(same.and(Self::newer(rest, or_same)))
    }
}
