//! Some calls of one peer, for callgrind: `one WORKLOAD PEER URL CALLS`.

use orm_benches::instructions::one;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut given = std::env::args().skip(1);
    let mut next = || given.next().expect("WORKLOAD PEER URL CALLS");
    let (workload, peer, url, calls) = (next(), next(), next(), next());
    one(&workload, &peer, &url, calls.parse().expect("a number")).await;
}
