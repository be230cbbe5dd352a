//! Every call of this crate by name, so that a test can make all of them.

use chrono::{DateTime, TimeZone, Utc};
use secrecy::SecretString;
use server_api::billing::{FlatBy, IntercomBy};
use server_api::client::ClientSignIn;
use server_api::{ApiError, Bearer, Line, Probe, admin, billing, client, open, probe};
use simulator::control::Call;

use crate::World;

/// An intercom of the demo building with flats of its own, which the client account has too.
pub(crate) const INTERCOM: u64 = 21;

/// What a call does to the server, as `docs` say: decides what a failure means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Repeated.
    Read,
    /// Sent once, harmless when lost.
    Ask,
    /// Sent once, and its loss is told.
    Write,
    /// A write whose answer says nothing.
    Silent,
}

/// Every call there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Made {
    Basic,
    Captcha,
    AdminSignIn,
    ClientSignIn,
    Logout,
    Sessions,
    EndSession,
    AdminCreateCode,
    ClientCreateCode,
    AdminCodes,
    ClientCodes,
    AdminDeleteCodes,
    ClientDeleteCodes,
    AdminIntercoms,
    ClientIntercoms,
    Flat,
    Flats,
    Keys,
    SwitchLines,
    FindIntercom,
    Probe(Probe),
}

impl Made {
    pub(crate) const ALL: [Self; 28] = [
        Self::Basic,
        Self::Captcha,
        Self::AdminSignIn,
        Self::ClientSignIn,
        Self::Logout,
        Self::Sessions,
        Self::EndSession,
        Self::AdminCreateCode,
        Self::ClientCreateCode,
        Self::AdminCodes,
        Self::ClientCodes,
        Self::AdminDeleteCodes,
        Self::ClientDeleteCodes,
        Self::AdminIntercoms,
        Self::ClientIntercoms,
        Self::Flat,
        Self::Flats,
        Self::Keys,
        Self::SwitchLines,
        Self::FindIntercom,
        Self::Probe(Probe::AdminIntercoms),
        Self::Probe(Probe::Flats { intercom: INTERCOM }),
        Self::Probe(Probe::Keys { intercom: INTERCOM }),
        Self::Probe(Probe::AdminCodes { intercom: INTERCOM }),
        Self::Probe(Probe::ClientIntercoms),
        Self::Probe(Probe::ClientCodes),
        Self::Probe(Probe::Sessions),
        Self::Probe(Probe::ShowIntercom { id: INTERCOM }),
    ];

    pub(crate) fn effect(self) -> Effect {
        match self {
            Self::Captcha | Self::AdminSignIn | Self::ClientSignIn | Self::Logout | Self::Probe(_) => {
                Effect::Ask
            }
            Self::AdminCreateCode | Self::ClientCreateCode | Self::SwitchLines => Effect::Write,
            Self::AdminDeleteCodes | Self::ClientDeleteCodes | Self::EndSession => Effect::Silent,
            _ => Effect::Read,
        }
    }

    /// The stand-in's name of a call that changes something, which must arrive once.
    pub(crate) fn written(self) -> Option<Call> {
        Some(match self {
            Self::AdminCreateCode => Call::CreateCodeAdmin,
            Self::ClientCreateCode => Call::CreateCodeClient,
            Self::AdminDeleteCodes => Call::DeleteCodesAdmin,
            Self::ClientDeleteCodes => Call::DeleteCodesClient,
            Self::EndSession => Call::EndSession,
            Self::SwitchLines => Call::SwitchLines,
            Self::AdminSignIn => Call::SignInAdmin,
            Self::ClientSignIn => Call::SignInClient,
            Self::Logout => Call::SignOutClient,
            Self::Captcha => Call::Captcha,
            _ => return None,
        })
    }
}

/// What the calls need to find there: made before anything goes wrong.
pub(crate) struct Prepared {
    pub(crate) flat: u64,
    pub(crate) admin_code: u64,
    pub(crate) client_code: u64,
    /// A session to be ended by another.
    pub(crate) session: u64,
    /// A session to be ended by itself.
    pub(crate) leaving: Bearer,
}

pub(crate) fn end() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2099, 12, 31, 12, 45, 0).unwrap()
}

/// Signs in to the client account.
pub(crate) async fn sign_in(world: &World) -> Result<server_api::ClientSession, ApiError> {
    let account = &world.simulator.options().client;
    let password = SecretString::from(account.password.clone());
    let sign_in =
        ClientSignIn { login: &account.login, password: &password, captcha: None, end_session: None };
    client::sign_in(&world.connection, &sign_in).await
}

/// Makes what the calls need, with calls that every server has.
pub(crate) async fn prepare(world: &World) -> Prepared {
    let World { connection, admin, client, .. } = world;
    let flat = admin::flats(connection, admin, INTERCOM).await.unwrap().items[0].id;
    // Three of each: a list keeps some, whatever happens to one.
    for _ in 0..2 {
        admin::create_code(connection, admin, INTERCOM, flat, "admin", end()).await.unwrap();
        client::create_code(connection, client, INTERCOM, "client", end()).await.unwrap();
    }
    let admin_code = admin::create_code(connection, admin, INTERCOM, flat, "admin", end()).await.unwrap().id;
    let client_code = client::create_code(connection, client, INTERCOM, "client", end()).await.unwrap().id;
    let leaving = Bearer::new(sign_in(world).await.unwrap().token);
    let known: Vec<u64> = sessions(world).await;
    // Two: one to be ended, one to stay.
    sign_in(world).await.unwrap();
    sign_in(world).await.unwrap();
    let session = sessions(world).await.into_iter().find(|id| !known.contains(id)).unwrap_or(1);
    Prepared { flat, admin_code, client_code, session, leaving }
}

async fn sessions(world: &World) -> Vec<u64> {
    let sessions = client::sessions(&world.connection, &world.client).await.unwrap_or_default();
    sessions.into_iter().map(|session| session.id).collect()
}

/// Makes a call.
pub(crate) async fn make(world: &World, ready: &Prepared, call: Made) -> Result<(), ApiError> {
    let World { connection, admin, client, .. } = world;
    match call {
        Made::Basic => open::basic(connection).await.map(drop),
        Made::Captcha => open::captcha(connection).await.map(drop),
        Made::AdminSignIn => {
            let account = &world.simulator.options().admin;
            let password = SecretString::from(account.password.clone());
            admin::sign_in(connection, &account.login, &password).await.map(drop)
        }
        Made::ClientSignIn => sign_in(world).await.map(drop),
        Made::Logout => client::logout(connection, &ready.leaving).await,
        Made::Sessions => client::sessions(connection, client).await.map(drop),
        Made::EndSession => client::end_session(connection, client, ready.session).await,
        Made::AdminCreateCode => {
            admin::create_code(connection, admin, INTERCOM, ready.flat, "x", end()).await.map(drop)
        }
        Made::ClientCreateCode => {
            client::create_code(connection, client, INTERCOM, "x", end()).await.map(drop)
        }
        Made::AdminCodes => admin::codes(connection, admin, INTERCOM).await.map(drop),
        Made::ClientCodes => client::codes(connection, client).await.map(drop),
        Made::AdminDeleteCodes => admin::delete_codes(connection, admin, INTERCOM, &[ready.admin_code]).await,
        Made::ClientDeleteCodes => client::delete_codes(connection, client, &[ready.client_code]).await,
        Made::AdminIntercoms => admin::intercoms(connection, admin).await.map(drop),
        Made::ClientIntercoms => client::intercoms(connection, client).await.map(drop),
        Made::Flat => admin::flat(connection, admin, INTERCOM, ready.flat).await.map(drop),
        Made::Flats => admin::flats(connection, admin, INTERCOM).await.map(drop),
        Made::Keys => admin::keys(connection, admin, INTERCOM).await.map(drop),
        Made::SwitchLines => {
            let lines = Line::ALL.map(|line| (line, true));
            let flat = FlatBy::Id(ready.flat);
            billing::switch_lines(connection, Some(admin), INTERCOM, flat, &lines).await.map(drop)
        }
        Made::FindIntercom => {
            let by = IntercomBy::Id(INTERCOM);
            billing::find_intercom(connection, Some(admin), &by).await.map(drop)
        }
        Made::Probe(what) => {
            let is_client = matches!(what, Probe::ClientIntercoms | Probe::ClientCodes | Probe::Sessions);
            probe(connection, Some(if is_client { client } else { admin }), what).await
        }
    }
}
