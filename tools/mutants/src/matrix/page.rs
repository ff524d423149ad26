//! The matrices for people, in `docs/reports`.

use super::table::{Matrix, Row};

/// `kill-matrix.md`.
pub(super) fn of_plugins(matrix: &Matrix) -> String {
    let coverage = &matrix.coverage;
    let page = format!(
        "# Kill matrix\n\n\
         <!-- Written by `shellrt-mutants --write`. Do not edit. -->\n\n\
         A mutant is a plugin that breaks one rule; it is killed where a check of this\n\
         very rule fails. {} mutants, {} checks. Of {} MUSTs that bind a plugin {} have\n\
         a check, {} a mutant that is killed, and {} are left out because no black box can\n\
         see them.\n\n\
         ```console\n\
         $ cargo build --workspace\n\
         $ target/debug/shellrt-mutants --base process --check\n\
         $ target/debug/with-containerd -- target/debug/shellrt-mutants --base containerd --check\n\
         ```\n",
        matrix.mutants.len(),
        matrix.checks.len(),
        coverage.musts,
        coverage.checked,
        coverage.proven,
        coverage.excluded,
    );
    page + &tables(matrix)
}

/// `hosts.md`.
pub(super) fn of_hosts(matrix: &Matrix) -> String {
    let coverage = &matrix.coverage;
    let page = format!(
        "# Kill matrix of hosts\n\n\
         <!-- Written by `shellrt-mutants --hosts --write`. Do not edit. -->\n\n\
         A mutant is a host that breaks one rule; it is killed where a check of this very\n\
         rule fails. As it is, the host that they are made of passes every check, and so do\n\
         the hosts of this project. {} mutants, {} checks. Of {} MUSTs that bind a host {}\n\
         have a check, {} a mutant that is killed, and {} are left out because no black\n\
         box can see them.\n\n\
         ```console\n\
         $ cargo build --package shellrt-validate --package shellrt-mutants\n\
         $ target/debug/shellrt-mutants --hosts --check\n\
         $ cargo xtask test --only hosts\n\
         ```\n",
        matrix.mutants.len(),
        matrix.checks.len(),
        coverage.musts,
        coverage.checked,
        coverage.proven,
        coverage.excluded,
    );
    page + &tables(matrix)
}

fn tables(matrix: &Matrix) -> String {
    let mut page =
        "\n## Rules\n\n| rule | level | checks | mutants killed |\n|---|---|---|---|\n".to_owned();
    for row in &matrix.rules {
        page.push_str(&rule(row));
    }
    page.push_str("\n## Mutants\n\n| mutant | made of | breaks | what it does | killed by |\n|---|---|---|---|---|\n");
    for (id, mutant) in &matrix.mutants {
        let checks: Vec<String> = mutant
            .killed_by
            .iter()
            .map(|check| format!("`{check}`"))
            .collect();
        let checks = if checks.is_empty() {
            "**nothing**".to_owned()
        } else {
            checks.join("<br>")
        };
        page.push_str(&format!(
            "| `{id}` | {} | {} | {} | {checks} |\n",
            mutant.base,
            mutant.breaks,
            mutant.title.replace('|', "\\|"),
        ));
    }
    page
}

fn rule(row: &Row) -> String {
    let level = row.level.to_uppercase();
    if let Some(reason) = &row.excluded {
        return format!(
            "| {} | {level} | left out: {} | |\n",
            row.rule,
            reason.replace('|', "\\|")
        );
    }
    format!(
        "| {} | {level} | {} | {} |\n",
        row.rule,
        row.checks.len(),
        row.mutants.len()
    )
}
