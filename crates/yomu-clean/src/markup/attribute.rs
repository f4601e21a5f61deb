//! The attributes we know; every other one is dropped where it is read.

use super::tag::Tag;
use std::borrow::Cow;

macro_rules! names {
    ($($variant:ident $name:literal;)+) => {
        /// An attribute we know.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Key { $(#[doc = $name] $variant),+ }

        impl Key {
            /// Every attribute we know.
            pub(crate) const ALL: &[Key] = &[$(Key::$variant),+];

            /// The attribute of this lower-case name.
            pub(crate) fn named(name: &str) -> Option<Key> {
                match name { $($name => Some(Key::$variant),)+ _ => None }
            }

            /// The name in markup.
            pub(crate) fn text(self) -> &'static str { match self { $(Key::$variant => $name),+ } }
        }
    };
}

names! {
    Alt "alt";
    Class "class";
    Colspan "colspan";
    DataLazySrc "data-lazy-src";
    DataLazySrcset "data-lazy-srcset";
    DataOriginal "data-original";
    DataSrc "data-src";
    DataSrcset "data-srcset";
    Datetime "datetime";
    Dir "dir";
    Height "height";
    Href "href";
    Id "id";
    Lang "lang";
    Media "media";
    Anchor "name";
    Open "open";
    Poster "poster";
    Reversed "reversed";
    Rowspan "rowspan";
    Scope "scope";
    Sizes "sizes";
    Src "src";
    Srcset "srcset";
    Start "start";
    Title "title";
    Type "type";
    Value "value";
    Width "width";
}

impl Key {
    /// Whether the attribute means something to the writer on this element. Global ones are `lang`, `dir`, `title`, `id`.
    pub(crate) fn belongs_to(self, tag: Tag) -> bool {
        use Key::{
            Alt, Anchor, Class, Colspan, DataLazySrc, DataLazySrcset, DataOriginal, DataSrc, DataSrcset, Datetime, Dir,
            Height, Href, Id, Lang, Media, Open, Poster, Reversed, Rowspan, Scope, Sizes, Src, Srcset, Start, Title,
            Type, Value, Width,
        };
        match self {
            Lang | Dir | Title | Id => true,
            Href | Anchor => tag == Tag::A,
            Alt | DataLazySrc | DataLazySrcset | DataOriginal => tag == Tag::Img,
            Src => matches!(tag, Tag::Img | Tag::Source | Tag::Audio | Tag::Video | Tag::Iframe),
            DataSrc => matches!(tag, Tag::Img | Tag::Iframe),
            Srcset | Sizes | DataSrcset => matches!(tag, Tag::Img | Tag::Source),
            Width | Height => matches!(tag, Tag::Img | Tag::Video),
            Media => tag == Tag::Source,
            Type => matches!(tag, Tag::Source | Tag::Ol),
            Poster => tag == Tag::Video,
            Datetime => matches!(tag, Tag::Time | Tag::Del | Tag::Ins),
            Class => matches!(tag, Tag::Code | Tag::Pre),
            Colspan | Rowspan => matches!(tag, Tag::Td | Tag::Th),
            Scope => tag == Tag::Th,
            Start | Reversed => tag == Tag::Ol,
            Value => tag == Tag::Li,
            Open => tag == Tag::Details,
        }
    }
}

/// One attribute of a start tag, decoded.
#[derive(Clone, Debug)]
pub(crate) struct Attribute<'a> {
    pub(crate) name: Key,
    pub(crate) value: Cow<'a, str>,
}

/// The attributes of one start tag.
pub(crate) type Attributes<'a> = [Attribute<'a>];

/// The value of one attribute.
pub(crate) fn value<'a>(attributes: &'a Attributes<'_>, name: Key) -> Option<&'a str> {
    attributes.iter().find(|attribute| attribute.name == name).map(|attribute| &*attribute.value)
}
