//! Links to icons for apps that fetch pictures without saying who they are. A link is good for whoever has it and cannot
//! be guessed; it shows the small picture of one site and nothing else.

use std::fmt::Write as _;

use axum::http::{HeaderMap, header};
use yomu_model::ids::{IconId, UserId};
use yomu_store::StoreError;

use super::Api;
use crate::App;
use crate::keys::keyed;

/// Where icons are, below the root.
pub(super) const PATH: &str = "/reader/icons";

/// Makes links for one user.
pub(super) struct IconLinks {
    root: String,
    key: [u8; 32],
    user: UserId,
}

impl IconLinks {
    /// For links that lead where the request came to, or to the program's own address if it has one.
    pub(super) async fn new(api: &Api, headers: &HeaderMap, user: UserId) -> Result<Self, StoreError> {
        let root = match &api.base_url {
            Some(url) => url.as_str().trim_end_matches('/').to_owned(),
            None => {
                let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
                format!("http://{host}")
            }
        };
        Ok(Self { root, key: key(&api.app).await?, user })
    }

    /// The address of an icon; empty for none.
    pub(super) fn link(&self, icon: Option<IconId>) -> String {
        icon.map_or_else(String::new, |icon| {
            format!("{}{PATH}/{}-{icon}-{}", self.root, self.user, tag(&self.key, self.user, icon))
        })
    }
}

/// Whose icon a link is, if it is one of ours.
pub(super) async fn read(app: &App, name: &str) -> Result<Option<(UserId, IconId)>, StoreError> {
    let mut parts = name.splitn(3, '-');
    let (user, icon, sent) = (parts.next(), parts.next(), parts.next());
    let number = |text: Option<&str>| text.and_then(|text| text.parse::<i64>().ok());
    let (Some(user), Some(icon), Some(sent)) = (number(user), number(icon), sent) else { return Ok(None) };
    let (user, icon) = (UserId::new(user), IconId::new(icon));
    let expected = tag(&key(app).await?, user, icon);
    // The tag opens nothing but a picture, so how long the comparison takes does not matter.
    Ok((expected == sent).then_some((user, icon)))
}

async fn key(app: &App) -> Result<[u8; 32], StoreError> {
    let keys = app.keys.for_app_passwords(&app.store).await?;
    Ok(keys.first().map(|key| keyed(key, b"icon links")).unwrap_or_default())
}

fn tag(key: &[u8; 32], user: UserId, icon: IconId) -> String {
    let hash = keyed(key, format!("{user}-{icon}").as_bytes());
    hash[..10].iter().fold(String::with_capacity(20), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
