//! Searching: every form of question, beside the same statements run bare.

use std::hint::black_box;
use std::path::Path;

use cpu_time::ThreadTime;
use store::{KeyReading, Otherwise, Query, SeenServer, Store};

use crate::bare::{self, Bare};
use crate::building::{FLATS, Panel, Random, panel};
use crate::figures::{Figure, Times};
use crate::filling::{KEY, SERVER};
use crate::{Error, Scale};

/// As many hits of each kind as the desk asks for.
pub(crate) const LIMIT: usize = 9;

/// The bounds of the store's search: milliseconds, and times the bare statements.
const MOST_MS: f64 = 5.0;
const MOST_TIMES: f64 = 1.5;

/// One form of question: what it is called, and questions of it.
pub(crate) struct Form {
    pub(crate) name: &'static str,
    pub(crate) questions: Vec<String>,
}

/// A question with its readings as a key and what else it may mean, as the desk hands it to the store.
struct Question {
    text: String,
    keys: Vec<KeyReading>,
    otherwise: Otherwise,
}

impl Question {
    fn query<'q>(&'q self, seen: &'q [SeenServer]) -> Query<'q> {
        Query {
            text: &self.text,
            keys: &self.keys,
            named: &[],
            otherwise: &self.otherwise,
            seen,
            limit: LIMIT,
        }
    }
}

/// The town's one server, where both accounts are signed in.
pub(crate) fn seen() -> [SeenServer; 1] {
    [SeenServer { server: SERVER.to_owned(), admin: true, client: true }]
}

/// Questions of every form about a town of so many flats.
pub(crate) fn forms(flats: u64, each: usize) -> Vec<Form> {
    let panels: Vec<Panel> = (0..flats.div_ceil(FLATS)).step_by(7).map(panel).collect();
    let mut random = Random(flats);
    let mut form = |name, question: &dyn Fn(&Panel, &mut Random) -> String| {
        let ask = |_| {
            let place = random.below(panels.len() as u64) as usize;
            question(&panels[place], &mut random)
        };
        Form { name, questions: (0..each).map(ask).collect() }
    };
    let fixed = |name, texts: &[&str]| Form {
        name,
        questions: texts.iter().cycle().take(each).map(|text| (*text).to_owned()).collect(),
    };
    vec![
        form("flat number", &|_, random| (1 + random.below(FLATS)).to_string()),
        form("first digit of a number", &|_, random| (1 + random.below(9)).to_string()),
        form("entrance and number (A-45)", &|panel, random| {
            let entrance = panel.intercom.entrance.clone().unwrap_or_default();
            format!("{entrance}-{}", 1 + random.below(FLATS))
        }),
        form("address and number", &|panel, random| {
            format!("{} {}", panel.intercom.address.as_deref().unwrap_or_default(), 1 + random.below(FLATS))
        }),
        form("number and address (45 Ленина, 12)", &|panel, random| {
            format!("{} {}", 1 + random.below(FLATS), panel.intercom.address.as_deref().unwrap_or_default())
        }),
        form("family name and number (Иванова 45)", &|panel, random| {
            let place = random.below(FLATS) as usize;
            let name = panel.residents[place][0].name.clone().unwrap_or_default();
            format!("{} {}", name.split(' ').next().unwrap_or_default(), panel.flats[place].number)
        }),
        form("beginning of a name", &|panel, random| beginning(&name(panel, random), 4)),
        form("first letter of a name", &|panel, random| beginning(&name(panel, random), 1)),
        form("two letters of a name", &|panel, random| beginning(&name(panel, random), 2)),
        form("middle of a name", &|panel, random| name(panel, random).chars().skip(2).take(4).collect()),
        form("whole name, е for ё", &|panel, random| {
            name(panel, random).replace('ё', "е").replace('Ё', "Е")
        }),
        form("first name and family name", &|panel, random| {
            name(panel, random)
                .split(' ')
                .take(2)
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .collect::<Vec<_>>()
                .join(" ")
        }),
        fixed(
            "Latin name",
            &["Müller", "müll", "Anna Schmidt", "o'con", "gross", "Wei", "smith ol", "kowal"],
        ),
        fixed(
            "Russian name in Latin letters",
            &["ivanova", "sergey", "olga", "tatiana", "kuz", "petrov ily", "yuliya", "shcherb"],
        ),
        fixed("very common part", &["ова", "вич", "ович", "евна", "ов", "ана", "Александр", "а", "иван"]),
        form("login", &|panel, random| {
            let people = &panel.residents[random.below(FLATS) as usize];
            people[0].login.clone().unwrap_or_default()
        }),
        form("address", &|panel, _| panel.intercom.address.clone().unwrap_or_default()),
        form("code", &|panel, random| code(panel, random).code.clone()),
        form("two digits of a code", &|panel, random| beginning(&code(panel, random).code, 2)),
        form("title of a code", &|panel, random| code(panel, random).title.clone()),
        form("key in hex", &|panel, random| key(panel, random)),
        form("key with colons", &|panel, random| {
            let key = key(panel, random);
            let bytes: Vec<String> =
                key.as_bytes().chunks(2).map(|byte| String::from_utf8_lossy(byte).into()).collect();
            bytes.join(":").to_lowercase()
        }),
        form("key in decimal", &|panel, random| number(&key(panel, random)).to_string()),
        form("key as Wiegand 26 (123,45678)", &|panel, random| {
            let low = number(&key(panel, random)) & 0xFF_FFFF;
            format!("{:03},{:05}", low >> 16, low & 0xFFFF)
        }),
        form("key with its bytes reversed", &|panel, random| {
            let key = key(panel, random);
            key.as_bytes().rchunks(2).map(String::from_utf8_lossy).collect()
        }),
        form("beginning of a key", &|panel, random| beginning(&key(panel, random), 4)),
        form("end of a key", &|panel, random| {
            let key = key(panel, random);
            key[key.len() - 5..].to_owned()
        }),
        fixed(
            "nothing to be found",
            &["щщщщ", "zzyzx", "Q-9999", "99999999999", "ъъ", "нет такого", "FFFFFFFFFFFFFF"],
        ),
    ]
}

/// Measures every form on a warm store.
pub(crate) fn measure(store: &Store, folder: &Path, flats: u64, scale: Scale) -> Result<Vec<Figure>, Error> {
    let bare = Bare::open(folder, KEY)?;
    let mut figures = Vec::new();
    for form in forms(flats, scale.questions()) {
        let (own, reference) = one_form(store, &bare, &form, scale)?;
        let (slowest, usual) = (own.percentile(99.0), own.percentile(50.0));
        figures.push(Figure::new("search", format!("{}, p99", form.name), slowest, "ms").at_most(MOST_MS));
        let what = format!("{}, median beside bare SQL", form.name);
        figures.push(
            Figure::new("search", what, usual, "ms")
                .beside(reference.percentile(50.0))
                .times_at_most(MOST_TIMES),
        );
    }
    Ok(figures)
}

/// Asks every question of a form again and again, by turns of the store and bare. What is measured is the processor's time
/// of this thread: the file is warm and nobody else is at the store, so on a machine that does nothing else that is how long
/// a person waits, and on a busy one it still is.
pub(crate) fn one_form(
    store: &Store,
    bare: &Bare,
    form: &Form,
    scale: Scale,
) -> Result<(Times, Times), Error> {
    let seen = seen();
    let mut asked = Vec::new();
    for text in &form.questions {
        let (keys, otherwise) = (desk::key_readings(text), desk::otherwise(text));
        let question = Question { text: text.clone(), keys, otherwise };
        let (found, statements) = store.traced(|store| store.search(&question.query(&seen)))?;
        found?;
        asked.push((question, bare.prepare(&statements)?));
    }
    let (mut own, mut reference) = (Times::default(), Times::default());
    for round in 0..=scale.rounds() {
        for (question, statements) in &mut asked {
            let start = ThreadTime::now();
            black_box(store.search(&question.query(&seen))?);
            let between = ThreadTime::now();
            black_box(bare::run(statements)?);
            // The first round only warms.
            if round > 0 {
                own.add(between.duration_since(start));
                reference.add(between.elapsed());
            }
        }
    }
    Ok((own, reference))
}

fn beginning(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}

fn name(panel: &Panel, random: &mut Random) -> String {
    panel.residents[random.below(FLATS) as usize][0].name.clone().unwrap_or_default()
}

fn code<'p>(panel: &'p Panel, random: &mut Random) -> &'p store::CodeRow {
    &panel.codes[random.below(panel.codes.len() as u64) as usize]
}

fn key(panel: &Panel, random: &mut Random) -> String {
    panel.keys[random.below(panel.keys.len() as u64) as usize].key.clone()
}

fn number(key: &str) -> u64 {
    u64::from_str_radix(key, 16).unwrap_or_default()
}
