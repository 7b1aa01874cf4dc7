//! The marks of a paragraph, read and printed.
//!
//! Inside a paragraph: `**bold**`, `*italic*`, `{{field}}`, `[^note]`, `___` (a blank to fill) and `\` before a mark
//! to mean itself. A paragraph may begin with `- ` or `1. `; two spaces before that make it an item of a sub-list.
//! There is no other syntax (`workspace-format.md`, « Values »), and nothing is a syntax error: what closes nothing is
//! itself.
//!
//! Parsing is linear, printing is canonical, and `parse(print(parse(s))) == parse(s)`.

use std::ops::Range;

use crate::model::Key;

/// A paragraph, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// How it begins.
    pub marker: Marker,
    /// What it says, in order.
    pub leaves: Vec<Leaf>,
}

/// How a paragraph begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// Running text, numbered by the document.
    None,
    /// An item of a list with dashes, 0 being the outermost.
    Dash(usize),
    /// An item of a numbered list, with the number that was written.
    Number(usize, u32),
}

/// A piece of a paragraph, of one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// Between `**`.
    pub bold: bool,
    /// Between `*`.
    pub italic: bool,
    /// What it is.
    pub content: Content,
    /// The bytes of the paragraph that it was written with.
    pub range: Range<usize>,
}

/// What a leaf is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Words, escapes undone.
    Words(String),
    /// `{{name}}`: the name, trimmed.
    Field(String),
    /// `[^key]`.
    Note(Key),
    /// `___`: a blank as long as that many underscores.
    Blank(usize),
}

/// The marks that `\` makes mean themselves.
const MARKS: &[char] = &['\\', '*', '_', '{', '[', '-', '.'];

/// The longest name of a field; a longer one is words.
const LONGEST_FIELD: usize = 120;

/// Reads a paragraph. Any text is one.
#[must_use]
pub fn parse(source: &str) -> Paragraph {
    let (marker, start) = read_marker(source);
    let mut reader = Reader {
        source,
        at: start,
        tokens: Vec::new(),
    };
    reader.read();

    Paragraph {
        marker,
        leaves: into_leaves(reader.tokens),
    }
}

/// Writes a paragraph so that [`parse`] reads it back the same.
#[must_use]
pub fn print(paragraph: &Paragraph) -> String {
    let mut out = match paragraph.marker {
        Marker::None => String::new(),
        Marker::Dash(depth) => format!("{}- ", "  ".repeat(depth)),
        Marker::Number(depth, number) => format!("{}{number}. ", "  ".repeat(depth)),
    };
    let body = out.len();
    let (mut bold, mut italic) = (false, false);

    for leaf in &paragraph.leaves {
        push_stars(&mut out, leaf.bold != bold, leaf.italic != italic);
        (bold, italic) = (leaf.bold, leaf.italic);

        match &leaf.content {
            Content::Words(words) => push_words(&mut out, words),
            Content::Field(name) => {
                out.push_str("{{");
                out.push_str(name);
                out.push_str("}}");
            }
            Content::Note(key) => {
                out.push_str("[^");
                out.push_str(key.as_str());
                out.push(']');
            }
            Content::Blank(length) => out.extend(std::iter::repeat_n('_', *length)),
        }
    }
    push_stars(&mut out, bold, italic);

    if paragraph.marker == Marker::None {
        disarm_marker(&mut out, body);
    }
    out
}

/// The words of a paragraph without its marks: what a search or a count reads. Fields are left out.
#[must_use]
pub fn plain(source: &str) -> String {
    words(source, "")
}

/// The same for who reads it alone: « … » stands where a field or a blank does.
#[must_use]
pub fn passage(source: &str) -> String {
    words(source, "…")
}

/// The words of a paragraph, with those where a field or a blank stands.
fn words(source: &str, elsewhere: &str) -> String {
    parse(source)
        .leaves
        .into_iter()
        .filter_map(|leaf| match leaf.content {
            Content::Words(words) => Some(words),
            Content::Field(_) | Content::Blank(_) => Some(elsewhere.to_owned()),
            Content::Note(_) => None,
        })
        .collect()
}

/// The names of the fields of a paragraph, in order: what [`parse`] reads as fields, without the rest.
pub fn field_names(source: &str) -> impl Iterator<Item = &str> {
    let mut rest = source;
    std::iter::from_fn(move || {
        loop {
            let at = rest.find(['\\', '{'])?;
            rest = rest.get(at..)?;
            if let Some(escaped) = rest.strip_prefix('\\') {
                rest = escaped.strip_prefix(MARKS).unwrap_or(escaped);
            } else if let Some(name) = field_at(rest) {
                rest = rest.get(name.len() + 4..)?;
                return Some(name.trim());
            } else {
                rest = rest.get(1..)?;
            }
        }
    })
}

/// The name between the marks of the field that begins there.
fn field_at(source: &str) -> Option<&str> {
    let rest = source.strip_prefix("{{")?;
    let name = rest.get(..find_near(rest, "}}")?)?;
    let is_name = !name.trim().is_empty() && !name.contains(['{', '}', '\n']);
    is_name.then_some(name)
}

/// Makes words mean themselves, so that text from elsewhere can be put in a paragraph.
#[must_use]
pub fn escape(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    push_words(&mut out, words);
    disarm_marker(&mut out, 0);
    out
}

fn read_marker(source: &str) -> (Marker, usize) {
    let spaces = source.len() - source.trim_start_matches(' ').len();
    let rest = source.get(spaces..).unwrap_or("");
    let depth = spaces / 2;

    if rest.starts_with("- ") && spaces.is_multiple_of(2) {
        return (Marker::Dash(depth), spaces + 2);
    }

    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = rest.get(..digits).and_then(|digits| digits.parse().ok());

    match (number, rest.get(digits..)) {
        (Some(number), Some(after))
            if after.starts_with(". ")
                && spaces.is_multiple_of(2)
                && digits <= 9
                // « 007. » would not be printed back the same.
                && (digits == 1 || !rest.starts_with('0')) =>
        {
            (Marker::Number(depth, number), spaces + digits + 2)
        }
        _ => (Marker::None, 0),
    }
}

enum Token {
    Stars(usize, Range<usize>),
    Leaf(Content, Range<usize>),
}

struct Reader<'a> {
    source: &'a str,
    at: usize,
    tokens: Vec<Token>,
}

impl Reader<'_> {
    fn read(&mut self) {
        while let Some(next) = self.rest().chars().next() {
            match next {
                '\\' => self.read_escape(),
                '*' => self.read_stars(),
                '_' => self.read_blank(),
                '{' => self.read_field(),
                '[' => self.read_note(),
                _ => self.read_words(),
            }
        }
    }

    fn rest(&self) -> &str {
        self.source.get(self.at..).unwrap_or("")
    }

    fn words(&mut self, words: &str, length: usize) {
        let range = self.at..self.at + length;
        self.at = range.end;

        if let Some(Token::Leaf(Content::Words(before), place)) = self.tokens.last_mut() {
            before.push_str(words);
            place.end = range.end;
        } else {
            self.tokens
                .push(Token::Leaf(Content::Words(words.to_owned()), range));
        }
    }

    fn leaf(&mut self, content: Content, length: usize) {
        let range = self.at..self.at + length;
        self.at = range.end;
        self.tokens.push(Token::Leaf(content, range));
    }

    fn run_of(&self, mark: char) -> usize {
        let rest = self.rest();
        rest.len() - rest.trim_start_matches(mark).len()
    }

    fn read_words(&mut self) {
        let rest = self.rest();
        let length = rest.find(['\\', '*', '_', '{', '[']).unwrap_or(rest.len());
        let words = rest.get(..length).unwrap_or("").to_owned();
        self.words(&words, length);
    }

    fn read_escape(&mut self) {
        match self.rest().chars().nth(1) {
            Some(mark) if MARKS.contains(&mark) => self.words(mark.encode_utf8(&mut [0; 4]), 2),
            _ => self.words("\\", 1),
        }
    }

    fn read_stars(&mut self) {
        let count = self.run_of('*');

        if count <= 3 {
            self.tokens
                .push(Token::Stars(count, self.at..self.at + count));
            self.at += count;
        } else {
            self.words(&"*".repeat(count), count);
        }
    }

    fn read_blank(&mut self) {
        let count = self.run_of('_');

        if count >= 3 {
            self.leaf(Content::Blank(count), count);
        } else {
            self.words(&"_".repeat(count), count);
        }
    }

    fn read_field(&mut self) {
        match field_at(self.rest()) {
            Some(name) => {
                let length = name.len() + 4;
                self.leaf(Content::Field(name.trim().to_owned()), length);
            }
            None => self.words("{", 1),
        }
    }

    fn read_note(&mut self) {
        let key = self.rest().strip_prefix("[^").and_then(|rest| {
            let end = find_near(rest, "]")?;
            rest.get(..end)
        });

        match key {
            Some(key)
                if !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '-') =>
            {
                let length = key.len() + 3;
                self.leaf(Content::Note(Key::new(key)), length);
            }
            _ => self.words("[", 1),
        }
    }
}

/// Looks for what closes a name no further than a name can be long, so that reading stays linear.
fn find_near(text: &str, closing: &str) -> Option<usize> {
    let near = text
        .as_bytes()
        .get(..LONGEST_FIELD)
        .unwrap_or(text.as_bytes());
    near.windows(closing.len())
        .position(|window| window == closing.as_bytes())
}

/// Turns stars into styles. A mark that nothing closes, the last of an odd number, is itself.
fn into_leaves(tokens: Vec<Token>) -> Vec<Leaf> {
    let count = |wanted: fn(usize) -> bool| {
        tokens
            .iter()
            .filter(|token| matches!(token, Token::Stars(count, _) if wanted(*count)))
            .count()
    };
    let paired_bold = count(|stars| stars >= 2) / 2 * 2;
    let paired_italic = count(|stars| stars != 2) / 2 * 2;

    let mut leaves: Vec<Leaf> = Vec::new();
    let (mut bolds, mut italics) = (0, 0);
    let (mut bold, mut italic) = (false, false);

    for token in tokens {
        let (content, range) = match token {
            Token::Leaf(content, range) => (content, range),
            Token::Stars(count, range) => {
                let mut literal = 0;

                if count >= 2 {
                    bolds += 1;
                    if bolds <= paired_bold {
                        bold = !bold;
                    } else {
                        literal += 2;
                    }
                }
                if count != 2 {
                    italics += 1;
                    if italics <= paired_italic {
                        italic = !italic;
                    } else {
                        literal += 1;
                    }
                }
                if literal == 0 {
                    continue;
                }
                (Content::Words("*".repeat(literal)), range)
            }
        };

        match (&content, leaves.last_mut()) {
            (Content::Words(words), Some(last)) if last.bold == bold && last.italic == italic => {
                if let Content::Words(before) = &mut last.content {
                    before.push_str(words);
                    last.range.end = range.end;
                    continue;
                }
            }
            _ => {}
        }
        leaves.push(Leaf {
            bold,
            italic,
            content,
            range,
        });
    }
    leaves
}

fn push_stars(out: &mut String, bold: bool, italic: bool) {
    if bold {
        out.push_str("**");
    }
    if italic {
        out.push('*');
    }
}

fn push_words(out: &mut String, words: &str) {
    let mut before = None;
    let mut chars = words.chars().peekable();

    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let beside_its_like = |other: Option<char>| other.is_none_or(|other| other == c);
        let is_mark = match c {
            '\\' | '*' | '{' => true,
            '_' => beside_its_like(before) || beside_its_like(next),
            '[' => next.is_none_or(|next| next == '^'),
            _ => false,
        };

        if is_mark {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
}

/// Puts a `\` in what would otherwise be read as the beginning of a list item.
fn disarm_marker(out: &mut String, body: usize) {
    let Some(text) = out.get(body..) else { return };
    let at = match read_marker(text) {
        (Marker::None, _) => return,
        // Both markers end with their mark and one space.
        (_, end) => body + end - 2,
    };
    out.insert(at, '\\');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn without_ranges(source: &str) -> (Marker, Vec<(bool, bool, Content)>) {
        let paragraph = parse(source);
        let leaves = paragraph
            .leaves
            .into_iter()
            .map(|leaf| (leaf.bold, leaf.italic, leaf.content))
            .collect();
        (paragraph.marker, leaves)
    }

    fn words(text: &str) -> Content {
        Content::Words(text.to_owned())
    }

    #[test]
    fn reads_every_mark() {
        let (marker, leaves) = without_ranges(
            "  - Le **montant** de {{ engagements.valmont.total }}[^1] est de ___ *euros*",
        );

        assert_eq!(marker, Marker::Dash(1));
        assert_eq!(
            leaves,
            vec![
                (false, false, words("Le ")),
                (true, false, words("montant")),
                (false, false, words(" de ")),
                (
                    false,
                    false,
                    Content::Field("engagements.valmont.total".to_owned())
                ),
                (false, false, Content::Note(Key::new("1"))),
                (false, false, words(" est de ")),
                (false, false, Content::Blank(3)),
                (false, false, words(" ")),
                (false, true, words("euros")),
            ]
        );
    }

    #[test]
    fn what_closes_nothing_is_itself() {
        for source in [
            "2 * 3",
            "**gras",
            "{{",
            "{{sans fin",
            "[^",
            "[^a b]",
            "a\\",
            "\\q",
            "****",
        ] {
            assert_eq!(
                without_ranges(source),
                (Marker::None, vec![(false, false, words(source))])
            );
        }
    }

    #[test]
    fn ranges_tell_where_each_leaf_was_written() {
        let source = "À **Aného**, {{date.debut}} : \\*\\*";

        for leaf in parse(source).leaves {
            let written = &source[leaf.range];
            match leaf.content {
                Content::Field(name) => assert_eq!(written, format!("{{{{{name}}}}}")),
                Content::Words(words) => assert_eq!(written.replace('\\', ""), words),
                Content::Note(_) | Content::Blank(_) => unreachable!(),
            }
        }
    }

    #[test]
    fn a_date_that_begins_a_paragraph_is_not_an_item() {
        assert_eq!(parse("1. Objet").marker, Marker::Number(0, 1));
        assert_eq!(parse("1.Objet").marker, Marker::None);
        assert_eq!(
            parse(&escape("1987. L’année du jumelage")).marker,
            Marker::None
        );
        assert_eq!(plain(&escape("- non")), "- non");
    }

    #[test]
    fn a_long_hostile_paragraph_takes_linear_time() {
        for mark in ["*", "**", "***", "{{", "[^", "_", "\\", "{{a", "*a"] {
            let source = mark.repeat(200_000);
            assert_eq!(plain(&print(&parse(&source))), plain(&source));
        }
    }

    proptest! {
        #[test]
        fn printing_then_reading_changes_nothing(source in r"( {0,5}(- |[0-9]{1,3}\. ))?([a-zé .]|\*|\\|_|\{|\}|\[|\^|\]|-){0,40}") {
            let printed = print(&parse(&source));
            prop_assert_eq!(without_ranges(&printed), without_ranges(&source), "{}", printed);
        }

        #[test]
        fn fields_are_named_as_they_are_read(source in r"([a-z .]|\*|\\|_|\{\{|\}\}|\{|\}|\[\^|\]|-|\n){0,40}") {
            let read = parse(&source).leaves.into_iter().filter_map(|leaf| match leaf.content {
                Content::Field(name) => Some(name),
                _ => None,
            });
            prop_assert_eq!(field_names(&source).collect::<Vec<_>>(), read.collect::<Vec<_>>());
        }

        #[test]
        fn escaped_words_mean_themselves(source in r"([a-z .]|[0-9]|\*|\\|_|\{|\}|\[|\^|\]|-){0,40}") {
            prop_assert_eq!(plain(&escape(&source)), source);
        }
    }
}
