//! Toasty, with an allocator that counts.

use orm_benches_toasty::counting::{Allocator, Counting, allocator};
use orm_benches_toasty::heap::install;

#[global_allocator]
static HEAP: Allocator = allocator();

#[tokio::main(flavor = "current_thread")]
async fn main() {
    install(Counting(&HEAP));
    orm_benches_toasty::main().await;
}
