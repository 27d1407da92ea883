//! Every type that can be a column, on every database that can hold it.

mod family;

mod borrowed;
mod numbers;
mod own;
mod postgres;
mod texts;
mod times;
mod wide;

pub(crate) use borrowed::*;
pub(crate) use numbers::*;
pub(crate) use own::*;
pub(crate) use postgres::*;
pub(crate) use texts::*;
pub(crate) use times::*;
pub(crate) use wide::*;
