//! TLS to PostgreSQL, as the address asks for it in the words of libpq (PostgreSQL's manual, "SSL Support").
//!
//! | `sslmode` | TLS | the server's certificate |
//! |---|---|---|
//! | `disable` | never | |
//! | `prefer`, and nothing said | where the server has it | anybody's: without TLS there would be none, and Debian's servers make their own |
//! | `require`, `verify-ca`, `verify-full` | always | names the server, and comes from an authority in the binary or in `sslrootcert` |
//!
//! libpq asks `require` for less: there it protects from those who listen and not from those who answer in the server's place.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::{Error as PemError, PemObject as _};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use url::Url;

/// What an address says of TLS that the client library does not know.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Wishes {
    is_strict: bool,
    authorities: Option<PathBuf>,
}

/// Takes the words of libpq out of an address that the client library would refuse.
pub(super) fn read(address: &str) -> (String, Wishes) {
    let parsed = Url::parse(address).ok().filter(|_| address.contains("ssl"));
    let Some(mut url) = parsed else { return (address.to_owned(), Wishes::default()) };
    let mut wishes = Wishes::default();
    let mut left = Vec::new();
    for (name, value) in url.query_pairs() {
        match (&*name, &*value) {
            ("sslrootcert", "system" | "") => {}
            ("sslrootcert", path) => wishes.authorities = Some(path.into()),
            ("sslmode", "require" | "verify-ca" | "verify-full") => {
                wishes.is_strict = true;
                left.push((name.into_owned(), "require".to_owned()));
            }
            // As libpq's: TLS where the server insists on it.
            ("sslmode", "allow") => left.push((name.into_owned(), "prefer".to_owned())),
            _ => left.push((name.into_owned(), value.into_owned())),
        }
    }
    match left.is_empty() {
        true => url.set_query(None),
        false => {
            url.query_pairs_mut().clear().extend_pairs(left);
        }
    }
    // The library reads `%20` where forms write `+`.
    if let Some(query) = url.query().map(|query| query.replace('+', "%20")) {
        url.set_query(Some(&query));
    }
    (url.into(), wishes)
}

/// The client's side of TLS, or why there is none.
pub(super) fn client(wishes: &Wishes) -> Result<ClientConfig, String> {
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    if !wishes.is_strict {
        let verifier = Arc::new(Anybody { provider });
        return Ok(builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth());
    }
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(path) = &wishes.authorities {
        add_authorities(&mut roots, path)?;
    }
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

fn add_authorities(roots: &mut RootCertStore, path: &Path) -> Result<(), String> {
    let unreadable = |error: PemError| match error {
        PemError::Io(error) => format!("`sslrootcert` `{}` cannot be read: {error}", path.display()),
        _ => format!("`sslrootcert` `{}` is not valid PEM", path.display()),
    };
    let mut added = 0;
    for certificate in CertificateDer::pem_file_iter(path).map_err(unreadable)? {
        added += roots.add_parsable_certificates([certificate.map_err(unreadable)?]).0;
    }
    match added {
        0 => Err(format!("`sslrootcert` `{}` holds no certificate", path.display())),
        _ => Ok(()),
    }
}

/// Takes any certificate, for connections that would otherwise have no TLS at all. Whoever shows one must have its key.
#[derive(Debug)]
struct Anybody {
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strict(authorities: Option<&str>) -> Wishes {
        Wishes { is_strict: true, authorities: authorities.map(PathBuf::from) }
    }

    #[test]
    fn the_words_of_libpq_are_understood() {
        let base = "postgres://ann:p%40ss@db.example:5432/yomu";
        for (query, left, wishes) in [
            ("", "", Wishes::default()),
            ("?sslmode=disable", "?sslmode=disable", Wishes::default()),
            ("?sslmode=allow", "?sslmode=prefer", Wishes::default()),
            ("?sslmode=require", "?sslmode=require", strict(None)),
            ("?sslmode=verify-full&sslrootcert=/ca.pem", "?sslmode=require", strict(Some("/ca.pem"))),
            ("?sslrootcert=system&sslmode=verify-ca", "?sslmode=require", strict(None)),
            ("?options=-c%20a%3Db&sslmode=require", "?options=-c%20a%3Db&sslmode=require", strict(None)),
            ("?sslmode=nonsense", "?sslmode=nonsense", Wishes::default()),
        ] {
            assert_eq!(read(&format!("{base}{query}")), (format!("{base}{left}"), wishes), "{query}");
        }
    }

    #[test]
    fn what_says_nothing_of_it_is_left_to_the_library_as_it_is() {
        for address in
            ["host=db user=ann sslmode=require", "postgres://a:1,b:2/db?sslmode=require", "postgres:///db?host=/run"]
        {
            assert_eq!(read(address), (address.to_owned(), Wishes::default()));
        }
    }

    #[test]
    fn a_file_without_authorities_is_refused_with_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ca.pem");
        let refused = |path: &Path| client(&strict(path.to_str())).unwrap_err();
        assert!(refused(&path).contains("ca.pem` cannot be read"));
        std::fs::write(&path, "nothing").unwrap();
        assert!(refused(&path).contains("ca.pem` holds no certificate"));
        assert!(client(&strict(None)).is_ok() && client(&Wishes::default()).is_ok());
    }
}
