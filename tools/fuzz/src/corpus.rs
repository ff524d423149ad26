//! What mutation starts from: the schema's own examples, good and bad, and
//! replies with streams of each kind.

use std::fs;
use std::io;
use std::path::Path;

/// Replies and frames that the schema's folders cannot hold.
const STREAMS: &[&[u8]] = &[
    b"{\"_status\":\"ok\",\"_stream\":\"raw\",\"_type\":\"logs\",\"_version\":\"0.2.0\"}\0one\ntwo\n",
    b"{\"_status\":\"ok\",\"_stream\":\"docker\",\"_type\":\"logs\",\"_version\":\"0.2.0\"}\0\x01\0\0\0\0\0\0\x04one\n\x02\0\0\0\0\0\0\x04two\n",
    b"{\"_status\":\"ok\",\"_stream\":\"ndjson\",\"_type\":\"img_pull\",\"_version\":\"0.2.0\"}\0{\"phase\":\"fetching\"}\n{\"_version\":\"0.2.0\",\"_type\":\"img_pull\",\"_status\":\"err\",\"code\":8,\"class\":\"internal\",\"message\":\"no\",\"retryable\":true}\n",
    b"\x01\0\0\0\0\0\0\x04one\n\x03\0\0\0\0\0\0\x05error",
    b"",
];

/// All of it, in an order that does not depend on the file system.
pub(crate) fn read() -> io::Result<Vec<Vec<u8>>> {
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema/v0");
    let mut inputs: Vec<Vec<u8>> = STREAMS.iter().map(|stream| stream.to_vec()).collect();
    for folder in ["examples", "invalid"] {
        for kind in sorted(&schema.join(folder))? {
            for file in sorted(&kind)? {
                inputs.push(fs::read(file)?);
            }
        }
    }
    Ok(inputs)
}

fn sorted(folder: &Path) -> io::Result<Vec<std::path::PathBuf>> {
    let entries: io::Result<Vec<_>> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect();
    let mut entries = entries?;
    entries.sort();
    Ok(entries)
}
