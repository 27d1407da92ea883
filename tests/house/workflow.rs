//! The workflow runs the steps of `scripts/check`, with the same versions of tools.

use crate::source::Source;
use crate::{none, one};

const WORKFLOW: &str = ".github/workflows/ci.yml";

/// The words of `name=(..)` in a script.
fn list<'t>(script: &'t str, name: &str) -> Vec<&'t str> {
    let head = format!("{name}=(");
    let line = script.lines().find_map(|line| line.strip_prefix(&head));
    let words = line.and_then(|line| line.strip_suffix(')'));
    words.map_or_else(Vec::new, |words| words.split(' ').collect())
}

fn complaints(script: &str, workflow: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let steps = [list(script, "usual"), list(script, "others")].concat();
    if steps.is_empty() {
        complaints.push("scripts/check: no steps were found".to_owned());
    }
    for step in steps {
        let is_there = |line: &str| line.trim() == format!("- step: {step}");
        // The tests have a job of their own, one for each version of PostgreSQL.
        if step != "test" && !workflow.lines().any(is_there) {
            complaints.push(format!("{WORKFLOW}: no job runs `scripts/check {step}`"));
        }
    }
    for line in workflow.lines() {
        let Some((tool, version)) = line.trim().strip_prefix("tool: ").and_then(pinned) else {
            continue;
        };
        let name = tool.trim_start_matches("cargo-").replace("-checks", "");
        let pin = format!("{name}_version={version}");
        if !script.lines().any(|line| line == pin) {
            complaints.push(format!(
                "{WORKFLOW}: {tool} is {version}, and scripts/check has no `{pin}`"
            ));
        }
    }
    complaints
}

fn pinned(tool: &str) -> Option<(&str, &str)> {
    tool.split_once('@')
}

#[test]
fn the_workflow_runs_every_step() {
    let (script, workflow) = (Source::file("scripts/check"), Source::file(WORKFLOW));
    none(&complaints(&script.text, &workflow.text));
}

#[test]
fn a_step_without_a_job_is_found() {
    let script = "usual=(format test)\nothers=(semver)\nsemver_version=1.0.0\n";
    let job = "- step: format\n- step: semver\n  tool: cargo-semver-checks@1.0.0\n";
    none(&complaints(script, job));
    one(
        &complaints(script, "- step: format\n"),
        "scripts/check semver",
    );
    one(
        &complaints(script, &job.replace("1.0.0", "1.1.0")),
        "`semver_version=1.1.0`",
    );
    one(&complaints("", ""), "no steps");
}
