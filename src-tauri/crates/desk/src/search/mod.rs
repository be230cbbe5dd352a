//! The search field: one text, everything it may mean, over every server. Asks nobody.

mod notation;
