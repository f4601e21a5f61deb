//! Values of which there are only a few.

use super::{Refusal, Value, shown};
use crate::config::suggest::nearest;

/// Declares a value of which there are only a few, each with its word in the file. The first is the placeholder.
macro_rules! choice {
    (
        $(#[doc = $about:literal])+
        pub enum $Name:ident as $kind:literal {
            $( $(#[doc = $doc:literal])+ $Variant:ident = $word:literal, )+
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
        pub enum $Name {
            $( $(#[doc = $doc])+ #[serde(rename = $word)] $Variant, )+
        }

        impl $Name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$Variant),+];

            /// How it is written in the file.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$Variant => $word),+ }
            }
        }

        impl $crate::config::value::Value for $Name {
            const KIND: &'static str = $kind;

            fn read(given: &toml::de::DeValue<'_>) -> Result<Self, $crate::config::value::Refusal> {
                let text = $crate::config::value::text_of::<Self>(given)?;
                let known = Self::ALL.iter().copied().find(|choice| choice.word() == text);
                known.ok_or_else(|| $crate::config::value::choice::unknown::<Self>(text, &[$($word),+]))
            }

            fn placeholder() -> Self {
                Self::ALL[0]
            }
        }

        impl std::fmt::Display for $Name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.word())
            }
        }
    };
}

pub(crate) use choice;

/// Refuses a word that is none of these.
pub(crate) fn unknown<T: Value>(text: &str, words: &[&'static str]) -> Refusal {
    let refusal = Refusal::new(format!("is `{}`, not {}", shown(text), T::KIND));
    match nearest(text, words.iter().copied()) {
        Some(word) => refusal.help(format!("did you mean `{word}`?")).fix(format!("\"{word}\"")),
        None => refusal,
    }
}

choice! {
    /// What a node is in the cluster.
    pub enum Role as "`\"server\"` or `\"agent\"`" {
        /// It runs services, and nothing else.
        Agent = "agent",
        /// It runs the control plane and the datastore, and services too.
        Server = "server",
    }
}

choice! {
    /// Where the cluster keeps what it knows.
    pub enum Datastore as "`\"etcd\"` or `\"sqlite\"`" {
        /// Embedded etcd: snapshots by schedule, and room for more servers.
        Etcd = "etcd",
        /// One file: some 256 MiB less memory, one server for ever, no snapshots of its own.
        Sqlite = "sqlite",
    }
}

choice! {
    /// How containers' layers are put together on a node.
    pub enum Snapshotter as "`\"auto\"`, `\"overlayfs\"` or `\"native\"`" {
        /// `overlayfs` where a trial mount on the node works, else `native`.
        Auto = "auto",
        /// Layers are laid over each other; works where the container's disk is ext4.
        Overlayfs = "overlayfs",
        /// Layers are copied: works everywhere, and needs much more disk.
        Native = "native",
    }
}
