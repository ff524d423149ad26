//! On the containerd plugin: a module is a container, made from an image of a
//! real registry. `with-containerd` gives both, and looks for what is left.

use std::thread::sleep;
use std::time::Duration;

use super::stage::Stage;
use crate::beside::{self, WithContainerd};
use crate::process::build;
use crate::{FOUND, Failure, OK};

/// The name of the image and of the module in the README of 2020.
const IMAGE: &str = "ubuntu";
const MODULE: &str = "ubuntutest";

pub(crate) fn run() -> Result<u8, Failure> {
    if let Some(registry) = beside::registry() {
        return play(&format!("{registry}/{IMAGE}"));
    }
    beside::check()?;
    eprintln!("building shellrt-containerd, shellrt-driver and with-containerd ...");
    let packages = ["shellrt-containerd", "shellrt-driver", "shellrt-testbed"];
    let programs = build(&packages, false)?;
    let beside = WithContainerd {
        programs: &programs,
        images: &[IMAGE],
    };
    let went_well = beside.run_again(&["demo", "--plugin", "containerd"])?;
    println!();
    if went_well {
        println!("That was a container's whole life, without Docker, CRI or a pause container.");
        println!("No task, record, snapshot, shim, logger, mount or control group of it is left.");
        Ok(OK)
    } else {
        println!("The demo did not go as it should: see above.");
        Ok(FOUND)
    }
}

fn play(image: &str) -> Result<u8, Failure> {
    let programs = crate::process::programs(false);
    let stage = Stage {
        programs: &programs,
        plugin: "shellrt-containerd",
        environment: Vec::new(),
    };
    let mut well = stage.driver("What can this runtime do?", &["describe"])?;
    well &= stage.driver(
        "The steps of the first README, of 2020, with an image of a registry on this machine.",
        &["img_pull", image],
    )?;
    well &= stage.driver("", &["create", "containerd-cri", MODULE, image])?;
    well &= stage.driver("", &["start", MODULE])?;
    sleep(Duration::from_millis(1200));
    well &= stage.driver("", &["list"])?;
    well &= stage.driver("", &["status", MODULE])?;
    well &= stage.driver("", &["logs", MODULE])?;
    well &= stage.driver(
        "What the first one could not.",
        &["top", "--details", MODULE],
    )?;
    well &= stage.driver("", &["stats", MODULE])?;
    well &= stage.driver("", &["img_list"])?;
    well &= stage.driver(
        "It was asked to end, and said so by its status.",
        &["stop", MODULE],
    )?;
    well &= stage.driver("", &["list", "--details"])?;
    well &= stage.driver("", &["remove", MODULE])?;
    well &= stage.driver("", &["img_remove", image])?;
    Ok(if well { OK } else { FOUND })
}
