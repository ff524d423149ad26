//! A thousand modules of real size.

use std::thread;

use serde_json::json;

use crate::Test;
use crate::world::{World, Yard, shell};

pub(crate) const TESTS: &[Test] = &[(
    "a_thousand_modules_are_listed",
    a_thousand_modules_are_listed,
)];

fn a_thousand_modules_are_listed(world: &'static World) {
    const WORKERS: usize = 4;
    let yard = Yard::new(world, "many");
    yard.pull("box");
    // What an edge agent gives to a module: forty variables, a dozen labels.
    let mut config = shell("exec sleep 1000");
    for number in 0..40 {
        config["env"][format!("IOTEDGE_SETTING_{number}")] = json!("v".repeat(400));
    }
    let labels: serde_json::Map<_, _> = (0..12)
        .map(|number| {
            (
                format!("net.azure-devices.edge.label-{number}"),
                json!("l".repeat(60)),
            )
        })
        .collect();
    thread::scope(|scope| {
        for worker in 0..WORKERS {
            let (yard, config, labels) = (&yard, &config, &labels);
            scope.spawn(move || {
                for number in (worker..1000).step_by(WORKERS) {
                    yard.ok(
                        "create",
                        json!({"name": format!("module-{number:04}"), "config_type": "containerd",
                            "config": config, "labels": labels}),
                    );
                }
            });
        }
    });
    // More than one message of containerd's holds.
    assert!(1000 * serde_json::to_vec(&config).expect("JSON").len() > 16 << 20);
    let names = yard.names();
    assert_eq!(names.len(), 1000);
    assert!(names.is_sorted());
    let details = yard.ok("list", json!({"details": true}));
    let details = details["details"].as_array().expect("a list");
    assert_eq!(details.len(), 1000);
    assert!(
        details
            .iter()
            .all(|one| one["status"]["state"] == "created")
    );
    thread::scope(|scope| {
        for worker in 0..WORKERS {
            let (yard, names) = (&yard, &names);
            scope.spawn(move || {
                names[worker..].iter().step_by(WORKERS).for_each(|name| {
                    yard.remove(name);
                })
            });
        }
    });
}
