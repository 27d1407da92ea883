//! The values of many records in PostgreSQL's binary forms of arrays and of `COPY`.
//!
//! Every value is written once, by sqlx's own encoder of its type, into the place it is sent from.

use sqlx::encode::IsNull;
use sqlx::postgres::{PgArgumentBuffer, PgArguments, PgTypeInfo};
use sqlx::{Arguments, Encode, Postgres, Type};

use super::value::OPEN;
use crate::backend::{Gathered, Layout};
use crate::value::Complaint;

/// Encoded values.
#[doc(hidden)]
#[derive(Debug)]
pub struct Encoded {
    layout: Layout,
    /// How many records are expected.
    records: usize,
    /// One for each column; where rows are laid out, one for all of them.
    buffers: Vec<Elements>,
    /// The column that comes next.
    place: usize,
    bytes: usize,
    self_contained: bool,
}

/// The values of a column, each with its length before it.
struct Elements {
    buffer: PgArgumentBuffer,
    count: i32,
    /// Writes what an empty array of the column's type is sent as.
    empty_array: EmptyArray,
}

type EmptyArray = fn(&mut PgArgumentBuffer) -> Result<IsNull, Complaint>;

/// <https://www.postgresql.org/docs/current/sql-copy.html#SQL-COPY-BINARY-FORMAT>
const SIGNATURE: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
/// Room that is made for the values of a column before they are known: the first may be longer than all
/// others.
const ROOM: usize = 64 << 10;
const TRAILER: [u8; 2] = (-1_i16).to_be_bytes();
const NULL: [u8; 4] = (-1_i32).to_be_bytes();

impl Encoded {
    /// Adds the next value of a record.
    pub(super) fn add<'q, T>(&mut self, value: &T) -> Result<(), Complaint>
    where
        T: Encode<'q, Postgres> + Type<Postgres>,
    {
        let at = match self.layout {
            Layout::Arrays => self.place,
            Layout::Rows => 0,
        };
        if at == self.buffers.len() {
            let all = (NULL.len() + value.size_hint()).saturating_mul(self.records);
            self.buffers.push(Elements::of::<T>(all.min(ROOM)));
        }
        self.place += 1;
        let elements = &mut self.buffers[at];
        let start = elements.buffer.len();
        elements.add(value)?;
        self.bytes += elements.buffer.len() - start;
        if T::type_info().oid().is_none() && has_holes(&elements.buffer[start + 4..]) {
            self.self_contained = false;
        }
        Ok(())
    }
}

impl Gathered for Encoded {
    type Backend = Postgres;

    fn new((): (), layout: Layout, records: usize) -> Option<Self> {
        let buffers = match layout {
            Layout::Arrays => Vec::new(),
            Layout::Rows => {
                let mut rows = Elements::of::<i64>(0);
                rows.buffer.extend_from_slice(SIGNATURE);
                vec![rows]
            }
        };
        Some(Self {
            layout,
            records,
            buffers,
            place: 0,
            bytes: 0,
            self_contained: true,
        })
    }

    fn begin_row(&mut self, columns: usize) {
        self.place = 0;
        if self.layout == Layout::Rows {
            // A table of PostgreSQL has 1,600 columns at most.
            let columns = i16::try_from(columns).unwrap_or(i16::MAX);
            let rows = &mut self.buffers[0].buffer;
            rows.extend_from_slice(&columns.to_be_bytes());
        }
    }

    fn number(&mut self, value: i64) {
        if self.layout == Layout::Rows {
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

    fn bind(self, to: &mut PgArguments) -> Result<(), Complaint> {
        to.reserve(self.buffers.len(), self.bytes + 24 * self.buffers.len());
        for elements in self.buffers {
            to.add(elements)?;
        }
        Ok(())
    }

    fn into_rows(mut self) -> Vec<u8> {
        let Some(Elements { buffer: rows, .. }) = self.buffers.first_mut() else {
            return Vec::new();
        };
        rows.extend_from_slice(&TRAILER);
        std::mem::take(&mut **rows)
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

    fn add<'q, T>(&mut self, value: &T) -> Result<(), Complaint>
    where
        T: Encode<'q, Postgres>,
    {
        let start = self.buffer.len();
        self.buffer.extend_from_slice(&NULL);
        if let IsNull::No = value.encode_by_ref(&mut self.buffer)? {
            let length = i32::try_from(self.buffer.len() - start - 4)?;
            self.buffer[start..start + 4].copy_from_slice(&length.to_be_bytes());
        }
        self.count += 1;
        Ok(())
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
