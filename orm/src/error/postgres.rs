//! What PostgreSQL says of an error beyond what sqlx has for all databases.

use sqlx::error::DatabaseError;
#[cfg(feature = "postgres")]
use sqlx::postgres::{PgDatabaseError, PgErrorPosition};

/// Files of the server that read a statement and look up what it names. What they say of a place in the
/// statement is said of its text, in which no value stands: values are bound.
#[cfg(feature = "postgres")]
const READERS: &[&str] = &[
    "analyze.c",
    "gram.y",
    "namespace.c",
    "parse_agg.c",
    "parse_clause.c",
    "parse_coerce.c",
    "parse_collate.c",
    "parse_cte.c",
    "parse_expr.c",
    "parse_func.c",
    "parse_merge.c",
    "parse_node.c",
    "parse_oper.c",
    "parse_param.c",
    "parse_relation.c",
    "parse_target.c",
    "parse_type.c",
    "parse_utilcmd.c",
    "parser.c",
    "scan.l",
];

/// Routines of the server that name tables, columns, keys, roles and databases and no place, and that no
/// function reaches with a name that it was given as a value.
#[cfg(feature = "postgres")]
const NAMERS: &[&str] = &[
    "ATAddForeignKeyConstraint",
    "CheckAttributeNamesTypes",
    "CheckAttributeType",
    "CheckCmdReplicaIdentity",
    "CheckMutability",
    "CheckMyDatabase",
    "CheckPredicate",
    "CheckValidResultRel",
    "ClientAuthentication",
    "ComputeIndexAttrs",
    "CreateSchemaCommand",
    "DefineEnum",
    "DefineIndex",
    "DefineRelation",
    "EnumValuesCreate",
    "ExecWithCheckOptions",
    "InitPostgres",
    "InitializeSessionUserId",
    "NamespaceCreate",
    "PreventCommandDuringRecovery",
    "PreventCommandIfParallelMode",
    "PreventCommandIfReadOnly",
    "PreventInTransactionBlock",
    "RangeVarGetAndCheckCreationNamespace",
    "ResolveOpClass",
    "RewriteQuery",
    "TypeCreate",
    "aclcheck_error",
    "aclcheck_error_col",
    "aclcheck_error_type",
    "auth_failed",
    "checkFkeyPermissions",
    "error_view_not_updatable",
    "heap_create",
    "heap_create_with_catalog",
    "index_create",
    "infer_arbiter_indexes",
    "rewriteTargetListIU",
    "rewriteTargetView",
    "transformColumnNameList",
    "transformFkeyCheckAttrs",
    "transformFkeyGetPrimaryKey",
];

/// Whether what the connection has kept of a statement or a type may be out of date, so that the same
/// statement may succeed once all of that is forgotten.
///
/// Some codes say so for certain. Those of a type that does not fit are also those of a mistake in a
/// statement: a type that was replaced may live on under another name, and its number is then still valid.
/// Which of the two it is shows when the statement is sent again.
pub(crate) fn is_stale(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .is_some_and(|error| is_out_of_date(error) || is_of_another_type(error))
}

/// Whether what the connection has kept is out of date for certain.
pub(crate) fn is_surely_stale(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(is_out_of_date)
}

/// Whether a unique key is taken.
pub(crate) fn is_taken(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .is_some_and(DatabaseError::is_unique_violation)
}

/// Whether an error of the database says for certain that a prepared statement gives other types than it
/// did, or that a type whose number sqlx has kept is gone. PostgreSQL refuses both each time until they are
/// asked for anew.
///
/// The codes are shared with other errors and the messages of most are translated, but the routine is
/// neither. That of an internal error is one of many, and its message is never translated.
#[cfg(feature = "postgres")]
pub(super) fn is_out_of_date(error: &dyn DatabaseError) -> bool {
    let Some(error) = error.try_downcast_ref::<PgDatabaseError>() else {
        return false;
    };
    match (error.code(), error.routine()) {
        ("0A000", Some("RevalidateCachedQuery"))
        | ("42704", Some("lookup_type_cache"))
        | ("42804", Some("array_recv" | "record_recv")) => true,
        // What a function has prepared for a variable of the type.
        ("42804", Some(routine)) => routine.starts_with("plpgsql_param_eval"),
        ("XX000", _) => error.message().starts_with("cache lookup failed for type "),
        _ => false,
    }
}

/// Whether a value is of a type that does not fit where it stands in the statement itself: no assignment, no
/// operator, no cast, no array.
#[cfg(feature = "postgres")]
fn is_of_another_type(error: &dyn DatabaseError) -> bool {
    error
        .try_downcast_ref::<PgDatabaseError>()
        .is_some_and(|error| {
            matches!(error.code(), "42804" | "42883" | "42846" | "42809")
                && error.r#where().is_none()
        })
}

/// Whether one statement was to update a row twice. A sub-query that gives several rows has the same code, and
/// only the routine tells them apart in every language.
#[cfg(feature = "postgres")]
pub(super) fn is_second_update(error: &dyn DatabaseError) -> bool {
    error
        .try_downcast_ref::<PgDatabaseError>()
        .filter(|error| error.code() == "21000")
        .is_some_and(|error| match error.routine() {
            Some(routine) => routine.starts_with("ExecOnConflict"),
            // What only speaks PostgreSQL's protocol may name none.
            None => error.message().contains("ON CONFLICT"),
        })
}

/// Whether a function or procedure has failed that the statement calls, and not the statement itself. What
/// fails while arguments are read has a context too, since PostgreSQL 14.
#[cfg(feature = "postgres")]
pub(crate) fn is_raised_within(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .and_then(|error| error.try_downcast_ref::<PgDatabaseError>())
        .is_some_and(|error| {
            let of_argument = ["getTypeBinaryInputInfo", "array_recv", "record_recv"];
            let of_argument = of_argument.map(Some).contains(&error.routine());
            error.r#where().is_some() && !of_argument
        })
}

/// Whether the message is about names alone.
///
/// The class of an error does not tell: a function of the database may raise any, with any message. The
/// routine that reports an error and the context it is reported in cannot be chosen by one.
#[cfg(feature = "postgres")]
pub(super) fn is_about_names(error: &dyn DatabaseError) -> bool {
    let Some(error) = error.try_downcast_ref::<PgDatabaseError>() else {
        return false;
    };
    // Within a function even the text of a statement can be made of values.
    if error.r#where().is_some() {
        return false;
    }
    let is_of_the_text = matches!(error.position(), Some(PgErrorPosition::Original(_)));
    let read = is_of_the_text && error.file().is_some_and(|file| READERS.contains(&file));
    read || error
        .routine()
        .is_some_and(|routine| NAMERS.contains(&routine))
}

/// Routines by which functions of the database raise errors of their own, in the languages that come with it.
#[cfg(feature = "postgres")]
const RAISERS: &[&str] = &[
    "PLy_elog",
    "PLy_elog_impl",
    "PLy_output",
    "do_util_elog",
    "exec_stmt_assert",
    "exec_stmt_raise",
    "plperl_call_perl_func",
    "pltcl_elog",
    "throw_tcl_error",
];

/// Whether a function of the database has raised it: its class is then the choice of who wrote that.
#[cfg(feature = "postgres")]
pub(super) fn is_raised(error: &dyn DatabaseError) -> bool {
    error
        .try_downcast_ref::<PgDatabaseError>()
        .and_then(PgDatabaseError::routine)
        .is_some_and(|routine| RAISERS.contains(&routine))
}

/// Whether a table is not there.
#[cfg(feature = "postgres")]
pub(super) fn is_missing_table(error: &dyn DatabaseError) -> bool {
    error
        .try_downcast_ref::<PgDatabaseError>()
        .is_some_and(|error| {
            let missing = [Some("parserOpenTable"), Some("RangeVarGetRelidExtended")];
            error.code() == "42P01" && missing.contains(&error.routine())
        })
}

/// Whether it was time that ran out, of what is told by the code of a lock that cannot be had.
#[cfg(feature = "postgres")]
pub(super) fn has_waited(error: &dyn DatabaseError) -> bool {
    error
        .try_downcast_ref::<PgDatabaseError>()
        .is_some_and(|error| error.routine() == Some("ProcessInterrupts"))
}

/// The key that is taken or the check that does not hold, where the database has found that itself.
#[cfg(feature = "postgres")]
pub(super) fn constraint(error: &dyn DatabaseError) -> Option<&str> {
    let error = error.try_downcast_ref::<PgDatabaseError>()?;
    if is_raised(error) {
        return None;
    }
    // The column that got no value has no constraint with a name.
    let column = error.column().filter(|_| error.code() == "23502");
    error.constraint().or(column)
}

/// The columns of the key that is taken. PostgreSQL tells them in its detail and nowhere else:
/// `(id, name)=(7, Ann)`, with words of the server's language around it.
#[cfg(feature = "postgres")]
pub(super) fn columns_of_key(error: &sqlx::Error) -> Option<Vec<String>> {
    let error = error
        .as_database_error()?
        .try_downcast_ref::<PgDatabaseError>()?;
    if is_raised(error) {
        return None;
    }
    let detail = error.detail()?;
    // The values come behind the columns, so that nothing in them can be taken for a column.
    let (_, from_columns) = detail.split_once('(')?;
    let (columns, _) = from_columns.split_once(")=(")?;
    let unquoted = |name: &str| match name
        .strip_prefix('"')
        .and_then(|name| name.strip_suffix('"'))
    {
        Some(quoted) => quoted.replace("\"\"", "\""),
        None => name.to_owned(),
    };
    Some(columns.split(", ").map(unquoted).collect())
}

#[cfg(not(feature = "postgres"))]
pub(crate) fn is_raised_within(_: &sqlx::Error) -> bool {
    false
}

#[cfg(not(feature = "postgres"))]
pub(super) use without::*;

#[cfg(not(feature = "postgres"))]
mod without {
    //! The answers where there is no PostgreSQL.

    use sqlx::error::DatabaseError;

    pub(in crate::error) fn is_out_of_date(_: &dyn DatabaseError) -> bool {
        false
    }

    pub(in crate::error) fn is_of_another_type(_: &dyn DatabaseError) -> bool {
        false
    }

    pub(in crate::error) fn is_second_update(_: &dyn DatabaseError) -> bool {
        false
    }

    pub(in crate::error) fn is_about_names(_: &dyn DatabaseError) -> bool {
        false
    }

    pub(in crate::error) fn is_raised(_: &dyn DatabaseError) -> bool {
        false
    }

    pub(in crate::error) fn is_missing_table(_: &dyn DatabaseError) -> bool {
        false
    }

    pub(in crate::error) fn has_waited(_: &dyn DatabaseError) -> bool {
        false
    }

    pub(in crate::error) fn constraint(_: &dyn DatabaseError) -> Option<&str> {
        None
    }

    pub(in crate::error) fn columns_of_key(_: &sqlx::Error) -> Option<Vec<String>> {
        None
    }
}
