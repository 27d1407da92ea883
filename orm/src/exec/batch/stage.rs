//! What one statement cannot carry waits in a temporary table.

use std::ops::Range;

use super::Job;
use super::carry::{Way, number};
use crate::backend::{Backend, Connection, Gathered, Layout};
use crate::dialect::Dialect;
use crate::error::Result;
use crate::render;
use crate::value::Binder;

impl<DB: Backend> Job<'_, DB> {
    /// Makes the staging table and puts these records in it, in a transaction that is open.
    pub(super) async fn stage<C>(
        &self,
        within: &mut C,
        way: Way,
        range: Range<usize>,
        types: &[String],
    ) -> Result<()>
    where
        C: Connection<Backend = DB>,
    {
        let dialect = within.dialect();
        let create = render::create_staged(&self.batch, types, dialect);
        let made = within.run_script(create).await;
        made.map_err(|error| self.failed(error))?;
        let mut rest = range.clone();
        while !rest.is_empty() {
            let chunk = self.chunk(way, &rest, range.start, types, dialect)?;
            let sent = match chunk.what {
                What::Rows(sql, rows) => within.copy(sql.into(), rows).await,
                What::Statement(sql, arguments) => {
                    within.execute(sql.into(), arguments).await.map(drop)
                }
            };
            sent.map_err(|error| self.failed(error))?;
            rest.start = chunk.end;
            if !rest.is_empty() {
                self.tell_progress(rest.start);
            }
        }
        Ok(())
    }

    /// Drops the staging table.
    pub(super) async fn unstage<C>(&self, within: &mut C) -> Result<()>
    where
        C: Connection<Backend = DB>,
    {
        let dropped = within
            .run_script(render::drop_staged(within.dialect()))
            .await;
        dropped.map_err(|error| self.failed(error))
    }

    fn chunk(
        &self,
        way: Way,
        rest: &Range<usize>,
        first: usize,
        types: &[String],
        dialect: &dyn Dialect,
    ) -> Result<Chunk<DB>> {
        let layout = match way {
            Way::Values => return self.chunk_of_values(rest, first, dialect),
            Way::Arrays => Layout::Arrays,
            Way::Copy => Layout::Rows,
        };
        let (gathered, end) = self.gather(layout, rest, first)?;
        let what = match gathered {
            Some(gathered) if gathered.is_self_contained() => match layout {
                Layout::Rows => What::Rows(
                    render::copy_staged(&self.batch, dialect),
                    gathered.into_rows(),
                ),
                Layout::Arrays => {
                    let mut arguments = DB::arguments(self.live);
                    self.bind_arrays(gathered, &mut arguments)?;
                    let mut values = Binder::<DB>::with(self.live, arguments);
                    values.put_number(number(rest.start - first) - 1);
                    What::Statement(
                        render::stage_arrays(&self.batch, types, dialect),
                        values.finish_for(self.batch.insert.table, |_| None)?,
                    )
                }
            },
            Some(_) | None => return self.chunk_of_values(rest, first, dialect),
        };
        Ok(Chunk { what, end })
    }

    fn chunk_of_values(
        &self,
        rest: &Range<usize>,
        first: usize,
        dialect: &dyn Dialect,
    ) -> Result<Chunk<DB>> {
        let rows = rest.len().min(self.rows_of_values(dialect));
        let end = rest.start + rows;
        let what = What::Statement(
            render::stage_values(&self.batch, rows, dialect),
            self.values(rest.start..end, Some(first))?,
        );
        Ok(Chunk { what, end })
    }
}

/// Some records on their way, and which is the next.
struct Chunk<DB: Backend> {
    what: What<DB>,
    end: usize,
}

enum What<DB: Backend> {
    Rows(String, Vec<u8>),
    Statement(String, DB::Arguments),
}
