//! The derives of [`orm`](https://docs.rs/orm). They are reached through it: `use orm::prelude::*;`.
//!
//! A derive is a small compiler: `attr` reads the grammar, `model` resolves names and defaults,
//! `check` looks for contradictions, and `expand` writes the code. Every pass collects its mistakes and
//! goes on. Where there were any, `fallback` takes the place of `expand`: it writes the same items with
//! nothing forbidden, so that one mistake is one error.

mod enums;
mod errors;
mod names;
mod types;

mod attr;
mod model;

mod check;

mod expand;
mod fallback;
mod sql;

#[cfg(test)]
mod tests;

use proc_macro::TokenStream;
use quote::quote;
use syn::DeriveInput;

use errors::Errors;
use model::{Purpose, Record, Table};

/// Makes a struct a table: its fields are the columns, and become typed constants.
///
/// ```text
/// #[derive(Table, Debug, Clone)]
/// #[table(name = "asset_variants", insert(NewVariant, derive(Debug, Clone)))]
/// #[table(unique(parent_id, variant_type))]
/// #[table(unique(name = "live_path", columns(storage_path), filter = "deleted_at IS NULL"))]
/// pub struct AssetVariant {
///     #[column(primary_key, auto)]
///     pub id: i64,
///     pub parent_id: Uuid,
///     pub variant_type: String,
///     #[column(unique)]
///     pub storage_path: String,
///     pub file_size: Option<i64>,
///     #[column(default = now, insert_only)]
///     pub created_at: DateTime<Utc>,
///     pub deleted_at: Option<DateTime<Utc>>,
/// }
/// ```
///
/// It writes a constant for each column (`AssetVariant::STORAGE_PATH`) and for each named key
/// (`AssetVariant::LIVE_PATH`), and implements `orm::Table`, `orm::Record`, so that a whole row can be
/// written, and sqlx's `FromRow`, for queries of one's own. An `Option` is a column that may be `NULL`;
/// nothing else is. Any type that sqlx can encode and decode is a type of columns.
///
/// | on the struct | meaning |
/// |---|---|
/// | [`name`, `schema`](#name-schema) | what the table is called, and where it is |
/// | [`insert`](#insert) | write a record: the struct without what the database fills in |
/// | [`primary_key`](#primary_key) | the primary key, where the order of its columns matters |
/// | [`unique`](#unique) | a unique key |
/// | [`index`](#index) | an index that is not unique |
/// | [`references`](#references-on_delete-on_update) | a foreign key of several columns |
/// | [`check`](#check) | a condition on rows |
/// | [`keep_newest`](#keep_newest) | a guard for every upsert of the table |
/// | [`fillfactor`, `partitioned`, `view`](#fillfactor-partitioned-view) | what the table is made of |
/// | [`crate`](#crate) | where `orm` is found |
///
/// | on a field | meaning |
/// |---|---|
/// | [`name`, `const`](#name-const) | what the column and its constant are called |
/// | [`type`, `collate`](#type-collate) | its SQL type |
/// | [`primary_key`](#primary_key) | part of the primary key |
/// | [`unique`](#unique) | a unique key by itself |
/// | [`auto`](#auto) | numbered by the database |
/// | [`default`](#default) | filled in by the database where a record has nothing |
/// | [`generated`](#generated) | computed by the database, never written |
/// | [`insert_only`](#insert_only) | never overwritten by an upsert |
/// | [`references`, `on_delete`, `on_update`](#references-on_delete-on_update) | a foreign key |
/// | [`skip`](#skip) | no column |
///
/// # `name`, `schema`
///
/// The table's name; without it, the plural of the struct's name in snake case (`City` is `cities`).
/// Irregular plurals have to be written.
///
/// ```text
/// #[table(name = "people", schema = "crm")]
/// ```
///
/// # `insert`
///
/// Writes a struct with the columns that are neither `auto`, `default` nor `generated`, ready to be
/// inserted or upserted. Its attributes follow its name. For other choices of columns see
/// `#[derive(Insert)]`.
///
/// ```text
/// #[table(insert = NewUser)]
/// #[table(insert(NewUser, derive(Debug, serde::Deserialize), serde(rename_all = "camelCase")))]
/// ```
///
/// # `primary_key`
///
/// On one field or on several; every table has one. On the struct it also gives their order.
///
/// ```text
/// #[column(primary_key)] tenant: i64,
/// #[column(primary_key)] number: i64,
///
/// #[table(primary_key(number, tenant))]
/// ```
///
/// # `unique`
///
/// A unique key, which an upsert may name as its conflict target. Its columns are named by their fields.
/// A column that may be `NULL` needs `nulls_distinct` (rows with `NULL` never conflict) or
/// `nulls_not_distinct` (they do; PostgreSQL 15).
///
/// ```text
/// #[column(unique)]                                   email: String,
/// #[column(unique(nulls_distinct))]                   phone: Option<String>,
/// #[table(unique(tenant, email))]
/// #[table(unique(tenant, badge, deferrable))]         // checked at commit, so never a target
/// ```
///
/// A key with a `name` has a constant of that name. One with a `filter` holds for some rows, one with an
/// `expr` for what is computed from them; both are targets through their constant alone. The columns
/// that an expression reads are found in it, or named with `columns(..)`.
///
/// ```text
/// #[table(unique(name = "live_path", columns(path), filter = "deleted_at IS NULL"))]  // User::LIVE_PATH
/// #[table(unique(name = "lower_email", expr = "lower(email)"))]                       // User::LOWER_EMAIL
/// ```
///
/// # `index`
///
/// ```text
/// #[table(index(seen_at), index(tags, name = "by_tags", method = "gin", filter = "live"))]
/// ```
///
/// # `check`
///
/// Names and conditions.
///
/// ```text
/// #[table(check(positive = "price > 0", sane = "price < 1000000"))]
/// ```
///
/// # `keep_newest`
///
/// Every upsert of the table leaves rows alone whose value in this column is newer than the record's.
///
/// ```text
/// #[table(keep_newest = captured_at)]
/// ```
///
/// # `fillfactor`, `partitioned`, `view`
///
/// `fillfactor` is how full PostgreSQL packs the pages, in percent. Of a partitioned table and of a view
/// PostgreSQL does not tell whether a row was inserted or updated, so `outcome` asks otherwise.
///
/// ```text
/// #[table(fillfactor = 80)]
/// #[table(partitioned)]
/// #[table(view)]
/// ```
///
/// # `crate`
///
/// ```text
/// #[table(crate = my_framework::orm)]
/// ```
///
/// # `name`, `const`
///
/// The column's name is that of the field, and its constant that in capitals, unless they say otherwise.
///
/// ```text
/// #[column(name = "type", const = KIND)] kind: String,
/// ```
///
/// # `type`, `collate`
///
/// For making the table. Without `type` it is what sqlx stores the Rust type as.
///
/// ```text
/// #[column(type = "varchar(100)", collate = "C")] code: String,
/// ```
///
/// # `auto`
///
/// A single integer primary key that the database counts up, unless a record supplies it.
///
/// ```text
/// #[column(primary_key, auto)] id: i64,
/// ```
///
/// # `default`
///
/// What a record need not supply. Without a value, the database knows it; `now` is the time of the
/// statement on either database.
///
/// ```text
/// #[column(default)]                                            a: i32,
/// #[column(default = now)]                                      b: DateTime<Utc>,
/// #[column(default = "'pending'")]                              c: String,
/// #[column(default(postgres = "random()", sqlite = "random() / 1e19"))] d: f64,
/// ```
///
/// # `generated`
///
/// Read and never written. The expression is for making the table.
///
/// ```text
/// #[column(generated)]                   lower_email: String,
/// #[column(generated = "price * amount")] total: i64,
/// ```
///
/// # `insert_only`
///
/// Written with the row; no upsert changes it.
///
/// ```text
/// #[column(default = now, insert_only)] created_at: DateTime<Utc>,
/// ```
///
/// # `references`, `on_delete`, `on_update`
///
/// The column constant of the table pointed to; both columns have the same type, or this is an `Option`
/// of it. The actions are `cascade`, `set_null`, `set_default`, `restrict` and `no_action`.
///
/// ```text
/// #[column(references = User::ID, on_delete = cascade)] author: i64,
/// #[column(references = Self::ID)]                      parent: Option<i64>,
/// ```
///
/// A foreign key of several columns is written on the struct: each of its fields, and the column that it points
/// to. Those are of one table, and together its primary key or a key declared with `unique`. It may have a
/// `name`.
///
/// ```text
/// #[table(references(in_house = Room::HOUSE, in_room = Room::NUMBER, on_delete = cascade))]
/// ```
///
/// # `skip`
///
/// The field is no column: it is never written, and `Default::default()` when a row is read.
///
/// ```text
/// #[column(skip)] cache: Cache,
/// ```
#[proc_macro_derive(Table, attributes(table, column))]
pub fn derive_table(input: TokenStream) -> TokenStream {
    expand_table(&syn::parse_macro_input!(input as DeriveInput)).into()
}

/// Makes a struct a record of a table: its fields are the columns that are supplied.
///
/// ```text
/// #[derive(Insert)]
/// #[insert(table = AssetVariant)]
/// pub struct Thumbnail<'a> {
///     pub parent_id: &'a Uuid,
///     pub variant_type: &'a str,
///     #[column(name = "storage_path")]
///     pub path: Cow<'a, str>,
/// }
/// ```
///
/// A field is supplied to the column of its name, has the column's type or borrows it, and none that
/// the database cannot fill in may be missing. The table may live in another module or crate.
///
/// | on the struct | meaning |
/// |---|---|
/// | `table = path` | whose record it is |
/// | `crate = path` | where `orm` is found |
///
/// | on a field | meaning |
/// |---|---|
/// | `name = ".."` | the column's name, where the field's is another |
/// | `skip` | no column |
#[proc_macro_derive(Insert, attributes(insert, column))]
pub fn derive_insert(input: TokenStream) -> TokenStream {
    expand_insert(&syn::parse_macro_input!(input as DeriveInput)).into()
}

/// Makes a struct one of some columns of a table, for queries that do not read whole rows.
///
/// ```text
/// #[derive(Row)]
/// #[row(table = AssetVariant)]
/// pub struct Preview {
///     pub id: i64,
///     #[column(name = "storage_path")]
///     pub path: String,
/// }
///
/// let previews: Vec<Preview> = AssetVariant::select().rows().fetch_all(&db).await?;
/// ```
///
/// A field is read from the column of its name and has the column's type.
///
/// | on the struct | meaning |
/// |---|---|
/// | `table = path` | whose columns they are |
/// | `crate = path` | where `orm` is found |
///
/// | on a field | meaning |
/// |---|---|
/// | `name = ".."` | the column's name, where the field's is another |
/// | `skip` | no column; gets its `Default` |
#[proc_macro_derive(Row, attributes(row, column))]
pub fn derive_row(input: TokenStream) -> TokenStream {
    expand_row(&syn::parse_macro_input!(input as DeriveInput)).into()
}

/// Makes an enum known that PostgreSQL holds as a type of its own, so that `orm::create_tables!` can make
/// it. On SQLite its labels are text.
///
/// Its name and labels are those that `sqlx::Type`, derived on the same enum, gives it.
///
/// ```text
/// #[derive(sqlx::Type, orm::Enum)]
/// #[sqlx(type_name = "mood", rename_all = "lowercase")]
/// enum Mood { Sad, Ok, Happy }
///
/// orm::create_tables!(&db, Mood, Person).await?;
/// ```
#[proc_macro_derive(Enum, attributes(sqlx))]
pub fn derive_enum(input: TokenStream) -> TokenStream {
    enums::expand(&syn::parse_macro_input!(input as DeriveInput)).into()
}

/// SQL of one's own, in which names are checked and values are bound.
///
/// ```text
/// let users: Vec<User> =
///     orm::sql!("SELECT {User.*} FROM {User} WHERE {User::EMAIL} = {email}").fetch_all(&db).await?;
/// ```
///
/// | in braces | becomes |
/// |---|---|
/// | `{User}`, a type | the table's name, quoted, with its schema |
/// | `{User.*}` | the names of all its columns, in the order of the struct |
/// | `{User::EMAIL}`, a constant | the column's name, quoted |
/// | `{u: User.*}`, `{u: User::EMAIL}` | the same with the alias `u` before each name |
/// | `{email}`, `{user.email}`: anything else | a placeholder; the value is bound |
///
/// In a text that names two tables or more, a column without an alias has its table before it, unless the text
/// assigns columns: where it has `INSERT INTO`, `REPLACE INTO`, `MERGE INTO` or `UPDATE` (and not `FOR UPDATE`),
/// names stay bare, since what is assigned cannot have a table before it. An alias is as it is written, quoted or
/// not: `{"order": Order.*}`. One that stands before the braces, `u.{User.*}`, is that of all columns too.
///
/// A brace that is meant is written twice: `{{`.
#[proc_macro]
pub fn sql(input: TokenStream) -> TokenStream {
    sql::expand(input.into()).into()
}

fn expand_table(input: &DeriveInput) -> proc_macro2::TokenStream {
    let mut errors = Errors::default();
    let table = Table::resolve(input, &mut errors);
    if let Some(table) = &table {
        check::table(table, &mut errors);
    }
    let expansion = table.map(|table| match errors.count() {
        0 => expand::table(&table),
        _ => fallback::table(&table),
    });
    let errors = errors.into_tokens();
    quote!(#errors #expansion)
}

fn expand_row(input: &DeriveInput) -> proc_macro2::TokenStream {
    let mut errors = Errors::default();
    let row = Record::resolve(input, Purpose::Row, &mut errors);
    let expansion = row.map(|row| expand::row(&row, errors.count() == 0));
    let errors = errors.into_tokens();
    quote!(#errors #expansion)
}

fn expand_insert(input: &DeriveInput) -> proc_macro2::TokenStream {
    let mut errors = Errors::default();
    let record = Record::resolve(input, Purpose::Insert, &mut errors);
    let expansion = record.map(|record| match errors.count() {
        0 => expand::record(&record),
        _ => fallback::record(&record),
    });
    let errors = errors.into_tokens();
    quote!(#errors #expansion)
}
