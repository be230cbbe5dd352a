//! Every fault a server can have, met by everything the desk asks of it: what the person is told, and whether anything
//! may have been done.

use std::time::Duration;

use desk::views::{
    AddIntercom, DeleteCodes, IntercomName, IntercomRef, LineName, SessionRef, SignInAccount, SourceState,
    SwitchLine,
};
use desk::{CommandError, ErrorCode};
use simulator::Captcha;
use simulator::control::{Broken, Call, Fault, Times};

use crate::world::{INTERCOM, World};

/// What is asked of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    AdminSignIn,
    ClientSignIn,
    Captcha,
    Intercoms,
    AddIntercom,
    Flats,
    Flat,
    Keys,
    Codes,
    Sessions,
    IssueForFlat,
    IssueForIntercom,
    SwitchLine,
    DeleteAdminCode,
    DeleteClientCode,
    EndSession,
}

/// What it does to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    SignIn,
    Read,
    Write,
    /// A write whose outcome the answer's body adds nothing to, and which is looked up afterwards where that is possible.
    Delete,
}

impl Asked {
    fn call(self) -> Call {
        match self {
            Self::AdminSignIn => Call::SignInAdmin,
            Self::ClientSignIn => Call::SignInClient,
            Self::Captcha => Call::Captcha,
            Self::Intercoms => Call::ListIntercomsClient,
            Self::AddIntercom => Call::ShowIntercom,
            Self::Flats => Call::ListFlats,
            Self::Flat => Call::GetFlat,
            Self::Keys => Call::ListKeys,
            Self::Codes => Call::ListCodes,
            Self::Sessions => Call::ListSessions,
            Self::IssueForFlat => Call::CreateCodeAdmin,
            Self::IssueForIntercom => Call::CreateCodeClient,
            Self::SwitchLine => Call::SwitchLines,
            Self::DeleteAdminCode => Call::DeleteCodesAdmin,
            Self::DeleteClientCode => Call::DeleteCodesClient,
            Self::EndSession => Call::EndSession,
        }
    }

    fn effect(self) -> Effect {
        match self {
            Self::AdminSignIn | Self::ClientSignIn => Effect::SignIn,
            Self::IssueForFlat | Self::IssueForIntercom | Self::SwitchLine => Effect::Write,
            Self::DeleteAdminCode | Self::DeleteClientCode | Self::EndSession => Effect::Delete,
            _ => Effect::Read,
        }
    }

    /// Asks, with the fault in place, and tells the code of what the person is told; `None`: it went well.
    async fn met(self, fault: Fault) -> Result<(), CommandError> {
        let captcha = if self == Self::Captcha { Captcha::Always } else { Captcha::Never };
        let world = match self {
            Self::AdminSignIn | Self::ClientSignIn | Self::Captcha => {
                World::signed_out(|options| options.captcha = captcha).await
            }
            _ => World::signed_in().await,
        };
        let desk = &world.desk;
        let server = || world.server.clone();
        let intercom = || IntercomRef { server: server(), intercom: INTERCOM };
        // What a write needs is there before the fault is.
        let flat = if self.effect() == Effect::Write { Some(world.first_flat().await) } else { None };
        let code = match self {
            Self::DeleteAdminCode => {
                let flat = world.first_flat().await;
                Some(world.issue(Some(flat), "Courier").await?.row.key)
            }
            Self::DeleteClientCode => Some(world.issue(None, "Guest").await?.row.key),
            _ => None,
        };
        let session = match self {
            Self::EndSession => {
                world.sign_in(SignInAccount::Client).await?;
                let list = desk.list_sessions(world.server()).await?;
                list.sessions.iter().find(|one| !one.is_current).map(|one| one.id)
            }
            _ => None,
        };
        let control = world.simulator.control();
        control.fault(self.call(), fault, Times::Always);
        let result = match self {
            Self::AdminSignIn => world.sign_in(SignInAccount::Admin).await.map(|_| ()),
            Self::ClientSignIn => world.sign_in(SignInAccount::Client).await.map(|_| ()),
            Self::Captcha => desk.get_captcha(world.server()).await.map(|_| ()),
            Self::Intercoms => desk.load_intercoms(world.server()).await.and_then(|mut list| {
                let source = list.sources.remove(0);
                match source.error {
                    Some(error) => {
                        assert_eq!(source.state, SourceState::Failed);
                        Err(error)
                    }
                    None => Ok(()),
                }
            }),
            Self::AddIntercom => {
                let by = IntercomName::ExternalId { id: "L12-0021".to_owned() };
                desk.add_intercom(AddIntercom { server: server(), by }).await.map(|_| ())
            }
            Self::Flats => desk.load_flats(intercom()).await.map(|_| ()),
            Self::Flat => desk.load_flat(world.some_flat()).await.map(|_| ()),
            Self::Keys => desk.load_keys(intercom()).await.map(|_| ()),
            Self::Codes => desk.load_codes(world.server()).await.map(|_| ()),
            Self::Sessions => desk.list_sessions(world.server()).await.map(|_| ()),
            Self::IssueForFlat => world.issue(flat, "Courier").await.map(|_| ()),
            Self::IssueForIntercom => world.issue(None, "Guest").await.map(|_| ()),
            Self::SwitchLine => {
                let flat =
                    flat.map(|flat| desk::views::FlatTarget { id: Some(flat.id), number: flat.number });
                let line = LineName::Analog;
                let flat = flat.unwrap();
                let request = SwitchLine { server: server(), intercom: INTERCOM, flat, line, on: true };
                desk.switch_line(request).await.map(|_| ())
            }
            Self::DeleteAdminCode | Self::DeleteClientCode => {
                let keys = code.into_iter().collect();
                let deleted = desk.delete_codes(DeleteCodes { server: server(), keys }).await.unwrap();
                deleted.results.into_iter().next().unwrap().error.map_or(Ok(()), Err)
            }
            Self::EndSession => {
                desk.end_session(SessionRef { server: server(), session: session.unwrap() }).await
            }
        };
        // Never repeated, never doubled: whatever was told, a write left at most one request behind.
        if matches!(self.effect(), Effect::Write | Effect::Delete) {
            let asked = control.requests().iter().filter(|one| one.call == Some(self.call())).count();
            assert!(asked <= 1, "{self:?} was sent {asked} times");
        }
        result
    }
}

/// What a fault makes of a question, by what the question does; `None`: it goes well.
fn told(fault: &Fault, asked: Asked) -> Option<ErrorCode> {
    use Effect::{Delete, Read, SignIn, Write};
    use ErrorCode as Code;
    let effect = asked.effect();
    let is_change = matches!(effect, Write | Delete);
    let lost = if is_change { Code::WriteUnknown } else { Code::NoAnswer };
    let no_body = match effect {
        // A deletion's yes needs no body.
        Delete => None,
        Write => Some(Code::WriteUnknown),
        Read | SignIn => Some(Code::NotThisApi),
    };
    // The server's list settles what the answer did not tell.
    let is_found = asked == Asked::IssueForIntercom;
    match fault {
        Fault::ResetAfter
        | Fault::Stall
        | Fault::Truncate
        | Fault::WrongShape
        | Fault::Empty
        | Fault::BadRecord { .. }
            if is_found =>
        {
            None
        }
        Fault::Latency { .. } => None,
        // A long list does not come through byte by byte within the limit.
        Fault::Slow { .. } if is_long(asked) => Some(Code::NoAnswer),
        Fault::Slow { .. } => None,
        // Where the server lists what was deleted, the list settles a lost answer.
        Fault::ResetAfter | Fault::Stall if asked == Asked::DeleteClientCode => None,
        // Nothing of an answer without a body can be cut off.
        Fault::Truncate if effect == Delete => None,
        Fault::ResetBefore | Fault::ResetAfter | Fault::Truncate | Fault::Stall => Some(lost),
        Fault::Refuse { .. } => Some(match effect {
            // The second try of a read meets a port that refuses.
            Read if asked != Asked::Captcha => Code::NeverReached,
            Read | SignIn => Code::NoAnswer,
            Write | Delete => Code::WriteUnknown,
        }),
        Fault::Status { status } => of_status(*status, asked),
        Fault::Unavailable { .. } | Fault::Maintenance | Fault::BadGateway => of_status(503, asked),
        Fault::Unprocessable => of_status(422, asked),
        Fault::TooManyRequests { .. } => Some(Code::RateLimited),
        Fault::Redirect { .. } => of_status(302, asked),
        // A page for people with status 200 is no yes, whatever was asked.
        Fault::Html | Fault::Huge { .. } if effect == Delete => Some(Code::WriteUnknown),
        Fault::Html | Fault::Huge { .. } | Fault::WrongShape | Fault::Empty => no_body,
        // What a broken record is worth: in a list the others stand; an answer that is the record is none.
        Fault::BadRecord { how } => match (asked, how) {
            // One of the flat's keys.
            (Asked::Flat, _) => None,
            // Nothing stands inside these two: the text stands for the whole.
            (Asked::AddIntercom | Asked::Captcha, Broken::TextInside) => Some(Code::NotThisApi),
            // This desk's own session is the only one: nothing that reads as a session is left.
            (Asked::Sessions, Broken::NoId | Broken::TextInside | Broken::TextInstead) => {
                Some(Code::NotThisApi)
            }
            (_, Broken::TextInside) => None,
            (Asked::AddIntercom, _) => Some(Code::NotThisApi),
            (_, _) if effect == Write => Some(Code::WriteUnknown),
            (Asked::AdminSignIn | Asked::ClientSignIn | Asked::Captcha, Broken::TextInstead) => {
                Some(Code::NotThisApi)
            }
            _ => None,
        },
        _ => None,
    }
}

/// Answers of many records.
fn is_long(asked: Asked) -> bool {
    matches!(asked, Asked::Intercoms | Asked::Flats | Asked::Flat | Asked::Keys | Asked::Codes)
}

fn of_status(status: u16, asked: Asked) -> Option<ErrorCode> {
    use ErrorCode as Code;
    let effect = asked.effect();
    let is_change = matches!(effect, Effect::Write | Effect::Delete);
    let is_optional_list = matches!(asked, Asked::Flats | Asked::Keys | Asked::Sessions);
    Some(match status {
        400 | 500..=599 if is_change => Code::WriteUnknown,
        500..=599 => Code::ServerTrouble,
        401 | 403 | 422 if effect == Effect::SignIn => Code::SignInRefused,
        // The billing account is nobody's sign-in of this desk's own, but the person has to look at it all the same.
        401 if asked == Asked::Captcha => Code::Refused,
        401 => Code::SignedOut,
        402 => Code::LicenceEnded,
        403 => Code::Forbidden,
        // A session that is not there any more is what was wanted.
        404 if asked == Asked::EndSession => return None,
        // An optional list that is missing is a fact about the server, not an error.
        404 | 405 if is_optional_list => return None,
        404 | 405 if matches!(asked, Asked::Intercoms | Asked::Codes) => return None,
        404 | 405 if matches!(asked, Asked::DeleteAdminCode | Asked::DeleteClientCode) => Code::NotOffered,
        404 if asked == Asked::AddIntercom => Code::UnknownIntercom,
        405 if matches!(asked, Asked::Flat) => Code::NotOffered,
        404 => Code::NotFound,
        409 => Code::ClientTooOld,
        419 => Code::TooManySessions,
        422 => Code::Invalid,
        429 => Code::RateLimited,
        _ => Code::Refused,
    })
}

fn faults() -> Vec<Fault> {
    let mut faults = vec![
        Fault::Latency { ms: 20 },
        Fault::Slow { ms_per_chunk: 0 },
        Fault::ResetBefore,
        Fault::ResetAfter,
        Fault::Truncate,
        Fault::Stall,
        Fault::Refuse { ms: None },
        Fault::Unavailable { retry_after: Some(1) },
        Fault::Maintenance,
        Fault::BadGateway,
        Fault::Unprocessable,
        Fault::TooManyRequests { retry_after: 60 },
        Fault::Redirect { status: 301, location: "https://elsewhere.example/".to_owned() },
        Fault::Redirect { status: 307, location: "/login".to_owned() },
        Fault::Html,
        Fault::Empty,
        Fault::Huge { bytes: 64 << 20 },
        Fault::WrongShape,
        Fault::WrongTypes,
        Fault::EmptyMaps,
        Fault::HostileTexts,
    ];
    faults.extend(
        [400, 401, 402, 403, 404, 405, 409, 419, 500, 502, 503].map(|status| Fault::Status { status }),
    );
    faults.extend(
        [
            Broken::NoId,
            Broken::HugeId,
            Broken::ZeroId,
            Broken::NegativeId,
            Broken::TextInside,
            Broken::TextInstead,
        ]
        .map(|how| Fault::BadRecord { how }),
    );
    faults
}

async fn every_fault_of(asked: Asked) {
    let mut wrong = Vec::new();
    for fault in faults() {
        let expected = told(&fault, asked);
        let met = tokio::time::timeout(Duration::from_secs(60), asked.met(fault.clone())).await;
        let error = met.unwrap_or_else(|_| panic!("{asked:?} never came back from {fault:?}")).err();
        if let Some(error) = &error {
            let printed = format!("{error:?}");
            assert!(!printed.contains("demo-manager") && !printed.contains("demo-concierge"), "{printed}");
        }
        let got = error.map(|error| error.code);
        if got != expected {
            wrong.push(format!("{fault:?}: told {got:?} instead of {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{asked:?}:\n{}", wrong.join("\n"));
}

macro_rules! every_fault {
    ($($name:ident: $asked:ident,)*) => {
        $(
            #[tokio::test]
            async fn $name() {
                every_fault_of(Asked::$asked).await;
            }
        )*
    };
}

every_fault! {
    every_fault_is_told_to_whoever_signs_in_as_admin: AdminSignIn,
    every_fault_is_told_to_whoever_signs_in_as_client: ClientSignIn,
    every_fault_is_told_to_whoever_wants_a_captcha: Captcha,
    every_fault_is_told_to_whoever_lists_intercoms: Intercoms,
    every_fault_is_told_to_whoever_adds_an_intercom: AddIntercom,
    every_fault_is_told_to_whoever_lists_flats: Flats,
    every_fault_is_told_to_whoever_opens_a_flat: Flat,
    every_fault_is_told_to_whoever_lists_keys: Keys,
    every_fault_is_told_to_whoever_lists_codes: Codes,
    every_fault_is_told_to_whoever_lists_sessions: Sessions,
    every_fault_is_told_to_whoever_issues_a_code_for_a_flat: IssueForFlat,
    every_fault_is_told_to_whoever_issues_a_code_for_an_intercom: IssueForIntercom,
    every_fault_is_told_to_whoever_switches_a_line: SwitchLine,
    every_fault_is_told_to_whoever_deletes_a_code_of_a_flat: DeleteAdminCode,
    every_fault_is_told_to_whoever_deletes_a_code_of_the_client: DeleteClientCode,
    every_fault_is_told_to_whoever_ends_a_session: EndSession,
}
