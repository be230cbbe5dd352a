//! How the page is drawn on a computer without a graphics card.

#[cfg(target_os = "linux")]
use std::ffi::OsStr;
#[cfg(target_os = "linux")]
use std::path::Path;

/// What WebKitGTK and GTK are told where the kernel names no device that paints, and what they do otherwise.
#[cfg(target_os = "linux")]
const BY_PROCESSOR: [(&str, &str); 3] = [
    // WebKit paints through OpenGL, which is a program then, too: everything that is seen takes twice as long.
    (PAINTS, "1"),
    // It sets up OpenGL in this process to find out which card paints, although none does. It does not where one is named.
    ("WEBKIT_WEB_RENDER_DEVICE_FILE", "/dev/null"),
    // GTK asks OpenGL on X11 which kinds of windows there are, unless another program of this session has before.
    ("GDK_GL", "disable"),
];

/// Whoever sets this one has decided how WebKit paints.
#[cfg(target_os = "linux")]
const PAINTS: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Has the web view paint with the processor where there is no graphics card to paint with, and this process do without
/// OpenGL, which is 10 MB of its memory.
///
/// Where somebody has decided themselves (`WEBKIT_DISABLE_DMABUF_RENDERER=0`), all of it is left to them.
///
/// Has to come before anything else of a start: WebKit and GTK read their environment once, and no thread may be there yet
/// that reads it, too.
#[cfg(target_os = "linux")]
pub(crate) fn choose() {
    for (name, value) in choice(std::env::var_os(PAINTS).as_deref(), Path::new("/dev/dri")) {
        // What fails here costs speed and memory only.
        let _ = webkit2gtk::glib::setenv(name, value, false);
    }
}

/// What is to be set, by what somebody has set and by the kernel's graphics devices.
#[cfg(target_os = "linux")]
fn choice(decided: Option<&OsStr>, devices: &Path) -> &'static [(&'static str, &'static str)] {
    if decided.is_some() || has_graphics_card(devices) { &[] } else { &BY_PROCESSOR }
}

/// Elsewhere the system's web view knows by itself.
#[cfg(not(target_os = "linux"))]
pub(crate) fn choose() {}

/// Whether one of the kernel's graphics devices can paint, and not only show.
#[cfg(target_os = "linux")]
fn has_graphics_card(devices: &Path) -> bool {
    let paints = |device: std::fs::DirEntry| device.file_name().as_encoded_bytes().starts_with(b"renderD");
    std::fs::read_dir(devices).is_ok_and(|found| found.flatten().any(paints))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn only_a_device_that_paints_is_a_graphics_card() {
        let devices = tempfile::tempdir().unwrap();
        assert!(!has_graphics_card(&devices.path().join("absent")));
        assert!(!has_graphics_card(devices.path()));
        std::fs::write(devices.path().join("card0"), "").unwrap();
        assert!(!has_graphics_card(devices.path()));
        std::fs::write(devices.path().join("renderD128"), "").unwrap();
        assert!(has_graphics_card(devices.path()));
    }

    #[test]
    fn all_is_chosen_where_nothing_else_paints_or_nothing_where_somebody_has_decided() {
        let devices = tempfile::tempdir().unwrap();
        assert_eq!(choice(None, devices.path()), &BY_PROCESSOR);
        assert!(choice(Some(OsStr::new("0")), devices.path()).is_empty());
        std::fs::write(devices.path().join("renderD128"), "").unwrap();
        assert!(choice(None, devices.path()).is_empty());
    }
}
