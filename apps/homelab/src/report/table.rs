//! Tables that fit the terminal, and bars.

use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};

use crate::terminal::Paint;

/// A line below the headings, and none elsewhere: the eye needs no more.
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// A table with these headings. Columns of figures, named by number, stand to the right.
pub fn table(headings: &[&str], figures: &[usize], rows: Vec<Vec<String>>) -> String {
    let mut table = Table::new();
    table.load_style(STYLE).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(headings.iter().copied());
    table.add_rows(rows);
    for figure in figures {
        if let Some(column) = table.column_mut(*figure) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.to_string() + "\n"
}

/// A heading above a table.
pub fn heading(text: &str, paint: Paint) -> String {
    format!("{}\n", paint.bold(text))
}

/// How wide a bar is.
const BAR_WIDTH: u64 = 40;

/// A bar of parts, each with its character, out of a whole. Every part that is there is at least one character wide.
pub fn bar(parts: &[(u64, char)], whole: u64) -> String {
    let mut bar = String::new();
    let mut left = BAR_WIDTH;
    for (part, character) in parts {
        let width = (u128::from(*part) * u128::from(BAR_WIDTH)).div_ceil(u128::from(whole.max(1)));
        let width = u64::try_from(width).unwrap_or(left).min(left);
        bar.extend((0..width).map(|_| *character));
        left -= width;
    }
    bar.extend((0..left).map(|_| '·'));
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_shows_each_part_and_what_is_free() {
        assert_eq!(bar(&[(1, '█'), (1, '▒')], 4), "██████████▒▒▒▒▒▒▒▒▒▒····················");
        assert_eq!(bar(&[(1, '█')], 1_000_000).chars().filter(|character| *character == '█').count(), 1);
        assert_eq!(bar(&[(9, '█'), (9, '▒')], 4).chars().count(), 40, "more than the whole is the whole");
    }
}
