//! A stretch of a long list: the interface never holds more.

/// Rows `offset..offset + rows.len()` of `total`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window<T> {
    /// How many rows the query has in all.
    pub total: usize,
    /// The first row's place.
    pub offset: usize,
    /// The rows.
    pub rows: Vec<T>,
}

impl<T: Clone> Window<T> {
    /// Cuts a window out of what a query found.
    pub fn cut(found: &[&T], offset: usize, limit: usize) -> Self {
        let rows = found.iter().skip(offset).take(limit).map(|row| (*row).clone()).collect();
        Self { total: found.len(), offset, rows }
    }
}

/// A text as it is searched: lower case, `ё` as `е`.
pub fn folded(text: &str) -> String {
    text.to_lowercase().replace('ё', "е")
}

/// What every text that begins with `prefix` sorts before, and no earlier one does.
pub(crate) fn prefix_end(prefix: &str) -> String {
    // No text has a character after the last one there is, and two of them end even a text that begins with it.
    format!("{prefix}{}{}", char::MAX, char::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_beyond_the_end_is_empty_and_still_says_the_total() {
        let rows = [1, 2, 3];
        let found: Vec<&i32> = rows.iter().collect();
        assert_eq!(Window::cut(&found, 2, 5), Window { total: 3, offset: 2, rows: vec![3] });
        assert_eq!(Window::cut(&found, 9, 5), Window { total: 3, offset: 9, rows: vec![] });
    }

    #[test]
    fn a_search_does_not_tell_yo_from_ye_or_case() {
        assert_eq!(folded("Алёна ЁЛКИН"), "алена елкин");
    }
}
