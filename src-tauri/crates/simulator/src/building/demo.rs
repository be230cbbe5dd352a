use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};

use super::people::household;
use super::{Building, Flat, Intercom, Key, Lines, Random, Resident};

/// One panel of the demo complex, before its flats are filled.
struct Panel {
    id: u64,
    title: &'static str,
    address: &'static str,
    department: u64,
    is_online: bool,
    is_of_client: bool,
    numbers: std::ops::RangeInclusive<u64>,
    /// How many of a hundred flats are empty.
    empty: u64,
}

/// What a person types who is not told of any limit.
const LONG_TITLE: &str = "Parking P1 · подземная автостоянка под корпусами 1–4, въезд со стороны Садового переулка \
через ворота № 2 (ночью только по коду; грузовым — звонить на пост охраны), lower level, spaces 001 to 060";

const PANELS: [Panel; 3] = [
    Panel {
        id: 21,
        title: "Подъезд 1",
        address: "ул. Ленина, 12",
        department: 1,
        is_online: true,
        is_of_client: true,
        numbers: 1..=120,
        empty: 7,
    },
    Panel {
        id: 22,
        title: "Подъезд 2",
        address: "ул. Ленина, 12",
        department: 2,
        is_online: true,
        is_of_client: false,
        numbers: 121..=216,
        empty: 9,
    },
    Panel {
        id: 24,
        title: LONG_TITLE,
        address: "ул. Ленина, 12, basement",
        department: 4,
        is_online: false,
        is_of_client: true,
        numbers: 1..=60,
        empty: 55,
    },
];

/// The residential complex at «ул. Ленина, 12»: two entrances, the gate in front of both, and a parking that is offline.
///
/// Whoever lives behind an entrance also stands at the gate, with the same keys under other record ids.
pub(crate) fn demo_building(seed: u64, now: DateTime<Utc>) -> Building {
    let mut builder = Builder::new(seed, now);
    for panel in &PANELS {
        let flats = panel.numbers.clone().map(|number| builder.flat(number, panel.empty)).collect();
        let intercom = builder.intercom(panel.sign(), flats);
        builder.building.intercoms.push(intercom);
    }
    let gate = builder.gate();
    builder.building.intercoms.insert(2, gate);
    builder.add_oddities();
    builder.building
}

/// What a panel says of itself.
pub(super) struct PanelSign {
    pub(super) id: u64,
    pub(super) title: String,
    pub(super) address: String,
    pub(super) department: u64,
    pub(super) is_online: bool,
    pub(super) is_of_client: bool,
}

impl Panel {
    fn sign(&self) -> PanelSign {
        PanelSign {
            id: self.id,
            title: self.title.to_owned(),
            address: self.address.to_owned(),
            department: self.department,
            is_online: self.is_online,
            is_of_client: self.is_of_client,
        }
    }
}

/// Everything is made in order, by one sequence of dice.
pub(super) struct Builder {
    random: Random,
    now: DateTime<Utc>,
    pub(super) building: Building,
    known_keys: BTreeSet<String>,
    next_flat: u64,
    next_key: u64,
    next_resident: u64,
}

impl Builder {
    pub(super) fn new(seed: u64, now: DateTime<Utc>) -> Self {
        Self {
            random: Random::new(seed),
            now,
            building: Building::default(),
            known_keys: BTreeSet::new(),
            next_flat: 501,
            next_key: 3_001,
            next_resident: 7_001,
        }
    }

    pub(super) fn intercom(&mut self, sign: PanelSign, flats: Vec<Flat>) -> Intercom {
        Intercom {
            id: sign.id,
            title: sign.title,
            address: sign.address,
            department: sign.department,
            is_online: sign.is_online,
            is_of_client: sign.is_of_client,
            mac: self.mac(),
            serial_number: format!("AV-{:06}", self.random.below(1_000_000)),
            // The oldest panel was carried over from an earlier installation, which kept no date.
            created_at: (sign.id != PANELS[0].id).then(|| self.days_ago(900, 400)),
            updated_at: self.days_ago(20, 20),
            external_id: None,
            flats,
            loose_keys: Vec::new(),
        }
    }

    /// What the dice would hardly throw. It comes last, so that it changes nothing else.
    fn add_oddities(&mut self) {
        for index in 0..self.building.intercoms.len() {
            let id = self.building.intercoms[index].id;
            // The gate was never told to billing.
            self.building.intercoms[index].external_id = (id != 23).then(|| format!("L12-{id:04}"));
        }
        let loose: Vec<Key> = (0..3).map(|_| self.key(&[])).collect();
        let many: Vec<Key> = (0..27).map(|_| self.key(&[])).collect();
        if let Some(entrance) = self.building.intercom_mut(21) {
            entrance.loose_keys = loose;
        }
        // The cleaning company's space in the parking, with a key for everybody who ever worked there.
        if let Some(space) = self.building.intercom_mut(24).and_then(|parking| parking.flats.last_mut()) {
            space.keys = many;
        }
    }

    fn gate(&mut self) -> Intercom {
        let behind: Vec<Flat> =
            self.building.intercoms[..2].iter().flat_map(|entrance| entrance.flats.clone()).collect();
        let flats = behind.into_iter().map(|flat| self.same_flat_at_the_gate(flat)).collect();
        Intercom {
            id: 23,
            title: "Калитка · Courtyard gate".to_owned(),
            address: "ул. Ленина, 12".to_owned(),
            department: 0,
            is_online: true,
            is_of_client: true,
            mac: self.mac(),
            serial_number: format!("AV-{:06}", self.random.below(1_000_000)),
            created_at: Some(self.days_ago(900, 400)),
            updated_at: self.days_ago(20, 20),
            external_id: None,
            flats,
            loose_keys: Vec::new(),
        }
    }

    fn same_flat_at_the_gate(&mut self, mut flat: Flat) -> Flat {
        flat.id = self.take_flat_id();
        flat.lines.analog = false;
        for key in &mut flat.keys {
            key.id = self.take_key_id();
        }
        flat
    }

    pub(super) fn flat(&mut self, number: u64, empty: u64) -> Flat {
        let id = self.take_flat_id();
        let people = if self.random.chance(empty) { 0 } else { 1 + self.random.below(4) };
        let residents = self.residents(people);
        let keys = self.keys(&residents);
        self.flat_of(id, number, residents, keys)
    }

    /// A flat of one or two people and three keys.
    pub(super) fn even_flat(&mut self, number: u64) -> Flat {
        let id = self.take_flat_id();
        let residents = self.residents(1 + number % 2);
        let keys = (0..3).map(|_| self.key(&residents)).collect();
        self.flat_of(id, number, residents, keys)
    }

    fn flat_of(&mut self, id: u64, number: u64, residents: Vec<u64>, keys: Vec<Key>) -> Flat {
        Flat {
            id,
            number,
            lines: Lines {
                analog: self.random.chance(80),
                smartphone: !residents.is_empty() && self.random.chance(75),
                landline: self.random.chance(8),
            },
            can_manage_resistance: self.random.chance(60),
            keys,
            residents,
        }
    }

    fn residents(&mut self, size: u64) -> Vec<u64> {
        let people = household(&mut self.random, size);
        people.into_iter().map(|(name, login)| self.resident(name, &login)).collect()
    }

    fn resident(&mut self, name: String, login: &str) -> u64 {
        let id = self.next_resident;
        self.next_resident += 1;
        let created_at = self.days_ago(1_100, 60);
        let expired_at = match self.random.below(100) {
            0..6 => self.now - TimeDelta::days(1 + self.random.below(120) as i64),
            6..10 => self.now + TimeDelta::days(3 + self.random.below(40) as i64),
            _ => created_at + TimeDelta::days(36_525),
        };
        let updated_at = created_at + TimeDelta::minutes(self.random.below(60_000) as i64);
        let login = format!("{login}{}@example.org", id % 1_000);
        self.building.residents.insert(id, Resident { id, name, login, created_at, updated_at, expired_at });
        id
    }

    fn keys(&mut self, residents: &[u64]) -> Vec<Key> {
        let count = if residents.is_empty() {
            u64::from(self.random.chance(20))
        } else {
            self.random.below(residents.len() as u64 + 2)
        };
        (0..count).map(|_| self.key(residents)).collect()
    }

    fn key(&mut self, residents: &[u64]) -> Key {
        let owner = if residents.is_empty() || self.random.chance(15) {
            None
        } else {
            Some(*self.random.pick(residents))
        };
        let created_at = self.days_ago(1_000, 30);
        Key {
            id: self.take_key_id(),
            digits: self.key_digits(),
            owner,
            created_at,
            updated_at: created_at + TimeDelta::minutes(self.random.below(30_000) as i64),
        }
    }

    fn key_digits(&mut self) -> String {
        loop {
            let number = self.random.next() & 0xFFFF_FFFF;
            let digits =
                if self.random.chance(70) { format!("{number:014X}") } else { format!("{number:08x}") };
            if self.known_keys.insert(digits.to_lowercase()) {
                return digits;
            }
        }
    }

    fn mac(&mut self) -> String {
        let number = self.random.next();
        format!("08:13:CD:{:02X}:{:02X}:{:02X}", number as u8, (number >> 8) as u8, (number >> 16) as u8)
    }

    /// Some whole second between `most` and `least` days before now.
    fn days_ago(&mut self, most: u64, least: u64) -> DateTime<Utc> {
        let spread = (most - least) * 86_400;
        self.now - TimeDelta::seconds((least * 86_400 + self.random.below(spread + 1)) as i64)
    }

    fn take_flat_id(&mut self) -> u64 {
        self.next_flat += 1;
        self.next_flat - 1
    }

    fn take_key_id(&mut self) -> u64 {
        self.next_key += 1;
        self.next_key - 1
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::demo_building;

    #[test]
    fn the_same_seed_and_clock_make_the_same_building() {
        let now = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        assert_eq!(format!("{:?}", demo_building(3, now)), format!("{:?}", demo_building(3, now)));
        assert_ne!(format!("{:?}", demo_building(3, now)), format!("{:?}", demo_building(4, now)));
    }

    #[test]
    fn the_building_has_everything_a_screen_must_cope_with() {
        let now = DateTime::from_timestamp(1_795_000_000, 0).unwrap();
        let building = demo_building(12, now);
        let flats = || building.intercoms.iter().flat_map(|intercom| &intercom.flats);
        let keys = || flats().flat_map(|flat| &flat.keys);
        let named = |part: &str| building.residents.values().any(|person| person.name.contains(part));

        assert_eq!(
            building.intercoms.iter().map(|intercom| intercom.flats.len()).collect::<Vec<_>>(),
            [120, 96, 216, 60]
        );
        assert!(building.intercoms.iter().any(|intercom| !intercom.is_online));
        assert!(building.intercoms.iter().any(|intercom| intercom.title.chars().count() > 150));
        assert!(building.intercoms.iter().any(|intercom| !intercom.loose_keys.is_empty()));
        assert!(flats().any(|flat| flat.keys.len() > 20));
        assert!(flats().any(|flat| flat.residents.is_empty() && flat.keys.is_empty()));
        assert!(flats().any(|flat| !flat.lines.smartphone) && flats().any(|flat| flat.lines.landline));
        assert!(keys().any(|key| key.owner.is_none()));
        assert!(keys().any(|key| key.digits.len() == 14) && keys().any(|key| key.digits.len() == 8));
        assert!(building.residents.values().any(|person| person.expired_at < now));
        assert!(named("ё") && named("'") && named("-") && named("ü"));
        assert!(flats().all(|flat| flat.id != flat.number));
    }
}
