//! Updates and deletes of a table that is known at run time only.

use std::fmt;
use std::sync::Arc;

use futures_core::future::BoxFuture;

use super::expr::{Expr, Filter, Node};
use super::lower::Lowering;
use super::mistake::Mistake;
use super::reading::{self, Reading};
use super::row::Row;
use super::table::Described;
use crate::backend::Backend;
use crate::driver::HoldsValues;
use crate::error::Result;
use crate::exec::{self, Executor, Ready};
use crate::render;
use crate::stmt::{self, Assignment, Verb};
use crate::value::{Read, Value};

/// An update of a table's rows. The first mistake is kept and told when it is run, before anything is sent.
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
/// let rome = [("name", Value::from("Rome")), ("inhabitants", Value::from(1))];
/// cities.insert(rome).execute(&db).await?;
///
/// let grown = cities
///     .update()
///     .set_with("inhabitants", col("inhabitants") + 1)
///     .filter(col("name").eq("Rome"))
///     .fetch_all(&db)
///     .await?;
/// assert_eq!(grown[0].get::<i64>("inhabitants")?, 2);
/// assert_eq!(cities.delete().all_rows().execute(&db).await?, 1);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "an update does nothing until it is executed: end it with `execute` or `fetch_all`"]
pub struct Update {
    change: Change,
}

/// A delete of a table's rows. The first mistake is kept and told when it is run, before anything is sent.
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> orm::Result<()> {
/// use orm::dynamic::{Table, Value, col, column};
///
/// let cities = Table::new("cities").column(column("name", "TEXT")).primary_key(["name"]).build()?;
/// let db = orm::connect("sqlite::memory:").await?;
/// cities.create(&db).await?;
/// cities.insert([("name", Value::from("Rome"))]).execute(&db).await?;
///
/// let gone = cities.delete().filter(col("name").like("R%")).fetch_all(&db).await?;
/// assert_eq!(gone[0].get::<String>("name")?, "Rome");
/// // Without `filter` or `all_rows` it is refused.
/// assert!(cities.delete().execute(&db).await.is_err());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "a delete does nothing until it is executed: end it with `execute` or `fetch_all`"]
pub struct Delete {
    change: Change,
}

/// Which rows, and what becomes of them.
struct Change {
    table: Arc<Described>,
    /// The new values of an update; `None` where the rows go.
    assigned: Option<Vec<(usize, Node)>>,
    filter: Vec<Filter>,
    of_all_rows: bool,
    returning: Option<Vec<usize>>,
    mistake: Mistake,
}

impl Update {
    pub(super) fn of(table: Arc<Described>) -> Self {
        Self {
            change: Change::of(table, Some(Vec::new())),
        }
    }

    /// Sets a column to a value.
    pub fn set(self, column: &str, value: impl Into<Value>) -> Self {
        self.set_with(column, Expr::from(value.into()))
    }

    /// Sets a column to what is computed of the row.
    pub fn set_with(mut self, column: &str, value: impl Into<Expr>) -> Self {
        self.change.set(column, value.into().0);
        self
    }
}

impl Delete {
    pub(super) fn of(table: Arc<Described>) -> Self {
        Self {
            change: Change::of(table, None),
        }
    }
}

macro_rules! verbs {
    ($($verb:ident)*) => {
        $(
            impl $verb {
                /// Only rows for which this holds too.
                pub fn filter(mut self, filter: Filter) -> Self {
                    self.change.filter.push(filter);
                    self
                }

                /// All rows of the table.
                pub fn all_rows(mut self) -> Self {
                    self.change.of_all_rows = true;
                    self
                }

                /// Gives these columns of each row back, instead of all.
                pub fn returning<N: AsRef<str>>(
                    mut self,
                    columns: impl IntoIterator<Item = N>,
                ) -> Self {
                    self.change.returning = Some(self.change.mistake.positions(columns));
                    self
                }

                /// Runs it; how many rows there were.
                ///
                /// # Errors
                ///
                /// [`ErrorKind::Statement`](crate::ErrorKind::Statement) for a mistake in it, and what the
                /// database refuses.
                pub fn execute<'c, E: Executor<'c, Backend: HoldsValues> + 'c>(
                    self,
                    on: E,
                ) -> BoxFuture<'c, Result<u64>> {
                    let ready = self.change.ready::<E::Backend>(on.live(), None);
                    exec::execute(on, ready)
                }

                /// Runs it; the rows that it was about, in no order.
                ///
                /// # Errors
                ///
                /// As [`execute`](Self::execute).
                pub fn fetch_all<'c, E: Executor<'c, Backend: HoldsValues> + 'c>(
                    self,
                    on: E,
                ) -> BoxFuture<'c, Result<Vec<Row>>>
                where
                    Value: Read<E::Backend>,
                {
                    self.change.fetch_all(on)
                }
            }
        )*
    };
}

verbs!(Update Delete);

impl Change {
    fn of(table: Arc<Described>, assigned: Option<Vec<(usize, Node)>>) -> Self {
        Self {
            mistake: Mistake::none(&table),
            table,
            assigned,
            filter: Vec::new(),
            of_all_rows: false,
            returning: None,
        }
    }

    fn set(&mut self, column: &str, value: Node) {
        let Some(at) = self.mistake.position(column) else {
            return;
        };
        if self.table.def.columns[at].generated.is_some() {
            let message = format!("`{column}` is computed and cannot be set");
            self.mistake.note(message);
        }
        let assigned = self.assigned.get_or_insert_default();
        if assigned.iter().any(|(known, _)| *known == at) {
            let message = format!("an update sets the column `{column}` twice; set it once");
            self.mistake.note(message);
        }
        assigned.push((at, value));
    }

    fn fetch_all<'c, E: Executor<'c, Backend: HoldsValues> + 'c>(
        self,
        on: E,
    ) -> BoxFuture<'c, Result<Vec<Row>>>
    where
        Value: Read<E::Backend>,
    {
        let dialect = <E::Backend as Backend>::dialect(on.live());
        let reading = Reading::of(&self.table, self.returning.as_deref(), dialect);
        let ready = self.ready::<E::Backend>(on.live(), Some(&reading));
        let sent = exec::fetch_all(on, ready, reading::values::<E::Backend>);
        Box::pin(async move {
            let rows = sent.await?.into_iter();
            Ok(rows.map(|values| reading.row(values)).collect())
        })
    }

    fn ready<DB: HoldsValues>(
        &self,
        live: DB::Live,
        reading: Option<&Reading>,
    ) -> Result<Ready<DB>> {
        self.mistake.check()?;
        let wrong = |message| self.mistake.of(message);
        if self.filter.is_empty() && !self.of_all_rows {
            return Err(self.mistake.of(
                "this statement does not say which rows it is about; call `filter`, or `all_rows` if it is \
                 about all rows of the table",
            ));
        }
        let (table, dialect) = (&*self.table, DB::dialect(live));
        let mut lowering = Lowering::of(table, None, dialect);
        let verb = match &self.assigned {
            None => Verb::Delete,
            Some(assigned) if assigned.is_empty() => {
                return Err(self
                    .mistake
                    .of("an update sets no column; call `set` before it is executed"));
            }
            Some(assigned) => {
                let mut assignments = Vec::with_capacity(assigned.len());
                for (column, node) in assigned {
                    let value = lowering.assigned(*column, node).map_err(wrong)?;
                    let column = *column;
                    assignments.push(Assignment { column, value });
                }
                Verb::Update(assignments)
            }
        };
        let change = stmt::Change {
            table: (&table.def).into(),
            verb,
            filter: lowering.all(&self.filter).map_err(wrong)?,
            returning: reading.map(Reading::projection),
        };
        let sql = render::change(&change, dialect);
        lowering.into_values().ready(&table.def, sql, live)
    }
}

impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without values: a statement may end up in a log.
        f.debug_struct("Change")
            .field("table", &self.table.def.name)
            .finish_non_exhaustive()
    }
}
