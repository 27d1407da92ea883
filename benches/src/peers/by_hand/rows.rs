//! Rows in the binary form of `COPY`, as one encodes them by hand.

use crate::device::NewDevice;

/// What comes before all rows.
pub const HEAD: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";

/// What comes after them.
pub const TAIL: &[u8] = &[0xff, 0xff];

/// The records as `COPY` takes them.
pub fn encode(records: &[NewDevice], to: &mut Vec<u8>) {
    for record in records {
        to.extend_from_slice(&9_i16.to_be_bytes());
        field(to, record.serial.as_bytes());
        field(to, record.name.as_bytes());
        field(to, &record.kind.to_be_bytes());
        field(to, &record.value.to_be_bytes());
        match record.humidity {
            Some(humidity) => field(to, &humidity.to_be_bytes()),
            None => null(to),
        }
        match &record.note {
            Some(note) => field(to, note.as_bytes()),
            None => null(to),
        }
        field(to, &[u8::from(record.active)]);
        field(to, &record.version.to_be_bytes());
        field(to, &record.seen_at.to_be_bytes());
    }
}

fn field(to: &mut Vec<u8>, value: &[u8]) {
    let length = i32::try_from(value.len()).expect("a short value");
    to.extend_from_slice(&length.to_be_bytes());
    to.extend_from_slice(value);
}

fn null(to: &mut Vec<u8>) {
    to.extend_from_slice(&(-1_i32).to_be_bytes());
}
