//! SQLite's catalogue.

use super::super::Writer;
use super::{Asked, Question, Scope};

pub(super) fn ask(to: &mut Writer<'_>, question: Question, scope: &Scope<'_>) -> Option<()> {
    match question {
        Question::Columns => {
            with_names(to, scope);
            to.push(
                " SELECT asked.place, CASE m.type WHEN 'table' THEN 'plain' ELSE m.type END, NULL, m.name, NULL, \
                 x.name, x.type, x.type, COALESCE(x.\"notnull\" <> 0 OR x.pk <> 0, 0), x.dflt_value, \
                 CASE WHEN x.pk = 1 AND UPPER(x.type) = 'INTEGER' AND NOT EXISTS (SELECT 1 \
                 FROM pragma_table_info(m.name) o WHERE o.pk > 1) THEN 'd' ELSE '' END, \
                 CASE x.hidden WHEN 2 THEN 'v' WHEN 3 THEN 's' ELSE '' END, NULL, 0, 0, 0, 0 \
                 FROM asked LEFT JOIN sqlite_schema m ON m.name = asked.name COLLATE NOCASE \
                 AND m.type IN ('table', 'view') LEFT JOIN pragma_table_xinfo(m.name) x \
                 ORDER BY asked.place, x.cid",
            );
        }
        // A type is compared by its affinity, which its name tells; checks are in the text of the table only.
        Question::Types | Question::Checks | Question::Enums => return None,
        Question::Keys => {
            with_names(to, scope);
            to.push(
                " SELECT asked.place, l.seq, l.name, 1, 1, 0, NULL, l.\"unique\", l.origin = 'pk', \
                 CASE l.origin WHEN 'pk' THEN 'p' WHEN 'u' THEN 'u' END, 0, 0, NULL, 0, i.name, \
                 COALESCE(i.name, '(expression)'), '' FROM asked JOIN pragma_index_list(asked.name) l \
                 JOIN pragma_index_xinfo(l.name) i ON i.key = 1 ORDER BY asked.place, l.seq, i.seqno",
            );
        }
        Question::References => {
            with_names(to, scope);
            to.push(
                " SELECT asked.place, f.id, NULL, NULL, f.\"table\", f.on_delete, f.on_update, 0, 0, 1, \
                 f.\"from\", COALESCE(f.\"to\", (SELECT p.name FROM pragma_table_info(f.\"table\") p \
                 WHERE p.pk = f.seq + 1)) FROM asked JOIN pragma_foreign_key_list(asked.name) f \
                 ORDER BY asked.place, f.id, f.seq",
            );
        }
        // <https://www.sqlite.org/foreignkeys.html#fk_indexes>: the primary key, or the columns of a unique
        // index of all rows. Where no column is named the primary key is meant.
        Question::Broken => {
            with_names(to, scope);
            to.push(
                ", wanted AS (SELECT asked.place AS place, m.name AS child, f.id AS id, \
                 f.\"table\" AS parent, (SELECT count(*) FROM pragma_foreign_key_list(m.name) g \
                 WHERE g.id = f.id) AS width FROM asked JOIN sqlite_schema m ON m.type = 'table' \
                 JOIN pragma_foreign_key_list(m.name) f ON f.seq = 0 \
                 WHERE m.name = asked.name COLLATE NOCASE OR (f.\"table\" = asked.name COLLATE NOCASE \
                 AND NOT EXISTS (SELECT 1 FROM asked o WHERE o.name = m.name COLLATE NOCASE))) \
                 SELECT w.place, w.child, (SELECT group_concat(g.\"from\", ', ') \
                 FROM pragma_foreign_key_list(w.child) g WHERE g.id = w.id), w.parent, \
                 (SELECT group_concat(g.\"to\", ', ') FROM pragma_foreign_key_list(w.child) g \
                 WHERE g.id = w.id), w.width = 1 AND EXISTS (SELECT 1 FROM sqlite_schema p \
                 JOIN pragma_table_info(p.name) x JOIN pragma_foreign_key_list(w.child) g \
                 ON g.id = w.id AND x.name = g.\"to\" COLLATE NOCASE \
                 WHERE p.type = 'table' AND p.name = w.parent COLLATE NOCASE) \
                 FROM wanted w WHERE NOT EXISTS (SELECT 1 \
                 WHERE (SELECT count(*) FROM pragma_table_info(w.parent) x WHERE x.pk > 0) = w.width \
                 AND NOT EXISTS (SELECT 1 FROM pragma_foreign_key_list(w.child) g WHERE g.id = w.id \
                 AND g.\"to\" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM pragma_table_info(w.parent) x \
                 WHERE x.pk > 0 AND x.name = g.\"to\" COLLATE NOCASE))) \
                 AND NOT EXISTS (SELECT 1 FROM pragma_index_list(w.parent) l \
                 WHERE l.\"unique\" AND NOT l.partial \
                 AND (SELECT count(*) FROM pragma_index_info(l.name)) = w.width \
                 AND NOT EXISTS (SELECT 1 FROM pragma_foreign_key_list(w.child) g WHERE g.id = w.id \
                 AND NOT EXISTS (SELECT 1 FROM pragma_index_info(l.name) i \
                 WHERE i.name = g.\"to\" COLLATE NOCASE)))",
            );
        }
        Question::Text => {
            with_names(to, scope);
            to.push(
                " SELECT asked.place, m.type = 'index', m.name, m.sql FROM asked JOIN sqlite_schema m \
                 ON m.tbl_name = asked.name COLLATE NOCASE AND m.type IN ('table', 'index') \
                 WHERE m.sql IS NOT NULL ORDER BY asked.place, m.type = 'index', m.name",
            );
        }
    }
    Some(())
}

/// The tables that are asked about, with their places.
fn with_names(to: &mut Writer<'_>, scope: &Scope<'_>) {
    let asked = match scope {
        Scope::Named(asked) => asked,
        // Virtual tables and the tables behind them are no tables of a user's.
        Scope::All { .. } => {
            to.push(
                "WITH asked(place, name) AS (SELECT m.rowid, m.name FROM sqlite_schema m \
                 JOIN pragma_table_list l ON l.schema = 'main' AND l.name = m.name AND l.type = 'table' \
                 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\')",
            );
            return;
        }
    };
    to.push("WITH asked(place, name) AS (VALUES ");
    to.list(
        asked.iter().enumerate(),
        |to, (place, Asked { table, .. })| {
            to.push(&format!("({place}, "))
                .literal(&table.name)
                .push(")");
        },
    );
    to.push(")");
}
