//! `img_load`: imports an archive that lies on the plugin's machine.

use clap::Args;
use shellrt_api::{AbsolutePath, ImgLoadRequest, ImgLoadResponse, Platform};

use crate::failure::Failure;
use crate::output::Table;
use crate::session::Session;

#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  shellrt-driver ./shellrt-containerd img_load /media/usb/app.tar"
)]
pub(crate) struct ImgLoad {
    /// The archive, an OCI or a docker one; an absolute path on the plugin's machine
    path: AbsolutePath,
    /// Which of several platforms to take, such as `linux/arm64` [default: the machine's own]
    #[arg(long)]
    platform: Option<Platform>,
}

impl ImgLoad {
    pub(crate) fn run(self, session: &Session) -> Result<(), Failure> {
        let mut request = ImgLoadRequest::new(self.path);
        request.platform = self.platform;
        let response = session.call(request)?;
        session.show(&response, table)
    }
}

fn table(response: &ImgLoadResponse) -> String {
    let mut table = Table::new(["IMAGE ID", "REFERENCES", "DIGEST"]);
    for image in &response.images {
        let digest = image
            .digest
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        table.row([
            image.image_id.to_string(),
            image.references.join(", "),
            digest,
        ]);
    }
    table.render()
}
