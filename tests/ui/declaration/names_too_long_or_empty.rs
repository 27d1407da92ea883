use orm::prelude::*;

#[derive(Table)]
#[table(name = "")]
struct User {
    #[column(primary_key, name = "an_identifier_that_has_more_than_the_sixty_three_bytes_that_are_kept")]
    id: i64,
    #[column(name = "e\0mail")]
    email: String,
}

fn main() {}
