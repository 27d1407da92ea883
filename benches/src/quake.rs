//! A real feed: the earthquakes of a week, as the example has them.

use std::rc::Rc;

use orm::prelude::*;
use serde_json::Value;

use crate::place::{Host, Place, filled};

/// An event. Times are milliseconds since 1970, as the feed has them.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "quakes", insert(NewQuake, derive(Debug, Clone)))]
pub struct Quake {
    /// Assigned by the database.
    #[column(primary_key, auto)]
    pub id: i64,
    #[column(unique)]
    pub event: String,
    pub magnitude: Option<f64>,
    pub place: String,
    pub status: String,
    pub happened: i64,
    /// How new this version of the event is.
    pub updated: i64,
}

/// All events, in the order of the feed.
///
/// # Panics
///
/// When the feed is not as it was.
pub fn feed() -> Rc<[NewQuake]> {
    let feed = include_str!("../../examples/data/usgs-earthquakes-2018-02-07.geojson");
    let feed: Value = serde_json::from_str(feed).expect("JSON");
    let events = feed["features"].as_array().expect("events");
    let events: Option<_> = events.iter().map(event).collect();
    events.expect("events as they were")
}

fn event(event: &Value) -> Option<NewQuake> {
    let about = &event["properties"];
    Some(NewQuake {
        event: event["id"].as_str()?.to_owned(),
        magnitude: about["mag"].as_f64(),
        place: about["place"].as_str()?.to_owned(),
        status: about["status"].as_str()?.to_owned(),
        happened: about["time"].as_i64()?,
        updated: about["updated"].as_i64()?,
    })
}

/// A place that has these events.
pub async fn place(host: Host, there: &[NewQuake]) -> Rc<Place> {
    filled!(host, Quake, "quakes", there)
}
