use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, Offset, TimeDelta, Utc};
use uuid::Uuid;

use crate::dialect::Dialect;

/// Where the simulator takes the time from. Tests own it.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// The computer's own clock.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place where the simulator's real clock is made")]
pub fn system_clock() -> Clock {
    Arc::new(Utc::now)
}

/// A login and its password.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The account's login.
    pub login: String,
    /// The account's password.
    pub password: String,
}

impl Credentials {
    /// Both parts from anything that becomes text.
    pub fn new(login: impl Into<String>, password: impl Into<String>) -> Self {
        Self { login: login.into(), password: password.into() }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // SECURITY: a password must not reach a log through a debug print of the options.
        formatter.debug_struct("Credentials").field("login", &self.login).finish_non_exhaustive()
    }
}

/// Which credential the billing calls want. The documentation does not say, so it is a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BillingAccess {
    /// No Authorization header is looked at.
    Open,
    /// A living token of the admin account.
    AdminToken,
    /// A token of its own, found in [`DemoTokens::billing`](crate::DemoTokens::billing).
    OwnToken,
}

/// How large a building to make instead of the demo building, for load. Half a million flats take seconds, not minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuildingSize {
    /// How many intercoms, with ids from 21 up.
    pub intercoms: u32,
    /// How many flats at each, numbered from 1.
    pub flats_per_intercom: u32,
}

/// When signing in to the client account needs a picture read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Captcha {
    /// It never does.
    #[default]
    Never,
    /// It always does.
    Always,
    /// After this many failures in a row, until a sign-in succeeds.
    AfterFailures(u32),
}

/// Everything that can be chosen about one simulated installation.
#[derive(Clone)]
pub struct Options {
    /// Decides the whole building and every code given out. The same seed and clock make the same building.
    pub seed: u64,
    /// The size of the building; `None` for the demo building.
    pub building: Option<BuildingSize>,
    /// Whether every flat of such a building has one or two people and three keys, the sizes a measurement speaks of, instead
    /// of a household as in the demo building.
    pub even_households: bool,
    /// Which version of the server is spoken.
    pub dialect: Dialect,
    /// Self-signed HTTPS instead of plain HTTP.
    pub https: bool,
    /// Where the time comes from.
    pub clock: Clock,
    /// How far the server's own clock is off.
    pub clock_off: TimeDelta,
    /// The loopback port; 0 lets the system choose.
    pub port: u16,
    /// The admin account.
    pub admin: Credentials,
    /// The client account, a resident of the building.
    pub client: Credentials,
    /// The zone of dates that name none, in both directions.
    pub zone: FixedOffset,
    /// Which credential the billing calls want.
    pub billing: BillingAccess,
    /// When signing in to the client account needs a picture read.
    pub captcha: Captcha,
    /// Whether the undocumented `GET /api/admin/v1/intercoms` answers.
    pub admin_list: bool,
    /// Whether the undocumented list of admin codes, `GET /api/admin/v1/intercom/{intercom}/codes`, answers.
    pub admin_codes_list: bool,
    /// Whether `GET /api/admin/v1/intercoms/{intercom}/flats` answers.
    pub flats_list: bool,
    /// Whether `GET /api/admin/v1/intercoms/{intercom}/keys` answers; never in 23.12.
    pub keys_list: bool,
    /// Whether `GET /api/admin/v1/intercoms/{intercom}/get-users` answers.
    pub users_list: bool,
    /// Whether `GET /api/v1/intercom/shows` answers.
    pub intercom_shows: bool,
    /// Whether client sessions can be listed, ended and signed out of.
    pub sessions_list: bool,
    /// Whether doors can be opened.
    pub opening_doors: bool,
    /// Whether `GET /api/v1/billing/intercoms/show` answers. The documentation has it since 25.12; 23.12 never has it.
    pub billing_show: bool,
    /// Whether the admin account can delete codes; never in 23.12.
    pub deleting_admin_codes: bool,
    /// Whether the client account can delete codes.
    pub deleting_client_codes: bool,
    /// Whether seed 004 insists on all three flags instead of leaving the lines it does not name as they are.
    pub all_lines_required: bool,
    /// How many client sessions may live at once before sign-in answers 419; `None` for no limit.
    pub session_limit: Option<usize>,
    /// How long an admin token from signing in lives.
    pub admin_token_life: TimeDelta,
    /// The largest `per_page` accepted.
    pub largest_page: u64,
}

impl Options {
    /// The demo building: plain HTTP on a random loopback port, everything optional switched on.
    ///
    /// Passwords are made anew each time, so that nobody else on the computer can sign in to it.
    #[must_use]
    pub fn demo() -> Self {
        let plain = Self::default();
        Self {
            admin_list: true,
            admin_codes_list: true,
            admin: Credentials::new(plain.admin.login, Uuid::new_v4().simple().to_string()),
            client: Credentials::new(plain.client.login, Uuid::new_v4().simple().to_string()),
            ..Self::default()
        }
    }

    /// Only the five contract calls, the sign-ins, `static/basic` and the client account's own intercoms.
    #[must_use]
    pub fn bare() -> Self {
        Self::default().without_optional_calls()
    }

    /// The same server with nothing but what [`Options::bare`] has.
    #[must_use]
    pub fn without_optional_calls(self) -> Self {
        Self {
            admin_list: false,
            admin_codes_list: false,
            flats_list: false,
            keys_list: false,
            users_list: false,
            intercom_shows: false,
            sessions_list: false,
            opening_doors: false,
            billing_show: false,
            deleting_admin_codes: false,
            deleting_client_codes: false,
            ..self
        }
    }

    /// A server of this version with the calls its documentation has, and no others.
    #[must_use]
    pub fn documented(dialect: Dialect) -> Self {
        Self { dialect, billing_show: dialect >= Dialect::V25_12, ..Self::default() }
    }
}

impl Default for Options {
    /// The smallest server that is still this server: no undocumented call answers.
    fn default() -> Self {
        Self {
            seed: 12,
            building: None,
            even_households: false,
            dialect: Dialect::default(),
            https: false,
            clock: system_clock(),
            clock_off: TimeDelta::zero(),
            port: 0,
            admin: Credentials::new("manager@lenina12.example", "demo-manager"),
            client: Credentials::new("concierge@lenina12.example", "demo-concierge"),
            zone: Utc.fix(),
            billing: BillingAccess::AdminToken,
            captcha: Captcha::default(),
            admin_list: false,
            admin_codes_list: false,
            flats_list: true,
            keys_list: true,
            users_list: true,
            intercom_shows: true,
            sessions_list: true,
            opening_doors: true,
            billing_show: true,
            deleting_admin_codes: true,
            deleting_client_codes: true,
            all_lines_required: false,
            session_limit: None,
            admin_token_life: TimeDelta::days(30),
            largest_page: 1_000,
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Options")
            .field("seed", &self.seed)
            .field("dialect", &self.dialect)
            .field("https", &self.https)
            .field("port", &self.port)
            .field("zone", &self.zone)
            .field("billing", &self.billing)
            .finish_non_exhaustive()
    }
}
