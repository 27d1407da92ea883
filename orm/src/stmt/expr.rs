//! Expressions over the columns of one table.

use crate::schema::{KeyDef, Name};

/// The place of a value among those that a statement is given.
pub type Slot = usize;

/// An expression.
///
/// Values are not part of it: a [`Expr::Bind`] names the slot of one, and may stand in a statement as often
/// as it likes.
#[derive(Debug, Clone)]
pub enum Expr {
    /// A column, by its position.
    Column(Side, usize),
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
    /// The value of the first condition that holds, or else the last.
    Case(Vec<(Expr, Expr)>, Box<Expr>),
    /// The value as another type.
    Cast(Box<Expr>, Cast),
    /// The way to something within JSON: the names of members, or the places of elements.
    Path(Vec<Name>),
    /// Several, compared one after the other.
    Tuple(Vec<Expr>),
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
pub enum Side {
    /// The row that a filter looks at.
    Row,
    /// In an upsert, the row in the table.
    Stored,
    /// In an upsert, the row of the record.
    Incoming,
}

/// How two operands are computed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
}

/// How two operands are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `LIKE`
    Like,
    /// `ILIKE`
    LikeInAnyCase,
    /// Of arrays: the left one has all elements of the right one.
    HasAll,
    /// Of arrays: they have an element in common.
    HasSome,
}

impl Comparison {
    /// Whether it asks which of two is the larger.
    pub fn is_of_order(self) -> bool {
        use Comparison::{Greater, GreaterOrEqual, Less, LessOrEqual};
        matches!(self, Less | LessOrEqual | Greater | GreaterOrEqual)
    }
}

/// Functions that databases write in different ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// In lower case.
    Lower,
    /// In upper case.
    Upper,
    /// The number of characters.
    Length,
    /// Without spaces around it.
    Trim,
    /// Without its sign.
    Abs,
    /// A number of one byte as one that is compared with its sign.
    Signed,
    /// Such a number as one of one byte again.
    Byte,
    /// Two texts, one behind the other.
    Concat,
    /// The first text begins with the second.
    StartsWith,
    /// The first text ends with the second.
    EndsWith,
    /// The second text is somewhere in the first.
    Contains,
    /// The text fits a pattern in which a backslash takes the next character as it is.
    LikeEscaped,
    /// The same in upper and lower case.
    LikeEscapedInAnyCase,
    /// The first is an element of the second, an array.
    ElementOf,
    /// Of a JSON value and the way to something in it: that, as text.
    JsonText,
    /// A part of a date or a time; in UTC where the type has a time zone.
    Part(Part, bool),
}

/// The parts of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The year.
    Year,
    /// The month, from 1 to 12.
    Month,
    /// The day of the month.
    Day,
    /// The hour, from 0 to 23.
    Hour,
}

/// What can be said of all the rows of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aggregate {
    /// How many there are that are not `NULL`.
    Count,
    /// How many different ones.
    CountDistinct,
    /// The sum of whole numbers, as a whole number of eight bytes.
    SumOfIntegers,
    /// The sum.
    Sum,
    /// The mean, as a floating-point number.
    Average,
    /// The smallest.
    Min,
    /// The largest.
    Max,
}

/// What a value can be cast to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cast {
    /// A whole number of two bytes.
    SmallInt,
    /// A whole number of four bytes.
    Int,
    /// A whole number of eight bytes.
    BigInt,
    /// A floating-point number of eight bytes.
    Double,
    /// Text.
    Text,
}

impl Expr {
    /// The same expression, whose values are in slots that lie so many further on.
    #[must_use]
    pub fn shifted(mut self, by: usize) -> Self {
        if by > 0 {
            self.shift(by);
        }
        self
    }

    fn shift(&mut self, by: usize) {
        match self {
            Self::Bind(slot) => *slot += by,
            Self::OneOf(inner, list) => {
                list.slot += by;
                inner.shift(by);
            }
            Self::Column(..)
            | Self::Argument(_)
            | Self::Key(_)
            | Self::Sql(_)
            | Self::Path(_)
            | Self::Everything => {}
            Self::Made(_, inner)
            | Self::Cast(inner, _)
            | Self::Not(inner)
            | Self::IsNull(inner) => {
                inner.shift(by);
            }
            Self::Compute(left, _, right)
            | Self::Compare(left, _, right)
            | Self::Coalesce(left, right)
            | Self::Differ(left, right) => {
                left.shift(by);
                right.shift(by);
            }
            Self::Between(inner, low, high) => {
                for each in [inner, low, high] {
                    each.shift(by);
                }
            }
            Self::SameAs(_, arguments) => {
                for (_, each) in arguments {
                    each.shift(by);
                }
            }
            Self::Function(_, all)
            | Self::Call(_, all)
            | Self::Tuple(all)
            | Self::And(all)
            | Self::Or(all) => {
                for each in all {
                    each.shift(by);
                }
            }
            Self::Aggregate(_, inner, condition) => {
                inner.shift(by);
                if let Some(condition) = condition {
                    condition.shift(by);
                }
            }
            Self::Case(cases, otherwise) => {
                for (condition, value) in cases {
                    condition.shift(by);
                    value.shift(by);
                }
                otherwise.shift(by);
            }
        }
    }

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
            |(at, argument)| Self::Column(Side::Row, at).compare(Comparison::Equal, argument);
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
        let stored = || Self::Column(Side::Stored, at);
        let incoming = || Self::Column(Side::Incoming, at);
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
