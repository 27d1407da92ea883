use orm::prelude::*;

#[derive(Table, Debug)]
#[table(insert = NewUser)]
#[table(unique(name = "live", columns(emial)))]
pub struct User {
    #[column(primary_key, auto)]
    pub id: i64,
    #[column(unique)]
    pub email: String,
    #[column(insert_only)]
    pub name: String,
}

pub async fn uses(db: &orm::Db, new: &NewUser, user: &User) -> orm::Result<()> {
    new.upsert().on_conflict(User::LIVE).update((User::EMAIL, User::NAME)).fetch_one(db).await?;
    new.upsert().on_conflict(User::EMAIL).update_all().execute(db).await?;
    user.upsert().on_primary_key().update(User::NAME).execute(db).await?;
    User::get(7).fetch_optional(db).await?;
    Ok(())
}

fn main() {}
