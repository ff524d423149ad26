//! `img_list`: the images that the plugin has.

use clap::Args;
use shellrt_api::{ImgListRequest, ImgListResponse};

use crate::failure::Failure;
use crate::output::{self, Table};
use crate::session::Session;
use crate::time;

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  shellrt-driver ./shellrt-containerd img_list")]
pub(crate) struct ImgList {}

impl ImgList {
    pub(crate) fn run(self, session: &Session) -> Result<(), Failure> {
        let response = session.call(ImgListRequest::new())?;
        session.show(&response, table)
    }
}

fn table(response: &ImgListResponse) -> String {
    let mut table = Table::new(["REFERENCE", "IMAGE ID", "SIZE", "CREATED", "USED BY"]);
    for image in &response.images {
        let row = |reference: &str| {
            [
                reference.to_owned(),
                output::short_id(&image.image_id),
                image.size_bytes.map(output::size).unwrap_or_default(),
                image.created_at.as_ref().map(time::age).unwrap_or_default(),
                image.in_use_by.join(", "),
            ]
        };
        if image.references.is_empty() {
            table.row(row("<none>"));
        }
        for reference in &image.references {
            table.row(row(reference));
        }
    }
    table.render()
}
