//! What a client says to PostgreSQL, word by word.

mod answers;
mod frontend;
mod guard;
mod link;
mod types;

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

pub use self::frontend::Frontend;
pub(crate) use self::guard::{guarded, is_near};
use self::link::{Line, link};
pub(crate) use self::types::take_faults;
use crate::backend::Backend;
use crate::site::Site;

/// A proxy before a PostgreSQL server. It writes down what clients send and can break the line.
///
/// With it a test proves how many round trips a call takes and which text is sent. A message is
/// written down before it is passed on, so after an answer all of its request is there.
#[derive(Debug)]
pub struct Wire {
    url: String,
    line: Arc<Line>,
    listener: JoinHandle<()>,
}

impl Wire {
    /// Listens on a port of its own before the server of this site.
    ///
    /// # Panics
    ///
    /// On SQLite, which no wire leads to.
    pub async fn before(site: &Site) -> Self {
        assert_ne!(site.backend(), Backend::Sqlite, "no wire leads to SQLite");
        let (mut url, server) = read(site.url());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address: SocketAddr = listener.local_addr().expect("the port that was given");
        lead(&mut url, address);

        let line = Arc::new(Line::default());
        let listener = tokio::spawn(accept(listener, server, Arc::clone(&line)));
        Self {
            url: url.into(),
            line,
            listener,
        }
    }

    /// The address to connect to instead of the site's.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The messages since this was last called.
    pub fn take(&self) -> Vec<Frontend> {
        std::mem::take(&mut *self.line.messages())
    }

    /// How many rows have come back since this was last called.
    pub fn take_rows(&self) -> usize {
        self.line.take_rows()
    }

    /// How often the client waited for the server, counted since the last [`take`](Self::take).
    pub fn round_trips(&self) -> usize {
        self.line
            .messages()
            .iter()
            .filter(|message| message.awaits_answer())
            .count()
    }

    /// The statements run since the last [`take`](Self::take), prepared ones by their text.
    pub fn statements(&self) -> Vec<String> {
        self.line
            .messages()
            .iter()
            .filter_map(Frontend::statement)
            .map(str::to_owned)
            .collect()
    }

    /// Breaks every connection there is now; new ones can be made at once.
    pub fn cut(&self) {
        self.line.cut();
    }

    /// Lets the server carry out the next statement that contains `text`, and breaks that
    /// connection instead of passing on the answer. The client cannot know what happened.
    pub fn lose_answer_to(&self, text: &str) {
        self.line.lose_answer_to(text);
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.listener.abort();
        self.line.cut();
    }
}

/// The address of a server, in parts.
fn read(url: &str) -> (Url, (String, u16)) {
    let url = Url::parse(url).expect("the address of a server is a URL");
    let host = url.host_str().expect("a server has a host").to_owned();
    let port = url.port().unwrap_or(5432);
    (url, (host, port))
}

/// Leads an address to a proxy.
fn lead(url: &mut Url, to: SocketAddr) {
    url.set_ip_host(to.ip())
        .expect("a server's URL can have a host");
    url.set_port(Some(to.port()))
        .expect("a server's URL can have a port");
    // What is encrypted could not be read; the last word on a setting counts. Written by hand, because other
    // forms of what is there already are not understood by every client.
    let query = match url.query() {
        Some(given) if !given.is_empty() => format!("{given}&sslmode=disable"),
        _ => "sslmode=disable".to_owned(),
    };
    url.set_query(Some(&query));
}

async fn accept(listener: TcpListener, server: (String, u16), line: Arc<Line>) {
    while let Ok((client, _)) = listener.accept().await {
        tokio::spawn(link(client, server.clone(), Arc::clone(&line)));
    }
}
