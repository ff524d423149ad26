//! Tables without lines, as the tools of this trade draw them, and lists of facts.

use super::printable;

/// Rows under a heading.
pub(crate) struct Table(comfy_table::Table);

impl Table {
    pub(crate) fn new<const N: usize>(heading: [&str; N]) -> Table {
        let mut table = empty();
        table.set_header(heading);
        Table(table)
    }

    /// Adds a row; an empty cell becomes `-`, so that columns can be counted.
    pub(crate) fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.0.add_row(cells.map(|cell| {
            if cell.is_empty() {
                "-".to_owned()
            } else {
                printable(&cell)
            }
        }));
    }

    pub(crate) fn render(&self) -> String {
        render(&self.0)
    }
}

/// A name and what it is, line by line.
pub(crate) struct Facts(comfy_table::Table);

impl Facts {
    pub(crate) fn new() -> Facts {
        Facts(empty())
    }

    pub(crate) fn add(&mut self, name: &str, value: impl std::fmt::Display) {
        self.0
            .add_row([format!("{name}:"), printable(&value.to_string())]);
    }

    /// Adds the fact if it is known.
    pub(crate) fn add_known(&mut self, name: &str, value: Option<impl std::fmt::Display>) {
        if let Some(value) = value {
            self.add(name, value);
        }
    }

    pub(crate) fn render(&self) -> String {
        render(&self.0)
    }
}

fn empty() -> comfy_table::Table {
    let mut table = comfy_table::Table::new();
    table.load_preset(comfy_table::presets::NOTHING);
    table
}

fn render(table: &comfy_table::Table) -> String {
    // Cells have one space of padding on both sides; the left one and whatever
    // trails is of no use to people, and of less to `cut`.
    let mut text = String::new();
    for line in table.lines() {
        text.push_str(line.strip_prefix(' ').unwrap_or(&line).trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_and_nothing_trails() {
        let mut table = Table::new(["NAME", "PID"]);
        table.row(["web".to_owned(), "7".to_owned()]);
        table.row(["database".to_owned(), String::new()]);
        assert_eq!(table.render(), "NAME      PID\nweb       7\ndatabase  -\n");
    }
}
