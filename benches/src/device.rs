//! The table of all workloads, and its records.

use std::ops::Range;
use std::rc::Rc;

use orm::prelude::*;

use crate::place::{Host, Place, filled};

/// Ten columns and two unique keys. Times are numbers, since on SQLite every library writes another text.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "devices", insert(NewDevice, derive(Debug, Clone)))]
pub struct Device {
    /// Assigned by the database.
    #[column(primary_key, auto)]
    pub id: i64,
    /// The key that a feed knows.
    #[column(unique)]
    pub serial: String,
    pub name: String,
    pub kind: i32,
    pub value: f64,
    /// `NULL` in every third.
    pub humidity: Option<f64>,
    /// `NULL` in every fourth.
    pub note: Option<String>,
    pub active: bool,
    pub version: i64,
    /// Microseconds since 1970.
    pub seen_at: i64,
}

/// The device of a number.
pub fn record(number: usize, version: i64) -> NewDevice {
    let whole = i32::try_from(number).expect("a number that a test has");
    NewDevice {
        serial: format!("device {number:09}"),
        name: format!("Device {number} in the hall"),
        kind: whole % 7,
        value: f64::from(whole) * 0.5,
        humidity: (!number.is_multiple_of(3)).then(|| f64::from(whole % 100)),
        note: (!number.is_multiple_of(4)).then(|| format!("calibrated by team {}", number % 10)),
        active: number.is_multiple_of(2),
        version,
        seen_at: 1_700_000_000_000_000 + i64::from(whole),
    }
}

/// The devices of these numbers.
pub fn devices(numbers: Range<usize>, version: i64) -> Rc<[NewDevice]> {
    numbers.map(|number| record(number, version)).collect()
}

/// The devices of these numbers in an order of no meaning, always the same.
pub fn shuffled(numbers: Range<usize>, version: i64) -> Rc<[NewDevice]> {
    let mut records: Vec<_> = numbers.map(|number| record(number, version)).collect();
    fastrand::Rng::with_seed(7).shuffle(&mut records);
    records.into()
}

/// A place with these devices.
pub async fn place(host: Host, there: &[NewDevice]) -> Rc<Place> {
    filled!(host, Device, "devices", there)
}
