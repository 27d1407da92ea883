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
    use ::orm::__private::*;
    type __name_id = __Name<628021283683842752>;
    type __name_region = __Name<14363569259933213917>;
    type __name_version = __Name<15466728656978478680>;
    enum Fact_id {}
    impl __Marker for Fact_id {
        type Value = i64;
        type Bare = i64;
        type Facts = __Facts<Fact, __name_id, __PrimaryKey, __D0, __D0>;
    }
    impl __ColumnNamed<__name_id> for Fact {
        type Column = Fact_id;
    }
    enum Fact_region {}
    impl __Marker for Fact_region {
        type Value = i32;
        type Bare = i32;
        type Facts = __Facts<Fact, __name_region, __PrimaryKey, __D0, __D1>;
    }
    impl __ColumnNamed<__name_region> for Fact {
        type Column = Fact_region;
    }
    enum Fact_version {}
    impl __Marker for Fact_version {
        type Value = i64;
        type Bare = i64;
        type Facts = __Facts<Fact, __name_version, __Plain, __D0, __D2>;
    }
    impl __ColumnNamed<__name_version> for Fact {
        type Column = Fact_version;
    }
    impl Fact {
        ///The column `id` of `facts`.
        pub const ID: __Column<Fact_id> = __Column::NEW;
        ///The column `region` of `facts`.
        pub const REGION: __Column<Fact_region> = __Column::NEW;
        ///The column `revision` of `facts`.
        pub const REV: __Column<Fact_version> = __Column::NEW;
    }
    struct Fact_primary_key;
    impl __KeyMeta for Fact_primary_key {
        type Table = Fact;
        type Columns = (Fact_region, (Fact_id, ()));
        type Checked = __AtOnce;
        const AT: usize = 0;
    }
    impl __KeyOn<(Fact_region, Fact_id)> for Fact {
        type Key = Fact_primary_key;
    }
    impl __KeyOn<(Fact_id, Fact_region)> for Fact {
        type Key = Fact_primary_key;
    }
    impl __HasPrimaryKey for Fact {
        type Key = Fact_primary_key;
        type Value = (i32, i64);
    }
    impl __Table for Fact {
        const DEF: &'static __TableDef = &__TableDef::new(
                "facts",
                const {
                    &[
                        __ColumnDef::new("id")
                            .with_type("int")
                            .with_collation("C")
                            .with_default(__DefaultDef::Each {
                                postgres: __Cow::Borrowed("1"),
                                sqlite: __Cow::Borrowed("2"),
                            }),
                        __ColumnDef::new("region"),
                        __ColumnDef::new("revision"),
                    ]
                },
                const { &[__KeyDef::primary(&[1, 0])] },
            )
            .with_indexes(const {
                &[
                    __IndexDef::new("facts_revision_idx", &[2])
                        .with_filter("id > 0")
                        .with_method("brin"),
                ]
            })
            .with_checks(const {
                &[(__Cow::Borrowed("positive"), __Cow::Borrowed("id > 0"))]
            })
            .with_fillfactor(80u8)
            .of_kind(__TableKind::Partitioned);
        const NAMES: __TableNames = __TableNames::new(
            "facts",
            &["id", "region", "revision"],
        );
        type Id = (__D8, __DB, __D6, __D7, __D4, __D2, __DD, __D2);
        type Row<__S> = Fact_row<__S>;
        type Guard = __Declared<Fact_version>;
    }
    struct Fact_row<__Side> {
        pub id: __Of<__Side, Fact_id>,
        pub region: __Of<__Side, Fact_region>,
        pub version: __Of<__Side, Fact_version>,
    }
    impl<__Side> __Fields for Fact_row<__Side> {
        const FIELDS: Self = Fact_row {
            id: __Of::NEW,
            region: __Of::NEW,
            version: __Of::NEW,
        };
    }
    impl<__DB: __Backend> __Load<__DB> for Fact
    where
        i64: __Read<__DB>,
        i32: __Read<__DB>,
    {
        fn load(row: &mut __Reader<'_, __DB>) -> __Result<Self> {
            ::core::result::Result::Ok(Self {
                id: row.take()?,
                region: row.take()?,
                version: row.take()?,
            })
        }
    }
    impl<__DB: __Backend> __Typed<__DB> for Fact
    where
        i64: __Supply<__DB>,
        i32: __Supply<__DB>,
    {
        fn types(to: &mut __StoredAs<__DB>) {
            to.put::<i64>().put::<i32>().put::<i64>();
        }
    }
    impl<'r, __R: __sqlx::Row> __sqlx::FromRow<'r, __R> for Fact
    where
        &'static str: __sqlx::ColumnIndex<__R>,
        i64: __sqlx::Decode<'r, __R::Database> + __sqlx::Type<__R::Database>,
        i32: __sqlx::Decode<'r, __R::Database> + __sqlx::Type<__R::Database>,
    {
        fn from_row(row: &'r __R) -> __sqlx::Result<Self> {
            let mut row = __ByName::new(row, <Self as __Table>::NAMES);
            let (__0, __1, __2) = row.take()?;
            ::core::result::Result::Ok(Self {
                id: __0,
                region: __1,
                version: __2,
            })
        }
    }
    impl __Record for Fact {
        type Table = Fact;
        type Shape = Fact;
        const NAMES: &'static [&'static str] = <Self as __Table>::NAMES.columns();
        type Columns = (__name_id, (__name_region, (__name_version, ())));
        type Incoming = Fact_row<__New>;
    }
    impl<__DB: __Backend> __Bind<__DB> for Fact
    where
        i64: __Supply<__DB>,
        i32: __Supply<__DB>,
    {
        fn bind(&self, to: &mut __Binder<__DB>) {
            to.put(&self.id).put(&self.region).put(&self.version);
        }
    }
    impl<__N> __Supplies<__N> for Fact
    where
        Fact: __Whole<__N>,
    {}
};
