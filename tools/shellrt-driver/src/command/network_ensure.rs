//! `network_ensure`: gets a network or creates it; an existing one stays as it is.

use clap::Args;
use shellrt_api::{IpamConfig, NetworkEnsureRequest, NetworkEnsureResponse, NetworkName};

use crate::cli::value;
use crate::failure::Failure;
use crate::output;
use crate::session::Session;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shellrt-driver ./shellrt-containerd network_ensure azure-iot-edge
  shellrt-driver ./shellrt-containerd network_ensure lab --ipv6 \\
      --ipam subnet=172.20.0.0/16,gateway=172.20.0.1 --ipam subnet=fd00:20::/64")]
pub(crate) struct NetworkEnsure {
    /// The network's name
    name: NetworkName,
    /// Give its modules IPv6 addresses as well
    #[arg(long)]
    ipv6: bool,
    /// A block of addresses: `subnet=S,gateway=G,ip_range=R`, or some of these; may be given again
    #[arg(long, value_name = "PARTS", value_parser = value::ipam)]
    ipam: Vec<IpamConfig>,
}

impl NetworkEnsure {
    pub(crate) fn run(self, session: &Session) -> Result<(), Failure> {
        let mut request = NetworkEnsureRequest::new(self.name.clone());
        request.ipv6 = self.ipv6;
        request.ipam = self.ipam;
        let response = session.call(request)?;
        session.show(&response, |response| text(&self.name, response))
    }
}

fn text(name: &NetworkName, response: &NetworkEnsureResponse) -> String {
    let done = if response.changed {
        "created"
    } else {
        "exists already, nothing changed"
    };
    let subnets = match response.subnets.as_slice() {
        [] => String::new(),
        subnets => format!(" ({})", subnets.join(", ")),
    };
    let mut text = format!("{name}: {done}{subnets}\n");
    for drift in &response.drift {
        let side = |value: &Option<String>| {
            value
                .as_deref()
                .map_or("nothing".to_owned(), output::printable)
        };
        text += &format!(
            "  {}: asked for {}, is {}\n",
            drift.pointer,
            side(&drift.wanted),
            side(&drift.actual)
        );
    }
    text
}
