//! Registries on loopback, all with the same images.

use std::fs;
use std::path::Path;

use shellrt_testbed::{Registry, run_in};

/// Plain HTTP, for anybody.
pub(crate) const OPEN: &str = "127.0.0.1:5055";
/// The same, where the name of Docker Hub leads to in this suite.
const HUB: &str = "127.0.0.1:80";
/// Plain HTTP, for `me` with the password `pw`, where the requests of 2020
/// expect it.
const WITH_PASSWORD: &str = "127.0.0.1:5000";
/// TLS by an authority of the suite's own, for the same user.
pub(crate) const SECURE: &str = "127.0.0.1:5443";

/// Starts all of them.
pub(crate) fn start_all(directory: &Path) -> Vec<Registry> {
    fs::create_dir_all(directory).expect("it can be made");
    make_secrets(directory);
    write_hosts(directory);
    let at = |name: &str| directory.join(name).display().to_string();
    let users = format!(
        "auth:\n  htpasswd:\n    realm: test\n    path: {}\n",
        at("users")
    );
    let tls = format!(
        "  tls:\n    certificate: {}\n    key: {}\n",
        at("server.pem"),
        at("server.key")
    );
    let all = [
        (OPEN, String::new()),
        (HUB, String::new()),
        (WITH_PASSWORD, users.clone()),
        (SECURE, tls + &users),
    ];
    all.iter()
        .map(|(address, more)| Registry::start(directory, address, more).expect("it starts"))
        .collect()
}

/// Users, an authority, and a certificate by it.
fn make_secrets(directory: &Path) {
    let users = run_in(directory, "htpasswd", &["-Bbn", "me", "pw"]).expect("it makes a user");
    fs::write(directory.join("users"), users).expect("it is writable");
    fs::write(directory.join("names"), "subjectAltName=IP:127.0.0.1\n").expect("it is writable");
    let openssl = |arguments: &[&[&str]]| {
        run_in(directory, "openssl", &arguments.concat()).expect("it makes a key");
    };
    let key = ["-newkey", "rsa:2048", "-nodes"];
    let authority = [
        "-subj",
        "/CN=an authority",
        "-keyout",
        "ca.key",
        "-out",
        "ca.pem",
    ];
    openssl(&[&["req", "-x509", "-days", "2"], &key, &authority]);
    let server = [
        "-subj",
        "/CN=server",
        "-keyout",
        "server.key",
        "-out",
        "server.csr",
    ];
    openssl(&[&["req"], &key, &server]);
    let sign = "x509 -req -days 2 -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial \
                -extfile names -out server.pem";
    let sign: Vec<&str> = sign.split_whitespace().collect();
    openssl(&[&sign]);
}

/// What an operator tells containerd of registries: how the Hub is spoken to,
/// and which authority to trust.
fn write_hosts(directory: &Path) {
    let authority = directory.join("ca.pem").display().to_string();
    for (host, text) in [
        ("docker.io", "server = \"http://docker.io\"\n".to_owned()),
        (
            SECURE,
            format!("server = \"https://{SECURE}\"\nca = \"{authority}\"\n"),
        ),
    ] {
        let folder = directory.join("hosts").join(host);
        fs::create_dir_all(&folder).expect("it can be made");
        fs::write(folder.join("hosts.toml"), text).expect("it is writable");
    }
}
