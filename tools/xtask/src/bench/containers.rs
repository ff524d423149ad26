//! The containerd plugin beside containerd's own client doing the same, on a
//! real containerd, as root: times, memory, sizes.

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::Bench;
use super::modules::{LIST, SIZES, top};
use super::timing::{Contender, medians, run_on, shown};
use super::yard::{Yard, table};
use crate::beside::{self, WithContainerd};
use crate::package::{build_static, static_programs};
use crate::packages::{self, Package};
use crate::process::text;
use crate::{Failure, OK};

const PLUGIN: &str = "shellrt-containerd";
const IMAGE: &str = "busybox";
const ROUNDS: usize = 51;
/// The modules beside which one request is measured.
const FEW: usize = 10;
/// What says how much memory a process had at most, and what compiles C for a
/// static program.
const MEASURE: &[Package] = &[("time", "time"), ("musl-tools", "musl-gcc")];

/// Starts the bench anew beside a containerd, or says why not.
pub(crate) fn run(bench: &Bench) -> Result<(), Failure> {
    let missing = packages::missing(MEASURE).join(" ");
    let unmeasured = (!missing.is_empty()).then(|| {
        format!(
            "the plugin is measured as it is shipped, static, and its memory by GNU time: \
             apt-get install {missing}"
        )
    });
    if let Some(reason) = beside::lacking().or(unmeasured) {
        println!("containers: skipped: {reason}\n");
        return Ok(());
    }
    eprintln!("building a static {PLUGIN} ...");
    build_static(PLUGIN)?;
    let beside = WithContainerd {
        programs: &bench.programs,
        images: &[IMAGE],
    };
    if beside.run_again(&["bench", "containers"])? {
        Ok(())
    } else {
        Err("the bench on containers failed, or something was left: see above".into())
    }
}

/// The bench itself, where there are a containerd and a registry.
pub(crate) fn run_beside(bench: &Bench, registry: &str) -> Result<u8, Failure> {
    let image = format!("{registry}/{IMAGE}");
    let own = std::env::var("SHELLRT_CONTAINERD_NAMESPACE")?;
    let yard = yard(bench, &own, FEW);
    create(&yard, &image)?;
    yard.each("start", r#""_meta":{}"#)?;
    one_request(&yard, &Ctr::new(&own)?)?;
    logger(&own)?;
    drop_all(yard, &image)?;
    growth(bench, &own, &image)?;
    Ok(OK)
}

fn yard(bench: &Bench, namespace: &str, size: usize) -> Yard {
    let arguments = ["--namespace", namespace].map(OsString::from);
    Yard::new(bench, static_programs().join(PLUGIN), arguments, size)
}

/// Pulls the image and makes the modules, each with what an edge agent gives to
/// one: forty variables and a dozen labels.
fn create(yard: &Yard, image: &str) -> Result<(), Failure> {
    yard.done(&format!(r#""_type":"img_pull","image":"{image}""#))?;
    let member = |name: String, length| format!(r#""{name}":"{}""#, "x".repeat(length));
    let env: Vec<_> = (0..40)
        .map(|number| member(format!("SETTING_{number}"), 80))
        .collect();
    let labels: Vec<_> = (0..12)
        .map(|number| member(format!("label-{number}"), 60))
        .collect();
    let config = format!(r#"{{"image":"{image}","env":{{{}}}}}"#, env.join(","));
    let labels = labels.join(",");
    yard.each(
        "create",
        &format!(r#""config_type":"containerd","config":{config},"labels":{{{labels}}}"#),
    )
}

fn drop_all(yard: Yard, image: &str) -> Result<(), Failure> {
    yard.each("remove", r#""_meta":{}"#)?;
    yard.done(&format!(r#""_type":"img_remove","image":"{image}""#))?;
    Ok(())
}

/// containerd's own client.
struct Ctr([OsString; 4]);

impl Ctr {
    fn new(namespace: &str) -> Result<Ctr, Failure> {
        let address = std::env::var_os("SHELLRT_CONTAINERD_ADDRESS");
        let address = address.ok_or("there is no containerd")?;
        Ok(Ctr([
            "--address".into(),
            address,
            "--namespace".into(),
            namespace.into(),
        ]))
    }

    fn command(&self, words: &str) -> Command {
        let mut command = Command::new("ctr");
        command.args(&self.0).args(words.split(' '));
        command
    }
}

/// A command, its request, and the command line of ctr that asks for the same.
fn pairs() -> [(&'static str, String, &'static str); 4] {
    let status = r#""_type":"status","name":"module-0""#;
    [
        ("version", r#""_type":"version""#.to_owned(), "version"),
        ("list", LIST.to_owned(), "container ls"),
        ("status", status.to_owned(), "task ls"),
        ("top", top(0), "task ps module-0"),
    ]
}

fn one_request(yard: &Yard, ctr: &Ctr) -> Result<(), Failure> {
    let pairs = pairs();
    let nothing = || Command::new("/bin/true");
    let mut contenders: Vec<Contender<'_>> =
        vec![("/bin/true", Box::new(|| run_on(&mut nothing(), None)))];
    for (name, members, words) in &pairs {
        contenders.push((name, Box::new(move || yard.ask(members))));
        contenders.push((
            words,
            Box::new(move || run_on(&mut ctr.command(words), None)),
        ));
    }
    println!("one request, {FEW} modules that run, spawn to exit, median of {ROUNDS}; peak memory");
    let times = medians(ROUNDS, &mut contenders)?;
    drop(contenders);
    let least = times[0];
    line("/bin/true", least, peak(&nothing(), None)?, least);
    for ((name, members, words), times) in pairs.iter().zip(times[1..].chunks(2)) {
        let ours = peak(&yard.plugin(), Some(&yard.write(members)?))?;
        let theirs = peak(&ctr.command(words), None)?;
        line(&format!("{PLUGIN}, `{name}`"), times[0], ours, least);
        line(&format!("ctr {words}"), times[1], theirs, least);
        let ratio = times[1].as_secs_f64() / times[0].as_secs_f64();
        println!("    the plugin is {ratio:.1} times as fast");
    }
    for (name, program) in [
        (PLUGIN, Some(PathBuf::from(yard.plugin().get_program()))),
        ("ctr", packages::find("ctr")),
    ] {
        let path = program.ok_or_else(|| format!("there is no {name}"))?;
        let size = mebibytes(fs::metadata(path)?.len());
        println!("  size of {name:<24} {size:>10}");
    }
    println!();
    Ok(())
}

fn line(name: &str, time: Duration, peak: u64, least: Duration) {
    let ratio = time.as_secs_f64() / least.as_secs_f64();
    let (time, peak) = (shown(time), mebibytes(peak));
    println!("  {name:<32} {time:>10}  {ratio:>7.2} x  {peak:>10}");
}

/// The most memory that a run had, in bytes, by GNU time: it is so small itself
/// that what a process has before it becomes the program does not count.
fn peak(command: &Command, input: Option<&Path>) -> Result<u64, Failure> {
    let mut measured = Command::new("/usr/bin/time");
    measured
        .args(["--format", "%M"])
        .arg(command.get_program())
        .args(command.get_args())
        .stdin(match input {
            Some(path) => File::open(path)?.into(),
            None => Stdio::null(),
        });
    let output = measured.output()?;
    let written = String::from_utf8_lossy(&output.stderr);
    let kibibytes: Option<u64> = written.lines().last().and_then(|line| line.parse().ok());
    match kibibytes {
        Some(kibibytes) if output.status.success() => Ok(1024 * kibibytes),
        _ => Err(format!("{measured:?}: {}", text(&output)).into()),
    }
}

fn mebibytes(bytes: u64) -> String {
    let tenths = bytes * 10 / (1024 * 1024);
    format!("{}.{} MiB", tenths / 10, tenths % 10)
}

/// What stays in memory for each module that runs, the shim apart.
fn logger(namespace: &str) -> Result<(), Failure> {
    let found = fs::read_dir("/proc")?.flatten().find(|entry| {
        let command = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let command = String::from_utf8_lossy(&command);
        command.contains("shellrt-logger") && command.contains(namespace)
    });
    let path = found.ok_or("no module has a logger")?.path();
    println!("one logger, of a module that writes two lines a second");
    for (name, file, key) in [
        ("resident (RSS)", "status", "VmRSS:"),
        ("its share (PSS)", "smaps_rollup", "Pss:"),
    ] {
        let size = mebibytes(1024 * kibibytes(&path.join(file), key)?);
        println!("  {name:<32} {size:>10}");
    }
    println!();
    Ok(())
}

/// The number after `key` in a file of lines `key number kB`.
fn kibibytes(file: &Path, key: &str) -> Result<u64, Failure> {
    let text = fs::read_to_string(file)?;
    let value = text.lines().find_map(|line| line.strip_prefix(key));
    let number = value.and_then(|value| value.split_whitespace().next()?.parse().ok());
    number.ok_or_else(|| format!("{} has no `{key}`", file.display()).into())
}

/// `list` with more and more modules: what each of them costs must not grow.
fn growth(bench: &Bench, own: &str, image: &str) -> Result<(), Failure> {
    const ROUNDS: usize = 21;
    let mut yards = Vec::new();
    for size in SIZES {
        let yard = yard(bench, &format!("{own}-{size}"), size);
        create(&yard, image)?;
        yards.push(yard);
    }
    println!("`list` through {PLUGIN}, spawn to exit, median of {ROUNDS}; peak memory");
    table(ROUNDS, "list, created modules", &yards, |yard| {
        yard.ask(LIST)
    })?;
    let details = r#""_type":"list","details":true"#;
    table(
        ROUNDS,
        "list with details, created modules",
        &yards,
        |yard| yard.ask(details),
    )?;
    println!("  peak memory of list");
    for yard in &yards {
        let peak = peak(&yard.plugin(), Some(&yard.write(LIST)?))?;
        println!("    {:>5} modules  {:>10}", yard.size, mebibytes(peak));
    }
    for yard in yards {
        drop_all(yard, image)?;
    }
    Ok(())
}
