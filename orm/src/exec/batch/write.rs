//! Writes the records of a batch in the way that was decided on.

use std::ops::Range;

use super::answer::{Answer, Statement};
use super::duplicates;
use super::encode::{Encoder, Payload};
use super::per_row::PerRow;
use super::send::Meter;
use super::sequential::Sequential;
use super::stage::StagingTable;
use super::strategy::{self, Sizes, Strategy, Write};
use super::{Carrier, Steps};
use crate::backend::{Backend, Connection};
use crate::dialect::Dialect;
use crate::error::{Error, Result};
use crate::exec::run::LoadRow;
use crate::render;
use crate::stmt::{Batch, Source};

/// Writes records of a batch.
pub(super) struct BatchWriter<'j, DB: Backend> {
    pub(super) batch: &'j Batch,
    pub(super) encoder: Encoder<'j, DB>,
    /// Makes the texts of statements about one record.
    pub(super) steps: &'j Steps<'j>,
    pub(super) meter: Meter<'j>,
    pub(super) carrier: Carrier,
    /// Whether they may go by `COPY`.
    pub(super) may_copy: bool,
}

impl<DB: Backend> Clone for BatchWriter<'_, DB> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<DB: Backend> Copy for BatchWriter<'_, DB> {}

impl<'j, DB: Backend> BatchWriter<'j, DB> {
    /// How these records are written, and what is encoded of them before.
    pub(super) fn plan(
        &self,
        range: Range<usize>,
        dialect: &dyn Dialect,
    ) -> Result<(Strategy, Payload<DB>)> {
        let capabilities = dialect.capabilities();
        // Where there are no arrays, nothing depends on the types.
        let types = if capabilities.has_arrays {
            self.encoder.types(range.start)
        } else {
            Vec::new()
        };
        let sizes = Sizes {
            rows: range.len(),
            closures: self.encoder.closures(),
            nests_arrays: types.iter().any(|name| dialect.is_array(name)),
            chunk_rows: self.encoder.chunk_rows,
            carrier: self.carrier,
            may_copy: self.may_copy,
        };
        let strategy = strategy::strategy(self.batch, capabilities, &sizes);
        let delivery = strategy.delivery;
        let payload = self
            .encoder
            .payload(range, types, delivery, capabilities, &sizes)?;
        Ok((strategy, payload))
    }

    /// Writes these records in a transaction that is open. `tidy` leaves no staging table behind.
    pub(super) async fn write<C, T>(
        &self,
        within: &mut C,
        range: Range<usize>,
        write: Write,
        payload: Payload<DB>,
        tidy: bool,
        load: LoadRow<DB, T>,
    ) -> Result<Answer<T>>
    where
        C: Connection<Backend = DB>,
        T: Send,
    {
        match payload {
            Payload::Arguments(source, arguments) => {
                self.write_found(within, range.start, write, source, arguments, load)
                    .await
            }
            Payload::Staged(staging, types) => {
                let staged = self.staging_table(self.batch, &types);
                let first = range.start;
                staged.fill(within, staging, range).await?;
                let (source, none) = (Source::Staged(types.clone()), self.encoder.none());
                let answer = self
                    .write_found(within, first, write, source, none, load)
                    .await?;
                if tidy {
                    staged.leave(within).await?;
                }
                Ok(answer)
            }
            Payload::WithStatements(probe) => {
                let sequential = Sequential { writer: *self };
                sequential.write(within, range, write, probe, load).await
            }
        }
    }

    /// Writes the records that a statement finds in this source.
    pub(super) async fn write_found<C, T>(
        &self,
        connection: &mut C,
        first: usize,
        write: Write,
        source: Source,
        arguments: DB::Arguments,
        load: LoadRow<DB, T>,
    ) -> Result<Answer<T>>
    where
        C: Connection<Backend = DB>,
        T: Send,
    {
        let batch = Batch {
            source,
            ..self.batch.clone()
        };
        let lists_duplicates = match write {
            Write::Statement { lists_duplicates } => lists_duplicates,
            Write::PerRow(statement) => {
                let order = duplicates::in_order(connection, &batch, arguments, first).await?;
                let per_row = PerRow {
                    writer: *self,
                    statement,
                };
                return per_row.write(connection, order, load).await;
            }
            Write::Sequential { .. } => return Err(super::bug("one statement")),
        };
        let left_out = if lists_duplicates {
            duplicates::left_out(connection, &batch, arguments.clone(), first).await?
        } else {
            Vec::new()
        };
        let text = render::batch(&batch, connection.dialect());
        let statement = Statement {
            text: text.into(),
            arguments: self.encoder.with_closures(arguments)?,
            first,
            left_out,
        };
        statement.send(connection, &batch, load).await
    }

    /// The staging table for what this batch supplies of the records.
    pub(super) fn staging_table<'s>(
        &self,
        batch: &'s Batch,
        types: &'s [String],
    ) -> StagingTable<'s, DB>
    where
        'j: 's,
    {
        // Where the records themselves are written later, this is no progress.
        let is_progress = batch.insert.columns.len() == self.encoder.columns();
        StagingTable {
            encoder: self.encoder,
            meter: if is_progress {
                self.meter
            } else {
                self.meter.silent()
            },
            batch,
            types,
        }
    }

    /// The error of a statement that begins or ends a transaction.
    pub(super) fn failed(&self, error: sqlx::Error) -> Error {
        Error::from_sqlx(error).of_table(&self.batch.insert.table.name)
    }
}
