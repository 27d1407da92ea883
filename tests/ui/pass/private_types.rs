//! A public table may have private fields of private types.
#![deny(warnings)]

mod accounts {
    use orm::prelude::*;

    #[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
    #[sqlx(transparent)]
    struct Number(i64);

    #[derive(Debug, Clone, sqlx::Type)]
    #[sqlx(transparent)]
    pub(crate) struct Secret(String);

    #[derive(Table, Debug)]
    #[table(insert = NewAccount)]
    pub struct Account {
        #[column(primary_key)]
        number: Number,
        pub(crate) secret: Option<Secret>,
        pub name: String,
    }

    #[derive(Table, Debug)]
    struct Hidden {
        #[column(primary_key, references = Account::NUMBER)]
        number: Number,
    }

    #[derive(Table, Debug)]
    pub(super) struct HalfHidden {
        #[column(primary_key)]
        number: Number,
        pub(self) secret: Secret,
    }

    impl Account {
        pub fn new(name: &str) -> NewAccount {
            let (number, name) = (Number(1), name.to_owned());
            NewAccount { number, secret: None, name }
        }

        pub fn is_hidden(&self) -> bool {
            let secret = Secret(String::new());
            let half = HalfHidden { number: self.number, secret };
            Hidden { number: half.number }.number == self.number && half.secret.0.is_empty()
        }
    }
}

use accounts::Account;
use orm::prelude::*;

fn main() {
    let new = Account::new("a");
    let _ = new.upsert().on_primary_key().update(Account::NAME);
    let _ = Account::is_hidden;
    let _ = accounts::HalfHidden::SECRET;
}
