//! `/accounts/ClientLogin` and `/token`.

use std::fmt::Write as _;

use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use super::visit::{Answer, Refusal, Visit, json};
use crate::api::Api;
use crate::api::body::read_body;
use crate::api::caller::{Caller, Proof};
use crate::api::params::Params;
use crate::client_address::client_address;
use crate::keys::keyed;

/// Letters of an action token, as FreshRSS has it.
const TOKEN_LETTERS: usize = 57;

/// Checks name and app password, which stand in the address or in the body. The app password is the token, too: it has
/// no `=`, at which NetNewsWire would cut it.
pub(super) async fn login(State(api): State<Api>, request: Request) -> Answer {
    let asked = Params::read(request.uri().query().unwrap_or_default().as_bytes());
    let address = client_address(request.extensions(), request.headers(), &api.trusted_proxies);
    let params = asked.and(Params::read(&read_body(request, &api).await?));
    let (name, password) = (params.first("Email").unwrap_or_default(), params.first("Passwd").unwrap_or_default());
    let token = password.trim();
    Caller::by(&api, Proof::NameAndPassword(name.to_owned(), token.to_owned()), address).await?;
    if params.first("output") == Some("json") {
        return Ok(json(&json!({ "SID": token, "LSID": token, "Auth": token })));
    }
    Ok(format!("SID={token}\nLSID={token}\nAuth={token}\n").into_response())
}

/// A token that apps send back as `T`.
pub(super) async fn token(State(api): State<Api>, visit: Visit) -> Result<Response, Refusal> {
    let keys = api.app.keys.for_app_passwords(&api.app.store).await?;
    let hash = keyed(keys.first().map_or(&[][..], |key| key), format!("action {}", visit.user.id).as_bytes());
    let mut token = String::with_capacity(64);
    for byte in hash {
        let _ = write!(token, "{byte:02x}");
    }
    token.truncate(TOKEN_LETTERS);
    Ok(token.into_response())
}
