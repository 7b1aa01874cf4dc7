//! Workbooks of Excel 97 to 2003, looked at before a library opens them: their sectors lead nowhere twice, and their
//! cells lie within what a sheet can be. The library makes room for what a file says of itself.

use std::collections::HashMap;

use super::{Refusal, Symbol};

const FREE: u32 = 0xffff_fffa;

/// The most cells that lie between the first and the last of a sheet.
const MOST_CELLS: u64 = 5_000_000;

/// Reads little-endian numbers at offsets that a file tells.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn u16(&self, at: usize) -> Option<u16> {
        let pair = self.0.get(at..at.checked_add(2)?)?;
        Some(u16::from_le_bytes(pair.try_into().ok()?))
    }

    fn u32(&self, at: usize) -> Option<u32> {
        let four = self.0.get(at..at.checked_add(4)?)?;
        Some(u32::from_le_bytes(four.try_into().ok()?))
    }
}

/// The symbols of the cells that say one, by sheet, row and column: the library gives their numbers alone.
pub(super) type Symbols = HashMap<String, HashMap<(u32, u32), Symbol>>;

/// Looks at a compound file and at the workbook in it.
pub(super) fn vet(bytes: &[u8]) -> Result<Symbols, Refusal> {
    let workbook = Compound::read(bytes)
        .and_then(|compound| compound.workbook())
        .ok_or_else(|| Refusal::Damaged("ses secteurs ne se suivent pas".to_owned()))?;
    vet_records(&workbook)?;
    Ok(symbols(&workbook).unwrap_or_default())
}

/// The container: sectors, chained by a table.
struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    table: Vec<u32>,
    directory: Vec<u8>,
    short_table: Vec<u32>,
    short: Vec<u8>,
}

impl<'a> Compound<'a> {
    fn read(bytes: &'a [u8]) -> Option<Self> {
        let header = Bytes(bytes);
        let sector = match header.u16(30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut this = Self {
            bytes,
            sector,
            table: Vec::new(),
            directory: Vec::new(),
            short_table: Vec::new(),
            short: Vec::new(),
        };

        let mut places: Vec<u32> = (0..109).filter_map(|it| header.u32(76 + 4 * it)).collect();
        let mut next = header.u32(68)?;
        let mut followed = 0;
        while next < FREE {
            followed += 1;
            if followed > bytes.len() / sector {
                return None;
            }
            let mut more = numbers(this.sector_at(next)?);
            next = more.pop()?;
            places.extend(more);
        }
        for place in places.into_iter().filter(|it| *it < FREE) {
            let part = numbers(this.sector_at(place)?);
            this.table.extend(part);
        }
        this.directory = this.chain(header.u32(48)?)?;
        let first = header.u32(60)?;
        if first < FREE && header.u32(64)? > 0 {
            this.short_table = numbers(&this.chain(first)?);
            this.short = this.chain(Bytes(&this.directory).u32(116)?)?;
        }
        Some(this)
    }

    fn sector_at(&self, number: u32) -> Option<&'a [u8]> {
        let start = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
        let end = start.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(start..end)
    }

    /// The bytes of a chain of sectors; none when it turns in a circle or leaves the file.
    fn chain(&self, first: u32) -> Option<Vec<u8>> {
        let mut contents = Vec::new();
        let mut next = first;
        while next < FREE {
            contents.extend_from_slice(self.sector_at(next)?);
            if contents.len() > self.bytes.len() {
                return None;
            }
            next = *self.table.get(next as usize)?;
        }
        Some(contents)
    }

    fn short_chain(&self, first: u32) -> Option<Vec<u8>> {
        let mut contents = Vec::new();
        let mut next = first;
        while next < FREE {
            let start = (next as usize).checked_mul(64)?;
            contents.extend_from_slice(self.short.get(start..start.checked_add(64)?)?);
            if contents.len() > self.short.len() {
                return None;
            }
            next = *self.short_table.get(next as usize)?;
        }
        Some(contents)
    }

    /// The stream of records, after every other stream was followed to its end.
    fn workbook(&self) -> Option<Vec<u8>> {
        let mut found = None;
        for entry in self.directory.as_chunks::<128>().0 {
            let entry = Bytes(entry);
            let length = usize::from(entry.u16(64)?.min(64) / 2).saturating_sub(1);
            let name: String = (0..length)
                .filter_map(|it| char::from_u32(u32::from(entry.u16(2 * it)?)))
                .collect();
            if !["workbook", "book"].contains(&name.to_lowercase().as_str()) {
                continue;
            }
            let (first, length) = (entry.u32(116)?, entry.u32(120)?);
            let contents = if length < 4096 {
                self.short_chain(first)?
            } else {
                self.chain(first)?
            };
            found = found.or(Some(contents));
        }
        found
    }
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    let fours = bytes.as_chunks::<4>().0.iter();
    fours.map(|four| u32::from_le_bytes(*four)).collect()
}

/// The records of all sheets: what they say of their size, and where their cells lie.
fn vet_records(stream: &[u8]) -> Result<(), Refusal> {
    let stream = Bytes(stream);
    let mut at = 0;
    let mut cells = 0_u64;
    let (mut rows, mut columns) = (0_u64, 0_u64);
    while let (Some(kind), Some(length)) = (stream.u16(at), stream.u16(at + 2)) {
        let body = at + 4;
        match kind {
            // FILEPASS
            0x002f => return Err(Refusal::Password),
            // BOF: another sheet.
            0x0809 => (rows, columns) = (0, 0),
            // DIMENSIONS
            0x0200 => {
                let long = length >= 14;
                let number = |place: usize| match long {
                    true => stream.u32(body + 4 * place).map(u64::from),
                    false => stream.u16(body + 2 * place).map(u64::from),
                };
                let (first, last) = (number(0).unwrap_or(0), number(1).unwrap_or(0));
                let across = stream
                    .u16(body + if long { 10 } else { 6 })
                    .map_or(0, u64::from);
                if first > last || last > 65_536 || last * across > MOST_CELLS {
                    return Err(Refusal::TooManyCells);
                }
            }
            // FORMULA, NUMBER, LABEL, BOOLERR, RK, MULRK, LABELSST, RSTRING
            0x0006 | 0x0203 | 0x0204 | 0x0205 | 0x027e | 0x00bd | 0x00fd | 0x00d6 => {
                let place = |at| stream.u16(at).map_or(0, |it| u64::from(it) + 1);
                rows = rows.max(place(body));
                columns = columns.max(place(body + 2));
                cells += 1;
                if kind == 0x00bd {
                    columns = columns.max(place(body + usize::from(length).saturating_sub(2)));
                    cells += u64::from(length / 6);
                }
                if rows * columns > MOST_CELLS || cells > MOST_CELLS {
                    return Err(Refusal::TooManyCells);
                }
            }
            _ => {}
        }
        at = body + usize::from(length);
    }
    Ok(())
}

/// The symbols that cells say by their formats, in a workbook that was looked at.
fn symbols(stream: &[u8]) -> Option<Symbols> {
    let bytes = Bytes(stream);
    let mut formats: HashMap<u16, Symbol> = HashMap::new();
    // Of each style its symbol; of each sheet where it begins, and its name.
    let mut styles: Vec<Option<Symbol>> = Vec::new();
    let mut names: HashMap<usize, String> = HashMap::new();
    let mut found = Symbols::new();
    let mut here: Option<String> = None;
    let mut at = 0;
    while let (Some(kind), Some(length)) = (bytes.u16(at), bytes.u16(at + 2)) {
        let (body, length) = (at + 4, usize::from(length));
        match kind {
            // BOF
            0x0809 => here = names.get(&at).cloned(),
            // FORMAT
            0x041e => {
                let letters = usize::from(bytes.u16(body + 2)?);
                if let Some(symbol) =
                    written(stream, body + 4, letters).and_then(|it| Symbol::of_format(&it))
                {
                    formats.insert(bytes.u16(body)?, symbol);
                }
            }
            // XF
            0x00e0 => styles.push(formats.get(&bytes.u16(body + 2)?).copied()),
            // BOUNDSHEET
            0x0085 => {
                let letters = usize::from(*stream.get(body + 6)?);
                names.insert(
                    bytes.u32(body)? as usize,
                    written(stream, body + 7, letters)?,
                );
            }
            // FORMULA, NUMBER, RK, MULRK
            0x0006 | 0x0203 | 0x027e | 0x00bd => {
                let (row, first) = (u32::from(bytes.u16(body)?), u32::from(bytes.u16(body + 2)?));
                // Those of a MULRK are six bytes each, between its row and first column and its last column.
                let cells = if kind == 0x00bd {
                    (length.saturating_sub(6) / 6) as u32
                } else {
                    1
                };
                for cell in 0..cells {
                    let style = bytes.u16(body + 4 + 6 * cell as usize)?;
                    let symbol = styles.get(usize::from(style)).copied().flatten();
                    if let (Some(symbol), Some(sheet)) = (symbol, &here) {
                        let symbols = found.entry(sheet.clone()).or_default();
                        symbols.insert((row, first + cell), symbol);
                    }
                }
            }
            _ => {}
        }
        at = body + length;
    }
    Some(found)
}

/// So many letters after their flags, one byte or two each.
fn written(stream: &[u8], at: usize, letters: usize) -> Option<String> {
    let wide = stream.get(at)? & 1 == 1;
    let start = at + 1;
    if !wide {
        let letters = stream.get(start..start + letters)?;
        return Some(letters.iter().map(|it| char::from(*it)).collect());
    }
    let pairs = stream
        .get(start..start + 2 * letters)?
        .as_chunks::<2>()
        .0
        .iter();
    let units: Vec<u16> = pairs.map(|it| u16::from_le_bytes(*it)).collect();
    Some(String::from_utf16_lossy(&units))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, body: &[u8]) -> Vec<u8> {
        let length = u16::try_from(body.len()).unwrap();
        [&kind.to_le_bytes(), &length.to_le_bytes(), body].concat()
    }

    #[test]
    fn a_sheet_that_says_it_is_larger_than_memory_is_refused() {
        let vast = [
            0_u32.to_le_bytes(),
            u32::MAX.to_le_bytes(),
            [0, 0, 255, 0],
            [0; 4],
        ]
        .concat();
        assert_eq!(
            vet_records(&record(0x0200, &vast)),
            Err(Refusal::TooManyCells)
        );
        let corners = [
            record(0x0203, &[0; 14]),
            record(0x0203, &[[0xff; 4].as_slice(), &[0; 10]].concat()),
        ];
        assert_eq!(vet_records(&corners.concat()), Err(Refusal::TooManyCells));
        assert_eq!(vet_records(&record(0x0203, &[0; 14])), Ok(()));
        assert_eq!(vet_records(&record(0x002f, &[])), Err(Refusal::Password));
    }

    #[test]
    fn sectors_in_a_circle_lead_nowhere() {
        let mut file = vec![0_u8; 512 * 4];
        file[..4].copy_from_slice(&[0xd0, 0xcf, 0x11, 0xe0]);
        file[30] = 9;
        file[48] = 1; // the directory, at sector 1
        file[60..64].copy_from_slice(&u32::MAX.to_le_bytes());
        file[68..72].copy_from_slice(&u32::MAX.to_le_bytes());
        for place in 0..109 {
            file[76 + 4 * place..80 + 4 * place].copy_from_slice(&u32::MAX.to_le_bytes());
        }
        file[76] = 0; // the table, at sector 0
        file[77..80].fill(0);
        file[512..1024].fill(0xff);
        file[516..520].copy_from_slice(&1_u32.to_le_bytes()); // sector 1 follows itself
        assert!(matches!(vet(&file), Err(Refusal::Damaged(_))));
    }

    #[test]
    fn numbers_say_the_unit_of_their_format() {
        let format = [&164_u16.to_le_bytes()[..], &[13, 0, 0], b"#,##0 \"FCFA\""].concat();
        let style = |format: u16| [&[0, 0][..], &format.to_le_bytes(), &[0; 16]].concat();
        let number = |column: u16, style: u16| {
            [
                &3_u16.to_le_bytes()[..],
                &column.to_le_bytes(),
                &style.to_le_bytes(),
                &[0; 8],
            ]
            .concat()
        };
        let globals = [
            record(0x0809, &[0; 16]),
            record(0x041e, &format),
            record(0x00e0, &style(0)),
            record(0x00e0, &style(164)),
        ]
        .concat();
        let start = globals.len() + 4 + 12;
        let sheet = [
            &u32::try_from(start).unwrap().to_le_bytes()[..],
            &[0, 0, 4, 0],
            b"Coop",
        ]
        .concat();
        let all = [
            globals,
            record(0x0085, &sheet),
            record(0x0809, &[0; 16]),
            record(0x0203, &number(1, 0)),
            record(0x0203, &number(2, 1)),
            // Two cells in row 4, the second in francs; its last column, 1, is no style of a third.
            record(
                0x00bd,
                &[[4, 0, 0, 0], [0, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]]
                    .concat()
                    .into_iter()
                    .chain([1, 0])
                    .collect::<Vec<u8>>(),
            ),
        ]
        .concat();
        let symbols = symbols(&all).unwrap();
        let mut places: Vec<_> = symbols["Coop"].keys().copied().collect();
        places.sort_unstable();
        assert_eq!(places, [(3, 2), (4, 1)]);
        assert_eq!(symbols["Coop"][&(3, 2)].as_str(), "FCFA");
    }
}
