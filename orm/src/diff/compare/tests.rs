//! Pairs of schemas, and the changes between them.

use crate::diff::{
    Change, Check, Computed, DefaultValue, Enum, ForeignKey, Identity, Index, Key, ObjectName,
    Schema, SchemaColumn, Table, TableChange,
};

/// A table of this name with one column.
fn table(name: &str) -> Table {
    let mut table = Table::new(ObjectName::new(name));
    table.columns = vec![SchemaColumn::new("id", "bigint")];
    table
}

/// The schema of one table that this was done to.
fn one(done: impl FnOnce(&mut Table)) -> Schema {
    let mut table = table("t");
    done(&mut table);
    Schema::new([table], [])
}

/// A change in a word or two, and what it is about.
fn told(change: &Change) -> String {
    let name = |name: &Option<String>| name.clone().unwrap_or_default();
    match change {
        Change::CreateEnum(each) => format!("+enum {}", each.name.name),
        Change::AlterEnum { to, .. } => format!("~enum {} {}", to.name.name, to.labels.join("|")),
        Change::DropEnum(each) => format!("-enum {}", each.name.name),
        Change::CreateTable(table) => format!("+table {}", table.name.name),
        Change::DropTable(table) => format!("-table {}", table.name.name),
        Change::AlterTable { name: of, change } => {
            let change = match change {
                TableChange::DropForeignKey(key) => format!("-fk {}", name(&key.name)),
                TableChange::DropCheck(check) => format!("-check {}", name(&check.name)),
                TableChange::DropIndex(index) => format!("-index {}", index.name),
                TableChange::DropKey(key) => format!("-key {}", name(&key.name)),
                TableChange::DropColumn(column) => format!("-column {}", column.name),
                TableChange::AddColumn(column) => format!("+column {}", column.name),
                TableChange::AlterColumn { to, .. } => format!("~column {}", to.name),
                TableChange::SetOptions { to, .. } => format!("options {to:?}"),
                TableChange::AddKey(key) => format!("+key {}", name(&key.name)),
                TableChange::AddIndex(index) => format!("+index {}", index.name),
                TableChange::AddCheck(check) => format!("+check {}", name(&check.name)),
                TableChange::AddForeignKey(key) => format!("+fk {}", name(&key.name)),
            };
            format!("{}: {change}", of.name)
        }
    }
}

fn diff(from: &Schema, to: &Schema) -> Vec<String> {
    from.diff(to).iter().map(told).collect()
}

#[test]
fn each_difference_of_a_table_is_a_change() {
    let plain = || SchemaColumn::new("a", "text");
    let cases: Vec<(Box<dyn Fn(&mut Table)>, Box<dyn Fn(&mut Table)>, &[&str])> = vec![
        (
            Box::new(|_| {}),
            Box::new(|t| t.columns.push(SchemaColumn::new("a", "text"))),
            &["t: +column a"],
        ),
        (
            Box::new(move |t| t.columns.push(plain())),
            Box::new(|t| t.columns.push(SchemaColumn::new("a", "integer"))),
            &["t: ~column a"],
        ),
        (
            Box::new(move |t| t.columns.push(plain())),
            Box::new(move |t| t.columns.push(plain().nullable())),
            &["t: ~column a"],
        ),
        (
            Box::new(move |t| t.columns.push(plain())),
            Box::new(move |t| t.columns.push(plain().with_default("'x'"))),
            &["t: ~column a"],
        ),
        (
            Box::new(|_| {}),
            Box::new(|t| t.columns[0].identity = Some(Identity::ByDefault)),
            &["t: ~column id"],
        ),
        (
            Box::new(|_| {}),
            Box::new(|t| t.columns[0].collation = Some("C".to_owned())),
            &["t: ~column id"],
        ),
        (
            Box::new(|t| t.keys.push(Key::primary(["id"]))),
            Box::new(|t| t.keys.push(Key::unique("u", ["id"]))),
            &["t: -key ", "t: +key u"],
        ),
        (
            Box::new(|t| t.indexes.push(Index::new("i", ["id"]))),
            Box::new(|t| {
                let mut index = Index::new("i", ["id"]);
                index.filter = Some("id > 0".to_owned());
                t.indexes.push(index);
            }),
            &["t: -index i", "t: +index i"],
        ),
        (
            Box::new(|t| t.checks.push(Check::new("c", "id > 0"))),
            Box::new(|t| t.checks.push(Check::new("c", "id > 1"))),
            &["t: -check c", "t: +check c"],
        ),
        (
            Box::new(|_| {}),
            Box::new(|t| t.fillfactor = Some(70)),
            &["t: options (Some(70), [])"],
        ),
    ];
    for (from, to, changes) in cases {
        let (from, to) = (one(from), one(to));
        assert_eq!(diff(&from, &to), changes);
        assert_eq!(diff(&to, &to), [""; 0]);
    }
}

#[test]
fn the_order_of_columns_and_of_names_is_no_difference() {
    let with = |names: [&str; 2]| {
        one(|table| {
            let columns = names.map(|name| SchemaColumn::new(name, "text"));
            table.columns.extend(columns);
            table
                .checks
                .extend(names.map(|name| Check::new(name, "TRUE")));
        })
    };
    assert_eq!(with(["a", "b"]), with(["b", "a"]));
    assert_eq!(diff(&with(["a", "b"]), &with(["b", "a"])), [""; 0]);
}

#[test]
fn what_a_declaration_leaves_to_the_database_is_met_by_anything_there() {
    let declared = one(|table| {
        table.columns[0].default = Some(DefaultValue::Undeclared);
        let mut computed = SchemaColumn::new("c", "text");
        computed.computed = Some(Computed {
            expression: None,
            stored: true,
        });
        table.columns.push(computed);
    });
    let found = |default: Option<&str>| {
        one(|table| {
            table.columns[0].default = default.map(DefaultValue::of);
            let mut computed = SchemaColumn::new("c", "text");
            let expression = Some("lower(id)".to_owned());
            computed.computed = Some(Computed {
                expression,
                stored: true,
            });
            table.columns.push(computed);
        })
    };
    assert_eq!(diff(&found(Some("7")), &declared), [""; 0]);
    assert_eq!(diff(&found(None), &declared), ["t: ~column id"]);
}

#[test]
fn tables_in_a_circle_come_and_go_without_their_foreign_keys() {
    let pointing = |from: &str, to: &str| {
        let mut table = table(from);
        let key = ForeignKey::new(format!("{from}_{to}"), ["id"], ObjectName::new(to), ["id"]);
        table.foreign_keys.push(key);
        table
    };
    let nothing = Schema::default();
    let circle = Schema::new([pointing("a", "b"), pointing("b", "a")], []);
    assert_eq!(
        diff(&nothing, &circle),
        ["+table a", "+table b", "a: +fk a_b", "b: +fk b_a"]
    );
    assert_eq!(
        diff(&circle, &nothing),
        ["a: -fk a_b", "b: -fk b_a", "-table a", "-table b"]
    );
}

#[test]
fn what_is_freed_goes_before_what_takes_it() {
    // The index moves from one table to another, and the new foreign key needs the new key.
    let from = Schema::new(
        [
            table("old"),
            one(|t| t.indexes.push(Index::new("i", ["id"])))
                .tables
                .remove(0),
        ],
        [],
    );
    let mut child = table("child");
    child
        .foreign_keys
        .push(ForeignKey::new("fk", ["id"], ObjectName::new("t"), ["id"]));
    let mut new = table("new");
    new.indexes.push(Index::new("i", ["id"]));
    let to = Schema::new(
        [
            child,
            new,
            one(|t| t.keys.push(Key::unique("u", ["id"])))
                .tables
                .remove(0),
        ],
        [],
    );
    assert_eq!(
        diff(&from, &to),
        [
            "t: -index i",
            "-table old",
            "+table child",
            "+table new",
            "t: +key u",
            "child: +fk fk",
        ]
    );
}

#[test]
fn enums_come_first_and_go_last() {
    let mood = |labels: &[&str]| Enum::new(ObjectName::new("mood"), labels.iter().copied());
    let of = |each: Option<Enum>| Schema::new(each.as_ref().map(|_| table("t")), each);
    let none = of(None);
    assert_eq!(
        diff(&none, &of(Some(mood(&["a"])))),
        ["+enum mood", "+table t"]
    );
    assert_eq!(
        diff(&of(Some(mood(&["a"]))), &none),
        ["-table t", "-enum mood"]
    );
    assert_eq!(
        diff(&of(Some(mood(&["a"]))), &of(Some(mood(&["a", "b"])))),
        ["~enum mood a|b"]
    );
}
