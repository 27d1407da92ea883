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
    use ::orm::__private::*;
    type __name_id = __Name<628021283683842752>;
    type __name_email = __Name<1311787414694181895>;
    enum User_id {}
    impl __Marker for User_id {
        type Value = i64;
        type Bare = i64;
        type Facts = __Facts<User, __name_id, __Plain, __D0, __D0>;
    }
    impl __ColumnNamed<__name_id> for User {
        type Column = User_id;
    }
    enum User_email {}
    impl __Marker for User_email {
        type Value = String;
        type Bare = String;
        type Facts = __Facts<User, __name_email, __Plain, __D0, __D1>;
    }
    impl __ColumnNamed<__name_email> for User {
        type Column = User_email;
    }
    impl User {
        ///The column `id` of `users`.
        pub const ID: __Column<User_id> = __Column::NEW;
        ///The column `email` of `users`.
        pub const EMAIL: __Column<User_email> = __Column::NEW;
        ///The unique key `live` of `users`.
        pub const LIVE: __Key<User_key_live> = __Key::NEW;
    }
    struct User_primary_key;
    impl __KeyMeta for User_primary_key {
        type Table = User;
        type Columns = (User_id, ());
        type Checked = __AtOnce;
        const AT: usize = 0;
    }
    struct User_key_email;
    impl __KeyMeta for User_key_email {
        type Table = User;
        type Columns = (User_email, ());
        type Checked = __AtOnce;
        const AT: usize = 0;
    }
    struct User_key_live;
    impl __KeyMeta for User_key_live {
        type Table = User;
        type Columns = ();
        type Checked = __AtOnce;
        const AT: usize = 0;
    }
    struct User__any_key<__L>(::core::marker::PhantomData<__L>);
    impl<__L: 'static> __KeyMeta for User__any_key<__L> {
        type Table = User;
        type Columns = __L;
        type Checked = __AtOnce;
        const AT: usize = 0;
    }
    impl<__A: 'static> __KeyOn<(__A,)> for User {
        type Key = User__any_key<(__A, ())>;
    }
    impl<__A: 'static, __B: 'static> __KeyOn<(__A, __B)> for User {
        type Key = User__any_key<(__A, (__B, ()))>;
    }
    impl<__A: 'static, __B: 'static, __C: 'static> __KeyOn<(__A, __B, __C)> for User {
        type Key = User__any_key<(__A, (__B, (__C, ())))>;
    }
    impl __HasPrimaryKey for User {
        type Key = User_primary_key;
        type Value = i64;
    }
    impl __Table for User {
        const DEF: &'static __TableDef = &__TableDef::new("users", &[], &[]);
        const NAMES: __TableNames = __TableNames::new("users", &["id", "email"]);
        type Id = (__D8, __D5, __D3, __DF, __DF, __DD, __DB, __D9);
        type Row<__S> = User_row<__S>;
        type Guard = __NoGuard;
    }
    struct User_row<__Side> {
        pub id: __Of<__Side, User_id>,
        pub email: __Of<__Side, User_email>,
    }
    impl<__Side> __Fields for User_row<__Side> {
        const FIELDS: Self = User_row {
            id: __Of::NEW,
            email: __Of::NEW,
        };
    }
    impl<__DB: __Backend> __Load<__DB> for User
    where
        i64: __Read<__DB>,
        String: __Read<__DB>,
    {
        fn load(row: &mut __Reader<'_, __DB>) -> __Result<Self> {
            ::core::result::Result::Ok(Self {
                id: row.take()?,
                email: row.take()?,
            })
        }
    }
    impl<__DB: __Backend> __Typed<__DB> for User
    where
        i64: __Supply<__DB>,
        String: __Supply<__DB>,
    {
        fn types(to: &mut __StoredAs<__DB>) {
            to.put::<i64>().put::<String>();
        }
    }
    impl<'r, __R: __sqlx::Row> __sqlx::FromRow<'r, __R> for User
    where
        &'static str: __sqlx::ColumnIndex<__R>,
        i64: __sqlx::Decode<'r, __R::Database> + __sqlx::Type<__R::Database>,
        String: __sqlx::Decode<'r, __R::Database> + __sqlx::Type<__R::Database>,
    {
        fn from_row(row: &'r __R) -> __sqlx::Result<Self> {
            let mut row = __ByName::new(row, <Self as __Table>::NAMES);
            let (__0, __1) = row.take()?;
            ::core::result::Result::Ok(Self { id: __0, email: __1 })
        }
    }
    impl __Record for User {
        type Table = User;
        type Shape = User;
        const NAMES: &'static [&'static str] = <Self as __Table>::NAMES.columns();
        type Columns = (__name_id, (__name_email, ()));
        type Incoming = User_row<__New>;
    }
    impl<__DB: __Backend> __Bind<__DB> for User
    where
        i64: __Supply<__DB>,
        String: __Supply<__DB>,
    {
        fn bind(&self, to: &mut __Binder<__DB>) {
            to.put(&self.id).put(&self.email);
        }
    }
    impl<__N> __Supplies<__N> for User
    where
        User: __Whole<__N>,
    {}
    struct NewUser_new {
        pub email: __Of<__New, User_email>,
    }
    impl __Fields for NewUser_new {
        const FIELDS: Self = NewUser_new { email: __Of::NEW };
    }
    impl __Record for NewUser {
        type Table = User;
        type Shape = NewUser;
        const NAMES: &'static [&'static str] = &["email"];
        type Columns = (__name_email, ());
        type Incoming = NewUser_new;
    }
    impl<__DB: __Backend> __Bind<__DB> for NewUser
    where
        String: __Supply<__DB>,
    {
        fn bind(&self, to: &mut __Binder<__DB>) {
            to.put(&self.email);
        }
    }
    impl __Supplies<__name_email> for NewUser {}
};
