//! A service comes to the simulated home, gets its secrets, and goes again: on good days, on bad ones, and when the power goes
//! in the middle.

use std::collections::BTreeSet;
use std::time::Duration;

use homelab::services::{self, Changed, Repository, ServiceError, Values};
use homelab_plan::service::Rotation;
use homelab_sim::Faults;

use crate::town::Town;

const GIVEN: &str = "GOOGLE_CLIENT_ID=a-client.apps.googleusercontent.com\nGOOGLE_CLIENT_SECRET='given by a person'\n";

async fn write_secrets(town: &Town, repository: &Repository, rotation: Rotation) -> Result<Changed, ServiceError> {
    let (reach, desired) = (town.reach(), town.desired());
    let values = Values::from_env_file(GIVEN).unwrap();
    let prepared =
        services::prepare_secrets(&reach, &desired, repository, &values.names(), &rotation, &town.random).await?;
    let say = |text: &str| town.say(text);
    services::write_secrets(&reach, &desired, repository, &prepared, &values, &town.random, &say).await
}

async fn register(town: &Town, repository: &Repository) -> Result<(), ServiceError> {
    let (reach, desired) = (town.reach(), town.desired());
    services::register(&reach, &desired, repository, &town.random, &|text| town.say(text)).await
}

async fn remove(town: &Town) -> Result<(), ServiceError> {
    let (reach, desired) = (town.reach(), town.desired());
    let removal = services::look_before_removal(&reach, &desired, "notes", &town.random).await?;
    town.say(&removal.stays().join("\n"));
    services::remove(&reach, &desired, &removal, false, &town.random, &|text| town.say(text)).await
}

/// All values of the Secret, and that they do what they are for.
fn assert_secrets_work(town: &Town, when: &str) -> Vec<String> {
    let value = |key: &str| town.secret("notes", "notes-secrets", key).unwrap_or_else(|| panic!("{when}: no {key}"));
    let url = value("DATABASE_URL");
    let valkey = town.secret("valkey", "valkey-secrets", "VALKEY_PASSWORD").unwrap();
    assert!(town.happen(|world| world.database_admits(&url)), "{when}: the database takes what the Secret says");
    assert_eq!(value("VALKEY_URL"), format!("redis://:{valkey}@valkey.valkey.svc.cluster.local:6379/0"), "{when}");
    assert_eq!(value("SESSION_SECRET").len(), 64, "{when}");
    assert_eq!(value("GOOGLE_CLIENT_SECRET"), "given by a person", "{when}");
    let secret = town.object("/api/v1/namespaces/notes/secrets/notes-secrets").unwrap();
    assert!(secret["metadata"]["annotations"]["homelab/unfinished"].is_null(), "{when}: nothing is left to be done");
    vec![url, valkey, value("SESSION_SECRET"), "given by a person".to_owned()]
}

/// The pods run with the Secret as it is now.
fn started_with(town: &Town) -> Option<String> {
    let deployment = town.object("/apis/apps/v1/namespaces/notes/deployments/notes").unwrap();
    let annotations = &deployment["spec"]["template"]["metadata"]["annotations"];
    annotations["homelab/secret-version"].as_str().map(str::to_owned)
}

#[test]
fn a_service_gets_its_secrets_is_registered_and_removed_again() {
    let town = Town::new(1, Faults::None);
    let repository = town.write_service();
    town.push_image(true);
    let refused = town.run(register(&town, &repository)).unwrap_err();
    assert!(matches!(refused, ServiceError::NoSecret { .. }), "{refused:?}");

    let changed = town.run(write_secrets(&town, &repository, Rotation::Nothing)).unwrap();
    let names = ["DATABASE_URL", "GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET", "SESSION_SECRET", "VALKEY_URL"];
    assert_eq!(changed.names, names);
    let secrets = assert_secrets_work(&town, "at first");
    assert_eq!(
        town.run(write_secrets(&town, &repository, Rotation::Nothing)),
        Ok(Changed::default()),
        "once is enough"
    );

    assert_eq!(town.run(register(&town, &repository)), Ok(()));
    let (reach, desired) = (town.reach(), town.desired());
    let listed = town.run(services::list(&reach, &desired, &town.random, &|text| town.say(text))).unwrap();
    assert_eq!(
        (listed[0].name.as_str(), listed[0].sync.as_str(), listed[0].health.as_str()),
        ("notes", "Synced", "Healthy")
    );
    assert!(listed[0].images[0].contains("@sha256:1111"), "{listed:?}");
    let logs = town.run(services::logs(&reach, &desired, "notes", 10, &town.random, &|text| town.say(text))).unwrap();
    assert_eq!(logs.len(), 2, "one log a pod");
    assert_eq!(town.run(register(&town, &repository)), Ok(()), "a second time changes nothing");

    assert_eq!(town.run(remove(&town)), Ok(()));
    assert_eq!(town.object("/api/v1/namespaces/notes"), None);
    assert!(town.happen(|world| world.database_admits(&secrets[0])), "its database stays");
    assert!(town.said.lock().unwrap().contains("the database `notes` and the role `notes`"));
    assert!(matches!(town.run(remove(&town)), Err(ServiceError::NoApplication { .. })));
    town.assert_no_secret_was_said(&secrets);
    town.assert_nothing_foreign_was_touched("in the end");
}

#[test]
fn a_private_image_is_explained_before_anything_is_applied() {
    let town = Town::new(1, Faults::None);
    let repository = town.write_service();
    town.run(write_secrets(&town, &repository, Rotation::Nothing)).unwrap();
    town.push_image(false);
    let refused = town.run(register(&town, &repository)).unwrap_err();
    assert_eq!(refused, ServiceError::PrivateImage { image: "ghcr.io/takashiaihara/notes".to_owned() });
    let hint = refused.hint().unwrap();
    assert!(hint.contains("https://github.com/users/takashiaihara/packages/container/notes/settings"), "{hint}");
    assert_eq!(town.object("/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/notes"), None);
}

#[test]
fn an_image_that_is_not_there_and_one_that_was_never_built_are_told_apart() {
    let town = Town::new(1, Faults::None);
    let mut repository = town.write_service();
    town.happen(|world| world.push_image("takashiaihara/notes", "sha256:2", true));
    assert!(matches!(town.run(register(&town, &repository)), Err(ServiceError::NoSuchImage { .. })));
    repository.images[0].digest = None;
    assert!(matches!(town.run(register(&town, &repository)), Err(ServiceError::NotBuilt { .. })));
}

#[test]
fn the_application_of_another_repository_is_not_taken_over() {
    let town = Town::new(1, Faults::None);
    let mut repository = town.write_service();
    town.push_image(true);
    town.run(write_secrets(&town, &repository, Rotation::Nothing)).unwrap();
    town.run(register(&town, &repository)).unwrap();
    repository.url = "https://github.com/somebody/else".to_owned();
    assert!(matches!(town.run(register(&town, &repository)), Err(ServiceError::OtherRepository { .. })));
}

#[test]
fn a_service_that_does_not_become_healthy_is_not_waited_for_without_end() {
    let town = Town::new(1, Faults::None);
    let mut repository = town.write_service();
    town.push_image(true);
    town.run(write_secrets(&town, &repository, Rotation::Nothing)).unwrap();
    repository.application["spec"]["source"]["path"] = serde_json::json!("k8s/gone");
    match town.run(register(&town, &repository)).unwrap_err() {
        ServiceError::NotHealthy { waits_for, seconds: 900, .. } => {
            assert!(waits_for.contains("repository or path not found"), "{waits_for}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn rotated_secrets_reach_the_database_and_the_pods() {
    let town = Town::new(1, Faults::None);
    let repository = town.write_service();
    town.push_image(true);
    town.run(write_secrets(&town, &repository, Rotation::Nothing)).unwrap();
    town.run(register(&town, &repository)).unwrap();
    let before = assert_secrets_work(&town, "before");
    let changed = town.run(write_secrets(&town, &repository, Rotation::WhatCanBeMade)).unwrap();
    assert_eq!(changed.names, ["DATABASE_URL", "SESSION_SECRET"]);
    assert_eq!(changed.restarted, ["Deployment/notes"]);
    let after = assert_secrets_work(&town, "after");
    assert!(!town.happen(|world| world.database_admits(&before[0])), "the old password is worth nothing");
    let unknown = Rotation::Names(BTreeSet::from(["GONE".to_owned()]));
    assert!(matches!(town.run(write_secrets(&town, &repository, unknown)), Err(ServiceError::UnknownSecret { .. })));
    town.wait(60);
    let deployment = town.object("/apis/apps/v1/namespaces/notes/deployments/notes").unwrap();
    assert_eq!(deployment["status"]["updatedReplicas"], 2, "Argo CD leaves the new pods alone");
    town.assert_no_secret_was_said(&[before, after].concat());
}

#[test]
fn interrupted_anywhere_it_is_finished_by_the_next_run() {
    let ready = || {
        let town = Town::new(1, Faults::None);
        let repository = town.write_service();
        town.push_image(true);
        town.run(write_secrets(&town, &repository, Rotation::Nothing)).unwrap();
        town.run(register(&town, &repository)).unwrap();
        (town, repository)
    };
    let (town, repository) = ready();
    let before = started_with(&town);
    let (outcome, whole) = town.time(write_secrets(&town, &repository, Rotation::WhatCanBeMade));
    outcome.unwrap();
    assert_ne!(started_with(&town), before);
    for part in 0..40 {
        let (town, repository) = ready();
        let when = format!("killed at {part} of 40");
        let old = town.secret("notes", "notes-secrets", "DATABASE_URL");
        town.run_for(whole * part / 40, write_secrets(&town, &repository, Rotation::WhatCanBeMade));
        town.run(write_secrets(&town, &repository, Rotation::Nothing))
            .unwrap_or_else(|error| panic!("{when}: {error}"));
        let secrets = assert_secrets_work(&town, &when);
        let is_rotated = old.as_ref() != Some(&secrets[0]);
        assert_eq!(started_with(&town).is_some(), is_rotated, "{when}: pods have what is there now");
    }
    let (whole_town, repository) = ready();
    let (_, whole) = whole_town.time(register(&whole_town, &repository));
    for part in 0..20 {
        let town = Town::new(1, Faults::None);
        let repository = town.write_service();
        town.push_image(true);
        town.run(write_secrets(&town, &repository, Rotation::Nothing)).unwrap();
        town.run_for((whole + Duration::from_secs(20)) * part / 20, register(&town, &repository));
        assert_eq!(town.run(register(&town, &repository)), Ok(()), "killed at {part} of 20");
        town.run_for(Duration::from_millis(600 * u64::from(part)), remove(&town));
        // It may be gone already.
        let outcome = town.run(remove(&town));
        assert!(matches!(outcome, Ok(()) | Err(ServiceError::NoApplication { .. })), "{outcome:?}");
        assert_eq!(town.object("/api/v1/namespaces/notes"), None, "killed at {part} of 20");
    }
}

#[test]
fn on_bad_days_it_works_too() {
    for seed in 0..30 {
        let town = Town::new(seed, Faults::Many);
        let repository = town.write_service();
        town.push_image(true);
        let when = format!("seed {seed}");
        let until_done = |outcome: &dyn Fn() -> Result<(), ServiceError>| {
            // A person tries again, a few times.
            let failures: Vec<_> = (0..4).map_while(|_| outcome().err()).collect();
            assert!(failures.len() < 4, "{when}: {failures:?}");
        };
        until_done(&|| town.run(write_secrets(&town, &repository, Rotation::Nothing)).map(drop));
        until_done(&|| town.run(register(&town, &repository)));
        until_done(&|| town.run(write_secrets(&town, &repository, Rotation::WhatCanBeMade)).map(drop));
        let secrets = assert_secrets_work(&town, &when);
        until_done(&|| match town.run(remove(&town)) {
            Err(ServiceError::NoApplication { .. }) => Ok(()),
            outcome => outcome,
        });
        assert_eq!(town.object("/api/v1/namespaces/notes"), None, "{when}");
        town.assert_no_secret_was_said(&secrets);
        town.assert_nothing_foreign_was_touched(&when);
    }
}
