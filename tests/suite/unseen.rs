//! Whatever is on its way to a database shows no value of it, however it is printed.

use std::fmt::Debug;

use orm::Db;
use orm::dynamic::{self, Value};
use orm::prelude::*;
use orm_tests::Site;

use crate::canary::{CANARY, RARE};

#[derive(Table, Debug, Clone)]
struct Vault {
    #[column(primary_key)]
    id: i64,
    #[column(unique)]
    note: String,
    amount: i64,
}

fn unseen(say: &str, printed: &dyn Debug) {
    let forms = format!("{printed:?} {printed:#?}");
    let bytes = format!("{:?}", CANARY.as_bytes());
    let bytes = bytes.trim_matches(['[', ']']);
    for secret in [CANARY, &RARE.to_string(), bytes] {
        assert!(!forms.contains(secret), "{say}: {forms}");
    }
}

macro_rules! unseen {
    ($($builder:expr),* $(,)?) => { $(unseen(stringify!($builder), &$builder);)* };
}

fn note() -> String {
    CANARY.to_owned()
}

pub(crate) async fn builders_print_no_value(site: Site) {
    let vault = Vault {
        id: RARE,
        note: note(),
        amount: RARE,
    };
    let vaults = [vault.clone(), vault.clone()];
    let secret = &note();
    unseen!(
        vault.insert(),
        vaults.insert(),
        vault.upsert(),
        vault.upsert_on(Vault::NOTE),
        vaults.upsert_on(Vault::NOTE),
        vault
            .upsert()
            .on_conflict(Vault::NOTE)
            .update(Vault::AMOUNT),
        vault.upsert().on_conflict(Vault::NOTE).get_or_insert(),
        vault.upsert().on_primary_key().set(Vault::NOTE, CANARY),
        vault
            .upsert()
            .on_primary_key()
            .update_all()
            .where_(|old, _| {
                let other: orm::Filter<_> = old.note.ne(CANARY);
                other
            }),
        vault.upsert_on(Vault::NOTE).returning(Vault::ID),
        vault.save(),
        vault.delete_row(),
        Vault::update_many(&vaults, Vault::ID, Vault::NOTE),
        Vault::get(RARE),
        Vault::find(Vault::NOTE, CANARY),
        Vault::update::<Db>().set(Vault::NOTE, CANARY).all_rows(),
        Vault::update::<Db>()
            .set_with(Vault::AMOUNT, |old| old.amount + RARE)
            .all_rows(),
        Vault::delete::<Db>().filter(Vault::NOTE.eq(CANARY)),
        Vault::select::<Db>().filter(Vault::NOTE.eq(CANARY)),
        Vault::select::<Db>().filter(Vault::NOTE.in_([CANARY])),
        Vault::select::<Db>().filter(Vault::NOTE.like(CANARY)),
        Vault::select::<Db>().filter(Vault::NOTE.like_escaped(CANARY)),
        Vault::select::<Db>().filter(Vault::NOTE.ilike_escaped(CANARY)),
        Vault::select::<Db>().filter(Vault::AMOUNT.between(RARE, RARE)),
        Vault::select::<Db>().order_by((Vault::AMOUNT + RARE).desc()),
        Vault::select::<Db>().columns((Vault::NOTE.concat(CANARY), Vault::AMOUNT + RARE)),
        Vault::select::<Db>()
            .filter(Vault::NOTE.eq(CANARY))
            .for_update(),
        Vault::NOTE.concat(CANARY),
        Vault::AMOUNT + RARE,
        orm::sql!("SELECT {secret}"),
        orm::sql!("SELECT {vault.amount}, {secret}"),
    );
    let filter: orm::Filter<Vault> = Vault::NOTE.eq(CANARY);
    unseen("filter", &filter);

    let table = dynamic::Table::new("vaults")
        .column(dynamic::column("id", "BIGINT"))
        .column(dynamic::column("note", "TEXT"))
        .primary_key(["id"])
        .build()
        .expect("a table");
    let row = [("id", Value::from(RARE)), ("note", Value::from(note()))];
    let rows = [vec![Value::from(RARE), Value::from(note())]];
    unseen!(
        table.upsert(row.clone()),
        table.upsert(row).on_conflict(["id"]).update_all(),
        table.upsert_many(["id", "note"], &rows),
        table
            .upsert_many(["id", "note"], &rows)
            .on_conflict(["id"])
            .update_all(),
    );
    let db = orm::connect(site.url()).await.expect("a database");
    unseen!(db, db.clone());
}
