use std::future::pending;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::serve::Listener;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use super::Certificate;
use super::connection::{Connection, Stream};

/// How many connections may wait to be accepted.
#[cfg(feature = "control")]
const BACKLOG: u32 = 1_024;

/// How connections are let in. Any change ends the connections that came in before it.
#[derive(Clone)]
pub(crate) enum Door {
    Plain,
    Tls(Arc<Certificate>),
    /// Nothing listens, until it is as the door inside again.
    #[cfg(feature = "control")]
    Refusing(Arc<Door>),
    Shut,
}

/// The connections that made it through TLS, in the order they are ready: a slow handshake holds nobody up.
pub(crate) struct Doorway {
    ready: mpsc::Receiver<(Connection, SocketAddr)>,
    address: SocketAddr,
}

impl Doorway {
    /// Starts accepting; the task ends, and the port is free, once the door is shut.
    pub(crate) fn open(
        listener: TcpListener,
        address: SocketAddr,
        door: watch::Receiver<Door>,
    ) -> (Self, JoinHandle<()>) {
        let (sender, ready) = mpsc::channel(64);
        let accepting = tokio::spawn(accept_until_shut(listener, door, sender));
        (Self { ready, address }, accepting)
    }
}

impl Listener for Doorway {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        match self.ready.recv().await {
            Some(connection) => connection,
            // Shut: the server is being stopped by its own signal.
            None => pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

async fn accept_until_shut(
    #[cfg_attr(not(feature = "control"), expect(unused_mut, reason = "only control ever replaces it"))]
    mut listener: TcpListener,
    mut door: watch::Receiver<Door>,
    ready: mpsc::Sender<(Connection, SocketAddr)>,
) {
    loop {
        let current = door.borrow_and_update().clone();
        match current {
            Door::Shut => return,
            Door::Plain | Door::Tls(_) => {}
            #[cfg(feature = "control")]
            Door::Refusing(_) => {
                let Some(again) = refuse(listener, &mut door).await else { return };
                listener = again;
                continue;
            }
        }
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            changed = door.changed() => match changed {
                Ok(()) => continue,
                // The simulator is gone.
                Err(_) => return,
            },
        };
        match accepted {
            Ok((tcp, peer)) => {
                tokio::spawn(admit(tcp, peer, current, door.clone(), ready.clone()));
            }
            Err(error) => tracing::debug!(%error, "a connection was lost before it was accepted"),
        }
    }
}

/// Stops listening but keeps the port, so that nobody else takes it, until the door says to listen again. `None` when it
/// never will.
#[cfg(feature = "control")]
async fn refuse(listener: TcpListener, door: &mut watch::Receiver<Door>) -> Option<TcpListener> {
    let address = listener.local_addr().ok()?;
    drop(listener);
    let held = hold(address).map_err(|error| tracing::error!(%error, "the port is lost")).ok()?;
    let open = door.wait_for(|door| !matches!(door, Door::Refusing(_))).await.ok()?.clone();
    if matches!(open, Door::Shut) { None } else { held.listen(BACKLOG).ok() }
}

/// A socket that has the port without listening on it: whoever connects is refused.
#[cfg(feature = "control")]
fn hold(address: SocketAddr) -> io::Result<tokio::net::TcpSocket> {
    let socket = tokio::net::TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}

/// Takes one connection through TLS where the door has it. A client that does not trust the certificate just goes away.
async fn admit(
    tcp: TcpStream,
    peer: SocketAddr,
    current: Door,
    mut door: watch::Receiver<Door>,
    ready: mpsc::Sender<(Connection, SocketAddr)>,
) {
    let stream = match current {
        Door::Shut => return,
        #[cfg(feature = "control")]
        Door::Refusing(_) => return,
        Door::Plain => Stream::Plain(tcp),
        Door::Tls(certificate) => tokio::select! {
            shaken = certificate.acceptor.accept(tcp) => match shaken {
                Ok(tls) => Stream::Tls(Box::new(tls)),
                Err(error) => return tracing::debug!(%error, "the TLS handshake failed"),
            },
            _ = door.changed() => return,
        },
    };
    let closing = async move {
        // An error means that the server itself is gone, which closes the connection just as well.
        let _ = door.changed().await;
    };
    // Nobody receives any more once the server stopped.
    let _ = ready.send((Connection::new(stream, closing), peer)).await;
}
