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
    type __name_name = __orm::Name<14176396743819860870>;
    type __name_mayor = __orm::Name<5993102140020260283>;
    struct City_name;
    impl __orm::ColumnMeta for City_name {
        type Value = String;
        type Bare = String;
        type Table = City;
        type Role = __orm::role::PrimaryKey;
        type Index = (__orm::index::D0, __orm::index::D0);
        type Name = __name_name;
    }
    impl __orm::ColumnNamed<__name_name> for City {
        type Column = City_name;
    }
    struct City_mayor;
    impl __orm::ColumnMeta for City_mayor {
        type Value = Option<String>;
        type Bare = String;
        type Table = City;
        type Role = __orm::role::Plain;
        type Index = (__orm::index::D0, __orm::index::D1);
        type Name = __name_mayor;
    }
    impl __orm::ColumnNamed<__name_mayor> for City {
        type Column = City_mayor;
    }
    impl City {
        ///The column `name` of `cities`.
        ///
        /// As the post knows it.
        pub const NAME: __orm::Column<City_name> = __orm::Column::NEW;
        ///The column `mayor` of `cities`.
        pub const MAYOR: __orm::Column<City_mayor> = __orm::Column::NEW;
    }
    struct City_primary_key;
    impl __orm::KeyMeta for City_primary_key {
        type Table = City;
        type Columns = (City_name, ());
        type Checked = __orm::AtOnce;
        const AT: usize = 0;
    }
    impl __orm::KeyOn<(City_name,)> for City {
        type Key = City_primary_key;
    }
    impl __orm::HasPrimaryKey for City {
        type Key = City_primary_key;
        type Value = String;
    }
    impl __orm::Table for City {
        const DEF: &'static __orm::TableDef = &__orm::TableDef::new(
            "cities",
            const {
                &[
                    __orm::ColumnDef::new("name"),
                    __orm::ColumnDef::new("mayor").nullable(),
                ]
            },
            const { &[__orm::KeyDef::primary(&[0])] },
        );
        const NAMES: __orm::TableNames = __orm::TableNames::new(
            "cities",
            &["name", "mayor"],
        );
        type Required = (City_name, ());
        type Stored = City_stored;
        type Guard = __orm::NoGuard;
    }
    struct City_stored {
        pub name: __orm::Stored<City_name>,
        pub mayor: __orm::Stored<City_mayor>,
    }
    impl __orm::Fields for City_stored {
        const FIELDS: Self = City_stored {
            name: __orm::Stored::NEW,
            mayor: __orm::Stored::NEW,
        };
    }
    impl<__DB: __orm::Backend> __orm::Load<__DB> for City
    where
        String: __orm::Read<__DB> + __orm::Supply<__DB>,
        Option<String>: __orm::Read<__DB> + __orm::Supply<__DB>,
    {
        fn load(row: &mut __orm::Reader<'_, __DB>) -> __orm::Result<Self> {
            ::core::result::Result::Ok(Self {
                name: row.take()?,
                mayor: row.take()?,
            })
        }
        fn types(live: __DB::Live) -> ::std::vec::Vec<::std::string::String> {
            ::std::vec![
                __orm::stored_as:: < String, __DB > (live), __orm::stored_as:: < Option <
                String >, __DB > (live)
            ]
        }
    }
    impl<'r, __R: __orm::sqlx::Row> __orm::sqlx::FromRow<'r, __R> for City
    where
        &'static str: __orm::sqlx::ColumnIndex<__R>,
        String: __orm::sqlx::Decode<'r, __R::Database>
            + __orm::sqlx::Type<__R::Database>,
        Option<
            String,
        >: __orm::sqlx::Decode<'r, __R::Database> + __orm::sqlx::Type<__R::Database>,
    {
        fn from_row(row: &'r __R) -> __orm::sqlx::Result<Self> {
            let mut row = __orm::ByName::new(row, <Self as __orm::Table>::NAMES);
            let (__0, __1) = row.take()?;
            ::core::result::Result::Ok(Self { name: __0, mayor: __1 })
        }
    }
    struct City_new {
        pub name: __orm::Incoming<City, __name_name>,
        pub mayor: __orm::Incoming<City, __name_mayor>,
    }
    impl __orm::Fields for City_new {
        const FIELDS: Self = City_new {
            name: __orm::Incoming::NEW,
            mayor: __orm::Incoming::NEW,
        };
    }
    impl __orm::Record for City {
        type Table = City;
        type Shape = Self;
        const NAMES: &'static [&'static str] = &["name", "mayor"];
        type Columns = (__name_name, (__name_mayor, ()));
        type Incoming = City_new;
    }
    impl<__DB: __orm::Backend> __orm::Bind<__DB> for City
    where
        String: __orm::Supply<__DB>,
        Option<String>: __orm::Supply<__DB>,
    {
        fn bind(&self, to: &mut __orm::Binder<__DB>) {
            to.put(&self.name).put(&self.mayor);
        }
    }
    impl<__N> __orm::Supplies<__N> for City
    where
        City: __orm::Whole<__N>,
    {}
};
