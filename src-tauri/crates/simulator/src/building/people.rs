use super::Random;

/// A family name as written on the door list, and as it stands in a login.
struct Family {
    of_a_man: &'static str,
    of_a_woman: &'static str,
    latin: &'static str,
}

const fn family(of_a_man: &'static str, of_a_woman: &'static str, latin: &'static str) -> Family {
    Family { of_a_man, of_a_woman, latin }
}

const RUSSIAN_FAMILIES: &[Family] = &[
    family("Алексеев", "Алексеева", "alekseev"),
    family("Белов", "Белова", "belov"),
    family("Васильев", "Васильева", "vasilev"),
    family("Голубев", "Голубева", "golubev"),
    family("Дёмин", "Дёмина", "demin"),
    family("Ершов", "Ершова", "ershov"),
    family("Журавлёв", "Журавлёва", "zhuravlev"),
    family("Зайцев", "Зайцева", "zaytsev"),
    family("Ильин", "Ильина", "ilin"),
    family("Королёв", "Королёва", "korolev"),
    family("Лебедев", "Лебедева", "lebedev"),
    family("Мельник", "Мельник", "melnik"),
    family("Никитин", "Никитина", "nikitin"),
    family("Орлов", "Орлова", "orlov"),
    family("Петренко", "Петренко", "petrenko"),
    family("Романов", "Романова", "romanov"),
    family("Соловьёв", "Соловьёва", "solovev"),
    family("Тихонов", "Тихонова", "tikhonov"),
    family("Фёдоров", "Фёдорова", "fedorov"),
    family("Хабибуллин", "Хабибуллина", "khabibullin"),
    family("Щербаков", "Щербакова", "scherbakov"),
    family("Яковлев", "Яковлева", "yakovlev"),
];

const RUSSIAN_MEN: &[&str] = &[
    "Александр Петрович",
    "Артём Игоревич",
    "Георгий Львович",
    "Дмитрий Олегович",
    "Иван Сергеевич",
    "Марат Ринатович",
    "Пётр Ильич",
    "Семён Аркадьевич",
];

const RUSSIAN_WOMEN: &[&str] = &[
    "Алёна Викторовна",
    "Вера Павловна",
    "Галина Степановна",
    "Екатерина Андреевна",
    "Любовь Михайловна",
    "Ольга Дмитриевна",
    "Татьяна Юрьевна",
    "Юлия Евгеньевна",
];

/// Names that a form, a sort order or a narrow column trips over.
const FOREIGN: &[(&str, &str)] = &[
    ("Emily Carter", "emily.carter"),
    ("James O'Connor", "james.oconnor"),
    ("Sinéad O’Brien", "sinead.obrien"),
    ("Gianluca D'Angelo", "gianluca.dangelo"),
    ("Priya Raman", "priya.raman"),
    ("Jürgen Weiß", "juergen.weiss"),
    ("Käthe Müller-Lüdenscheidt", "kaethe.mueller"),
    ("Björn Großmann", "bjoern.grossmann"),
    ("Dorothea von Schönau-Wehr", "dorothea.schoenau"),
    ("Anna-Maria Freifrau von und zu Hohenstein-Rautenberg", "am.hohenstein"),
    ("Thomas Featherstonehaugh-Cholmondeley", "t.featherstonehaugh"),
    ("Wei Li", "wei.li"),
];

const LONG_RUSSIAN: &[(&str, &str)] = &[
    ("Константинопольская-Верещагина Александра Владиславовна", "konstantinopolskaya"),
    ("Мамин-Сибиряк Всеволод Вячеславович", "mamin.sibiryak"),
    ("Римская-Корсакова Елизавета Константиновна", "rimskaya.korsakova"),
];

/// One household: different people, who mostly share a family name. Each with the part of the login before its number.
pub(super) fn household(random: &mut Random, size: u64) -> Vec<(String, String)> {
    match random.below(100) {
        0..14 => different(size, || owned(random.pick(FOREIGN))),
        14..18 => different(size.min(LONG_RUSSIAN.len() as u64), || owned(random.pick(LONG_RUSSIAN))),
        _ => {
            let family = random.pick(RUSSIAN_FAMILIES);
            different(size, || member(random, family))
        }
    }
}

fn different(size: u64, mut person: impl FnMut() -> (String, String)) -> Vec<(String, String)> {
    let mut people: Vec<(String, String)> = Vec::new();
    while (people.len() as u64) < size {
        let next = person();
        if !people.contains(&next) {
            people.push(next);
        }
    }
    people
}

fn member(random: &mut Random, family: &Family) -> (String, String) {
    let name = if random.chance(50) {
        format!("{} {}", family.of_a_man, random.pick(RUSSIAN_MEN))
    } else {
        format!("{} {}", family.of_a_woman, random.pick(RUSSIAN_WOMEN))
    };
    (name, family.latin.to_owned())
}

fn owned(&(name, login): &(&str, &str)) -> (String, String) {
    (name.to_owned(), login.to_owned())
}
