//! Images, built on the spot from busybox.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use shellrt_testkit::parse;

use super::registry::OPEN;
use super::{run, run_in};

/// The images by tag, and what is particular about each.
///
/// - `box`: two layers, a shell, no entrypoint
/// - `app`: an entrypoint, a command, a user with groups, a directory, a signal
/// - `liar`: a layer of its own, to be spoilt in the registry
const IMAGES: [&str; 3] = ["box", "app", "liar"];
const SHELL_PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// An OCI image layout.
pub(crate) struct Layout {
    path: PathBuf,
}

impl Layout {
    /// Builds all images.
    pub(crate) fn build(directory: &Path) -> Self {
        fs::create_dir_all(directory).expect("it can be made");
        let layout = Self {
            path: directory.join("layout"),
        };
        layout.umoci(
            "init",
            &["--layout"],
            &layout.path.display().to_string(),
            &[],
        );
        layout.image("new", "box", &[]);
        layout.add_layers("box", directory, &[fill_root, fill_home]);
        layout.image(
            "config",
            "box",
            &[
                "--config.cmd",
                "sh",
                "--config.env",
                &format!("PATH={SHELL_PATH}"),
            ],
        );
        layout.image("config", "box", &["--tag", "app", "--config.user", "app"]);
        let command = "id -u; id -g; id -G; pwd; echo $GREETING $HOME $0 $*";
        for (option, value) in [
            ("--config.workingdir", "/home/app"),
            ("--config.env", "GREETING=hello"),
            ("--config.entrypoint", "sh"),
            ("--config.entrypoint", "-c"),
            ("--config.entrypoint", command),
            ("--config.stopsignal", "SIGUSR1"),
        ] {
            layout.image("config", "app", &[option, value]);
        }
        // One option at a time replaces a list; both at once make it.
        layout.image(
            "config",
            "app",
            &[
                "--config.entrypoint",
                "sh",
                "--config.entrypoint",
                "-c",
                "--config.entrypoint",
                command,
            ],
        );
        layout.image(
            "config",
            "app",
            &["--config.cmd", "zero", "--config.cmd", "one"],
        );
        layout.image("config", "box", &["--tag", "liar"]);
        layout.add_layers("liar", directory, &[fill_liar]);
        layout
    }

    pub(crate) fn push_all(&self) {
        for name in IMAGES {
            self.push(name, &format!("{OPEN}/{name}:latest"), &[]);
        }
        self.push("box", &format!("{OPEN}/library/ubuntu:latest"), &[]);
        self.push("box", &format!("{OPEN}/busybox:latest"), &[]);
        let zstd = ["--dest-compress-format", "zstd", "--dest-compress"];
        let oci = self.path.with_file_name("zstd").display().to_string();
        self.copy("box", &format!("oci:{oci}:zstd"), &zstd);
        let target = format!("docker://{OPEN}/zstd:latest");
        copy(
            &format!("oci:{oci}:zstd"),
            &target,
            &["--dest-tls-verify=false"],
        );
        self.push_index();
    }

    fn push(&self, name: &str, reference: &str, options: &[&str]) {
        let options = [&["--dest-tls-verify=false"][..], options].concat();
        self.copy(name, &format!("docker://{reference}"), &options);
    }

    /// Copies an image to anything that skopeo knows.
    pub(crate) fn copy(&self, name: &str, target: &str, options: &[&str]) {
        let source = format!("oci:{}:{name}", self.path.display());
        copy(&source, target, options);
    }

    /// An index: `box` for this machine, `liar` for one that nobody has, and
    /// beside them an attestation, which is no image.
    fn push_index(&self) {
        let mut this = self.descriptor("box");
        this["platform"] = json!({"os": "linux", "architecture": architecture()});
        let mut other = self.descriptor("liar");
        other["platform"] = json!({"os": "linux", "architecture": "s390x"});
        let mut attestation = self.descriptor("app");
        attestation["platform"] = json!({"os": "unknown", "architecture": "unknown"});
        let media_type = "application/vnd.oci.image.index.v1+json";
        let index = json!({"schemaVersion": 2, "mediaType": media_type,
            "manifests": [attestation, other, this]});
        let (digest, size) = self.put_blob(index.to_string().as_bytes());
        let mut all = self.index();
        let annotations = json!({"org.opencontainers.image.ref.name": "index"});
        let entry = json!({"mediaType": media_type, "digest": digest, "size": size,
            "annotations": annotations});
        all["manifests"]
            .as_array_mut()
            .expect("it is a list")
            .push(entry);
        fs::write(self.path.join("index.json"), all.to_string()).expect("it is writable");
        self.push("index", &format!("{OPEN}/index:latest"), &["--all"]);
    }

    fn put_blob(&self, bytes: &[u8]) -> (String, usize) {
        let path = self.path.join("blobs/sha256/new");
        fs::write(&path, bytes).expect("it is writable");
        let sum = run("sha256sum", &[&path.display().to_string()]);
        let hex = sum.split(' ').next().expect("there is a sum").to_owned();
        fs::rename(&path, path.with_file_name(&hex)).expect("it can be renamed");
        (format!("sha256:{hex}"), bytes.len())
    }

    fn index(&self) -> Value {
        parse(&fs::read(self.path.join("index.json")).expect("it is readable"))
    }

    /// The layout's descriptor of an image, without annotations.
    pub(crate) fn descriptor(&self, name: &str) -> Value {
        let index = self.index();
        let all = index["manifests"].as_array().expect("it is a list").clone();
        let mut found = all
            .into_iter()
            .find(|entry| entry["annotations"]["org.opencontainers.image.ref.name"] == name)
            .expect("the image is there");
        found
            .as_object_mut()
            .expect("it is one")
            .remove("annotations");
        found
    }

    /// The manifest of an image.
    pub(crate) fn manifest(&self, name: &str) -> Value {
        let digest = self.descriptor(name)["digest"].clone();
        parse(&fs::read(self.blob(digest.as_str().expect("it is text"))).expect("it is there"))
    }

    /// Where a blob is.
    pub(crate) fn blob(&self, digest: &str) -> PathBuf {
        self.path.join("blobs").join(digest.replace(':', "/"))
    }

    /// A layer for each step.
    fn add_layers(&self, name: &str, directory: &Path, steps: &[fn(&Path)]) {
        for step in steps {
            let bundle = directory.join("bundle").display().to_string();
            self.image("unpack", name, &[&bundle]);
            step(&Path::new(&bundle).join("rootfs"));
            self.image("repack", name, &[&bundle]);
            fs::remove_dir_all(bundle).expect("it is removable");
        }
    }

    fn image(&self, command: &str, name: &str, arguments: &[&str]) {
        let image = format!("{}:{name}", self.path.display());
        self.umoci(command, &["--image"], &image, arguments);
    }

    fn umoci(&self, command: &str, option: &[&str], image: &str, arguments: &[&str]) {
        run(
            "umoci",
            &[&[command][..], option, &[image], arguments].concat(),
        );
    }
}

fn copy(source: &str, target: &str, options: &[&str]) {
    let begin = ["copy", "--quiet"];
    run("skopeo", &[&begin[..], options, &[source, target]].concat());
}

fn architecture() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    }
}

fn fill_root(root: &Path) {
    let bin = root.join("bin");
    for folder in ["bin", "etc", "tmp", "root", "home/app", "srv"] {
        fs::create_dir_all(root.join(folder)).expect("it can be made");
    }
    fs::copy("/bin/busybox", bin.join("busybox")).expect("busybox is there");
    for applet in run("/bin/busybox", &["--list"]).lines() {
        if applet != "busybox" {
            symlink("busybox", bin.join(applet)).expect("a link can be made");
        }
    }
    run_in(root, "chmod", &["1777", "tmp"]);
}

fn fill_home(root: &Path) {
    let users = "root:x:0:0::/root:/bin/sh\napp:x:1234:2345::/home/app:/bin/sh\n";
    fs::write(root.join("etc/passwd"), users).expect("it is writable");
    let groups = "root:x:0:\napp:x:2345:\nmore:x:3456:app\n";
    fs::write(root.join("etc/group"), groups).expect("it is writable");
}

fn fill_liar(root: &Path) {
    let noise: Vec<u8> = (0..200_000_u32)
        .flat_map(|number| number.wrapping_mul(2_654_435_761).to_le_bytes())
        .collect();
    fs::write(root.join("srv/noise"), noise).expect("it is writable");
}
