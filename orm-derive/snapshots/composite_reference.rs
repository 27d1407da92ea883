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
    type __name_house = __Name<5565951590257771291>;
    type __name_room = __Name<11769335328618614490>;
    enum Guest_house {}
    impl __Marker for Guest_house {
        type Value = i64;
        type Bare = i64;
        type Facts = __Facts<Guest, __name_house, __PrimaryKey, __D0, __D0>;
    }
    impl __ColumnNamed<__name_house> for Guest {
        type Column = Guest_house;
    }
    enum Guest_room {}
    impl __Marker for Guest_room {
        type Value = i32;
        type Bare = i32;
        type Facts = __Facts<Guest, __name_room, __Plain, __D0, __D1>;
    }
    impl __ColumnNamed<__name_room> for Guest {
        type Column = Guest_room;
    }
    impl Guest {
        ///The column `house` of `guests`.
        pub const HOUSE: __Column<Guest_house> = __Column::NEW;
        ///The column `room` of `guests`.
        pub const ROOM: __Column<Guest_room> = __Column::NEW;
    }
    struct Guest_primary_key;
    impl __KeyMeta for Guest_primary_key {
        type Table = Guest;
        type Columns = (Guest_house, ());
        type Checked = __AtOnce;
        const AT: usize = 0;
    }
    impl __KeyOn<(Guest_house,)> for Guest {
        type Key = Guest_primary_key;
    }
    impl __HasPrimaryKey for Guest {
        type Key = Guest_primary_key;
        type Value = i64;
    }
    impl __Table for Guest {
        const DEF: &'static __TableDef = &__TableDef::new(
                "guests",
                const { &[__ColumnDef::new("house"), __ColumnDef::new("room")] },
                const { &[__KeyDef::primary(&[0])] },
            )
            .with_foreign_keys(const {
                &[
                    Room::HOUSE
                        .foreign_key(
                            &[0, 1],
                            const {
                                &[Room::HOUSE.reference(), Room::NUMBER.reference()]
                            },
                        )
                        .named("in_room")
                        .on_delete(__ForeignKeyAction::Cascade),
                ]
            });
        const NAMES: __TableNames = __TableNames::new("guests", &["house", "room"]);
        type Id = (__D2, __D2, __DC, __D0, __D5, __DE, __D8, __DC);
        type Row<__S> = Guest_row<__S>;
        type Guard = __NoGuard;
    }
    const _: fn() = || {
        __foreign_key(Guest::HOUSE, Room::HOUSE)
            .and(Guest::ROOM, Room::NUMBER)
            .points_to_a_key()
    };
    struct Guest_row<__Side> {
        pub house: __Of<__Side, Guest_house>,
        pub room: __Of<__Side, Guest_room>,
    }
    impl<__Side> __Fields for Guest_row<__Side> {
        const FIELDS: Self = Guest_row {
            house: __Of::NEW,
            room: __Of::NEW,
        };
    }
    impl<__DB: __Backend> __Load<__DB> for Guest
    where
        i64: __Read<__DB>,
        i32: __Read<__DB>,
    {
        fn load(row: &mut __Reader<'_, __DB>) -> __Result<Self> {
            ::core::result::Result::Ok(Self {
                house: row.take()?,
                room: row.take()?,
            })
        }
    }
    impl<__DB: __Backend> __Typed<__DB> for Guest
    where
        i64: __Supply<__DB>,
        i32: __Supply<__DB>,
    {
        fn types(to: &mut __StoredAs<__DB>) {
            to.put::<i64>().put::<i32>();
        }
    }
    impl<'r, __R: __sqlx::Row> __sqlx::FromRow<'r, __R> for Guest
    where
        &'static str: __sqlx::ColumnIndex<__R>,
        i64: __sqlx::Decode<'r, __R::Database> + __sqlx::Type<__R::Database>,
        i32: __sqlx::Decode<'r, __R::Database> + __sqlx::Type<__R::Database>,
    {
        fn from_row(row: &'r __R) -> __sqlx::Result<Self> {
            let mut row = __ByName::new(row, <Self as __Table>::NAMES);
            let (__0, __1) = row.take()?;
            ::core::result::Result::Ok(Self { house: __0, room: __1 })
        }
    }
    impl __Record for Guest {
        type Table = Guest;
        type Shape = Guest;
        const NAMES: &'static [&'static str] = <Self as __Table>::NAMES.columns();
        type Columns = (__name_house, (__name_room, ()));
        type Incoming = Guest_row<__New>;
    }
    impl<__DB: __Backend> __Bind<__DB> for Guest
    where
        i64: __Supply<__DB>,
        i32: __Supply<__DB>,
    {
        fn bind(&self, to: &mut __Binder<__DB>) {
            to.put(&self.house).put(&self.room);
        }
    }
    impl<__N> __Supplies<__N> for Guest
    where
        Guest: __Whole<__N>,
    {}
};
