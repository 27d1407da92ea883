//! SQLite's catalogue.

use super::super::Writer;
use super::{Asked, Question};

pub(super) fn ask(to: &mut Writer<'_>, question: Question, asked: &[Asked<'_>]) -> Option<()> {
    match question {
        Question::Columns => {
            with_names(to, asked);
            to.push(
                " SELECT asked.place, CASE m.type WHEN 'table' THEN 'plain' ELSE m.type END, x.name, \
                 x.type, COALESCE(x.\"notnull\" <> 0 OR x.pk <> 0, 0), x.dflt_value IS NOT NULL, \
                 COALESCE(x.pk = 1 AND UPPER(x.type) = 'INTEGER', 0), COALESCE(x.hidden IN (2, 3), 0) \
                 FROM asked LEFT JOIN sqlite_schema m ON m.name = asked.name COLLATE NOCASE \
                 AND m.type IN ('table', 'view') LEFT JOIN pragma_table_xinfo(m.name) x \
                 ORDER BY asked.place, x.cid",
            );
        }
        // A type is compared by its affinity, which its name tells; checks are in the text of the table only.
        Question::Types | Question::Checks => return None,
        Question::Keys => {
            with_names(to, asked);
            to.push(
                " SELECT asked.place, l.name, (SELECT group_concat(part, ', ') FROM (SELECT \
                 COALESCE(i.name, '(expression)') AS part FROM pragma_index_xinfo(l.name) i \
                 WHERE i.key = 1 ORDER BY part)), 1, 1, 0, CASE l.partial WHEN 1 THEN \
                 (SELECT SUBSTR(s.sql, INSTR(UPPER(s.sql), ' WHERE ') + 7) FROM sqlite_schema s \
                 WHERE s.type = 'index' AND s.name = l.name) END, l.\"unique\" \
                 FROM asked JOIN pragma_index_list(asked.name) l UNION ALL \
                 SELECT asked.place, 'the row id', x.name, 1, 1, 0, NULL, 1 FROM asked \
                 JOIN pragma_table_xinfo(asked.name) x WHERE x.pk = 1 AND UPPER(x.type) = 'INTEGER'",
            );
        }
        Question::References => {
            with_names(to, asked);
            to.push(
                " SELECT asked.place, f.\"from\", f.\"table\" || '.' || f.\"to\" \
                 FROM asked JOIN pragma_foreign_key_list(asked.name) f",
            );
        }
    }
    Some(())
}

/// The tables that are asked about, with their places.
fn with_names(to: &mut Writer<'_>, asked: &[Asked<'_>]) {
    to.push("WITH asked(place, name) AS (VALUES ");
    to.list(asked.iter().enumerate(), |to, (place, (table, _))| {
        to.push(&format!("({place}, "))
            .literal(&table.name)
            .push(")");
    });
    to.push(")");
}
