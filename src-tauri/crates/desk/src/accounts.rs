//! Accounts: signing in and out.
//!
//! A secret comes in once, goes to the server and to the keyring, and never back to the interface.

use secrecy::{ExposeSecret, SecretString};
use server_api::client::ClientSignIn;
use server_api::{ApiError, admin, client};

use crate::error::{CommandError, Doing, ErrorCode};
use crate::preferences::BillingChoice;
use crate::state::Desk;
use crate::vault::Credential;
use crate::views::{
    AccountKind, AccountSignedOut, BillingCredential, CaptchaAnswer, Proof, ServerView, SessionEnd,
    SetBilling, SignIn, SignInAccount, SignOut,
};

/// The longest token that is taken for one: a pasted web page is not.
const LONGEST_TOKEN: usize = 16_384;

/// What a password is exchanged with.
pub(crate) struct Exchange<'e> {
    pub(crate) login: &'e str,
    pub(crate) password: &'e SecretString,
    pub(crate) captcha: Option<&'e CaptchaAnswer>,
    pub(crate) end_session: Option<u64>,
}

impl Desk {
    /// Signs an account in, over an earlier sign-in of it, and remembers it in the keyring.
    pub async fn sign_in(&self, request: SignIn) -> Result<ServerView, CommandError> {
        let kind = match request.account {
            SignInAccount::Admin => AccountKind::Admin,
            SignInAccount::Client => AccountKind::Client,
        };
        let server = request.server;
        let credential = match request.with {
            Proof::Token { token } => {
                let credential = pasted(&token)?;
                self.try_token(&server, kind, &credential).await?;
                credential
            }
            Proof::Password { login, password } => {
                let exchange = Exchange {
                    login: login.trim(),
                    password: &password,
                    captcha: request.captcha.as_ref(),
                    end_session: request.end_session,
                };
                let mut credential = self.exchange(&server, kind, &exchange).await?;
                if request.remember {
                    // The server may call the account otherwise than the person does: what signed in is kept.
                    credential.login = Some(login.trim().to_owned());
                    credential.password = Some(password);
                }
                credential
            }
        };
        let before = self.whose(&server, kind);
        self.hold(&server, kind, credential).await?;
        if (before.is_none() || before != self.whose(&server, kind))
            && self.forget_listed_codes(&server, kind).await.is_err()
        {
            // They are signed in all the same, and the next list takes its place.
            tracing::warn!("the codes that were listed to whoever was signed in before are still there");
        }
        self.syncs.signed_in(&server);
        self.view(&server)
    }

    /// Asks the server whether it takes a pasted token, by a call that every such server has.
    ///
    /// # Errors
    /// Only where it says no: anything else shows itself when the token is first used.
    async fn try_token(
        &self,
        server: &str,
        kind: AccountKind,
        credential: &Credential,
    ) -> Result<(), CommandError> {
        let connection = self.connection(server).await?;
        let bearer = server_api::Bearer::new(credential.token.clone());
        let probe = match kind {
            AccountKind::Client => server_api::Probe::ClientCodes,
            AccountKind::Admin | AccountKind::Billing => self.admin_question(server).await,
        };
        match server_api::probe(&connection, Some(&bearer), probe).await {
            Err(error) if error.refused_with() == Some(401) => {
                Err(CommandError::of_call(error, Doing::SigningIn { account: kind, has_captcha: false }))
            }
            _ => Ok(()),
        }
    }

    /// Chooses what billing calls take.
    pub async fn set_billing(&self, request: SetBilling) -> Result<ServerView, CommandError> {
        let id = request.server;
        let choice = match request.credential {
            BillingCredential::None => BillingChoice::None,
            BillingCredential::Admin => BillingChoice::Admin,
            BillingCredential::Own { token } => {
                self.hold(&id, AccountKind::Billing, pasted(&token)?).await?;
                BillingChoice::Own
            }
        };
        if choice != BillingChoice::Own {
            self.state().server(&id)?;
            if self.forget_credential(&id, AccountKind::Billing).await.is_err() {
                return Err(CommandError::plain(ErrorCode::KeyringFailed));
            }
        }
        self.state().server_mut(&id)?.billing = choice;
        self.save().await?;
        self.view(&id)
    }

    /// Signs an account out: its credential is forgotten here, and where the server has a call for it, its session
    /// is ended there.
    pub async fn sign_out(&self, request: SignOut) -> Result<AccountSignedOut, CommandError> {
        let SignOut { server, account } = request;
        self.restore().await;
        let (token, ended) = {
            let state = self.state();
            state.server(&server)?;
            match state.accounts.get(&(server.clone(), account)) {
                // The server said no to it: it has no session any more.
                Some(held) if held.is_refused => (None, SessionEnd::Ended),
                Some(held) => (Some(held.credential.token.clone()), SessionEnd::Ended),
                None => (None, SessionEnd::Unknown),
            }
        };
        if self.forget_credential(&server, account).await.is_err() {
            return Err(CommandError::plain(ErrorCode::KeyringFailed));
        }
        let session = match (account, token) {
            (_, None) => ended,
            (AccountKind::Admin | AccountKind::Billing, Some(_)) => SessionEnd::Stays,
            (AccountKind::Client, Some(token)) => self.log_out(&server, token).await,
        };
        Ok(AccountSignedOut { server: self.view(&server)?, session })
    }

    pub(crate) async fn log_out(&self, server: &str, token: SecretString) -> SessionEnd {
        let Ok(connection) = self.connection(server).await else { return SessionEnd::Unknown };
        match client::logout(&connection, &server_api::Bearer::new(token)).await {
            Ok(()) => SessionEnd::Ended,
            Err(error) if error.refused_with() == Some(401) => SessionEnd::Ended,
            Err(error) if matches!(error.refused_with(), Some(404 | 405)) => SessionEnd::Stays,
            Err(_) => SessionEnd::Unknown,
        }
    }

    /// Exchanges login and password for a token.
    pub(crate) async fn exchange(
        &self,
        server: &str,
        kind: AccountKind,
        exchange: &Exchange<'_>,
    ) -> Result<Credential, CommandError> {
        let Exchange { login, password, captcha, end_session } = *exchange;
        if login.is_empty() {
            return Err(CommandError::plain(ErrorCode::LoginMissing));
        }
        if password.expose_secret().is_empty() {
            return Err(CommandError::plain(ErrorCode::PasswordMissing));
        }
        let connection = self.connection(server).await?;
        let doing = Doing::SigningIn { account: kind, has_captcha: captcha.is_some() };
        let failed = |error: ApiError| CommandError::of_call(error, doing);
        let signed_in_at = Some(self.setup.clock.now());
        let (token, account, expires_at) = if kind == AccountKind::Admin {
            let session = admin::sign_in(&connection, login, password).await.map_err(failed)?;
            (session.token, session.account, session.expires_at)
        } else {
            let captcha =
                captcha.map(|answer| client::CaptchaAnswer { key: &answer.key, text: answer.text.trim() });
            let sign_in = ClientSignIn { login, password, captcha, end_session };
            let session = client::sign_in(&connection, &sign_in).await.map_err(failed)?;
            (session.token, session.account, None)
        };
        let login = account.login.unwrap_or_else(|| login.to_owned());
        let whose = account.id.map_or_else(|| login.clone(), |id| format!("#{id}"));
        Ok(Credential {
            token,
            login: Some(login),
            account: Some(whose),
            name: account.name,
            expires_at,
            signed_in_at,
            password: None,
        })
    }
}

/// A pasted token, as it may have come with blanks or its scheme.
fn pasted(token: &SecretString) -> Result<Credential, CommandError> {
    let text = token.expose_secret().trim();
    let text = text.strip_prefix("Bearer ").unwrap_or(text).trim();
    // Anything else could not stand in a header.
    let is_usable =
        !text.is_empty() && text.len() <= LONGEST_TOKEN && text.bytes().all(|byte| byte.is_ascii_graphic());
    if !is_usable {
        return Err(CommandError::plain(ErrorCode::TokenMissing));
    }
    let token = SecretString::from(text.to_owned());
    Ok(Credential {
        token,
        login: None,
        account: None,
        name: None,
        expires_at: None,
        signed_in_at: None,
        password: None,
    })
}
