//! The document as the bytes of a file (ISO 32000-1, 7.5).
//!
//! Streams are written as they are, deflated already. Everything else, thousands of small objects of the structure, is
//! gathered in object streams (7.5.7), which two cores deflate; then comes the cross-reference stream (7.5.8).

use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat, dictionary};

use crate::typeset::cores::both;

use super::{PdfError, deflate};

/// So many objects in a stream: more would deflate little better, and what wants one would read them all.
const GATHERED: usize = 400;
/// Bytes that tell programs which move files that this one is not text.
const BINARY: [u8; 4] = [0xBB, 0xAD, 0xC0, 0xDE];
/// How wide the three numbers of a row of the cross-reference are: what it is, where, which of them.
const WIDTHS: [usize; 3] = [1, 4, 2];

/// Where an object is.
#[derive(Clone, Copy)]
enum Entry {
    Free,
    /// So many bytes from the start of the file.
    At(usize),
    /// In that object stream, so many objects after its first.
    In(u32, usize),
}

/// Writes the document.
pub(super) fn bytes_of(document: &Document) -> Result<Vec<u8>, PdfError> {
    let mut file = Writer {
        bytes: Vec::with_capacity(128 * 1024),
        entries: vec![Entry::Free; document.max_id as usize + 1],
    };
    file.bytes.extend(b"%PDF-1.7\n%");
    file.bytes.extend(BINARY);
    file.bytes.push(b'\n');

    let mut small: Vec<(u32, &Object)> = Vec::with_capacity(document.objects.len());
    for (&(number, _), object) in &document.objects {
        match object {
            Object::Stream(stream) => file.stream(number, &stream.dict, &stream.content),
            object => small.push((number, object)),
        }
    }

    let groups: Vec<&[(u32, &Object)]> = small.chunks(GATHERED).collect();
    let (first, second) = groups.split_at(groups.len() / 2);
    let gather_all = |groups: &[&[(u32, &Object)]]| -> Result<Vec<Gathered>, PdfError> {
        groups.iter().map(|group| gathered(group)).collect()
    };
    let (first, second) = both(|| gather_all(first), || gather_all(second));
    for (group, gathered) in groups.iter().zip(first?.into_iter().chain(second?)) {
        let container = file.entries.len() as u32;
        file.entries.push(Entry::Free);
        for (place, (number, _)) in group.iter().enumerate() {
            file.enter(*number, Entry::In(container, place));
        }
        let entry = dictionary! {
            "Type" => "ObjStm",
            "N" => group.len() as i64,
            "First" => gathered.first as i64,
            "Filter" => "FlateDecode",
            "Length" => gathered.deflated.len() as i64,
        };
        file.stream(container, &entry, &gathered.deflated);
    }
    file.finish(&document.trailer)
}

/// An object stream.
struct Gathered {
    deflated: Vec<u8>,
    /// Where the first object begins, after the table of where each does.
    first: usize,
}

fn gathered(objects: &[(u32, &Object)]) -> Result<Gathered, PdfError> {
    let mut table = Vec::with_capacity(objects.len() * 10);
    let mut written = Vec::with_capacity(objects.len() * 80);
    for (number, object) in objects {
        integer(i64::from(*number), &mut table);
        table.push(b' ');
        integer(written.len() as i64, &mut table);
        table.push(b' ');
        write_object(object, &mut written);
        written.push(b'\n');
    }
    let first = table.len();
    table.append(&mut written);
    Ok(Gathered {
        deflated: deflate(&table)?,
        first,
    })
}

struct Writer {
    bytes: Vec<u8>,
    /// Where each object is, by its number.
    entries: Vec<Entry>,
}

impl Writer {
    fn enter(&mut self, number: u32, entry: Entry) {
        if let Some(place) = self.entries.get_mut(number as usize) {
            *place = entry;
        }
    }

    /// Writes an object that is a stream, where the file stands.
    fn stream(&mut self, number: u32, entry: &Dictionary, content: &[u8]) {
        self.enter(number, Entry::At(self.bytes.len()));
        integer(i64::from(number), &mut self.bytes);
        self.bytes.extend(b" 0 obj\n");
        write_dictionary(entry, &mut self.bytes);
        self.bytes.extend(b"stream\n");
        self.bytes.extend(content);
        self.bytes.extend(b"\nendstream\nendobj\n");
    }

    /// Writes the cross-reference, each row as what it differs by from the one above (7.4.4.4), and the end.
    fn finish(mut self, trailer: &Dictionary) -> Result<Vec<u8>, PdfError> {
        let start = self.bytes.len();
        let number = self.entries.len() as u32;
        self.entries.push(Entry::At(start));
        let rows: Vec<u8> = self.entries.iter().flat_map(|entry| row(*entry)).collect();
        let width = WIDTHS.iter().sum::<usize>();
        let deflated = deflate(&differences(&rows, width))?;

        let mut entry = dictionary! {
            "Type" => "XRef",
            "Size" => self.entries.len() as i64,
            "W" => WIDTHS.map(|width| Object::from(width as i64)).to_vec(),
            "Filter" => "FlateDecode",
            "DecodeParms" => dictionary! { "Predictor" => 12, "Columns" => width as i64 },
            "Length" => deflated.len() as i64,
        };
        for key in ["Root", "Info", "ID"] {
            entry.set(key, trailer.get(key.as_bytes())?.clone());
        }
        self.stream(number, &entry, &deflated);
        self.bytes.extend(b"startxref\n");
        integer(start as i64, &mut self.bytes);
        self.bytes.extend(b"\n%%EOF\n");
        Ok(self.bytes)
    }
}

/// A row of the cross-reference.
fn row(entry: Entry) -> [u8; 7] {
    let (kind, place, rank) = match entry {
        Entry::Free => (0, 0, u16::MAX),
        Entry::At(at) => (1, at as u32, 0),
        Entry::In(container, rank) => (2, container, rank as u16),
    };
    let [a, b, c, d] = place.to_be_bytes();
    let [e, f] = rank.to_be_bytes();
    [kind, a, b, c, d, e, f]
}

/// Each row as what it differs by from the one above, after the number of that filter.
fn differences(table: &[u8], width: usize) -> Vec<u8> {
    const UP: u8 = 2;

    let first = vec![0; width];
    let above = std::iter::once(first.as_slice()).chain(table.chunks(width));
    let rows = table.chunks(width).zip(above);
    rows.flat_map(|(row, above)| {
        let bytes = row
            .iter()
            .zip(above)
            .map(|(byte, above)| byte.wrapping_sub(*above));
        std::iter::once(UP).chain(bytes)
    })
    .collect()
}

fn write_object(object: &Object, bytes: &mut Vec<u8>) {
    match object {
        Object::Null => bytes.extend(b"null"),
        Object::Boolean(true) => bytes.extend(b"true"),
        Object::Boolean(false) => bytes.extend(b"false"),
        Object::Integer(value) => integer(*value, bytes),
        Object::Real(value) => bytes.extend(value.to_string().as_bytes()),
        Object::Name(name) => write_name(name, bytes),
        Object::String(text, StringFormat::Literal) => write_literal(text, bytes),
        Object::String(text, StringFormat::Hexadecimal) => write_hexadecimal(text, bytes),
        Object::Array(items) => {
            bytes.push(b'[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    part(item, bytes);
                }
                write_object(item, bytes);
            }
            bytes.push(b']');
        }
        Object::Dictionary(dictionary) => write_dictionary(dictionary, bytes),
        // A stream stands alone in the file: nothing else holds one.
        Object::Stream(stream) => write_dictionary(&stream.dict, bytes),
        Object::Reference(id) => reference(*id, bytes),
    }
}

fn write_dictionary(dictionary: &Dictionary, bytes: &mut Vec<u8>) {
    bytes.extend(b"<<");
    for (key, value) in dictionary {
        write_name(key, bytes);
        part(value, bytes);
        write_object(value, bytes);
    }
    bytes.extend(b">>");
}

/// A space before an object that does not begin with a delimiter.
fn part(next: &Object, bytes: &mut Vec<u8>) {
    if matches!(
        next,
        Object::Null
            | Object::Boolean(_)
            | Object::Integer(_)
            | Object::Real(_)
            | Object::Reference(_)
    ) {
        bytes.push(b' ');
    }
}

fn reference((number, generation): ObjectId, bytes: &mut Vec<u8>) {
    integer(i64::from(number), bytes);
    bytes.push(b' ');
    integer(i64::from(generation), bytes);
    bytes.extend(b" R");
}

fn write_name(name: &[u8], bytes: &mut Vec<u8>) {
    bytes.push(b'/');
    for &byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(&byte) {
            bytes.push(byte);
        } else {
            bytes.push(b'#');
            bytes.extend(hexadecimal(byte));
        }
    }
}

fn write_literal(text: &[u8], bytes: &mut Vec<u8>) {
    bytes.push(b'(');
    for &byte in text {
        match byte {
            b'\r' => bytes.extend(b"\\r"),
            b'(' | b')' | b'\\' => bytes.extend([b'\\', byte]),
            byte => bytes.push(byte),
        }
    }
    bytes.push(b')');
}

fn write_hexadecimal(text: &[u8], bytes: &mut Vec<u8>) {
    bytes.push(b'<');
    bytes.extend(text.iter().flat_map(|byte| hexadecimal(*byte)));
    bytes.push(b'>');
}

fn hexadecimal(byte: u8) -> [u8; 2] {
    let digit = |value: u8| match value {
        0..=9 => b'0' + value,
        value => b'A' + value - 10,
    };
    [digit(byte >> 4), digit(byte & 15)]
}

fn integer(value: i64, bytes: &mut Vec<u8>) {
    let mut digits = [0; 20];
    let mut rest = value.unsigned_abs();
    let mut count = 0;
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
        count += 1;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        bytes.push(b'-');
    }
    bytes.extend(digits.get(digits.len() - count..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(object: impl Into<Object>) -> String {
        let mut bytes = Vec::new();
        write_object(&object.into(), &mut bytes);
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn objects_are_written_as_short_as_they_are_read() {
        let all = vec![
            Object::from(i64::MIN),
            0.into(),
            (-7).into(),
            1.5_f32.into(),
            true.into(),
            Object::Null,
            (12, 0).into(),
            dictionary! { "S" => "P", "K" => 3, "A b" => vec![Object::from(1)] }.into(),
        ];
        assert_eq!(
            written(all),
            "[-9223372036854775808 0 -7 1.5 true null 12 0 R<</S/P/K 3/A#20b[1]>>]"
        );
    }

    #[test]
    fn strings_keep_every_byte() {
        let literal = Object::String(b"a(b)\\\r\n".to_vec(), StringFormat::Literal);
        assert_eq!(written(literal), "(a\\(b\\)\\\\\\r\n)");
        let bytes = Object::String(vec![0xFE, 0x0F], StringFormat::Hexadecimal);
        assert_eq!(written(bytes), "<FE0F>");
    }

    #[test]
    fn a_document_reads_back_as_it_was() {
        let mut document = Document::with_version("1.7");
        for number in 0..900_i64 {
            document.add_object(dictionary! { "N" => number });
        }
        let stream = lopdf::Stream::new(Dictionary::new(), b"q Q".to_vec());
        let stream = document.add_object(stream);
        let root = document.add_object(dictionary! { "Type" => "Catalog", "S" => stream });
        document.max_id += 3;
        let info = document.add_object(Dictionary::new());
        document.trailer.set("Root", root);
        document.trailer.set("Info", info);
        document.trailer.set("ID", Vec::<Object>::new());

        let read = Document::load_mem(&bytes_of(&document).unwrap()).unwrap();
        for (id, object) in &document.objects {
            let found = read.get_object(*id).unwrap();
            match (object, found) {
                (Object::Stream(wrote), Object::Stream(read)) => {
                    assert_eq!(wrote.content, read.content);
                }
                (wrote, read) => assert_eq!(wrote, read),
            }
        }
    }
}
