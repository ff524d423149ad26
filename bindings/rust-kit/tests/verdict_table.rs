//! The table "The verdict" of docs/protocol.md, row by row [S-9].

use shellrt_api::{ImgPullRequest, ListRequest, LogFraming, LogsRequest, RequestMessage};
use shellrt_kit::codec::{Asked, Exit, FrameStream, Splitter, StreamDecoder, frame_head, judge};

/// What a host makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Ok,
    Error,
    Fault,
    Cut,
}
use Verdict::{Cut, Error, Fault, Ok as Fine};

const EXITS: [Exit; 3] = [Exit::Code(0), Exit::Code(1), Exit::Signal(9)];

fn list() -> Asked {
    Asked::by(&RequestMessage::new(ListRequest::new()))
}

fn logs(framing: LogFraming) -> Asked {
    let mut logs = LogsRequest::new("a".parse().expect("a name"));
    logs.framing = framing;
    Asked::by(&RequestMessage::new(logs))
}

fn pull() -> Asked {
    let mut pull = ImgPullRequest::new("a".parse().expect("a reference"));
    pull.progress = true;
    Asked::by(&RequestMessage::new(pull))
}

/// Judges all of what a plugin wrote, as a host does.
fn verdict(asked: &Asked, output: &[u8], exit: Exit) -> Verdict {
    let mut splitter = Splitter::default();
    let rest = splitter.push(output).expect("it is short");
    let message = asked.read(splitter.head());
    let stream = message
        .ok()
        .filter(|message| message.result.is_ok())
        .and_then(|message| message.head.stream);
    if let Some(kind) = stream.filter(|_| splitter.has_stream()) {
        let mut decoder = StreamDecoder::new(asked.clone(), kind);
        decoder.push(rest);
        return match decoder.finish(exit) {
            Ok(None) => Fine,
            Ok(Some(reply)) if reply.message().result.is_ok() => Fine,
            Ok(Some(_)) => Error,
            Err(None) => Cut,
            Err(Some(_)) => Fault,
        };
    }
    match judge(asked, &splitter, exit).map(|reply| reply.into_result()) {
        Ok(Ok(_)) => Fine,
        Ok(Err(_)) => Error,
        Err(_) => Fault,
    }
}

#[track_caller]
fn row(asked: &Asked, output: impl AsRef<[u8]>, wanted: [Verdict; 3]) {
    let output = output.as_ref();
    let got = EXITS.map(|exit| verdict(asked, output, exit));
    assert_eq!(got, wanted, "{}", output.escape_ascii());
}

const OK: &str = r#"{"_version":"0.2.0","_type":"list","_status":"ok","modules":[]}"#;
const ERR: &str = r#"{"_version":"0.2.0","_type":"list","_status":"err","code":8,"class":"internal","message":"m","retryable":true}"#;

#[test]
fn heads_alone() {
    let asked = list();
    row(&asked, "", [Fault; 3]);
    row(&asked, " \n", [Fault; 3]);
    row(&asked, "debug: here", [Fault; 3]);
    row(&asked, "{}", [Fault; 3]);
    row(&asked, OK.replace("list", "stop"), [Fault; 3]);
    row(&asked, OK.replace("{", r#"{"_id":"7","#), [Fault; 3]);
    row(&asked, format!("{ERR} \n"), [Error, Fault, Fault]);
    row(&asked, format!("{ERR}\0"), [Fault; 3]);
    row(&asked, format!("{ERR}x"), [Fault; 3]);
    row(&asked, format!("{OK}\r\n\t "), [Fine, Fault, Fault]);
    row(&asked, format!("{OK}{OK}"), [Fault; 3]);
    row(&asked, format!("{OK}\0rest"), [Fault; 3]);
}

#[test]
fn an_error_without_a_type_answers_a_request_that_could_not_be_read() {
    row(
        &list(),
        ERR.replace(r#""_type":"list","#, ""),
        [Error, Fault, Fault],
    );
}

const LOGS: &str = r#"{"_version":"0.2.0","_type":"logs","_status":"ok","_stream":"raw"}"#;

#[test]
fn raw_streams() {
    let asked = logs(LogFraming::Raw);
    row(&asked, LOGS, [Fault; 3]);
    row(&asked, format!("{LOGS}\0"), [Fine, Cut, Cut]);
    row(&asked, format!("{LOGS}\0any\0bytes"), [Fine, Cut, Cut]);
    // The framing is the one that was asked for.
    row(
        &asked,
        format!("{}\0", LOGS.replace("raw", "docker")),
        [Fault; 3],
    );
    row(
        &list(),
        format!("{}\0", LOGS.replace("logs", "list")),
        [Fault; 3],
    );
}

#[test]
fn docker_streams() {
    let asked = logs(LogFraming::Docker);
    let head = LOGS.replace("raw", "docker") + "\0";
    let frame =
        |stream, text: &str| [&frame_head(stream, text.len() as u32)[..], text.as_bytes()].concat();
    let (one, error) = (
        frame(FrameStream::Stdout, "one\n"),
        frame(FrameStream::Error, "why"),
    );
    let with = |parts: &[&[u8]]| [head.as_bytes(), &parts.concat()].concat();
    row(&asked, with(&[]), [Fine, Cut, Cut]);
    row(&asked, with(&[&one, &one]), [Fine, Cut, Cut]);
    row(&asked, with(&[&one, &error]), [Fault, Cut, Cut]);
    row(&asked, with(&[&error, &one]), [Fault, Cut, Cut]);
    row(&asked, with(&[&one, &one[..3]]), [Fault, Cut, Cut]);
    row(&asked, with(&[&one, &one[..9]]), [Fault, Cut, Cut]);
    row(&asked, with(&[b"plain text"]), [Fault, Cut, Cut]);
}

#[test]
fn ndjson_streams() {
    let asked = pull();
    let head = r#"{"_version":"0.2.0","_type":"img_pull","_status":"ok","_stream":"ndjson"}"#
        .to_owned()
        + "\0";
    let progress = "{\"event\":\"download\"}\n";
    let last = r#"{"_version":"0.2.0","_type":"img_pull","_status":"ok","image_id":"i"}"#
        .to_owned()
        + "\n";
    let error = ERR.replace("list", "img_pull") + "\n";
    row(&asked, format!("{head}{progress}{last}"), [Fine, Cut, Cut]);
    row(&asked, format!("{head}{last}"), [Fine, Cut, Cut]);
    row(
        &asked,
        format!("{head}{progress}{error}"),
        [Error, Cut, Cut],
    );
    row(&asked, format!("{head}{progress}"), [Fault, Cut, Cut]);
    row(&asked, &head, [Fault, Cut, Cut]);
    row(&asked, format!("{head}{last}{progress}"), [Fault, Cut, Cut]);
    row(
        &asked,
        format!("{head}{}", last.trim_end()),
        [Fault, Cut, Cut],
    );
    row(&asked, format!("{head}plain\n{last}"), [Fault, Cut, Cut]);
    row(
        &asked,
        format!("{head}{{\"event\":7}}\n{last}"),
        [Fault, Cut, Cut],
    );
    // The last response is one to this request, too.
    row(
        &asked,
        format!("{head}{}", last.replace("img_pull", "img_load")),
        [Fault, Cut, Cut],
    );
    // Not asked for progress, a plugin answers at once.
    let plain = Asked::by(&RequestMessage::new(ImgPullRequest::new(
        "a".parse().expect("a reference"),
    )));
    row(&plain, format!("{head}{last}"), [Fault; 3]);
    row(&plain, last, [Fine, Fault, Fault]);
}
