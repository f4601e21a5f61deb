//! The bounds of the simulated API server.

use std::time::Duration;

/// How many changes are remembered for those who watch. A bring-up makes some 300, so that a client that was away for a moment goes
/// on, and one that was away for long is told to list anew: as a real server does, which forgets after five minutes
/// (`--etcd-compaction-interval` of kube-apiserver).
pub(super) const CHANGES_MAX: usize = 1000;

/// How long a watch goes on that does not say how long it wants: the least that a real server grants
/// (`--min-request-timeout` of kube-apiserver).
pub(super) const WATCH_TIME: Duration = Duration::from_secs(1800);

/// How often a watch says how far it is, to those who want to know (`bookmarkFrequency` in
/// `staging/src/k8s.io/apiserver/pkg/storage/cacher/cacher.go` of kubernetes/kubernetes).
pub(super) const BOOKMARK_TIME: Duration = Duration::from_secs(60);
