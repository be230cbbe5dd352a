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

/// How connections are let in. Any change ends the connections that came in before it.
#[derive(Clone)]
pub(crate) enum Door {
    Plain,
    Tls(Arc<Certificate>),
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
    listener: TcpListener,
    mut door: watch::Receiver<Door>,
    ready: mpsc::Sender<(Connection, SocketAddr)>,
) {
    let mut shut = door.clone();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = shut.wait_for(|door| matches!(door, Door::Shut)) => return,
        };
        match accepted {
            Ok((tcp, peer)) => {
                let current = door.borrow_and_update().clone();
                tokio::spawn(admit(tcp, peer, current, door.clone(), ready.clone()));
            }
            Err(error) => tracing::debug!(%error, "a connection was lost before it was accepted"),
        }
    }
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
