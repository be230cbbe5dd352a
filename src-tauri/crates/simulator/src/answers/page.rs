use serde_json::{Value, json};

/// Which page was asked for, both from 1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PageRequest {
    pub(crate) page: u64,
    pub(crate) per_page: u64,
}

/// How many page links stand on either side of the current one, and at both ends.
const LINKS_BESIDE: u64 = 3;
const LINKS_AT_ENDS: u64 = 2;

/// One page of `all`, with the links and the meta block the server's framework adds. `path` is the address without a query.
pub(crate) fn page<T>(all: &[T], request: PageRequest, path: &str, show: impl Fn(&T) -> Value) -> Value {
    let PageRequest { page, per_page } = request;
    let total = all.len() as u64;
    let last = total.div_ceil(per_page).max(1);
    let before = (page - 1).saturating_mul(per_page).min(total);
    let data: Vec<Value> = all.iter().skip(before as usize).take(per_page as usize).map(show).collect();
    let count = data.len() as u64;
    let address = |number: u64| format!("{path}?page={number}");
    let previous = (page > 1).then(|| address(page - 1));
    let next = (page < last).then(|| address(page + 1));
    json!({
        "links": {"first": address(1), "last": address(last), "prev": previous, "next": next},
        "meta": {
            "current_page": page,
            "from": (count > 0).then_some(before + 1),
            "last_page": last,
            "links": links(page, last, previous.as_deref(), next.as_deref(), address),
            "path": path,
            "per_page": per_page,
            "to": (count > 0).then_some(before + count),
            "total": total,
        },
        "data": data,
    })
}

fn links(
    page: u64,
    last: u64,
    previous: Option<&str>,
    next: Option<&str>,
    address: impl Fn(u64) -> String,
) -> Vec<Value> {
    let link = |url: Option<&str>, label: &str, is_active: bool| json!({"url": url, "label": label, "active": is_active});
    let mut links = vec![link(previous, "pagination.previous", false)];
    let mut shown = 0;
    for number in 1..=last {
        let is_at_an_end = number <= LINKS_AT_ENDS || number + LINKS_AT_ENDS > last;
        if !is_at_an_end && number.abs_diff(page) > LINKS_BESIDE {
            continue;
        }
        if number > shown + 1 {
            links.push(link(None, "...", false));
        }
        links.push(link(Some(&address(number)), &number.to_string(), number == page));
        shown = number;
    }
    links.push(link(next, "pagination.next", false));
    links
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{PageRequest, page};

    fn numbers(count: u64, number: u64, per_page: u64) -> Value {
        let all: Vec<u64> = (1..=count).collect();
        page(&all, PageRequest { page: number, per_page }, "http://server/list", |each| json!(each))
    }

    #[test]
    fn the_last_page_holds_what_is_left() {
        let body = numbers(53, 3, 25);
        assert_eq!(body["data"], json!([51, 52, 53]));
        assert_eq!((&body["meta"]["from"], &body["meta"]["to"]), (&json!(51), &json!(53)));
        assert_eq!(body["links"]["next"], Value::Null);
    }

    #[test]
    fn an_empty_page_has_no_first_and_no_last_row() {
        for body in [numbers(0, 1, 25), numbers(3, 9, 25)] {
            assert_eq!(body["data"], json!([]));
            assert_eq!((&body["meta"]["from"], &body["meta"]["to"]), (&Value::Null, &Value::Null));
        }
    }

    #[test]
    fn many_pages_leave_gaps_between_their_links() {
        let body = numbers(300, 10, 10);
        let labels: Vec<&str> = body["meta"]["links"]
            .as_array()
            .unwrap()
            .iter()
            .map(|link| link["label"].as_str().unwrap())
            .collect();
        assert_eq!(labels[1..5], ["1", "2", "...", "7"]);
        assert_eq!(labels[labels.len() - 4..labels.len() - 1], ["...", "29", "30"]);
    }
}
