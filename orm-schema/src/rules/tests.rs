//! Each rule, broken once.

use super::{BadDefault, BadName, Part, Place, Problem, Wrong, problems};
use crate::{
    ColumnDef, DefaultDef, ForeignKeyAction, ForeignKeyDef, GeneratedDef, IndexDef, KeyDef, Name,
    TableDef,
};

/// A key, a column that may be `NULL`, and one that is kept to break a rule.
fn of(column: ColumnDef) -> TableDef {
    let mut table = TableDef::new("things", &[], const { &[KeyDef::primary(&[0])] });
    let columns = [
        ColumnDef::new("id"),
        ColumnDef::new("other").nullable(),
        column,
    ];
    table.columns = columns.to_vec().into();
    table
}

fn good() -> TableDef {
    of(ColumnDef::new("name"))
}

#[track_caller]
fn breaks(table: &TableDef, place: Place, part: Part, wrong: Wrong) {
    assert_eq!(problems(table), [Problem { place, part, wrong }]);
}

#[test]
fn a_good_table_breaks_none() {
    assert_eq!(problems(&good()), []);
}

#[test]
fn names_are_kept_by_the_databases() {
    let long = "a".repeat(64);
    for (name, bad) in [
        ("", BadName::Empty),
        (&*long, BadName::Long),
        ("a\0", BadName::Nul),
        (" a", BadName::Ours),
        ("PG_a", BadName::Reserved("pg_")),
        ("sqlite_a", BadName::Reserved("sqlite_")),
        (
            "Information_Schema",
            BadName::Reserved("information_schema"),
        ),
    ] {
        let mut table = good();
        table.name = name.to_owned().into();
        breaks(&table, Place::Table, Part::Name, Wrong::Name(bad));
        if bad != BadName::Ours {
            let mut table = good();
            table.schema = Some(name.to_owned().into());
            breaks(&table, Place::Table, Part::Schema, Wrong::Name(bad));
        }
        if !matches!(bad, BadName::Reserved(_)) {
            let mut table = good();
            table.columns.to_mut()[2].name = name.to_owned().into();
            breaks(&table, Place::ColumnAt(2), Part::Name, Wrong::Name(bad));
        }
    }
    let mut table = good();
    table.name = "information_schema_of_ours".into();
    assert_eq!(problems(&table), []);
}

#[test]
fn names_are_different() {
    let same = |name: &str| Wrong::SameName(name.to_owned());
    let column = of(ColumnDef::new("other"));
    breaks(&column, Place::ColumnAt(2), Part::Name, same("other"));
    let beside = good()
        .with_indexes(const { &[IndexDef::new("a", &[1])] })
        .with_checks(const { &[(Name::Borrowed("a"), Name::Borrowed("id > 0"))] });
    breaks(&beside, Place::Check(0), Part::Name, same("a"));
    let keys = const { &[ForeignKeyDef::new(&[1], "things", &[]).named("a")] };
    let foreign = good()
        .with_checks(const { &[(Name::Borrowed("a"), Name::Borrowed("id > 0"))] })
        .with_foreign_keys(keys);
    breaks(&foreign, Place::ForeignKey(0), Part::Name, same("a"));
}

#[test]
fn roles_go_together() {
    let now = || ColumnDef::new("a").with_default(DefaultDef::Now);
    let made = || ColumnDef::new("a").generated(GeneratedDef::Database);
    for (column, role, other) in [
        (now().auto(), "auto", "default"),
        (made().auto(), "auto", "generated"),
        (
            now().generated(GeneratedDef::Database),
            "generated",
            "default",
        ),
        (made().insert_only(), "generated", "insert_only"),
    ] {
        let found = problems(&of(column));
        let [
            Problem {
                part,
                wrong: Wrong::Contradicts { role: first, .. },
                ..
            },
        ] = &*found
        else {
            panic!("{found:?}");
        };
        assert_eq!((*first, *part), (role, Part::Role(other)));
    }
    let mut table = good();
    table.columns.to_mut()[0].insert_only = true;
    assert_eq!(problems(&table)[0].part, Part::Role("insert_only"));
}

#[test]
fn texts_are_written_and_defaults_are_values() {
    let column = || ColumnDef::new("a");
    for (column, part) in [
        (column().with_type(" "), Part::Type),
        (column().with_collation(""), Part::Collation),
        (
            column().generated(GeneratedDef::Sql("".into())),
            Part::Expression,
        ),
        (
            column().with_default(DefaultDef::Sql("".into())),
            Part::Default,
        ),
    ] {
        breaks(&of(column), Place::ColumnAt(2), part, Wrong::Empty);
    }
    for (sql, bad) in [("'a", BadDefault::Open), ("null", BadDefault::Null)] {
        let each = DefaultDef::Each {
            postgres: "1".into(),
            sqlite: sql.into(),
        };
        let table = of(column().with_default(each));
        breaks(
            &table,
            Place::ColumnAt(2),
            Part::SqliteDefault,
            Wrong::Default(bad),
        );
    }
    for (sql, name) in [("draft", "draft"), ("\"a\"", "\"a\"")] {
        let table = of(column().with_default(DefaultDef::Sql(sql.into())));
        let quoted = format!("'{}'", sql.trim_matches('"'));
        let bad = BadDefault::Reads {
            name: name.to_owned(),
            quoted,
        };
        breaks(
            &table,
            Place::ColumnAt(2),
            Part::Default,
            Wrong::Default(bad),
        );
    }
    for sql in ["{}", "2020-01-01", "12:30"] {
        let table = of(column().with_default(DefaultDef::Sql(sql.into())));
        let bad = BadDefault::Bare {
            text: sql.to_owned(),
            quoted: format!("'{sql}'"),
        };
        breaks(
            &table,
            Place::ColumnAt(2),
            Part::Default,
            Wrong::Default(bad),
        );
    }
}

#[test]
fn keys_can_be_and_are_different() {
    let with = |key: KeyDef| {
        let mut table = good();
        table.keys.to_mut().push(key);
        table
    };
    let place = Place::Key(1);
    let same = with(KeyDef::unique("a", &[0]));
    breaks(&same, place, Part::Columns, Wrong::SameColumns(0));
    let filtered = || KeyDef::unique("a", &[0]).with_filter("id > 0");
    breaks(
        &with(filtered().deferrable()),
        place,
        Part::Deferrable,
        Wrong::IsIndex,
    );
    let empty = with(KeyDef::unique("a", &[0]).with_expression(" "));
    breaks(&empty, place, Part::Expression, Wrong::Empty);
    let mut nullable = good();
    nullable.keys = vec![KeyDef::primary(&[0, 1])].into();
    breaks(
        &nullable,
        Place::Key(0),
        Part::KeyColumn(1),
        Wrong::Nullable(1),
    );
    let key = const {
        &[ForeignKeyDef::new(&[1, 2], "things", &[]).on_update(ForeignKeyAction::SetNull)]
    };
    let never = good().with_foreign_keys(key);
    breaks(
        &never,
        Place::ForeignKey(0),
        Part::OnUpdate,
        Wrong::NeverNull(2),
    );
}

#[test]
fn pages_are_filled_to_a_share() {
    for percent in [9, 101] {
        let table = good().with_fillfactor(percent);
        breaks(&table, Place::Table, Part::Fillfactor, Wrong::Percentage);
    }
}
