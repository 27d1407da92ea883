//! `orm` beside what one would write instead: the same workloads, in one run, in turns.
//!
//! [`peers`] holds each way of working with a database, [`workloads`] what is done with it, [`compare`] how
//! that is measured, [`report`] what is printed of it.

pub mod about;
pub mod compare;
pub mod counting;
pub mod device;
pub mod document;
pub mod heap;
pub mod instructions;
pub mod line;
pub mod measure;
pub mod pace;
pub mod peers;
pub mod place;
pub mod plot;
pub mod quake;
pub mod relay;
pub mod report;
pub mod settings;
pub mod table;
pub mod workloads;
pub mod written;
