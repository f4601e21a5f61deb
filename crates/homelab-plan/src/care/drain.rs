//! Emptying a node: which of its pods leave, as `kubectl drain` decides.

/// A pod of the node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pod {
    /// Its namespace.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// The kind of what made it, and would make it anew elsewhere.
    pub owner: Option<String>,
    /// Whether the kubelet itself runs it from a file.
    pub is_mirror: bool,
    /// Whether it has ended.
    pub is_finished: bool,
}

/// What becomes of the pods of a node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drain {
    /// They are evicted, and made anew elsewhere.
    pub evicted: Vec<Pod>,
    /// Nobody would make them anew: they would be lost, and so they are in the way.
    pub alone: Vec<Pod>,
}

/// Decides. What a DaemonSet made belongs to the node and goes with it; what has ended is in nobody's way.
pub fn drain(pods: &[Pod]) -> Drain {
    let mut drain = Drain::default();
    for pod in pods.iter().filter(|pod| !pod.is_mirror && !pod.is_finished) {
        match pod.owner.as_deref() {
            Some("DaemonSet") => {}
            Some(_) => drain.evicted.push(pod.clone()),
            None => drain.alone.push(pod.clone()),
        }
    }
    drain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_anew_leaves_and_what_is_alone_is_in_the_way() {
        let pod = |name: &str, owner: Option<&str>| Pod {
            name: name.to_owned(),
            owner: owner.map(str::to_owned),
            ..Pod::default()
        };
        let mirror = Pod { is_mirror: true, ..pod("mirror", None) };
        let done = Pod { is_finished: true, ..pod("done", None) };
        let (web, log, mine) = (pod("web", Some("ReplicaSet")), pod("log", Some("DaemonSet")), pod("mine", None));
        let decided = drain(&[web.clone(), log, mirror, done, mine.clone()]);
        assert_eq!(decided, Drain { evicted: vec![web], alone: vec![mine] });
    }
}
