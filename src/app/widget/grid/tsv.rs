//! Blocks of cells as spreadsheets put them on the clipboard: tabs between cells, a line a row, quotes around what holds
//! either.

/// The cells, as text.
#[must_use]
pub fn write(rows: &[Vec<String>]) -> String {
    let cell = |cell: &String| {
        if cell.contains(['\t', '\n', '\r', '"']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.clone()
        }
    };
    let lines = rows
        .iter()
        .map(|row| row.iter().map(cell).collect::<Vec<_>>().join("\t"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The text, as cells; the empty line that spreadsheets end with is none.
#[must_use]
pub fn read(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![Vec::new()];
    let mut cell = String::new();
    let mut quoted = false;
    let mut signs = text.chars().peekable();
    let put = |rows: &mut Vec<Vec<String>>, cell: &mut String| {
        if let Some(row) = rows.last_mut() {
            row.push(std::mem::take(cell));
        }
    };
    while let Some(sign) = signs.next() {
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => {
                signs.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            _ if quoted => cell.push(sign),
            '"' if cell.is_empty() => quoted = true,
            '\t' => put(&mut rows, &mut cell),
            '\r' if signs.peek() == Some(&'\n') => {}
            '\n' | '\r' => {
                put(&mut rows, &mut cell);
                rows.push(Vec::new());
            }
            _ => cell.push(sign),
        }
    }
    let ended = rows.last().is_some_and(Vec::is_empty) && cell.is_empty();
    if ended && rows.len() > 1 {
        rows.pop();
    } else {
        put(&mut rows, &mut cell);
    }
    rows
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_spreadsheets_copy_is_read() {
        assert_eq!(read("a\tb\r\n1\t2\r\n"), [["a", "b"], ["1", "2"]]);
        assert_eq!(read("\"un\tdeux\"\t3"), [["un\tdeux", "3"]]);
        assert_eq!(
            read("\"dit «\u{a0}\"\"oui\"\"\u{a0}»\""),
            [["dit «\u{a0}\"oui\"\u{a0}»"]]
        );
        assert_eq!(read(""), [[""]]);
        assert_eq!(read("5\" de haut"), [["5\" de haut"]]);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(rows in proptest::collection::vec(proptest::collection::vec("[a-z\"\t\n\r é]{0,6}", 1..4), 1..5)) {
            // A last row of one empty cell is the empty line that spreadsheets end with.
            prop_assume!(rows.len() == 1 || rows.last().is_none_or(|row| row.len() > 1 || !row[0].is_empty()));
            prop_assert_eq!(read(&write(&rows)), rows);
        }

        #[test]
        fn anything_is_read(text in ".{0,60}") {
            let _ = read(&text);
        }
    }
}
