//! Images, built on the spot from busybox.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::Error;
use crate::program::{missing, run, run_in};

/// The PATH of the images.
pub const SHELL_PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

const PROGRAMS: &[(&str, &str)] = &[
    ("umoci", "umoci"),
    ("skopeo", "skopeo"),
    ("busybox", "busybox-static"),
];
/// Where the annotation of a tag is, in the index of a layout.
const TAG: &str = "org.opencontainers.image.ref.name";

/// An OCI image layout.
#[derive(Debug)]
pub struct Layout {
    path: PathBuf,
}

impl Layout {
    /// Makes an empty one below `directory`.
    ///
    /// # Errors
    /// Programs are missing, or one of them failed.
    pub fn new(directory: &Path) -> Result<Self, Error> {
        missing(PROGRAMS)?;
        fs::create_dir_all(directory)
            .map_err(Error::system(format!("make {}", directory.display())))?;
        let path = directory.join("layout");
        run("umoci", &["init", "--layout", &path.display().to_string()])?;
        Ok(Self { path })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Makes an image with a shell and all of busybox, in one layer, without an
    /// entrypoint; its command is `command`.
    ///
    /// # Errors
    /// A program failed.
    pub fn busybox(&self, tag: &str, command: &[&str]) -> Result<(), Error> {
        self.umoci("new", tag, &[])?;
        self.add_layer(tag, fill_root)?;
        let mut options = vec![format!("--config.env=PATH={SHELL_PATH}")];
        options.extend(command.iter().map(|word| format!("--config.cmd={word}")));
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        self.umoci("config", tag, &options)
    }

    /// Adds to an image, as one layer, what `change` does to its files.
    ///
    /// # Errors
    /// A program or the change failed.
    pub fn add_layer(
        &self,
        tag: &str,
        change: impl FnOnce(&Path) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let bundle = self.path.with_file_name("bundle");
        let place = bundle.display().to_string();
        self.umoci("unpack", tag, &[&place])?;
        change(&bundle.join("rootfs"))?;
        self.umoci("repack", tag, &[&place])?;
        fs::remove_dir_all(&bundle).map_err(Error::system(format!("remove {place}")))
    }

    /// Runs a command of umoci on an image.
    ///
    /// # Errors
    /// It failed.
    pub fn umoci(&self, command: &str, tag: &str, arguments: &[&str]) -> Result<(), Error> {
        let image = format!("{}:{tag}", self.path.display());
        let begin = [command, "--image", &image];
        run("umoci", &[&begin[..], arguments].concat()).map(drop)
    }

    /// Pushes an image to a registry that speaks plain HTTP.
    ///
    /// # Errors
    /// The registry refused.
    pub fn push(&self, tag: &str, reference: &str, options: &[&str]) -> Result<(), Error> {
        let options = [&["--dest-tls-verify=false"][..], options].concat();
        self.copy(tag, &format!("docker://{reference}"), &options)
    }

    /// Copies an image to anything that skopeo knows.
    ///
    /// # Errors
    /// skopeo failed.
    pub fn copy(&self, tag: &str, target: &str, options: &[&str]) -> Result<(), Error> {
        let source = format!("oci:{}:{tag}", self.path.display());
        let begin = ["copy", "--quiet"];
        run(
            "skopeo",
            &[&begin[..], options, &[&source, target]].concat(),
        )
        .map(drop)
    }

    /// Adds an index of manifests by a tag.
    ///
    /// # Errors
    /// The layout is not writable.
    pub fn add_index(&self, tag: &str, mut index: Value) -> Result<(), Error> {
        let media_type = "application/vnd.oci.image.index.v1+json";
        index["mediaType"] = media_type.into();
        let (digest, size) = self.put_blob(index.to_string().as_bytes())?;
        let mut all = self.index()?;
        let entry = serde_json::json!({"mediaType": media_type, "digest": digest, "size": size,
            "annotations": {TAG: tag}});
        let list = all["manifests"].as_array_mut();
        list.ok_or_else(|| Error::Layout("list of manifests".to_owned()))?
            .push(entry);
        let path = self.path.join("index.json");
        fs::write(&path, all.to_string())
            .map_err(Error::system(format!("write {}", path.display())))
    }

    fn put_blob(&self, bytes: &[u8]) -> Result<(String, usize), Error> {
        let path = self.path.join("blobs/sha256/new");
        let shown = path.display().to_string();
        fs::write(&path, bytes).map_err(Error::system(format!("write {shown}")))?;
        let sum = run("sha256sum", &[&shown])?;
        let hex = sum.split(' ').next().unwrap_or_default();
        fs::rename(&path, path.with_file_name(hex))
            .map_err(Error::system(format!("rename {shown}")))?;
        Ok((format!("sha256:{hex}"), bytes.len()))
    }

    fn index(&self) -> Result<Value, Error> {
        read(&self.path.join("index.json"))
    }

    /// The descriptor of an image, without annotations.
    ///
    /// # Errors
    /// It is not there.
    pub fn descriptor(&self, tag: &str) -> Result<Value, Error> {
        let mut index = self.index()?;
        let all = index["manifests"].as_array_mut().into_iter().flatten();
        let mut found = all
            .map(Value::take)
            .find(|entry| entry["annotations"][TAG] == tag)
            .ok_or_else(|| Error::Layout(format!("image `{tag}`")))?;
        if let Some(members) = found.as_object_mut() {
            members.remove("annotations");
        }
        Ok(found)
    }

    /// The manifest of an image.
    ///
    /// # Errors
    /// It is not there.
    pub fn manifest(&self, tag: &str) -> Result<Value, Error> {
        let descriptor = self.descriptor(tag)?;
        let digest = descriptor["digest"].as_str().unwrap_or_default();
        read(&self.blob(digest))
    }

    /// Where a blob is.
    pub fn blob(&self, digest: &str) -> PathBuf {
        self.path.join("blobs").join(digest.replace(':', "/"))
    }
}

fn read(path: &Path) -> Result<Value, Error> {
    let bytes = fs::read(path).map_err(Error::system(format!("read {}", path.display())))?;
    serde_json::from_slice(&bytes).map_err(|_| Error::Layout(format!("JSON in {}", path.display())))
}

fn fill_root(root: &Path) -> Result<(), Error> {
    let applets = run("/bin/busybox", &["--list"])?;
    let fill = || {
        for folder in ["bin", "etc", "tmp", "root", "home/app", "srv"] {
            fs::create_dir_all(root.join(folder))?;
        }
        let bin = root.join("bin");
        fs::copy("/bin/busybox", bin.join("busybox"))?;
        for applet in applets.lines().filter(|&applet| applet != "busybox") {
            symlink("busybox", bin.join(applet))?;
        }
        Ok(())
    };
    fill().map_err(Error::system(format!("fill {}", root.display())))?;
    run_in(root, "chmod", &["1777", "tmp"]).map(drop)
}
