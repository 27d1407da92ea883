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
    type __name_a = __Name<12638187200555641996>;
    type __name_b = __Name<12638190499090526629>;
    enum Thing_id {}
    impl __Marker for Thing_id {
        type Value = i64;
        type Bare = i64;
        type Facts = __Facts<Thing, __name_id, __PrimaryKey, __D0, __D0>;
    }
    impl __ColumnNamed<__name_id> for Thing {
        type Column = Thing_id;
    }
    enum Thing_a {}
    impl __Marker for Thing_a {
        type Value = String;
        type Bare = String;
        type Facts = __Facts<Thing, __name_a, __Plain, __D0, __D1>;
    }
    impl __ColumnNamed<__name_a> for Thing {
        type Column = Thing_a;
    }
    enum Thing_b {}
    impl __Marker for Thing_b {
        type Value = i64;
        type Bare = i64;
        type Facts = __Facts<Thing, __name_b, __Plain, __D0, __D2>;
    }
    impl __ColumnNamed<__name_b> for Thing {
        type Column = Thing_b;
    }
    impl Thing {
        ///The column `id` of `things`.
        pub const ID: __Column<Thing_id> = __Column::NEW;
        ///The column `a` of `things`.
        pub const A: __Column<Thing_a> = __Column::NEW;
        ///The column `b` of `things`.
        pub const B: __Column<Thing_b> = __Column::NEW;
    }
    struct Thing_primary_key;
    impl __KeyMeta for Thing_primary_key {
        type Table = Thing;
        type Columns = (Thing_id, ());
        type Checked = __AtOnce;
        const AT: usize = 0;
    }
    impl __KeyOn<(Thing_id,)> for Thing {
        type Key = Thing_primary_key;
    }
    struct Thing_key_b_a;
    impl __KeyMeta for Thing_key_b_a {
        type Table = Thing;
        type Columns = (Thing_b, (Thing_a, ()));
        type Checked = __AtOnce;
        const AT: usize = 1;
    }
    impl __KeyOn<(Thing_b, Thing_a)> for Thing {
        type Key = Thing_key_b_a;
    }
    impl __KeyOn<(Thing_a, Thing_b)> for Thing {
        type Key = Thing_key_b_a;
    }
    struct Thing_key_late;
    impl __KeyMeta for Thing_key_late {
        type Table = Thing;
        type Columns = (Thing_b, (Thing_id, ()));
        type Checked = __AtCommit;
        const AT: usize = 2;
    }
    impl __KeyOn<(Thing_b, Thing_id)> for Thing {
        type Key = Thing_key_late;
    }
    impl __KeyOn<(Thing_id, Thing_b)> for Thing {
        type Key = Thing_key_late;
    }
    struct Thing_key_live;
    impl __KeyMeta for Thing_key_live {
        type Table = Thing;
        type Columns = (Thing_a, ());
        type Checked = __AtOnce;
        const AT: usize = 3;
    }
    struct Thing_key_lower;
    impl __KeyMeta for Thing_key_lower {
        type Table = Thing;
        type Columns = (Thing_a, ());
        type Checked = __OnExpression;
        const AT: usize = 4;
    }
    impl Thing {
        ///The unique key `late` of `things`.
        pub const LATE: __Key<Thing_key_late> = __Key::NEW;
        ///The unique key `live` of `things`.
        pub const LIVE: __Key<Thing_key_live> = __Key::NEW;
        ///The unique key `lower` of `things`.
        pub const LOWER: __Key<Thing_key_lower> = __Key::NEW;
    }
    impl __HasPrimaryKey for Thing {
        type Key = Thing_primary_key;
        type Value = i64;
    }
    impl __Table for Thing {
        const DEF: &'static __TableDef = &__TableDef::new(
            "things",
            const {
                &[__ColumnDef::new("id"), __ColumnDef::new("a"), __ColumnDef::new("b")]
            },
            const {
                &[
                    __KeyDef::primary(&[0]),
                    __KeyDef::unique("things_b_a_key", &[2, 1]),
                    __KeyDef::unique("late", &[2, 0]).deferrable(),
                    __KeyDef::unique("live", &[1]).with_filter("b > 0"),
                    __KeyDef::unique("lower", &[1]).with_expression("lower(a)"),
                ]
            },
        );
        const NAMES: __TableNames = __TableNames::new("things", &["id", "a", "b"]);
        type Id = (__D2, __DA, __D3, __DC, __D9, __DE, __DE, __D0);
        type Row<__S> = Thing_row<__S>;
        type Guard = __NoGuard;
    }
    struct Thing_row<__Side> {
        pub id: __Of<__Side, Thing_id>,
        pub a: __Of<__Side, Thing_a>,
        pub b: __Of<__Side, Thing_b>,
    }
    impl<__Side> __Fields for Thing_row<__Side> {
        const FIELDS: Self = Thing_row {
            id: __Of::NEW,
            a: __Of::NEW,
            b: __Of::NEW,
        };
    }
    impl<__DB: __Backend> __Load<__DB> for Thing
    where
        i64: __Read<__DB>,
        String: __Read<__DB>,
    {
        fn load(row: &mut __Reader<'_, __DB>) -> __Result<Self> {
            ::core::result::Result::Ok(Self {
                id: row.take()?,
                a: row.take()?,
                b: row.take()?,
            })
        }
    }
    impl<__DB: __Backend> __Typed<__DB> for Thing
    where
        i64: __Supply<__DB>,
        String: __Supply<__DB>,
    {
        fn types(to: &mut __StoredAs<__DB>) {
            to.put::<i64>().put::<String>().put::<i64>();
        }
    }
    impl<'r, __R: __sqlx::Row> __sqlx::FromRow<'r, __R> for Thing
    where
        &'static str: __sqlx::ColumnIndex<__R>,
        i64: __sqlx::Decode<'r, __R::Database> + __sqlx::Type<__R::Database>,
        String: __sqlx::Decode<'r, __R::Database> + __sqlx::Type<__R::Database>,
    {
        fn from_row(row: &'r __R) -> __sqlx::Result<Self> {
            let mut row = __ByName::new(row, <Self as __Table>::NAMES);
            let (__0, __1, __2) = row.take()?;
            ::core::result::Result::Ok(Self { id: __0, a: __1, b: __2 })
        }
    }
    impl __Record for Thing {
        type Table = Thing;
        type Shape = Thing;
        const NAMES: &'static [&'static str] = <Self as __Table>::NAMES.columns();
        type Columns = (__name_id, (__name_a, (__name_b, ())));
        type Incoming = Thing_row<__New>;
    }
    impl<__DB: __Backend> __Bind<__DB> for Thing
    where
        i64: __Supply<__DB>,
        String: __Supply<__DB>,
    {
        fn bind(&self, to: &mut __Binder<__DB>) {
            to.put(&self.id).put(&self.a).put(&self.b);
        }
    }
    impl<__N> __Supplies<__N> for Thing
    where
        Thing: __Whole<__N>,
    {}
};
