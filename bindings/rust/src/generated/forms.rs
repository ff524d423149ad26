// Generated from schema/v0 by `cargo xtask codegen`; do not edit.
//! The named string forms.

use crate::form::{Automaton, text_form};
/// Matches `^(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})$`.
pub(crate) static PROTOCOL_VERSION_AUTOMATON: Automaton = Automaton {
    classes: &[
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 1u8, 0u8, 2u8, 3u8, 3u8, 3u8, 3u8, 3u8,
        3u8, 3u8, 3u8, 3u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8,
    ],
    class_count: 4usize,
    transitions: &[
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 2u16, 3u16, 0u16, 4u16, 0u16, 0u16, 0u16, 4u16, 5u16,
        5u16, 0u16, 0u16, 6u16, 7u16, 0u16, 4u16, 8u16, 8u16, 0u16, 9u16, 0u16, 0u16, 0u16, 9u16,
        10u16, 10u16, 0u16, 4u16, 11u16, 11u16, 0u16, 0u16, 12u16, 13u16, 0u16, 9u16, 14u16, 14u16,
        0u16, 4u16, 15u16, 15u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 16u16, 16u16, 0u16, 9u16,
        17u16, 17u16, 0u16, 4u16, 18u16, 18u16, 0u16, 0u16, 19u16, 19u16, 0u16, 9u16, 20u16, 20u16,
        0u16, 4u16, 21u16, 21u16, 0u16, 0u16, 22u16, 22u16, 0u16, 9u16, 23u16, 23u16, 0u16, 4u16,
        24u16, 24u16, 0u16, 0u16, 25u16, 25u16, 0u16, 9u16, 26u16, 26u16, 0u16, 4u16, 2u16, 2u16,
        0u16, 0u16, 27u16, 27u16, 0u16, 9u16, 28u16, 28u16, 0u16, 0u16, 29u16, 29u16, 0u16, 9u16,
        6u16, 6u16, 0u16, 0u16, 30u16, 30u16, 0u16, 0u16, 12u16, 12u16,
    ],
    accepting: &[
        false, false, false, false, false, false, false, false, false, false, false, false, true,
        true, false, false, true, false, false, true, false, false, true, false, false, true,
        false, true, false, true, true,
    ],
};
text_form! {
    #[doc =
    " A wire version: three numbers joined by dots, as in `0.2.0`. While the major number is 0, two versions match when major and minor are equal."]
    pub struct ProtocolVersion = crate ::generated::tables::PROTOCOL_VERSION;
}
/// Matches `^[!-~]+$`.
pub(crate) static REQUEST_ID_AUTOMATON: Automaton = Automaton {
    classes: &[
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8,
    ],
    class_count: 2usize,
    transitions: &[0u16, 0u16, 0u16, 2u16, 0u16, 2u16],
    accepting: &[false, false, true],
};
text_form! {
    #[doc =
    " The host's own name for one request: 1 to 128 printable ASCII characters without a space. It is echoed in the reply and put before each line of stderr, so it can hold no line break."]
    pub struct RequestId = crate ::generated::tables::REQUEST_ID;
}
/// Matches `^[A-Za-z0-9][A-Za-z0-9_.-]*$`.
pub(crate) static MODULE_NAME_AUTOMATON: Automaton = Automaton {
    classes: &[
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 1u8, 1u8, 0u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8,
        2u8, 2u8, 2u8, 2u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8,
        2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8,
        2u8, 0u8, 0u8, 0u8, 0u8, 1u8, 0u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8,
        2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8,
    ],
    class_count: 3usize,
    transitions: &[0u16, 0u16, 0u16, 0u16, 0u16, 2u16, 0u16, 2u16, 2u16],
    accepting: &[false, false, true],
};
text_form! {
    #[doc =
    " The name of a module, unique for one plugin: 1 to 128 ASCII letters, digits, `_`, `.` and `-`, the first a letter or digit. These are the names that Docker accepts. Case counts."]
    pub struct ModuleName = crate ::generated::tables::MODULE_NAME;
}
/// Matches `^[A-Za-z0-9][A-Za-z0-9_.-]*$`.
pub(crate) static NETWORK_NAME_AUTOMATON: Automaton = Automaton {
    classes: &[
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 1u8, 1u8, 0u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8,
        2u8, 2u8, 2u8, 2u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8,
        2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8,
        2u8, 0u8, 0u8, 0u8, 0u8, 1u8, 0u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8,
        2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8,
    ],
    class_count: 3usize,
    transitions: &[0u16, 0u16, 0u16, 0u16, 0u16, 2u16, 0u16, 2u16, 2u16],
    accepting: &[false, false, true],
};
text_form! {
    #[doc =
    " The name of a network, unique for one plugin: 1 to 128 ASCII letters, digits, `_`, `.` and `-`, the first a letter or digit. Case counts."]
    pub struct NetworkName = crate ::generated::tables::NETWORK_NAME;
}
/// Matches `^[a-z0-9][a-z0-9._-]*$`.
pub(crate) static IDENTIFIER_AUTOMATON: Automaton = Automaton {
    classes: &[
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 1u8, 1u8, 0u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8,
        2u8, 2u8, 2u8, 2u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 1u8, 0u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8,
        2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8,
    ],
    class_count: 3usize,
    transitions: &[0u16, 0u16, 0u16, 0u16, 0u16, 2u16, 0u16, 2u16, 2u16],
    accepting: &[false, false, true],
};
text_form! {
    #[doc =
    " The name of a plugin or of a config type: 1 to 64 lower-case ASCII letters, digits, `.`, `_` and `-`, the first a letter or digit."]
    pub struct Identifier = crate ::generated::tables::IDENTIFIER;
}
/// Matches `^[!-~]+$`.
pub(crate) static IMAGE_REFERENCE_AUTOMATON: Automaton = Automaton {
    classes: &[
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8,
    ],
    class_count: 2usize,
    transitions: &[0u16, 0u16, 0u16, 2u16, 0u16, 2u16],
    accepting: &[false, false, true],
};
text_form! {
    #[doc =
    " An image as a person writes it (`ubuntu`, `registry.example/app:1.2`, `app@sha256:...`): 1 to 1024 printable ASCII characters without a space. How it is read is the plugin's business; it is kept exactly as given."]
    pub struct ImageReference = crate ::generated::tables::IMAGE_REFERENCE;
}
/// Matches `^[!-~]+$`.
pub(crate) static IMAGE_ID_AUTOMATON: Automaton = Automaton {
    classes: &[
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8,
    ],
    class_count: 2usize,
    transitions: &[0u16, 0u16, 0u16, 2u16, 0u16, 2u16],
    accepting: &[false, false, true],
};
text_form! {
    #[doc =
    " The plugin's id of an image, equal in every reply that names the image: 1 to 256 printable ASCII characters without a space; with OCI images the digest of the image's config."]
    pub struct ImageId = crate ::generated::tables::IMAGE_ID;
}
/// Matches `^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$`.
pub(crate) static DIGEST_AUTOMATON: Automaton = Automaton {
    classes: &[
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 1u8, 2u8, 3u8, 1u8, 1u8, 4u8,
        5u8, 1u8, 1u8, 1u8, 6u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 7u8, 1u8, 1u8, 1u8, 1u8, 1u8, 0u8, 8u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 9u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8,
    ],
    class_count: 10usize,
    transitions: &[
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 2u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 3u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 4u16, 0u16, 0u16, 0u16, 0u16, 0u16, 5u16, 6u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 7u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 8u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        9u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 10u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 11u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 12u16, 0u16, 0u16, 0u16, 0u16, 13u16, 13u16, 13u16, 13u16, 13u16, 0u16, 13u16, 0u16,
        0u16, 0u16, 14u16, 14u16, 14u16, 14u16, 14u16, 0u16, 14u16, 0u16, 0u16, 0u16, 15u16, 15u16,
        15u16, 15u16, 15u16, 0u16, 15u16, 0u16, 0u16, 0u16, 16u16, 16u16, 16u16, 16u16, 16u16,
        0u16, 16u16, 0u16, 0u16, 0u16, 17u16, 17u16, 17u16, 17u16, 17u16, 0u16, 17u16, 0u16, 0u16,
        0u16, 18u16, 18u16, 18u16, 18u16, 18u16, 0u16, 18u16, 0u16, 0u16, 0u16, 19u16, 19u16,
        19u16, 19u16, 19u16, 0u16, 19u16, 0u16, 0u16, 0u16, 20u16, 20u16, 20u16, 20u16, 20u16,
        0u16, 20u16, 0u16, 0u16, 0u16, 21u16, 21u16, 21u16, 21u16, 21u16, 0u16, 21u16, 0u16, 0u16,
        0u16, 22u16, 22u16, 22u16, 22u16, 22u16, 0u16, 22u16, 0u16, 0u16, 0u16, 23u16, 23u16,
        23u16, 23u16, 23u16, 0u16, 23u16, 0u16, 0u16, 0u16, 24u16, 24u16, 24u16, 24u16, 24u16,
        0u16, 24u16, 0u16, 0u16, 0u16, 25u16, 25u16, 25u16, 25u16, 25u16, 0u16, 25u16, 0u16, 0u16,
        0u16, 26u16, 26u16, 26u16, 26u16, 26u16, 0u16, 26u16, 0u16, 0u16, 0u16, 27u16, 27u16,
        27u16, 27u16, 27u16, 0u16, 27u16, 0u16, 0u16, 0u16, 28u16, 28u16, 28u16, 28u16, 28u16,
        0u16, 28u16, 0u16, 0u16, 0u16, 29u16, 29u16, 29u16, 29u16, 29u16, 0u16, 29u16, 0u16, 0u16,
        0u16, 30u16, 30u16, 30u16, 30u16, 30u16, 0u16, 30u16, 0u16, 0u16, 0u16, 31u16, 31u16,
        31u16, 31u16, 31u16, 0u16, 31u16, 0u16, 0u16, 0u16, 32u16, 32u16, 32u16, 32u16, 32u16,
        0u16, 32u16, 0u16, 0u16, 0u16, 33u16, 33u16, 33u16, 33u16, 33u16, 0u16, 33u16, 0u16, 0u16,
        0u16, 34u16, 34u16, 34u16, 34u16, 34u16, 0u16, 34u16, 0u16, 0u16, 0u16, 35u16, 35u16,
        35u16, 35u16, 35u16, 0u16, 35u16, 0u16, 0u16, 0u16, 36u16, 36u16, 36u16, 36u16, 36u16,
        0u16, 36u16, 0u16, 0u16, 0u16, 37u16, 37u16, 37u16, 37u16, 37u16, 0u16, 37u16, 0u16, 0u16,
        0u16, 38u16, 38u16, 38u16, 38u16, 38u16, 0u16, 38u16, 0u16, 0u16, 0u16, 39u16, 39u16,
        39u16, 39u16, 39u16, 0u16, 39u16, 0u16, 0u16, 0u16, 40u16, 40u16, 40u16, 40u16, 40u16,
        0u16, 40u16, 0u16, 0u16, 0u16, 41u16, 41u16, 41u16, 41u16, 41u16, 0u16, 41u16, 0u16, 0u16,
        0u16, 42u16, 42u16, 42u16, 42u16, 42u16, 0u16, 42u16, 0u16, 0u16, 0u16, 43u16, 43u16,
        43u16, 43u16, 43u16, 0u16, 43u16, 0u16, 0u16, 0u16, 44u16, 44u16, 44u16, 44u16, 44u16,
        0u16, 44u16, 0u16, 0u16, 0u16, 45u16, 45u16, 45u16, 45u16, 45u16, 0u16, 45u16, 0u16, 0u16,
        0u16, 46u16, 46u16, 46u16, 46u16, 46u16, 0u16, 46u16, 0u16, 0u16, 0u16, 47u16, 47u16,
        47u16, 47u16, 47u16, 0u16, 47u16, 0u16, 0u16, 0u16, 48u16, 48u16, 48u16, 48u16, 48u16,
        0u16, 48u16, 0u16, 0u16, 0u16, 49u16, 49u16, 49u16, 49u16, 49u16, 0u16, 49u16, 0u16, 0u16,
        0u16, 50u16, 50u16, 50u16, 50u16, 50u16, 0u16, 50u16, 0u16, 0u16, 0u16, 51u16, 51u16,
        51u16, 51u16, 51u16, 0u16, 51u16, 0u16, 0u16, 0u16, 52u16, 52u16, 52u16, 52u16, 52u16,
        0u16, 52u16, 0u16, 0u16, 0u16, 53u16, 53u16, 53u16, 53u16, 53u16, 0u16, 53u16, 0u16, 0u16,
        0u16, 54u16, 54u16, 54u16, 54u16, 54u16, 0u16, 54u16, 0u16, 0u16, 0u16, 55u16, 55u16,
        55u16, 55u16, 55u16, 0u16, 55u16, 0u16, 0u16, 0u16, 56u16, 56u16, 56u16, 56u16, 56u16,
        0u16, 56u16, 0u16, 0u16, 0u16, 57u16, 57u16, 57u16, 57u16, 57u16, 0u16, 57u16, 0u16, 0u16,
        0u16, 58u16, 58u16, 58u16, 58u16, 58u16, 0u16, 58u16, 0u16, 0u16, 0u16, 59u16, 59u16,
        59u16, 59u16, 59u16, 0u16, 59u16, 0u16, 0u16, 0u16, 60u16, 60u16, 60u16, 60u16, 60u16,
        0u16, 60u16, 0u16, 0u16, 0u16, 61u16, 61u16, 61u16, 61u16, 61u16, 0u16, 61u16, 0u16, 0u16,
        0u16, 62u16, 62u16, 62u16, 62u16, 62u16, 0u16, 62u16, 0u16, 0u16, 0u16, 63u16, 63u16,
        63u16, 63u16, 63u16, 0u16, 63u16, 0u16, 0u16, 0u16, 64u16, 64u16, 64u16, 64u16, 64u16,
        0u16, 64u16, 0u16, 0u16, 0u16, 65u16, 65u16, 65u16, 65u16, 65u16, 0u16, 65u16, 0u16, 0u16,
        0u16, 66u16, 66u16, 66u16, 66u16, 66u16, 0u16, 66u16, 0u16, 0u16, 0u16, 67u16, 67u16,
        67u16, 67u16, 67u16, 0u16, 67u16, 0u16, 0u16, 0u16, 68u16, 68u16, 68u16, 68u16, 68u16,
        0u16, 68u16, 0u16, 0u16, 0u16, 69u16, 69u16, 69u16, 69u16, 69u16, 0u16, 69u16, 0u16, 0u16,
        0u16, 70u16, 70u16, 70u16, 70u16, 70u16, 0u16, 70u16, 0u16, 0u16, 0u16, 71u16, 71u16,
        71u16, 71u16, 71u16, 0u16, 71u16, 0u16, 0u16, 0u16, 72u16, 72u16, 72u16, 72u16, 72u16,
        0u16, 72u16, 0u16, 0u16, 0u16, 73u16, 73u16, 73u16, 73u16, 73u16, 0u16, 73u16, 0u16, 0u16,
        0u16, 74u16, 74u16, 74u16, 74u16, 74u16, 0u16, 74u16, 0u16, 0u16, 0u16, 75u16, 75u16,
        75u16, 75u16, 75u16, 0u16, 75u16, 0u16, 0u16, 0u16, 76u16, 76u16, 76u16, 76u16, 76u16,
        0u16, 76u16, 0u16, 0u16, 0u16, 77u16, 77u16, 77u16, 77u16, 77u16, 0u16, 77u16, 0u16, 0u16,
        0u16, 78u16, 78u16, 78u16, 78u16, 78u16, 0u16, 78u16, 0u16, 0u16, 0u16, 79u16, 79u16,
        79u16, 79u16, 79u16, 0u16, 79u16, 0u16, 0u16, 0u16, 80u16, 80u16, 80u16, 80u16, 80u16,
        0u16, 80u16, 0u16, 0u16, 0u16, 81u16, 81u16, 81u16, 81u16, 81u16, 0u16, 81u16, 0u16, 0u16,
        0u16, 82u16, 82u16, 82u16, 82u16, 82u16, 0u16, 82u16, 0u16, 0u16, 0u16, 83u16, 83u16,
        83u16, 83u16, 83u16, 0u16, 83u16, 0u16, 0u16, 0u16, 84u16, 84u16, 84u16, 84u16, 84u16,
        0u16, 84u16, 0u16, 0u16, 0u16, 85u16, 85u16, 85u16, 85u16, 85u16, 0u16, 85u16, 0u16, 0u16,
        0u16, 86u16, 86u16, 86u16, 86u16, 86u16, 0u16, 86u16, 0u16, 0u16, 0u16, 87u16, 87u16,
        87u16, 87u16, 87u16, 0u16, 87u16, 0u16, 0u16, 0u16, 88u16, 88u16, 88u16, 88u16, 88u16,
        0u16, 88u16, 0u16, 0u16, 0u16, 89u16, 89u16, 89u16, 89u16, 89u16, 0u16, 89u16, 0u16, 0u16,
        0u16, 90u16, 90u16, 90u16, 90u16, 90u16, 0u16, 90u16, 0u16, 0u16, 0u16, 91u16, 91u16,
        91u16, 91u16, 91u16, 0u16, 91u16, 0u16, 0u16, 0u16, 92u16, 92u16, 92u16, 92u16, 92u16,
        0u16, 92u16, 0u16, 0u16, 0u16, 93u16, 93u16, 93u16, 93u16, 93u16, 0u16, 93u16, 0u16, 0u16,
        0u16, 94u16, 94u16, 94u16, 94u16, 94u16, 0u16, 94u16, 0u16, 0u16, 0u16, 95u16, 95u16,
        95u16, 95u16, 95u16, 0u16, 95u16, 0u16, 0u16, 0u16, 96u16, 96u16, 96u16, 96u16, 96u16,
        0u16, 96u16, 0u16, 0u16, 0u16, 97u16, 97u16, 97u16, 97u16, 97u16, 0u16, 97u16, 0u16, 0u16,
        0u16, 98u16, 98u16, 98u16, 98u16, 98u16, 0u16, 98u16, 0u16, 0u16, 0u16, 99u16, 99u16,
        99u16, 99u16, 99u16, 0u16, 99u16, 0u16, 0u16, 0u16, 100u16, 100u16, 100u16, 100u16, 100u16,
        0u16, 100u16, 0u16, 0u16, 0u16, 101u16, 101u16, 101u16, 101u16, 101u16, 0u16, 101u16, 0u16,
        0u16, 0u16, 102u16, 102u16, 102u16, 102u16, 102u16, 0u16, 102u16, 0u16, 0u16, 0u16, 103u16,
        103u16, 103u16, 103u16, 103u16, 0u16, 103u16, 0u16, 0u16, 0u16, 104u16, 104u16, 104u16,
        104u16, 104u16, 0u16, 104u16, 0u16, 0u16, 0u16, 105u16, 105u16, 105u16, 105u16, 105u16,
        0u16, 105u16, 0u16, 0u16, 0u16, 106u16, 106u16, 106u16, 106u16, 106u16, 0u16, 106u16, 0u16,
        0u16, 0u16, 107u16, 107u16, 107u16, 107u16, 107u16, 0u16, 107u16, 0u16, 0u16, 0u16, 108u16,
        108u16, 108u16, 108u16, 108u16, 0u16, 108u16, 0u16, 0u16, 0u16, 109u16, 109u16, 109u16,
        109u16, 109u16, 0u16, 109u16, 0u16, 0u16, 0u16, 110u16, 110u16, 110u16, 110u16, 110u16,
        0u16, 110u16, 0u16, 0u16, 0u16, 111u16, 111u16, 111u16, 111u16, 111u16, 0u16, 111u16, 0u16,
        0u16, 0u16, 112u16, 112u16, 112u16, 112u16, 112u16, 0u16, 112u16, 0u16, 0u16, 0u16, 113u16,
        113u16, 113u16, 113u16, 113u16, 0u16, 113u16, 0u16, 0u16, 0u16, 114u16, 114u16, 114u16,
        114u16, 114u16, 0u16, 114u16, 0u16, 0u16, 0u16, 115u16, 115u16, 115u16, 115u16, 115u16,
        0u16, 115u16, 0u16, 0u16, 0u16, 116u16, 116u16, 116u16, 116u16, 116u16, 0u16, 116u16, 0u16,
        0u16, 0u16, 117u16, 117u16, 117u16, 117u16, 117u16, 0u16, 117u16, 0u16, 0u16, 0u16, 118u16,
        118u16, 118u16, 118u16, 118u16, 0u16, 118u16, 0u16, 0u16, 0u16, 119u16, 119u16, 119u16,
        119u16, 119u16, 0u16, 119u16, 0u16, 0u16, 0u16, 120u16, 120u16, 120u16, 120u16, 120u16,
        0u16, 120u16, 0u16, 0u16, 0u16, 121u16, 121u16, 121u16, 121u16, 121u16, 0u16, 121u16, 0u16,
        0u16, 0u16, 122u16, 122u16, 122u16, 122u16, 122u16, 0u16, 122u16, 0u16, 0u16, 0u16, 123u16,
        123u16, 123u16, 123u16, 123u16, 0u16, 123u16, 0u16, 0u16, 0u16, 124u16, 124u16, 124u16,
        124u16, 124u16, 0u16, 124u16, 0u16, 0u16, 0u16, 125u16, 125u16, 125u16, 125u16, 125u16,
        0u16, 125u16, 0u16, 0u16, 0u16, 126u16, 126u16, 126u16, 126u16, 126u16, 0u16, 126u16, 0u16,
        0u16, 0u16, 127u16, 127u16, 127u16, 127u16, 127u16, 0u16, 127u16, 0u16, 0u16, 0u16, 128u16,
        128u16, 128u16, 128u16, 128u16, 0u16, 128u16, 0u16, 0u16, 0u16, 129u16, 129u16, 129u16,
        129u16, 129u16, 0u16, 129u16, 0u16, 0u16, 0u16, 130u16, 130u16, 130u16, 130u16, 130u16,
        0u16, 130u16, 0u16, 0u16, 0u16, 131u16, 131u16, 131u16, 131u16, 131u16, 0u16, 131u16, 0u16,
        0u16, 0u16, 132u16, 132u16, 132u16, 132u16, 132u16, 0u16, 132u16, 0u16, 0u16, 0u16, 133u16,
        133u16, 133u16, 133u16, 133u16, 0u16, 133u16, 0u16, 0u16, 0u16, 134u16, 134u16, 134u16,
        134u16, 134u16, 0u16, 134u16, 0u16, 0u16, 0u16, 135u16, 135u16, 135u16, 135u16, 135u16,
        0u16, 135u16, 0u16, 0u16, 0u16, 136u16, 136u16, 136u16, 136u16, 136u16, 0u16, 136u16, 0u16,
        0u16, 0u16, 137u16, 137u16, 137u16, 137u16, 137u16, 0u16, 137u16, 0u16, 0u16, 0u16, 138u16,
        138u16, 138u16, 138u16, 138u16, 0u16, 138u16, 0u16, 0u16, 0u16, 139u16, 139u16, 139u16,
        139u16, 139u16, 0u16, 139u16, 0u16, 0u16, 0u16, 11u16, 11u16, 11u16, 11u16, 11u16, 0u16,
        11u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
    ],
    accepting: &[
        false, false, false, false, false, false, false, false, false, false, false, false, false,
        false, false, false, false, false, false, false, false, false, false, false, false, false,
        false, false, false, false, false, false, false, false, false, false, false, false, false,
        false, false, false, false, false, false, false, false, false, false, false, false, false,
        false, false, false, false, false, false, false, false, false, false, false, false, false,
        false, false, false, false, false, false, false, false, false, false, false, false, false,
        false, false, false, false, false, false, false, false, false, false, false, false, false,
        false, false, false, false, false, false, false, false, false, false, false, false, false,
        false, false, false, false, false, false, false, false, false, false, false, false, false,
        false, false, false, false, false, false, false, false, false, false, false, false, false,
        false, false, false, false, false, false, false, false, false, true,
    ],
};
text_form! {
    #[doc =
    " The digest of a piece of content: the algorithm, a colon and lower-case hexadecimal digits. `sha256` and `sha512` are known."]
    pub struct Digest = crate ::generated::tables::DIGEST;
}
/// Matches `^[a-z0-9]+/[a-z0-9_]+(/[a-z0-9.]+)?$`.
pub(crate) static PLATFORM_AUTOMATON: Automaton = Automaton {
    classes: &[
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 1u8, 2u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8,
        3u8, 3u8, 3u8, 3u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 4u8, 0u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8,
        3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8,
    ],
    class_count: 5usize,
    transitions: &[
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 2u16, 0u16, 0u16, 0u16, 3u16, 2u16, 0u16,
        0u16, 0u16, 0u16, 4u16, 4u16, 0u16, 0u16, 5u16, 4u16, 4u16, 0u16, 6u16, 0u16, 6u16, 0u16,
        0u16, 6u16, 0u16, 6u16, 0u16,
    ],
    accepting: &[false, false, false, false, true, false, true],
};
text_form! {
    #[doc =
    " An operating system, an architecture and where needed a variant, as OCI spells them: `linux/amd64`, `linux/arm/v7`."]
    pub struct Platform = crate ::generated::tables::PLATFORM;
}
/// Matches `^(([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])))|(([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29))T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?Z$`.
pub(crate) static TIMESTAMP_AUTOMATON: Automaton = Automaton {
    classes: &[
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 1u8, 2u8, 0u8, 3u8, 4u8, 5u8, 6u8, 7u8, 8u8,
        9u8, 10u8, 11u8, 12u8, 13u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 14u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 15u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8,
    ],
    class_count: 16usize,
    transitions: &[
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 2u16, 3u16, 2u16, 3u16, 2u16, 3u16, 2u16, 3u16, 2u16, 3u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 4u16, 5u16, 5u16, 5u16, 4u16, 5u16, 5u16, 5u16, 4u16, 5u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 5u16, 5u16, 4u16, 5u16, 5u16, 5u16, 4u16, 5u16, 5u16,
        5u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 6u16, 7u16, 6u16, 7u16, 6u16, 7u16, 6u16, 7u16,
        6u16, 7u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 8u16, 7u16, 6u16, 7u16, 6u16, 7u16, 6u16,
        7u16, 6u16, 7u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 9u16, 10u16, 10u16, 10u16, 9u16,
        10u16, 10u16, 10u16, 9u16, 10u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 10u16, 10u16, 9u16,
        10u16, 10u16, 10u16, 9u16, 10u16, 10u16, 10u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 10u16,
        10u16, 10u16, 10u16, 9u16, 10u16, 10u16, 10u16, 9u16, 10u16, 0u16, 0u16, 0u16, 0u16, 11u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        12u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 13u16, 14u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 15u16, 14u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 16u16, 17u16, 16u16, 18u16, 16u16, 18u16, 16u16, 16u16,
        18u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 16u16, 18u16, 16u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 16u16, 19u16, 16u16, 18u16,
        16u16, 18u16, 16u16, 16u16, 18u16, 0u16, 0u16, 0u16, 0u16, 20u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 21u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 22u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 23u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 24u16, 25u16, 25u16, 26u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 24u16, 25u16, 25u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 24u16, 25u16, 25u16, 27u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 24u16, 25u16, 28u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 29u16, 29u16, 29u16, 29u16,
        29u16, 29u16, 29u16, 29u16, 29u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 29u16, 29u16, 29u16,
        29u16, 29u16, 29u16, 29u16, 29u16, 29u16, 29u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 29u16,
        29u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        29u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 29u16, 29u16, 29u16, 29u16, 29u16, 29u16, 29u16, 29u16, 29u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        30u16, 0u16, 0u16, 0u16, 0u16, 31u16, 31u16, 32u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 33u16, 33u16, 33u16, 33u16, 33u16, 33u16, 33u16,
        33u16, 33u16, 33u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 33u16, 33u16, 33u16, 33u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 34u16, 0u16, 0u16, 0u16, 0u16, 0u16, 35u16, 35u16,
        35u16, 35u16, 35u16, 35u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        36u16, 36u16, 36u16, 36u16, 36u16, 36u16, 36u16, 36u16, 36u16, 36u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 37u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 38u16, 38u16, 38u16, 38u16, 38u16, 38u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 39u16, 39u16, 39u16, 39u16, 39u16, 39u16, 39u16, 39u16,
        39u16, 39u16, 0u16, 0u16, 0u16, 0u16, 0u16, 40u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 41u16, 0u16, 0u16, 0u16, 42u16, 42u16, 42u16, 42u16,
        42u16, 42u16, 42u16, 42u16, 42u16, 42u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 43u16,
        43u16, 43u16, 43u16, 43u16, 43u16, 43u16, 43u16, 43u16, 43u16, 0u16, 0u16, 41u16, 0u16,
        0u16, 0u16, 44u16, 44u16, 44u16, 44u16, 44u16, 44u16, 44u16, 44u16, 44u16, 44u16, 0u16,
        0u16, 41u16, 0u16, 0u16, 0u16, 45u16, 45u16, 45u16, 45u16, 45u16, 45u16, 45u16, 45u16,
        45u16, 45u16, 0u16, 0u16, 41u16, 0u16, 0u16, 0u16, 46u16, 46u16, 46u16, 46u16, 46u16,
        46u16, 46u16, 46u16, 46u16, 46u16, 0u16, 0u16, 41u16, 0u16, 0u16, 0u16, 47u16, 47u16,
        47u16, 47u16, 47u16, 47u16, 47u16, 47u16, 47u16, 47u16, 0u16, 0u16, 41u16, 0u16, 0u16,
        0u16, 48u16, 48u16, 48u16, 48u16, 48u16, 48u16, 48u16, 48u16, 48u16, 48u16, 0u16, 0u16,
        41u16, 0u16, 0u16, 0u16, 49u16, 49u16, 49u16, 49u16, 49u16, 49u16, 49u16, 49u16, 49u16,
        49u16, 0u16, 0u16, 41u16, 0u16, 0u16, 0u16, 50u16, 50u16, 50u16, 50u16, 50u16, 50u16,
        50u16, 50u16, 50u16, 50u16, 0u16, 0u16, 41u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 41u16,
    ],
    accepting: &[
        false, false, false, false, false, false, false, false, false, false, false, false, false,
        false, false, false, false, false, false, false, false, false, false, false, false, false,
        false, false, false, false, false, false, false, false, false, false, false, false, false,
        false, false, true, false, false, false, false, false, false, false, false, false,
    ],
};
text_form! {
    #[doc =
    " A moment in UTC as RFC 3339 writes it, with a `Z` and up to 9 digits of a second: `2026-11-23T18:00:00.123456789Z`. The day must exist; leap seconds do not."]
    pub struct Timestamp = crate ::generated::tables::TIMESTAMP;
}
/// Matches `^/[^\u0000]*$`.
pub(crate) static ABSOLUTE_PATH_AUTOMATON: Automaton = Automaton {
    classes: &[
        0u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 2u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8,
        4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 5u8, 5u8,
        5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8,
        5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 0u8, 0u8, 6u8, 6u8, 6u8, 6u8,
        6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8,
        6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 7u8, 8u8, 8u8, 8u8, 8u8, 8u8, 8u8, 8u8, 8u8, 8u8,
        8u8, 8u8, 8u8, 9u8, 8u8, 8u8, 10u8, 11u8, 11u8, 11u8, 12u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8,
    ],
    class_count: 13usize,
    transitions: &[
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        2u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 2u16, 2u16, 0u16,
        0u16, 0u16, 3u16, 4u16, 5u16, 6u16, 7u16, 8u16, 9u16, 0u16, 0u16, 0u16, 2u16, 2u16, 2u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 3u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 3u16, 3u16, 3u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 3u16, 3u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 5u16, 5u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 5u16, 5u16, 5u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        5u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
    ],
    accepting: &[
        false, false, true, false, false, false, false, false, false, false,
    ],
};
text_form! {
    #[doc =
    " A path on the plugin's machine that begins at the root: `/` and then up to 4095 characters, none of them NUL."]
    pub struct AbsolutePath = crate ::generated::tables::ABSOLUTE_PATH;
}
/// Matches `^[0-9A-Fa-f.:]+$`.
pub(crate) static IP_ADDRESS_AUTOMATON: Automaton = Automaton {
    classes: &[
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 1u8, 0u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8,
    ],
    class_count: 2usize,
    transitions: &[0u16, 0u16, 0u16, 2u16, 0u16, 2u16],
    accepting: &[false, false, true],
};
text_form! {
    #[doc =
    " An IPv4 or IPv6 address in text, without a prefix length. The form allows the characters of an address; whether it is one is for the plugin to say."]
    pub struct IpAddress = crate ::generated::tables::IP_ADDRESS;
}
/// Matches `^[0-9A-Fa-f.:]+/[0-9]{1,3}$`.
pub(crate) static SUBNET_AUTOMATON: Automaton = Automaton {
    classes: &[
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 1u8, 2u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8,
        3u8, 3u8, 3u8, 3u8, 1u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8,
    ],
    class_count: 4usize,
    transitions: &[
        0u16, 0u16, 0u16, 0u16, 0u16, 2u16, 0u16, 2u16, 0u16, 2u16, 3u16, 2u16, 0u16, 0u16, 0u16,
        4u16, 0u16, 0u16, 0u16, 5u16, 0u16, 0u16, 0u16, 6u16, 0u16, 0u16, 0u16, 0u16,
    ],
    accepting: &[false, false, false, false, true, true, true],
};
text_form! {
    #[doc =
    " An IPv4 or IPv6 address, a slash and a prefix length: `172.18.0.0/16`, `fd00::/64`. The form allows the characters of a subnet; whether it is one is for the plugin to say."]
    pub struct Subnet = crate ::generated::tables::SUBNET;
}
/// Matches `^[^=\u0000]+$`.
pub(crate) static ENVIRONMENT_NAME_AUTOMATON: Automaton = Automaton {
    classes: &[
        0u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 0u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8,
        3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 4u8, 4u8,
        4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8,
        4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 0u8, 0u8, 5u8, 5u8, 5u8, 5u8,
        5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8,
        5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 6u8, 7u8, 7u8, 7u8, 7u8, 7u8, 7u8, 7u8, 7u8, 7u8,
        7u8, 7u8, 7u8, 8u8, 7u8, 7u8, 9u8, 10u8, 10u8, 10u8, 11u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8,
    ],
    class_count: 12usize,
    transitions: &[
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 2u16, 0u16,
        0u16, 0u16, 3u16, 4u16, 5u16, 6u16, 7u16, 8u16, 9u16, 0u16, 2u16, 0u16, 0u16, 0u16, 3u16,
        4u16, 5u16, 6u16, 7u16, 8u16, 9u16, 0u16, 0u16, 2u16, 2u16, 2u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 3u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 3u16, 3u16, 3u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 3u16,
        3u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 5u16, 5u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 5u16, 5u16, 5u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 5u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
    ],
    accepting: &[
        false, false, true, false, false, false, false, false, false, false,
    ],
};
/// Matches `^[^\u0000]*$`.
pub(crate) static ENVIRONMENT_VALUE_AUTOMATON: Automaton = Automaton {
    classes: &[
        0u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8, 2u8,
        3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 3u8, 4u8, 4u8,
        4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8,
        4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 0u8, 0u8, 5u8, 5u8, 5u8, 5u8,
        5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8,
        5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 6u8, 7u8, 7u8, 7u8, 7u8, 7u8, 7u8, 7u8, 7u8, 7u8,
        7u8, 7u8, 7u8, 8u8, 7u8, 7u8, 9u8, 10u8, 10u8, 10u8, 11u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8,
    ],
    class_count: 12usize,
    transitions: &[
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 1u16, 0u16,
        0u16, 0u16, 2u16, 3u16, 4u16, 5u16, 6u16, 7u16, 8u16, 0u16, 0u16, 1u16, 1u16, 1u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 2u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 2u16, 2u16, 2u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 2u16, 2u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        4u16, 4u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 4u16, 4u16, 4u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 4u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16,
    ],
    accepting: &[false, true, false, false, false, false, false, false, false],
};
/// Matches `^(/([^~/]|~[01])*)*$`.
pub(crate) static JSON_POINTER_AUTOMATON: Automaton = Automaton {
    classes: &[
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 1u8, 2u8, 2u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        3u8, 0u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8, 4u8,
        5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 5u8, 6u8, 6u8,
        6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8,
        6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 6u8, 7u8, 7u8, 8u8, 8u8, 8u8, 8u8,
        8u8, 8u8, 8u8, 8u8, 8u8, 8u8, 8u8, 8u8, 8u8, 8u8, 8u8, 8u8, 8u8, 8u8, 8u8, 8u8, 8u8, 8u8,
        8u8, 8u8, 8u8, 8u8, 8u8, 8u8, 8u8, 8u8, 9u8, 10u8, 10u8, 10u8, 10u8, 10u8, 10u8, 10u8,
        10u8, 10u8, 10u8, 10u8, 10u8, 11u8, 10u8, 10u8, 12u8, 13u8, 13u8, 13u8, 14u8, 7u8, 7u8,
        7u8, 7u8, 7u8, 7u8, 7u8, 7u8, 7u8, 7u8, 7u8,
    ],
    class_count: 15usize,
    transitions: &[
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 2u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        2u16, 2u16, 2u16, 3u16, 0u16, 0u16, 0u16, 0u16, 4u16, 5u16, 6u16, 7u16, 8u16, 9u16, 10u16,
        0u16, 0u16, 2u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 2u16, 2u16, 2u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 4u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 4u16, 4u16, 4u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 4u16, 4u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 0u16, 6u16, 6u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 6u16, 6u16, 6u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
        0u16, 0u16, 0u16, 0u16, 6u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16, 0u16,
    ],
    accepting: &[
        false, true, true, false, false, false, false, false, false, false, false,
    ],
};
text_form! {
    #[doc =
    " A place in a JSON document as RFC 6901 writes it: empty for the whole, `/config/image` for a member. Up to 65536 characters."]
    pub struct JsonPointer = crate ::generated::tables::JSON_POINTER;
}
/// Matches `^[a-z_]+$`.
pub(crate) static COMMAND_NAME_AUTOMATON: Automaton = Automaton {
    classes: &[
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 1u8, 0u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8,
        1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 1u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8,
        0u8, 0u8, 0u8, 0u8,
    ],
    class_count: 2usize,
    transitions: &[0u16, 0u16, 0u16, 2u16, 0u16, 2u16],
    accepting: &[false, false, true],
};
text_form! {
    #[doc =
    " The name of a command, of this version of the protocol or a later one: 1 to 64 lower-case letters and `_`."]
    pub struct CommandName = crate ::generated::tables::COMMAND_NAME;
}
