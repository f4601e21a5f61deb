//! What a key of the file is, as data: the parser, its suggestions, the documentation and the default file all follow from it.

use toml::de::DeTable;

use super::read::Reader;

/// One key of a section.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// How it is written.
    pub name: &'static str,
    /// What its value is, in a few words.
    pub kind: &'static str,
    /// What holds where it is not written.
    pub default: Default,
    /// What it means.
    pub doc: &'static str,
    /// A value as one would write it.
    pub example: &'static str,
}

/// What holds where a key is not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Default {
    /// Nothing: it must be written.
    Required,
    /// Nothing, and that means something; the key's description says what.
    Absent,
    /// This value, as one would write it.
    Is(&'static str),
}

/// One section of the file, as data.
#[derive(Clone, Copy, Debug)]
pub struct SectionKeys {
    /// How it is written: `network`, `shared.postgres`.
    pub path: &'static str,
    /// Whether it is `[path]` once or `[[path]]` any number of times.
    pub form: Form,
    /// What it is about.
    pub doc: &'static str,
    /// Its keys, in the order of the documentation.
    pub keys: &'static [Key],
}

/// How often a section stands in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// At most once.
    Once,
    /// Any number of times.
    Many,
}

/// A section as a type. `section!` writes it.
pub(crate) trait Section: Sized {
    /// What it is about.
    const DOC: &'static str;
    /// Its keys.
    const KEYS: &'static [Key];

    /// Reads it. What is wrong goes to the reader, and a placeholder stands in so that the rest is still looked at.
    fn read(reader: &mut Reader<'_>, table: &DeTable<'_>, path: &str) -> Self;
}

/// Declares a section once: the type, its documentation and its keys with their defaults and examples (both as TOML).
macro_rules! section {
    (
        $(#[doc = $about:literal])+
        pub struct $Name:ident {
            $(
                $(#[doc = $doc:literal])+
                $field:ident: $Type:ty = $default:tt, $example:literal;
            )+
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug, PartialEq)]
        pub struct $Name {
            $( $(#[doc = $doc])+ pub $field: $Type, )+
        }

        impl $crate::config::key::Section for $Name {
            const DOC: &'static str = concat!($($about, "\n"),+);
            const KEYS: &'static [$crate::config::key::Key] = &[
                $( $crate::config::key::Key {
                    name: stringify!($field),
                    kind: <$Type as $crate::config::value::Value>::KIND,
                    default: $crate::config::key::section!(@default $default),
                    doc: concat!($($doc, "\n"),+),
                    example: $example,
                }, )+
            ];

            fn read(reader: &mut $crate::config::read::Reader<'_>, table: &toml::de::DeTable<'_>, path: &str) -> Self {
                reader.refuse_unknown(table, path, Self::KEYS);
                let mut keys = Self::KEYS.iter();
                // One key is taken for each field, in the order of both.
                Self { $( $field: reader.value::<$Type>(table, path, keys.next()), )+ }
            }
        }
    };
    (@default required) => { $crate::config::key::Default::Required };
    (@default absent) => { $crate::config::key::Default::Absent };
    (@default $value:literal) => { $crate::config::key::Default::Is($value) };
}

pub(crate) use section;
