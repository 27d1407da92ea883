//! Refuses to build without a database: one sentence here, forty errors of types later.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let has = |feature: &str| env::var_os(format!("CARGO_FEATURE_{feature}")).is_some();
    if !has("POSTGRES") && !has("SQLITE") {
        println!(
            "cargo::error=`orm` needs a database: enable the feature `sqlite`, the feature `postgres`, or both"
        );
    }
}
