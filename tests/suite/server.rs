//! A server of one's own can be stopped and killed, and never outlives the tests.

use std::io::{BufRead as _, BufReader};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use orm_tests::postgres::Server;
use orm_tests::{Backend, Site, poll};
use sqlx::{Connection, Error, PgConnection, query, query_scalar};

pub(crate) async fn it_keeps_its_data_over_a_stop(site: Site) {
    let server = with_one_row(&site).await;
    server.stop_immediate().expect("the server ends");
    assert!(
        connect(&server).await.is_err(),
        "nobody listens while it is stopped"
    );
    server.start().expect("the server starts again");
    assert_eq!(rows(&server).await, 1);
}

pub(crate) async fn it_keeps_its_data_over_a_kill(site: Site) {
    let server = with_one_row(&site).await;
    server.kill_all().expect("the server ends");
    server.start().expect("the server starts again");
    assert_eq!(rows(&server).await, 1);
}

pub(crate) async fn it_survives_the_kill_of_a_connection(site: Site) {
    let server = with_one_row(&site).await;
    let mut connection = connect(&server).await.expect("a connection");
    let pid = query_scalar("SELECT pg_backend_pid()")
        .fetch_one(&mut connection)
        .await;
    server
        .kill_backend(pid.expect("a process number"))
        .expect("the process ends");
    query("SELECT 1")
        .execute(&mut connection)
        .await
        .expect_err("the connection is gone");
    assert_eq!(rows(&server).await, 1);
}

/// Kills a process that has started a server, so that it has no chance to clean up itself.
pub(crate) async fn it_ends_with_the_process_that_started_it(site: Site) {
    let Backend::Postgres(major) = site.backend() else {
        return;
    };
    let mut child = Command::new(env!("CARGO_BIN_EXE_serve"))
        .arg(major.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program `serve` starts");
    let output = BufReader::new(child.stdout.take().expect("its output is ours"));
    let lines: Vec<_> = output
        .lines()
        .take(3)
        .collect::<Result<_, _>>()
        .expect("three lines");
    let [_, port, data] = lines.as_slice() else {
        panic!("expected three lines: {lines:?}")
    };
    let (port, data) = (port.parse::<u16>().expect("a port"), Path::new(data));
    assert!(
        TcpStream::connect(("127.0.0.1", port)).is_ok(),
        "the server runs"
    );
    assert!(data.exists());

    child.kill().expect("the process can be killed");
    child.wait().expect("the process has ended");
    poll(Duration::from_secs(30), || {
        TcpStream::connect(("127.0.0.1", port))
            .is_err()
            .then_some(())
    })
    .expect("the server ends after its process");
    poll(Duration::from_secs(30), || (!data.exists()).then_some(()))
        .expect("the data is removed after the server's end");
}

async fn with_one_row(site: &Site) -> Server {
    let server = site.own_server();
    let mut connection = connect(&server).await.expect("a connection");
    sqlx::raw_sql("CREATE TABLE thing (id int4); INSERT INTO thing VALUES (1)")
        .execute(&mut connection)
        .await
        .expect("a table with a row");
    // What is written lazily is lost in a crash; that is not what is tested here.
    query("CHECKPOINT")
        .execute(&mut connection)
        .await
        .expect("a checkpoint");
    server
}

/// Counts as soon as the server, which may be recovering, answers.
async fn rows(server: &Server) -> i64 {
    let deadline = tokio::time::Instant::now() + Duration::from_secs(30);
    loop {
        match count(server).await {
            Ok(count) => return count,
            Err(error) if tokio::time::Instant::now() > deadline => panic!("no answer: {error}"),
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
}

async fn count(server: &Server) -> Result<i64, Error> {
    let mut connection = connect(server).await?;
    query_scalar("SELECT count(*) FROM thing")
        .fetch_one(&mut connection)
        .await
}

async fn connect(server: &Server) -> Result<PgConnection, Error> {
    PgConnection::connect(&server.url()).await
}
