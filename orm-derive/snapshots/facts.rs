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
    type __name_region = __orm::Name<14363569259933213917>;
    type __name_version = __orm::Name<15466728656978478680>;
    struct Fact_id;
    impl __orm::ColumnMeta for Fact_id {
        type Value = i64;
        type Bare = i64;
        type Table = Fact;
        type Role = __orm::role::PrimaryKey;
        type Index = (__orm::index::D0, __orm::index::D0);
        type Name = __name_id;
    }
    impl __orm::ColumnNamed<__name_id> for Fact {
        type Column = Fact_id;
    }
    struct Fact_region;
    impl __orm::ColumnMeta for Fact_region {
        type Value = i32;
        type Bare = i32;
        type Table = Fact;
        type Role = __orm::role::PrimaryKey;
        type Index = (__orm::index::D0, __orm::index::D1);
        type Name = __name_region;
    }
    impl __orm::ColumnNamed<__name_region> for Fact {
        type Column = Fact_region;
    }
    struct Fact_version;
    impl __orm::ColumnMeta for Fact_version {
        type Value = i64;
        type Bare = i64;
        type Table = Fact;
        type Role = __orm::role::Plain;
        type Index = (__orm::index::D0, __orm::index::D2);
        type Name = __name_version;
    }
    impl __orm::ColumnNamed<__name_version> for Fact {
        type Column = Fact_version;
    }
    impl Fact {
        ///The column `id` of `facts`.
        pub const ID: __orm::Column<Fact_id> = __orm::Column::NEW;
        ///The column `region` of `facts`.
        pub const REGION: __orm::Column<Fact_region> = __orm::Column::NEW;
        ///The column `revision` of `facts`.
        pub const REV: __orm::Column<Fact_version> = __orm::Column::NEW;
    }
    struct Fact_primary_key;
    impl __orm::KeyMeta for Fact_primary_key {
        type Table = Fact;
        type Columns = (Fact_region, (Fact_id, ()));
        type Checked = __orm::AtOnce;
        const AT: usize = 0;
    }
    impl __orm::KeyOn<(Fact_region, Fact_id)> for Fact {
        type Key = Fact_primary_key;
    }
    impl __orm::KeyOn<(Fact_id, Fact_region)> for Fact {
        type Key = Fact_primary_key;
    }
    impl __orm::HasPrimaryKey for Fact {
        type Key = Fact_primary_key;
        type Value = (i32, i64);
    }
    impl __orm::Table for Fact {
        const DEF: &'static __orm::TableDef = &__orm::TableDef::new(
                "facts",
                const {
                    &[
                        __orm::ColumnDef::new("id")
                            .with_type("int")
                            .with_collation("C")
                            .with_default(__orm::DefaultDef::Each {
                                postgres: __orm::Cow::Borrowed("1"),
                                sqlite: __orm::Cow::Borrowed("2"),
                            }),
                        __orm::ColumnDef::new("region"),
                        __orm::ColumnDef::new("revision"),
                    ]
                },
                const { &[__orm::KeyDef::primary(&[1, 0])] },
            )
            .with_indexes(const {
                &[
                    __orm::IndexDef::new("facts_revision_idx", &[2])
                        .with_filter("id > 0")
                        .with_method("brin"),
                ]
            })
            .with_checks(const {
                &[(__orm::Cow::Borrowed("positive"), __orm::Cow::Borrowed("id > 0"))]
            })
            .with_fillfactor(80u8)
            .of_kind(__orm::TableKind::Partitioned);
        const NAMES: __orm::TableNames = __orm::TableNames::new(
            "facts",
            &["id", "region", "revision"],
        );
        type Required = (Fact_region, (Fact_version, ()));
        type Stored = Fact_stored;
        type Guard = __orm::Declared<Fact_version>;
    }
    struct Fact_stored {
        pub id: __orm::Stored<Fact_id>,
        pub region: __orm::Stored<Fact_region>,
        pub version: __orm::Stored<Fact_version>,
    }
    impl __orm::Fields for Fact_stored {
        const FIELDS: Self = Fact_stored {
            id: __orm::Stored::NEW,
            region: __orm::Stored::NEW,
            version: __orm::Stored::NEW,
        };
    }
    impl<__DB: __orm::Backend> __orm::Load<__DB> for Fact
    where
        i64: __orm::Read<__DB> + __orm::Supply<__DB>,
        i32: __orm::Read<__DB> + __orm::Supply<__DB>,
    {
        fn load(row: &mut __orm::Reader<'_, __DB>) -> __orm::Result<Self> {
            ::core::result::Result::Ok(Self {
                id: row.take()?,
                region: row.take()?,
                version: row.take()?,
            })
        }
        fn types(live: __DB::Live) -> ::std::vec::Vec<::std::string::String> {
            ::std::vec![
                __orm::stored_as:: < i64, __DB > (live), __orm::stored_as:: < i32, __DB >
                (live), __orm::stored_as:: < i64, __DB > (live)
            ]
        }
    }
    impl<'r, __R: __orm::sqlx::Row> __orm::sqlx::FromRow<'r, __R> for Fact
    where
        &'static str: __orm::sqlx::ColumnIndex<__R>,
        i64: __orm::sqlx::Decode<'r, __R::Database> + __orm::sqlx::Type<__R::Database>,
        i32: __orm::sqlx::Decode<'r, __R::Database> + __orm::sqlx::Type<__R::Database>,
    {
        fn from_row(row: &'r __R) -> __orm::sqlx::Result<Self> {
            let mut row = __orm::ByName::new(row, <Self as __orm::Table>::NAMES);
            let (__0, __1, __2) = row.take()?;
            ::core::result::Result::Ok(Self {
                id: __0,
                region: __1,
                version: __2,
            })
        }
    }
    struct Fact_new {
        pub id: __orm::Incoming<Fact, __name_id>,
        pub region: __orm::Incoming<Fact, __name_region>,
        pub version: __orm::Incoming<Fact, __name_version>,
    }
    impl __orm::Fields for Fact_new {
        const FIELDS: Self = Fact_new {
            id: __orm::Incoming::NEW,
            region: __orm::Incoming::NEW,
            version: __orm::Incoming::NEW,
        };
    }
    impl __orm::Record for Fact {
        type Table = Fact;
        type Shape = Self;
        const NAMES: &'static [&'static str] = &["id", "region", "revision"];
        type Columns = (__name_id, (__name_region, (__name_version, ())));
        type Incoming = Fact_new;
    }
    impl<__DB: __orm::Backend> __orm::Bind<__DB> for Fact
    where
        i64: __orm::Supply<__DB>,
        i32: __orm::Supply<__DB>,
    {
        fn bind(&self, to: &mut __orm::Binder<__DB>) {
            to.put(&self.id).put(&self.region).put(&self.version);
        }
    }
    impl<__N> __orm::Supplies<__N> for Fact
    where
        Fact: __orm::Whole<__N>,
    {}
};
