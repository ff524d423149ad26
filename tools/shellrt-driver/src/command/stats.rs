//! `stats`: one sample of what modules use.

use clap::Args;
use shellrt_api::{ModuleName, StatsItem, StatsRequest, StatsResponse};

use crate::failure::Failure;
use crate::output::{self, Table};
use crate::session::Session;
use crate::time;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shellrt-driver ./shellrt-process stats
  shellrt-driver ./shellrt-process stats web database")]
pub(crate) struct Stats {
    /// The modules [default: all]
    names: Vec<ModuleName>,
}

impl Stats {
    pub(crate) fn run(self, session: &Session) -> Result<(), Failure> {
        let mut request = StatsRequest::new();
        request.names = self.names;
        let response = session.call(request)?;
        session.show(&response, table)?;
        output::item_errors(
            response
                .modules
                .iter()
                .filter_map(|item| Some((&item.name, item.error.as_ref()?))),
        );
        Ok(())
    }
}

fn table(response: &StatsResponse) -> String {
    let mut table = Table::new([
        "NAME",
        "CPU TIME",
        "MEMORY",
        "LIMIT",
        "PROCESSES",
        "NET IN/OUT",
        "DISK READ/WRITTEN",
    ]);
    for item in &response.modules {
        table.row(row(item));
    }
    table.render()
}

fn row(item: &StatsItem) -> [String; 7] {
    let name = item.name.to_string();
    let Some(sample) = &item.sample else {
        return [
            name,
            "cannot be read".into(),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
        ];
    };
    let size = |bytes: Option<u64>| bytes.map(output::size).unwrap_or_default();
    let pair = |one: Option<u64>, other: Option<u64>| match (one, other) {
        (None, None) => String::new(),
        (one, other) => {
            let side = |bytes: Option<u64>| bytes.map_or("-".to_owned(), output::size);
            format!("{} / {}", side(one), side(other))
        }
    };
    [
        name,
        sample.cpu_time_us.map(time::cpu).unwrap_or_default(),
        size(sample.memory_bytes),
        size(sample.memory_limit_bytes),
        sample
            .process_count
            .map(|count| count.to_string())
            .unwrap_or_default(),
        pair(sample.network_received_bytes, sample.network_sent_bytes),
        pair(sample.block_read_bytes, sample.block_written_bytes),
    ]
}
