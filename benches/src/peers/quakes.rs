//! A feed that comes again and again: only what is newer is written.

use std::rc::Rc;

use crate::quake::NewQuake;

pub mod by_hand;
pub mod ours;
pub mod sea_orm;

/// An address, and what is written there.
pub type Load = (String, Rc<[NewQuake]>);
