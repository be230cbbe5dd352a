//! Panics are told to the log: where, and the program's own words if there were any.

use std::any::Any;
use std::panic;

use super::Log;

/// From now on, panics are told to the log.
pub(super) fn tell(log: Log) {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        let words = own_words(info.payload()).unwrap_or_default();
        tracing::error!(place, words, "panic");
        // The process may end here, before the files were open.
        log.open();
        // SECURITY: the usual hook prints the whole message, which a release build keeps to itself.
        if cfg!(debug_assertions) {
            usual(info);
        }
    }));
}

/// The message, unless it was put together: a composed one can quote anything, such as the text that was cut within a
/// letter or the value that was not expected.
fn own_words(payload: &dyn Any) -> Option<&'static str> {
    payload.downcast_ref::<&'static str>().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_that_was_put_together_stays_out() {
        let resident = "Иванов";
        let words = |panics: fn(&str)| {
            let payload = panic::catch_unwind(|| panics(resident)).unwrap_err();
            own_words(&*payload)
        };
        assert_eq!(words(|_| panic!("a defect")), Some("a defect"));
        assert_eq!(words(|name| panic!("no such flat: {name}")), None);
        assert_eq!(words(|name| drop(name[1..].to_owned())), None);
    }
}
