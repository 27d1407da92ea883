//! From names to positions: what was said about columns becomes an expression of a statement, and its values
//! become arguments of the types of their columns.

use super::expr::{Condition, Filter, Node, Which};
use super::fit;
use super::table::Described;
use super::wire;
use crate::dialect::Dialect;
use crate::driver::HoldsValues;
use crate::error::Result;
use crate::exec::Ready;
use crate::render::{Bind, Sql};
use crate::schema::{Name, TableDef};
use crate::stmt::{Comparison, Expr, Function, Qualifier};
use crate::value::{Binder, Kind, Value, text};

/// What is wrong with an expression.
pub(super) type Wrong = String;

/// Makes expressions of a statement, and collects their values in the order of its text.
pub(super) struct Lowering<'t> {
    table: &'t Described,
    dialect: &'t dyn Dialect,
    /// In an upsert, the positions of the columns that the row supplies.
    supplied: Option<&'t [usize]>,
    values: Bound,
}

/// The values in the slots of a statement, each with the kind that it is sent as.
#[derive(Clone, Default)]
pub(super) struct Bound(Vec<(Kind, Value)>);

impl Bound {
    /// Binds them in the order of the slots.
    pub(super) fn bind<DB: HoldsValues>(&self, to: &mut Binder<DB>) {
        for (kind, value) in &self.0 {
            DB::put(*kind, value, to);
        }
    }

    /// The statement of this text, its arguments bound in their order.
    pub(super) fn ready<DB: HoldsValues>(
        &self,
        table: &TableDef,
        Sql { text, binds, .. }: Sql,
        live: DB::Live,
    ) -> Result<Ready<DB>> {
        let mut values = Binder::new(live);
        for bind in binds {
            match bind {
                Bind::Slot(slot) => {
                    if let Some((kind, value)) = self.0.get(slot) {
                        DB::put(*kind, value, &mut values);
                    }
                }
                // More rows than an i64 counts there never are.
                Bind::Rows(rows) => values.put_number(i64::try_from(rows).unwrap_or(i64::MAX)),
            }
        }
        Ready::new(table, Ok(text.into()), values, |_| None)
    }

    /// Adds a value; the expression that it is.
    fn add(&mut self, kind: Kind, value: Value) -> Expr {
        self.0.push((kind, value));
        Expr::Bind(self.0.len() - 1)
    }
}

impl<'t> Lowering<'t> {
    pub(super) fn of(
        table: &'t Described,
        supplied: Option<&'t [usize]>,
        dialect: &'t dyn Dialect,
    ) -> Self {
        Self {
            table,
            dialect,
            supplied,
            values: Bound::default(),
        }
    }

    /// The values of all that has been made.
    pub(super) fn into_values(self) -> Bound {
        self.values
    }

    /// The new value of the column at this position.
    pub(super) fn assigned(&mut self, at: usize, node: &Node) -> Result<Expr, Wrong> {
        if let Node::Value(value) = node {
            let column = &self.table.def.columns[at];
            if value.is_null() && !column.nullable {
                return Err(format!("`{}` may not be `NULL`", column.name));
            }
        }
        self.operand(node, Some(at), false)
    }

    /// All of these conditions, where there are any.
    pub(super) fn all(&mut self, filters: &[Filter]) -> Result<Option<Expr>, Wrong> {
        let mut all = None;
        for Filter(condition) in filters {
            let condition = self.condition(condition)?;
            all = Some(match all.take() {
                Some(before) => Expr::and(before, condition),
                None => condition,
            });
        }
        Ok(all)
    }

    pub(super) fn condition(&mut self, condition: &Condition) -> Result<Expr, Wrong> {
        Ok(match condition {
            Condition::Compare(left, comparison, right) => {
                self.compare(left, *comparison, right)?
            }
            Condition::Between(node, low, high) => {
                let like = self.column_of([node, low, high])?;
                Expr::Between(
                    Box::new(self.operand(node, like, false)?),
                    Box::new(self.operand(low, like, false)?),
                    Box::new(self.operand(high, like, false)?),
                )
            }
            Condition::OneOf(node, values) => self.one_of(node, values)?,
            Condition::IsNull(node) => {
                let like = self.column_of([node])?;
                Expr::IsNull(Box::new(self.operand(node, like, false)?))
            }
            Condition::Differ(left, right) => {
                let like = self.column_of([left, right])?;
                Expr::Differ(
                    Box::new(self.operand(left, like, false)?),
                    Box::new(self.operand(right, like, false)?),
                )
            }
            Condition::All(all) => Expr::And(self.conditions(all)?),
            Condition::Any(any) => Expr::Or(self.conditions(any)?),
            Condition::Not(inner) => Expr::Not(Box::new(self.condition(inner)?)),
        })
    }

    fn conditions(&mut self, all: &[Condition]) -> Result<Vec<Expr>, Wrong> {
        all.iter().map(|each| self.condition(each)).collect()
    }

    fn compare(&mut self, left: &Node, by: Comparison, right: &Node) -> Result<Expr, Wrong> {
        if [left, right]
            .iter()
            .any(|node| matches!(node, Node::Value(Value::Null)))
        {
            return Err(
                "nothing is equal to `NULL`; call `is_null`, or `is_not_distinct_from`".to_owned(),
            );
        }
        if let (Comparison::Like | Comparison::LikeInAnyCase, Node::Value(value)) = (by, right)
            && !matches!(value, Value::Text(_))
        {
            return Err(format!("a pattern is a text, and this is {}", value.name()));
        }
        let like = self.column_of([left, right])?;
        let is_column = |node: &Node| matches!(node, Node::Column(..));
        let (beside_left, beside_right) = (is_column(right), is_column(left));
        let left = self.operand(left, like, beside_left)?;
        let right = self.operand(right, like, beside_right)?;
        Ok(left.compare(by, right))
    }

    fn one_of(&mut self, node: &Node, values: &[Value]) -> Result<Expr, Wrong> {
        let at = self.column_of([node])?;
        if values.iter().any(Value::is_null) {
            return Err("nothing is equal to `NULL`; leave it out of the list".to_owned());
        }
        if values.is_empty() {
            return Ok(Expr::Or(Vec::new()));
        }
        let inner = self.operand(node, at, false)?;
        let Some(at) = at else {
            return Err(ALONE.to_owned());
        };
        if let (Some(element), true) = (
            self.table.types[at].element(),
            self.dialect.types_arguments(),
        ) {
            for value in values {
                self.check(at, value)?;
            }
            // One argument, so that the text is the same for lists of any length.
            let list = text(&Value::Array(values.to_vec())).into_owned();
            let array = self.values.add(Kind::Text, Value::Text(list));
            let array = Expr::Made(format!("{{}}::{element}[]").into(), Box::new(array));
            return Ok(Expr::Function(Function::ElementOf, vec![inner, array]));
        }
        let mut parts = Vec::new();
        // Each `OR` is a step deeper for SQLite, which goes down 1,000 of them.
        for part in values.chunks(500) {
            let mut any = Vec::with_capacity(part.len());
            for value in part {
                let value = self.operand(&Node::Value(value.clone()), Some(at), true)?;
                any.push(inner.clone().compare(Comparison::Equal, value));
            }
            parts.push(Expr::Or(any));
        }
        Ok(Expr::Or(parts))
    }

    /// The first column in these, by which their values are sent.
    fn column_of<'n>(
        &self,
        nodes: impl IntoIterator<Item = &'n Node>,
    ) -> Result<Option<usize>, Wrong> {
        for node in nodes {
            let found = match node {
                Node::Column(_, name) => Some(self.position(name)?),
                Node::Value(_) => None,
                Node::Compute(left, _, right) | Node::Coalesce(left, right) => {
                    self.column_of([&**left, &**right])?
                }
            };
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// An operand. Its values are sent as those of the column `like`; where they stand `beside` that in a
    /// comparison, the renderer sees to it that they are compared as the column compares.
    pub(super) fn operand(
        &mut self,
        node: &Node,
        like: Option<usize>,
        beside: bool,
    ) -> Result<Expr, Wrong> {
        Ok(match node {
            Node::Column(which, name) => {
                let at = self.position(name)?;
                Expr::Column(self.qualifier(*which, at)?, at)
            }
            Node::Value(value) => {
                let at = like.ok_or_else(|| ALONE.to_owned())?;
                self.check(at, value)?;
                let (cast, bind) = self.push(at, value);
                let own = || {
                    if self.table.types[at].is_real() {
                        return self.dialect.types_arguments().then(|| "{}::REAL".into());
                    }
                    let column = &self.table.def.columns[at];
                    let name = self.dialect.compared_as(column).filter(|_| !beside)?;
                    Some(format!("{{}}::{name}").into())
                };
                match cast.or_else(own) {
                    Some(cast) => Expr::Made(cast, Box::new(bind)),
                    None => bind,
                }
            }
            Node::Compute(left, operation, right) => {
                let like = self.column_of([&**left, &**right])?.or(like);
                Expr::Compute(
                    Box::new(self.operand(left, like, false)?),
                    *operation,
                    Box::new(self.operand(right, like, false)?),
                )
            }
            Node::Coalesce(first, second) => {
                let like = self.column_of([&**first, &**second])?.or(like);
                Expr::Coalesce(
                    Box::new(self.operand(first, like, false)?),
                    Box::new(self.operand(second, like, false)?),
                )
            }
        })
    }

    /// Adds a value of this column; the SQL that makes one of the column's type of it, where that is
    /// needed.
    fn push(&mut self, at: usize, value: &Value) -> (Option<Name>, Expr) {
        let column = &self.table.def.columns[at];
        let wire = wire::wire(column, Kind::of(value), self.dialect);
        let (kind, value) = wire::sent(value, &wire, column);
        let bind = self.values.add(kind, value.into_owned());
        (wire.cast, bind)
    }

    fn check(&self, at: usize, value: &Value) -> Result<(), Wrong> {
        match fit::unfit(self.table, at, value, self.dialect.types_arguments()) {
            Some(why) => Err(why),
            None => Ok(()),
        }
    }

    fn position(&self, name: &str) -> Result<usize, Wrong> {
        let at = self.table.def.position(name);
        at.ok_or_else(|| format!("there is no column `{name}`"))
    }

    fn qualifier(&self, which: Which, at: usize) -> Result<Qualifier, Wrong> {
        let name = &self.table.def.columns[at].name;
        match (which, self.supplied) {
            (Which::Row, None) => Ok(Qualifier::Row),
            (Which::Row | Which::Stored, Some(_)) => Ok(Qualifier::Stored),
            (Which::Incoming, Some(supplied)) if supplied.contains(&at) => Ok(Qualifier::Incoming),
            (Which::Incoming, Some(_)) => Err(format!("the row does not supply `{name}`")),
            (Which::Stored | Which::Incoming, None) => Err(format!(
                "only an upsert has a stored and an incoming row; write `col(\"{name}\")`"
            )),
        }
    }
}

const ALONE: &str = "an expression without a column has no type; name a column in it";
