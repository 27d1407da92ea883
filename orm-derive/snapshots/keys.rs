#[allow(
    clippy::all,
    clippy::pedantic,
    clippy::restriction,
    dead_code,
    deprecated,
    missing_copy_implementations,
    missing_debug_implementations,
    missing_docs,
    non_camel_case_types,
    path_statements,
    private_interfaces,
    single_use_lifetimes,
    unnameable_types,
    unreachable_pub,
    unused_lifetimes,
    unused_qualifications,
)]
const _: () = {
    use ::orm::__private as __orm;
    type __name_id = __orm::Name<628021283683842752>;
    type __name_a = __orm::Name<12638187200555641996>;
    type __name_b = __orm::Name<12638190499090526629>;
    struct Thing_id;
    impl __orm::ColumnMeta for Thing_id {
        type Value = i64;
        type Bare = i64;
        type Table = Thing;
        type Role = __orm::role::PrimaryKey;
        type Index = (__orm::index::D0, __orm::index::D0);
        type Name = __name_id;
    }
    impl __orm::ColumnNamed<__name_id> for Thing {
        type Column = Thing_id;
    }
    struct Thing_a;
    impl __orm::ColumnMeta for Thing_a {
        type Value = String;
        type Bare = String;
        type Table = Thing;
        type Role = __orm::role::Plain;
        type Index = (__orm::index::D0, __orm::index::D1);
        type Name = __name_a;
    }
    impl __orm::ColumnNamed<__name_a> for Thing {
        type Column = Thing_a;
    }
    struct Thing_b;
    impl __orm::ColumnMeta for Thing_b {
        type Value = i64;
        type Bare = i64;
        type Table = Thing;
        type Role = __orm::role::Plain;
        type Index = (__orm::index::D0, __orm::index::D2);
        type Name = __name_b;
    }
    impl __orm::ColumnNamed<__name_b> for Thing {
        type Column = Thing_b;
    }
    impl Thing {
        ///The column `id` of `things`.
        pub const ID: __orm::Column<Thing_id> = __orm::Column::NEW;
        ///The column `a` of `things`.
        pub const A: __orm::Column<Thing_a> = __orm::Column::NEW;
        ///The column `b` of `things`.
        pub const B: __orm::Column<Thing_b> = __orm::Column::NEW;
    }
    struct Thing_primary_key;
    impl __orm::KeyMeta for Thing_primary_key {
        type Table = Thing;
        type Columns = (Thing_id, ());
        type Checked = __orm::AtOnce;
        const AT: usize = 0;
    }
    impl __orm::KeyOn<(Thing_id,)> for Thing {
        type Key = Thing_primary_key;
    }
    struct Thing_key_b_a;
    impl __orm::KeyMeta for Thing_key_b_a {
        type Table = Thing;
        type Columns = (Thing_b, (Thing_a, ()));
        type Checked = __orm::AtOnce;
        const AT: usize = 1;
    }
    impl __orm::KeyOn<(Thing_b, Thing_a)> for Thing {
        type Key = Thing_key_b_a;
    }
    impl __orm::KeyOn<(Thing_a, Thing_b)> for Thing {
        type Key = Thing_key_b_a;
    }
    struct Thing_key_late;
    impl __orm::KeyMeta for Thing_key_late {
        type Table = Thing;
        type Columns = (Thing_b, (Thing_id, ()));
        type Checked = __orm::AtCommit;
        const AT: usize = 2;
    }
    impl __orm::KeyOn<(Thing_b, Thing_id)> for Thing {
        type Key = Thing_key_late;
    }
    impl __orm::KeyOn<(Thing_id, Thing_b)> for Thing {
        type Key = Thing_key_late;
    }
    struct Thing_key_live;
    impl __orm::KeyMeta for Thing_key_live {
        type Table = Thing;
        type Columns = (Thing_a, ());
        type Checked = __orm::AtOnce;
        const AT: usize = 3;
    }
    struct Thing_key_lower;
    impl __orm::KeyMeta for Thing_key_lower {
        type Table = Thing;
        type Columns = (Thing_a, ());
        type Checked = __orm::AtOnce;
        const AT: usize = 4;
    }
    impl Thing {
        ///The unique key `late` of `things`.
        pub const LATE: __orm::Key<Thing_key_late> = __orm::Key::NEW;
        ///The unique key `live` of `things`.
        pub const LIVE: __orm::Key<Thing_key_live> = __orm::Key::NEW;
        ///The unique key `lower` of `things`.
        pub const LOWER: __orm::Key<Thing_key_lower> = __orm::Key::NEW;
    }
    impl __orm::HasPrimaryKey for Thing {
        type Key = Thing_primary_key;
        type Value = i64;
    }
    impl __orm::Table for Thing {
        const DEF: &'static __orm::TableDef = &__orm::TableDef::new(
            "things",
            const {
                &[
                    __orm::ColumnDef::new("id"),
                    __orm::ColumnDef::new("a"),
                    __orm::ColumnDef::new("b"),
                ]
            },
            const {
                &[
                    __orm::KeyDef::primary(&[0]),
                    __orm::KeyDef::unique("things_b_a_key", &[2, 1]),
                    __orm::KeyDef::unique("late", &[2, 0]).deferrable(),
                    __orm::KeyDef::unique("live", &[1]).with_filter("b > 0"),
                    __orm::KeyDef::unique("lower", &[1]).with_expression("lower(a)"),
                ]
            },
        );
        const NAMES: __orm::TableNames = __orm::TableNames::new(
            "things",
            &["id", "a", "b"],
        );
        type Required = (Thing_id, (Thing_a, (Thing_b, ())));
        type Stored = Thing_stored;
        type Guard = __orm::NoGuard;
    }
    struct Thing_stored {
        pub id: __orm::Stored<Thing_id>,
        pub a: __orm::Stored<Thing_a>,
        pub b: __orm::Stored<Thing_b>,
    }
    impl __orm::Fields for Thing_stored {
        const FIELDS: Self = Thing_stored {
            id: __orm::Stored::NEW,
            a: __orm::Stored::NEW,
            b: __orm::Stored::NEW,
        };
    }
    impl<__DB: __orm::Backend> __orm::Load<__DB> for Thing
    where
        i64: __orm::Read<__DB> + __orm::Supply<__DB>,
        String: __orm::Read<__DB> + __orm::Supply<__DB>,
    {
        fn load(row: &mut __orm::Reader<'_, __DB>) -> __orm::Result<Self> {
            ::core::result::Result::Ok(Self {
                id: row.take()?,
                a: row.take()?,
                b: row.take()?,
            })
        }
        fn types(live: __DB::Live) -> ::std::vec::Vec<::std::string::String> {
            ::std::vec![
                __orm::stored_as:: < i64, __DB > (live), __orm::stored_as:: < String,
                __DB > (live), __orm::stored_as:: < i64, __DB > (live)
            ]
        }
    }
    impl<'r, __R: __orm::sqlx::Row> __orm::sqlx::FromRow<'r, __R> for Thing
    where
        &'static str: __orm::sqlx::ColumnIndex<__R>,
        i64: __orm::sqlx::Decode<'r, __R::Database> + __orm::sqlx::Type<__R::Database>,
        String: __orm::sqlx::Decode<'r, __R::Database>
            + __orm::sqlx::Type<__R::Database>,
    {
        fn from_row(row: &'r __R) -> __orm::sqlx::Result<Self> {
            let mut row = __orm::ByName::new(row, <Self as __orm::Table>::NAMES);
            let (__0, __1, __2) = row.take()?;
            ::core::result::Result::Ok(Self { id: __0, a: __1, b: __2 })
        }
    }
    struct Thing_new {
        pub id: __orm::Incoming<Thing, __name_id>,
        pub a: __orm::Incoming<Thing, __name_a>,
        pub b: __orm::Incoming<Thing, __name_b>,
    }
    impl __orm::Fields for Thing_new {
        const FIELDS: Self = Thing_new {
            id: __orm::Incoming::NEW,
            a: __orm::Incoming::NEW,
            b: __orm::Incoming::NEW,
        };
    }
    impl __orm::Record for Thing {
        type Table = Thing;
        type Shape = Self;
        const NAMES: &'static [&'static str] = &["id", "a", "b"];
        type Columns = (__name_id, (__name_a, (__name_b, ())));
        type Incoming = Thing_new;
    }
    impl<__DB: __orm::Backend> __orm::Bind<__DB> for Thing
    where
        i64: __orm::Supply<__DB>,
        String: __orm::Supply<__DB>,
    {
        fn bind(&self, to: &mut __orm::Binder<__DB>) {
            to.put(&self.id).put(&self.a).put(&self.b);
        }
    }
    impl<__N> __orm::Supplies<__N> for Thing
    where
        Thing: __orm::Whole<__N>,
    {}
};
