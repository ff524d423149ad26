//! `stats`: measures what modules use. Writes nothing and takes no lock, and
//! looks at the machine's processes once for all modules.
//!
//! A module that cannot be measured is an item with an error. A module that
//! does not run uses nothing and is such an item when it is asked for by name.

use shellrt_api::{ModuleName, StatsItem, StatsRequest, StatsResponse, StatsSample};

use crate::failure::Failure;
use crate::members;
use crate::state::{Run, Store};
use shellrt_common::process::{Processes, Stat, disk_bytes};
use shellrt_common::time;

/// One sample a module: those that are named, or all that run.
pub(super) fn stats(store: &Store, request: &StatsRequest) -> Result<StatsResponse, Failure> {
    let all = request.names.is_empty();
    let names = if all {
        store.names()?
    } else {
        request.names.clone()
    };
    let processes = Processes::look().map_err(Failure::processes)?;
    let mut items = Vec::new();
    for name in names {
        match measure(store, &name, &processes) {
            Ok(sample) => {
                let mut item = StatsItem::new(name);
                item.sample = Some(sample);
                items.push(item);
            }
            Err(Failure::NotRunning(_) | Failure::NotFound(_)) if all => {}
            Err(failure) => {
                let mut item = StatsItem::new(name);
                item.error = Some(failure.to_error());
                items.push(item);
            }
        }
    }
    Ok(StatsResponse::new(items))
}

fn measure(
    store: &Store,
    name: &ModuleName,
    processes: &Processes,
) -> Result<StatsSample, Failure> {
    let not_running = || Failure::NotRunning(name.clone());
    let (run, supervised) = store.module(name)?.present_run()?.ok_or_else(not_running)?;
    let members = members::of_run(processes, &run, supervised).map_err(Failure::processes)?;
    let mut sample = StatsSample::new(time::timestamp(time::now()));
    let cpu_ticks: u64 = members
        .iter()
        .map(|stat| stat.own_ticks + stat.waited_ticks)
        .sum();
    let cpu_time = time::ticks(cpu_ticks + ticks_of_the_ended(&run, supervised)?);
    sample.cpu_time_us = u64::try_from(cpu_time.as_micros()).ok();
    sample.memory_bytes = Some(members.iter().map(Stat::resident_bytes).sum());
    sample.process_count = u32::try_from(members.len()).ok();
    // A part of a sum would be a wrong number: all can be read, or none is told.
    let disk: Option<Vec<(u64, u64)>> = members.iter().map(|stat| disk_bytes(stat.pid)).collect();
    if let Some(disk) = disk {
        sample.block_read_bytes = Some(disk.iter().map(|(read, _)| read).sum());
        sample.block_written_bytes = Some(disk.iter().map(|(_, written)| written).sum());
    }
    Ok(sample)
}

/// The processor time of descendants that the supervisor has waited for. Time
/// goes to a process's record of its children only when that process waits
/// for them, so nothing is counted twice.
fn ticks_of_the_ended(run: &Run, supervised: bool) -> Result<u64, Failure> {
    if !supervised {
        return Ok(0);
    }
    let supervisor = Stat::read(run.supervisor.pid).map_err(Failure::processes)?;
    Ok(supervisor.map_or(0, |stat| stat.waited_ticks))
}
