//! What is printed and written of a run.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use orm_tests::Backend;

use crate::compare::Compared;
use crate::instructions::Instructions;
use crate::line::{Counts, Line};
use crate::table::table;
use crate::workloads::bulk::ON_POOL;

/// What `orm` is called where it is used as one would: on a held connection, and with a carrier that it has
/// chosen itself.
pub const OURS: &str = "orm";

/// What was measured on one backend.
#[derive(Debug)]
pub struct Section {
    pub backend: Backend,
    pub settings: Vec<(String, String)>,
    pub workloads: Vec<Compared>,
    pub instructions: Vec<Instructions>,
}

/// One line for each peer: `workload peer median_us ratio_to_floor ratio_to_ours`.
pub fn quick(backend: Backend, compared: &Compared) -> String {
    let mut to = String::new();
    let workload = word(&format!("{backend} {}", compared.workload));
    for line in &compared.lines {
        writeln!(
            to,
            "{workload} {} {:.1} {} {}",
            word(line.peer),
            line.median,
            ratio(line, compared.lines.first()),
            ratio(line, ours(&compared.lines)),
        )
        .expect("a string takes all");
    }
    for (peer, _) in &compared.failed {
        writeln!(to, "{workload} {} failed - -", word(peer)).expect("a string takes all");
    }
    to
}

/// Without spaces, so that a line has as many words as it has values.
fn word(text: &str) -> String {
    text.replace(' ', "-").replace([',', ':'], "")
}

pub(crate) fn ours(lines: &[Line]) -> Option<&Line> {
    lines.iter().find(|line| line.peer == OURS)
}

/// A ratio, or a dash where the other has failed.
pub(crate) fn ratio(line: &Line, other: Option<&Line>) -> String {
    other.map_or_else(
        || "–".to_owned(),
        |other| format!("{:.2}", line.ratio_to(other)),
    )
}

/// Adds what another run has counted, as [`counts`] has written it.
pub fn add_counts(sections: &mut [Section], counted: &str) {
    let mut counts = BTreeMap::new();
    for line in counted.lines() {
        if let [backend, workload, peer, words] = line.split('\t').collect::<Vec<_>>()[..] {
            counts.insert([backend, workload, peer], Counts::parse(words));
        }
    }
    for section in sections {
        let backend = section.backend.to_string();
        for compared in &mut section.workloads {
            for line in &mut compared.lines {
                let key = [backend.as_str(), compared.workload.as_str(), line.peer];
                line.counts = counts.get(&key).copied().flatten();
            }
        }
    }
}

/// The lines that [`add_counts`] reads.
pub fn counts(backend: Backend, compared: &Compared) -> String {
    let mut to = String::new();
    for line in &compared.lines {
        if let Some(counts) = line.counts {
            let (workload, peer) = (&compared.workload, line.peer);
            writeln!(to, "{backend}\t{workload}\t{peer}\t{}", counts.words())
                .expect("a string takes all");
        }
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
    for compared in &section.workloads {
        to.push_str(&table(compared));
    }
    carriers(&mut to, section);
    instructions(&mut to, section);
    to.push('\n');
    to
}

/// Each carrier beside the same by hand.
fn carriers(to: &mut String, section: &Section) {
    const CARRIERS: [&str; 3] = ["Values", "Arrays", "Copy"];
    let mut rows = String::new();
    for compared in &section.workloads {
        let lines = &compared.lines;
        let find = |peer: &str| lines.iter().find(|line| line.peer == peer);
        let pairs = CARRIERS.map(|carrier| {
            let by_hand = find(&format!("sqlx {carrier}"))?;
            Some(by_hand.ratio_to(find(&format!("orm {carrier}"))?))
        });
        let [Some(values), Some(arrays), Some(copy)] = pairs else {
            continue;
        };
        // Of the carriers by hand and ours alike, the quickest.
        let carriers = lines
            .iter()
            .filter(|line| CARRIERS.iter().any(|carrier| line.peer.ends_with(carrier)));
        let best = carriers.min_by(|one, other| one.median.total_cmp(&other.median));
        let auto = |ours: Option<&Line>| {
            let both = best.zip(ours);
            both.map_or(f64::NAN, |(best, ours)| best.ratio_to(ours))
        };
        let (held, pool) = (auto(ours(lines)), auto(find(ON_POOL)));
        let workload = &compared.workload;
        writeln!(
            rows,
            "| {workload} | {values:.2} | {arrays:.2} | {copy:.2} | {held:.2} | {pool:.2} |"
        )
        .expect("a string takes all");
    }
    if !rows.is_empty() {
        to.push_str("\n### Speed of orm's carriers, by hand = 1\n\n");
        to.push_str(
            "The last two are of the carrier that orm takes itself, the best of all six = 1.\n\n",
        );
        to.push_str("| workload | Values | Arrays | Copy | on a held connection | on its pool |\n");
        to.push_str("|---|--:|--:|--:|--:|--:|\n");
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
