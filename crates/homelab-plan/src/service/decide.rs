//! What becomes of each secret of a service.

use std::collections::{BTreeMap, BTreeSet};

use super::source::Source;

/// What becomes of one secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is there and stays.
    Keep,
    /// It is there, and no example speaks of it: it stays.
    Surplus,
    /// It comes from the file that was given.
    Given,
    /// It is made here.
    Make,
    /// The person is asked.
    Ask,
}

/// A secret, what becomes of it, and whether it is there already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// Its name.
    pub name: String,
    /// What becomes of it.
    pub decision: Decision,
    /// Whether the Secret has it already.
    pub is_there: bool,
}

/// Which secrets are made anew though they are there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Rotation {
    /// None.
    #[default]
    Nothing,
    /// All that can be made here.
    WhatCanBeMade,
    /// These.
    Names(BTreeSet<String>),
}

/// Decides for each name. `there` are the names in the Secret, `given` those in a file of the person's.
///
/// # Errors
/// A name that was given, or that is to be rotated, and that no example speaks of.
pub fn decide(
    sources: &BTreeMap<String, Source>,
    there: &BTreeSet<String>,
    given: &BTreeSet<String>,
    rotation: &Rotation,
) -> Result<Vec<Decided>, String> {
    let rotated = match rotation {
        Rotation::Names(names) => names.clone(),
        _ => BTreeSet::new(),
    };
    if let Some(unknown) = given.iter().chain(&rotated).find(|name| !sources.contains_key(*name)) {
        return Err(unknown.clone());
    }
    let mut decided: Vec<Decided> = sources
        .iter()
        .map(|(name, source)| {
            let is_there = there.contains(name);
            let is_rotated = rotated.contains(name)
                || *rotation == Rotation::WhatCanBeMade && !matches!(source, Source::Person | Source::Valkey { .. });
            let decision = match source {
                _ if given.contains(name) => Decision::Given,
                // Its password is not the service's to choose: it is looked up each time, and may have changed.
                Source::Valkey { .. } => Decision::Make,
                _ if is_there && !is_rotated => Decision::Keep,
                Source::Person => Decision::Ask,
                _ => Decision::Make,
            };
            Decided { name: name.clone(), decision, is_there }
        })
        .collect();
    let surplus = there.iter().filter(|name| !sources.contains_key(*name));
    decided.extend(surplus.map(|name| Decided { name: name.clone(), decision: Decision::Surplus, is_there: true }));
    Ok(decided)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::source;

    fn sources() -> BTreeMap<String, Source> {
        let examples = [
            ("DATABASE_URL", "postgres://notes:<password>@postgres.postgres.svc.cluster.local:5432/notes"),
            ("SESSION_SECRET", "<openssl rand -hex 32>"),
            ("TOKEN", "<from somewhere>"),
            ("VALKEY_URL", "redis://:<password>@valkey.valkey.svc.cluster.local:6379/0"),
        ];
        examples.iter().map(|(name, example)| ((*name).to_owned(), source("notes", name, example).unwrap())).collect()
    }

    fn names(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn decisions(there: &[&str], given: &[&str], rotation: &Rotation) -> Vec<Decision> {
        let decided = decide(&sources(), &names(there), &names(given), rotation).unwrap();
        decided.into_iter().map(|decided| decided.decision).collect()
    }

    #[test]
    fn at_first_everything_is_made_or_asked_for() {
        use Decision::{Ask, Make};
        assert_eq!(decisions(&[], &[], &Rotation::Nothing), [Make, Make, Ask, Make]);
    }

    #[test]
    fn what_is_there_stays_and_what_was_given_wins() {
        use Decision::{Given, Keep, Make, Surplus};
        let there = ["DATABASE_URL", "SESSION_SECRET", "TOKEN", "VALKEY_URL", "OLD"];
        assert_eq!(decisions(&there, &["TOKEN"], &Rotation::Nothing), [Keep, Keep, Given, Make, Surplus]);
    }

    #[test]
    fn rotation_makes_anew_what_can_be_made_or_what_was_named() {
        use Decision::{Ask, Keep, Make};
        let there = ["DATABASE_URL", "SESSION_SECRET", "TOKEN", "VALKEY_URL"];
        assert_eq!(decisions(&there, &[], &Rotation::WhatCanBeMade), [Make, Make, Keep, Make]);
        assert_eq!(decisions(&there, &[], &Rotation::Names(names(&["TOKEN"]))), [Keep, Keep, Ask, Make]);
    }

    #[test]
    fn a_name_that_nobody_asked_for_is_refused() {
        let refused = |given: &[&str], rotation| decide(&sources(), &names(&[]), &names(given), &rotation).unwrap_err();
        assert_eq!(refused(&["TOKN"], Rotation::Nothing), "TOKN");
        assert_eq!(refused(&[], Rotation::Names(names(&["X"]))), "X");
    }
}
