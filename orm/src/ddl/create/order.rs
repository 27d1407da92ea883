//! The order in which tables are made: what is pointed to comes first.

use super::Blueprint;

/// The tables in that order, each with the positions of its foreign keys that point to one behind it. Where
/// tables point to each other in a circle, the one that was named first begins.
pub(super) fn of(tables: &[Blueprint]) -> Vec<(Vec<usize>, &Blueprint)> {
    let mut rest: Vec<&Blueprint> = tables.iter().collect();
    let mut ordered = Vec::new();
    while !rest.is_empty() {
        let next = rest
            .iter()
            .position(|each| pointing_to(each, &rest).is_empty());
        let next = rest.remove(next.unwrap_or(0));
        ordered.push((pointing_to(next, &rest), next));
    }
    ordered
}

/// The positions of the foreign keys that point to one of these tables, other than to its own.
fn pointing_to(from: &Blueprint, tables: &[&Blueprint]) -> Vec<usize> {
    let keys = from.table.foreign_keys.iter().enumerate();
    let pointing = keys.filter(|(_, key)| {
        let mut others = tables.iter().filter(|each| each.table != from.table);
        others.any(|each| key.points_to(&each.table))
    });
    pointing.map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{Blueprint, of};
    use crate::schema::{ForeignKeyDef, KeyDef, TableDef};

    /// A table that points to these.
    fn table(name: &'static str, others: &[&'static str]) -> Blueprint {
        let mut table = TableDef::new(name, &[], const { &[KeyDef::primary(&[0])] });
        let keys = others.iter();
        let keys = keys.map(|other| ForeignKeyDef::new(&[1], other, &[Cow::Borrowed("id")]));
        table.foreign_keys = keys.collect();
        Blueprint {
            table: Cow::Owned(table),
            types: Vec::new(),
        }
    }

    fn order(tables: &[Blueprint]) -> Vec<(&str, Vec<usize>)> {
        let ordered = of(tables).into_iter();
        ordered
            .map(|(later, each)| (&*each.table.name, later))
            .collect()
    }

    #[test]
    fn what_is_pointed_to_comes_first() {
        let tables = [
            table("c", &["b", "a"]),
            table("b", &["a", "b"]),
            table("a", &[]),
        ];
        assert_eq!(
            order(&tables),
            [("a", vec![]), ("b", vec![]), ("c", vec![])]
        );
    }

    #[test]
    fn in_a_circle_the_first_points_ahead() {
        let tables = [table("b", &["a"]), table("a", &["b"]), table("c", &["a"])];
        assert_eq!(
            order(&tables),
            [("b", vec![0]), ("a", vec![]), ("c", vec![])]
        );
    }
}
