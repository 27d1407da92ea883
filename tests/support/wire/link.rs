//! One connection through the proxy.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::sync::watch;

use super::answers::Answers;
use super::frontend::{Frontend, Prepared};
use super::types;

/// The requests that stand where a version would.
const CANCEL: u32 = 80_877_102;
const SSL: u32 = 80_877_103;
const GSS: u32 = 80_877_104;

/// What all connections of one proxy share.
#[derive(Debug, Default)]
pub(super) struct Line {
    messages: Mutex<Vec<Frontend>>,
    /// Whether all tests go through it, so that messages are not kept.
    of_all: bool,
    rows: AtomicUsize,
    lost: Mutex<Option<String>>,
    cuts: watch::Sender<u32>,
}

impl Line {
    /// The line of a proxy that all tests go through.
    pub(super) fn of_all() -> Self {
        Self {
            of_all: true,
            ..Self::default()
        }
    }

    fn keep(&self, message: Frontend) {
        if !self.of_all {
            self.messages().push(message);
        }
    }

    pub(super) fn messages(&self) -> MutexGuard<'_, Vec<Frontend>> {
        self.messages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The rows that have come since this was last called.
    pub(super) fn take_rows(&self) -> usize {
        self.rows.swap(0, Ordering::SeqCst)
    }

    pub(super) fn cut(&self) {
        self.cuts.send_modify(|count| *count += 1);
    }

    pub(super) fn lose_answer_to(&self, text: &str) {
        *self.lost.lock().unwrap_or_else(PoisonError::into_inner) = Some(text.to_owned());
    }

    /// Whether the answer to this message is to be lost; only once.
    fn loses(&self, message: &Frontend) -> bool {
        let mut lost = self.lost.lock().unwrap_or_else(PoisonError::into_inner);
        let hit = message.statement().zip(lost.as_ref());
        let hit = hit.is_some_and(|(statement, text)| statement.contains(text.as_str()));
        if hit {
            *lost = None;
        }
        hit
    }
}

/// Passes everything between client and server until one of them ends or the line is cut.
pub(super) async fn link(mut client: TcpStream, server: (String, u16), line: Arc<Line>) {
    let mut cuts = line.cuts.subscribe();
    let Ok(mut server) = TcpStream::connect(server).await else {
        return;
    };
    // Small messages must not wait for company.
    client.set_nodelay(true).ok();
    server.set_nodelay(true).ok();
    let broken = {
        let (from_client, to_client) = client.split();
        let (from_server, to_server) = server.split();
        let mute = AtomicBool::new(false);
        tokio::select! {
            _ = requests(from_client, to_server, &line, &mute) => false,
            lost = answers(from_server, to_client, &line, &mute) => lost.unwrap_or(false),
            _ = cuts.changed() => true,
        }
    };
    if broken {
        // Both sides see a reset instead of an orderly end.
        client.set_zero_linger().ok();
        server.set_zero_linger().ok();
    }
}

/// Writes down each message, then passes it on.
async fn requests(
    mut client: ReadHalf<'_>,
    mut server: WriteHalf<'_>,
    line: &Line,
    mute: &AtomicBool,
) -> io::Result<()> {
    let mut prepared = Prepared::default();
    let name = startup(&mut client, &mut server, line).await?;
    loop {
        let kind = client.read_u8().await?;
        let body = body(&mut client).await?;
        if line.of_all && kind == b'P' {
            types::note(&name, &body);
        }
        let message = prepared.read(kind, &body);
        if line.loses(&message) {
            mute.store(true, Ordering::SeqCst);
        }
        line.keep(message);
        let mut whole = vec![kind];
        whole.extend(framed(&body));
        server.write_all(&whole).await?;
    }
}

/// The first message of a connection has no letter. The name of the application in it is that of the test's
/// schema.
async fn startup(
    client: &mut ReadHalf<'_>,
    server: &mut WriteHalf<'_>,
    line: &Line,
) -> io::Result<String> {
    let body = body(client).await?;
    let request = body
        .first_chunk()
        .map_or(0, |code| u32::from_be_bytes(*code));
    line.keep(match request {
        CANCEL => Frontend::Cancel,
        SSL | GSS => return Err(io::Error::other("what is encrypted cannot be read")),
        _ => Frontend::Startup,
    });
    server.write_all(&framed(&body)).await?;
    let mut words = body.split(|byte| *byte == 0);
    let name = words
        .find(|word| *word == b"application_name")
        .and_then(|_| words.next());
    Ok(String::from_utf8_lossy(name.unwrap_or_default()).into_owned())
}

/// Passes on what the server says. When it must not be heard, the first word of it ends the link:
/// by then the server has done what it was asked.
async fn answers(
    mut server: ReadHalf<'_>,
    mut client: WriteHalf<'_>,
    line: &Line,
    mute: &AtomicBool,
) -> io::Result<bool> {
    let mut buffer = vec![0; 16 * 1024];
    let mut messages = Answers::default();
    loop {
        let length = server.read(&mut buffer).await?;
        if mute.load(Ordering::SeqCst) {
            return Ok(true);
        }
        if length == 0 {
            return Ok(false);
        }
        let piece = buffer.get(..length).unwrap_or_default();
        let rows = messages.read(piece);
        line.rows.fetch_add(rows, Ordering::SeqCst);
        client.write_all(piece).await?;
    }
}

/// Reads a length and as many bytes.
async fn body(client: &mut ReadHalf<'_>) -> io::Result<Vec<u8>> {
    let length = client.read_u32().await?;
    let mut body = vec![0; (length as usize).saturating_sub(4)];
    client.read_exact(&mut body).await?;
    Ok(body)
}

fn framed(body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 4).unwrap_or(u32::MAX);
    [&length.to_be_bytes(), body].concat()
}
