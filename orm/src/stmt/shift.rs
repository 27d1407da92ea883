//! Slots of a statement that becomes a part of another one.

use super::{Expr, Projection, Select};

impl Expr {
    /// The same expression, with its slots moved up by `by`.
    #[must_use]
    pub fn shifted(mut self, by: usize) -> Self {
        if by > 0 {
            self.shift(by);
        }
        self
    }

    pub(super) fn shift(&mut self, by: usize) {
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
            | Self::Outer(inner)
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
            Self::Exists(query) | Self::Scalar(query) => query.shift(by),
            Self::Window(window) => window.shift(by),
            Self::InQuery(inner, query) => {
                inner.shift(by);
                query.shift(by);
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
}

impl Select {
    /// Moves its slots up by `by`.
    pub(super) fn shift(&mut self, by: usize) {
        let projected: &mut [Expr] = match &mut self.projection {
            Projection::Exprs(exprs) => exprs,
            Projection::Named(expr) => std::slice::from_mut(expr),
            Projection::Row | Projection::Columns(_) | Projection::Nothing => &mut [],
        };
        let on = self.joins.iter_mut().filter_map(|join| join.on.as_mut());
        let all = projected
            .iter_mut()
            .chain(on)
            .chain(&mut self.filter)
            .chain(&mut self.group)
            .chain(&mut self.having)
            .chain(self.order.iter_mut().map(|order| &mut order.by));
        for each in all {
            each.shift(by);
        }
        if let Some(derived) = &mut self.derived {
            derived.shift(by);
        }
    }

    /// The same query, with its slots moved up by `by`.
    #[must_use]
    pub fn shifted(mut self, by: usize) -> Self {
        if by > 0 {
            self.shift(by);
        }
        self
    }
}
