//! One page for each file of the schema, and the index of all pages.

use super::{definition, documented, head, row};
use crate::model::{Model, SchemaFile};

/// The page of one file: what it is about, its definitions, its examples.
pub(super) fn of_file(model: &Model, file: &SchemaFile) -> String {
    let mut text = format!(
        "# {}\n\n{}\n\n{}\n",
        file.name,
        file.description,
        around(model, file)
    );
    for definition in model
        .definitions
        .iter()
        .filter(|definition| definition.file == file.name)
    {
        text += &definition::section(model, definition);
    }
    text + &examples(model, file)
}

/// Where to read on.
fn around(model: &Model, file: &SchemaFile) -> String {
    let source = format!(
        "[`{0}.schema.json`](../../schema/v0/{0}.schema.json)",
        file.name
    );
    if model
        .commands
        .iter()
        .any(|command| command.name == file.name)
    {
        format!(
            "Defined in {source}. What it does in each state, and which errors it may answer, is in \
             [protocol.md](../protocol.md#{}). The members of the head, which every message has as well, \
             are in [envelope](envelope.md).",
            file.name
        )
    } else {
        format!("Defined in {source}.")
    }
}

/// The examples of the folders that belong to the file: that of its name, and
/// those for the lines of its streams (`img_pull_progress`).
fn examples(model: &Model, file: &SchemaFile) -> String {
    let mine = model.examples.iter().filter(|example| {
        let rest = example.folder.strip_prefix(file.name.as_str());
        let belongs_to_longer = |other: &SchemaFile| {
            other.name.len() > file.name.len() && example.folder.starts_with(other.name.as_str())
        };
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
            && !model.files.iter().any(belongs_to_longer)
    });
    let blocks: String = mine
        .map(|example| {
            format!(
                "\n`{}/{}.json`\n\n```json\n{}\n```\n",
                example.folder,
                example.name,
                example.text.trim_end()
            )
        })
        .collect();
    if blocks.is_empty() {
        return blocks;
    }
    format!(
        "\n## Examples\n\nFrom [the corpus](../../schema/v0/examples), which every binding is tested with.\n{blocks}"
    )
}

/// The index: the commands in the order of the envelope, then everything else.
pub(super) fn index(model: &Model) -> String {
    let mut text = String::from(
        "# Reference\n\nEvery message member by member. What the messages mean, and what each side has to do, is in \
         [protocol.md](../protocol.md); the errors are in [errors.md](../errors.md). Where a page says *Sensitive*, \
         the value may be a secret: it appears in no log, trace or text of an error.\n\n## Commands\n\n",
    );
    text += &head(["command", "what it does"]);
    for command in &model.commands {
        text += &row([
            &format!("[`{0}`]({0}.md)", command.name),
            &command.description,
        ]);
    }
    text += "\n## What commands share\n\n";
    text += &head(["page", "what is there"]);
    for file in documented(model) {
        if !model
            .commands
            .iter()
            .any(|command| command.name == file.name)
        {
            text += &row([&format!("[{0}]({0}.md)", file.name), &file.description]);
        }
    }
    text
}
