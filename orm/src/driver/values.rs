//! Which types are values of a database: those that sqlx encodes and decodes, written once for each.

/// Makes the types that sqlx encodes and decodes for a database values of it.
///
/// `supply` and `gather` encode one, alone or beside others of its column; `fits_too` is asked of a value that
/// is stored as another type than the one it is read into.
macro_rules! values {
    (
        $database:ident, $arguments:ident, $row:ident, $gathered:ty,
        is_remote: $is_remote:literal,
        is_open: |$sent:ident| $is_open:expr,
        supply: |$supplied:ident, $arguments_of:ident| $supply:expr,
        gather: |$value:ident, $to:ident| $gather:expr,
        decode: $decode:path,
        fits_too: |$kind:ident, $one:ident| $fits_too:expr $(,)?
    ) => {
        use sqlx::error::{UnexpectedNullError, mismatched_types};
        use sqlx::{Decode, Encode, Type, TypeInfo, ValueRef};

        use super::unreadable;
        use crate::value::{Read, Supply, Types, is_nullable, unread};

        #[diagnostic::do_not_recommend]
        impl<'q, T> Supply<$database> for T
        where
            T: Encode<'q, $database> + Type<$database>,
        {
            #[inline]
            fn supply(&self, to: &mut $arguments) -> Result<(), Complaint> {
                let ($supplied, $arguments_of) = (self, to);
                $supply
            }

            fn gather(&self, to: &mut $gathered) -> Result<(), Complaint> {
                let ($value, $to) = (self, to);
                $gather
            }

            fn type_name((): ()) -> String {
                T::type_info().name().to_owned()
            }

            #[inline]
            fn is_open((): ()) -> bool {
                let $sent = T::type_info();
                $is_open
            }
        }

        #[diagnostic::do_not_recommend]
        impl<T> Read<$database> for T
        where
            T: for<'r> Decode<'r, $database> + Type<$database>,
        {
            fn read(row: &$row, at: usize, types: &mut Types) -> crate::error::Result<T> {
                let value = match row.try_get_raw(at) {
                    Ok(value) => value,
                    Err(error) => return Err(unread::<$database>(row, at, error)),
                };
                // As `Row::try_get` does, but that each question about a value of SQLite is a call to it.
                let is_null = value.is_null();
                // SQLite would give a 0 or an empty text for it; others refuse it themselves.
                if is_null && !$is_remote && !is_nullable::<T>() {
                    let source = UnexpectedNullError.into();
                    return Err(unreadable::<$database>(row, at, source));
                }
                let is_asked = match types {
                    Types::Unknown => !is_null,
                    Types::Fitting(_) => true,
                    Types::Fit => false,
                };
                if is_asked {
                    let $kind = &*value.type_info();
                    // Most are just of the type, and that is quicker to see for texts than the list of
                    // all that are compatible.
                    let fits = *$kind == T::type_info() || T::compatible($kind);
                    let is_other = !fits && !is_null && !$kind.is_null();
                    if is_other && !row.try_get_raw(at).is_ok_and(|$one| $fits_too) {
                        let source = mismatched_types::<$database, T>($kind);
                        return Err(unreadable::<$database>(row, at, source));
                    }
                    // In SQLite each value has a type of its own.
                    if let Types::Fitting(columns) = types
                        && $is_remote
                        && fits
                    {
                        *columns += 1;
                    }
                }
                $decode(value).map_err(|source| unreadable::<$database>(row, at, source))
            }
        }
    };
}

pub(super) use values;
