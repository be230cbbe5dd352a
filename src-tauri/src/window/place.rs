//! Where a window may stand: wholly on a screen that is there, and no smaller than its content needs.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tauri::Monitor;

/// The least the content needs, and what a first start takes where there is room; in points.
const LEAST: (u32, u32) = (1024, 640);
const USUAL: (u32, u32) = (1280, 800);
/// What the frame around the content takes, generously, in points: a title. Its sides are thin or not seen.
const FRAME: (u32, u32) = (0, 48);

/// The free part of a screen, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: u32,
    pub(super) height: u32,
    /// Pixels in a point.
    pub(super) scale: f64,
}

/// The window of a first start.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct First {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: u32,
    pub(super) height: u32,
    /// It may as well have the whole screen.
    pub(super) fills: bool,
}

/// What the memory's file says of a window, among other things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Saved {
    x: i32,
    y: i32,
    prev_x: i32,
    prev_y: i32,
    width: u32,
    height: u32,
}

impl Area {
    pub(super) fn of(monitor: &Monitor) -> Self {
        let free = monitor.work_area();
        Self {
            x: free.position.x,
            y: free.position.y,
            width: free.size.width,
            height: free.size.height,
            scale: monitor.scale_factor(),
        }
    }

    /// The largest content that fits.
    fn room(&self) -> (u32, u32) {
        let (frame_width, frame_height) = self.pixels(FRAME);
        (self.width.saturating_sub(frame_width).max(1), self.height.saturating_sub(frame_height).max(1))
    }

    /// The smallest content: what it needs, or what fits.
    pub(super) fn least(&self) -> (u32, u32) {
        let ((least_width, least_height), (width, height)) = (self.pixels(LEAST), self.room());
        (least_width.min(width), least_height.min(height))
    }

    /// The window of a first start.
    pub(super) fn first(&self) -> First {
        let (usual, room, frame) = (self.pixels(USUAL), self.room(), self.pixels(FRAME));
        let (width, height) = (usual.0.min(room.0), usual.1.min(room.1));
        let middle = |from: i32, length: u32, taken: u32| {
            from.saturating_add_unsigned(length.saturating_sub(taken) / 2)
        };
        First {
            x: middle(self.x, self.width, width + frame.0),
            y: middle(self.y, self.height, height + frame.1),
            width,
            height,
            fills: (width, height) != usual,
        }
    }

    fn pixels(&self, (width, height): (u32, u32)) -> (u32, u32) {
        let pixels = |points: u32| (f64::from(points) * self.scale).round() as u32;
        (pixels(width), pixels(height))
    }

    /// How much of a window is here, in pixels.
    fn shared(&self, saved: &Saved) -> i64 {
        let along = |at: i32, length: u32, from: i32, room: u32| {
            let (at, from) = (i64::from(at), i64::from(from));
            ((at + i64::from(length)).min(from + i64::from(room)) - at.max(from)).max(0)
        };
        along(saved.x, saved.width, self.x, self.width) * along(saved.y, saved.height, self.y, self.height)
    }

    /// The window, moved and sized as little as makes it fit.
    fn fitted(&self, saved: Saved) -> Saved {
        let (least, room) = (self.least(), self.room());
        let (width, height) = (saved.width.clamp(least.0, room.0), saved.height.clamp(least.1, room.1));
        let along = |at: i32, from: i32, room: u32, length: u32| {
            let last = i64::from(from) + i64::from(room) - i64::from(length);
            // Between two numbers of the screen.
            i64::from(at).min(last).max(i64::from(from)) as i32
        };
        let frame = self.pixels(FRAME);
        let x = |at| along(at, self.x, self.width, width + frame.0);
        let y = |at| along(at, self.y, self.height, height + frame.1);
        Saved {
            x: x(saved.x),
            y: y(saved.y),
            prev_x: x(saved.prev_x),
            prev_y: y(saved.prev_y),
            width,
            height,
        }
    }
}

/// The memory's file with the window where it can be seen; `None` where it says nothing of use.
pub(super) fn tidied(file: &[u8], label: &str, areas: &[Area]) -> Option<Vec<u8>> {
    let mut windows: Map<String, Value> = serde_json::from_slice(file).ok()?;
    let window = windows.get_mut(label)?;
    let saved: Saved = serde_json::from_value(window.clone()).ok()?;
    // The screen that has most of it, and the first one where none has any.
    let mut home = areas.first()?;
    for area in areas {
        if area.shared(&saved) > home.shared(&saved) {
            home = area;
        }
    }
    let Value::Object(fitted) = serde_json::to_value(home.fitted(saved)).ok()? else { return None };
    window.as_object_mut()?.extend(fitted);
    serde_json::to_vec_pretty(&windows).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const SCREEN: Area = Area { x: 0, y: 0, width: 1920, height: 1080, scale: 1.0 };
    const SECOND: Area = Area { x: 1920, y: 0, width: 2560, height: 1440, scale: 1.0 };
    const SMALL: Area = Area { x: 0, y: 0, width: 1024, height: 640, scale: 1.0 };

    fn place(x: i32, y: i32, width: u32, height: u32, areas: &[Area]) -> (i64, i64, i64, i64) {
        let file = json!({"main": {
            "x": x, "y": y, "prev_x": x, "prev_y": y, "width": width, "height": height,
            "maximized": true, "visible": true, "decorated": true, "fullscreen": false,
        }});
        let tidied = tidied(file.to_string().as_bytes(), "main", areas).unwrap();
        let tidied: Value = serde_json::from_slice(&tidied).unwrap();
        let main = &tidied["main"];
        assert_eq!(
            (&main["maximized"], &main["prev_x"], &main["prev_y"]),
            (&json!(true), &main["x"], &main["y"])
        );
        let number = |name: &str| main[name].as_i64().unwrap();
        (number("x"), number("y"), number("width"), number("height"))
    }

    #[test]
    fn a_window_that_fits_stays_as_it_is() {
        assert_eq!(place(100, 50, 1280, 800, &[SCREEN]), (100, 50, 1280, 800));
        assert_eq!(place(2000, 50, 1280, 800, &[SCREEN, SECOND]), (2000, 50, 1280, 800));
    }

    #[test]
    fn a_window_of_a_screen_that_is_gone_comes_back_whole() {
        assert_eq!(place(2000, 50, 1280, 800, &[SCREEN]), (640, 50, 1280, 800));
        assert_eq!(place(-3000, -3000, 1280, 800, &[SCREEN]), (0, 0, 1280, 800));
        // A corner on the screen is not enough to reach it by.
        assert_eq!(place(1910, 1070, 1280, 800, &[SCREEN]), (640, 232, 1280, 800));
        assert_eq!(place(i32::MIN, i32::MAX, u32::MAX, 0, &[SCREEN]), (0, 392, 1920, 640));
    }

    #[test]
    fn no_window_is_smaller_than_its_content_or_larger_than_its_screen() {
        assert_eq!(place(0, 0, 10, 10, &[SCREEN]), (0, 0, 1024, 640));
        assert_eq!(place(0, 0, 4000, 3000, &[SCREEN]), (0, 0, 1920, 1032));
        assert_eq!(place(0, 0, 1280, 800, &[SMALL]), (0, 0, 1024, 592));
        let dense = Area { width: 3840, height: 2160, scale: 2.0, ..SCREEN };
        assert_eq!(place(0, 0, 10, 10, &[dense]), (0, 0, 2048, 1280));
    }

    #[test]
    fn a_first_start_fits_small_screens_too() {
        assert_eq!(SCREEN.first(), First { x: 320, y: 116, width: 1280, height: 800, fills: false });
        assert_eq!(SMALL.first(), First { x: 0, y: 0, width: 1024, height: 592, fills: true });
        assert_eq!(SMALL.least(), (1024, 592));
        assert_eq!(SCREEN.least(), (1024, 640));
    }

    #[test]
    fn a_file_that_says_nothing_of_use_is_as_none() {
        for file in ["", "[]", "{}", r#"{"main": 1}"#, r#"{"main": {"x": "a"}}"#, r#"{"main": {"x": 1e99}}"#]
        {
            assert_eq!(tidied(file.as_bytes(), "main", &[SCREEN]), None, "{file}");
        }
        assert_eq!(tidied(b"{\"main\":{}}", "main", &[]), None);
    }
}
