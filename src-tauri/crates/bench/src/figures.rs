//! What was measured, as it is told.

use std::time::Duration;

use serde::Serialize;

/// One thing that was measured.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Figure {
    /// The part of the benchmark.
    pub(crate) part: &'static str,
    /// What was measured.
    pub(crate) what: String,
    /// The value.
    pub(crate) measured: f64,
    /// Its unit.
    pub(crate) unit: &'static str,
    /// The same of what it is compared with, in this run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reference: Option<f64>,
    /// What it must not exceed (or reach), if anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) bound: Option<f64>,
    /// What `measured / reference` must not exceed, if anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ratio_bound: Option<f64>,
}

impl Figure {
    /// A value that has no bound.
    pub(crate) fn new(
        part: &'static str,
        what: impl Into<String>,
        measured: f64,
        unit: &'static str,
    ) -> Self {
        Self { part, what: what.into(), measured, unit, reference: None, bound: None, ratio_bound: None }
    }

    /// The same beside the value of what it is compared with.
    pub(crate) fn beside(self, reference: f64) -> Self {
        Self { reference: Some(reference), ..self }
    }

    /// The same with what it must not exceed.
    pub(crate) fn at_most(self, bound: f64) -> Self {
        Self { bound: Some(bound), ..self }
    }

    /// The same with what its ratio must not exceed.
    pub(crate) fn times_at_most(self, bound: f64) -> Self {
        Self { ratio_bound: Some(bound), ..self }
    }
}

/// How long things took, in milliseconds.
#[derive(Debug, Default)]
pub(crate) struct Times(Vec<f64>);

impl Times {
    pub(crate) fn add(&mut self, took: Duration) {
        self.0.push(took.as_secs_f64() * 1_000.0);
    }

    /// What so many percent of them do not exceed; 0 without any.
    pub(crate) fn percentile(&self, percent: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let place = (sorted.len() as f64 * percent / 100.0).ceil() as usize;
        sorted.get(place.saturating_sub(1)).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_the_time_that_so_many_do_not_exceed() {
        let mut times = Times::default();
        (1..=200).rev().for_each(|milliseconds| times.add(Duration::from_millis(milliseconds)));
        assert_eq!(
            (times.percentile(50.0), times.percentile(99.0), times.percentile(100.0)),
            (100.0, 198.0, 200.0)
        );
        assert_eq!(Times::default().percentile(99.0), 0.0);
    }
}
