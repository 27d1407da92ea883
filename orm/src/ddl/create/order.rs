//! The order in which tables are made: what is pointed to comes first.

use super::Blueprint;

/// The tables in that order, each with the positions of its columns that point to one behind it. Where
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

/// The positions of the columns that point to one of these tables, other than to itself.
fn pointing_to(from: &Blueprint, tables: &[&Blueprint]) -> Vec<usize> {
    let points = |at: &usize| {
        let reference = from.table.columns[*at].references.as_ref();
        reference.is_some_and(|reference| {
            let others = tables.iter().filter(|each| each.table != from.table);
            others
                .into_iter()
                .any(|each| reference.points_to(&each.table))
        })
    };
    (0..from.table.columns.len()).filter(points).collect()
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{Blueprint, of};
    use crate::schema::{ColumnDef, KeyDef, ReferenceDef, TableDef};

    /// A table whose columns point to these.
    fn table(name: &'static str, others: &[&'static str]) -> Blueprint {
        let mut table = TableDef::new(name, &[], const { &[KeyDef::primary(&[0])] });
        let mut columns = vec![ColumnDef::new("id")];
        columns.extend(others.iter().map(|other| {
            let to = ReferenceDef::new(Cow::Borrowed(*other), Cow::Borrowed("id"));
            ColumnDef::new("other").references(to)
        }));
        table.columns = Cow::Owned(columns);
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
            [("b", vec![1]), ("a", vec![]), ("c", vec![])]
        );
    }
}
