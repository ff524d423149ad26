//! The kill matrix: which check of the suite sees which mutant. It shows that
//! every check can fail, that every rule has one, and that a sound plugin fails
//! none.

mod collect;
mod hosts;
mod page;
mod play;
mod suite;
mod table;
mod tree;

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use clap::{Parser, ValueEnum};

use collect::Subject;
use play::Played;
use table::{Matrix, Mutant};
use tree::{PLUGINS, Tree};

/// Everything is as it should be.
pub const FINE: u8 = 0;
/// A mutant survives, a check kills none, a rule has none, or a file differs.
pub const GAPS: u8 = 1;
/// Something could not be run.
pub const CANNOT_RUN: u8 = 2;

/// How often is played again what came out otherwise than it is committed.
const TIMES_AGAIN: usize = 3;

/// Why the matrix cannot be made.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Play the conformance suite against every mutant, and keep the kill matrix
///
/// A kill counts only where a check of the rule failed that the mutant breaks.
#[derive(Debug, Parser)]
#[command(name = "shellrt-mutants", version, after_help = HELP)]
pub struct Arguments {
    /// Compare with what is committed in conformance and docs/reports
    #[arg(long, conflicts_with = "write")]
    check: bool,
    /// Write these two files anew
    #[arg(long)]
    write: bool,
    /// Mutants of this plugin only; what is committed of the others stays
    #[arg(long, value_enum)]
    base: Option<Engine>,
    /// Mutants of hosts, which have a matrix of their own
    #[arg(long, conflicts_with = "base")]
    hosts: bool,
    /// Mutants of this name, part of a name, or rule only; may be given again
    #[arg(long, value_name = "TEXT")]
    filter: Vec<String>,
    /// How many mutants are played at a time [default: four for each core, two on
    /// containerd]
    #[arg(long, short, value_name = "N")]
    jobs: Option<NonZeroUsize>,
}

/// What a mutant needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
enum Engine {
    /// Nothing: `shellrt-process`, or a whole plugin.
    Process,
    /// Root, and a containerd that `with-containerd` runs.
    Containerd,
}

const HELP: &str = "Examples:
  shellrt-mutants --base process --check
  shellrt-mutants --filter core/ --filter E-2
  shellrt-mutants --hosts --check
  with-containerd -- shellrt-mutants --base containerd --write

Exit status:
  0  every mutant is killed, every check kills one, the files are the same
  1  that does not hold
  2  it could not be found out";

/// # Errors
/// When a mutant file is wrong, or the suite cannot be run at all.
pub fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let tree = Tree::find()?;
    if arguments.hosts {
        return hosts::run(arguments, &tree);
    }
    let mut subjects = collect::subjects(&tree)?;
    let narrowed = arguments.base.is_some() || !arguments.filter.is_empty();
    let all: BTreeMap<String, Mutant> = subjects
        .iter()
        .map(|subject| (subject.id.clone(), Mutant::of(subject)))
        .collect();
    subjects.retain(|subject| is_meant(arguments, subject));
    if subjects.is_empty() {
        return Err("no mutant is meant\nhint: they are the files of conformance/mutants".into());
    }
    let jobs = arguments
        .jobs
        .map_or_else(|| usual_jobs(&subjects), NonZeroUsize::get);
    let sound = if arguments.filter.is_empty() {
        play::sound(&tree, &subjects)?
    } else {
        Vec::new()
    };
    let committed = tree.matrix(&PLUGINS)?;
    let mut played = play::all(&tree, &subjects, jobs)?;
    if arguments.check {
        for _ in 0..TIMES_AGAIN {
            again(&tree, &subjects, &committed, &mut played)?;
        }
    }
    let kept = if narrowed { Some(&committed) } else { None };
    let matrix = Matrix::assemble(&tree, &all, &played, kept)?;

    let mut faults: Vec<String> = played.iter().filter_map(Played::survival).collect();
    faults.extend(sound.iter().flat_map(|run| run.faults()));
    if arguments.filter.is_empty() {
        faults.extend(matrix.left_alive(&played));
        faults.extend(matrix.gaps());
    }
    if arguments.write {
        tree.write(&PLUGINS, &matrix)?;
    } else if arguments.check {
        faults.extend(tree.differences(&PLUGINS, &matrix)?);
    }
    for fault in &faults {
        println!("{fault}");
    }
    println!("{}", matrix.summary(played.len()));
    Ok(if faults.is_empty() { FINE } else { GAPS })
}

/// What came out otherwise than it is committed is played again, one at a time:
/// on a busy machine a limit may have passed, and what is really so stays so.
fn again(
    tree: &Tree,
    subjects: &[Subject],
    committed: &Matrix,
    played: &mut Vec<Played>,
) -> Result<(), Failure> {
    let (same, other): (Vec<Played>, Vec<Played>) = std::mem::take(played)
        .into_iter()
        .partition(|played| committed.agrees(&played.id, &played.killed_by));
    let ids: Vec<&str> = other.iter().map(|played| played.id.as_str()).collect();
    let subjects: Vec<Subject> = subjects
        .iter()
        .filter(|subject| ids.contains(&subject.id.as_str()))
        .cloned()
        .collect();
    *played = same;
    played.extend(play::all(tree, &subjects, 1)?);
    played.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(())
}

fn is_meant(arguments: &Arguments, subject: &Subject) -> bool {
    let engine = arguments.base.is_none_or(|base| base == subject.engine());
    let named = |text: &String| subject.id.contains(text) || subject.mutant.breaks == *text;
    engine && (arguments.filter.is_empty() || arguments.filter.iter().any(named))
}

/// Most cases wait most of their time; containerd does not.
fn usual_jobs(subjects: &[Subject]) -> usize {
    let is_light = |subject: &Subject| subject.engine() == Engine::Process;
    let for_each_core = if subjects.iter().all(is_light) { 4 } else { 2 };
    for_each_core * std::thread::available_parallelism().map_or(1, NonZeroUsize::get)
}
