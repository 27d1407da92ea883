//! The guide: a page for each thing there is to know. Every example in it runs.

#[doc = include_str!("../guide/start.md")]
pub mod start {}

#[doc = include_str!("../guide/connecting.md")]
pub mod connecting {}

#[doc = include_str!("../guide/tables.md")]
pub mod tables {}

#[doc = include_str!("../guide/upserting.md")]
pub mod upserting {}

#[doc = include_str!("../guide/guards.md")]
pub mod guards {}

#[doc = include_str!("../guide/outcomes.md")]
pub mod outcomes {}

#[doc = include_str!("../guide/bulk.md")]
pub mod bulk {}

#[doc = include_str!("../guide/querying.md")]
pub mod querying {}

#[doc = include_str!("../guide/joins.md")]
pub mod joins {}

#[doc = include_str!("../guide/errors.md")]
pub mod errors {}

#[doc = include_str!("../guide/mistakes.md")]
pub mod mistakes {}

#[doc = include_str!("../guide/time_on_sqlite.md")]
pub mod time_on_sqlite {}

#[doc = include_str!("../guide/dynamic.md")]
pub mod dynamic {}

#[cfg(feature = "migrate")]
#[doc = include_str!("../guide/migrations.md")]
pub mod migrations {}
