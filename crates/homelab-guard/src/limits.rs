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

/// How many lines of an ignore file are read. Each is compared with each path; the longest that are written by hand have 300.
pub(crate) const IGNORE_PATTERNS_MAX: usize = 2000;

/// How many sources of `COPY` and `ADD` in one Dockerfile are followed into its context, each to be compared with each path.
pub(crate) const CONTEXT_COPIES_MAX: usize = 1000;

/// How many objects the kustomizations of a tree may have together, counted anew for each that lists them. A home has hundreds;
/// a hundred overlays over a hundred bases would have ten thousand.
pub(crate) const SET_OBJECTS_MAX: usize = 5000;

/// How many objects that are deployed together are compared with each other: services with pods, budgets with workloads. A
/// thousand times a thousand takes a second; beyond that, only what an object says by itself is looked at.
pub(crate) const COMPARED_OBJECTS_MAX: usize = 2000;

/// The largest Dockerfile that is read. One of 300 lines with long commands has 20 KB.
pub(crate) const DOCKERFILE_BYTES_MAX: usize = 512 * 1024;

/// The most stages of a Dockerfile. Each is compared with those before it; builds of whole distributions have some 60.
pub(crate) const DOCKERFILE_STAGES_MAX: usize = 500;

/// The longest text that variables of a Dockerfile are expanded to. Image references and paths have a few hundred bytes.
pub(crate) const EXPANSION_BYTES_MAX: usize = 16 * 1024;

/// The longest value that is read behind a name. Longer secrets have shapes of their own; and a line of a megabyte full of
/// names must not be read once for each.
pub(crate) const VALUE_BYTES_MAX: usize = 1024;

/// How far a name is followed to each side of the word in it that tells. Names of settings have some 60 characters.
pub(crate) const NAME_BYTES_MAX: usize = 96;

/// The longest base64 that is decoded to be searched again. A Kubernetes Secret holds at most a mebibyte.
pub(crate) const ENCODED_BYTES_MAX: usize = 1_500_000;

/// How many findings one file yields: a person stops reading earlier, and a file made of tokens must not fill the memory.
pub(crate) const FINDINGS_PER_FILE_MAX: usize = 500;

/// How many bytes at the beginning of a file say whether it is text. git looks at as many.
pub(crate) const TEXT_PROBE_BYTES: usize = 8000;

/// How far around its `kind` a Kubernetes Secret is read. The API server refuses one above a mebibyte; entries further away
/// than this are still searched for shapes and names, only not for being in a Secret.
pub(crate) const SECRET_OBJECT_BYTES_MAX: usize = 256 * 1024;

/// How many values are looked at that stand within one another, or that overlap. A configuration inside a string has some ten.
pub(crate) const VALUES_WITHIN_MAX: usize = 24;
