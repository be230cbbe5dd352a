use std::fmt;
use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::installation::{Installation, Shared};
use crate::options::{BillingAccess, Options};
use crate::routes::{dated, router};
use crate::serving::{Certificate, CertificateError, Door, Doorway};
use crate::sessions::Account;

/// Why the simulator did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The loopback port could not be had.
    #[error("the simulator cannot listen on port {port}")]
    Listen {
        /// The port asked for; 0 for any.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
    /// No self-signed certificate could be made.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
}

/// Tokens made for this run, so that the demo needs no sign-in. They live as long as the simulator.
#[derive(Clone)]
pub struct DemoTokens {
    /// For the admin API.
    pub admin: String,
    /// For the client API.
    pub client: String,
    /// For billing, where [`BillingAccess::OwnToken`] was chosen.
    pub billing: Option<String>,
}

impl fmt::Debug for DemoTokens {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // SECURITY: tokens must not reach a log through a debug print.
        formatter.debug_struct("DemoTokens").finish_non_exhaustive()
    }
}

/// A running stand-in server on loopback. Dropping it closes its port and every connection.
pub struct Simulator {
    installation: Shared,
    tokens: DemoTokens,
    door: watch::Sender<Door>,
    tasks: Vec<JoinHandle<()>>,
    #[cfg(feature = "control")]
    control: crate::control::Control,
}

impl Simulator {
    /// Starts serving within the current tokio runtime.
    ///
    /// # Errors
    /// [`StartError`] when the port is taken or no certificate can be made.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let port = options.port;
        let failed = |source| StartError::Listen { port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(failed)?;
        let socket = listener.local_addr().map_err(failed)?;
        let scheme = if options.https { "https" } else { "http" };
        let door = if options.https {
            Door::Tls(Arc::new(Certificate::self_signed((options.clock)())?))
        } else {
            Door::Plain
        };

        let installation = Arc::new(Installation::new(options, format!("{scheme}://{socket}")));
        let tokens = demo_tokens(&installation);
        let (door, seen) = watch::channel(door);
        let routes = router(Arc::clone(&installation));
        #[cfg(feature = "control")]
        let control = crate::control::Control::new(Arc::clone(&installation), door.clone());
        #[cfg(feature = "control")]
        let routes = crate::control::interfered(routes, control.clone());
        let routes = dated(routes, Arc::clone(&installation));

        let service = routes.into_make_service_with_connect_info::<crate::serving::Cutter>();
        let (doorway, accepting) = Doorway::open(listener, socket, seen.clone());
        let serving = tokio::spawn(async move {
            let served = axum::serve(doorway, service).with_graceful_shutdown(shut(seen)).await;
            if let Err(error) = served {
                tracing::error!(%error, "the simulator stopped serving");
            }
        });
        Ok(Self {
            installation,
            tokens,
            door,
            tasks: vec![accepting, serving],
            #[cfg(feature = "control")]
            control,
        })
    }

    /// Where it serves: `http://127.0.0.1:PORT` or `https://127.0.0.1:PORT`.
    #[must_use]
    pub fn address(&self) -> String {
        self.installation.address.clone()
    }

    /// SHA-256 of the leaf certificate served now, upper-case hex with colons; `None` over plain HTTP.
    #[must_use]
    pub fn fingerprint(&self) -> Option<String> {
        self.certificate(|certificate| certificate.fingerprint.clone())
    }

    /// The certificate served now as PEM, for clients that are to trust it; `None` over plain HTTP.
    #[must_use]
    pub fn certificate_pem(&self) -> Option<String> {
        self.certificate(|certificate| certificate.pem.clone())
    }

    fn certificate<T>(&self, read: impl FnOnce(&Certificate) -> T) -> Option<T> {
        match &*self.door.borrow() {
            Door::Tls(certificate) => Some(read(certificate)),
            #[cfg(feature = "control")]
            Door::Refusing(open) => match &**open {
                Door::Tls(certificate) => Some(read(certificate)),
                _ => None,
            },
            Door::Plain | Door::Shut => None,
        }
    }

    /// Long-lived tokens of both accounts, made for this run.
    #[must_use]
    pub fn tokens(&self) -> DemoTokens {
        self.tokens.clone()
    }

    /// The options it runs with, logins and passwords included.
    #[must_use]
    pub fn options(&self) -> &Options {
        &self.installation.options
    }

    /// The side door for tests: faults, and what was received.
    #[cfg(feature = "control")]
    #[must_use]
    pub fn control(&self) -> crate::control::Control {
        self.control.clone()
    }

    /// Stops and waits until the port is free and every connection ended.
    pub async fn stop(mut self) {
        self.door.send_replace(Door::Shut);
        for task in std::mem::take(&mut self.tasks) {
            if let Err(error) = task.await {
                tracing::error!(%error, "the simulator did not stop cleanly");
            }
        }
    }
}

impl fmt::Debug for Simulator {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Simulator")
            .field("address", &self.installation.address)
            .finish_non_exhaustive()
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.door.send_replace(Door::Shut);
    }
}

async fn shut(mut door: watch::Receiver<Door>) {
    // An error means that every sender is gone: the simulator as well.
    let _ = door.wait_for(|door| matches!(door, Door::Shut)).await;
}

fn demo_tokens(installation: &Installation) -> DemoTokens {
    let now = installation.now();
    let has_own = installation.options.billing == BillingAccess::OwnToken;
    let mut world = installation.world();
    DemoTokens {
        admin: world.sessions.preset(Account::Admin, now),
        client: world.sessions.preset(Account::Client, now),
        billing: has_own.then(|| world.sessions.preset(Account::Billing, now)),
    }
}
