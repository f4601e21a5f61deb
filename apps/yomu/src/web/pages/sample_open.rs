//! `POST /welcome/sample`: the sample library.

use axum::extract::State;
use axum::response::Response;

use crate::actions::open_sample::open_sample;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::notice::{Done, Notice};
use crate::web::visit::{Visit, see_other};

/// Brings the sample library in.
pub(in crate::web) async fn open(State(web): State<Web>, visit: Visit) -> Result<Response, WebError> {
    open_sample(&web.app, visit.user).await?;
    Ok(see_other("/unread", Some(Notice::of(Done::SampleOpened))))
}
