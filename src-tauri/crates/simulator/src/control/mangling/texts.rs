use serde_json::Value;

/// Names of fields that hold texts for people. Whatever stands under `errors` is one as well.
const FOR_PEOPLE: [&str; 7] = ["title", "name", "login", "address", "message", "user_agent", "client"];

const KINDS: [&str; 4] = [
    "<img src=x onerror=\"alert(1)\"><script>document.title='taken over'</script>{{7*7}}<b>'\"&amp;`${1}",
    "👩‍👩‍👧‍👦🏳️‍🌈🫠 Z̷͓̈ä̴́l̶̽g̷o 𝔚𝔦𝔡𝔢 ﷽",
    "nul\u{0}bell\u{7}escape\u{1b}[31mred\r\nnext\u{2028}line\ttab\u{85}\u{feff}\u{7f}end",
    "\u{202e}gpj.exe\u{202c} مرحبا بالعالم \u{2066}שלום עולם\u{2069} 12",
];

const LONG: &str = "длинно-long ";
const LENGTH: usize = 10_000;

/// Every text for people made hostile, one kind after the other.
pub(super) fn hostile(mut answer: Value) -> Value {
    make_hostile(&mut answer, false, &mut 0);
    answer
}

fn make_hostile(value: &mut Value, is_for_people: bool, count: &mut usize) {
    match value {
        Value::String(text) if is_for_people => {
            *text = kind(*count);
            *count += 1;
        }
        Value::Array(items) => items.iter_mut().for_each(|item| make_hostile(item, is_for_people, count)),
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                let is_text = FOR_PEOPLE.contains(&name.as_str());
                let is_map_of_texts = name == "errors" || is_for_people;
                make_hostile(value, is_text || is_map_of_texts, count);
            }
        }
        _ => {}
    }
}

fn kind(number: usize) -> String {
    match KINDS.get(number % (KINDS.len() + 1)) {
        Some(text) => (*text).to_owned(),
        None => LONG.chars().cycle().take(LENGTH).collect(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::hostile;

    #[test]
    fn texts_for_people_take_turns_and_everything_else_stays() {
        let rows: Vec<Value> =
            (0..5).map(|id| json!({"id": id, "title": "Гости", "code": "01234"})).collect();
        let answer = hostile(json!({"data": rows}));
        let title = |row: usize| answer["data"][row]["title"].as_str().unwrap();
        assert!(title(0).contains("<script>") && title(1).contains('👧') && title(2).contains('\0'));
        assert!(title(3).starts_with('\u{202e}') && title(4).chars().count() == 10_000);
        assert_eq!((&answer["data"][4]["id"], &answer["data"][4]["code"]), (&json!(4), &json!("01234")));
    }

    #[test]
    fn refusals_are_made_hostile_as_well() {
        let answer = hostile(json!({"message": "No", "errors": {"title": ["One", "Two"]}}));
        assert_ne!(answer["errors"]["title"], json!(["One", "Two"]));
        assert_ne!(answer["message"], "No");
    }
}
