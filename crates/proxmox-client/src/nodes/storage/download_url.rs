//! `/nodes/{node}/storage/{storage}/download-url`: the host fetches a template itself.
//! `src/PVE/API2/Storage/Status.pm` in `pve-storage`.

use crate::id::{NodeName, StorageId};
use crate::request::Request;
use crate::upid::Upid;

/// A template to be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Download {
    /// From here.
    pub url: String,
    /// Under this name, which must end in `.tar` and a compression that Proxmox knows.
    pub filename: String,
    /// What it must hash to.
    pub checksum: Option<Checksum>,
}

/// What a file must hash to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checksum {
    /// `sha256` or `sha512`; also `sha1`, `sha224`, `sha384` and `md5`.
    pub algorithm: String,
    /// The digits.
    pub digits: String,
}

/// Fetches a container template. Needs `Datastore.AllocateTemplate`, and `Sys.AccessNetwork` on the node.
pub fn template(node: &NodeName, storage: &StorageId, download: &Download) -> Request<Upid> {
    let request = Request::post(format!("/nodes/{node}/storage/{storage}/download-url"))
        .with("content", "vztmpl")
        .with("url", download.url.as_str())
        .with("filename", download.filename.as_str());
    match &download.checksum {
        Some(Checksum { algorithm, digits }) => {
            request.with("checksum-algorithm", algorithm.as_str()).with("checksum", digits.as_str())
        }
        None => request,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checksum_goes_with_its_algorithm_or_not_at_all() {
        let (node, storage) = ("pve".parse().unwrap(), "local".parse().unwrap());
        let mut download =
            Download { url: "https://a.example/b?c".to_owned(), filename: "b.tar.zst".to_owned(), checksum: None };
        let body = |download: &Download| String::from_utf8(template(&node, &storage, download).to_http().body).unwrap();
        let plain = "content=vztmpl&url=https%3A%2F%2Fa.example%2Fb%3Fc&filename=b.tar.zst";
        assert_eq!(body(&download), plain);
        download.checksum = Some(Checksum { algorithm: "sha512".to_owned(), digits: "ab12".to_owned() });
        assert_eq!(body(&download), format!("{plain}&checksum-algorithm=sha512&checksum=ab12"));
    }
}
