//! How the page is drawn on a computer without a graphics card.

#[cfg(target_os = "linux")]
use std::path::Path;

/// What WebKitGTK and GTK are told where nothing can paint but the processor, and what they do otherwise.
#[cfg(target_os = "linux")]
const BY_PROCESSOR: [(&str, &str); 3] = [
    // WebKit paints through OpenGL, which is a program then, too: everything that is seen takes twice as long.
    ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"),
    // It looks for the card that paints by setting up OpenGL in this process, whatever it paints with. Named a device that
    // is none it does not look, and finds out nothing it would use.
    ("WEBKIT_WEB_RENDER_DEVICE_FILE", "/dev/null"),
    // GTK asks OpenGL which kinds of windows there are. Those two are 25 MB of libraries and a compiler, never used.
    ("GDK_GL", "disable"),
];

/// Has the web view paint with the processor where there is no graphics card to paint with, and this process do without
/// OpenGL.
///
/// What somebody set themselves (`WEBKIT_DISABLE_DMABUF_RENDERER=0`) stays.
///
/// Has to come before anything else of a start: WebKit and GTK read their environment once, and no thread may be there yet
/// that reads it, too.
#[cfg(target_os = "linux")]
pub(crate) fn choose() {
    if !has_graphics_card(Path::new("/dev/dri")) {
        for (name, value) in BY_PROCESSOR {
            // What fails here costs speed and memory only.
            let _ = webkit2gtk::glib::setenv(name, value, false);
        }
    }
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
}
