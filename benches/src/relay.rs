//! What goes over the wire to PostgreSQL: statements, waits and bytes.
//!
//! A relay before the server counts them. It allocates nothing while it passes bytes on, so that it can
//! stand beside an allocator that counts.

use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

/// The requests that stand where a version would; the client says who it is after their answer.
const ENCRYPTIONS: [u32; 2] = [80_877_103, 80_877_104];

/// What has gone over the wire.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Traffic {
    pub statements: u64,
    /// How often the client waited for the server.
    pub waits: u64,
    /// Bytes from the client.
    pub sent: u64,
    /// Bytes from the server.
    pub received: u64,
}

impl Traffic {
    /// What has come after an earlier look, for each of so many calls.
    #[must_use]
    pub fn since(self, before: Self, calls: u64) -> Self {
        Self {
            statements: (self.statements - before.statements) / calls,
            waits: (self.waits - before.waits) / calls,
            sent: (self.sent - before.sent) / calls,
            received: (self.received - before.received) / calls,
        }
    }
}

#[derive(Debug, Default)]
struct Counters {
    statements: AtomicU64,
    waits: AtomicU64,
    sent: AtomicU64,
    received: AtomicU64,
}

/// A relay, for as long as there are connections through it.
#[derive(Debug)]
pub struct Relay {
    port: u16,
    counters: Arc<Counters>,
}

impl Relay {
    /// Listens before the server on a port of this machine.
    ///
    /// # Errors
    ///
    /// When no port can be had.
    pub fn before(server: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let relay = Self {
            port: listener.local_addr()?.port(),
            counters: Arc::default(),
        };
        let counters = Arc::clone(&relay.counters);
        thread::spawn(move || {
            for client in listener.incoming() {
                let linked = client.and_then(|client| link(client, server, &counters));
                if let Err(error) = linked {
                    eprintln!("a connection is not relayed: {error}");
                }
            }
        });
        Ok(relay)
    }

    /// The port to connect to.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What has gone through so far. After an answer all of its request is there.
    pub fn traffic(&self) -> Traffic {
        let counters = &self.counters;
        let [statements, waits, sent, received] = [
            &counters.statements,
            &counters.waits,
            &counters.sent,
            &counters.received,
        ]
        .map(|counter| counter.load(Ordering::SeqCst));
        Traffic {
            statements,
            waits,
            sent,
            received,
        }
    }
}

/// Passes on what both sides say, until one of them ends.
fn link(client: TcpStream, server: u16, counters: &Arc<Counters>) -> io::Result<()> {
    let server = TcpStream::connect((Ipv4Addr::LOCALHOST, server))?;
    // Small messages must not wait for company.
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (from_client, to_server) = (client.try_clone()?, server.try_clone()?);
    let (asked, answered) = (Arc::clone(counters), Arc::clone(counters));
    thread::spawn(move || {
        let mut messages = Messages::default();
        pass(from_client, to_server, |piece| {
            asked.sent.fetch_add(piece.len() as u64, Ordering::SeqCst);
            messages.read(piece, |kind| {
                if matches!(kind, b'Q' | b'E') {
                    asked.statements.fetch_add(1, Ordering::SeqCst);
                }
                if matches!(kind, b'Q' | b'S' | b'c') {
                    asked.waits.fetch_add(1, Ordering::SeqCst);
                }
            });
        })
    });
    thread::spawn(move || {
        pass(server, client, |piece| {
            let bytes = piece.len() as u64;
            answered.received.fetch_add(bytes, Ordering::SeqCst);
        })
    });
    Ok(())
}

fn pass(mut from: TcpStream, mut to: TcpStream, mut count: impl FnMut(&[u8])) -> io::Result<()> {
    let mut buffer = [0; 16 * 1024];
    loop {
        let length = from.read(&mut buffer)?;
        if length == 0 {
            return to.shutdown(Shutdown::Write);
        }
        let piece = &buffer[..length];
        count(piece);
        to.write_all(piece)?;
    }
}

/// The messages in what a client sends, which come in pieces.
///
/// <https://www.postgresql.org/docs/current/protocol-message-formats.html>
#[derive(Debug, Default)]
struct Messages {
    /// Whether the client has said who it is: before that messages have no letter.
    is_started: bool,
    /// The beginning of a message, as far as it has come.
    head: [u8; 8],
    filled: usize,
    /// How much of the message is still to come.
    rest: usize,
}

impl Messages {
    /// Reads a piece, and tells the letter of each message that begins in it.
    fn read(&mut self, mut piece: &[u8], mut each: impl FnMut(u8)) {
        while !piece.is_empty() {
            let passed = self.rest.min(piece.len());
            self.rest -= passed;
            piece = &piece[passed..];
            let wanted = if self.is_started { 5 } else { 8 };
            let taken = (wanted - self.filled).min(piece.len());
            self.head[self.filled..self.filled + taken].copy_from_slice(&piece[..taken]);
            self.filled += taken;
            piece = &piece[taken..];
            if self.filled < wanted {
                return;
            }
            self.filled = 0;
            let [a, b, c, d, e, f, g, h] = self.head;
            // The length counts itself.
            if self.is_started {
                self.rest = (u32::from_be_bytes([b, c, d, e]) as usize).saturating_sub(4);
                each(a);
            } else {
                self.rest = (u32::from_be_bytes([a, b, c, d]) as usize).saturating_sub(8);
                self.is_started = !ENCRYPTIONS.contains(&u32::from_be_bytes([e, f, g, h]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_found_in_whatever_pieces_they_come() {
        let stream = [
            [8_u32, ENCRYPTIONS[0]].map(u32::to_be_bytes).concat(),
            [12_u32, 196_608, 0].map(u32::to_be_bytes).concat(),
            b"P\0\0\0\x08QQQQ".to_vec(),
            b"E\0\0\0\x09\0\0\0\0\0S\0\0\0\x04Q\0\0\0\x05\0".to_vec(),
        ]
        .concat();
        for size in 1..=stream.len() {
            let (mut messages, mut kinds) = (Messages::default(), Vec::new());
            for piece in stream.chunks(size) {
                messages.read(piece, |kind| kinds.push(kind));
            }
            assert_eq!(kinds, b"PESQ", "in pieces of {size}");
        }
    }
}
