//! The table of a workload, as Markdown.

use std::fmt::Write as _;

use crate::compare::Compared;
use crate::line::Line;
use crate::report::{OURS, ours, ratio};

/// A column: its head, and what it says of a line.
type Column<'c> = (&'static str, Box<dyn Fn(&Line) -> String + 'c>);

/// What was measured, and who failed.
pub fn table(compared: &Compared) -> String {
    let columns = columns(compared);
    let mut to = format!("\n### {}\n\n| peer |", compared.workload);
    for (head, _) in &columns {
        write!(to, " {head} |").expect("a string takes all");
    }
    to.push_str("\n|---|");
    to.push_str(&"--:|".repeat(columns.len()));
    for line in &compared.lines {
        let mark = if line.peer == OURS { "**" } else { "" };
        write!(to, "\n| {mark}{}{mark} |", line.peer).expect("a string takes all");
        for (_, value) in &columns {
            write!(to, " {} |", value(line)).expect("a string takes all");
        }
    }
    to.push('\n');
    for (peer, why) in &compared.failed {
        let why = why.lines().next().unwrap_or_default();
        write!(to, "\n{peer} failed: {why}\n").expect("a string takes all");
    }
    to
}

/// Those that have something to say.
fn columns(compared: &Compared) -> Vec<Column<'_>> {
    let lines = &compared.lines;
    let mut columns: Vec<Column<'_>> =
        vec![("median µs", Box::new(|line| format!("{:.1}", line.median)))];
    if let Some(rows) = compared.rows {
        let rows = rows as f64;
        columns.push((
            "µs a row",
            Box::new(move |line| format!("{:.3}", line.median / rows)),
        ));
    }
    if lines.iter().any(|line| line.p99.is_some()) {
        let p99 = |line: &Line| line.p99.map(|p99| format!("{p99:.1}"));
        columns.push(("p99", or_dash(p99)));
    }
    columns.push(("min", Box::new(|line| format!("{:.1}", line.noise().0))));
    columns.push(("max", Box::new(|line| format!("{:.1}", line.noise().1))));
    columns.push(("× floor", Box::new(|line| ratio(line, lines.first()))));
    columns.push(("× orm", Box::new(|line| ratio(line, ours(lines)))));
    match compared.rows {
        Some(rows) => columns.push((
            "CPU µs a row",
            Box::new(move |line| format!("{:.3}", line.cpu / rows as f64)),
        )),
        None => columns.push(("CPU µs", Box::new(|line| format!("{:.1}", line.cpu)))),
    }
    if lines.iter().any(|line| line.counts.is_some()) {
        columns.push((
            "allocations",
            or_dash(|line| Some(line.counts?.allocations.to_string())),
        ));
        columns.push((
            "peak kB",
            or_dash(|line| Some(format!("{:.1}", line.counts?.peak as f64 / 1e3))),
        ));
    }
    if lines
        .iter()
        .any(|line| line.counts.is_some_and(|counts| counts.wire.is_some()))
    {
        columns.extend([
            (
                "statements",
                or_dash(|line| Some(line.counts?.wire?.statements.to_string())),
            ),
            (
                "waits",
                or_dash(|line| Some(line.counts?.wire?.waits.to_string())),
            ),
            (
                "bytes sent",
                or_dash(|line| Some(line.counts?.wire?.sent.to_string())),
            ),
            (
                "received",
                or_dash(|line| Some(line.counts?.wire?.received.to_string())),
            ),
        ]);
    }
    columns
}

fn or_dash<'c>(value: impl Fn(&Line) -> Option<String> + 'c) -> Box<dyn Fn(&Line) -> String + 'c> {
    Box::new(move |line| value(line).unwrap_or_else(|| "–".to_owned()))
}
