//! Operators, functions and aggregates by name.

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
    /// The larger of two values; the other where one is `NULL`.
    Greatest,
    /// The smaller of two values; the other where one is `NULL`.
    Least,
    /// The first value, or `NULL` where it is equal to the second.
    NullIf,
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
