//! Toasty, timed.

#[tokio::main(flavor = "current_thread")]
async fn main() {
    orm_benches_toasty::main().await;
}
