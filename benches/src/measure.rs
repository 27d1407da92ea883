//! What calls cost the client.

use std::ops::Range;
use std::time::{Duration, Instant};

use futures_util::future::LocalBoxFuture;
use rustix::time::{ClockId, clock_gettime};

use crate::heap;

/// What calls have cost the process.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cost {
    /// On all its threads.
    pub cpu: Duration,
    pub allocations: u64,
    /// Bytes of heap, above those before.
    pub peak: u64,
}

/// One way of doing a thing, ready to do it.
pub trait Work {
    /// Does it for these keys, one after the other; how long each took goes to `times`.
    fn run<'a>(
        &'a mut self,
        keys: Range<usize>,
        times: &'a mut Vec<Duration>,
    ) -> LocalBoxFuture<'a, Cost>;
}

/// Work that a closure does.
pub fn work(call: impl AsyncFnMut(usize) + 'static) -> Box<dyn Work> {
    Box::new(Calls(call))
}

struct Calls<F>(F);

impl<F: AsyncFnMut(usize)> Work for Calls<F> {
    fn run<'a>(
        &'a mut self,
        keys: Range<usize>,
        times: &'a mut Vec<Duration>,
    ) -> LocalBoxFuture<'a, Cost> {
        times.reserve(keys.len());
        Box::pin(async move {
            let heap = heap::installed();
            if let Some(heap) = heap {
                heap.reset();
            }
            let (allocations, cpu) = (heap.map_or(0, |heap| heap.allocations()), cpu());
            for key in keys {
                let began = Instant::now();
                self.0(key).await;
                times.push(began.elapsed());
            }
            Cost {
                cpu: self::cpu().saturating_sub(cpu),
                allocations: heap.map_or(0, |heap| heap.allocations()) - allocations,
                peak: heap.map_or(0, |heap| heap.peak()),
            }
        })
    }
}

fn cpu() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    let seconds = Duration::from_secs(time.tv_sec.cast_unsigned());
    seconds + Duration::from_nanos(time.tv_nsec.cast_unsigned())
}
