use std::fmt::Display;
use std::str::FromStr;

use chrono::TimeDelta;
use simulator::{BillingAccess, BuildingSize, Captcha, Options};

pub(crate) const USAGE: &str = "\
Usage: simulator [flags]

  --https                     self-signed HTTPS instead of plain HTTP
  --port N                    the loopback port; any free one when absent
  --seed N                    decides the building and every code given out
  --intercoms N, --flats N    a building of that many intercoms and flats at each, instead of the demo building
  --dialect 23.12|24.12|25.12 the version spoken (24.12); also decides whether billing shows intercoms, as that
                              version's documentation has it
  --zone +HH:MM               the zone of dates that name none
  --clock-off MINUTES         how far the server's own clock is off; may be negative
  --admin-login TEXT, --admin-password TEXT, --client-login TEXT, --client-password TEXT
  --admin-token-life SECONDS  how long an admin token lives (30 days)
  --session-limit N           how many client sessions may live at once before 419
  --captcha never|always|after-failures=N
  --billing open|admin|own    which credential billing wants
  --all-lines-required        switching lines wants all three
  --bare                      none of the optional calls; what follows can switch some on again
  --[no-]admin-list, --[no-]admin-codes-list, --[no-]flats-list, --[no-]keys-list, --[no-]users-list,
  --[no-]intercom-shows, --[no-]billing-show, --[no-]sessions-list, --[no-]opening-doors,
  --[no-]deleting-admin-codes, --[no-]deleting-client-codes
                              one optional call
  --control                   the door for faults, plans of faults (POST /schedule), changes from outside (POST /edit) and assertions; needs a build with
                              the feature `control`

Serves until its standard input closes.";

/// What the program was started with.
#[derive(Debug)]
pub(crate) struct Flags {
    pub(crate) options: Options,
    pub(crate) control: bool,
}

/// Why the flags cannot be followed.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FlagsError {
    #[error("{0} is not a flag of this program.")]
    Unknown(String),
    #[error("{0} wants a value after it.")]
    NoValue(String),
    #[error("{flag} cannot be {value}.")]
    BadValue { flag: String, value: String },
    #[error("--control is not part of this build: build with --features control.")]
    NoControl,
}

impl Flags {
    pub(crate) fn read(arguments: impl IntoIterator<Item = String>) -> Result<Self, FlagsError> {
        let mut arguments = arguments.into_iter();
        let mut flags = Self { options: Options::demo(), control: false };
        while let Some(flag) = arguments.next() {
            flags.follow(&flag, &mut arguments)?;
        }
        Ok(flags)
    }

    fn follow(&mut self, flag: &str, rest: &mut impl Iterator<Item = String>) -> Result<(), FlagsError> {
        if let Some((call, is_there)) = optional_call(&mut self.options, flag) {
            *call = is_there;
            return Ok(());
        }
        let mut text = || rest.next().ok_or_else(|| FlagsError::NoValue(flag.to_owned()));
        let options = &mut self.options;
        match flag {
            "--https" => options.https = true,
            "--bare" => *options = options.clone().without_optional_calls(),
            "--all-lines-required" => options.all_lines_required = true,
            "--control" if cfg!(feature = "control") => self.control = true,
            "--control" => return Err(FlagsError::NoControl),
            "--port" => options.port = parsed(flag, &text()?)?,
            "--seed" => options.seed = parsed(flag, &text()?)?,
            "--zone" => options.zone = parsed(flag, &text()?)?,
            "--session-limit" => options.session_limit = Some(parsed(flag, &text()?)?),
            "--admin-token-life" => options.admin_token_life = seconds(flag, &text()?)?,
            "--clock-off" => options.clock_off = minutes(flag, &text()?)?,
            "--intercoms" => sized(options).intercoms = parsed(flag, &text()?)?,
            "--flats" => sized(options).flats_per_intercom = parsed(flag, &text()?)?,
            "--captcha" => options.captcha = captcha(flag, &text()?)?,
            "--admin-login" => options.admin.login = text()?,
            "--admin-password" => options.admin.password = text()?,
            "--client-login" => options.client.login = text()?,
            "--client-password" => options.client.password = text()?,
            "--dialect" => {
                options.dialect = parsed(flag, &text()?)?;
                options.billing_show = Options::documented(options.dialect).billing_show;
            }
            "--billing" => options.billing = billing(flag, &text()?)?,
            unknown => return Err(FlagsError::Unknown(unknown.to_owned())),
        }
        Ok(())
    }
}

fn parsed<T: FromStr>(flag: &str, value: &str) -> Result<T, FlagsError> {
    value.parse().map_err(|_| bad_value(flag, value))
}

/// The option of a flag that switches an optional call, and whether it switches it on.
fn optional_call<'a>(options: &'a mut Options, flag: &str) -> Option<(&'a mut bool, bool)> {
    let name = flag.strip_prefix("--")?;
    let (name, is_there) = name.strip_prefix("no-").map_or((name, true), |name| (name, false));
    let call = match name {
        "admin-list" => &mut options.admin_list,
        "admin-codes-list" => &mut options.admin_codes_list,
        "flats-list" => &mut options.flats_list,
        "keys-list" => &mut options.keys_list,
        "users-list" => &mut options.users_list,
        "intercom-shows" => &mut options.intercom_shows,
        "billing-show" => &mut options.billing_show,
        "sessions-list" => &mut options.sessions_list,
        "opening-doors" => &mut options.opening_doors,
        "deleting-admin-codes" => &mut options.deleting_admin_codes,
        "deleting-client-codes" => &mut options.deleting_client_codes,
        _ => return None,
    };
    Some((call, is_there))
}

fn seconds(flag: &str, value: &str) -> Result<TimeDelta, FlagsError> {
    TimeDelta::try_seconds(parsed(flag, value)?).ok_or_else(|| bad_value(flag, value))
}

/// The building's size; one intercom of a hundred flats until it is told otherwise.
fn sized(options: &mut Options) -> &mut BuildingSize {
    options.building.get_or_insert(BuildingSize { intercoms: 1, flats_per_intercom: 100 })
}

fn minutes(flag: &str, value: &str) -> Result<TimeDelta, FlagsError> {
    TimeDelta::try_minutes(parsed(flag, value)?).ok_or_else(|| bad_value(flag, value))
}

fn captcha(flag: &str, value: &str) -> Result<Captcha, FlagsError> {
    match (value, value.strip_prefix("after-failures=")) {
        ("never", _) => Ok(Captcha::Never),
        ("always", _) => Ok(Captcha::Always),
        (_, Some(failures)) => Ok(Captcha::AfterFailures(parsed(flag, failures)?)),
        _ => Err(bad_value(flag, value)),
    }
}

fn billing(flag: &str, value: &str) -> Result<BillingAccess, FlagsError> {
    match value {
        "open" => Ok(BillingAccess::Open),
        "admin" => Ok(BillingAccess::AdminToken),
        "own" => Ok(BillingAccess::OwnToken),
        _ => Err(bad_value(flag, value)),
    }
}

fn bad_value(flag: &str, value: impl Display) -> FlagsError {
    FlagsError::BadValue { flag: flag.to_owned(), value: value.to_string() }
}

#[cfg(test)]
mod tests {
    use simulator::{BuildingSize, Captcha};

    use super::{Flags, FlagsError};

    fn read(line: &str) -> Result<Flags, FlagsError> {
        Flags::read(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn every_flag_reaches_its_option() {
        let flags =
            read("--https --port 8443 --seed 7 --zone +03:00 --admin-password secret --no-admin-list")
                .unwrap();
        assert!(flags.options.https && !flags.options.admin_list);
        assert_eq!((flags.options.port, flags.options.seed), (8443, 7));
        assert_eq!(flags.options.zone.local_minus_utc(), 3 * 3_600);
        assert_eq!(flags.options.admin.password, "secret");
        let large = read("--flats 500 --intercoms 40 --clock-off -90").unwrap().options;
        assert_eq!(large.building, Some(BuildingSize { intercoms: 40, flats_per_intercom: 500 }));
        assert_eq!(large.clock_off.num_minutes(), -90);
    }

    #[test]
    fn optional_calls_are_switched_one_by_one_or_all_off() {
        let options = read("--no-flats-list --dialect 25.12").unwrap().options;
        assert!(!options.flats_list && options.keys_list && options.billing_show && options.admin_codes_list);
        assert!(!read("--dialect 24.12").unwrap().options.billing_show);
        let bare = read("--bare --keys-list --admin-token-life 60").unwrap().options;
        assert!(bare.keys_list && !bare.flats_list && !bare.billing_show && !bare.sessions_list);
        assert_eq!(bare.admin_token_life.num_seconds(), 60);
    }

    #[test]
    fn a_captcha_is_wanted_never_always_or_after_failures() {
        let rule = |value: &str| read(&format!("--captcha {value}")).map(|flags| flags.options.captcha);
        assert_eq!(rule("always"), Ok(Captcha::Always));
        assert_eq!(rule("after-failures=3"), Ok(Captcha::AfterFailures(3)));
        assert!(matches!(rule("after-failures=x"), Err(FlagsError::BadValue { .. })));
    }

    #[test]
    fn what_cannot_be_followed_is_named() {
        assert_eq!(read("--colour").unwrap_err(), FlagsError::Unknown("--colour".to_owned()));
        assert_eq!(read("--port").unwrap_err(), FlagsError::NoValue("--port".to_owned()));
        assert!(matches!(read("--port many").unwrap_err(), FlagsError::BadValue { .. }));
    }
}
