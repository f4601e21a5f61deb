//! What stands between the network and the pages.

mod dress;
mod headers;
mod host;
mod observe;

pub(super) use dress::dress;
pub(crate) use headers::{SecurityHeaders, security_headers};
pub(super) use host::own_host_only;
pub(super) use observe::observe;
