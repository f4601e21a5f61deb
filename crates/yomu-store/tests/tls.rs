//! TLS to a real PostgreSQL, whose certificate comes from nobody, from an authority of its own, or is for another name.

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::path::Path;

use jiff::Timestamp;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio_postgres::Client;
use yomu_model::secret::Secret;
use yomu_store::{Store, StoreConfig};

#[tokio::test]
async fn the_address_says_whom_to_believe() {
    let Ok(server) = std::env::var("YOMU_TEST_POSTGRES") else {
        eprintln!("SKIPPED: YOMU_TEST_POSTGRES is not set; run `scripts/postgres cargo nextest run`");
        return;
    };
    let (client, connection) = tokio_postgres::connect(&server, tokio_postgres::NoTls).await.expect("it answers");
    tokio::spawn(connection);
    let folder = tempfile::Builder::new().permissions(std::fs::Permissions::from_mode(0o755)).tempdir().unwrap();
    let data: String = client.query_one("SHOW data_directory", &[]).await.expect("a folder").get(0);
    certificates(folder.path(), std::fs::metadata(data).expect("the folder is here").uid());
    let name = format!("yomu_tls_{}", std::process::id());
    client.batch_execute(&format!("CREATE DATABASE {name}")).await.expect("a new database");
    let file = |name: &str| folder.path().join(name).display().to_string();
    for (setting, value) in
        [("ssl_cert_file", file("server.pem")), ("ssl_key_file", file("server.key")), ("ssl", "on".into())]
    {
        client.batch_execute(&format!("ALTER SYSTEM SET {setting} = '{value}'")).await.expect("a setting");
    }
    client.batch_execute("SELECT pg_reload_conf()").await.expect("it reads them");

    let (base, _) = server.rsplit_once('/').expect("an address that ends with a database");
    let by_name = format!("{}/{name}", base.replace("127.0.0.1", "localhost"));
    let by_number = format!("{}/{name}", base.replace("localhost", "127.0.0.1"));
    let authority = file("authority.pem");
    // It takes a moment until new connections meet the new settings.
    let strict = format!("{by_name}?sslmode=verify-full&sslrootcert={authority}");
    let mut last = opened(&client, &strict).await;
    for _ in 0..100 {
        if last.is_ok() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        last = opened(&client, &strict).await;
    }
    assert_eq!(last, Ok(true), "its authority is known");
    assert_eq!(opened(&client, &format!("{by_name}?sslmode=disable")).await, Ok(false));
    assert_eq!(opened(&client, &by_name).await, Ok(true), "with nothing said, TLS is taken where it is");
    let stranger = opened(&client, &format!("{by_name}?sslmode=require")).await.expect_err("nobody vouches for it");
    assert!(stranger.contains("UnknownIssuer"), "{stranger}");
    let other = format!("{by_number}?sslmode=verify-full&sslrootcert={authority}");
    let other = opened(&client, &other).await.expect_err("the certificate is for a name");
    assert!(other.contains("not valid for name") || other.contains("NotValidForName"), "{other}");

    client.batch_execute("ALTER SYSTEM RESET ssl").await.expect("as it was");
    client.batch_execute("SELECT pg_reload_conf()").await.expect("as it was");
}

/// Whether the newest connection of a store has TLS, as the server sees it, or why there is no store.
async fn opened(server: &Client, url: &str) -> Result<bool, String> {
    let config = StoreConfig::Postgres(Secret::new(url.to_owned()));
    let store = Store::open(&config, Timestamp::now()).await.map_err(|error| error.to_string())?;
    let newest = "SELECT s.ssl FROM pg_stat_activity a JOIN pg_stat_ssl s USING (pid) WHERE a.datname LIKE 'yomu_tls_%'
        AND a.application_name = 'yomu' ORDER BY a.backend_start DESC LIMIT 1";
    let is_secret = server.query_one(newest, &[]).await.expect("a connection").get(0);
    drop(store);
    Ok(is_secret)
}

/// Writes an authority, and a certificate of it for `localhost` with its key, which only the server's user may read.
fn certificates(folder: &Path, owner: u32) {
    let mut authority = CertificateParams::new(Vec::new()).expect("parameters");
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().expect("a key")).expect("an authority");
    let key = KeyPair::generate().expect("a key");
    let params = CertificateParams::new(vec!["localhost".to_owned()]).expect("parameters");
    let certificate = params.signed_by(&key, &authority).expect("a certificate");
    let texts =
        [("authority.pem", authority.pem()), ("server.pem", certificate.pem()), ("server.key", key.serialize_pem())];
    for (name, text) in texts {
        let path = folder.join(name);
        std::fs::write(&path, text).expect("written");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).expect("for one alone");
        chown(&path, Some(owner), None).expect("for the server");
    }
    std::fs::set_permissions(folder.join("authority.pem"), std::fs::Permissions::from_mode(0o644)).expect("for all");
}
