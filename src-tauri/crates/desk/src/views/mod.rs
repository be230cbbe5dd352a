//! Types that cross to the interface. `ts-rs` writes their TypeScript to `ui/src/core/bindings/`.

mod accounts;
mod app;
mod capabilities;
mod codes;
mod directory;
mod events;
mod log;
mod servers;

pub use accounts::*;
pub use app::*;
pub use capabilities::*;
pub use codes::*;
pub use directory::*;
pub use events::*;
pub use log::*;
pub use servers::*;
