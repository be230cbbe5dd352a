//! Types that cross to the interface. `ts-rs` writes their TypeScript to `ui/src/core/bindings/`.

mod accounts;
mod app;
mod capabilities;
mod codes;
mod events;
mod flats;
mod intercoms;
mod keys;
mod lines;
mod log;
mod problems;
mod search;
mod servers;
mod sync;

pub use accounts::*;
pub use app::*;
pub use capabilities::*;
pub use codes::*;
pub use events::*;
pub use flats::*;
pub use intercoms::*;
pub use keys::*;
pub use lines::*;
pub use log::*;
pub use problems::*;
pub use search::*;
pub use servers::*;
pub use sync::*;
