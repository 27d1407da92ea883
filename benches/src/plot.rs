//! Rows a second over the size of the batch, as a picture.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use plotters::prelude::*;

use crate::compare::Compared;
use crate::report;
use crate::workloads::bulk;

/// The peers in the picture, and how each is drawn.
const DRAWN: [(&str, &str, RGBColor); 5] = [
    (
        "server alone",
        "server alone, rows there already",
        RGBColor(150, 150, 150),
    ),
    ("sqlx Arrays", "sqlx by hand, arrays", RGBColor(90, 160, 90)),
    (report::OURS, "orm", RGBColor(200, 60, 40)),
    ("SeaORM", "SeaORM 2", RGBColor(60, 100, 190)),
    ("diesel-async", "diesel-async", RGBColor(150, 90, 170)),
];

/// Draws the bulk upserts among these workloads.
///
/// # Errors
///
/// When the file cannot be written.
pub fn bulk(workloads: &[Compared], to: &Path) -> Result<(), Box<dyn Error>> {
    let mut speeds: BTreeMap<&str, Vec<(f64, f64)>> = BTreeMap::new();
    for compared in workloads {
        let Some(rows) = compared.rows else { continue };
        if compared.workload != bulk::drawn(rows) {
            continue;
        }
        let rows = rows as f64;
        for line in &compared.lines {
            let speed = rows / line.median * 1e6;
            speeds.entry(line.peer).or_default().push((rows, speed));
        }
    }
    let points = || speeds.values().flatten();
    let drawn = |peer: &str| DRAWN.iter().any(|(name, ..)| *name == peer);
    let of_drawn = speeds.iter().filter(|(peer, _)| drawn(peer));
    let highest = of_drawn
        .flat_map(|(_, points)| points)
        .map(|(_, speed)| *speed);
    let highest = highest.fold(0.0, f64::max) * 1.05;
    let widest = points().map(|(rows, _)| *rows).fold(10.0, f64::max);

    let area = SVGBackend::new(to, (760, 440)).into_drawing_area();
    area.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&area)
        .caption("Bulk upsert, half of the rows there", ("sans-serif", 20))
        .margin(12)
        .x_label_area_size(44)
        .y_label_area_size(72)
        .build_cartesian_2d((10.0..widest).log_scale(), 0.0..highest)?;
    chart
        .configure_mesh()
        .x_desc("rows in the batch")
        .y_desc("rows a second")
        .x_label_formatter(&|rows| format!("{rows:.0}"))
        .y_label_formatter(&|speed| format!("{speed:.0}"))
        .light_line_style(TRANSPARENT)
        .draw()?;
    for (peer, label, colour) in DRAWN {
        let Some(points) = speeds.get(peer) else {
            continue;
        };
        chart
            .draw_series(LineSeries::new(
                points.iter().copied(),
                colour.stroke_width(2),
            ))?
            .label(label)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], colour.stroke_width(2)));
        chart.draw_series(points.iter().map(|at| Circle::new(*at, 3, colour.filled())))?;
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::LowerRight)
        .background_style(WHITE.mix(0.8))
        .border_style(RGBColor(200, 200, 200))
        .draw()?;
    area.present()?;
    Ok(())
}
