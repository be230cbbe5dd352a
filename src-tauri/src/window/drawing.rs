//! How the page is drawn on a computer without a graphics card.

/// Has the web view paint with the processor where there is no graphics card to paint with.
///
/// WebKitGTK otherwise goes through OpenGL all the same, which is then a program, too: everything that is seen takes twice as
/// long. What somebody set themselves stays.
///
/// Has to come before anything else of a start: WebKit reads its environment once, and no thread may be there yet that reads
/// it, too.
#[cfg(target_os = "linux")]
pub(crate) fn choose() {
    use webkit2gtk::glib;

    let is_render_node =
        |entry: std::fs::DirEntry| entry.file_name().as_encoded_bytes().starts_with(b"renderD");
    let has_graphics_card =
        std::fs::read_dir("/dev/dri").is_ok_and(|nodes| nodes.flatten().any(is_render_node));
    if !has_graphics_card {
        // What fails here costs speed only.
        let _ = glib::setenv("WEBKIT_DISABLE_DMABUF_RENDERER", "1", false);
    }
}

/// Elsewhere the system's web view knows by itself.
#[cfg(not(target_os = "linux"))]
pub(crate) fn choose() {}
