//! The value of a key.

use crate::backend::Backend;
use crate::column::ColumnMeta;
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

/// A value of one column of a key.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value of a column of type `{Bare}`",
    label = "not a `{Bare}`",
    note = "give a `{Bare}`, or a reference to one"
)]
pub trait KeyPart<Bare, As> {}

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

impl<V> KeyPart<V, Owned> for V {}
impl<V> KeyPart<V, Reference> for &V {}
impl KeyPart<String, Text> for &str {}

impl<V, C, As> KeyOf<(C, ()), OneValue<As>> for V
where
    C: ColumnMeta,
    V: KeyPart<C::Bare, As>,
{
}

impl<V: Supply<DB>, As, DB: Backend> BindKey<OneValue<As>, DB> for V {
    fn bind_key(&self, to: &mut Binder<DB>) {
        to.put(self);
    }
}

macro_rules! tuples {
    (@list) => { () };
    (@list $first:ident $($rest:ident)*) => { ($first, tuples!(@list $($rest)*)) };
    ($($value:ident $column:ident $as:ident),+) => {
        impl<$($value, $column: ColumnMeta, $as),+> KeyOf<tuples!(@list $($column)+), ($($as,)+)> for ($($value,)+)
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

tuples!(V1 C1 A1, V2 C2 A2);
tuples!(V1 C1 A1, V2 C2 A2, V3 C3 A3);
tuples!(V1 C1 A1, V2 C2 A2, V3 C3 A3, V4 C4 A4);
tuples!(V1 C1 A1, V2 C2 A2, V3 C3 A3, V4 C4 A4, V5 C5 A5);
tuples!(V1 C1 A1, V2 C2 A2, V3 C3 A3, V4 C4 A4, V5 C5 A5, V6 C6 A6);
