//! A town of any size, the same each time: what a desk of some two hundred intercoms remembers.

use chrono::{DateTime, TimeDelta, Utc};
use store::{CodeRow, FlatRow, IntercomRow, KeyRow, LineRow, LineRows, OwnerRow, ResidentRow};

/// Flats behind one intercom.
pub(crate) const FLATS: u64 = 500;
/// Keys of a flat; a resident's, mostly.
const KEYS: u64 = 3;

/// What one intercom's server tells of it.
pub(crate) struct Panel {
    /// The intercom.
    pub(crate) intercom: IntercomRow,
    /// Its flats, in the order of their numbers.
    pub(crate) flats: Vec<FlatRow>,
    /// Who lives in each of them.
    pub(crate) residents: Vec<Vec<ResidentRow>>,
    /// Its keys.
    pub(crate) keys: Vec<KeyRow>,
    /// Its codes by flat.
    pub(crate) codes: Vec<CodeRow>,
}

/// When everything was last seen.
pub(crate) fn seen_at() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
}

/// The intercom of this place in the town, from 0, with all that belongs to it.
pub(crate) fn panel(place: u64) -> Panel {
    panel_of(place, FLATS)
}

/// One more intercom, of the place behind the last one, that has so many flats.
pub(crate) fn large_panel(place: u64, flats: u64) -> Panel {
    let panel = panel_of(place, flats);
    let intercom = IntercomRow { title: Some("Башня".to_owned()), ..panel.intercom };
    Panel { intercom, ..panel }
}

fn panel_of(place: u64, flats_here: u64) -> Panel {
    let mut random = Random(place.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let id = 21 + place;
    let street = STREETS[(place / 8) as usize % STREETS.len()];
    let (house, entrance) = (2 + place / 4 % 60 * 2, place % 4 + 1);
    let title =
        if place % 5 == 4 { format!("Entrance {entrance}") } else { format!("Подъезд {entrance}") };
    // Entrances are numbered in one house and lettered in the next.
    let entrance = if place.is_multiple_of(3) {
        ["A", "B", "C", "D"][(place % 4) as usize].to_owned()
    } else {
        entrance.to_string()
    };
    let intercom = IntercomRow {
        title: Some(title),
        address: Some(format!("{street}, {house}")),
        entrance: Some(entrance),
        online: Some(place % 7 != 3),
        online_at: Some(seen_at()),
        mac: Some(format!("08:13:CD:00:{:02X}:{:02X}", place >> 8 & 0xFF, place & 0xFF)),
        flats: Some((1, u32::try_from(flats_here).unwrap_or(u32::MAX))),
        ..IntercomRow::nameless(id, seen_at())
    };
    let first = place * FLATS;
    let (mut flats, mut residents, mut keys) = (Vec::new(), Vec::new(), Vec::new());
    for number in 1..=flats_here {
        let flat = first + number;
        let people = household(&mut random, flat);
        for nth in 0..KEYS {
            keys.push(key(&mut random, flat * KEYS + nth, flat, number, people.get(nth as usize)));
        }
        flats.push(self::flat(&mut random, flat, number, people.len()));
        residents.push(people);
    }
    let codes = (0..FLATS / 20).map(|nth| code(&mut random, first + nth, id)).collect();
    Panel { intercom, flats, residents, keys, codes }
}

fn flat(random: &mut Random, id: u64, number: u64, people: usize) -> FlatRow {
    let mut line =
        |percent| LineRow { state: Some(random.below(100) < percent), confirmed_at: Some(seen_at()) };
    FlatRow {
        id: Some(id),
        number: number.to_string(),
        key_count: Some(KEYS as u32),
        resident_count: u32::try_from(people).ok(),
        lines: LineRows { analog: line(90), smartphone: line(60), landline: line(10) },
        confirmed_at: seen_at(),
        gone_at: None,
    }
}

/// One or two people of one family.
fn household(random: &mut Random, flat: u64) -> Vec<ResidentRow> {
    let (of_a_man, of_a_woman, latin) = FAMILIES[random.below(FAMILIES.len() as u64) as usize];
    let is_foreign = random.below(100) < 15;
    let person = |random: &mut Random, nth: u64| {
        let (name, login) = if is_foreign {
            let (first, last) = (random.pick(FOREIGN_FIRST), random.pick(FOREIGN_LAST));
            (format!("{first} {last}"), format!("{}.{}", first.to_lowercase(), last.to_lowercase()))
        } else if random.below(2) == 0 {
            (format!("{of_a_man} {} {}", random.pick(MEN), random.pick(OF_FATHERS)), latin.to_owned())
        } else {
            let of_father = random.pick(OF_FATHERS).replace("евич", "евна").replace("ович", "овна");
            (format!("{of_a_woman} {} {of_father}", random.pick(WOMEN)), latin.to_owned())
        };
        ResidentRow {
            id: flat * 2 + nth,
            name: Some(name),
            login: Some(format!("{login}{flat}")),
            valid_until: None,
        }
    };
    (0..1 + flat % 2).map(|nth| person(random, nth)).collect()
}

/// A key of four bytes, every fourth one of seven.
fn key(random: &mut Random, id: u64, flat: u64, number: u64, owner: Option<&ResidentRow>) -> KeyRow {
    let bytes = random.next();
    let key =
        if id.is_multiple_of(4) { format!("04{:012X}", bytes >> 16) } else { format!("{:08X}", bytes >> 32) };
    let owner = owner.map_or(OwnerRow::Nobody, |owner| OwnerRow::User {
        id: owner.id,
        name: owner.name.clone(),
        login: owner.login.clone(),
    });
    KeyRow {
        id,
        key,
        owner,
        flat: Some((flat, number.to_string())),
        created_at: Some(seen_at() - TimeDelta::days((id % 900) as i64)),
        confirmed_at: seen_at(),
        gone_at: None,
    }
}

fn code(random: &mut Random, id: u64, intercom: u64) -> CodeRow {
    CodeRow {
        id,
        code: format!("{:06}", random.below(1_000_000)),
        title: format!("{} {}", random.pick(ERRANDS), random.pick(WOMEN)),
        intercom: Some(intercom),
        intercom_title: None,
        flat_number: Some((1 + random.below(FLATS)).to_string()),
        until: Some(seen_at() + TimeDelta::hours(4)),
        is_ended: false,
        is_unsettled: false,
        removed_at: None,
        created_at: Some(seen_at()),
    }
}

/// SplitMix64: small, well spread, the same on every machine.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    pub(crate) fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.below(from.len() as u64) as usize]
    }
}

const STREETS: &[&str] = &[
    "ул. Ленина",
    "ул. Лётная",
    "пр. Мира",
    "ул. Зелёная",
    "Садовая улица",
    "ул. Королёва",
    "пер. Тихий",
    "Lenina st.",
    "Harbour Road",
    "наб. реки Мойки",
    "ул. 8 Марта",
    "бульвар Шевченко",
];

const ERRANDS: &[&str] =
    &["Курьер", "Сантехник", "Няня", "Гости", "Доставка", "Электрик", "Cleaner", "Уборка", "Мастер"];

const MEN: &[&str] = &[
    "Александр",
    "Алексей",
    "Артём",
    "Георгий",
    "Дмитрий",
    "Евгений",
    "Иван",
    "Кирилл",
    "Марат",
    "Михаил",
    "Николай",
    "Олег",
    "Пётр",
    "Роман",
    "Сергей",
    "Семён",
    "Тимур",
    "Фёдор",
    "Юрий",
    "Ярослав",
];

const WOMEN: &[&str] = &[
    "Александра",
    "Алёна",
    "Анна",
    "Вера",
    "Галина",
    "Дарья",
    "Екатерина",
    "Елена",
    "Жанна",
    "Ирина",
    "Любовь",
    "Мария",
    "Наталья",
    "Ольга",
    "Полина",
    "Светлана",
    "Татьяна",
    "Ульяна",
    "Юлия",
    "Яна",
];

const OF_FATHERS: &[&str] = &[
    "Александрович",
    "Алексеевич",
    "Андреевич",
    "Борисович",
    "Викторович",
    "Владимирович",
    "Дмитриевич",
    "Евгеньевич",
    "Иванович",
    "Игоревич",
    "Михайлович",
    "Николаевич",
    "Олегович",
    "Павлович",
    "Петрович",
    "Сергеевич",
];

const FOREIGN_FIRST: &[&str] = &[
    "Anna", "Emily", "James", "Jürgen", "Käthe", "Liam", "Maria", "Nguyen", "Olivia", "Pedro", "Priya",
    "Sinéad", "Thomas", "Wei",
];

const FOREIGN_LAST: &[&str] = &[
    "Carter",
    "Großmann",
    "Hohenstein",
    "Kowalski",
    "Li",
    "Martinez",
    "Müller",
    "O'Connor",
    "Raman",
    "Rossi",
    "Schmidt",
    "Smith",
    "Tanaka",
    "Weiß",
];

/// A family name of a man and of a woman, and as logins have it.
const FAMILIES: &[(&str, &str, &str)] = &[
    ("Алексеев", "Алексеева", "alekseev"),
    ("Андреев", "Андреева", "andreev"),
    ("Белов", "Белова", "belov"),
    ("Васильев", "Васильева", "vasilev"),
    ("Виноградов", "Виноградова", "vinogradov"),
    ("Воробьёв", "Воробьёва", "vorobev"),
    ("Гаврилов", "Гаврилова", "gavrilov"),
    ("Голубев", "Голубева", "golubev"),
    ("Григорьев", "Григорьева", "grigorev"),
    ("Дёмин", "Дёмина", "demin"),
    ("Ершов", "Ершова", "ershov"),
    ("Жуков", "Жукова", "zhukov"),
    ("Журавлёв", "Журавлёва", "zhuravlev"),
    ("Зайцев", "Зайцева", "zaytsev"),
    ("Иванов", "Иванова", "ivanov"),
    ("Ильин", "Ильина", "ilin"),
    ("Ким", "Ким", "kim"),
    ("Киселёв", "Киселёва", "kiselev"),
    ("Козлов", "Козлова", "kozlov"),
    ("Королёв", "Королёва", "korolev"),
    ("Кузнецов", "Кузнецова", "kuznetsov"),
    ("Лебедев", "Лебедева", "lebedev"),
    ("Макаров", "Макарова", "makarov"),
    ("Мельник", "Мельник", "melnik"),
    ("Морозов", "Морозова", "morozov"),
    ("Никитин", "Никитина", "nikitin"),
    ("Новиков", "Новикова", "novikov"),
    ("Орлов", "Орлова", "orlov"),
    ("Павлов", "Павлова", "pavlov"),
    ("Петренко", "Петренко", "petrenko"),
    ("Петров", "Петрова", "petrov"),
    ("Попов", "Попова", "popov"),
    ("Романов", "Романова", "romanov"),
    ("Семёнов", "Семёнова", "semenov"),
    ("Сидоров", "Сидорова", "sidorov"),
    ("Смирнов", "Смирнова", "smirnov"),
    ("Соколов", "Соколова", "sokolov"),
    ("Соловьёв", "Соловьёва", "solovev"),
    ("Тихонов", "Тихонова", "tikhonov"),
    ("Фёдоров", "Фёдорова", "fedorov"),
    ("Хабибуллин", "Хабибуллина", "khabibullin"),
    ("Чернов", "Чернова", "chernov"),
    ("Щербаков", "Щербакова", "scherbakov"),
    ("Яковлев", "Яковлева", "yakovlev"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_town_of_two_hundred_intercoms_is_as_large_as_the_bounds_speak_of_and_always_the_same() {
        let flats: usize = (0..2).map(|place| panel(place).flats.len()).sum();
        let keys: usize = (0..2).map(|place| panel(place).keys.len()).sum();
        let residents: usize = (0..2).map(|place| panel(place).residents.iter().flatten().count()).sum();
        assert_eq!((flats, keys, residents), (1_000, 3_000, 1_500));
        assert_eq!(panel(7).residents, panel(7).residents);
        assert_ne!(panel(7).residents, panel(8).residents);
    }
}
