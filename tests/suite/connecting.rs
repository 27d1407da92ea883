//! Why there is no connection: what is told of it, at once, and without anything secret of the address.

use std::error::Error as _;
use std::fmt::Write as _;
use std::io;
use std::net::TcpListener;
use std::time::Duration;

use orm::prelude::*;
use orm::{Db, Error, ErrorKind};
use orm_tests::{Backend, Site};

use crate::canary::CANARY;

#[derive(Table, Debug)]
struct Harbour {
    #[column(primary_key)]
    id: i64,
}

/// Much less than a pool waits by itself.
const SOON: Duration = Duration::from_secs(15);

async fn refused(address: &str) -> Error {
    let opened = tokio::time::timeout(SOON, orm::connect(address)).await;
    opened
        .expect("it is told soon")
        .expect_err("it is no database")
}

fn assert_says(error: &Error, kind: ErrorKind, words: &[&str]) {
    assert_eq!(error.kind(), kind, "{error:?}");
    for word in words {
        assert!(error.to_string().contains(word), "`{word}`: {error}");
    }
    assert_secret("", error);
}

/// The password is in no form of it.
fn assert_secret(say: &str, error: &Error) {
    let mut forms = format!("{error} {error:#} {error:?} {error:#?}");
    let mut cause = error.source();
    while let Some(each) = cause {
        write!(forms, " {each} {each:?}").expect("a text takes what is written");
        cause = each.source();
    }
    assert!(!forms.contains(CANARY), "{say}: {forms}");
    assert!(!forms.contains("S3CR3T"), "{say}: {forms}");
}

/// A port that nobody listens to.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

pub(crate) async fn a_refused_connection_is_told_soon(_: Site) {
    let port = free_port();
    let error = refused(&format!("postgres://app:{CANARY}@127.0.0.1:{port}/x")).await;
    let place = format!("127.0.0.1:{port}");
    assert_says(
        &error,
        ErrorKind::Connection,
        &[&place, "connection refused"],
    );
    assert!(error.is_transient());
    let source = error
        .source()
        .and_then(|source| source.downcast_ref::<io::Error>());
    let source = source.expect("the cause is there");
    assert_eq!(source.kind(), io::ErrorKind::ConnectionRefused);
}

pub(crate) async fn an_unknown_host_is_named(_: Site) {
    let error = refused(&format!("postgres://app:{CANARY}@nohost.invalid/x")).await;
    assert_says(&error, ErrorKind::Connection, &["nohost.invalid:5432"]);
    assert!(error.source().is_some());
}

pub(crate) async fn a_socket_that_is_not_there_is_named(_: Site) {
    let error = refused("postgres:///x?host=/nosuchdir").await;
    assert_says(&error, ErrorKind::Connection, &["/nosuchdir"]);
    assert!(error.source().is_some());
}

pub(crate) async fn tls_that_is_not_built_in_names_its_features(site: Site) {
    let url = site.url();
    let mark = if url.contains('?') { '&' } else { '?' };
    let error = refused(&format!("{url}{mark}sslmode=require")).await;
    assert_says(&error, ErrorKind::Connection, &["tls-rustls", "tls-native"]);
    assert!(!error.is_transient() && error.source().is_some());
}

pub(crate) async fn a_database_that_is_not_there_is_named(site: Site) {
    let (server, _) = site.url().split_once('?').unwrap_or((site.url(), ""));
    let (server, _) = server.rsplit_once('/').expect("a path");
    let error = refused(&format!("{server}/nowhere_4711")).await;
    assert_says(
        &error,
        ErrorKind::Configuration,
        &["no such database", "nowhere_4711"],
    );
}

pub(crate) async fn who_is_not_let_in_is_told_why(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    let pool = db.postgres().expect("PostgreSQL");
    let run = async |sql: String| {
        let run = sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(pool).await;
        run.expect("a role");
    };
    let role = format!("guest_of_{}", site.schema());
    let mark = if site.url().contains('?') { '&' } else { '?' };
    let address = format!("{}{mark}user={role}&password={CANARY}", site.url());
    run(format!("CREATE ROLE \"{role}\" LOGIN CONNECTION LIMIT 0")).await;
    let full = refused(&address).await;
    run(format!("ALTER ROLE \"{role}\" NOLOGIN")).await;
    let barred = refused(&address).await;
    run(format!("DROP ROLE \"{role}\"")).await;
    let unknown = refused(&address).await;
    assert_says(
        &full,
        ErrorKind::Connection,
        &["as many connections", &role],
    );
    assert!(full.is_transient(), "{full:?}");
    for error in [barred, unknown] {
        assert_says(&error, ErrorKind::Permission, &[&role]);
        assert!(!error.is_transient(), "{error:?}");
    }
}

pub(crate) async fn a_closed_pool_says_so(site: Site) {
    let db = orm::connect(site.url()).await.expect("a database");
    orm::create_tables!(&db, Harbour).await.expect("a table");
    db.close().await;
    let counted = Harbour::select().count(&db).await.map(drop);
    let begun = orm::transaction(&db, async |_| Ok::<_, Error>(())).await;
    for said in [counted, begun] {
        let error = said.expect_err("it is closed");
        assert_says(&error, ErrorKind::Connection, &["the pool is closed"]);
        assert!(!error.is_transient(), "{error:?}");
        assert!(error.source().is_some());
    }
}

/// A pool of this many connections, whose patience is short.
async fn small(site: &Site, most: u32) -> Db {
    let patience = Duration::from_millis(50);
    match site.backend() {
        Backend::Sqlite => {
            let options = sqlx::sqlite::SqlitePoolOptions::new();
            let options = options.max_connections(most).acquire_timeout(patience);
            options.connect(site.url()).await.expect("a pool").into()
        }
        Backend::Postgres(_) => {
            let options = orm::pool_options();
            let options = options.max_connections(most).acquire_timeout(patience);
            options.connect(site.url()).await.expect("a pool").into()
        }
    }
}

pub(crate) async fn a_pool_that_is_in_use_says_how_large_it_is(site: Site) {
    let made = orm::connect(site.url()).await.expect("a database");
    orm::create_tables!(&made, Harbour).await.expect("a table");
    let db = small(&site, 1).await;
    orm::transaction(&db, async |_| {
        let waited = Harbour::select().count(&db).await;
        let error = waited.expect_err("the connection is here");
        assert_says(
            &error,
            ErrorKind::Timeout,
            &["1 connection", "busy", "50 ms"],
        );
        assert!(error.is_transient() && error.source().is_some());
        Ok::<_, Error>(())
    })
    .await
    .expect("a transaction");
}

pub(crate) async fn a_pool_whose_server_is_gone_names_it(_: Site) {
    let port = free_port();
    let options = orm::pool_options().acquire_timeout(Duration::from_millis(50));
    let address = format!("postgres://app:{CANARY}@127.0.0.1:{port}/x");
    let db = Db::from(options.connect_lazy(&address).expect("an address"));
    let counted = Harbour::select().count(&db).await.map(drop);
    let begun = orm::transaction(&db, async |_| Ok::<_, Error>(())).await;
    for said in [counted, begun] {
        let error = said.expect_err("nobody listens");
        let place = format!("127.0.0.1:{port}");
        assert_says(
            &error,
            ErrorKind::Connection,
            &[&place, "connection refused"],
        );
    }
}

pub(crate) async fn what_is_in_the_way_of_a_file_is_told(site: Site) {
    let (_, path) = site.url().split_once(':').expect("a scheme");
    let path = path.trim_start_matches("//");
    for (address, words) in [
        (
            "sqlite:/nosuchdir/deep/x.db".to_owned(),
            &["directory", "`/nosuchdir/deep`", "create it"][..],
        ),
        ("sqlite:/tmp".to_owned(), &["that of a directory"]),
        (
            format!("sqlite:{path}.none?mode=rw"),
            &["does not exist", "mode=rwc"],
        ),
    ] {
        let error = refused(&address).await;
        assert_says(&error, ErrorKind::Connection, words);
    }
    let error = refused("sqlite:/nosuchdir/app:S3CR3T@host/x.db").await;
    assert_says(&error, ErrorKind::Connection, &["directory"]);
}

pub(crate) async fn both_forms_of_an_address_are_read(site: Site) {
    let options: sqlx::postgres::PgConnectOptions = site.url().parse().expect("an address");
    let of_url = site.url().split_once('?').map_or("", |(_, query)| query);
    let host = options
        .get_socket()
        .map_or(options.get_host().to_owned(), |socket| {
            socket.display().to_string()
        });
    let (port, user) = (options.get_port(), options.get_username());
    let database = options.get_database().expect("a database");
    for address in [
        format!("host={host} port={port} user={user} dbname={database}"),
        format!("  host = '{host}'  port= {port}\tuser ={user} dbname='{database}' password=''"),
        format!(
            "dbname={database} host='{host}' port={port} user={user} password=a\\ \\'b\\\\ \
                 application_name='it\\'s \\\\ me' options='-c geqo=off -c work_mem=7MB'"
        ),
        format!("host=nohost.invalid hostaddr={host} port={port} user={user} dbname={database}"),
    ] {
        if address.contains("hostaddr") && host.starts_with('/') {
            continue;
        }
        let db = orm::connect(&address).await.expect(&address);
        let shown: (String, String) =
            orm::sql!("SELECT current_setting('application_name'), current_setting('work_mem')")
                .fetch_one(&db)
                .await
                .expect("settings");
        if address.contains("it\\'s") {
            assert_eq!(
                shown,
                ("it's \\ me".to_owned(), "7MB".to_owned()),
                "{of_url}"
            );
        }
        db.close().await;
    }
}

pub(crate) async fn no_mistake_in_an_address_tells_the_password(_: Site) {
    let wrong: &[(&str, &[&str])] = &[
        (
            "host=db user=app password=S3CR3T dbname=x nothing=S3CR3T",
            &["`nothing`"],
        ),
        (
            "host=db user=app password=S3CR3T max_connections=3",
            &["`max_connections`", "orm::pool_options()"],
        ),
        ("host=db password=one S3CR3T dbname=x", &["single quotes"]),
        ("host=db password=one S3CR3T=x", &["single quotes"]),
        (
            "host=db password='S3CR3T dbname=x",
            &["`password`", "single quote"],
        ),
        ("host=db user= password=S3CR3T", &["`user`", "no value"]),
        ("password=S3CR3T port=S3CR3T", &["`port`"]),
        (
            "password=S3CR3T sslmode=S3CR3T",
            &["`sslmode`", "verify-full"],
        ),
        ("password=S3CR3T hostaddr=S3CR3T", &["`hostaddr`"]),
        ("postgres://app:S3CR3T@db:99999/x", &["port"]),
        ("postgres://app:S3CR3T@db:port/x", &["port"]),
        ("postgres://app:S3CR3T@/x:y@z", &["%40"]),
        ("postgres://app:S3/CR3T@db/x", &["%2F"]),
        ("postgres://app:5432/S3CR3T@db/x", &["%2F"]),
        ("postgres://app:one@two/S3CR3T@db/x", &["%2F"]),
        ("postgres://app:5432?S3CR3T@db/x", &["parameter"]),
        ("postgres://app:5432?secret&S3CR3T@db/x", &["parameter"]),
        ("postgres://app:5432#S3CR3T@db/x", &["%23"]),
        (
            "postgres://app:S3CR3T@db/x?max_connections=3",
            &["`max_connections`", "orm::pool_options()"],
        ),
        (
            "postgres://app:S3CR3T@db/x?max_connections=S3CR3T",
            &["`max_connections`"],
        ),
        ("postgres://app:S3CR3T@db/x?sslmode=S3CR3T", &["`sslmode`"]),
        ("postgres://app:S3CR3T@db/x?port=S3CR3T", &["`port`"]),
        (
            "postgres://app:S3CR3T@db/x?hostaddr=S3CR3T",
            &["`hostaddr`"],
        ),
        (
            "postgres://app:S3CR3T@db/x?statement-cache-capacity=S3CR3T",
            &["`statement-cache-capacity`"],
        ),
        ("postgres://app:S3CR3T%ff@db/x", &["UTF-8"]),
        ("postgres://app:S3CR3T@db/x%ff", &["UTF-8"]),
        ("postgres://%ff:S3CR3T@db/x", &["UTF-8"]),
        ("postgres://app:S3CR3T@[::1/x", &["cannot be read"]),
        ("postgres:app:S3CR3T@db/x", &["`postgres://`"]),
        ("mysql://app:S3CR3T@db/x", &["`mysql:`", "`postgres://"]),
        ("S3CR3T://app@db/x", &["`postgres://"]),
        ("app:S3CR3T@db/x", &["`postgres://"]),
        ("S3CR3T", &["`sqlite:"]),
        ("S3CR3T@db", &["`sqlite:"]),
        ("catalogue.db", &["write `sqlite:catalogue.db`"]),
        (
            "./data/catalogue.sqlite",
            &["write `sqlite:./data/catalogue.sqlite`"],
        ),
        (":memory:", &["write `sqlite::memory:`"]),
        ("", &["`sqlite:"]),
        ("sqlite:x.db?mode=S3CR3T", &["`mode`", "`rwc`"]),
        ("sqlite:x.db?cache=S3CR3T", &["`cache`"]),
        ("sqlite:x.db?immutable=S3CR3T", &["`immutable`"]),
        (
            "sqlite:x.db?max_connections=S3CR3T",
            &["`max_connections`", "SqlitePoolOptions"],
        ),
        ("sqlite:x.db?S3CR3T=1", &["parameter"]),
        ("sqlite:S3CR3T%ff", &["UTF-8"]),
    ];
    for (address, words) in wrong {
        let error = refused(address).await;
        assert_eq!(
            error.kind(),
            ErrorKind::Configuration,
            "{address}: {error:?}"
        );
        assert!(!error.is_transient(), "{address}");
        assert_secret(address, &error);
        for word in *words {
            assert!(
                error.to_string().contains(word),
                "{address}: `{word}`: {error}"
            );
        }
    }
}
