//! What is written for telling structs, and how much of it.

use expect_test::{ExpectFile, expect_file};
use proc_macro2::{TokenStream, TokenTree};
use quote::{format_ident, quote};
use syn::DeriveInput;

type Derive = fn(&DeriveInput) -> TokenStream;

#[track_caller]
fn expand(derive: Derive, input: TokenStream) -> TokenStream {
    derive(&syn::parse2(input).expect("a struct"))
}

#[track_caller]
fn check(derive: Derive, input: TokenStream, expected: &ExpectFile) {
    let expansion = expand(derive, input);
    let file = syn::parse2(expansion).expect("Rust");
    expected.assert_eq(&prettyplease::unparse(&file));
}

const TABLE: Derive = super::expand_table;
const INSERT: Derive = super::expand_insert;

#[test]
fn a_small_table() {
    let input = quote! {
        struct City {
            /// As the post knows it.
            #[column(primary_key)]
            name: String,
            mayor: Option<String>,
        }
    };
    check(TABLE, input, &expect_file!["../snapshots/small_table.rs"]);
}

#[test]
fn a_table_that_writes_its_record() {
    let input = quote! {
        #[table(name = "people", schema = "crm", insert(NewUser, derive(Debug), serde(default)))]
        pub struct User {
            #[column(primary_key, auto)]
            pub id: i64,
            /// Where to write to.
            #[column(unique)]
            pub email: String,
            #[column(default = now, insert_only)]
            pub(crate) created_at: i64,
            #[column(generated = "lower(email)")]
            lower: String,
            #[column(skip)]
            cache: u8,
        }
    };
    check(
        TABLE,
        input,
        &expect_file!["../snapshots/written_record.rs"],
    );
}

#[test]
fn keys_of_every_kind() {
    let input = quote! {
        #[table(unique(b, a), unique(name = "late", columns(b, id), deferrable))]
        #[table(unique(name = "live", columns(a), filter = "b > 0"))]
        #[table(unique(name = "lower", expr = "lower(a)"))]
        struct Thing {
            #[column(primary_key)]
            id: i64,
            a: String,
            b: i64,
        }
    };
    check(TABLE, input, &expect_file!["../snapshots/keys.rs"]);
}

#[test]
fn facts_about_a_table() {
    let input = quote! {
        #[table(fillfactor = 80, partitioned, keep_newest = version, primary_key(region, id))]
        #[table(index(version, method = "brin", filter = "id > 0"), check(positive = "id > 0"))]
        struct Fact {
            #[column(type = "int", collate = "C", default(postgres = "1", sqlite = "2"))]
            id: i64,
            region: i32,
            #[column(name = "revision", const = REV)]
            version: i64,
        }
    };
    check(TABLE, input, &expect_file!["../snapshots/facts.rs"]);
}

#[test]
fn references_to_others_and_to_itself() {
    let input = quote! {
        struct Post {
            #[column(primary_key)]
            id: i64,
            #[column(references = crate::User::ID, on_delete = cascade, on_update = set_default)]
            author: i64,
            #[column(references = Self::ID)]
            parent: Option<i64>,
        }
    };
    check(TABLE, input, &expect_file!["../snapshots/references.rs"]);
}

#[test]
fn a_reference_of_several_columns() {
    let input = quote! {
        #[table(references(house = Room::HOUSE, room = Room::NUMBER, name = "in_room", on_delete = cascade))]
        struct Guest {
            #[column(primary_key)]
            house: i64,
            room: i32,
        }
    };
    check(
        TABLE,
        input,
        &expect_file!["../snapshots/composite_reference.rs"],
    );
}

#[test]
fn a_private_type_in_a_public_table() {
    let input = quote! {
        #[table(crate = my::orm)]
        pub struct Account {
            #[column(primary_key)]
            number: Number,
        }
    };
    check(TABLE, input, &expect_file!["../snapshots/private_type.rs"]);
}

#[test]
fn a_record_that_borrows() {
    let input = quote! {
        #[insert(table = shop::Item)]
        struct Thin<'a, 'b: 'a> {
            name: &'a str,
            #[column(name = "price")]
            cents: &'b i64,
            #[column(skip)]
            note: String,
        }
    };
    check(INSERT, input, &expect_file!["../snapshots/record.rs"]);
}

#[test]
fn a_table_with_a_mistake() {
    let input = quote! {
        #[table(insert = NewUser, unique(name = "live", columns(emial)))]
        struct User {
            #[column(primary_key, auto)]
            id: i64,
            #[column(unique)]
            email: String,
        }
    };
    check(TABLE, input, &expect_file!["../snapshots/mistake.rs"]);
}

#[test]
fn more_columns_than_positions_are_refused() {
    let fields = (0..257).map(|at| format_ident!("c{at}"));
    let input = quote!(struct Wide { #[column(primary_key)] id: i64, #(#fields: i64,)* });
    let expansion = expand(TABLE, input).to_string();
    assert!(
        expansion.starts_with(":: core :: compile_error"),
        "{expansion:.200}"
    );
    assert!(expansion.contains("at most 256 columns"));
}

/// The users' compile time is made of these.
#[test]
fn expansions_are_small() {
    let tokens = |columns: usize| count(expand(TABLE, table_of(columns)));
    let (ten, fifty) = (tokens(10), tokens(50));
    assert!(ten / 10 <= 280, "{} tokens a column", ten / 10);
    assert!(
        fifty * 10 <= ten * 52,
        "{ten} tokens for 10 columns, {fifty} for 50"
    );
}

/// A table with a record, its columns of four types.
fn table_of(columns: usize) -> TokenStream {
    let types = [
        quote!(String),
        quote!(i64),
        quote!(Option<i32>),
        quote!(bool),
    ];
    let fields = (1..columns).map(|at| format_ident!("c{at}"));
    let types = types.iter().cycle();
    let fields = fields.zip(types).map(|(field, ty)| quote!(pub #field: #ty));
    quote! {
        #[table(insert = NewRow)]
        pub struct Row {
            #[column(primary_key, auto)]
            pub id: i64,
            #(#fields,)*
        }
    }
}

fn count(tokens: TokenStream) -> usize {
    tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Group(group) => 2 + count(group.stream()),
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => 1,
        })
        .sum()
}
