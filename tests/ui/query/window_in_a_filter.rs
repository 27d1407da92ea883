use orm::prelude::*;

#[derive(Table)]
struct User {
    #[column(primary_key)]
    id: i64,
    name: String,
}

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    author_id: i64,
    title: String,
}

#[derive(Table)]
struct Comment {
    #[column(primary_key)]
    id: i64,
    post_id: i64,
    body: String,
}

fn main() {
    let place = || orm::row_number().over(orm::partition_by(Post::AUTHOR_ID).order_by(Post::ID));
    let _ = Post::select().filter(place().eq(1));
}
