use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::serve::IncomingStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;

use super::Doorway;

/// Drops one connection with a TCP reset instead of the answer it is about to get.
#[derive(Clone, Default)]
pub(crate) struct Cutter(Arc<AtomicBool>);

impl Cutter {
    #[cfg(feature = "control")]
    pub(crate) fn cut(&self) {
        self.0.store(true, Ordering::Release);
    }

    fn is_cut(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

impl Connected<IncomingStream<'_, Doorway>> for Cutter {
    fn connect_info(stream: IncomingStream<'_, Doorway>) -> Self {
        stream.io().cutter.clone()
    }
}

pub(super) enum Stream {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

/// One accepted connection. It ends when the door it came through closes, and with a reset when it was cut.
pub(crate) struct Connection {
    stream: Stream,
    cutter: Cutter,
    /// Done when the door closes; `None` once it was.
    closing: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
}

impl Connection {
    pub(super) fn new(stream: Stream, closing: impl Future<Output = ()> + Send + 'static) -> Self {
        Self { stream, cutter: Cutter::default(), closing: Some(Box::pin(closing)) }
    }

    fn is_closed(&mut self, context: &mut Context<'_>) -> bool {
        if let Some(closing) = &mut self.closing {
            if closing.as_mut().poll(context).is_pending() {
                return false;
            }
            self.closing = None;
        }
        true
    }

    fn tcp(&self) -> &TcpStream {
        match &self.stream {
            Stream::Plain(tcp) => tcp,
            Stream::Tls(tls) => tls.get_ref().0,
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if self.cutter.is_cut()
            && let Err(error) = self.tcp().set_zero_linger()
        {
            tracing::debug!(%error, "the connection closes without a reset");
        }
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.is_closed(context) {
            return Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()));
        }
        match &mut self.stream {
            Stream::Plain(tcp) => Pin::new(tcp).poll_read(context, buffer),
            Stream::Tls(tls) => Pin::new(tls).poll_read(context, buffer),
        }
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.cutter.is_cut() {
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        match &mut self.stream {
            Stream::Plain(tcp) => Pin::new(tcp).poll_write(context, bytes),
            Stream::Tls(tls) => Pin::new(tls).poll_write(context, bytes),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.stream {
            Stream::Plain(tcp) => Pin::new(tcp).poll_flush(context),
            Stream::Tls(tls) => Pin::new(tls).poll_flush(context),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.cutter.is_cut() {
            // An orderly end would tell the client more than a reset does.
            return Poll::Ready(Ok(()));
        }
        match &mut self.stream {
            Stream::Plain(tcp) => Pin::new(tcp).poll_shutdown(context),
            Stream::Tls(tls) => Pin::new(tls).poll_shutdown(context),
        }
    }
}
