//! Switching a flat's line: asked once, and what the server answered is compared with what was asked.

use serde_json::json;
use server_api::billing::FlatBy;
use server_api::{ApiError, Line, billing};
use store::{FlatKey, LineRow, LineRows, Rows};

use crate::directory::{flat_row, line_rows, lines_view, on_off};
use crate::error::{CommandError, ErrorCode};
use crate::state::Desk;
use crate::views::{
    Capability, FlatLines, FlatRef, FlatTarget, LineName, LineState, LineSwitched, OnOff, SwitchLine,
};

const ALL: [LineName; 3] = [LineName::Analog, LineName::Smartphone, LineName::Landline];

impl Desk {
    /// Switches one line of a flat (seed 004).
    ///
    /// Whether the call takes one line alone is not documented. It is asked for alone, so that nothing else can
    /// change; a server that refuses that with a 422 about another line is asked with all three, the others as they
    /// were last told.
    pub async fn switch_line(&self, request: SwitchLine) -> Result<LineSwitched, CommandError> {
        let SwitchLine { server, intercom, flat, line, on } = request;
        let access = self.billing_access(&server).await?;
        // Where a server takes all three lines at once, two switches of one flat would undo each other.
        let _one_at_a_time = self.turn(format!("lines of {server} {intercom} {}", flat.number)).await;
        let wire = wire_name(line);
        let key = key_of(&flat);
        // Unknown as of now: a reading that was asked for earlier does not know better.
        let unknown = || LineRow { state: None, confirmed_at: Some(self.setup.clock.now()) };
        let by = flat.id.map_or_else(|| FlatBy::Number(&flat.number), FlatBy::Id);
        let _writing = self.writing();
        let send = async |lines: &[(Line, bool)]| {
            billing::switch_lines(&access.connection, access.bearer.as_ref(), intercom, by, lines).await
        };
        let answer = match send(&[(wire, on)]).await {
            Err(error) if wants_all_lines(&error, wire) => {
                let lines = self.all_lines(&server, intercom, &flat, wire, on).await?;
                send(&lines).await
            }
            answer => answer,
        };
        let verdict = self.judge(&server, Capability::SwitchLines, &answer);
        self.learn(&server, Capability::SwitchLines, verdict).await;
        let answer = match answer {
            Ok(answer) => {
                self.reach.note(&server, None, self.setup.clock.now());
                answer
            }
            Err(error) => {
                if matches!(error, ApiError::SentNoUsableAnswer { .. }) {
                    // It may have been switched or not: whatever was known of the line is not known any more.
                    self.set_line(&server, intercom, key, line, unknown()).await;
                }
                return Err(self.write_failed(&access, error).await);
            }
        };
        let is_same_flat = flat.id.map_or(answer.number == flat.number, |id| answer.id == id);
        let before = self.remembered_lines(&server, intercom, key.clone()).await.ok().flatten();
        let now = self.setup.clock.now();
        // An answer tells the record id of a flat that was asked for by its number.
        let key = if is_same_flat { FlatKey::Id(answer.id) } else { key };
        if is_same_flat {
            let told = line_rows(answer.lines, now);
            let found = flat.id.is_none().then(|| flat_row(&answer, now));
            let key = key.clone();
            let keep = move |rows: &Rows<'_>| {
                if let Some(row) = found {
                    rows.flats().put(intercom, row)?;
                }
                rows.flats().set_lines(intercom, &key, |lines| {
                    for name in ALL {
                        let told = pick(&told, name);
                        // The switched line becomes what the answer says, even nothing.
                        if told.state.is_some() || name == line {
                            *pick_mut(lines, name) = told;
                        }
                    }
                })
            };
            // What the server said is told whatever the disk says.
            let _ = self.rows(&server, keep).await;
        } else {
            self.set_line(&server, intercom, key.clone(), line, unknown()).await;
        }
        let known = self.remembered_lines(&server, intercom, key).await.ok().flatten();
        let told = if is_same_flat { line_rows(answer.lines, now) } else { LineRows::default() };
        let answered = answer.lines.get(wire);
        let also_changed = |name: &LineName| {
            let known = before.and_then(|before| pick(&before, *name).state);
            *name != line && known.is_some() && pick(&told, *name).state.is_some_and(|now| Some(now) != known)
        };
        let also_changed = ALL.into_iter().filter(also_changed).collect();
        Ok(LineSwitched {
            line,
            asked: on,
            answered: on_off(answered),
            as_asked: is_same_flat && answered == Some(on),
            also_changed,
            wrong_flat: (!is_same_flat).then_some(answer.number),
            lines: lines_view(known.unwrap_or(told)),
        })
    }

    /// The three lines to send: the switched one as asked, the others as they were last told.
    async fn all_lines(
        &self,
        server: &str,
        intercom: u64,
        flat: &FlatTarget,
        switched: Line,
        on: bool,
    ) -> Result<Vec<(Line, bool)>, CommandError> {
        let remembered = async || {
            let rows = self.remembered_lines(server, intercom, key_of(flat)).await?;
            Ok::<_, CommandError>(lines_view(rows.unwrap_or_default()))
        };
        let known = match flat.id {
            Some(id) => {
                match self.load_flat(FlatRef { server: server.to_owned(), intercom, flat: id }).await {
                    Ok(detail) => detail.lines,
                    // Without an admin account nobody can look: what earlier answers told has to do.
                    Err(error) if error.code == ErrorCode::NoAccount => remembered().await?,
                    Err(error) => return Err(error),
                }
            }
            None => remembered().await?,
        };
        let mut lines = Vec::new();
        let mut unknown = Vec::new();
        for name in ALL {
            let line = wire_name(name);
            match view_of(&known, name).state {
                _ if line == switched => lines.push((line, on)),
                OnOff::On => lines.push((line, true)),
                OnOff::Off => lines.push((line, false)),
                OnOff::Unknown => unknown.push(name),
            }
        }
        if unknown.is_empty() {
            return Ok(lines);
        }
        Err(CommandError::new(ErrorCode::LinesUnknown, json!({"lines": unknown})))
    }

    async fn remembered_lines(
        &self,
        server: &str,
        intercom: u64,
        flat: FlatKey,
    ) -> Result<Option<LineRows>, CommandError> {
        let found = self.rows(server, move |rows| rows.flats().get(intercom, &flat)).await?;
        Ok(found.map(|row| row.lines))
    }

    async fn set_line(&self, server: &str, intercom: u64, flat: FlatKey, line: LineName, row: LineRow) {
        let set = move |rows: &Rows<'_>| {
            rows.flats().set_lines(intercom, &flat, |lines| *pick_mut(lines, line) = row)
        };
        let _ = self.rows(server, set).await;
    }
}

fn key_of(flat: &FlatTarget) -> FlatKey {
    flat.id.map_or_else(|| FlatKey::Number(flat.number.clone()), FlatKey::Id)
}

/// A definite no that names another line as missing: nothing was done, so asking differently is safe.
fn wants_all_lines(error: &ApiError, switched: Line) -> bool {
    let ApiError::Refused(refusal) = error else { return false };
    let others = Line::ALL.into_iter().filter(|line| *line != switched);
    refusal.status == 422 && others.map(Line::written).any(|name| refusal.fields.contains_key(name))
}

fn view_of(lines: &FlatLines, line: LineName) -> LineState {
    match line {
        LineName::Analog => lines.analog,
        LineName::Smartphone => lines.smartphone,
        LineName::Landline => lines.landline,
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
