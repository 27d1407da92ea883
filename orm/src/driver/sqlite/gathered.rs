//! Values of many records: SQLite takes them one by one.

use crate::backend::Gathered;
use crate::error::Complaint;

/// The database takes values one by one only: there never is anything gathered for it.
#[doc(hidden)]
#[derive(Debug)]
pub enum OneByOne {}

impl Gathered for OneByOne {
    type Backend = sqlx::Sqlite;

    fn arrays((): (), _: usize, _: usize) -> Option<Self> {
        None
    }

    fn rows((): (), _: Vec<u8>) -> Option<Self> {
        None
    }

    fn begin_row(&mut self, _: usize) {
        match *self {}
    }

    fn number(&mut self, _: i64) {
        match *self {}
    }

    fn bytes(&self) -> usize {
        match *self {}
    }

    fn is_self_contained(&self) -> bool {
        match *self {}
    }

    fn bind(self, _: &mut sqlx::sqlite::SqliteArguments) -> Result<(), Complaint> {
        match self {}
    }

    fn into_rows(self) -> Vec<u8> {
        match self {}
    }
}
