//! Lists of values: what `in_` takes.

use super::Bound;
use super::digest::digest_one;
use super::operand::{AsReference, AsValue};
use crate::backend::Backend;
use crate::value::{Binder, Supply};

/// What can stand in a list of values of type `Bare`: one, or a reference to one.
///
/// `As` only tells the cases apart, so that the compiler finds the one that fits.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be compared with a column of type `{Bare}`",
    label = "not a `{Bare}`",
    note = "give a list of values of the column's type, or of references to them"
)]
pub trait ListValue<Bare, As> {
    /// The value.
    #[doc(hidden)]
    fn into_listed(self) -> Bare;
}

#[diagnostic::do_not_recommend]
impl<V> ListValue<V, AsValue> for V {
    fn into_listed(self) -> V {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<B, V: ToOwned<Owned = B> + ?Sized> ListValue<B, AsReference> for &V {
    fn into_listed(self) -> B {
        self.to_owned()
    }
}

/// Values that are bound together.
pub(super) struct Listed<V>(pub(super) Vec<V>);

impl<DB: Backend, V: Supply<DB> + Send + Sync + 'static> Bound<DB> for Listed<V> {
    fn bind(&self, to: &mut Binder<DB>) {
        to.put_list(&self.0);
    }

    fn digest(&self, to: &mut String) {
        for value in &self.0 {
            digest_one(value, to);
        }
    }

    fn arguments(&self) -> usize {
        self.0.len()
    }
}
