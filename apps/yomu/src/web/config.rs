//! What the pages need to know of the program's settings.

use url::Url;
use yomu_model::ids::UserId;

/// The settings of the pages.
#[derive(Debug, Clone)]
pub struct WebConfig {
    /// The one local user, signed in from the start.
    pub user: UserId,
    /// The address under which people reach the program. Its host is answered besides `localhost`, `127.0.0.1` and
    /// `[::1]`, and forms sent from it are accepted.
    pub base_url: Option<Url>,
}
