//! How the page is drawn on a computer without a graphics card.

#[cfg(target_os = "linux")]
use std::path::Path;

/// Has the web view paint with the processor where there is no graphics card to paint with.
///
/// WebKitGTK otherwise goes through OpenGL all the same, which is then a program, too: everything that is seen takes twice as
/// long. What somebody set themselves (`WEBKIT_DISABLE_DMABUF_RENDERER=0`) stays.
///
/// Has to come before anything else of a start: WebKit reads its environment once, and no thread may be there yet that reads
/// it, too.
#[cfg(target_os = "linux")]
pub(crate) fn choose() {
    if !has_graphics_card(Path::new("/dev/dri")) {
        // What fails here costs speed only.
        let _ = webkit2gtk::glib::setenv("WEBKIT_DISABLE_DMABUF_RENDERER", "1", false);
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
