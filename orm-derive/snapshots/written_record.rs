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
    use ::orm::__private as __orm;
    type __name_id = __orm::Name<628021283683842752>;
    type __name_email = __orm::Name<1311787414694181895>;
    type __name_created_at = __orm::Name<15305684345603307897>;
    type __name_lower = __orm::Name<10132546893995129818>;
    pub struct User_id;
    impl __orm::ColumnMeta for User_id {
        type Value = i64;
        type Bare = i64;
        type Table = User;
        type Role = __orm::role::PrimaryKey;
        type Index = (__orm::index::D0, __orm::index::D0);
        type Name = __name_id;
    }
    impl __orm::ColumnNamed<__name_id> for User {
        type Column = User_id;
    }
    pub struct User_email;
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
    pub struct User_created_at;
    impl __orm::ColumnMeta for User_created_at {
        type Value = i64;
        type Bare = i64;
        type Table = User;
        type Role = __orm::role::InsertOnly;
        type Index = (__orm::index::D0, __orm::index::D2);
        type Name = __name_created_at;
    }
    impl __orm::ColumnNamed<__name_created_at> for User {
        type Column = User_created_at;
    }
    pub struct User_lower;
    impl __orm::ColumnMeta for User_lower {
        type Value = String;
        type Bare = String;
        type Table = User;
        type Role = __orm::role::Generated;
        type Index = (__orm::index::D0, __orm::index::D3);
        type Name = __name_lower;
    }
    impl __orm::ColumnNamed<__name_lower> for User {
        type Column = User_lower;
    }
    impl User {
        ///The column `id` of `people`.
        pub const ID: __orm::Column<User_id> = __orm::Column::NEW;
        ///The column `email` of `people`.
        ///
        /// Where to write to.
        pub const EMAIL: __orm::Column<User_email> = __orm::Column::NEW;
        ///The column `created_at` of `people`.
        pub const CREATED_AT: __orm::Column<User_created_at> = __orm::Column::NEW;
        ///The column `lower` of `people`.
        pub const LOWER: __orm::Column<User_lower> = __orm::Column::NEW;
    }
    pub struct User_primary_key;
    impl __orm::KeyMeta for User_primary_key {
        type Table = User;
        type Columns = (User_id, ());
        type Checked = __orm::AtOnce;
        const AT: usize = 0;
    }
    impl __orm::KeyOn<(User_id,)> for User {
        type Key = User_primary_key;
    }
    pub struct User_key_email;
    impl __orm::KeyMeta for User_key_email {
        type Table = User;
        type Columns = (User_email, ());
        type Checked = __orm::AtOnce;
        const AT: usize = 1;
    }
    impl __orm::KeyOn<(User_email,)> for User {
        type Key = User_key_email;
    }
    impl __orm::HasPrimaryKey for User {
        type Key = User_primary_key;
        type Value = i64;
    }
    impl __orm::Table for User {
        const DEF: &'static __orm::TableDef = &__orm::TableDef::new(
                "people",
                const {
                    &[
                        __orm::ColumnDef::new("id").auto(),
                        __orm::ColumnDef::new("email"),
                        __orm::ColumnDef::new("created_at")
                            .insert_only()
                            .with_default(__orm::DefaultDef::Now),
                        __orm::ColumnDef::new("lower")
                            .generated(
                                __orm::GeneratedDef::Sql(
                                    __orm::Cow::Borrowed("lower(email)"),
                                ),
                            ),
                    ]
                },
                const {
                    &[
                        __orm::KeyDef::primary(&[0]),
                        __orm::KeyDef::unique("people_email_key", &[1]),
                    ]
                },
            )
            .in_schema("crm");
        const NAMES: __orm::TableNames = __orm::TableNames::new(
                "people",
                &["id", "email", "created_at", "lower"],
            )
            .in_schema("crm");
        type Required = (User_email, ());
        type Stored = User_stored;
        type Guard = __orm::NoGuard;
    }
    pub struct User_stored {
        pub id: __orm::Stored<User_id>,
        pub email: __orm::Stored<User_email>,
        pub created_at: __orm::Stored<User_created_at>,
        pub lower: __orm::Stored<User_lower>,
    }
    impl __orm::Fields for User_stored {
        const FIELDS: Self = User_stored {
            id: __orm::Stored::NEW,
            email: __orm::Stored::NEW,
            created_at: __orm::Stored::NEW,
            lower: __orm::Stored::NEW,
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
                created_at: row.take()?,
                lower: row.take()?,
                cache: ::core::default::Default::default(),
            })
        }
        fn types(live: __DB::Live) -> ::std::vec::Vec<::std::string::String> {
            ::std::vec![
                __orm::stored_as:: < i64, __DB > (live), __orm::stored_as:: < String,
                __DB > (live), __orm::stored_as:: < i64, __DB > (live),
                __orm::stored_as:: < String, __DB > (live)
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
        pub id: __orm::Incoming<User, __name_id>,
        pub email: __orm::Incoming<User, __name_email>,
        pub created_at: __orm::Incoming<User, __name_created_at>,
    }
    impl __orm::Fields for User_new {
        const FIELDS: Self = User_new {
            id: __orm::Incoming::NEW,
            email: __orm::Incoming::NEW,
            created_at: __orm::Incoming::NEW,
        };
    }
    impl __orm::Record for User {
        type Table = User;
        type Shape = Self;
        const NAMES: &'static [&'static str] = &["id", "email", "created_at"];
        type Columns = (__name_id, (__name_email, (__name_created_at, ())));
        type Incoming = User_new;
    }
    impl<__DB: __orm::Backend> __orm::Bind<__DB> for User
    where
        i64: __orm::Supply<__DB>,
        String: __orm::Supply<__DB>,
    {
        fn bind(&self, to: &mut __orm::Binder<__DB>) {
            to.put(&self.id).put(&self.email).put(&self.created_at);
        }
    }
    impl<__N> __orm::Supplies<__N> for User
    where
        User: __orm::Whole<__N>,
    {}
    pub struct NewUser_new {
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
