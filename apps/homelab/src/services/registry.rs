//! Whether everybody may pull an image. Nodes at home have no password for a registry: what they may not pull does not run.

use serde_json::Value;

use super::{Image, ServiceError};
use crate::apply::StepError;
use crate::errand::{Errand, patiently};
use crate::reach::{WebAnswer, WebQuestion};

/// The registry that is asked. Others have other doors, and are left to the nodes.
const REGISTRY: &str = "ghcr.io/";

/// A token has a kilobyte, and so has an error.
const ANSWER_BYTES_MAX: u64 = 64 * 1024;

/// What nodes understand. A registry says that an image is not there to somebody who does not name its kind of manifest.
const ACCEPT: &str = "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.docker.distribution.manifest.v2+json";

/// Asks for the manifest of exactly this digest, as a node would, without a password. False if the registry is not one that
/// is known here.
///
/// # Errors
/// The image is not for everybody, or not there.
pub(super) async fn check_pull(errand: &Errand<'_>, image: &Image, digest: &str) -> Result<bool, ServiceError> {
    let Some(package) = image.name.strip_prefix(REGISTRY) else { return Ok(false) };
    let token_url = format!("https://ghcr.io/token?service=ghcr.io&scope=repository:{package}:pull");
    let answer = ask(errand, WebQuestion { method: "GET", url: token_url, headers: Vec::new() }).await?;
    let token: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let Some(token) = token["token"].as_str().filter(|_| answer.status == 200) else {
        return Err(ServiceError::PrivateImage { image: image.name.clone() });
    };
    let headers = vec![("authorization", format!("Bearer {token}")), ("accept", ACCEPT.to_owned())];
    let url = format!("https://ghcr.io/v2/{package}/manifests/{digest}");
    match ask(errand, WebQuestion { method: "HEAD", url, headers }).await?.status {
        200 => Ok(true),
        401 | 403 => Err(ServiceError::PrivateImage { image: image.name.clone() }),
        _ => Err(ServiceError::NoSuchImage { image: image.name.clone(), digest: digest.to_owned() }),
    }
}

/// Asks, and again when the connection breaks or the server stumbles.
async fn ask(errand: &Errand<'_>, question: WebQuestion) -> Result<WebAnswer, StepError> {
    patiently(async || {
        let answer = errand.context.reach.web.ask(question.clone(), ANSWER_BYTES_MAX).await?;
        match answer.status {
            429 | 500.. => {
                Err(crate::reach::WebError::Status { url: question.url.clone(), status: answer.status }.into())
            }
            _ => Ok(answer),
        }
    })
    .await
}
