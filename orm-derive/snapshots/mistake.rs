::core::compile_error! {
    "`User` has no column `emial`; did you mean `email`?"
}
///A row of `users` to be written.
struct NewUser {
    email: String,
}
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
    type __name_email = __orm::Name<1311787414694181895>;
    struct User_id;
    impl __orm::ColumnMeta for User_id {
        type Value = i64;
        type Bare = i64;
        type Table = User;
        type Role = __orm::role::Plain;
        type Index = (__orm::index::D0, __orm::index::D0);
        type Name = __name_id;
    }
    impl __orm::ColumnNamed<__name_id> for User {
        type Column = User_id;
    }
    struct User_email;
    impl __orm::ColumnMeta for User_email {
        type Value = String;
        type Bare = String;
        type Table = User;
        type Role = __orm::role::Plain;
        type Index = (__orm::index::D0, __orm::index::D1);
        type Name = __name_email;
    }
    impl __orm::ColumnNamed<__name_email> for User {
        type Column = User_email;
    }
    impl User {
        ///The column `id` of `users`.
        pub const ID: __orm::Column<User_id> = __orm::Column::NEW;
        ///The column `email` of `users`.
        pub const EMAIL: __orm::Column<User_email> = __orm::Column::NEW;
        ///The unique key `live` of `users`.
        pub const LIVE: __orm::Key<User_key_live> = __orm::Key::NEW;
    }
    struct User_primary_key;
    impl __orm::KeyMeta for User_primary_key {
        type Table = User;
        type Columns = (User_id, ());
        type Checked = __orm::AtOnce;
        const AT: usize = 0;
    }
    struct User_key_email;
    impl __orm::KeyMeta for User_key_email {
        type Table = User;
        type Columns = (User_email, ());
        type Checked = __orm::AtOnce;
        const AT: usize = 0;
    }
    struct User_key_live;
    impl __orm::KeyMeta for User_key_live {
        type Table = User;
        type Columns = ();
        type Checked = __orm::AtOnce;
        const AT: usize = 0;
    }
    struct User__any_key<__L>(::core::marker::PhantomData<__L>);
    impl<__L: 'static> __orm::KeyMeta for User__any_key<__L> {
        type Table = User;
        type Columns = __L;
        type Checked = __orm::AtOnce;
        const AT: usize = 0;
    }
    impl<__A: 'static> __orm::KeyOn<(__A,)> for User {
        type Key = User__any_key<(__A, ())>;
    }
    impl<__A: 'static, __B: 'static> __orm::KeyOn<(__A, __B)> for User {
        type Key = User__any_key<(__A, (__B, ()))>;
    }
    impl<__A: 'static, __B: 'static, __C: 'static> __orm::KeyOn<(__A, __B, __C)>
    for User {
        type Key = User__any_key<(__A, (__B, (__C, ())))>;
    }
    impl __orm::HasPrimaryKey for User {
        type Key = User_primary_key;
        type Value = i64;
    }
    impl __orm::Table for User {
        const DEF: &'static __orm::TableDef = &__orm::TableDef::new("users", &[], &[]);
        const NAMES: __orm::TableNames = __orm::TableNames::new(
            "users",
            &["id", "email"],
        );
        type Required = ();
        type Stored = User_stored;
        type Guard = __orm::NoGuard;
    }
    struct User_stored {
        pub id: __orm::Stored<User_id>,
        pub email: __orm::Stored<User_email>,
    }
    impl __orm::Fields for User_stored {
        const FIELDS: Self = User_stored {
            id: __orm::Stored::NEW,
            email: __orm::Stored::NEW,
        };
    }
    impl<__DB: __orm::Backend> __orm::Load<__DB> for User
    where
        i64: __orm::Read<__DB> + __orm::Supply<__DB>,
        String: __orm::Read<__DB> + __orm::Supply<__DB>,
    {
        fn load(row: &mut __orm::Reader<'_, __DB>) -> __orm::Result<Self> {
            ::core::result::Result::Ok(Self {
                id: row.take()?,
                email: row.take()?,
            })
        }
        fn types(live: __DB::Live) -> ::std::vec::Vec<::std::string::String> {
            ::std::vec![
                __orm::stored_as:: < i64, __DB > (live), __orm::stored_as:: < String,
                __DB > (live)
            ]
        }
    }
    impl<'r, __R: __orm::sqlx::Row> __orm::sqlx::FromRow<'r, __R> for User
    where
        &'static str: __orm::sqlx::ColumnIndex<__R>,
        i64: __orm::sqlx::Decode<'r, __R::Database> + __orm::sqlx::Type<__R::Database>,
        String: __orm::sqlx::Decode<'r, __R::Database>
            + __orm::sqlx::Type<__R::Database>,
    {
        fn from_row(row: &'r __R) -> __orm::sqlx::Result<Self> {
            let mut row = __orm::ByName::new(row, <Self as __orm::Table>::NAMES);
            let (__0, __1) = row.take()?;
            ::core::result::Result::Ok(Self { id: __0, email: __1 })
        }
    }
    struct User_new {
        pub id: __orm::Incoming<User, __name_id>,
        pub email: __orm::Incoming<User, __name_email>,
    }
    impl __orm::Fields for User_new {
        const FIELDS: Self = User_new {
            id: __orm::Incoming::NEW,
            email: __orm::Incoming::NEW,
        };
    }
    impl __orm::Record for User {
        type Table = User;
        type Shape = Self;
        const NAMES: &'static [&'static str] = &["id", "email"];
        type Columns = (__name_id, (__name_email, ()));
        type Incoming = User_new;
    }
    impl<__DB: __orm::Backend> __orm::Bind<__DB> for User
    where
        i64: __orm::Supply<__DB>,
        String: __orm::Supply<__DB>,
    {
        fn bind(&self, to: &mut __orm::Binder<__DB>) {
            to.put(&self.id).put(&self.email);
        }
    }
    impl<__N> __orm::Supplies<__N> for User
    where
        User: __orm::Whole<__N>,
    {}
    struct NewUser_new {
        pub email: __orm::Incoming<User, __name_email>,
    }
    impl __orm::Fields for NewUser_new {
        const FIELDS: Self = NewUser_new {
            email: __orm::Incoming::NEW,
        };
    }
    impl __orm::Record for NewUser {
        type Table = User;
        type Shape = Self;
        const NAMES: &'static [&'static str] = &["email"];
        type Columns = (__name_email, ());
        type Incoming = NewUser_new;
    }
    impl<__DB: __orm::Backend> __orm::Bind<__DB> for NewUser
    where
        String: __orm::Supply<__DB>,
    {
        fn bind(&self, to: &mut __orm::Binder<__DB>) {
            to.put(&self.email);
        }
    }
    impl __orm::Supplies<__name_email> for NewUser {}
};
