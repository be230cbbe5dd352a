//! The client account's sessions, and the captcha a sign-in may ask for.

use std::sync::Arc;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use server_api::{Bearer, Connection, PictureKind, client, open};

use crate::error::{CommandError, Doing, ErrorCode, session_view};
use crate::state::Desk;
use crate::views::{
    AccountKind, Capability, Captcha, ServerRef, SessionList, SessionListing, SessionRef, SessionView,
};

impl Desk {
    /// A new captcha. The picture was checked to be one, so that nothing else reaches the window as its address.
    pub async fn get_captcha(&self, request: ServerRef) -> Result<Captcha, CommandError> {
        let connection = self.connection(&request.server).await?;
        let captcha =
            open::captcha(&connection).await.map_err(|error| CommandError::of_call(error, Doing::Probing))?;
        let kind = match captcha.image.kind {
            PictureKind::Png => "png",
            PictureKind::Jpeg => "jpeg",
        };
        let bytes = BASE64_STANDARD.encode(&captcha.image.bytes);
        Ok(Captcha {
            key: captcha.key,
            image: format!("data:image/{kind};base64,{bytes}"),
            ttl_seconds: u32::try_from(captcha.ttl.as_secs()).unwrap_or(u32::MAX),
        })
    }

    /// The client account's sessions, this desk's own first.
    pub async fn list_sessions(&self, request: ServerRef) -> Result<SessionList, CommandError> {
        let confirmed_at = self.setup.clock.now();
        let empty = |listing| SessionList { listing, sessions: Vec::new(), confirmed_at };
        let call = |connection: Arc<Connection>, bearer: Bearer| async move {
            client::sessions(&connection, &bearer).await
        };
        let listed = match self.read(&request.server, Capability::Sessions, call).await {
            Ok(Some(listed)) => listed,
            Ok(None) => return Ok(empty(SessionListing::NotOffered)),
            Err(error) if error.code == ErrorCode::NoAccount => return Ok(empty(SessionListing::NoAccount)),
            Err(error) => return Err(error),
        };
        let own = listed.iter().find(|session| session.is_current).map(|session| session.id);
        if let Some(own) = own {
            self.state().own_sessions.insert(request.server.clone(), own);
        }
        let mut sessions: Vec<SessionView> = listed.into_iter().map(session_view).collect();
        sessions.sort_by_key(|session| !session.is_current);
        Ok(SessionList { sessions, ..empty(SessionListing::Complete) })
    }

    /// Ends a session of the client account. Ending this desk's own signs it out here, too, remembered or not.
    pub async fn end_session(&self, request: SessionRef) -> Result<(), CommandError> {
        let access = self.access(&request.server, AccountKind::Client).await?;
        let _writing = self.writing();
        let answer = client::end_session(&access.connection, &access.bearer, request.session).await;
        // It is not there any more, which is what was wanted.
        let is_gone = answer.as_ref().is_err_and(|error| error.refused_with() == Some(404));
        if !is_gone && let Err(error) = answer {
            return Err(self.write_failed(&access, error).await);
        }
        let is_own = self.state().own_sessions.get(&request.server) == Some(&request.session);
        if is_own && self.forget_credential(&request.server, AccountKind::Client).await.is_err() {
            return Err(CommandError::plain(ErrorCode::KeyringFailed));
        }
        Ok(())
    }
}
