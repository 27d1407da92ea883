//! PostgreSQL's catalogue.

use super::super::Writer;
use super::{Asked, Question};

pub(super) fn ask(
    to: &mut Writer<'_>,
    question: Question,
    asked: &[Asked<'_>],
    nulls_not_distinct: bool,
) -> Option<()> {
    match question {
        Question::Columns => {
            to.push(
                "SELECT asked.place, CASE c.relkind WHEN 'r' THEN 'plain' WHEN 'p' THEN 'partitioned' \
                 WHEN 'v' THEN 'view' ELSE c.relkind::text END, a.attname::text, \
                 format_type(a.atttypid, NULL), \
                 COALESCE(a.attnotnull, false), COALESCE(a.atthasdef, false), \
                 COALESCE(a.attidentity <> '' OR pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%', \
                 false), COALESCE(a.attgenerated <> '', false), \
                 o.collname::text, COALESCE(NOT o.collisdeterministic, false), \
                 EXISTS (SELECT 1 FROM pg_depend p WHERE p.refclassid = 'pg_class'::regclass \
                 AND p.refobjid = a.attrelid AND p.refobjsubid = a.attnum \
                 AND (p.classid IN ('pg_rewrite'::regclass, 'pg_policy'::regclass, 'pg_trigger'::regclass) \
                 OR (p.classid = 'pg_attrdef'::regclass AND p.objid IS DISTINCT FROM d.oid) \
                 OR (p.classid = 'pg_class'::regclass AND p.objid = a.attrelid AND p.objsubid > 0))), \
                 EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal \
                 AND t.tgtype & 6 = 6) FROM ",
            );
            relations(to, asked);
            to.push(
                " LEFT JOIN pg_class c ON c.oid = asked.oid LEFT JOIN pg_attribute a \
                 ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped \
                 LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum \
                 LEFT JOIN pg_collation o ON o.oid = a.attcollation \
                 ORDER BY asked.place, a.attnum",
            );
        }
        Question::Types => types(to, asked),
        Question::Keys => {
            to.push(
                "SELECT asked.place, ic.relname::text, ARRAY_TO_STRING(ARRAY(SELECT \
                 pg_get_indexdef(i.indexrelid, k, true) FROM generate_series(1, i.indnkeyatts) k \
                 ORDER BY 1), ', '), i.indisvalid, i.indimmediate, ",
            );
            to.push(if nulls_not_distinct {
                "i.indnullsnotdistinct"
            } else {
                "false"
            });
            to.push(
                ", pg_get_expr(i.indpred, i.indrelid), i.indisunique, i.indisprimary, \
                 EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid) FROM ",
            );
            relations(to, asked);
            to.push(
                " JOIN pg_index i ON i.indrelid = asked.oid JOIN pg_class ic ON ic.oid = i.indexrelid \
                 ORDER BY asked.place, i.indexrelid",
            );
        }
        Question::References => {
            to.push(
                "SELECT asked.place, k.oid::INT8, a.attname::text, f.relname::text, fa.attname::text FROM ",
            );
            relations(to, asked);
            to.push(
                " JOIN pg_constraint k ON k.conrelid = asked.oid AND k.contype = 'f' \
                 JOIN pg_class f ON f.oid = k.confrelid \
                 CROSS JOIN LATERAL unnest(k.conkey, k.confkey) AS pair(own, other) \
                 JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = pair.own \
                 JOIN pg_attribute fa ON fa.attrelid = k.confrelid AND fa.attnum = pair.other",
            );
        }
        Question::Checks => {
            to.push("SELECT asked.place, k.conname::text FROM ");
            relations(to, asked);
            to.push(" JOIN pg_constraint k ON k.conrelid = asked.oid AND k.contype = 'c'");
        }
        // PostgreSQL makes no foreign key that points to no key, and its catalogue has no text of a table.
        Question::Broken | Question::Text => return None,
    }
    Some(())
}

/// The tables that are asked about, with their places and object identifiers.
fn relations(to: &mut Writer<'_>, asked: &[Asked<'_>]) {
    let dialect = to.dialect;
    to.push("(SELECT place::INT8, to_regclass(name) AS oid FROM (VALUES ");
    to.list(
        asked.iter().enumerate(),
        |to, (place, Asked { table, .. })| {
            let mut name = Writer::new(dialect);
            name.table(table);
            to.push(&format!("({place}, "))
                .literal(&name.text)
                .push(")");
        },
    );
    to.push(") AS named(place, name)) AS asked");
}

fn types(to: &mut Writer<'_>, asked: &[Asked<'_>]) {
    let dialect = to.dialect;
    to.push(
        "SELECT place::INT8, name, format_type(to_regtype(type), NULL), \
         format_type(to_regtype(sent), NULL), (SELECT format_type(CASE b.typtype WHEN 'd' \
         THEN b.typbasetype ELSE b.oid END, NULL) FROM pg_type b WHERE b.oid = to_regtype(type)) \
         FROM (VALUES ",
    );
    let columns = asked.iter().enumerate().flat_map(|(place, asked)| {
        let names = asked.types.iter().zip(asked.sent_as);
        let columns = asked.table.columns.iter().zip(names);
        columns.map(move |(column, names)| (place, column, names))
    });
    to.list(columns, |to, (place, column, (name, sent))| {
        to.push(&format!("({place}, ")).literal(&column.name);
        to.push(", ").literal(name).push(", ");
        if sent.is_empty() {
            to.push("NULL::text)");
        } else {
            to.literal(dialect.sql_name(sent)).push(")");
        }
    });
    to.push(") AS named(place, name, type, sent)");
}
