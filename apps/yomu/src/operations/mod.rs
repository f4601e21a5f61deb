//! What the program owes to whoever runs it: whether it lives, whether it is ready, its numbers, and a quick end.

mod gate;
mod health;
pub(crate) mod limits;
mod numbers;
mod readiness;
mod stop;

pub(crate) use gate::gate;
pub(crate) use numbers::numbers;
pub(crate) use readiness::Readiness;
pub(crate) use stop::{Stop, serve_until_stopped};
