//! `list`: the modules, by name or with their states.

use clap::Args;
use shellrt_api::{ListItem, ListRequest, ListResponse};

use crate::cli::value;
use crate::failure::Failure;
use crate::output::{self, Table};
use crate::session::Session;
use crate::time;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shellrt-driver ./shellrt-process list
  shellrt-driver ./shellrt-process list -l --label owner=me
  shellrt-driver ./shellrt-process --format json list | jq -r '.modules[]'")]
pub(crate) struct List {
    /// Show the state of each module too
    #[arg(long, short = 'l')]
    details: bool,
    /// Only modules with this label; may be given again, and all must match
    #[arg(long, value_name = "KEY=VALUE", value_parser = value::key_value)]
    label: Vec<(String, String)>,
}

impl List {
    pub(crate) fn run(self, session: &Session) -> Result<(), Failure> {
        let mut request = ListRequest::new();
        request.details = self.details;
        request.labels = self.label.into_iter().collect();
        let response = session.call(request)?;
        session.show(&response, if self.details { detailed } else { names })?;
        output::item_errors(
            response
                .details
                .iter()
                .filter_map(|item| Some((&item.name, item.error.as_ref()?))),
        );
        Ok(())
    }
}

fn names(response: &ListResponse) -> String {
    let mut table = Table::new(["NAME"]);
    for name in &response.modules {
        table.row([name.to_string()]);
    }
    table.render()
}

fn detailed(response: &ListResponse) -> String {
    let mut table = Table::new([
        "NAME",
        "STATUS",
        "STATE",
        "PID",
        "CREATED",
        "STARTED",
        "EXIT CODE",
        "IMAGE",
    ]);
    for item in &response.details {
        table.row(row(item));
    }
    table.render()
}

fn row(item: &ListItem) -> [String; 8] {
    let name = item.name.to_string();
    let Some(status) = &item.status else {
        let mut row = [const { String::new() }; 8];
        row[0] = name;
        row[1] = "cannot be read".to_owned();
        return row;
    };
    [
        name,
        status.status.to_string(),
        status.state.to_string(),
        status.pid.map(|pid| pid.to_string()).unwrap_or_default(),
        time::age(&status.created_at),
        status
            .started_at
            .as_ref()
            .map(time::age)
            .unwrap_or_default(),
        status
            .exit_code
            .map(|code| code.to_string())
            .unwrap_or_default(),
        status
            .image
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
    ]
}
