//! `img_remove`: removes an image by reference or id.

use clap::Args;
use shellrt_api::{ImageReference, ImgRemoveRequest};

use crate::failure::Failure;
use crate::session::Session;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  shellrt-driver ./shellrt-containerd img_remove ubuntu
  shellrt-driver ./shellrt-containerd img_remove --force sha256:0123...")]
pub(crate) struct ImgRemove {
    /// The image's reference or id
    image: ImageReference,
    /// Remove it even where a module uses it
    #[arg(long)]
    force: bool,
}

impl ImgRemove {
    pub(crate) fn run(self, session: &Session) -> Result<(), Failure> {
        let mut request = ImgRemoveRequest::new(self.image.clone());
        request.force = self.force;
        let response = session.call(request)?;
        session.show(&response, |response| {
            match (response.changed, response.references.as_slice()) {
                (false, _) => format!("{}: not there, nothing changed\n", self.image),
                (true, []) => format!("{}: removed\n", self.image),
                (true, references) => references
                    .iter()
                    .map(|reference| format!("{reference}: removed\n"))
                    .collect(),
            }
        })
    }
}
