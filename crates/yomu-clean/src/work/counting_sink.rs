//! A tree under an HTML parser that counts how often the parser touches it.
//!
//! Whatever a parser does, a walk over the open elements included, asks the tree for names or changes it: the number of
//! these calls is the parser's work.

use dom_query::Document;
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink as _};
use html5ever::{Attribute, ParseOpts, QualName, local_name, ns, parse_document, parse_fragment};
use std::borrow::Cow;
use std::cell::Cell;

/// Parses as the sanitizer does; how often the tree was touched.
pub(super) fn touches_of_fragment(html: &str) -> usize {
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let sink = CountingSink { tree: Document::fragment_sink(), touches: Cell::new(0) };
    parse_fragment(sink, ParseOpts::default(), context, Vec::new(), false).one(html).1
}

/// Parses as the extraction does; the page, and how often it was touched.
pub(super) fn page_with_touches(html: &str) -> (Document, usize) {
    let sink = CountingSink { tree: Document::default(), touches: Cell::new(0) };
    parse_document(sink, ParseOpts::default()).one(html)
}

struct CountingSink {
    tree: Document,
    touches: Cell<usize>,
}

impl CountingSink {
    fn touched(&self) -> &Document {
        self.touches.set(self.touches.get() + 1);
        &self.tree
    }
}

impl TreeSink for CountingSink {
    type Handle = <Document as TreeSink>::Handle;
    type Output = (Document, usize);
    type ElemName<'a> = <Document as TreeSink>::ElemName<'a>;

    fn finish(self) -> Self::Output {
        (self.tree.finish(), self.touches.get())
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Self::Handle {
        self.touched().get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a Self::Handle) -> Self::ElemName<'a> {
        self.touched().elem_name(target)
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> Self::Handle {
        self.touched().create_element(name, attributes, flags)
    }

    fn create_comment(&self, text: StrTendril) -> Self::Handle {
        self.touched().create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> Self::Handle {
        self.touched().create_pi(target, data)
    }

    fn append(&self, parent: &Self::Handle, child: NodeOrText<Self::Handle>) {
        self.touched().append(parent, child);
    }

    fn append_before_sibling(&self, sibling: &Self::Handle, child: NodeOrText<Self::Handle>) {
        self.touched().append_before_sibling(sibling, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Self::Handle,
        previous: &Self::Handle,
        child: NodeOrText<Self::Handle>,
    ) {
        self.touched().append_based_on_parent_node(element, previous, child);
    }

    fn append_doctype_to_document(&self, name: StrTendril, public_id: StrTendril, system_id: StrTendril) {
        self.touched().append_doctype_to_document(name, public_id, system_id);
    }

    fn get_template_contents(&self, target: &Self::Handle) -> Self::Handle {
        self.touched().get_template_contents(target)
    }

    fn same_node(&self, left: &Self::Handle, right: &Self::Handle) -> bool {
        self.touched().same_node(left, right)
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.touched().set_quirks_mode(mode);
    }

    fn add_attrs_if_missing(&self, target: &Self::Handle, attributes: Vec<Attribute>) {
        self.touched().add_attrs_if_missing(target, attributes);
    }

    fn remove_from_parent(&self, target: &Self::Handle) {
        self.touched().remove_from_parent(target);
    }

    fn reparent_children(&self, node: &Self::Handle, new_parent: &Self::Handle) {
        self.touched().reparent_children(node, new_parent);
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &Self::Handle) -> bool {
        self.touched().is_mathml_annotation_xml_integration_point(handle)
    }
}
