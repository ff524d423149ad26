//! Modules: what of them is in containerd's records, what is in this plugin's
//! files, and how one is started, ended and concluded.

mod cgroup;
mod conclude;
mod files;
mod identifier;
mod launch;
mod machine;
mod record;
mod standing;
mod store;
mod stray;

pub(crate) use cgroup::Cgroup;
pub(crate) use conclude::{claim_stop, conclude, end, end_processes, end_task};
pub(crate) use files::{Launch, make_directory};
pub(crate) use identifier::{is_identifier, lease_of, of_name};
pub(crate) use launch::launch;
pub(crate) use record::{Exit, ImageOfModule, NAME_LABEL, SPEC_KEY, Spec, name_and_spec};
pub(crate) use standing::{Module, Standing, Unseen, look, look_for};
pub(crate) use store::{Guard, Store};
pub(crate) use stray::end_shims;
