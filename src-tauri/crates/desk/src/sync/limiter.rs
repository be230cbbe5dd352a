//! How many requests of a sync may be under way at once: as many as the server bears.
//!
//! One more after each round that went well, half as many after a sign of trouble (AIMD). Pure: whoever asks brings the time.

use std::time::Duration;

/// A server of which nothing is known yet is asked so many things at once.
const FIRST: f64 = 2.0;
/// Never more at once.
pub(crate) const MOST: usize = 8;
/// After trouble nothing is sent for at least this long; twice as long after the next, …
const FIRST_REST: Duration = Duration::from_millis(250);
/// … and never for longer.
const LONGEST_REST: Duration = Duration::from_secs(30);
/// Answers that take this many times as long as the quickest, and this much longer, are a sign of trouble.
const SLOWER: u32 = 3;
const NOTICEABLE: Duration = Duration::from_millis(200);
/// How much the last answer counts in what answers take now: one part in so many.
const RECENT: u32 = 4;

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// It was answered, be it with a no.
    Answered,
    /// The server wants less (429, 5xx), or the answer was lost; and how long it wants to be left alone, where it said.
    Trouble(Option<Duration>),
    /// Nobody waited for its answer any more.
    Dropped,
}

/// Whether a request may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum May {
    /// Now.
    Go,
    /// Not before this.
    At(Duration),
    /// Once another one has ended.
    AfterAnother,
}

/// The limiter of one run. Time is counted from any moment on.
#[derive(Debug)]
pub(crate) struct Limiter {
    allowed: f64,
    going: usize,
    rests_until: Duration,
    next_rest: Duration,
    /// When it last slowed down: requests that were under way then say nothing new.
    slowed_at: Option<Duration>,
    quickest: Option<Duration>,
    recent: Option<Duration>,
}

impl Limiter {
    pub(crate) fn new() -> Self {
        Self {
            allowed: FIRST,
            going: 0,
            rests_until: Duration::ZERO,
            next_rest: FIRST_REST,
            slowed_at: None,
            quickest: None,
            recent: None,
        }
    }

    /// How many may be under way at once now.
    pub(crate) fn allowed(&self) -> usize {
        // At least one and at most `MOST`.
        self.allowed as usize
    }

    pub(crate) fn may_go(&self, now: Duration) -> May {
        if now < self.rests_until {
            May::At(self.rests_until)
        } else if self.going < self.allowed() {
            May::Go
        } else {
            May::AfterAnother
        }
    }

    pub(crate) fn goes(&mut self) {
        self.going += 1;
    }

    /// A request has ended `now` that took so long.
    pub(crate) fn ended(&mut self, now: Duration, took: Duration, how: Ended) {
        self.going = self.going.saturating_sub(1);
        let is_old = self.slowed_at.is_some_and(|slowed| now.saturating_sub(took) < slowed);
        match how {
            Ended::Dropped => {}
            Ended::Trouble(wait) => {
                // A wait of no time, or one that is over, is no leave to ask without a pause.
                let rest = wait.unwrap_or_default().max(self.next_rest);
                self.rests_until = self.rests_until.max(now + rest);
                if !is_old {
                    self.next_rest = (self.next_rest * 2).min(LONGEST_REST);
                    self.slow_down(now);
                }
            }
            Ended::Answered => {
                self.next_rest = FIRST_REST;
                if is_old {
                    return;
                }
                if self.takes(took) {
                    self.slow_down(now);
                    // Where fewer at once are no quicker, that is how long answers take here.
                    self.quickest = None;
                } else {
                    self.allowed = (self.allowed + 1.0 / self.allowed).min(MOST as f64);
                }
            }
        }
    }

    fn slow_down(&mut self, now: Duration) {
        self.allowed = (self.allowed / 2.0).max(1.0);
        self.slowed_at = Some(now);
        // What comes from now on is measured anew.
        self.recent = None;
    }

    /// Takes note of how long an answer took; whether answers take noticeably longer than they need.
    fn takes(&mut self, took: Duration) -> bool {
        let quickest = self.quickest.map_or(took, |known| known.min(took));
        let recent = self.recent.map_or(took, |recent| (recent * (RECENT - 1) + took) / RECENT);
        self.quickest = Some(quickest);
        self.recent = Some(recent);
        recent > quickest * SLOWER && recent > quickest + NOTICEABLE
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const QUICK: Duration = Duration::from_millis(10);

    /// Lets every request go that may, and answers all of them; returns how many went.
    fn round(limiter: &mut Limiter, now: &mut Duration, took: Duration, how: Ended) -> usize {
        let mut went = 0;
        while limiter.may_go(*now) == May::Go {
            limiter.goes();
            went += 1;
        }
        *now += took;
        for _ in 0..went {
            limiter.ended(*now, took, how);
        }
        went
    }

    #[test]
    fn it_starts_small_and_grows_to_the_most_while_all_goes_well() {
        let (mut limiter, mut now) = (Limiter::new(), Duration::ZERO);
        assert_eq!(limiter.allowed(), 2);
        let went: Vec<usize> =
            (0..20).map(|_| round(&mut limiter, &mut now, QUICK, Ended::Answered)).collect();
        assert!(went.windows(2).all(|pair| pair[1] >= pair[0] && pair[1] <= pair[0] + 1), "{went:?}");
        assert_eq!(went[19], MOST);
    }

    #[test]
    fn a_429_halves_it_once_a_round_and_nothing_goes_before_the_time_it_names() {
        let (mut limiter, mut now) = (Limiter::new(), Duration::ZERO);
        while limiter.allowed() < MOST {
            round(&mut limiter, &mut now, QUICK, Ended::Answered);
        }
        let wait = Duration::from_secs(7);
        assert_eq!(round(&mut limiter, &mut now, QUICK, Ended::Trouble(Some(wait))), MOST);
        assert_eq!(limiter.allowed(), MOST / 2, "all of that round are one sign");
        assert_eq!(limiter.may_go(now + wait - QUICK), May::At(now + wait));
        assert_eq!(limiter.may_go(now + wait), May::Go);
    }

    #[test]
    fn trouble_that_names_no_time_is_rested_from_for_longer_each_time_until_an_answer() {
        let (mut limiter, mut now) = (Limiter::new(), Duration::ZERO);
        let mut rests = Vec::new();
        for _ in 0..10 {
            limiter.goes();
            now += QUICK;
            limiter.ended(now, QUICK, Ended::Trouble(None));
            let May::At(until) = limiter.may_go(now) else { panic!("it rests") };
            rests.push(until - now);
            now = until;
        }
        assert_eq!((rests[0], rests[1], rests[9]), (FIRST_REST, FIRST_REST * 2, LONGEST_REST));
        assert_eq!(limiter.allowed(), 1);
        limiter.goes();
        limiter.ended(now, QUICK, Ended::Answered);
        limiter.goes();
        now += QUICK;
        limiter.ended(now, QUICK, Ended::Trouble(None));
        assert_eq!(limiter.may_go(now), May::At(now + FIRST_REST));
    }

    #[test]
    fn a_429_that_names_no_wait_at_all_is_rested_from_like_one_that_names_no_time() {
        let (mut unnamed, mut now) = (Limiter::new(), Duration::ZERO);
        let mut named = Limiter::new();
        for _ in 0..10 {
            now += QUICK;
            for (limiter, wait) in [(&mut unnamed, None), (&mut named, Some(Duration::ZERO))] {
                limiter.goes();
                limiter.ended(now, QUICK, Ended::Trouble(wait));
            }
            let May::At(until) = named.may_go(now) else { panic!("it rests") };
            assert_eq!(unnamed.may_go(now), May::At(until));
            now = until;
        }
    }

    #[test]
    fn a_server_that_grows_slower_the_more_it_is_asked_is_asked_less() {
        let (mut limiter, mut now) = (Limiter::new(), Duration::ZERO);
        let mut went = 2;
        let mut most = Vec::new();
        for _ in 0..100 {
            let took = Duration::from_millis(40) * u32::try_from(went * went).unwrap();
            went = round(&mut limiter, &mut now, took, Ended::Answered);
            most.push(went);
        }
        let average = most[20..].iter().sum::<usize>() / most[20..].len();
        assert!((2..=5).contains(&average), "{most:?}");
    }

    #[test]
    fn answers_that_only_take_long_are_asked_for_as_many_at_once_as_quick_ones() {
        let (mut limiter, mut now) = (Limiter::new(), Duration::ZERO);
        round(&mut limiter, &mut now, QUICK, Ended::Answered);
        for _ in 0..40 {
            round(&mut limiter, &mut now, Duration::from_millis(800), Ended::Answered);
        }
        assert_eq!(limiter.allowed(), MOST, "the first were another kind of question");
    }

    proptest! {
        #[test]
        fn whatever_happens_something_goes_again_and_never_too_much(
            events in proptest::collection::vec((0u8..4, 0u64..3_000), 1..200),
        ) {
            let (mut limiter, mut now, mut under_way) = (Limiter::new(), Duration::ZERO, Vec::new());
            for (event, millis) in events {
                let time = Duration::from_millis(millis);
                match (event, under_way.pop()) {
                    (0, began) => {
                        under_way.extend(began);
                        match limiter.may_go(now) {
                            May::Go => {
                                limiter.goes();
                                under_way.push(now);
                            }
                            May::At(then) => now = then,
                            May::AfterAnother => prop_assert!(!under_way.is_empty()),
                        }
                    }
                    (_, None) => {}
                    (how, Some(began)) => {
                        now += time;
                        let how = match how {
                            1 => Ended::Answered,
                            2 => Ended::Trouble((millis > 1_500).then_some(time)),
                            _ => Ended::Dropped,
                        };
                        limiter.ended(now, now - began, how);
                    }
                }
                prop_assert!(under_way.len() <= MOST);
                prop_assert!((1..=MOST).contains(&limiter.allowed()));
            }
            for began in under_way {
                limiter.ended(now, now - began, Ended::Dropped);
            }
            if let May::At(then) = limiter.may_go(now) {
                now = then;
            }
            prop_assert_eq!(limiter.may_go(now), May::Go);
        }
    }
}
