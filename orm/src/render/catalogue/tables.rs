//! PostgreSQL's catalogue.

use super::super::Writer;
use super::{Asked, Question, Scope};

pub(super) fn ask(
    to: &mut Writer<'_>,
    question: Question,
    scope: &Scope<'_>,
    nulls_not_distinct: bool,
) -> Option<()> {
    match question {
        Question::Columns => columns(to, scope),
        Question::Types => match scope {
            Scope::Named(asked) => types(to, asked),
            Scope::All { .. } => return None,
        },
        Question::Keys => keys(to, scope, nulls_not_distinct),
        Question::References => references(to, scope),
        Question::Checks => {
            to.push(
                "SELECT asked.place, k.conname::text, pg_get_expr(k.conbin, k.conrelid), k.convalidated FROM ",
            );
            relations(to, scope);
            to.push(
                " JOIN pg_constraint k ON k.conrelid = asked.oid AND k.contype = 'c' \
                 ORDER BY asked.place, k.conname",
            );
        }
        Question::Enums => match scope {
            Scope::Named(_) => return None,
            Scope::All { schemas } => enums(to, schemas),
        },
        // PostgreSQL makes no foreign key that points to no key, and its catalogue has no text of a table.
        Question::Broken | Question::Text => return None,
    }
    Some(())
}

fn columns(to: &mut Writer<'_>, scope: &Scope<'_>) {
    to.push("SELECT asked.place, CASE c.relkind WHEN 'r' THEN 'plain' WHEN 'p' THEN 'partitioned' WHEN 'v' THEN 'view' ELSE c.relkind::text END, ");
    schema_of(to, "c.relnamespace");
    to.push(
        ", c.relname::text, (SELECT substr(o, 12) FROM unnest(c.reloptions) o WHERE o LIKE 'fillfactor=%'), \
         a.attname::text, format_type(a.atttypid, NULL), format_type(a.atttypid, a.atttypmod), \
         COALESCE(a.attnotnull, false), pg_get_expr(d.adbin, d.adrelid), a.attidentity::text, \
         a.attgenerated::text, o.collname::text, a.attcollation IS DISTINCT FROM t.typcollation, \
         COALESCE(NOT o.collisdeterministic, false), \
         EXISTS (SELECT 1 FROM pg_depend p WHERE p.refclassid = 'pg_class'::regclass \
         AND p.refobjid = a.attrelid AND p.refobjsubid = a.attnum \
         AND (p.classid IN ('pg_rewrite'::regclass, 'pg_policy'::regclass, 'pg_trigger'::regclass) \
         OR (p.classid = 'pg_attrdef'::regclass AND p.objid IS DISTINCT FROM d.oid) \
         OR (p.classid = 'pg_class'::regclass AND p.objid = a.attrelid AND p.objsubid > 0))), \
         EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal \
         AND t.tgtype & 6 = 6) FROM ",
    );
    relations(to, scope);
    to.push(
        " LEFT JOIN pg_class c ON c.oid = asked.oid LEFT JOIN pg_attribute a \
         ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped \
         LEFT JOIN pg_type t ON t.oid = a.atttypid \
         LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum \
         LEFT JOIN pg_collation o ON o.oid = a.attcollation \
         ORDER BY asked.place, a.attnum",
    );
}

/// A row for each part of each index: its own definition tells neither its order nor its operator class.
fn keys(to: &mut Writer<'_>, scope: &Scope<'_>, nulls_not_distinct: bool) {
    to.push(
        "SELECT asked.place, i.indexrelid::INT8, ic.relname::text, i.indisvalid, i.indimmediate, ",
    );
    to.push(if nulls_not_distinct {
        "i.indnullsnotdistinct"
    } else {
        "false"
    });
    to.push(
        ", pg_get_expr(i.indpred, i.indrelid), i.indisunique, i.indisprimary, k.contype::text, \
         COALESCE(k.condeferrable, false), COALESCE(k.condeferred, false), \
         NULLIF(m.amname, 'btree')::text, n > i.indnkeyatts, a.attname::text, \
         pg_get_indexdef(i.indexrelid, n, true), CASE WHEN n <= i.indnkeyatts THEN \
         COALESCE((SELECT ' COLLATE ' || quote_ident(o.collname) FROM pg_collation o \
         WHERE o.oid = i.indcollation[n - 1] AND o.oid <> COALESCE(a.attcollation, t.typcollation)), '') \
         || COALESCE((SELECT ' ' || quote_ident(o.opcname) FROM pg_opclass o \
         WHERE o.oid = i.indclass[n - 1] AND NOT o.opcdefault), '') \
         || CASE i.indoption[n - 1] & 3 WHEN 1 THEN ' DESC NULLS LAST' WHEN 2 THEN ' NULLS FIRST' \
         WHEN 3 THEN ' DESC' ELSE '' END END FROM ",
    );
    relations(to, scope);
    to.push(
        " JOIN pg_index i ON i.indrelid = asked.oid JOIN pg_class ic ON ic.oid = i.indexrelid \
         JOIN pg_am m ON m.oid = ic.relam LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid \
         AND k.conrelid = i.indrelid AND k.contype <> 'f' CROSS JOIN LATERAL generate_series(1, i.indnatts) n \
         LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[n - 1] \
         AND i.indkey[n - 1] <> 0 LEFT JOIN pg_attribute e ON e.attrelid = i.indexrelid AND e.attnum = n \
         LEFT JOIN pg_type t ON t.oid = e.atttypid ORDER BY asked.place, i.indexrelid, n",
    );
}

fn references(to: &mut Writer<'_>, scope: &Scope<'_>) {
    to.push("SELECT asked.place, k.oid::INT8, k.conname::text, ");
    schema_of(to, "f.relnamespace");
    to.push(
        ", f.relname::text, k.confdeltype::text, k.confupdtype::text, k.condeferrable, k.condeferred, \
         k.convalidated, a.attname::text, fa.attname::text FROM ",
    );
    relations(to, scope);
    to.push(
        " JOIN pg_constraint k ON k.conrelid = asked.oid AND k.contype = 'f' \
         JOIN pg_class f ON f.oid = k.confrelid \
         CROSS JOIN LATERAL unnest(k.conkey, k.confkey) WITH ORDINALITY AS pair(own, other, n) \
         JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = pair.own \
         JOIN pg_attribute fa ON fa.attrelid = k.confrelid AND fa.attnum = pair.other \
         ORDER BY asked.place, k.oid, pair.n",
    );
}

fn enums(to: &mut Writer<'_>, schemas: &[&str]) {
    to.push("SELECT t.oid::INT8, ");
    schema_of(to, "t.typnamespace");
    to.push(
        ", t.typname::text, e.enumlabel::text FROM pg_type t LEFT JOIN pg_enum e ON e.enumtypid = t.oid \
         WHERE t.typtype = 'e' AND ",
    );
    within(to, "t.typnamespace", schemas);
    to.push(" AND ");
    of_no_extension(to, "pg_type", "t.oid");
    to.push(" ORDER BY t.oid, e.enumsortorder");
}

/// The name of a schema, where it is not the connection's own.
fn schema_of(to: &mut Writer<'_>, namespace: &str) {
    to.push("(SELECT n.nspname::text FROM pg_namespace n WHERE n.nspname IS DISTINCT FROM current_schema() AND n.oid = ")
        .push(namespace)
        .push(")");
}

/// That a namespace is the connection's own, or one of these.
fn within(to: &mut Writer<'_>, namespace: &str, schemas: &[&str]) {
    to.push(namespace)
        .push(" IN (SELECT n.oid FROM pg_namespace n WHERE n.nspname = current_schema()");
    for schema in schemas {
        to.push(" OR n.nspname = ").literal(schema);
    }
    to.push(")");
}

fn of_no_extension(to: &mut Writer<'_>, catalog: &str, oid: &str) {
    to.push("NOT EXISTS (SELECT 1 FROM pg_depend x WHERE x.classid = ")
        .literal(catalog)
        .push("::regclass AND x.deptype = 'e' AND x.objid = ")
        .push(oid)
        .push(")");
}

/// The tables that are asked about, with their places and object identifiers.
fn relations(to: &mut Writer<'_>, scope: &Scope<'_>) {
    let asked = match scope {
        Scope::Named(asked) => asked,
        Scope::All { schemas } => {
            to.push(
                "(SELECT r.oid::INT8 AS place, r.oid FROM pg_class r WHERE r.relkind = 'r' \
                 AND NOT r.relispartition AND r.relpersistence <> 't' AND ",
            );
            within(to, "r.relnamespace", schemas);
            to.push(" AND ");
            of_no_extension(to, "pg_class", "r.oid");
            to.push(") AS asked");
            return;
        }
    };
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
