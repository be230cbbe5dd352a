//! Types that cross to the interface. `ts-rs` writes their TypeScript to `ui/src/core/bindings/`.

mod app;
mod codes;
mod directory;

pub use app::*;
pub use codes::*;
pub use directory::*;
