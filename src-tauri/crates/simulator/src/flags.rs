use std::fmt::Display;
use std::str::FromStr;

use simulator::{BillingAccess, Options};

pub(crate) const USAGE: &str = "\
Usage: simulator [--https] [--port N] [--seed N] [--control] [--dialect 23.12|24.12|25.12]
                 [--admin-login TEXT] [--admin-password TEXT] [--client-login TEXT] [--client-password TEXT]
                 [--zone +HH:MM] [--billing open|admin|own] [--session-limit N]
                 [--no-admin-list] [--billing-show] [--no-billing-show] [--all-lines-required]

--dialect also decides whether billing shows intercoms, as that version's documentation has it; --billing-show
or --no-billing-show after it overrules that. Serves until its standard input closes. --control needs a build with the feature `control`.";

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
        let mut text = || rest.next().ok_or_else(|| FlagsError::NoValue(flag.to_owned()));
        let options = &mut self.options;
        match flag {
            "--https" => options.https = true,
            "--no-admin-list" => options.admin_list = false,
            "--billing-show" => options.billing_show = true,
            "--no-billing-show" => options.billing_show = false,
            "--all-lines-required" => options.all_lines_required = true,
            "--control" if cfg!(feature = "control") => self.control = true,
            "--control" => return Err(FlagsError::NoControl),
            "--port" => options.port = parsed(flag, &text()?)?,
            "--seed" => options.seed = parsed(flag, &text()?)?,
            "--zone" => options.zone = parsed(flag, &text()?)?,
            "--session-limit" => options.session_limit = Some(parsed(flag, &text()?)?),
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
    }

    #[test]
    fn what_cannot_be_followed_is_named() {
        assert_eq!(read("--colour").unwrap_err(), FlagsError::Unknown("--colour".to_owned()));
        assert_eq!(read("--port").unwrap_err(), FlagsError::NoValue("--port".to_owned()));
        assert!(matches!(read("--port many").unwrap_err(), FlagsError::BadValue { .. }));
    }
}
