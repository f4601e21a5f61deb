//! What the program owes to whoever runs it: whether it lives, whether it is ready, its numbers, a port that
//! nobody can block, and a quick end.

mod answer_time;
mod gate;
mod health;
pub(crate) mod limits;
mod numbers;
mod patient_stream;
mod readiness;
mod serving;
mod stop;

pub(crate) use answer_time::answer_time;
pub(crate) use gate::gate;
pub(crate) use numbers::numbers;
pub(crate) use readiness::Readiness;
pub(crate) use serving::serve_until_stopped;
pub(crate) use stop::Stop;
