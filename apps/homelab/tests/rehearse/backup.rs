//! The simulated home is backed up, lost, and brought back onto new containers.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use homelab::apply::{Listener, Moment, Outcome};
use homelab::backups::{self, BackupError};
use homelab::removal;
use homelab_plan::config::edit::change_k3s_version;
use homelab_sim::Faults;

use crate::town::Town;

struct Silent;

impl Listener for Silent {
    fn hear(&self, _: Moment<'_>) {}
}

async fn save(town: &Town, made_at: &str) -> Result<PathBuf, BackupError> {
    let (reach, desired, into) = (town.reach(), town.desired(), town.folder().join("backups"));
    let say = |text: &str| town.say(text);
    Ok(backups::save(&reach, &desired, &into, made_at, None, &town.random, &say).await?.0)
}

async fn restore(town: &Town, folder: &Path) -> Result<(), BackupError> {
    let (reach, desired, manifests) = (town.reach(), town.desired(), town.manifests());
    let backup = backups::read(folder, "home")?;
    let say = |text: &str| town.say(text);
    backups::restore(&reach, &desired, &manifests, &backup, &town.random, &Silent, &say).await
}

/// `homelab down`.
fn down(town: &Town) {
    let (reach, desired) = (town.reach(), town.desired());
    town.run(async {
        for container in removal::ours(&reach, &desired).await.unwrap() {
            removal::remove(&reach, &desired, container.vmid).await.unwrap();
        }
    });
}

const NIGHT: &str = "2026-11-23T18:30:00Z";

/// A home with a service that has written something, its backup, and then nothing but the backup.
fn lost(seed: u64) -> (Town, PathBuf, String) {
    let town = Town::new(seed, Faults::None);
    town.bring_service();
    town.happen(|world| world.database_write("notes", "a note"));
    let url = town.secret("notes", "notes-secrets", "DATABASE_URL").unwrap();
    let folder = town.run(save(&town, NIGHT)).unwrap();
    down(&town);
    (town, folder, url)
}

fn assert_is_back(town: &Town, url: &str, when: &str) {
    assert_eq!(town.secret("notes", "notes-secrets", "DATABASE_URL").as_deref(), Some(url), "{when}");
    assert_eq!(town.happen(|world| world.database_rows("notes")), ["a note"], "{when}");
    assert!(town.happen(|world| world.database_admits(url)), "{when}: the service may sign in");
    town.world().set_faults_on(false);
    assert_eq!(town.up(), Outcome::Done { steps: 0 }, "{when}");
    town.wait(120);
    let application = town.object("/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/notes").unwrap();
    assert_eq!(application["status"]["health"]["status"], "Healthy", "{when}: the service came back by itself");
    town.assert_nothing_foreign_was_touched(when);
}

#[test]
fn everything_comes_back_onto_new_containers() {
    let (town, folder, url) = lost(1);
    assert_eq!(town.run(restore(&town, &folder)), Ok(()));
    assert_is_back(&town, &url, "in the end");
    town.happen(|world| world.database_write("notes", "a note after that"));
    assert_eq!(town.run(restore(&town, &folder)), Ok(()));
    assert_eq!(town.happen(|world| world.database_rows("notes")).len(), 2, "what is restored is not restored again");
    town.assert_no_secret_was_said(&[url]);
}

#[test]
fn a_backup_is_for_its_owner_alone_and_leaves_nothing_behind() {
    let town = Town::new(1, Faults::None);
    let folder = town.run(save(&town, NIGHT)).unwrap();
    assert_eq!(folder.file_name().unwrap(), "2026-11-23T183000Z");
    let mut files = Vec::new();
    for place in [folder.clone(), folder.join("postgres")] {
        for entry in fs::read_dir(place).unwrap().map(Result::unwrap) {
            let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!(mode, if entry.path().is_dir() { 0o700 } else { 0o600 }, "{}", entry.path().display());
            files.push(entry.file_name().into_string().unwrap());
        }
    }
    files.sort();
    assert_eq!(files, ["0.dump", "etcd-snapshot", "manifest.json", "postgres", "roles.sql", "server-token"]);
    let again = town.run(save(&town, NIGHT)).unwrap_err();
    assert!(matches!(again, BackupError::File { .. }), "{again:?}");
    let second = town.run(save(&town, "2026-11-24T18:30:00Z")).unwrap();
    assert!(backups::read(&second, "home").is_ok());
}

#[test]
fn what_is_broken_or_of_another_home_is_refused_before_anything_is_touched() {
    let (town, folder, _) = lost(1);
    let refused = |folder: &Path, cluster: &str| backups::read(folder, cluster).unwrap_err().to_string();
    assert!(refused(&folder, "work").contains("of the cluster `home`"));
    assert!(refused(town.folder(), "home").contains("it has no `manifest.json`"));
    let token = folder.join("server-token");
    let kept = fs::read(&token).unwrap();
    fs::write(&token, "K10x::server:y\n").unwrap();
    assert!(refused(&folder, "home").contains("`server-token` has another checksum"));
    fs::remove_file(&token).unwrap();
    assert!(refused(&folder, "home").contains("`server-token` is missing"));
    fs::write(&token, kept).unwrap();
    town.edit(|toml| change_k3s_version(toml, "v1.35.0+k3s1").unwrap());
    assert!(matches!(town.run(restore(&town, &folder)), Err(BackupError::OtherRelease { .. })));
    assert_eq!(town.happen(homelab_sim::World::containers).len(), 2, "only what is not ours");
}

#[test]
fn a_cluster_that_lives_is_not_overwritten() {
    let town = Town::new(1, Faults::None);
    let folder = town.run(save(&town, NIGHT)).unwrap();
    assert_eq!(town.run(restore(&town, &folder)), Err(BackupError::ClusterThere { server: "k1".to_owned() }));
    assert_eq!(town.up(), Outcome::Done { steps: 0 });
}

#[test]
fn interrupted_anywhere_it_is_finished_by_the_next_run() {
    let (town, folder, _) = lost(1);
    let (outcome, whole) = town.time(restore(&town, &folder));
    outcome.unwrap();
    for part in 0..40 {
        let (town, folder, url) = lost(1);
        let when = format!("killed at {part} of 40");
        town.run_for(whole * part / 40, restore(&town, &folder));
        assert_eq!(town.run(restore(&town, &folder)), Ok(()), "{when}");
        assert_is_back(&town, &url, &when);
    }
}

#[test]
fn an_interrupted_backup_is_none() {
    let town = Town::new(1, Faults::None);
    let (folder, whole) = town.time(save(&town, NIGHT));
    folder.unwrap();
    for part in 1..10 {
        let town = Town::new(1, Faults::None);
        town.run_for(whole * part / 10, save(&town, NIGHT));
        assert!(!town.folder().join("backups/2026-11-23T183000Z").exists(), "killed at {part} of 10");
        assert!(backups::read(&town.run(save(&town, NIGHT)).unwrap(), "home").is_ok());
    }
}

#[test]
fn on_bad_days_it_works_too() {
    for seed in 0..30 {
        let town = Town::new(seed, Faults::None);
        town.bring_service();
        town.happen(|world| world.database_write("notes", "a note"));
        let url = town.secret("notes", "notes-secrets", "DATABASE_URL").unwrap();
        town.happen(|world| world.set_fault_level(Faults::Many));
        let mut failures = Vec::new();
        let folder = loop {
            match town.run(save(&town, NIGHT)) {
                Ok(folder) => break folder,
                Err(error) => failures.push(error.to_string()),
            }
            assert!(failures.len() < 5, "seed {seed}: {failures:?}");
        };
        town.world().set_faults_on(false);
        down(&town);
        town.world().set_faults_on(true);
        let mut failures = Vec::new();
        while let Err(error) = town.run(restore(&town, &folder)) {
            failures.push(error.to_string());
            assert!(failures.len() < 5, "seed {seed}: {failures:?}");
        }
        assert_is_back(&town, &url, &format!("seed {seed}"));
        town.assert_no_secret_was_said(&[url]);
    }
}
