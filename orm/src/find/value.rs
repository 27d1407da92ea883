//! The value of a key.

use crate::backend::Backend;
use crate::table::column::ColumnMeta;
use crate::table::column::index::{No, Yes};
use crate::value::{Binder, Supply};

/// A value of the key whose columns are this list: of one column its value, of several a tuple.
///
/// `As` only tells the cases apart, so that the compiler finds the one that fits.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value of this key",
    label = "not a value of this key",
    note = "give one value for each column of the key: of one column just it, of several a tuple"
)]
pub trait KeyOf<Columns, As> {}

impl<V, Columns, As> KeyOf<Columns, As> for V where
    V: HasParts<Columns> + KeyParts<Columns, As, V::Parts>
{
}

/// As many values as the key has columns.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value of this key",
    label = "not a value of this key",
    note = "give one value for each column of the key: of one column just it, of several a tuple"
)]
pub trait HasParts<Columns> {
    /// That it has. What is checked next asks for it, and is silent without.
    type Parts;
}

/// The checks, value by value.
#[doc(hidden)]
pub trait KeyParts<Columns, As, Parts> {}

/// There are as many values as columns.
#[doc(hidden)]
#[derive(Debug)]
pub struct AsMany;

/// There are not: only that the compiler has something to be silent about.
#[doc(hidden)]
#[derive(Debug)]
pub struct Others;

impl<V, Columns, As> KeyParts<Columns, As, Others> for V {}

/// A value of one column of a key of several.
pub trait KeyPart<Bare, As> {}

impl<V, Bare, As> KeyPart<Bare, As> for V where (): FoundBy<V, Bare, As> {}

/// A column of type `Bare` can be compared with a `V`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a key of type `{Bare}` cannot be found by `{V}`",
    label = "not a `{Bare}`",
    note = "give a `{Bare}`, or a reference to one; of a key of several columns a tuple"
)]
pub trait FoundBy<V, Bare, As> {}

/// Binds the value of a key.
#[doc(hidden)]
pub trait BindKey<As, DB: Backend> {
    /// Binds it.
    fn bind_key(&self, to: &mut Binder<DB>);
}

/// The only part.
#[doc(hidden)]
#[derive(Debug)]
pub struct OneValue<As>(std::marker::PhantomData<As>);

/// A value.
#[doc(hidden)]
#[derive(Debug)]
pub struct Owned;

/// A reference to a value.
#[doc(hidden)]
#[derive(Debug)]
pub struct Reference;

/// A piece of text.
#[doc(hidden)]
#[derive(Debug)]
pub struct Text;

#[diagnostic::do_not_recommend]
impl<V> FoundBy<V, V, Owned> for () {}
#[diagnostic::do_not_recommend]
impl<V> FoundBy<&V, V, Reference> for () {}
#[diagnostic::do_not_recommend]
impl FoundBy<&str, String, Text> for () {}

#[diagnostic::do_not_recommend]
impl<V, C> HasParts<(C, ())> for V {
    type Parts = AsMany;
}

impl<V, C, As> KeyParts<(C, ()), OneValue<As>, AsMany> for V
where
    C: ColumnMeta,
    (): FoundBy<V, C::Bare, As>,
{
}

impl<V, As: Way, DB: Backend> BindKey<OneValue<As>, DB> for V
where
    V: BindOne<DB, As::Known>,
{
    fn bind_key(&self, to: &mut Binder<DB>) {
        self.bind_one(to);
    }
}

/// How a value is found. Where there is no way, which has been said, there is none to ask for either, and
/// what follows is silent.
#[doc(hidden)]
pub trait Way {
    /// That it is known.
    type Known;
}

impl Way for Owned {
    type Known = Yes;
}

impl Way for Reference {
    type Known = Yes;
}

impl Way for Text {
    type Known = Yes;
}

/// Binds a value that is found in a way that is known.
#[doc(hidden)]
pub trait BindOne<DB: Backend, Known> {
    /// Binds it.
    fn bind_one(&self, to: &mut Binder<DB>);
}

impl<V: Supply<DB>, DB: Backend> BindOne<DB, Yes> for V {
    fn bind_one(&self, to: &mut Binder<DB>) {
        to.put(self);
    }
}

impl<V, DB: Backend> BindOne<DB, No> for V {
    fn bind_one(&self, _: &mut Binder<DB>) {}
}

macro_rules! tuples {
    (@list) => { () };
    (@list $first:ident $($rest:ident)*) => { ($first, tuples!(@list $($rest)*)) };
    ($(($value:ident $column:ident $as:ident))+) => {
        #[diagnostic::do_not_recommend]
        impl<$($value, $column),+> HasParts<tuples!(@list $($column)+)> for ($($value,)+) {
            type Parts = AsMany;
        }

        impl<$($value, $column: ColumnMeta, $as),+> KeyParts<tuples!(@list $($column)+), ($($as,)+), AsMany>
            for ($($value,)+)
        where
            $($value: KeyPart<$column::Bare, $as>,)+
        {
        }

        impl<DB: Backend, $($value: Supply<DB>, $as),+> BindKey<($($as,)+), DB> for ($($value,)+) {
            #[expect(non_snake_case, reason = "types and values of a tuple share their names here")]
            fn bind_key(&self, to: &mut Binder<DB>) {
                let ($($value,)+) = self;
                $(to.put($value);)+
            }
        }
    };
}

// A single value stands for itself.
for_tuples!(tuples [(V1 C1 A1)]
    (V2 C2 A2) (V3 C3 A3) (V4 C4 A4) (V5 C5 A5) (V6 C6 A6) (V7 C7 A7) (V8 C8 A8) (V9 C9 A9) (V10 C10 A10)
    (V11 C11 A11) (V12 C12 A12) (V13 C13 A13) (V14 C14 A14) (V15 C15 A15) (V16 C16 A16));
