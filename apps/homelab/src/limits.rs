//! The bounds on what comes from outside, in one place, each with its reason.

/// How much of a `homelab.toml` is read: more than the parser accepts, so that it can say that the file is too large.
pub const CLUSTER_FILE_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// How much of a file is in memory at once while it is searched. Larger ones, up to any size, are searched window by window;
/// 8 MiB is far beyond every file that people write, so that only data is ever cut.
pub const WINDOW_BYTES: usize = 8 * 1024 * 1024;

/// How much of a window is searched again with the next one, so that nothing hides in the cut. The longest secret that is
/// known by its shape, a private key of 16,384 bits, has 13 KB.
pub const OVERLAP_BYTES: usize = 64 * 1024;

/// The largest file whose content the rules about builds and manifests get to see; they have bounds of their own below it.
pub const TREE_FILE_BYTES_MAX: u64 = 8 * 1024 * 1024;

/// How much at the start of a file decides whether it is text. Git looks at as much.
pub const SNIFF_BYTES: usize = 8000;

/// How many bytes of git's objects wait for a free thread. It bounds the memory of a search through a history.
pub const QUEUE_OBJECTS: usize = 64;

/// The longest header line of an object in git's batch output: a name, a type and a size have 100 bytes.
pub const GIT_HEADER_BYTES_MAX: u64 = 4096;

/// The largest file of exceptions that is read: ten thousand entries with their reasons.
pub const ALLOW_FILE_BYTES_MAX: u64 = 2 * 1024 * 1024;

/// How many findings are printed for people: more than anybody reads in one go, and the summary counts them all.
pub const FINDINGS_SHOWN_MAX: usize = 500;

/// How much of a release of K3s is read. The binary has 70 to 80 MB.
pub const K3S_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// How much larger than packed a layer may become, once it is beyond [`LAYER_FREE_BYTES`]. Program text shrinks to a fifth, logs
/// to a fiftieth; a bomb to a thousandth.
pub const LAYER_RATIO_MAX: u64 = 200;

/// How much every layer may hold, whatever it was packed to: a file of zeros is not a bomb yet.
pub const LAYER_FREE_BYTES: u64 = 256 * 1024 * 1024;

/// The longest name in a tar archive. Linux knows none longer than 4096 bytes.
pub const TAR_NAME_BYTES_MAX: u64 = 64 * 1024;

/// The largest extended header of one file in a tar archive: names, and the attributes that some systems keep.
pub const TAR_EXTENSION_BYTES_MAX: u64 = 1024 * 1024;

/// The largest JSON part of an image that is read. Configurations have some 20 KB, provenance statements up to a few MB.
pub const IMAGE_JSON_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// How many parts an image archive may have: four times the largest collection of images that `docker save` was seen to write.
pub const IMAGE_PARTS_MAX: usize = 20_000;

/// How deep indexes of images may lie in each other; two levels are in use.
pub const IMAGE_INDEX_DEPTH_MAX: usize = 4;

/// How many layers an image may have. Docker itself refuses more than 127.
pub const IMAGE_LAYERS_MAX: usize = 1000;

/// How much a layer may unpack to: a terabyte of zeros is a megabyte when packed, and no image for a home has 64 GiB.
pub const LAYER_BYTES_MAX: u64 = 64 << 30;

/// How many files a layer may have. A whole distribution with all its sources has a million.
pub const LAYER_FILES_MAX: usize = 4_000_000;

/// How many files of an infrastructure repository are read: `homelab init` writes 20.
pub const REPOSITORY_FILES_MAX: usize = 2000;

/// How much of one answer of an API server is read: a list of everything in a home's cluster has less than a megabyte.
pub const API_BYTES_MAX: usize = 32 * 1024 * 1024;

/// The largest file of secrets that is read: a hundred certificates fit.
pub const ENV_FILE_BYTES_MAX: u64 = 1024 * 1024;

/// The largest page of a backup: a hundred databases take 20 KB.
pub const BACKUP_MANIFEST_BYTES_MAX: u64 = 1024 * 1024;

/// The largest file of a backup. It is held in memory while it is checked and sent; databases at home have megabytes.
pub const BACKUP_PART_BYTES_MAX: u64 = 4 << 30;
