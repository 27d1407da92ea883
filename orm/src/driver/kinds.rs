//! Databases that hold values of every kind, each as the Rust type of its kind.

use super::Db;
use crate::backend::Backend;
use crate::value::{Binder, Kind, Value};

/// A database that holds values of every kind.
#[doc(hidden)]
pub trait HoldsValues: Backend {
    /// Binds a value as one of its column's kind.
    fn put(kind: Kind, value: &Value, to: &mut Binder<Self>);
}

macro_rules! holds_values {
    ($backend:ty) => {
        impl HoldsValues for $backend {
            fn put(kind: Kind, value: &Value, to: &mut Binder<Self>) {
                macro_rules! put {
                    ($kind:ident) => {
                        to.put(&if let Value::$kind(value) = value {
                            Some(value)
                        } else {
                            None
                        })
                    };
                }
                match kind {
                    Kind::Bool => put!(Bool),
                    Kind::Int => put!(Int),
                    Kind::Float => put!(Float),
                    Kind::Text => put!(Text),
                    Kind::Bytes => put!(Bytes),
                    #[cfg(feature = "chrono")]
                    Kind::Time => put!(Time),
                    #[cfg(feature = "uuid")]
                    Kind::Uuid => put!(Uuid),
                };
            }
        }
    };
}

#[cfg(feature = "postgres")]
holds_values!(sqlx::Postgres);
#[cfg(feature = "sqlite")]
holds_values!(sqlx::Sqlite);
holds_values!(Db);
