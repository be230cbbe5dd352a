use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::answers::Style;
use crate::building::{Building, building};
use crate::captcha::Captchas;
use crate::codes::Codes;
use crate::options::Options;
use crate::sessions::Sessions;

/// One running installation, as every request sees it.
pub(crate) type Shared = Arc<Installation>;

pub(crate) struct Installation {
    pub(crate) options: Options,
    /// `https://127.0.0.1:PORT`, the beginning of every link in a page.
    pub(crate) address: String,
    world: Mutex<World>,
    /// How many seconds the server's clock is off.
    clock_off: AtomicI64,
}

/// Everything requests can change.
pub(crate) struct World {
    pub(crate) building: Building,
    pub(crate) codes: Codes,
    pub(crate) sessions: Sessions,
    pub(crate) captchas: Captchas,
}

impl Installation {
    pub(crate) fn new(options: Options, address: String) -> Self {
        let clock_off = AtomicI64::new(options.clock_off.num_seconds());
        let now = (options.clock)() + options.clock_off;
        let building = building(&options, now);
        let codes = Codes::demo(options.seed, now, &building);
        let captchas = Captchas::new(options.seed);
        let world = World { building, codes, sessions: Sessions::default(), captchas };
        Self { options, address, world: Mutex::new(world), clock_off }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        (self.options.clock)() + TimeDelta::seconds(self.clock_off.load(Ordering::Relaxed))
    }

    #[cfg(feature = "control")]
    pub(crate) fn set_clock_off(&self, by: TimeDelta) {
        self.clock_off.store(by.num_seconds(), Ordering::Relaxed);
    }

    pub(crate) fn style(&self) -> Style {
        Style { dialect: self.options.dialect, zone: self.options.zone }
    }

    /// The world as it is now: codes whose time has come are gone.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        // A panicking request must not take the others with it; the test that caused it fails by itself.
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        world.codes.forget_old(self.now());
        world
    }
}
