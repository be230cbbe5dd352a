use serde_json::{Value, json};

use crate::control::fault::Broken;

/// Where answers keep their records, in the order of preference.
const LISTS: [&str; 4] = ["data", "sessions", "keys", "users"];

/// One record broken: in the middle of the answer's list, or the answer itself when it has none.
pub(super) fn with_one_broken(mut answer: Value, how: Broken) -> Value {
    let place = LISTS.into_iter().find(|name| answer[*name].as_array().is_some_and(|rows| !rows.is_empty()));
    let list = match place {
        Some(name) => answer[name].as_array_mut(),
        None => answer.as_array_mut(),
    };
    match list {
        Some(rows) if !rows.is_empty() => {
            let middle = rows.len() / 2;
            break_it(&mut rows[middle], how);
        }
        Some(_) => {}
        None => break_it(&mut answer, how),
    }
    answer
}

fn break_it(record: &mut Value, how: Broken) {
    let broken = json!("broken on purpose");
    let Some(fields) = record.as_object_mut() else {
        *record = broken;
        return;
    };
    let id = match how {
        Broken::NoId => {
            fields.remove("id");
            return;
        }
        Broken::HugeId => json!((1_u64 << 53) + 1),
        Broken::ZeroId => json!(0),
        Broken::NegativeId => json!(-1),
        Broken::TextInside => {
            match fields.values_mut().find(|value| value.is_object()) {
                Some(inside) => *inside = broken,
                None => *record = broken,
            }
            return;
        }
        Broken::TextInstead => {
            *record = broken;
            return;
        }
    };
    fields.insert("id".to_owned(), id);
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::with_one_broken;
    use crate::control::fault::Broken;

    #[test]
    fn the_record_in_the_middle_is_broken_and_the_others_are_not() {
        let page = || json!({"data": [{"id": 1}, {"id": 2, "user": {"id": 5}}, {"id": 3}], "meta": {}});
        let middle = |how: Broken| -> Value {
            let broken = with_one_broken(page(), how);
            assert_eq!((&broken["data"][0], &broken["data"][2]), (&json!({"id": 1}), &json!({"id": 3})));
            broken["data"][1].clone()
        };
        assert_eq!(middle(Broken::NoId), json!({"user": {"id": 5}}));
        assert_eq!(middle(Broken::HugeId)["id"], 9_007_199_254_740_993_u64);
        assert_eq!(middle(Broken::ZeroId)["id"], 0);
        assert_eq!(middle(Broken::NegativeId)["id"], -1);
        assert!(middle(Broken::TextInside)["user"].is_string());
        assert!(middle(Broken::TextInstead).is_string());
    }

    #[test]
    fn an_answer_without_a_list_is_broken_itself() {
        assert_eq!(with_one_broken(json!({"id": 4, "code": "1"}), Broken::NoId), json!({"code": "1"}));
        assert_eq!(with_one_broken(json!([{"id": 4}]), Broken::ZeroId), json!([{"id": 0}]));
        assert_eq!(with_one_broken(json!({"data": []}), Broken::TextInstead), json!("broken on purpose"));
    }
}
