//! The images of the suite, built on the spot from busybox.

use std::fs;
use std::path::Path;

use serde_json::json;
use shellrt_testbed::{Error, Layout, run};

use super::registry::OPEN;

/// The images by tag, and what is particular about each.
///
/// - `box`: two layers, a shell, no entrypoint
/// - `app`: an entrypoint, a command, a user with groups, a directory, a signal
/// - `liar`: a layer of its own, to be spoilt in the registry
const IMAGES: [&str; 3] = ["box", "app", "liar"];

/// Builds all images.
pub(crate) fn build(directory: &Path) -> Result<Layout, Error> {
    let layout = Layout::new(directory)?;
    layout.busybox("box", &["sh"])?;
    layout.add_layer("box", fill_home)?;
    layout.umoci("config", "box", &["--tag", "app", "--config.user", "app"])?;
    let command = "id -u; id -g; id -G; pwd; echo $GREETING $HOME $0 $*";
    // The last step replaces the lists that were there.
    for options in [
        &["--config.workingdir", "/home/app"][..],
        &["--config.env", "GREETING=hello"],
        &["--config.stopsignal", "SIGUSR1"],
        &[
            "--config.entrypoint=sh",
            "--config.entrypoint=-c",
            &format!("--config.entrypoint={command}"),
        ],
        &["--config.cmd=zero", "--config.cmd=one"],
    ] {
        layout.umoci("config", "app", options)?;
    }
    layout.umoci("config", "box", &["--tag", "liar"])?;
    layout.add_layer("liar", fill_liar)?;
    Ok(layout)
}

/// Pushes them to the open registry.
pub(crate) fn push_all(layout: &Layout) -> Result<(), Error> {
    for name in IMAGES {
        layout.push(name, &format!("{OPEN}/{name}:latest"), &[])?;
    }
    layout.push("box", &format!("{OPEN}/library/ubuntu:latest"), &[])?;
    layout.push("box", &format!("{OPEN}/busybox:latest"), &[])?;
    push_zstd(layout)?;
    push_index(layout)
}

/// The layers in zstd, by way of a layout of their own.
fn push_zstd(layout: &Layout) -> Result<(), Error> {
    let zstd = layout.path().with_file_name("zstd").display().to_string();
    let source = format!("oci:{zstd}:zstd");
    let options = ["--dest-compress-format", "zstd", "--dest-compress"];
    layout.copy("box", &source, &options)?;
    let target = format!("docker://{OPEN}/zstd:latest");
    let options = ["copy", "--quiet", "--dest-tls-verify=false"];
    run("skopeo", &[&options[..], &[&source, &target]].concat()).map(drop)
}

/// An index: `box` for this machine, `liar` for one that nobody has, and
/// beside them an attestation, which is no image.
fn push_index(layout: &Layout) -> Result<(), Error> {
    let mut this = layout.descriptor("box")?;
    this["platform"] = json!({"os": "linux", "architecture": architecture()});
    let mut other = layout.descriptor("liar")?;
    other["platform"] = json!({"os": "linux", "architecture": "s390x"});
    let mut attestation = layout.descriptor("app")?;
    attestation["platform"] = json!({"os": "unknown", "architecture": "unknown"});
    let index = json!({"schemaVersion": 2, "manifests": [attestation, other, this]});
    layout.add_index("index", index)?;
    layout.push("index", &format!("{OPEN}/index:latest"), &["--all"])
}

fn architecture() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    }
}

fn fill_home(root: &Path) -> Result<(), Error> {
    let users = "root:x:0:0::/root:/bin/sh\napp:x:1234:2345::/home/app:/bin/sh\n";
    fs::write(root.join("etc/passwd"), users).expect("it is writable");
    let groups = "root:x:0:\napp:x:2345:\nmore:x:3456:app\n";
    fs::write(root.join("etc/group"), groups).expect("it is writable");
    Ok(())
}

fn fill_liar(root: &Path) -> Result<(), Error> {
    let noise: Vec<u8> = (0..200_000_u32)
        .flat_map(|number| number.wrapping_mul(2_654_435_761).to_le_bytes())
        .collect();
    fs::write(root.join("srv/noise"), noise).expect("it is writable");
    Ok(())
}
