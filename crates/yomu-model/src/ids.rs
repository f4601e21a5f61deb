//! Numbers of rows, each with a type of its own, so that a feed's number cannot be used as an entry's

use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$documentation:meta])* $name:ident) => {
        $(#[$documentation])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(i64);

        impl $name {
            /// The id with this number in the database.
            pub const fn new(number: i64) -> Self {
                Self(number)
            }

            /// The number in the database.
            pub const fn get(self) -> i64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl FromStr for $name {
            type Err = ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<i64> for $name {
            fn from(number: i64) -> Self {
                Self(number)
            }
        }

        impl From<$name> for i64 {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    };
}

id! {
    /// A person who reads.
    UserId
}
id! {
    /// A feed, stored once however many people subscribe.
    FeedId
}
id! {
    /// One person's subscription to one feed. The Miniflux API calls this number `feed_id`.
    SubscriptionId
}
id! {
    /// An entry of a feed, or a page saved by hand.
    EntryId
}
id! {
    /// One person's folder of subscriptions.
    FolderId
}
id! {
    /// A feed's icon.
    IconId
}
id! {
    /// A device on which a person is signed in.
    SessionId
}
id! {
    /// A password for one app of one person.
    AppPasswordId
}
id! {
    /// An invitation that an admin gave somebody.
    InvitationId
}
id! {
    /// A passage that one person highlighted.
    HighlightId
}
id! {
    /// A search that one person keeps.
    SearchId
}
id! {
    /// A public link to one entry of one person.
    ShareId
}
id! {
    /// One person's tag.
    TagId
}
