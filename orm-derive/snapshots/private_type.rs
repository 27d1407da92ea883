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
    use my::orm::__private as __orm;
    type __name_number = __orm::Name<9237349086447201248>;
    pub struct Account_number;
    const _: () = {
        trait Hidden {
            type Value;
            type Bare;
        }
        impl Hidden for Account_number {
            type Value = Number;
            type Bare = Number;
        }
        impl<V: 'static, B: 'static> __orm::ColumnMeta for Account_number
        where
            Account_number: Hidden<Value = V, Bare = B>,
            V: __orm::NullOf<B>,
        {
            type Value = V;
            type Bare = B;
            type Table = Account;
            type Role = __orm::role::PrimaryKey;
            type Index = (__orm::index::D0, __orm::index::D0);
            type Name = __name_number;
        }
    };
    impl __orm::ColumnNamed<__name_number> for Account {
        type Column = Account_number;
    }
    impl Account {
        ///The column `number` of `accounts`.
        pub const NUMBER: __orm::Column<Account_number> = __orm::Column::NEW;
    }
    pub struct Account_primary_key;
    impl __orm::KeyMeta for Account_primary_key {
        type Table = Account;
        type Columns = (Account_number, ());
        type Checked = __orm::AtOnce;
        const AT: usize = 0;
    }
    impl __orm::KeyOn<(Account_number,)> for Account {
        type Key = Account_primary_key;
    }
    impl __orm::HasPrimaryKey for Account {
        type Key = Account_primary_key;
        type Value = <Account_number as __orm::ColumnMeta>::Value;
    }
    impl __orm::Table for Account {
        const DEF: &'static __orm::TableDef = &__orm::TableDef::new(
            "accounts",
            const { &[__orm::ColumnDef::new("number")] },
            const { &[__orm::KeyDef::primary(&[0])] },
        );
        const NAMES: __orm::TableNames = __orm::TableNames::new("accounts", &["number"]);
        type Required = (Account_number, ());
        type Stored = Account_stored;
        type Guard = __orm::NoGuard;
    }
    pub struct Account_stored {
        pub number: __orm::Stored<Account_number>,
    }
    impl __orm::Fields for Account_stored {
        const FIELDS: Self = Account_stored {
            number: __orm::Stored::NEW,
        };
    }
    impl<__DB: __orm::Backend> __orm::Load<__DB> for Account
    where
        Number: __orm::Read<__DB> + __orm::Supply<__DB>,
    {
        fn load(row: &mut __orm::Reader<'_, __DB>) -> __orm::Result<Self> {
            ::core::result::Result::Ok(Self { number: row.take()? })
        }
        fn types(live: __DB::Live) -> ::std::vec::Vec<::std::string::String> {
            ::std::vec![__orm::stored_as:: < Number, __DB > (live)]
        }
    }
    impl<'r, __R: __orm::sqlx::Row> __orm::sqlx::FromRow<'r, __R> for Account
    where
        &'static str: __orm::sqlx::ColumnIndex<__R>,
        Number: __orm::sqlx::Decode<'r, __R::Database>
            + __orm::sqlx::Type<__R::Database>,
    {
        fn from_row(row: &'r __R) -> __orm::sqlx::Result<Self> {
            let mut row = __orm::ByName::new(row, <Self as __orm::Table>::NAMES);
            let (__0,) = row.take()?;
            ::core::result::Result::Ok(Self { number: __0 })
        }
    }
    pub struct Account_new {
        pub number: __orm::Incoming<Account, __name_number>,
    }
    impl __orm::Fields for Account_new {
        const FIELDS: Self = Account_new {
            number: __orm::Incoming::NEW,
        };
    }
    impl __orm::Record for Account {
        type Table = Account;
        type Shape = Self;
        const NAMES: &'static [&'static str] = &["number"];
        type Columns = (__name_number, ());
        type Incoming = Account_new;
    }
    impl<__DB: __orm::Backend> __orm::Bind<__DB> for Account
    where
        Number: __orm::Supply<__DB>,
    {
        fn bind(&self, to: &mut __orm::Binder<__DB>) {
            to.put(&self.number);
        }
    }
    impl<__N> __orm::Supplies<__N> for Account
    where
        Account: __orm::Whole<__N>,
    {}
};
