//! The elements we know: how a parser nests them and what becomes of them.

/// How the HTML parser treats an element; the short way follows these rules, see `nesting.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Model {
    /// Closes an open `<p>`.
    Block,
    /// A block that also must not stand directly in another heading.
    Heading,
    /// `<p>` itself.
    Paragraph,
    /// `<li>`: closes the item before it.
    Item,
    /// `<dt>` and `<dd>`.
    Term,
    /// Reopened by the parser when left open: `<b>`, `<a>`, ...
    Formatting,
    /// Nested as written.
    Phrasing,
    /// `<rb>`, `<rt>`, `<rp>`.
    Ruby,
    /// No content and no end tag.
    Void,
    /// `<hr>`: void, and closes an open `<p>`.
    VoidBlock,
    /// `<table>`.
    Table,
    /// `<thead>`, `<tbody>`, `<tfoot>`.
    TableSection,
    /// `<tr>`.
    TableRow,
    /// `<td>` and `<th>`.
    TableCell,
    /// `<caption>`.
    TableCaption,
    /// Content is text up to the end tag.
    Raw,
    /// Anything the short way does not follow.
    Odd,
}

/// What the writer does with an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Written under this name.
    Keep(&'static str),
    /// The tags go, the content stays.
    Unwrap,
    /// The content goes too.
    Drop,
}

/// Element names fit into a number, so that finding one is a comparison of integers.
const fn packed(name: &[u8]) -> u128 {
    let mut number = 0;
    let mut index = 0;
    while index < name.len() {
        number = number << 8 | name[index] as u128;
        index += 1;
    }
    number
}

macro_rules! tags {
    ($($variant:ident $name:literal $model:ident $role:expr;)+) => {
        /// An element we know.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Tag { $(#[doc = $name] $variant),+ }

        #[allow(non_upper_case_globals, reason = "one constant per variant, named after it")]
        mod number {
            $(pub(super) const $variant: u128 = super::packed($name.as_bytes());)+
        }

        impl Tag {
            /// Every element we know.
            pub(crate) const ALL: &[Tag] = &[$(Tag::$variant),+];

            /// The element of this lower-case name.
            pub(crate) fn named(name: &str) -> Option<Tag> {
                if name.len() > 16 { return None; }
                match packed(name.as_bytes()) { $(number::$variant => Some(Tag::$variant),)+ _ => None }
            }

            /// The name in markup.
            pub(crate) fn name(self) -> &'static str { match self { $(Tag::$variant => $name),+ } }

            /// How it nests.
            pub(crate) fn model(self) -> Model { match self { $(Tag::$variant => Model::$model),+ } }

            /// What becomes of it.
            pub(crate) fn role(self) -> Role {
                use Role::{Drop, Keep, Unwrap};
                match self { $(Tag::$variant => $role),+ }
            }
        }
    };
}

tags! {
    A "a" Formatting Keep("a");
    Abbr "abbr" Phrasing Keep("abbr");
    Address "address" Block Keep("address");
    Article "article" Block Keep("article");
    Aside "aside" Block Keep("aside");
    Audio "audio" Phrasing Keep("audio");
    B "b" Formatting Keep("b");
    Bdi "bdi" Phrasing Keep("bdi");
    Bdo "bdo" Phrasing Keep("bdo");
    Big "big" Formatting Unwrap;
    Blockquote "blockquote" Block Keep("blockquote");
    Br "br" Void Keep("br");
    Caption "caption" TableCaption Keep("caption");
    Center "center" Block Keep("div");
    Cite "cite" Phrasing Keep("cite");
    Code "code" Formatting Keep("code");
    Dd "dd" Term Keep("dd");
    Del "del" Phrasing Keep("del");
    Details "details" Block Keep("details");
    Dfn "dfn" Phrasing Keep("dfn");
    Dir "dir" Block Keep("ul");
    Div "div" Block Keep("div");
    Dl "dl" Block Keep("dl");
    Dt "dt" Term Keep("dt");
    Em "em" Formatting Keep("em");
    Fieldset "fieldset" Block Keep("div");
    Figcaption "figcaption" Block Keep("figcaption");
    Figure "figure" Block Keep("figure");
    Font "font" Formatting Unwrap;
    Footer "footer" Block Keep("footer");
    Form "form" Odd Keep("div");
    H1 "h1" Heading Keep("h1");
    H2 "h2" Heading Keep("h2");
    H3 "h3" Heading Keep("h3");
    H4 "h4" Heading Keep("h4");
    H5 "h5" Heading Keep("h5");
    H6 "h6" Heading Keep("h6");
    Header "header" Block Keep("header");
    Hgroup "hgroup" Block Keep("hgroup");
    Hr "hr" VoidBlock Keep("hr");
    I "i" Formatting Keep("i");
    Iframe "iframe" Raw Drop;
    Img "img" Void Keep("img");
    Ins "ins" Phrasing Keep("ins");
    Kbd "kbd" Phrasing Keep("kbd");
    Li "li" Item Keep("li");
    Main "main" Block Keep("main");
    Mark "mark" Phrasing Keep("mark");
    Menu "menu" Block Keep("ul");
    Nav "nav" Block Keep("nav");
    Noscript "noscript" Odd Unwrap;
    Ol "ol" Block Keep("ol");
    P "p" Paragraph Keep("p");
    Picture "picture" Phrasing Keep("picture");
    Pre "pre" Block Keep("pre");
    Q "q" Phrasing Keep("q");
    Rb "rb" Ruby Keep("rb");
    Rp "rp" Ruby Keep("rp");
    Rt "rt" Ruby Keep("rt");
    Rtc "rtc" Odd Keep("rtc");
    Ruby "ruby" Phrasing Keep("ruby");
    S "s" Formatting Keep("s");
    Samp "samp" Phrasing Keep("samp");
    Script "script" Raw Drop;
    Section "section" Block Keep("section");
    Small "small" Formatting Keep("small");
    Source "source" Void Keep("source");
    Span "span" Phrasing Keep("span");
    Strike "strike" Formatting Keep("s");
    Strong "strong" Formatting Keep("strong");
    Style "style" Raw Drop;
    Sub "sub" Phrasing Keep("sub");
    Summary "summary" Block Keep("summary");
    Sup "sup" Phrasing Keep("sup");
    Table "table" Table Keep("table");
    Tbody "tbody" TableSection Keep("tbody");
    Td "td" TableCell Keep("td");
    Tfoot "tfoot" TableSection Keep("tfoot");
    Th "th" TableCell Keep("th");
    Thead "thead" TableSection Keep("thead");
    Time "time" Phrasing Keep("time");
    Tr "tr" TableRow Keep("tr");
    Tt "tt" Formatting Keep("code");
    U "u" Formatting Keep("u");
    Ul "ul" Block Keep("ul");
    Var "var" Phrasing Keep("var");
    Video "video" Phrasing Keep("video");
    Wbr "wbr" Void Keep("wbr");
}

impl Tag {
    /// Without content and end tag.
    pub(crate) fn is_void(self) -> bool {
        matches!(self.model(), Model::Void | Model::VoidBlock)
    }

    /// Starts and ends a line of the plain text.
    pub(crate) fn breaks_line(self) -> bool {
        match self.model() {
            Model::Block
            | Model::Heading
            | Model::Paragraph
            | Model::Item
            | Model::Term
            | Model::VoidBlock
            | Model::Table
            | Model::TableSection
            | Model::TableRow
            | Model::TableCaption => true,
            _ => matches!(self, Tag::Br | Tag::Form | Tag::Video | Tag::Audio),
        }
    }

    /// `<h1>` to `<h6>`.
    pub(crate) fn is_heading(self) -> bool {
        self.model() == Model::Heading
    }

    /// Stays even when nothing is in it: without a cell, a table's columns would shift.
    pub(crate) fn stays_empty(self) -> bool {
        matches!(self.model(), Model::TableSection | Model::TableRow | Model::TableCell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tag_is_found_by_its_name() {
        for tag in Tag::ALL {
            assert_eq!(Tag::named(tag.name()), Some(*tag));
        }
    }

    #[test]
    fn other_names_are_not_found() {
        for name in ["", "bb", "svg", "math", "object", "averyveryverylongname", "A"] {
            assert_eq!(Tag::named(name), None, "{name}");
        }
    }
}
