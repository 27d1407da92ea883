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
    use my::orm::__private::*;
    type __name_number = __Name<9237349086447201248>;
    pub enum Account_number {}
    const _: () = {
        trait Hidden {
            type Value;
            type Bare;
        }
        impl Hidden for Account_number {
            type Value = Number;
            type Bare = Number;
        }
        impl<V: 'static, B: 'static> __Marker for Account_number
        where
            Account_number: Hidden<Value = V, Bare = B>,
            V: __NullOf<B>,
        {
            type Value = V;
            type Bare = B;
            type Facts = __Facts<Account, __name_number, __PrimaryKey, __D0, __D0>;
        }
    };
    impl __ColumnNamed<__name_number> for Account {
        type Column = Account_number;
    }
    impl Account {
        ///The column `number` of `accounts`.
        pub const NUMBER: __Column<Account_number> = __Column::NEW;
    }
    pub struct Account_primary_key;
    impl __KeyMeta for Account_primary_key {
        type Table = Account;
        type Columns = (Account_number, ());
        type Checked = __AtOnce;
        const AT: usize = 0;
    }
    impl __KeyOn<(Account_number,)> for Account {
        type Key = Account_primary_key;
    }
    impl __HasPrimaryKey for Account {
        type Key = Account_primary_key;
        type Value = <Account_number as __ColumnMeta>::Value;
    }
    impl __Table for Account {
        const DEF: &'static __TableDef = &__TableDef::new(
            "accounts",
            const { &[__ColumnDef::new("number")] },
            const { &[__KeyDef::primary(&[0])] },
        );
        const NAMES: __TableNames = __TableNames::new("accounts", &["number"]);
        type Id = (__DC, __DB, __DE, __DD, __D9, __D9, __DD, __DB);
        type Row<__S> = Account_row<__S>;
        type Guard = __NoGuard;
    }
    pub struct Account_row<__Side> {
        pub number: __Of<__Side, Account_number>,
    }
    impl<__Side> __Fields for Account_row<__Side> {
        const FIELDS: Self = Account_row { number: __Of::NEW };
    }
    impl<__DB: __Backend> __Load<__DB> for Account
    where
        Number: __Read<__DB>,
    {
        fn load(row: &mut __Reader<'_, __DB>) -> __Result<Self> {
            ::core::result::Result::Ok(Self { number: row.take()? })
        }
    }
    impl<__DB: __Backend> __Typed<__DB> for Account
    where
        Number: __Supply<__DB>,
    {
        fn types(to: &mut __StoredAs<__DB>) {
            to.put::<Number>();
        }
    }
    impl<'r, __R: __sqlx::Row> __sqlx::FromRow<'r, __R> for Account
    where
        &'static str: __sqlx::ColumnIndex<__R>,
        Number: __sqlx::Decode<'r, __R::Database> + __sqlx::Type<__R::Database>,
    {
        fn from_row(row: &'r __R) -> __sqlx::Result<Self> {
            let mut row = __ByName::new(row, <Self as __Table>::NAMES);
            let (__0,) = row.take()?;
            ::core::result::Result::Ok(Self { number: __0 })
        }
    }
    impl __Record for Account {
        type Table = Account;
        type Shape = Account;
        const NAMES: &'static [&'static str] = <Self as __Table>::NAMES.columns();
        type Columns = (__name_number, ());
        type Incoming = Account_row<__New>;
    }
    impl<__DB: __Backend> __Bind<__DB> for Account
    where
        Number: __Supply<__DB>,
    {
        fn bind(&self, to: &mut __Binder<__DB>) {
            to.put(&self.number);
        }
    }
    impl<__N> __Supplies<__N> for Account
    where
        Account: __Whole<__N>,
    {}
};
