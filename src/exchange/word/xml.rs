//! Elements of XML, escaped, without the characters that XML 1.0 cannot hold.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// The namespace of WordprocessingML.
pub(super) const W: (&str, &str) = (
    "xmlns:w",
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
);

/// A part being written.
pub(super) struct Xml(Writer<Vec<u8>>);

/// Attributes of an element: name, value.
pub(super) type Attributes<'a> = [(&'a str, &'a str)];

impl Xml {
    /// A whole part.
    pub(super) fn begin() -> Self {
        let mut xml = Self::fragment();
        let declaration = BytesDecl::new("1.0", Some("UTF-8"), Some("yes"));
        // A vector takes whatever it is given.
        let _ = xml.0.write_event(Event::Decl(declaration));
        xml
    }

    /// A piece of one.
    pub(super) fn fragment() -> Self {
        Self(Writer::new(Vec::new()))
    }

    pub(super) fn end(self) -> Vec<u8> {
        self.0.into_inner()
    }

    /// An element that holds nothing.
    pub(super) fn empty(&mut self, name: &str, attributes: &Attributes<'_>) -> io::Result<()> {
        self.0.write_event(Event::Empty(start(name, attributes)))
    }

    /// What was written apart.
    pub(super) fn raw(&mut self, piece: &[u8]) -> io::Result<()> {
        io::Write::write_all(self.0.get_mut(), piece)
    }
}

/// An element and what it holds.
pub(super) fn element(
    xml: &mut Xml,
    name: &str,
    attributes: &Attributes<'_>,
    inside: impl FnOnce(&mut Xml) -> io::Result<()>,
) -> io::Result<()> {
    xml.0.write_event(Event::Start(start(name, attributes)))?;
    inside(xml)?;
    xml.0.write_event(Event::End(BytesEnd::new(name)))
}

/// An element that holds words.
pub(super) fn text_element(
    xml: &mut Xml,
    name: &str,
    attributes: &Attributes<'_>,
    words: &str,
) -> io::Result<()> {
    element(xml, name, attributes, |xml| {
        xml.0.write_event(Event::Text(BytesText::new(&held(words))))
    })
}

fn start<'a>(name: &'a str, attributes: &'a Attributes<'a>) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, held(value).as_str()));
    }
    start
}

/// The same without what no XML 1.0 file may hold.
fn held(words: &str) -> String {
    let may_be = |c: &char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    words.chars().filter(may_be).collect()
}
