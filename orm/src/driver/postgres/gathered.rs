//! The values of many records in PostgreSQL's binary forms of arrays and of `COPY`.
//!
//! Every value is written once, by sqlx's own encoder of its type, into the place it is sent from.

use sqlx::encode::IsNull;
use sqlx::postgres::{PgArgumentBuffer, PgTypeInfo};
use sqlx::{Encode, Postgres, Type};

use super::TypedArguments;
use super::moments;
use super::value::OPEN;
use crate::backend::Gathered;
use crate::error::Complaint;

/// Encoded values.
#[doc(hidden)]
#[derive(Debug)]
pub struct Encoded {
    layout: Layout,
    /// One for each column; where rows are laid out, one for all of them.
    buffers: Vec<Elements>,
    /// For each column, whether its type has a name only, and its number is known to the server alone.
    named: Vec<bool>,
    /// The column that comes next.
    place: usize,
    /// How many records have begun.
    begun: usize,
    bytes: usize,
    self_contained: bool,
}

#[derive(Debug, Clone, Copy)]
enum Layout {
    /// One array for each column, for so many records or so many bytes at most.
    Arrays { records: usize, bytes: usize },
    /// Row by row, as `COPY` takes them.
    Rows,
}

/// The values of a column, each with its length before it.
struct Elements {
    buffer: PgArgumentBuffer,
    count: i32,
    /// Writes what an empty array of the column's type is sent as.
    empty_array: EmptyArray,
}

type EmptyArray = fn(&mut PgArgumentBuffer) -> Result<IsNull, Complaint>;

/// Room that is made for the values of a column before they are known: the first may be longer than all
/// others.
const ROOM: usize = 64 << 10;
/// So many records tell how long values are, and how much room there has to be for all.
const SAMPLE: usize = 64;
const NULL: [u8; 4] = (-1_i32).to_be_bytes();

impl Encoded {
    fn new(layout: Layout, buffers: Vec<Elements>) -> Self {
        Self {
            layout,
            buffers,
            named: Vec::new(),
            place: 0,
            begun: 0,
            bytes: 0,
            self_contained: true,
        }
    }

    /// Adds the next value of a record.
    pub(super) fn add<'q, T>(&mut self, value: &T) -> Result<(), Complaint>
    where
        T: Encode<'q, Postgres> + Type<Postgres>,
    {
        let place = self.place;
        self.place += 1;
        if place == self.named.len() {
            self.begin_column(value);
        }
        let at = match self.layout {
            Layout::Arrays { .. } => place,
            Layout::Rows => 0,
        };
        let elements = &mut self.buffers[at];
        let start = elements.add(value)?;
        self.bytes += elements.buffer.len() - start;
        if self.named[place] && has_holes(&elements.buffer[start + 4..]) {
            self.self_contained = false;
        }
        Ok(())
    }

    /// Makes a place for the values of a column of which this is the first.
    #[cold]
    fn begin_column<'q, T>(&mut self, value: &T)
    where
        T: Encode<'q, Postgres> + Type<Postgres>,
    {
        self.named.push(T::type_info().oid().is_none());
        if let Layout::Arrays { records, .. } = self.layout {
            let all = (NULL.len() + value.size_hint()).saturating_mul(records);
            self.buffers.push(Elements::of::<T>(all.min(ROOM)));
        }
    }
}

impl Gathered for Encoded {
    type Backend = Postgres;

    fn arrays((): (), records: usize, bytes: usize) -> Option<Self> {
        Some(Self::new(Layout::Arrays { records, bytes }, Vec::new()))
    }

    fn rows((): (), there: Vec<u8>) -> Option<Self> {
        let mut rows = Elements::of::<i64>(0);
        *rows.buffer = there;
        Some(Self::new(Layout::Rows, vec![rows]))
    }

    fn begin_row(&mut self, columns: usize) {
        self.place = 0;
        match self.layout {
            Layout::Arrays { records, bytes } if self.begun == SAMPLE => {
                let fit = bytes / self.bytes.div_ceil(SAMPLE).max(1);
                let rest = records.min(fit).saturating_sub(SAMPLE);
                for Elements { buffer, .. } in &mut self.buffers {
                    let each = buffer.len().div_ceil(SAMPLE);
                    buffer.reserve(each.saturating_mul(rest));
                }
            }
            Layout::Arrays { .. } => {}
            Layout::Rows => {
                // A table of PostgreSQL has 1,600 columns at most.
                let columns = i16::try_from(columns).unwrap_or(i16::MAX);
                let rows = &mut self.buffers[0].buffer;
                rows.extend_from_slice(&columns.to_be_bytes());
            }
        }
        self.begun += 1;
    }

    fn number(&mut self, value: i64) {
        if let Layout::Rows = self.layout {
            let rows = &mut self.buffers[0].buffer;
            rows.extend_from_slice(&8_i32.to_be_bytes());
            rows.extend_from_slice(&value.to_be_bytes());
        }
    }

    fn bytes(&self) -> usize {
        self.bytes
    }

    fn is_self_contained(&self) -> bool {
        self.self_contained
    }

    fn bind(self, to: &mut TypedArguments) -> Result<(), Complaint> {
        to.reserve(self.buffers.len(), self.bytes + 24 * self.buffers.len());
        for elements in self.buffers {
            to.add(elements)?;
        }
        Ok(())
    }

    fn into_rows(mut self) -> Vec<u8> {
        let rows = self.buffers.first_mut();
        rows.map_or_else(Vec::new, |rows| std::mem::take(&mut *rows.buffer))
    }
}

impl Elements {
    /// None yet, with room for so many bytes of them.
    fn of<'q, T>(room: usize) -> Self
    where
        T: Encode<'q, Postgres> + Type<Postgres>,
    {
        let mut buffer = PgArgumentBuffer::default();
        buffer.reserve(room);
        Self {
            buffer,
            count: 0,
            empty_array: |to| Encode::<Postgres>::encode_by_ref(&(&[] as &[T]), to),
        }
    }

    /// Adds a value; where it begins.
    fn add<'q, T>(&mut self, value: &T) -> Result<usize, Complaint>
    where
        T: Encode<'q, Postgres> + Type<Postgres>,
    {
        let start = self.buffer.len();
        self.buffer.extend_from_slice(&NULL);
        if let IsNull::No = moments::encode(value, &mut self.buffer)? {
            let length = i32::try_from(self.buffer.len() - start - 4)?;
            self.buffer[start..start + 4].copy_from_slice(&length.to_be_bytes());
        }
        self.count += 1;
        Ok(start)
    }
}

/// As an array.
impl Encode<'_, Postgres> for Elements {
    fn encode_by_ref(&self, to: &mut PgArgumentBuffer) -> Result<IsNull, Complaint> {
        // Dimensions, flags, the type of the elements, their number, the first index. sqlx asks the
        // server for a type that it knows by name only, and fills it in.
        let start = to.len();
        let empty = (self.empty_array)(to)?;
        to[start + 12..start + 16].copy_from_slice(&self.count.to_be_bytes());
        to.extend_from_slice(&self.buffer);
        Ok(empty)
    }
}

impl Type<Postgres> for Elements {
    fn type_info() -> PgTypeInfo {
        // The text of the statement says what it is.
        OPEN
    }
}

impl std::fmt::Debug for Elements {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Elements")
            .field("count", &self.count)
            .finish_non_exhaustive()
    }
}

/// Whether a value of a named type holds a type that sqlx would have to ask the server for: it leaves
/// four zero bytes in its place. An array has the type of its elements in its head, a composite value
/// one before each field; all other forms hold none.
fn has_holes(value: &[u8]) -> bool {
    let number = |at: usize| {
        let bytes = value.get(at..at + 4)?;
        Some(i32::from_be_bytes(bytes.try_into().ok()?))
    };
    // Dimensions, flags, type, length, first index.
    if number(0) == Some(1) && number(8) == Some(0) && value.len() >= 20 {
        return true;
    }
    let Some(fields) = number(0) else {
        return false;
    };
    let mut at = 4;
    let mut holes = false;
    for _ in 0..fields {
        let (Some(kind), Some(length)) = (number(at), number(at + 4)) else {
            return false;
        };
        holes |= kind == 0;
        at += 8 + usize::try_from(length).unwrap_or(0);
    }
    holes && at == value.len()
}
