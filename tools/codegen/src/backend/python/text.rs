//! How texts and values are spelled in Python.

use serde_json::Value;

/// A text as a literal. JSON's escapes are Python's too.
pub(super) fn literal(text: &str) -> String {
    Value::from(text).to_string()
}

/// A description as the body of a docstring: no backslash and no quote may end
/// or change it.
pub(super) fn doc(text: &str) -> String {
    text.replace('\\', "\\\\").replace("\"\"\"", "'''")
}

/// The name of a field: the wire's, with an underscore behind where Python has
/// the word for itself.
pub(super) fn field(name: &str) -> String {
    const KEYWORDS: [&str; 8] = [
        "class", "from", "global", "import", "in", "is", "lambda", "pass",
    ];
    if KEYWORDS.contains(&name) {
        format!("{name}_")
    } else {
        name.to_owned()
    }
}

/// `True` or `False`.
pub(super) fn boolean(value: bool) -> &'static str {
    if value { "True" } else { "False" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_python_keeps_get_an_underscore_behind() {
        assert_eq!(
            (field("class").as_str(), field("name").as_str()),
            ("class_", "name")
        );
    }

    #[test]
    fn nothing_in_a_description_ends_its_docstring() {
        assert_eq!(doc(r#"a \ b """ c"#), r"a \\ b ''' c");
    }
}
