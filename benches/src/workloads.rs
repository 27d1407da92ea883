//! What is done, and by whom.

use std::rc::Rc;

use futures_util::future::LocalBoxFuture;
use orm_tests::{Backend, Site};

use crate::device::{NewDevice, record};
use crate::measure::{Contender, Line, Pace, Work, compare};
use crate::servers::site;

pub mod bulk;
pub mod single;

/// How long a run may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// A few minutes.
    Quick,
    /// As long as it takes.
    Full,
    /// As much as counting allocations needs.
    Counted,
}

/// Lets a peer get ready at an address.
pub(crate) type Start<T> = Box<dyn Fn(T) -> LocalBoxFuture<'static, Box<dyn Work>>>;

/// A function that lets a peer get ready, as a value.
macro_rules! start {
    (|$task:ident: $of:ty| $start:expr) => {
        Box::new(move |$task: $of| Box::pin($start))
    };
}
pub(crate) use start;

/// The devices of these numbers.
pub(crate) fn devices(numbers: std::ops::Range<usize>, version: i64) -> Rc<[NewDevice]> {
    numbers.map(|number| record(number, version)).collect()
}

/// Work in a place that lasts as long as it.
pub(crate) struct Housed {
    // Dropped first, since the place ends its connections.
    work: Box<dyn Work>,
    _site: Rc<Site>,
}

impl Work for Housed {
    fn run<'a>(
        &'a mut self,
        keys: std::ops::Range<usize>,
        times: &'a mut Vec<std::time::Duration>,
    ) -> LocalBoxFuture<'a, crate::measure::Cost> {
        self.work.run(keys, times)
    }
}

/// Keeps a place for as long as there is work in it.
pub(crate) fn housed(work: Box<dyn Work>, site: Rc<Site>) -> Box<dyn Work> {
    Box::new(Housed { work, _site: site })
}

/// Everything that is measured on a backend.
pub async fn all(backend: Backend, length: Length) -> Vec<Line> {
    let mut lines = single::all(backend, length).await;
    lines.extend(bulk::all(backend, length).await);
    lines
}
