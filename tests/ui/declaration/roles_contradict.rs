use orm::prelude::*;

#[derive(Table)]
struct User {
    #[column(primary_key, auto, default = "0")]
    id: i64,
    #[column(generated = "lower(email)", default)]
    lower: String,
    #[column(insert_only, generated)]
    email: String,
}

fn main() {}
