//! Rows that are mostly JSON: one upsert that gives the row back, and many at once.

use std::rc::Rc;

use crate::document::NewDocument;

pub mod by_hand;
pub mod diesel_async;
pub mod ours;
pub mod sea_orm;

/// An address, and what is written there.
pub type Load = (String, Rc<[NewDocument]>);
