//! What is printed and written of a run.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use orm_tests::Backend;

use crate::instructions::Instructions;
use crate::measure::Line;
use crate::workloads::bulk;

/// What `orm` on a held connection is called.
pub const OURS: &str = "orm";

/// What was measured on one backend.
#[derive(Debug)]
pub struct Section {
    pub backend: Backend,
    pub settings: Vec<(String, String)>,
    pub lines: Vec<Line>,
    pub instructions: Vec<Instructions>,
}

/// The lines of each workload, in the order in which they were measured. The first of each is the floor.
pub fn by_workload(lines: &[Line]) -> impl Iterator<Item = &[Line]> {
    lines.chunk_by(|one, next| one.workload == next.workload)
}

fn ours(lines: &[Line]) -> &Line {
    let ours = lines.iter().find(|line| line.peer == OURS);
    ours.expect("`orm` is a peer of every workload")
}

/// One line for each workload and peer: `workload peer median_us ratio_to_floor ratio_to_ours`.
pub fn quick(section: &Section) -> String {
    let mut to = String::new();
    for lines in by_workload(&section.lines) {
        for line in lines {
            writeln!(
                to,
                "{} {} {:.1} {:.2} {:.2}",
                word(&format!("{} {}", section.backend, line.workload)),
                word(line.peer),
                line.median,
                line.ratio_to(&lines[0]),
                line.ratio_to(ours(lines)),
            )
            .expect("a string takes all");
        }
    }
    to
}

/// Without spaces, so that a line has as many words as it has values.
fn word(text: &str) -> String {
    text.replace(' ', "-").replace(',', "")
}

/// Adds what another run has counted: lines of backend, workload, peer, allocations and peak.
pub fn add_counts(sections: &mut [Section], counted: &str) {
    let mut counts = BTreeMap::new();
    for line in counted.lines() {
        if let [backend, workload, peer, allocations, peak] =
            line.split('\t').collect::<Vec<_>>()[..]
        {
            counts.insert([backend, workload, peer], [allocations, peak]);
        }
    }
    for section in sections {
        let backend = section.backend.to_string();
        for line in &mut section.lines {
            let key = [backend.as_str(), line.workload.as_str(), line.peer];
            if let Some([allocations, peak]) = counts.get(&key) {
                line.allocations = allocations.parse().unwrap_or_default();
                line.peak = peak.parse().unwrap_or_default();
            }
        }
    }
}

/// The lines that [`add_counts`] reads.
pub fn counts(section: &Section) -> String {
    let mut to = String::new();
    for line in &section.lines {
        let (backend, workload, peer) = (section.backend, &line.workload, line.peer);
        let (allocations, peak) = (line.allocations, line.peak);
        writeln!(to, "{backend}\t{workload}\t{peer}\t{allocations}\t{peak}")
            .expect("a string takes all");
    }
    to
}

/// All of a section, as Markdown.
pub fn tables(section: &Section) -> String {
    let mut to = format!("## {}\n\n", section.backend);
    let settings = section.settings.iter();
    let settings: Vec<_> = settings
        .map(|(name, value)| format!("`{name}` {value}"))
        .collect();
    to.push_str(&settings.join(", "));
    to.push_str(".\n");
    for lines in by_workload(&section.lines) {
        table(&mut to, lines);
    }
    carriers(&mut to, section);
    instructions(&mut to, section);
    to
}

fn table(to: &mut String, lines: &[Line]) {
    let rows = bulk::rows(&lines[0].workload);
    write!(to, "\n### {}\n\n", lines[0].workload).expect("a string takes all");
    let per_row = if rows.is_some() {
        " µs a row | CPU µs a row |"
    } else {
        " p99 µs | CPU µs |"
    };
    writeln!(
        to,
        "| peer | median µs |{per_row} noise | allocations | peak KB | × floor | × orm |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|"
    )
    .expect("a string takes all");
    for line in lines {
        let (second, third) = match rows {
            Some(rows) => {
                let rows = rows as f64;
                let (time, cpu) = (line.median / rows, line.cpu / rows);
                (format!("{time:.2}"), format!("{cpu:.3}"))
            }
            None => {
                let p99 = line
                    .p99
                    .map_or_else(|| "–".to_owned(), |p99| format!("{p99:.1}"));
                (p99, format!("{:.1}", line.cpu))
            }
        };
        let (least, most) = line.noise();
        writeln!(
            to,
            "| {} | {:.1} | {second} | {third} | {least:.1}–{most:.1} | {} | {:.1} | {:.2} | {:.2} |",
            line.peer,
            line.median,
            line.allocations,
            line.peak as f64 / 1024.0,
            line.ratio_to(&lines[0]),
            line.ratio_to(ours(lines)),
        )
        .expect("a string takes all");
    }
}

/// Each carrier beside the same by hand.
fn carriers(to: &mut String, section: &Section) {
    let mut rows = String::new();
    for lines in by_workload(&section.lines) {
        let find = |peer: &str| lines.iter().find(|line| line.peer == peer);
        let pairs = ["Values", "Arrays", "Copy"].map(|carrier| {
            let by_hand = find(&format!("sqlx {carrier}"))?;
            Some(by_hand.ratio_to(find(&format!("orm {carrier}"))?))
        });
        let [Some(values), Some(arrays), Some(copy)] = pairs else {
            continue;
        };
        // Of the carriers by hand and ours alike, the quickest.
        let carriers = lines.iter().filter(|line| {
            ["Values", "Arrays", "Copy"]
                .iter()
                .any(|carrier| line.peer.ends_with(carrier))
        });
        let best = carriers.min_by(|one, other| one.median.total_cmp(&other.median));
        let auto = best.map_or(f64::NAN, |best| best.ratio_to(ours(lines)));
        let workload = &lines[0].workload;
        writeln!(
            rows,
            "| {workload} | {values:.2} | {arrays:.2} | {copy:.2} | {auto:.2} |"
        )
        .expect("a string takes all");
    }
    if !rows.is_empty() {
        to.push_str("\n### Speed of orm's carriers, by hand = 1\n\n");
        to.push_str("| workload | Values | Arrays | Copy | Auto, the best of all six = 1 |\n");
        to.push_str("|---|--:|--:|--:|--:|\n");
        to.push_str(&rows);
    }
}

fn instructions(to: &mut String, section: &Section) {
    if section.instructions.is_empty() {
        return;
    }
    to.push_str("\n### Instructions of the client a call, by callgrind\n\n");
    to.push_str("| workload | peer | instructions | × orm |\n|---|---|--:|--:|\n");
    for counted in &section.instructions {
        let ours = section
            .instructions
            .iter()
            .find(|other| other.workload == counted.workload && other.peer == OURS);
        let ratio = ours.map_or(f64::NAN, |ours| counted.count / ours.count);
        let Instructions {
            workload,
            peer,
            count,
        } = counted;
        writeln!(to, "| {workload} | {peer} | {count:.0} | {ratio:.2} |")
            .expect("a string takes all");
    }
}
