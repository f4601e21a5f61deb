//! The bounds on what comes from outside, each with its reason.

/// The largest YAML text that is read as manifests. Argo CD's whole installation has 1.8 MB; the bundles of definitions that
/// operators publish reach 5 MB.
pub(crate) const YAML_BYTES_MAX: usize = 8 * 1024 * 1024;

/// How deep a document may be nested. The deepest schema in Kubernetes' own definitions has some 40 levels.
pub(crate) const YAML_DEPTH_MAX: usize = 128;

/// How many values the aliases of one document may stand for: ten thousand times what anybody repeats by hand, and some
/// 20 MB of memory.
pub(crate) const YAML_EXPANSION_MAX: usize = 100_000;

/// The longest line of an ignore file that is read as a pattern. Linux has no path longer than this.
pub(crate) const IGNORE_PATTERN_BYTES_MAX: usize = 4096;
