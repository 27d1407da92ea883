use std::any::TypeId;

use crate::dialect::Sqlite;
use crate::render;
use crate::schema::{ColumnDef, TableDef};
use crate::stmt::{Expr, Join, JoinKind, Projection, Qualifier, Select, TableRef};

const COLUMNS: &[ColumnDef] = &[ColumnDef::new("id")];
const USERS: &TableDef = &TableDef::new("users", COLUMNS, &[]);
const POSTS: &TableDef = &TableDef::new("posts", COLUMNS, &[]);

struct User;
struct Post;
struct Other;

/// Users joined with posts, and this column of them.
fn select(column: Expr) -> render::Sql {
    let users = TableRef::Typed(USERS, TypeId::of::<User>());
    let mut query = Select::of(users, Projection::Exprs(vec![column]));
    query.joins.push(Join {
        kind: JoinKind::Cross,
        table: TableRef::Typed(POSTS, TypeId::of::<Post>()),
        on: None,
    });
    render::select(&query, &Sqlite)
}

fn of<T: 'static>() -> Qualifier {
    Qualifier::Table(TypeId::of::<T>())
}

#[test]
fn a_column_is_found_by_its_table() {
    let sql = select(Expr::Column(of::<Post>(), 0));
    assert!(!sql.is_wrong);
    assert_eq!(
        sql.text,
        r#"SELECT "posts"."id" FROM "users" CROSS JOIN "posts""#
    );
}

#[test]
fn a_column_of_no_table_is_a_bug() {
    let outside = [
        Expr::Column(of::<Other>(), 0),
        Expr::Column(Qualifier::Source(2), 0),
        Expr::Column(of::<User>(), 1),
        Expr::Outer(Box::new(Expr::Column(of::<User>(), 0))),
    ];
    for column in outside {
        assert!(select(column.clone()).is_wrong, "{column:?}");
    }
}
