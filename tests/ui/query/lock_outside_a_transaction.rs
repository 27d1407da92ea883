use orm::prelude::*;

#[derive(Table)]
struct Job {
    #[column(primary_key)]
    id: i64,
}

async fn take(db: &orm::Db) -> orm::Result<Vec<Job>> {
    Job::select().for_update().fetch_all(db).await
}

fn main() {}
