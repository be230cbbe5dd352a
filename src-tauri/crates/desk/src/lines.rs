//! Switching a flat's line: asked once, and what the server answered is compared with what was asked.

use server_api::{ApiError, Line, billing};
use store::{LineRow, LineRows};

use crate::directory::{line_rows, lines_view, on_off};
use crate::error::CommandError;
use crate::state::Desk;
use crate::views::{LineName, LineSwitched, SwitchLine};

impl Desk {
    /// Switches one line of a flat (seed 004).
    pub async fn switch_line(&self, request: SwitchLine) -> Result<LineSwitched, CommandError> {
        let SwitchLine { server, intercom, flat, line, on } = request;
        let access = self.billing_access(&server).await?;
        let wire = wire_name(line);
        let asked = [(wire, on)];
        let answer =
            billing::switch_lines(&access.connection, access.bearer.as_ref(), intercom, flat.id, &asked)
                .await;
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => {
                if matches!(error, ApiError::SentNoUsableAnswer { .. }) {
                    // It may have been switched or not: whatever was known of the line is not known any more.
                    self.set_line(&server, intercom, flat.id, line, LineRow::default());
                }
                return Err(self.write_failed(&access, error));
            }
        };
        let is_same_flat = answer.id == flat.id;
        let now = self.setup.clock.now();
        if is_same_flat {
            let told = line_rows(answer.lines, now);
            self.store.with(&server, |rows| {
                rows.flats.set_lines(intercom, flat.id, |lines| {
                    for name in [LineName::Analog, LineName::Smartphone, LineName::Landline] {
                        let told = pick(&told, name);
                        // The switched line becomes what the answer says, even nothing.
                        if told.state.is_some() || name == line {
                            *pick_mut(lines, name) = told;
                        }
                    }
                });
            });
        } else {
            self.set_line(&server, intercom, flat.id, line, LineRow::default());
        }
        let known = self.store.with(&server, |rows| rows.flats.get(intercom, flat.id).map(|row| row.lines));
        let told = if is_same_flat { line_rows(answer.lines, now) } else { LineRows::default() };
        let answered = answer.lines.get(wire);
        Ok(LineSwitched {
            line,
            asked: on,
            answered: on_off(answered),
            as_asked: is_same_flat && answered == Some(on),
            wrong_flat: (!is_same_flat).then_some(answer.number),
            lines: lines_view(known.unwrap_or(told)),
        })
    }

    fn set_line(&self, server: &str, intercom: u64, flat: u64, line: LineName, row: LineRow) {
        self.store.with(server, |rows| {
            rows.flats.set_lines(intercom, flat, |lines| *pick_mut(lines, line) = row);
        });
    }
}

fn wire_name(line: LineName) -> Line {
    match line {
        LineName::Analog => Line::Analog,
        LineName::Smartphone => Line::Smartphone,
        LineName::Landline => Line::Landline,
    }
}

fn pick(lines: &LineRows, line: LineName) -> LineRow {
    match line {
        LineName::Analog => lines.analog,
        LineName::Smartphone => lines.smartphone,
        LineName::Landline => lines.landline,
    }
}

fn pick_mut(lines: &mut LineRows, line: LineName) -> &mut LineRow {
    match line {
        LineName::Analog => &mut lines.analog,
        LineName::Smartphone => &mut lines.smartphone,
        LineName::Landline => &mut lines.landline,
    }
}
