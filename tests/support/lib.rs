//! What the tests of `orm` stand on: servers, fresh places in them, and a runner.
//!
//! A test gets a [`Site`], an empty database on one [`Backend`]. The [`suite!`] macro runs the
//! same test on all of them. A [`Wire`] shows what is sent to PostgreSQL, and
//! [`Server`](postgres::Server) is a server that a test may stop and kill.
//! Nothing of it stays behind, even if the process is killed.

mod backend;
mod site;
pub mod suite;
mod wire;

mod available;
pub mod postgres;
mod selection;

mod account;
mod poll;
mod schema;
mod scratch;
mod watchdog;

pub use self::available::{Available, Source, available};
pub use self::backend::{Backend, SUPPORTED};
pub use self::poll::poll;
pub use self::site::Site;
pub use self::wire::{Frontend, Wire};

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}

#[cfg(doctest)]
#[doc = include_str!("../../docs/typestate.md")]
mod typestate {}
