//! Functions over a window of rows.

use super::{Aggregate, Expr, Order};

/// A function over the rows around each row.
#[derive(Debug, Clone)]
pub struct Window {
    /// The function.
    pub call: WindowCall,
    /// The rows that belong together.
    pub partition: Vec<Expr>,
    /// Their order.
    pub order: Vec<Order>,
    /// Which of them the function sees, where it is not left to the database.
    pub frame: Option<Frame>,
}

/// A function and its arguments.
#[derive(Debug, Clone)]
pub enum WindowCall {
    /// A function of its own.
    Function(WindowFunction, Vec<Expr>),
    /// An aggregate, with the condition of the rows that count.
    Aggregate(Aggregate, Expr, Option<Expr>),
}

/// Functions that only windows have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowFunction {
    /// The number of the row, from one on.
    RowNumber,
    /// Its rank, where rows that are alike have the same and leave gaps.
    Rank,
    /// Its rank without gaps.
    DenseRank,
    /// The value of the row at this distance before it.
    Lag(u32),
    /// The value of the row at this distance behind it.
    Lead(u32),
    /// The value of the first row of the frame.
    FirstValue,
    /// The value of the last row of the frame.
    LastValue,
}

/// The rows of a window that a function sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// The first of them.
    pub from: FrameBound,
    /// The last of them.
    pub to: FrameBound,
}

/// An end of a frame, seen from each row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameBound {
    /// The first row of the partition: `UNBOUNDED PRECEDING`.
    UnboundedPreceding,
    /// A number of rows before: `n PRECEDING`.
    Preceding(u32),
    /// The row itself: `CURRENT ROW`.
    CurrentRow,
    /// A number of rows behind: `n FOLLOWING`.
    Following(u32),
    /// The last row of the partition: `UNBOUNDED FOLLOWING`.
    UnboundedFollowing,
}

impl Window {
    /// Moves its slots up by `by`.
    pub(super) fn shift(&mut self, by: usize) {
        let (arguments, condition): (&mut [Expr], _) = match &mut self.call {
            WindowCall::Function(_, arguments) => (arguments, None),
            WindowCall::Aggregate(_, of, condition) => {
                (std::slice::from_mut(of), condition.as_mut())
            }
        };
        let all = arguments
            .iter_mut()
            .chain(condition)
            .chain(&mut self.partition)
            .chain(self.order.iter_mut().map(|order| &mut order.by));
        for each in all {
            each.shift(by);
        }
    }
}
