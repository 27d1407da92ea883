//! Expressions and conditions over columns that are named at run time.

use std::fmt;
use std::ops::{Add, Mul, Not, Sub};

use crate::stmt::{Arithmetic, Comparison};
use crate::value::Value;

/// A column, a value, or what is computed of them.
#[derive(Clone)]
#[must_use = "an expression does nothing by itself"]
pub struct Expr(pub(super) Node);

/// An expression as it was said, with the names of columns.
#[derive(Clone)]
pub(super) enum Node {
    Column(Which, String),
    Value(Value),
    Compute(Box<Node>, Arithmetic, Box<Node>),
    Coalesce(Box<Node>, Box<Node>),
}

/// Which row a column is of.
#[derive(Debug, Clone, Copy)]
pub(super) enum Which {
    /// The row that the statement is about; in an upsert, the stored one.
    Row,
    /// In an upsert, the stored row.
    Stored,
    /// In an upsert, the row that is supplied.
    Incoming,
}

/// A condition: which rows a statement is about.
#[derive(Clone)]
#[must_use = "a condition does nothing until a statement is given it"]
pub struct Filter(pub(super) Condition);

#[derive(Clone)]
pub(super) enum Condition {
    Compare(Node, Comparison, Node),
    Between(Node, Node, Node),
    OneOf(Node, Vec<Value>),
    IsNull(Node),
    Differ(Node, Node),
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
}

/// One term of the order of a query.
#[derive(Clone, Debug)]
#[must_use = "an order does nothing until a query is given it"]
pub struct Order {
    pub(super) by: Expr,
    pub(super) descending: bool,
    pub(super) nulls_first: Option<bool>,
}

/// The column of this name; in an upsert, that of the stored row.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// use orm::dynamic::{Table, Value, col, column};
///
/// let cities = Table::new("cities")
///     .column(column("name", "TEXT"))
///     .column(column("inhabitants", "BIGINT"))
///     .primary_key(["name"])
///     .build()?;
/// let db = orm::connect("sqlite::memory:").await?;
/// cities.create(&db).await?;
/// let rows = [
///     vec![Value::from("Rome"), Value::from(2_800_000)],
///     vec![Value::from("Oslo"), Value::from(700_000)],
/// ];
/// cities.insert_many(["name", "inhabitants"], &rows).execute(&db).await?;
///
/// let large = col("inhabitants").gt(1_000_000).and(col("name").like("R%"));
/// let found = cities.select().filter(large).fetch_one(&db).await?;
/// assert_eq!(found.get::<String>("name")?, "Rome");
/// # Ok(())
/// # }
/// ```
pub fn col(name: impl Into<String>) -> Expr {
    Expr(Node::Column(Which::Row, name.into()))
}

/// In an upsert, the column of this name of the row that is in the table.
pub fn stored(name: impl Into<String>) -> Expr {
    Expr(Node::Column(Which::Stored, name.into()))
}

/// In an upsert, the column of this name of the row that is supplied.
pub fn incoming(name: impl Into<String>) -> Expr {
    Expr(Node::Column(Which::Incoming, name.into()))
}

impl<V: Into<Value>> From<V> for Expr {
    fn from(value: V) -> Self {
        Self(Node::Value(value.into()))
    }
}

macro_rules! comparisons {
    ($($(#[$doc:meta])* $method:ident => $comparison:ident;)*) => {
        $(
            $(#[$doc])*
            pub fn $method(self, other: impl Into<Self>) -> Filter {
                Filter(Condition::Compare(self.0, Comparison::$comparison, other.into().0))
            }
        )*
    };
}

impl Expr {
    comparisons! {
        /// It is equal to the other.
        eq => Equal;
        /// It is not equal to the other.
        ne => NotEqual;
        /// It is less than the other.
        lt => Less;
        /// It is less than the other or equal to it.
        le => LessOrEqual;
        /// It is greater than the other.
        gt => Greater;
        /// It is greater than the other or equal to it.
        ge => GreaterOrEqual;
        /// It fits the pattern, in which `%` is any text and `_` any character.
        like => Like;
        /// It fits the pattern in upper or lower case.
        ilike => LikeInAnyCase;
    }

    /// It lies between the two, or is one of them.
    pub fn between(self, low: impl Into<Self>, high: impl Into<Self>) -> Filter {
        Filter(Condition::Between(self.0, low.into().0, high.into().0))
    }

    /// It is one of these values; of none of them, never.
    pub fn in_<V: Into<Value>>(self, values: impl IntoIterator<Item = V>) -> Filter {
        let values = values.into_iter().map(Into::into).collect();
        Filter(Condition::OneOf(self.0, values))
    }

    /// It is none of these values; of none of them, always.
    pub fn not_in<V: Into<Value>>(self, values: impl IntoIterator<Item = V>) -> Filter {
        !self.in_(values)
    }

    /// It is `NULL`.
    pub fn is_null(self) -> Filter {
        Filter(Condition::IsNull(self.0))
    }

    /// It is not `NULL`.
    pub fn is_not_null(self) -> Filter {
        !self.is_null()
    }

    /// It differs from the other, where `NULL` is like `NULL`.
    pub fn is_distinct_from(self, other: impl Into<Self>) -> Filter {
        Filter(Condition::Differ(self.0, other.into().0))
    }

    /// It is like the other, where `NULL` is like `NULL`.
    pub fn is_not_distinct_from(self, other: impl Into<Self>) -> Filter {
        !self.is_distinct_from(other)
    }

    /// The first of the two that is not `NULL`.
    pub fn coalesce(self, other: impl Into<Self>) -> Self {
        Self(Node::Coalesce(Box::new(self.0), Box::new(other.into().0)))
    }

    /// In ascending order.
    pub fn asc(self) -> Order {
        Order::from(self)
    }

    /// In descending order.
    pub fn desc(self) -> Order {
        Order {
            descending: true,
            ..Order::from(self)
        }
    }

    fn compute(self, operation: Arithmetic, other: Self) -> Self {
        Self(Node::Compute(
            Box::new(self.0),
            operation,
            Box::new(other.0),
        ))
    }
}

macro_rules! arithmetic {
    ($($operator:ident::$method:ident => $operation:ident;)*) => {
        $(
            impl<V: Into<Expr>> $operator<V> for Expr {
                type Output = Self;

                fn $method(self, other: V) -> Self {
                    self.compute(Arithmetic::$operation, other.into())
                }
            }
        )*
    };
}

arithmetic! {
    Add::add => Add;
    Sub::sub => Subtract;
    Mul::mul => Multiply;
}

impl Filter {
    /// Both hold.
    pub fn and(self, other: Self) -> Self {
        let mut all = match self.0 {
            Condition::All(all) => all,
            one => vec![one],
        };
        all.push(other.0);
        Self(Condition::All(all))
    }

    /// One of them holds at least.
    pub fn or(self, other: Self) -> Self {
        let mut any = match self.0 {
            Condition::Any(any) => any,
            one => vec![one],
        };
        any.push(other.0);
        Self(Condition::Any(any))
    }
}

/// It does not hold.
impl Not for Filter {
    type Output = Self;

    fn not(self) -> Self {
        Self(Condition::Not(Box::new(self.0)))
    }
}

impl Order {
    /// Rows without a value come first.
    pub fn nulls_first(mut self) -> Self {
        self.nulls_first = Some(true);
        self
    }

    /// Rows without a value come last.
    pub fn nulls_last(mut self) -> Self {
        self.nulls_first = Some(false);
        self
    }
}

impl From<Expr> for Order {
    fn from(by: Expr) -> Self {
        Self {
            by,
            descending: false,
            nulls_first: None,
        }
    }
}

// Values stay out of both: a statement may end up in a log.
impl fmt::Debug for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Expr").finish_non_exhaustive()
    }
}

impl fmt::Debug for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Filter").finish_non_exhaustive()
    }
}
