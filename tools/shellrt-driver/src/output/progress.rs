//! The progress of a pull: one bar on a terminal, sparse lines elsewhere.

use std::io::{IsTerminal, stderr};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use shellrt_api::{ImgPullProgress, PullEvent};

use super::{note, printable, size};

const TEMPLATE: &str = "{msg:<28} {wide_bar} {prefix:>22}";

/// Shows progress records on standard error.
pub(crate) struct PullProgress {
    bar: Option<ProgressBar>,
    /// Event and message of the record before.
    last: Option<(PullEvent, Option<String>)>,
}

impl PullProgress {
    /// Whether somebody watches standard error.
    pub(crate) fn is_watched() -> bool {
        stderr().is_terminal()
    }

    pub(crate) fn new() -> PullProgress {
        let bar = Self::is_watched().then(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            // The template is a constant that a test reads.
            if let Ok(style) = ProgressStyle::with_template(TEMPLATE) {
                bar.set_style(style.progress_chars("━╸─"));
            }
            bar
        });
        PullProgress { bar, last: None }
    }

    /// Shows one record. Without a terminal only another event or message is worth
    /// a line: a log should not grow by the megabyte pulled.
    pub(crate) fn show(&mut self, record: &ImgPullProgress) {
        let now = Some((record.event.clone(), record.message.clone()));
        let is_news = self.last != now;
        self.last = now;
        match &self.bar {
            Some(bar) => {
                bar.set_length(record.bytes_total.unwrap_or(record.bytes_done).max(1));
                bar.set_position(record.bytes_done);
                bar.set_prefix(amount(record));
                bar.set_message(headline(record));
                bar.tick();
            }
            None if is_news => note(headline(record).trim_end()),
            None => {}
        }
    }

    /// Takes the bar off the terminal: the result says what came of it.
    pub(crate) fn finish(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

fn headline(record: &ImgPullProgress) -> String {
    let layers = match record.layers_total {
        Some(total) => format!(
            " layer {}/{total}",
            record.layers_done.saturating_add(1).min(total)
        ),
        None => String::new(),
    };
    let message = record
        .message
        .as_deref()
        .map(|message| format!(": {}", printable(message)))
        .unwrap_or_default();
    format!("{}{layers}{message}", printable(record.event.as_str()))
}

fn amount(record: &ImgPullProgress) -> String {
    let rate = record
        .bytes_per_second
        .map(|rate| format!(" {}/s", size(rate)))
        .unwrap_or_default();
    match record.bytes_total {
        Some(total) => format!("{}/{}{rate}", size(record.bytes_done), size(total)),
        // Nothing is being counted yet, or any more.
        None if record.bytes_done == 0 => String::new(),
        None => format!("{}{rate}", size(record.bytes_done)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_becomes_a_headline_and_an_amount() {
        let mut record = ImgPullProgress::new(PullEvent::Download);
        record.bytes_done = 1_572_864;
        record.bytes_total = Some(4_194_304);
        record.layers_done = 1;
        record.layers_total = Some(3);
        assert_eq!(headline(&record), "download layer 2/3");
        assert_eq!(amount(&record), "1.5 MiB/4.0 MiB");

        let resolve = ImgPullProgress::new(PullEvent::Resolve);
        assert_eq!(
            (headline(&resolve).as_str(), amount(&resolve).as_str()),
            ("resolve", "")
        );
    }

    #[test]
    fn the_bars_template_is_sound() {
        assert!(ProgressStyle::with_template(TEMPLATE).is_ok());
    }
}
