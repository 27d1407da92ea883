///A row of `people` to be written.
#[derive(Debug)]
#[serde(default)]
pub struct NewUser {
    /// Where to write to.
    pub email: String,
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
    type __name_created_at = __Name<15305684345603307897>;
    type __name_lower = __Name<10132546893995129818>;
    pub enum User_id {}
    impl __Marker for User_id {
        type Value = i64;
        type Bare = i64;
        type Facts = __Facts<User, __name_id, __PrimaryKey, __D0, __D0>;
    }
    impl __ColumnNamed<__name_id> for User {
        type Column = User_id;
    }
    pub enum User_email {}
    impl __Marker for User_email {
        type Value = String;
        type Bare = String;
        type Facts = __Facts<User, __name_email, __Plain, __D0, __D1>;
    }
    impl __ColumnNamed<__name_email> for User {
        type Column = User_email;
    }
    pub enum User_created_at {}
    impl __Marker for User_created_at {
        type Value = i64;
        type Bare = i64;
        type Facts = __Facts<User, __name_created_at, __InsertOnly, __D0, __D2>;
    }
    impl __ColumnNamed<__name_created_at> for User {
        type Column = User_created_at;
    }
    pub enum User_lower {}
    impl __Marker for User_lower {
        type Value = String;
        type Bare = String;
        type Facts = __Facts<User, __name_lower, __Generated, __D0, __D3>;
    }
    impl __ColumnNamed<__name_lower> for User {
        type Column = User_lower;
    }
    impl User {
        ///The column `id` of `people`.
        pub const ID: __Column<User_id> = __Column::NEW;
        ///The column `email` of `people`.
        ///
        /// Where to write to.
        pub const EMAIL: __Column<User_email> = __Column::NEW;
        ///The column `created_at` of `people`.
        pub const CREATED_AT: __Column<User_created_at> = __Column::NEW;
        ///The column `lower` of `people`.
        pub const LOWER: __Column<User_lower> = __Column::NEW;
    }
    pub struct User_primary_key;
    impl __KeyMeta for User_primary_key {
        type Table = User;
        type Columns = (User_id, ());
        type Checked = __AtOnce;
        const AT: usize = 0;
    }
    impl __KeyOn<(User_id,)> for User {
        type Key = User_primary_key;
    }
    pub struct User_key_email;
    impl __KeyMeta for User_key_email {
        type Table = User;
        type Columns = (User_email, ());
        type Checked = __AtOnce;
        const AT: usize = 1;
    }
    impl __KeyOn<(User_email,)> for User {
        type Key = User_key_email;
    }
    impl __HasPrimaryKey for User {
        type Key = User_primary_key;
        type Value = i64;
    }
    impl __Table for User {
        const DEF: &'static __TableDef = &__TableDef::new(
                "people",
                const {
                    &[
                        __ColumnDef::new("id").auto(),
                        __ColumnDef::new("email"),
                        __ColumnDef::new("created_at")
                            .insert_only()
                            .with_default(__DefaultDef::Now),
                        __ColumnDef::new("lower")
                            .generated(
                                __GeneratedDef::Sql(__Cow::Borrowed("lower(email)")),
                            ),
                    ]
                },
                const {
                    &[
                        __KeyDef::primary(&[0]),
                        __KeyDef::unique("people_email_key", &[1]),
                    ]
                },
            )
            .in_schema("crm");
        const NAMES: __TableNames = __TableNames::new(
                "people",
                &["id", "email", "created_at", "lower"],
            )
            .in_schema("crm");
        type Id = (__DD, __DB, __D7, __DD, __D4, __D8, __D8, __D5);
        type Row<__S> = User_row<__S>;
        type Guard = __NoGuard;
    }
    pub struct User_row<__Side> {
        pub id: __Of<__Side, User_id>,
        pub email: __Of<__Side, User_email>,
        pub created_at: __Of<__Side, User_created_at>,
        pub lower: __Of<__Side, User_lower>,
    }
    impl<__Side> __Fields for User_row<__Side> {
        const FIELDS: Self = User_row {
            id: __Of::NEW,
            email: __Of::NEW,
            created_at: __Of::NEW,
            lower: __Of::NEW,
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
                created_at: row.take()?,
                lower: row.take()?,
                cache: ::core::default::Default::default(),
            })
        }
    }
    impl<__DB: __Backend> __Typed<__DB> for User
    where
        i64: __Supply<__DB>,
        String: __Supply<__DB>,
    {
        fn types(to: &mut __StoredAs<__DB>) {
            to.put::<i64>().put::<String>().put::<i64>().put::<String>();
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
            let (__0, __1, __2, __3) = row.take()?;
            ::core::result::Result::Ok(Self {
                id: __0,
                email: __1,
                created_at: __2,
                lower: __3,
                cache: ::core::default::Default::default(),
            })
        }
    }
    pub struct User_new {
        pub id: __Of<__New, User_id>,
        pub email: __Of<__New, User_email>,
        pub created_at: __Of<__New, User_created_at>,
    }
    impl __Fields for User_new {
        const FIELDS: Self = User_new {
            id: __Of::NEW,
            email: __Of::NEW,
            created_at: __Of::NEW,
        };
    }
    impl __Record for User {
        type Table = User;
        type Shape = User;
        const NAMES: &'static [&'static str] = &["id", "email", "created_at"];
        type Columns = (__name_id, (__name_email, (__name_created_at, ())));
        type Incoming = User_new;
    }
    impl<__DB: __Backend> __Bind<__DB> for User
    where
        i64: __Supply<__DB>,
        String: __Supply<__DB>,
    {
        fn bind(&self, to: &mut __Binder<__DB>) {
            to.put(&self.id).put(&self.email).put(&self.created_at);
        }
    }
    impl<__N> __Supplies<__N> for User
    where
        User: __Whole<__N>,
    {}
    pub struct NewUser_new {
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
