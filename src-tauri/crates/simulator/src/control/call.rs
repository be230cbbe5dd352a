use axum::http::Method;
use serde::{Deserialize, Serialize};

/// The calls a fault can be armed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Call {
    /// Every request, known call or not.
    Any,
    /// `POST /api/admin/v1/auth/token`
    SignInAdmin,
    /// `POST /api/v1/token`
    SignInClient,
    /// `POST /api/v1/logout`
    SignOutClient,
    /// `GET /api/v1/captcha`
    Captcha,
    /// `GET /api/v1/sessions`
    ListSessions,
    /// `POST /api/v1/sessions/{session}`
    EndSession,
    /// `GET /api/v1/static/basic`
    StaticBasic,
    /// Seed 000: `POST /api/admin/v1/intercom/{intercom}/codes`
    CreateCodeAdmin,
    /// Seed 001: `POST /api/v1/intercom/{intercom}/codes`
    CreateCodeClient,
    /// Seed 002: `GET /api/v1/intercom/codes`
    ListCodes,
    /// Seed 003: `GET /api/admin/v1/intercoms/{intercom}/flats/{flat}`
    GetFlat,
    /// Seed 004: `PATCH /api/v1/billing/intercom-flats`
    SwitchLines,
    /// `GET /api/admin/v1/intercoms/{intercom}/flats`
    ListFlats,
    /// `GET /api/admin/v1/intercoms/{intercom}/keys`
    ListKeys,
    /// `GET /api/admin/v1/intercoms/{intercom}/get-users`
    ListUsers,
    /// `GET /api/admin/v1/intercom/{intercom}/codes`, a guess.
    ListCodesAdmin,
    /// `POST /api/admin/v1/intercoms/{intercom}/open-door`
    OpenDoorAdmin,
    /// `POST /api/v1/intercom/{intercom}/open-door`
    OpenDoorClient,
    /// `GET /api/v1/intercom/shows`
    ShowIntercomsClient,
    /// `GET /api/admin/v1/intercoms`
    ListIntercomsAdmin,
    /// `GET /api/v1/intercom`
    ListIntercomsClient,
    /// `GET /api/v1/billing/intercoms/show`
    ShowIntercom,
    /// `DELETE /api/admin/v1/intercom/{intercom}/codes`
    DeleteCodesAdmin,
    /// `DELETE /api/v1/intercom/codes`
    DeleteCodesClient,
}

impl Call {
    /// The call behind a method and the pattern of the path it matched.
    pub(super) fn of(method: &Method, pattern: &str) -> Option<Self> {
        Some(match (method.as_str(), pattern) {
            ("POST", "/api/admin/v1/auth/token") => Self::SignInAdmin,
            ("POST", "/api/v1/token") => Self::SignInClient,
            ("POST", "/api/v1/logout") => Self::SignOutClient,
            ("GET", "/api/v1/captcha") => Self::Captcha,
            ("GET", "/api/v1/sessions") => Self::ListSessions,
            ("POST", "/api/v1/sessions/{session}") => Self::EndSession,
            ("GET", "/api/v1/static/basic") => Self::StaticBasic,
            ("POST", "/api/admin/v1/intercom/{intercom}/codes") => Self::CreateCodeAdmin,
            ("DELETE", "/api/admin/v1/intercom/{intercom}/codes") => Self::DeleteCodesAdmin,
            ("POST", "/api/v1/intercom/{intercom}/codes") => Self::CreateCodeClient,
            ("GET", "/api/v1/intercom/codes") => Self::ListCodes,
            ("DELETE", "/api/v1/intercom/codes") => Self::DeleteCodesClient,
            ("GET", "/api/admin/v1/intercoms/{intercom}/flats/{flat}") => Self::GetFlat,
            ("GET", "/api/admin/v1/intercoms/{intercom}/flats") => Self::ListFlats,
            ("GET", "/api/admin/v1/intercoms/{intercom}/keys") => Self::ListKeys,
            ("GET", "/api/admin/v1/intercoms/{intercom}/get-users") => Self::ListUsers,
            ("GET", "/api/admin/v1/intercom/{intercom}/codes") => Self::ListCodesAdmin,
            ("POST", "/api/admin/v1/intercoms/{intercom}/open-door") => Self::OpenDoorAdmin,
            ("POST", "/api/v1/intercom/{intercom}/open-door") => Self::OpenDoorClient,
            ("GET", "/api/v1/intercom/shows") => Self::ShowIntercomsClient,
            ("GET", "/api/admin/v1/intercoms") => Self::ListIntercomsAdmin,
            ("GET", "/api/v1/intercom") => Self::ListIntercomsClient,
            ("PATCH", "/api/v1/billing/intercom-flats") => Self::SwitchLines,
            ("GET", "/api/v1/billing/intercoms/show") => Self::ShowIntercom,
            _ => return None,
        })
    }

    /// Whether something meant for this call also means a request of `other`.
    pub(super) fn covers(self, other: Option<Self>) -> bool {
        self == Self::Any || Some(self) == other
    }
}
