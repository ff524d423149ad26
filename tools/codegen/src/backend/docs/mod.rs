//! The reference pages: one Markdown page for each file of the schema, with its
//! definitions as tables and the corpus's examples, an index, and the table of
//! errors. Plain Markdown, so that it reads well in a terminal too.

mod definition;
mod errors;
mod page;

use super::{BackendError, GeneratedFile, PREAMBLE};
use crate::model::{COMPOSING, Model, SchemaFile};

const FOLDER: &str = "docs/reference";

/// The pages of `docs/reference` and `docs/errors.md`.
pub fn generate(model: &Model) -> Result<Vec<GeneratedFile>, BackendError> {
    let mut files: Vec<_> = documented(model)
        .map(|file| {
            generated(
                &format!("{FOLDER}/{}.md", file.name),
                &page::of_file(model, file),
            )
        })
        .collect();
    files.push(generated(
        &format!("{FOLDER}/README.md"),
        &page::index(model),
    ));
    files.push(generated("docs/errors.md", &errors::page(model)));
    Ok(files)
}

/// The files that define something; the others compose whole messages.
fn documented(model: &Model) -> impl Iterator<Item = &SchemaFile> {
    model
        .files
        .iter()
        .filter(|file| !COMPOSING.contains(&file.name.as_str()))
}

fn generated(path: &str, text: &str) -> GeneratedFile {
    GeneratedFile {
        path: path.into(),
        contents: format!("<!-- {PREAMBLE} -->\n\n{text}"),
    }
}

/// A row of a table. A bar in a cell would end the cell.
fn row<const COLUMNS: usize>(cells: [&str; COLUMNS]) -> String {
    let cells = cells.map(|cell| cell.replace('|', "\\|"));
    format!("| {} |\n", cells.join(" | "))
}

/// The head of a table.
fn head<const COLUMNS: usize>(titles: [&str; COLUMNS]) -> String {
    format!("{}|{}\n", row(titles), "---|".repeat(COLUMNS))
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::model::load;

    fn model() -> Model {
        load(&crate::workspace_root().join("schema/v0")).expect("the schema is sound")
    }

    fn pages(model: &Model) -> BTreeMap<String, String> {
        let files = generate(model).expect("the pages can be made");
        files
            .into_iter()
            .map(|file| (file.path.display().to_string(), file.contents))
            .collect()
    }

    #[test]
    fn every_command_has_a_page_and_every_error_a_row() {
        let model = model();
        let pages = pages(&model);
        for command in &model.commands {
            let page = &pages[&format!("{FOLDER}/{}.md", command.name)];
            assert!(
                page.contains(&format!("## {}\n", command.request)),
                "{}",
                command.name
            );
            assert!(
                page.contains(&format!("## {}\n", command.response)),
                "{}",
                command.name
            );
        }
        for error in &model.errors {
            assert!(
                pages["docs/errors.md"].contains(&format!("| {} | `{}` |", error.code, error.name))
            );
        }
    }

    #[test]
    fn every_example_stands_on_exactly_one_page() {
        let model = model();
        let pages = pages(&model);
        for example in &model.examples {
            let title = format!("`{}/{}.json`", example.folder, example.name);
            let found = pages.values().filter(|page| page.contains(&title)).count();
            assert_eq!(found, 1, "{title}");
        }
    }

    #[test]
    fn every_link_to_a_definition_leads_to_its_heading() {
        let pages = pages(&model());
        let anchors: BTreeSet<String> = pages
            .iter()
            .flat_map(|(path, text)| {
                let page = path.rsplit('/').next().unwrap_or_default();
                let titles = text.lines().filter_map(|line| line.strip_prefix("## "));
                titles.map(move |title| format!("{page}#{}", title.to_lowercase()))
            })
            .collect();
        let mut links = 0;
        for text in pages.values() {
            for link in text
                .split("](")
                .skip(1)
                .filter_map(|rest| rest.split(')').next())
            {
                let link = link.trim_start_matches("reference/");
                if link.contains(".md#") && !link.starts_with("../") {
                    assert!(anchors.contains(link), "`{link}` leads nowhere");
                    links += 1;
                }
            }
        }
        assert!(links > 100, "only {links} links were found");
    }

    #[test]
    fn every_row_of_a_table_has_as_many_cells_as_its_head() {
        for (path, text) in pages(&model()) {
            let cells = |line: &str| line.replace("\\|", "").matches('|').count();
            let lines: Vec<&str> = text.lines().collect();
            for pair in lines
                .windows(2)
                .filter(|pair| pair.iter().all(|line| line.starts_with('|')))
            {
                assert_eq!(cells(pair[0]), cells(pair[1]), "{path}: {}", pair[1]);
            }
        }
    }

    #[test]
    fn the_same_schema_makes_the_same_pages() {
        assert_eq!(pages(&model()), pages(&model()));
    }
}
