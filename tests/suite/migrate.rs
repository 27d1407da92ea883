//! Schemas as values: read from databases, compared, and made of one another.

pub(crate) mod found;
pub(crate) mod random;
pub(crate) mod runner;
pub(crate) mod steps;

use orm::Db;
use orm::migrate::Step;
use orm_tests::Site;

async fn open(site: &Site) -> Db {
    orm::connect(site.url()).await.expect("a database")
}

/// Runs a script on one connection.
async fn run(db: &Db, script: &str) -> Result<(), sqlx::Error> {
    let script = sqlx::AssertSqlSafe(script);
    match (db.postgres(), db.sqlite()) {
        (Some(pool), _) => sqlx::raw_sql(script).execute(pool).await.map(drop),
        (_, Some(pool)) => sqlx::raw_sql(script).execute(pool).await.map(drop),
        _ => unreachable!("a database is one of the two"),
    }
}

/// The steps as a script, within a transaction.
fn script(steps: &[Step]) -> String {
    let statements = steps.iter().flat_map(|step| &step.statements);
    statements.fold(String::new(), |script, each| script + each + ";\n")
}

/// Runs steps as they are meant to be run.
async fn apply(db: &Db, steps: &[Step]) {
    let script = script(steps);
    let whole = if db.sqlite().is_some() {
        format!("PRAGMA foreign_keys = OFF; BEGIN; {script} COMMIT; PRAGMA foreign_keys = ON;")
    } else {
        format!("BEGIN; {script} COMMIT;")
    };
    if let Err(error) = run(db, &whole).await {
        panic!("{error}\n{script}");
    }
}
