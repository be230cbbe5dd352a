//! A window with the settings of the program and nothing in it: what `npm run bench` compares the program's start with.

use gatehouse::context;
use tauri::http::Response;
use tauri::utils::config::WebviewUrl;

/// One line, so that there is something to be painted.
const PAGE: &str = "<!doctype html><title>Empty</title><p>Empty</p>";

fn main() {
    let mut context = context();
    for window in &mut context.config_mut().app.windows {
        if let Ok(url) = "empty://localhost/".parse() {
            window.url = WebviewUrl::CustomProtocol(url);
        }
        window.visible = true;
    }
    let ended = tauri::Builder::default()
        .register_uri_scheme_protocol("empty", |_, _| {
            let page = Response::builder().header("Content-Type", "text/html").body(PAGE.as_bytes());
            page.unwrap_or_default()
        })
        .run(context);
    if let Err(error) = ended {
        eprintln!("the window could not be opened: {error}");
        std::process::exit(1);
    }
}
