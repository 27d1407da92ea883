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
    type __name_author = __orm::Name<7815024061042257814>;
    type __name_parent = __orm::Name<7371339085820260189>;
    struct Post_id;
    impl __orm::ColumnMeta for Post_id {
        type Value = i64;
        type Bare = i64;
        type Table = Post;
        type Role = __orm::role::PrimaryKey;
        type Index = (__orm::index::D0, __orm::index::D0);
        type Name = __name_id;
    }
    impl __orm::ColumnNamed<__name_id> for Post {
        type Column = Post_id;
    }
    struct Post_author;
    impl __orm::ColumnMeta for Post_author {
        type Value = i64;
        type Bare = i64;
        type Table = Post;
        type Role = __orm::role::Plain;
        type Index = (__orm::index::D0, __orm::index::D1);
        type Name = __name_author;
    }
    impl __orm::ColumnNamed<__name_author> for Post {
        type Column = Post_author;
    }
    struct Post_parent;
    impl __orm::ColumnMeta for Post_parent {
        type Value = Option<i64>;
        type Bare = i64;
        type Table = Post;
        type Role = __orm::role::Plain;
        type Index = (__orm::index::D0, __orm::index::D2);
        type Name = __name_parent;
    }
    impl __orm::ColumnNamed<__name_parent> for Post {
        type Column = Post_parent;
    }
    impl Post {
        ///The column `id` of `posts`.
        pub const ID: __orm::Column<Post_id> = __orm::Column::NEW;
        ///The column `author` of `posts`.
        pub const AUTHOR: __orm::Column<Post_author> = __orm::Column::NEW;
        ///The column `parent` of `posts`.
        pub const PARENT: __orm::Column<Post_parent> = __orm::Column::NEW;
    }
    struct Post_primary_key;
    impl __orm::KeyMeta for Post_primary_key {
        type Table = Post;
        type Columns = (Post_id, ());
        type Checked = __orm::AtOnce;
        const AT: usize = 0;
    }
    impl __orm::KeyOn<(Post_id,)> for Post {
        type Key = Post_primary_key;
    }
    impl __orm::HasPrimaryKey for Post {
        type Key = Post_primary_key;
        type Value = i64;
    }
    impl __orm::Table for Post {
        const DEF: &'static __orm::TableDef = &__orm::TableDef::new(
            "posts",
            const {
                &[
                    __orm::ColumnDef::new("id"),
                    __orm::ColumnDef::new("author")
                        .references(
                            crate::User::ID
                                .reference()
                                .on_delete(__orm::ForeignKeyAction::Cascade)
                                .on_update(__orm::ForeignKeyAction::SetDefault),
                        ),
                    __orm::ColumnDef::new("parent")
                        .nullable()
                        .references(Self::ID.reference()),
                ]
            },
            const { &[__orm::KeyDef::primary(&[0])] },
        );
        const NAMES: __orm::TableNames = __orm::TableNames::new(
            "posts",
            &["id", "author", "parent"],
        );
        type Required = (Post_id, (Post_author, ()));
        type Stored = Post_stored;
        type Guard = __orm::NoGuard;
    }
    const _: fn() = || __orm::check_reference(Post::AUTHOR, crate::User::ID);
    const _: fn() = || __orm::check_reference(Post::PARENT, Post::ID);
    struct Post_stored {
        pub id: __orm::Stored<Post_id>,
        pub author: __orm::Stored<Post_author>,
        pub parent: __orm::Stored<Post_parent>,
    }
    impl __orm::Fields for Post_stored {
        const FIELDS: Self = Post_stored {
            id: __orm::Stored::NEW,
            author: __orm::Stored::NEW,
            parent: __orm::Stored::NEW,
        };
    }
    impl<__DB: __orm::Backend> __orm::Load<__DB> for Post
    where
        i64: __orm::Read<__DB> + __orm::Supply<__DB>,
        Option<i64>: __orm::Read<__DB> + __orm::Supply<__DB>,
    {
        fn load(row: &mut __orm::Reader<'_, __DB>) -> __orm::Result<Self> {
            ::core::result::Result::Ok(Self {
                id: row.take()?,
                author: row.take()?,
                parent: row.take()?,
            })
        }
        fn types(live: __DB::Live) -> ::std::vec::Vec<::std::string::String> {
            ::std::vec![
                __orm::stored_as:: < i64, __DB > (live), __orm::stored_as:: < i64, __DB >
                (live), __orm::stored_as:: < Option < i64 >, __DB > (live)
            ]
        }
    }
    impl<'r, __R: __orm::sqlx::Row> __orm::sqlx::FromRow<'r, __R> for Post
    where
        &'static str: __orm::sqlx::ColumnIndex<__R>,
        i64: __orm::sqlx::Decode<'r, __R::Database> + __orm::sqlx::Type<__R::Database>,
        Option<
            i64,
        >: __orm::sqlx::Decode<'r, __R::Database> + __orm::sqlx::Type<__R::Database>,
    {
        fn from_row(row: &'r __R) -> __orm::sqlx::Result<Self> {
            let mut row = __orm::ByName::new(row, <Self as __orm::Table>::NAMES);
            let (__0, __1, __2) = row.take()?;
            ::core::result::Result::Ok(Self {
                id: __0,
                author: __1,
                parent: __2,
            })
        }
    }
    struct Post_new {
        pub id: __orm::Incoming<Post, __name_id>,
        pub author: __orm::Incoming<Post, __name_author>,
        pub parent: __orm::Incoming<Post, __name_parent>,
    }
    impl __orm::Fields for Post_new {
        const FIELDS: Self = Post_new {
            id: __orm::Incoming::NEW,
            author: __orm::Incoming::NEW,
            parent: __orm::Incoming::NEW,
        };
    }
    impl __orm::Record for Post {
        type Table = Post;
        type Shape = Self;
        const NAMES: &'static [&'static str] = &["id", "author", "parent"];
        type Columns = (__name_id, (__name_author, (__name_parent, ())));
        type Incoming = Post_new;
    }
    impl<__DB: __orm::Backend> __orm::Bind<__DB> for Post
    where
        i64: __orm::Supply<__DB>,
        Option<i64>: __orm::Supply<__DB>,
    {
        fn bind(&self, to: &mut __orm::Binder<__DB>) {
            to.put(&self.id).put(&self.author).put(&self.parent);
        }
    }
    impl<__N> __orm::Supplies<__N> for Post
    where
        Post: __orm::Whole<__N>,
    {}
};
