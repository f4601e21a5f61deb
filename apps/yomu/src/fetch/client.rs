//! The HTTP client underneath: connections, HTTP/1.1 and HTTP/2. Everything with a policy is ours, so redirects,
//! decoding, proxies, cookies and retries are off.

use std::sync::Arc;

use reqwest::header::{ACCEPT_ENCODING, HeaderMap, HeaderValue, USER_AGENT};

use super::limits::{
    H2_CONNECTION_WINDOW, H2_STREAM_WINDOW, HEADER_BYTES_MAX, HEADERS_MAX, IDLE_CONNECTION, IDLE_CONNECTIONS_MAX,
};
use super::resolver::PublicResolver;
use super::{FetchConfig, FetchSetupError, decode, tls};

/// Makes the client that all requests share.
pub(super) fn build(config: &FetchConfig, resolver: PublicResolver) -> Result<reqwest::Client, FetchSetupError> {
    let mut headers = HeaderMap::new();
    let user_agent = HeaderValue::from_str(&config.user_agent).map_err(|_| FetchSetupError::UserAgent)?;
    headers.insert(USER_AGENT, user_agent);
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(decode::ACCEPTED));
    reqwest::Client::builder()
        .default_headers(headers)
        .tls_backend_preconfigured(tls::client_config(config.ca_file.as_deref())?)
        .dns_resolver(Arc::new(resolver))
        .connect_timeout(config.limits.connect_time)
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .no_proxy()
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
        .pool_max_idle_per_host(IDLE_CONNECTIONS_MAX)
        .pool_idle_timeout(IDLE_CONNECTION)
        .http1_max_headers(HEADERS_MAX)
        .http2_max_header_list_size(HEADER_BYTES_MAX)
        .http2_initial_stream_window_size(H2_STREAM_WINDOW)
        .http2_initial_connection_window_size(H2_CONNECTION_WINDOW)
        // Old scripts fold headers, put blanks before colons and print warnings between header lines.
        .http1_allow_obsolete_multiline_headers_in_responses(true)
        .http1_allow_spaces_after_header_name_in_responses(true)
        .http1_ignore_invalid_headers_in_responses(true)
        .build()
        .map_err(|cause| FetchSetupError::Client { cause: cause.to_string() })
}
