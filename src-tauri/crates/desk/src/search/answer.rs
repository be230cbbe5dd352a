//! The answer card: everything known about what a hit stands for, in one look. Asks nobody.

use store::{FlatDetail, FlatKey, FlatRow, IntercomRow, Rows};

use crate::codes::Door;
use crate::directory::{detail_view, flat_view};
use crate::error::CommandError;
use crate::intercoms::intercom_view;
use crate::state::Desk;
use crate::views::{AccountKind, Answer, AnswerRef};

/// What the store has of a flat.
#[derive(Debug, Default)]
struct Known {
    intercom: Option<IntercomRow>,
    /// The flat, where its record is known.
    flat: Option<FlatDetail>,
    /// The flat, where only its door number is.
    door: Option<FlatRow>,
}

impl Desk {
    /// Everything known about a flat, or about an intercom alone. What only the admin account saw is not told to whoever
    /// signed it out. Asks nobody.
    pub async fn get_answer(&self, request: AnswerRef) -> Result<Answer, CommandError> {
        let AnswerRef { server, intercom, flat, number, code } = request;
        let sees_admin = self.may_see(&server, AccountKind::Admin);
        let asked = number.clone();
        let look = move |rows: &Rows<'_>| {
            if sees_admin {
                known(rows, intercom, flat, asked.as_deref())
            } else {
                door(rows, intercom, asked)
            }
        };
        let known = self.look(&server, look).await?;
        let told = known.flat.as_ref().map(|flat| flat.flat.number.clone());
        let door = Door { intercom, number: told.or(number) };
        let (codes, codes_at) = self.codes_at(&server, door, code).await?;
        let (_, called) = self.called(&server).await?;
        let now = self.setup.clock.now();
        Ok(Answer {
            intercom: known.intercom.map(|row| intercom_view(row, &called)),
            flat: known.flat.map(|flat| detail_view(flat, intercom, now)),
            door: known.door.map(flat_view),
            codes,
            codes_at,
        })
    }
}

/// What is known without the admin account.
fn door(rows: &Rows<'_>, intercom: u64, number: Option<String>) -> Result<Known, store::Error> {
    let door = match number {
        Some(number) => rows.doors().get(intercom, &number)?,
        None => None,
    };
    Ok(Known { intercom: rows.intercoms().get(intercom)?, flat: None, door })
}

fn known(
    rows: &Rows<'_>,
    intercom: u64,
    flat: Option<u64>,
    number: Option<&str>,
) -> Result<Known, store::Error> {
    let known = Known { intercom: rows.intercoms().get(intercom)?, ..Known::default() };
    let row = match (flat, number) {
        (None, Some(number)) => rows.flats().get(intercom, &FlatKey::Number(number.to_owned()))?,
        _ => None,
    };
    Ok(match flat.or(row.as_ref().and_then(|row| row.id)) {
        Some(id) => Known { flat: rows.flats().detail(intercom, id)?, ..known },
        None => Known { door: row, ..known },
    })
}
