//! Measuring two ways of one thing in turns.

use std::time::Instant;

/// Rounds that are thrown away.
const WARM_UP: usize = 200;

/// Rounds that count.
const ROUNDS: usize = 4_000;

/// The medians of one workload, in microseconds a call.
#[derive(Debug)]
pub struct Comparison {
    /// What was done.
    pub workload: &'static str,
    /// With hand-written sqlx.
    pub by_hand: f64,
    /// With `orm`.
    pub ours: f64,
}

/// Runs both in turns; `round` counts up, so that each call can have another key.
pub async fn compare(
    workload: &'static str,
    mut by_hand: impl AsyncFnMut(i64),
    mut ours: impl AsyncFnMut(i64),
) -> Comparison {
    let (mut left, mut right) = (Vec::with_capacity(ROUNDS), Vec::with_capacity(ROUNDS));
    for round in 0..WARM_UP + ROUNDS {
        let key = i64::try_from(round).unwrap_or(i64::MAX);
        let start = Instant::now();
        by_hand(key).await;
        let between = Instant::now();
        ours(key).await;
        if round >= WARM_UP {
            left.push((between - start).as_secs_f64() * 1e6);
            right.push(between.elapsed().as_secs_f64() * 1e6);
        }
    }
    Comparison {
        workload,
        by_hand: median(left),
        ours: median(right),
    }
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
