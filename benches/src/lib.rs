//! `orm` beside what one would write instead: the same workloads, in one run, in turns.
//!
//! [`peers`] holds each way of working with a database, [`workloads`] what is done with it, [`measure`] how
//! that is measured, [`report`] what is printed of it.

pub mod about;
pub mod counting;
pub mod device;
pub mod heap;
pub mod instructions;
pub mod measure;
pub mod peers;
pub mod plot;
pub mod report;
pub mod servers;
pub mod workloads;
