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
    type __name_name = __Name<14176396743819860870>;
    type __name_mayor = __Name<5993102140020260283>;
    enum City_name {}
    impl __Marker for City_name {
        type Value = String;
        type Bare = String;
        type Facts = __Facts<City, __name_name, __PrimaryKey, __D0, __D0>;
    }
    impl __ColumnNamed<__name_name> for City {
        type Column = City_name;
    }
    enum City_mayor {}
    impl __Marker for City_mayor {
        type Value = Option<String>;
        type Bare = String;
        type Facts = __Facts<City, __name_mayor, __Plain, __D0, __D1>;
    }
    impl __ColumnNamed<__name_mayor> for City {
        type Column = City_mayor;
    }
    impl City {
        ///The column `name` of `cities`.
        ///
        /// As the post knows it.
        pub const NAME: __Column<City_name> = __Column::NEW;
        ///The column `mayor` of `cities`.
        pub const MAYOR: __Column<City_mayor> = __Column::NEW;
    }
    struct City_primary_key;
    impl __KeyMeta for City_primary_key {
        type Table = City;
        type Columns = (City_name, ());
        type Checked = __AtOnce;
        const AT: usize = 0;
    }
    impl __KeyOn<(City_name,)> for City {
        type Key = City_primary_key;
    }
    impl __HasPrimaryKey for City {
        type Key = City_primary_key;
        type Value = String;
    }
    impl __Table for City {
        const DEF: &'static __TableDef = &__TableDef::new(
            "cities",
            const { &[__ColumnDef::new("name"), __ColumnDef::new("mayor").nullable()] },
            const { &[__KeyDef::primary(&[0])] },
        );
        const NAMES: __TableNames = __TableNames::new("cities", &["name", "mayor"]);
        type Id = (__DF, __D3, __D1, __DD, __D1, __D5, __D1, __D4);
        type Row<__S> = City_row<__S>;
        type Guard = __NoGuard;
    }
    struct City_row<__Side> {
        pub name: __Of<__Side, City_name>,
        pub mayor: __Of<__Side, City_mayor>,
    }
    impl<__Side> __Fields for City_row<__Side> {
        const FIELDS: Self = City_row {
            name: __Of::NEW,
            mayor: __Of::NEW,
        };
    }
    impl<__DB: __Backend> __Load<__DB> for City
    where
        String: __Read<__DB>,
        Option<String>: __Read<__DB>,
    {
        fn load(row: &mut __Reader<'_, __DB>) -> __Result<Self> {
            ::core::result::Result::Ok(Self {
                name: row.take()?,
                mayor: row.take()?,
            })
        }
    }
    impl<__DB: __Backend> __Typed<__DB> for City
    where
        String: __Supply<__DB>,
        Option<String>: __Supply<__DB>,
    {
        fn types(to: &mut __StoredAs<__DB>) {
            to.put::<String>().put::<Option<String>>();
        }
    }
    impl<'r, __R: __sqlx::Row> __sqlx::FromRow<'r, __R> for City
    where
        &'static str: __sqlx::ColumnIndex<__R>,
        String: __sqlx::Decode<'r, __R::Database> + __sqlx::Type<__R::Database>,
        Option<String>: __sqlx::Decode<'r, __R::Database> + __sqlx::Type<__R::Database>,
    {
        fn from_row(row: &'r __R) -> __sqlx::Result<Self> {
            let mut row = __ByName::new(row, <Self as __Table>::NAMES);
            let (__0, __1) = row.take()?;
            ::core::result::Result::Ok(Self { name: __0, mayor: __1 })
        }
    }
    impl __Record for City {
        type Table = City;
        type Shape = City;
        const NAMES: &'static [&'static str] = <Self as __Table>::NAMES.columns();
        type Columns = (__name_name, (__name_mayor, ()));
        type Incoming = City_row<__New>;
    }
    impl<__DB: __Backend> __Bind<__DB> for City
    where
        String: __Supply<__DB>,
        Option<String>: __Supply<__DB>,
    {
        fn bind(&self, to: &mut __Binder<__DB>) {
            to.put(&self.name).put(&self.mayor);
        }
    }
    impl<__N> __Supplies<__N> for City
    where
        City: __Whole<__N>,
    {}
};
