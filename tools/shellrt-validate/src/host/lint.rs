//! The scenarios themselves: each is what its schema says, speaks of rules that
//! bind a host, and every such rule has a check.

use std::collections::BTreeSet;

use super::catalog::scenarios;
use super::outcome::Run;
use super::scenario::{Bytes, Scenario, Step};
use crate::requirements::{self, Party, Requirements};
use crate::suite::lint::{assert_same, assert_valid, schema_of};

fn rules() -> Requirements {
    requirements::load(requirements::NEWEST).expect("the newest set is sound")
}

#[test]
fn scenarios_are_what_their_committed_schema_says() {
    let schema = schema_of::<Scenario>("A scenario for hosts");
    assert_same("host.schema.json", &schema);
    assert_valid(&schema, "host");
}

#[test]
fn the_report_has_the_committed_schema() {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings
        .into_generator()
        .into_root_schema_for::<Run>()
        .to_value();
    schema["title"] = "The report of a run against a host".into();
    let schema = format!("{schema:#}\n");
    assert_same("host-report.schema.json", &schema);
}

#[test]
fn every_check_has_a_name_of_its_own_and_a_rule_that_binds_hosts() {
    let rules = rules();
    let mut seen = BTreeSet::new();
    for named in scenarios() {
        assert!(
            named.checks().next().is_some(),
            "{} checks nothing",
            named.id
        );
        for check in named.checks() {
            let rule = rules.rule(&check.rule);
            let rule = rule.unwrap_or_else(|| panic!("{}: there is no such rule", check.id));
            assert!(rule.party != Party::Plugin, "{} binds plugins", check.id);
            let excluded = rule.excluded_for(Party::Host);
            assert!(excluded.is_none(), "{} is excluded", check.id);
            assert!(seen.insert(check.id.clone()), "{} is there twice", check.id);
        }
        for play in &named.scenario.plays {
            let both = !play.endings.is_empty() && !play.expect.is_empty();
            assert!(!both, "{}: endings have statements of their own", named.id);
        }
    }
}

#[test]
fn every_rule_that_binds_a_host_has_a_check_or_a_reason_why_not() {
    let checked: BTreeSet<String> = scenarios()
        .iter()
        .flat_map(|named| named.checks().map(|check| check.rule))
        .collect();
    for rule in rules().rules {
        if rule.party != Party::Plugin {
            let is_checked = checked.contains(&rule.id);
            let is_excluded = rule.excluded_for(Party::Host).is_some();
            assert_ne!(is_checked, is_excluded, "{}", rule.id);
        }
    }
}

#[test]
fn every_script_can_be_played() {
    fn check(steps: &[Step], id: &str) {
        for step in steps {
            match step {
                Step::Stdout(bytes) | Step::Stderr(bytes) => written(bytes, id),
                Step::Trickle(trickle) => written(&trickle.bytes, id),
                Step::Endless(endless) => written(&endless.bytes, id),
                Step::OnTerm(steps) => check(steps, id),
                _ => {}
            }
        }
    }
    fn written(bytes: &Bytes, id: &str) {
        if let Err(error) = bytes.bytes() {
            panic!("{id}: {error}");
        }
    }
    for named in scenarios() {
        for play in named.plays() {
            check(&play.plugin, &named.id);
            check(&play.again, &named.id);
        }
    }
}
