//! The feeds among which one takes the place of a feed that fails.

use askama::Template;
use yomu_model::ids::SubscriptionId;

use super::{Choice, Frame, Message};

/// The page on which it is chosen, or that says why there is none.
#[derive(Template)]
#[template(path = "find.html")]
pub(in crate::web) struct FindView {
    pub(in crate::web) frame: Frame,
    pub(in crate::web) id: SubscriptionId,
    pub(in crate::web) name: String,
    pub(in crate::web) choices: Vec<Choice>,
    pub(in crate::web) message: Option<Message>,
}
