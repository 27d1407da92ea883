use orm::prelude::*;

#[derive(Table)]
#[table(unique(team, nick))]
#[table(unique(name = "live", columns(code), filter = "nick > ''"))]
#[table(unique(name = "lower", columns(code), expr = "lower(code)"))]
#[table(unique(name = "late", columns(rank), deferrable))]
struct Parent {
    #[column(primary_key)]
    id: i64,
    #[column(unique)]
    email: String,
    name: String,
    team: i64,
    nick: String,
    code: String,
    rank: i64,
}

#[derive(Table)]
struct Child {
    #[column(primary_key)]
    id: i64,
    #[column(references = Parent::ID)]
    good: i64,
    #[column(references = Parent::EMAIL)]
    good_too: Option<String>,
    #[column(references = Parent::NAME)]
    of_no_key: String,
    #[column(references = Parent::TEAM)]
    of_a_part_of_a_key: i64,
    #[column(references = Parent::CODE)]
    of_a_partial_key: String,
    #[column(references = Parent::RANK)]
    of_a_deferrable_key: i64,
    #[column(references = Self::OF_NO_KEY)]
    of_itself: Option<String>,
}

fn main() {}
