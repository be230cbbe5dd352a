use serde::{Deserialize, Serialize};

use super::{Call, Fault};
use crate::building::Random;

/// Faults by plan: the same requests in the same order meet the same faults.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    #[serde(default = "any")]
    call: Call,
    #[serde(flatten)]
    pace: Pace,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Pace {
    Sequence {
        steps: Vec<Option<Fault>>,
        #[serde(default)]
        repeat: bool,
    },
    Random {
        seed: u64,
        per_mille: u32,
        faults: Vec<Fault>,
    },
}

fn any() -> Call {
    Call::Any
}

impl Schedule {
    /// The first request of a call meets the first step, and so on; `None` is a request that nothing happens to. After the
    /// last step nothing does.
    #[must_use]
    pub fn sequence(call: Call, steps: impl IntoIterator<Item = Option<Fault>>) -> Self {
        Self { call, pace: Pace::Sequence { steps: steps.into_iter().collect(), repeat: false } }
    }

    /// So many of a thousand requests of any call meet one of the faults, chosen by the seed.
    #[must_use]
    pub fn random(seed: u64, per_mille: u32, faults: impl IntoIterator<Item = Fault>) -> Self {
        let pace = Pace::Random { seed, per_mille, faults: faults.into_iter().collect() };
        Self { call: Call::Any, pace }
    }

    /// The same plan for the requests of one call only.
    #[must_use]
    pub fn of(self, call: Call) -> Self {
        Self { call, ..self }
    }

    /// A sequence begins again after its last step. Chance has no last step.
    #[must_use]
    pub fn repeated(mut self) -> Self {
        if let Pace::Sequence { repeat, .. } = &mut self.pace {
            *repeat = true;
        }
        self
    }
}

/// A schedule, and how far it has come.
#[derive(Debug)]
pub(super) struct Running {
    schedule: Schedule,
    met: usize,
    random: Random,
}

impl Running {
    pub(super) fn new(schedule: Schedule) -> Self {
        let seed = match schedule.pace {
            Pace::Random { seed, .. } => seed,
            Pace::Sequence { .. } => 0,
        };
        Self { schedule, met: 0, random: Random::new(seed) }
    }

    /// What the next request meets, when it is of this schedule's call.
    pub(super) fn next(&mut self, call: Option<Call>) -> Option<Fault> {
        if !self.schedule.call.covers(call) {
            return None;
        }
        let place = self.met;
        self.met += 1;
        match &self.schedule.pace {
            Pace::Sequence { steps, repeat: true } if !steps.is_empty() => steps[place % steps.len()].clone(),
            Pace::Sequence { steps, .. } => steps.get(place).cloned().flatten(),
            Pace::Random { per_mille, faults, .. } => {
                let is_met = self.random.below(1_000) < u64::from(*per_mille);
                let which = self.random.below(faults.len() as u64) as usize;
                faults.get(which).filter(|_| is_met).cloned()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Running, Schedule};
    use crate::control::{Call, Fault};

    fn met(schedule: &Schedule, times: usize) -> Vec<Option<Fault>> {
        let mut running = Running::new(schedule.clone());
        (0..times).map(|_| running.next(Some(Call::GetFlat))).collect()
    }

    #[test]
    fn a_sequence_ends_or_begins_again() {
        let once = Schedule::sequence(Call::Any, [None, Some(Fault::Html)]);
        assert_eq!(met(&once, 4), [None, Some(Fault::Html), None, None]);
        assert_eq!(met(&once.repeated(), 4), [None, Some(Fault::Html), None, Some(Fault::Html)]);
        let empty = Schedule::sequence(Call::Any, []).repeated();
        assert_eq!(met(&empty, 1), [None]);
    }

    #[test]
    fn requests_of_other_calls_leave_a_schedule_where_it_is() {
        let mut running = Running::new(Schedule::sequence(Call::GetFlat, [Some(Fault::Html)]));
        assert_eq!(running.next(Some(Call::ListFlats)), None);
        assert_eq!(running.next(None), None);
        assert_eq!(running.next(Some(Call::GetFlat)), Some(Fault::Html));
    }

    #[test]
    fn chance_is_the_same_for_the_same_seed_and_about_as_frequent_as_asked() {
        let faults = [Fault::Html, Fault::Empty];
        let one = met(&Schedule::random(7, 300, faults.clone()), 2_000);
        assert_eq!(one, met(&Schedule::random(7, 300, faults.clone()), 2_000));
        assert_ne!(one, met(&Schedule::random(8, 300, faults), 2_000));
        let count = one.iter().flatten().count();
        assert!((500..700).contains(&count), "{count}");
        assert!(one.contains(&Some(Fault::Html)) && one.contains(&Some(Fault::Empty)));
        assert_eq!(met(&Schedule::random(7, 1_000, []), 3), [None, None, None]);
    }

    #[test]
    fn a_schedule_reads_from_json() {
        let sequence =
            json!({"call": "get_flat", "sequence": {"steps": [null, {"kind": "html"}], "repeat": true}});
        let expected = Schedule::sequence(Call::GetFlat, [None, Some(Fault::Html)]).repeated();
        assert_eq!(serde_json::from_value::<Schedule>(sequence).unwrap(), expected);
        let random = json!({"random": {"seed": 7, "per_mille": 50, "faults": [{"kind": "huge"}]}});
        let expected = Schedule::random(7, 50, [Fault::Huge { bytes: 67_108_864 }]);
        assert_eq!(serde_json::from_value::<Schedule>(random).unwrap(), expected);
    }
}
