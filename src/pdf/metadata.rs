//! What the file says of itself: Info and XMP, equal to each other, the colour intent, the identifier.

use std::fmt::Write as _;

use lopdf::{Dictionary, Document, Object, Stream, StringFormat, dictionary};
use sha2::{Digest as _, Sha256};

use crate::typeset::pages::{About, Pages};

use super::conform::{ascii, main_language, shortened, text_string};
use super::{PdfError, deflate};

/// A profile of sRGB as small as can be, by Clinton Ingram: CC0, see `assets/LICENCES.md`.
const SRGB: &[u8] = include_bytes!("../../assets/icc/sRGB-v2-magic.icc");

const CREATOR: &str = "Passerelle";
const PRODUCER: &str = "Passerelle (printpdf, lopdf)";

/// The information dictionary.
pub(super) fn info(about: &About) -> Dictionary {
    let date = about.date.format("D:%Y%m%d").to_string();
    dictionary! {
        "Title" => text_string(&printable(&about.title)),
        "Author" => text_string(&printable(&about.author)),
        "Creator" => ascii(CREATOR),
        "Producer" => ascii(PRODUCER),
        "CreationDate" => ascii(&date),
        "ModDate" => ascii(&date),
    }
}

/// The XMP packet, uncompressed as PDF/A wants so that any program finds it.
///
/// PDF/A (ISO 19005-2 and -3, 6.6.2.3) knows nothing of `pdfuaid`: the packet describes that schema itself. `part` is
/// the part of ISO 19005.
pub(super) fn xmp(about: &About, part: u8) -> Stream {
    let date = about.date.format("%Y-%m-%d");
    let title = escaped(&shortened(&printable(&about.title)));
    let author = escaped(&shortened(&printable(&about.author)));
    let language = main_language(about);
    let packet = format!(
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
<rdf:Description rdf:about=\"\"\n\
 xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n\
 xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n\
 xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n\
 xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"\n\
 xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\"\n\
 xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"\n\
 xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\"\n\
 xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n\
<dc:format>application/pdf</dc:format>\n\
<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\n\
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>\n\
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>\n\
<xmp:CreateDate>{date}</xmp:CreateDate>\n\
<xmp:ModifyDate>{date}</xmp:ModifyDate>\n\
<xmp:CreatorTool>{CREATOR}</xmp:CreatorTool>\n\
<pdf:Producer>{PRODUCER}</pdf:Producer>\n\
<pdfaid:part>{part}</pdfaid:part>\n\
<pdfaid:conformance>A</pdfaid:conformance>\n\
<pdfuaid:part>1</pdfuaid:part>\n\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n\
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\n\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n\
<pdfaProperty:name>part</pdfaProperty:name>\n\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n\
<pdfaProperty:category>internal</pdfaProperty:category>\n\
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>\n\
</rdf:li></rdf:Seq></pdfaSchema:property>\n\
</rdf:li></rdf:Bag></pdfaExtension:schemas>\n\
</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>"
    );
    let entry = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    Stream::new(entry, packet.into_bytes()).with_compression(false)
}

/// The intent that says what device colours mean: sRGB.
pub(super) fn output_intent(document: &mut Document) -> Result<Object, PdfError> {
    let profile = Stream::new(
        dictionary! { "N" => 3, "Filter" => "FlateDecode" },
        deflate(SRGB)?,
    );
    let profile = document.add_object(profile);
    Ok(dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => ascii("sRGB"),
        "Info" => ascii("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile,
    }
    .into())
}

/// The two halves of the file's identifier (ISO 32000-1, 14.4): the first stays with the document whatever
/// becomes of its text, the second changes with its content.
pub(super) fn identifier(pages: &Pages, contents: &[Vec<u8>], data: &[u8]) -> Object {
    let mut hash = Sha256::new();
    hash.update(pages.about.identity.as_bytes());
    let permanent = half(&hash);

    hash.update(pages.about.title.as_bytes());
    hash.update(pages.about.author.as_bytes());
    hash.update(pages.about.date.to_string());
    for node in &pages.nodes {
        let texts = [&node.replacement, &node.alternative];
        for text in texts.into_iter().flatten() {
            hash.update(text.as_bytes());
        }
    }
    hash.update(data);
    for content in contents {
        hash.update(content);
    }
    vec![permanent, half(&hash)].into()
}

fn half(hash: &Sha256) -> Object {
    let digest = hash.clone().finalize();
    let bytes = digest.get(..16).unwrap_or_default().to_vec();
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// Text without what XML 1.0 cannot hold, so that XMP and Info can be equal.
fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .filter(|c| !matches!(c, '\u{FFFE}' | '\u{FFFF}'))
        .collect()
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{2028}' | '\u{2029}' => {
                let _ = write!(escaped, "&#{};", u32::from(c));
            }
            c => escaped.push(c),
        }
    }
    escaped
}
