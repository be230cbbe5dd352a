//! What a run still has to read, the nearest to the person first.

use std::collections::BTreeMap;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use store::SyncList;
use tokio::sync::Notify;

/// One thing to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Step {
    /// A list.
    List(SyncList),
    /// One flat with its keys and residents.
    Detail {
        /// The intercom.
        intercom: u64,
        /// The flat.
        flat: u64,
    },
}

/// The steps that are left. Whoever takes one says when it is done, and may have found more by then.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    left: Mutex<Left>,
    changed: Notify,
}

#[derive(Debug, Default)]
struct Left {
    /// By intercom; those of an account come first.
    lists: BTreeMap<Option<u64>, VecDeque<SyncList>>,
    flats: BTreeMap<u64, VecDeque<u64>>,
    under_way: usize,
    /// Intercoms whose list of flats is being read.
    listing: Vec<u64>,
}

impl Plan {
    fn left(&self) -> MutexGuard<'_, Left> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a step behind those of its kind.
    pub(crate) fn add(&self, step: Step) {
        let mut left = self.left();
        match step {
            Step::List(list) => left.lists.entry(list.intercom()).or_default().push_back(list),
            Step::Detail { intercom, flat } => left.flats.entry(intercom).or_default().push_back(flat),
        }
        self.changed.notify_waiters();
    }

    /// Leaves out the steps that are not meant any more.
    pub(crate) fn keep(&self, is_meant: impl Fn(Step) -> bool) {
        let mut left = self.left();
        left.lists.retain(|_, lists| {
            lists.retain(|list| is_meant(Step::List(*list)));
            !lists.is_empty()
        });
        left.flats.retain(|intercom, flats| {
            flats.retain(|flat| is_meant(Step::Detail { intercom: *intercom, flat: *flat }));
            !flats.is_empty()
        });
        self.changed.notify_waiters();
    }

    /// The next step: first what belongs to the intercom on screen, then lists, then flats; none of those while the list is
    /// being read that names the flats of the intercom on screen. Waits while others may still find more to do; `None` when all
    /// is done.
    pub(crate) async fn next(&self, on_screen: impl Fn() -> Option<u64>) -> Option<Step> {
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            // From here on no change is missed.
            changed.as_mut().enable();
            {
                let mut left = self.left();
                if let Some(step) = left.take(on_screen()) {
                    left.under_way += 1;
                    if let Step::List(SyncList::Flats(intercom)) = step {
                        left.listing.push(intercom);
                    }
                    return Some(step);
                }
                if left.under_way == 0 {
                    return None;
                }
            }
            changed.await;
        }
    }

    /// A step that was taken is done with.
    pub(crate) fn done(&self, step: Step) {
        let mut left = self.left();
        left.under_way -= 1;
        if let Step::List(SyncList::Flats(intercom)) = step
            && let Some(place) = left.listing.iter().position(|one| *one == intercom)
        {
            left.listing.swap_remove(place);
        }
        self.changed.notify_waiters();
    }
}

impl Left {
    fn take(&mut self, on_screen: Option<u64>) -> Option<Step> {
        let shown = on_screen.and_then(|intercom| {
            let list = take_of(&mut self.lists, Some(intercom)).map(Step::List);
            list.or_else(|| take_of(&mut self.flats, intercom).map(|flat| Step::Detail { intercom, flat }))
        });
        let listed = shown.or_else(|| {
            let intercom = *self.lists.keys().next()?;
            take_of(&mut self.lists, intercom).map(Step::List)
        });
        // Its flats come first, and nobody knows yet which those are.
        if listed.is_some() || on_screen.is_some_and(|intercom| self.listing.contains(&intercom)) {
            return listed;
        }
        let intercom = *self.flats.keys().next()?;
        take_of(&mut self.flats, intercom).map(|flat| Step::Detail { intercom, flat })
    }
}

/// Takes the first of an intercom; an intercom without any is not kept.
fn take_of<I: Ord, T>(of: &mut BTreeMap<I, VecDeque<T>>, intercom: I) -> Option<T> {
    let steps = of.get_mut(&intercom)?;
    let step = steps.pop_front();
    if steps.is_empty() {
        of.remove(&intercom);
    }
    step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_intercom_on_screen_comes_first_then_lists_then_flats() {
        let plan = Plan::default();
        plan.add(Step::List(SyncList::ClientCodes));
        for intercom in [1, 2, 3] {
            plan.add(Step::Detail { intercom, flat: 7 });
            plan.add(Step::List(SyncList::Flats(intercom)));
        }
        let mut steps = Vec::new();
        let on_screen = std::cell::Cell::new(Some(2));
        while let Some(step) = plan.next(|| on_screen.get()).await {
            steps.push(step);
            if steps.len() == 3 {
                on_screen.set(Some(3));
            }
            plan.done(step);
        }
        let codes = Step::List(SyncList::ClientCodes);
        let list = |intercom| Step::List(SyncList::Flats(intercom));
        let detail = |intercom| Step::Detail { intercom, flat: 7 };
        assert_eq!(steps, [list(2), detail(2), codes, list(3), detail(3), list(1), detail(1)]);
    }

    #[tokio::test]
    async fn what_is_not_meant_any_more_is_left_out() {
        let plan = Plan::default();
        for list in [SyncList::Flats(1), SyncList::ClientCodes, SyncList::Keys(1)] {
            plan.add(Step::List(list));
        }
        plan.add(Step::Detail { intercom: 1, flat: 7 });
        plan.keep(|step| step == Step::List(SyncList::ClientCodes));
        let codes = plan.next(|| Some(1)).await.unwrap();
        assert_eq!(codes, Step::List(SyncList::ClientCodes));
        plan.done(codes);
        assert_eq!(plan.next(|| Some(1)).await, None);
    }

    #[tokio::test]
    async fn nobody_leaves_while_another_may_still_find_something() {
        let plan = Plan::default();
        plan.add(Step::List(SyncList::Flats(1)));
        let list = plan.next(|| None).await.unwrap();
        let second = plan.next(|| None);
        let first = async {
            plan.add(Step::Detail { intercom: 1, flat: 7 });
            plan.done(list);
        };
        let (found, ()) = tokio::join!(second, first);
        assert_eq!(found, Some(Step::Detail { intercom: 1, flat: 7 }));
        plan.done(found.unwrap());
        assert_eq!(plan.next(|| None).await, None);
    }

    #[tokio::test]
    async fn no_other_flat_goes_before_the_list_that_names_those_of_the_intercom_on_screen() {
        let plan = Plan::default();
        plan.add(Step::List(SyncList::Flats(2)));
        plan.add(Step::Detail { intercom: 1, flat: 7 });
        let list = plan.next(|| Some(2)).await.unwrap();
        let second = plan.next(|| Some(2));
        let first = async {
            plan.add(Step::List(SyncList::Keys(1)));
            plan.add(Step::Detail { intercom: 2, flat: 8 });
            plan.done(list);
        };
        let (found, ()) = tokio::join!(second, first);
        assert_eq!(found, Some(Step::Detail { intercom: 2, flat: 8 }));
        let keys = plan.next(|| Some(2)).await;
        assert_eq!(keys, Some(Step::List(SyncList::Keys(1))));
        assert_eq!(plan.next(|| Some(2)).await, Some(Step::Detail { intercom: 1, flat: 7 }));
    }
}
