//! Hardware addresses, as a person types them.

/// A hardware address as billing writes it, from however it was typed; `None` where it is none.
pub(crate) fn read_mac(typed: &str) -> Option<String> {
    let digits: String = typed.chars().filter(|one| !matches!(one, ':' | '-' | '.' | ' ')).collect();
    let is_mac = digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let pairs: Vec<&str> =
        (0..digits.len()).step_by(2).filter_map(|start| digits.get(start..start + 2)).collect();
    is_mac.then(|| pairs.join(":").to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_hardware_address_is_read_however_it_is_typed() {
        for typed in ["08:00:27:ab:cd:ef", "08-00-27-AB-CD-EF", "0800.27ab.cdef", " 080027abcdef "] {
            assert_eq!(read_mac(typed).as_deref(), Some("08:00:27:AB:CD:EF"), "{typed}");
        }
        for typed in ["", "08:00:27:ab:cd", "08:00:27:ab:cd:eg", "дом", "080027abcdef00"] {
            assert_eq!(read_mac(typed), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_hardware_address_or_none(text in ".{0,40}") {
            let read = read_mac(&text);
            prop_assert!(read.is_none_or(|mac| mac.len() == 17));
        }
    }
}
