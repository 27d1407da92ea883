//! What is printed is read again.

use crate::diff::{
    Check, Computed, DefaultValue, Deferrable, Enum, ForeignKey, Identity, Index, IndexPart, Key,
    ObjectName, Schema, SchemaColumn, Table,
};
use crate::schema::ForeignKeyAction;

/// A schema with everything that there can be in it.
fn everything() -> Schema {
    let mut users = Table::new(ObjectName::new("users").in_schema("app"));
    users.fillfactor = Some(70);
    let mut id = SchemaColumn::new("id", "bigint");
    id.identity = Some(Identity::ByDefault);
    let mut upper = SchemaColumn::new("Name \"2\"", "character varying(20)").nullable();
    upper.collation = Some("de-x-icu".to_owned());
    upper.default = Some(DefaultValue::of("'a\n`\\'"));
    let mut computed = SchemaColumn::new("computed", "text");
    computed.computed = Some(Computed {
        expression: Some("lower(id)".to_owned()),
        stored: true,
    });
    let mut undeclared = SchemaColumn::new("null", "text");
    undeclared.default = Some(DefaultValue::Undeclared);
    users.columns = vec![id, upper, computed, undeclared];
    let mut primary = Key::primary(["id"]);
    primary.name = Some("users_pkey".to_owned());
    let mut pair = Key::unique("pair", ["null", "id"]);
    pair.nulls_not_distinct = true;
    pair.deferrable = Deferrable::Deferred;
    pair.include = vec!["computed".to_owned()];
    users.keys = vec![primary, pair];
    let mut index = Index::new("unique", ["id"]);
    index
        .parts
        .push(IndexPart::Sql("lower(computed) DESC".to_owned()));
    index.unique = true;
    index.method = Some("gin".to_owned());
    index.filter = Some("id > 0".to_owned());
    index.valid = false;
    users.indexes = vec![index];
    let mut key = ForeignKey::new("fk", ["id"], ObjectName::new("orgs"), ["id"]);
    key.on_delete = ForeignKeyAction::SetNull;
    key.on_update = ForeignKeyAction::Cascade;
    key.deferrable = Deferrable::Immediate;
    key.validated = false;
    users.foreign_keys = vec![key];
    let mut unnamed = Check::new("", "id <> 7");
    unnamed.name = None;
    users.checks = vec![Check::new("positive", "id > 0"), unnamed];
    let mut orgs = Table::new(ObjectName::new("orgs"));
    orgs.options = vec!["STRICT".to_owned(), "WITHOUT ROWID".to_owned()];
    let mood = Enum::new(ObjectName::new("mood"), ["so so", "it's `fine`"]);
    Schema::new([users, orgs], [mood])
}

#[test]
fn a_fact_is_a_line_and_lines_are_sorted() {
    let printed = everything().to_string();
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(
        lines,
        [
            "app.users check `id <> 7`",
            "app.users check positive `id > 0`",
            "app.users column \"Name \\\"2\\\"\" `character varying(20)` null collate \"de-x-icu\" default \
             `'a\\n\\`\\\\'`",
            "app.users column computed `text` computed `lower(id)` stored",
            "app.users column id `bigint` identity",
            "app.users column null `text` default undeclared",
            "app.users foreign-key fk (id) references orgs (id) on-delete set-null on-update cascade \
             deferrable not-valid",
            "app.users index unique unique using gin (id, `lower(computed) DESC`) where `id > 0` invalid",
            "app.users primary-key users_pkey (id)",
            "app.users table fillfactor 70",
            "app.users unique pair (null, id) include (computed) nulls-not-distinct deferred",
            "mood enum `so so` `it's \\`fine\\``",
            "orgs table option `STRICT` option `WITHOUT ROWID`",
        ]
    );
}

#[test]
fn what_is_printed_is_read_again() {
    let schema = everything();
    let printed = schema.to_string();
    assert_eq!(printed.parse::<Schema>().as_ref(), Ok(&schema));
    // In whatever order a merge has left the lines, between comments.
    let mut lines: Vec<&str> = printed.lines().rev().collect();
    lines.push("# a comment");
    lines.push("");
    assert_eq!(lines.join("\n").parse::<Schema>(), Ok(schema));
}

#[test]
fn what_cannot_be_read_is_told_with_its_line() {
    let table = "users table\n";
    for (text, error) in [
        (
            "users column id `int`\n",
            "line 1: \"users\" has columns and keys, and no line that says `table`",
        ),
        (
            "users table\nusers column id\n",
            "line 2: SQL in backticks is missing",
        ),
        (
            "users table\n<<<<<<< ours\n",
            "line 2: a conflict of a merge; keep one side",
        ),
        (
            "users table extra\n",
            "line 1: `extra` does not belong there",
        ),
        ("users column \"id\n", "line 1: `\"` is not closed"),
        ("users view\n", "line 1: behind the name stands"),
        ("users index i (id `x`)\n", "line 1: `)` is missing"),
        (
            "users unique (a) + (b)\n",
            "line 1: `+` stands outside of quotes",
        ),
    ] {
        let Err(said) = text.parse::<Schema>() else {
            panic!("{text} is wrong");
        };
        assert!(said.to_string().starts_with(error), "{said}");
    }
    assert_eq!(
        table.parse::<Schema>().map(|schema| schema.tables.len()),
        Ok(1)
    );
}
