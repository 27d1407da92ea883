//! A proxy before each server of a run, through which all tests go.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError, mpsc};

use tokio::net::TcpListener;
use url::Url;

use super::accept;
use super::link::Line;

/// The address of a proxy before the server at `url`, made where there is none yet. It writes down with which
/// types texts are prepared, and lives as long as the process.
///
/// # Errors
///
/// When the address is none of a server on this machine, or no port is free.
pub(crate) fn guarded(url: &str) -> Result<String, String> {
    static PROXIES: Mutex<Option<HashMap<String, SocketAddr>>> = Mutex::new(None);

    let (mut url, server) = super::read(url);
    let mut proxies = PROXIES.lock().unwrap_or_else(PoisonError::into_inner);
    let proxies = proxies.get_or_insert_default();
    let key = format!("{}:{}", server.0, server.1);
    let address = if let Some(address) = proxies.get(&key) {
        *address
    } else {
        let address = start(server)?;
        proxies.insert(key, address);
        address
    };
    super::lead(&mut url, address);
    Ok(url.into())
}

/// Runs a proxy on a thread of its own: the runtime of a test ends with the test.
fn start(server: (String, u16)) -> Result<SocketAddr, String> {
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        let Ok(runtime) = runtime else { return };
        runtime.block_on(async {
            let listener = match TcpListener::bind("127.0.0.1:0").await {
                Ok(listener) => listener,
                Err(error) => {
                    tell.send(Err(error.to_string())).ok();
                    return;
                }
            };
            let address = listener.local_addr().map_err(|error| error.to_string());
            tell.send(address).ok();
            accept(listener, server, Arc::new(Line::of_all())).await;
        });
    });
    told.recv().map_err(|error| error.to_string())?
}

/// Whether the server is on this machine, and speaks without encryption.
pub(crate) fn is_near(url: &str) -> bool {
    Url::parse(url).is_ok_and(|url| matches!(url.host_str(), Some("127.0.0.1" | "localhost")))
}
