//! The temporary visitor codes and their life: living, expired but still listed, gone.

use chrono::{DateTime, TimeDelta, Utc};

use crate::building::{Building, Random};

/// How long a code stays listed after it stopped opening the door.
const KEPT_AFTER_THE_END: TimeDelta = TimeDelta::hours(24);

/// Who made a code; neither side's list shows the other's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Maker {
    /// The admin account, for the flat with this record id.
    Admin {
        flat: u64,
    },
    Client,
}

#[derive(Clone, Debug)]
pub(crate) struct Code {
    pub(crate) id: u64,
    pub(crate) title: String,
    /// Five digits, leading zeros included.
    pub(crate) digits: String,
    pub(crate) maker: Maker,
    pub(crate) intercom: u64,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) expired_at: DateTime<Utc>,
}

impl Code {
    pub(crate) fn will_deleted_at(&self) -> DateTime<Utc> {
        self.expired_at + KEPT_AFTER_THE_END
    }

    pub(crate) fn is_expired(&self, now: DateTime<Utc>) -> bool {
        self.expired_at <= now
    }
}

/// What a new code is made of.
pub(crate) struct NewCode {
    pub(crate) title: String,
    pub(crate) maker: Maker,
    pub(crate) intercom: u64,
    pub(crate) expired_at: DateTime<Utc>,
}

#[derive(Debug)]
pub(crate) struct Codes {
    random: Random,
    next_id: u64,
    listed: Vec<Code>,
    created: usize,
}

impl Codes {
    /// The codes the demo building starts with: some living, some expired, of both makers.
    pub(crate) fn demo(seed: u64, now: DateTime<Utc>, building: &Building) -> Self {
        let mut codes =
            Self { random: Random::new(seed ^ 0xC0DE), next_id: 1_389, listed: Vec::new(), created: 0 };
        for (title, intercom, minutes_since, minutes_left) in OF_CLIENT {
            codes.demo_code(title, Maker::Client, intercom, now, minutes_since, minutes_left);
        }
        for (title, intercom, flat_index, minutes_left) in OF_ADMIN {
            if let Some(flat) = building.intercom(intercom).and_then(|found| found.flats.get(flat_index)) {
                codes.demo_code(title, Maker::Admin { flat: flat.id }, intercom, now, 50, minutes_left);
            }
        }
        codes.created = 0;
        codes
    }

    fn demo_code(
        &mut self,
        title: &str,
        maker: Maker,
        intercom: u64,
        now: DateTime<Utc>,
        since: i64,
        left: i64,
    ) {
        let created_at = whole_second(now) - TimeDelta::minutes(since);
        let expired_at = whole_second(now) + TimeDelta::minutes(left);
        self.create(NewCode { title: title.to_owned(), maker, intercom, expired_at }, created_at);
    }

    pub(crate) fn create(&mut self, new: NewCode, now: DateTime<Utc>) -> Code {
        let code = Code {
            id: self.next_id,
            title: new.title,
            digits: self.unused_digits(),
            maker: new.maker,
            intercom: new.intercom,
            created_at: whole_second(now),
            expired_at: new.expired_at,
        };
        self.next_id += 1;
        self.created += 1;
        self.listed.push(code.clone());
        code
    }

    fn unused_digits(&mut self) -> String {
        loop {
            let digits = format!("{:05}", self.random.below(100_000));
            if self.listed.iter().all(|code| code.digits != digits) {
                return digits;
            }
        }
    }

    /// Forgets the codes whose `will_deleted_at` has come.
    pub(crate) fn forget_old(&mut self, now: DateTime<Utc>) {
        self.listed.retain(|code| code.will_deleted_at() > now);
    }

    /// What the client account's list shows, newest first.
    pub(crate) fn of_client(&self) -> Vec<&Code> {
        self.listed.iter().rev().filter(|code| code.maker == Maker::Client).collect()
    }

    /// What the admin account made at one intercom, newest first.
    pub(crate) fn of_admin(&self, intercom: u64) -> Vec<(&Code, u64)> {
        let made = self.listed.iter().rev().filter(|code| code.intercom == intercom);
        made.filter_map(|code| match code.maker {
            Maker::Admin { flat } => Some((code, flat)),
            Maker::Client => None,
        })
        .collect()
    }

    pub(crate) fn delete(&mut self, is_meant: impl Fn(&Code) -> bool) {
        self.listed.retain(|code| !is_meant(code));
    }

    #[cfg(feature = "control")]
    pub(crate) fn listed(&self) -> &[Code] {
        &self.listed
    }

    /// How many codes were made by requests, deleted and vanished ones included.
    #[cfg(feature = "control")]
    pub(crate) fn created(&self) -> usize {
        self.created
    }
}

/// The server keeps whole seconds.
pub(crate) fn whole_second(instant: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp(instant.timestamp(), 0).unwrap_or(instant)
}

/// Title, intercom, minutes since it was made, minutes left (negative: expired).
const OF_CLIENT: [(&str, u64, i64, i64); 9] = [
    ("Сантехник", 21, 1_500, -600),
    ("Pizza", 23, 400, -340),
    ("Гости на ужин", 21, 260, -20),
    ("Бабушка", 21, 4_000, 10_080),
    ("Cleaner", 21, 900, 2_880),
    ("Курьер с цветами", 23, 14, 16),
    ("Emily's parents", 23, 300, 4_320),
    ("Окна: замер, ООО «Светлый дом»", 21, 90, 150),
    ("Parking, Jürgen", 24, 30, 690),
];

/// Title, intercom, index of the flat, minutes left.
const OF_ADMIN: [(&str, u64, usize, i64); 3] =
    [("Лифтёр", 21, 0, 480), ("Meter reading", 22, 14, 55), ("Почта", 22, 60, -45)];
