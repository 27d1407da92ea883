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
    type __name_author = __Name<7815024061042257814>;
    type __name_parent = __Name<7371339085820260189>;
    enum Post_id {}
    impl __Marker for Post_id {
        type Value = i64;
        type Bare = i64;
        type Facts = __Facts<Post, __name_id, __PrimaryKey, __D0, __D0>;
    }
    impl __ColumnNamed<__name_id> for Post {
        type Column = Post_id;
    }
    enum Post_author {}
    impl __Marker for Post_author {
        type Value = i64;
        type Bare = i64;
        type Facts = __Facts<Post, __name_author, __Plain, __D0, __D1>;
    }
    impl __ColumnNamed<__name_author> for Post {
        type Column = Post_author;
    }
    enum Post_parent {}
    impl __Marker for Post_parent {
        type Value = Option<i64>;
        type Bare = i64;
        type Facts = __Facts<Post, __name_parent, __Plain, __D0, __D2>;
    }
    impl __ColumnNamed<__name_parent> for Post {
        type Column = Post_parent;
    }
    impl Post {
        ///The column `id` of `posts`.
        pub const ID: __Column<Post_id> = __Column::NEW;
        ///The column `author` of `posts`.
        pub const AUTHOR: __Column<Post_author> = __Column::NEW;
        ///The column `parent` of `posts`.
        pub const PARENT: __Column<Post_parent> = __Column::NEW;
    }
    struct Post_primary_key;
    impl __KeyMeta for Post_primary_key {
        type Table = Post;
        type Columns = (Post_id, ());
        type Checked = __AtOnce;
        const AT: usize = 0;
    }
    impl __KeyOn<(Post_id,)> for Post {
        type Key = Post_primary_key;
    }
    impl __HasPrimaryKey for Post {
        type Key = Post_primary_key;
        type Value = i64;
    }
    impl __Table for Post {
        const DEF: &'static __TableDef = &__TableDef::new(
                "posts",
                const {
                    &[
                        __ColumnDef::new("id"),
                        __ColumnDef::new("author"),
                        __ColumnDef::new("parent").nullable(),
                    ]
                },
                const { &[__KeyDef::primary(&[0])] },
            )
            .with_foreign_keys(const {
                &[
                    crate::User::ID
                        .foreign_key(&[1], const { &[crate::User::ID.reference()] })
                        .on_delete(__ForeignKeyAction::Cascade)
                        .on_update(__ForeignKeyAction::SetDefault),
                    Self::ID.foreign_key(&[2], const { &[Self::ID.reference()] }),
                ]
            });
        const NAMES: __TableNames = __TableNames::new(
            "posts",
            &["id", "author", "parent"],
        );
        type Id = (__DC, __D4, __DF, __D1, __D1, __DF, __D3, __D2);
        type Row<__S> = Post_row<__S>;
        type Guard = __NoGuard;
    }
    const _: fn() = || __check_reference(Post::AUTHOR, crate::User::ID);
    const _: fn() = || __check_reference(Post::PARENT, Post::ID);
    struct Post_row<__Side> {
        pub id: __Of<__Side, Post_id>,
        pub author: __Of<__Side, Post_author>,
        pub parent: __Of<__Side, Post_parent>,
    }
    impl<__Side> __Fields for Post_row<__Side> {
        const FIELDS: Self = Post_row {
            id: __Of::NEW,
            author: __Of::NEW,
            parent: __Of::NEW,
        };
    }
    impl<__DB: __Backend> __Load<__DB> for Post
    where
        i64: __Read<__DB>,
        Option<i64>: __Read<__DB>,
    {
        fn load(row: &mut __Reader<'_, __DB>) -> __Result<Self> {
            ::core::result::Result::Ok(Self {
                id: row.take()?,
                author: row.take()?,
                parent: row.take()?,
            })
        }
    }
    impl<__DB: __Backend> __Typed<__DB> for Post
    where
        i64: __Supply<__DB>,
        Option<i64>: __Supply<__DB>,
    {
        fn types(to: &mut __StoredAs<__DB>) {
            to.put::<i64>().put::<i64>().put::<Option<i64>>();
        }
    }
    impl<'r, __R: __sqlx::Row> __sqlx::FromRow<'r, __R> for Post
    where
        &'static str: __sqlx::ColumnIndex<__R>,
        i64: __sqlx::Decode<'r, __R::Database> + __sqlx::Type<__R::Database>,
        Option<i64>: __sqlx::Decode<'r, __R::Database> + __sqlx::Type<__R::Database>,
    {
        fn from_row(row: &'r __R) -> __sqlx::Result<Self> {
            let mut row = __ByName::new(row, <Self as __Table>::NAMES);
            let (__0, __1, __2) = row.take()?;
            ::core::result::Result::Ok(Self {
                id: __0,
                author: __1,
                parent: __2,
            })
        }
    }
    impl __Record for Post {
        type Table = Post;
        type Shape = Post;
        const NAMES: &'static [&'static str] = <Self as __Table>::NAMES.columns();
        type Columns = (__name_id, (__name_author, (__name_parent, ())));
        type Incoming = Post_row<__New>;
    }
    impl<__DB: __Backend> __Bind<__DB> for Post
    where
        i64: __Supply<__DB>,
        Option<i64>: __Supply<__DB>,
    {
        fn bind(&self, to: &mut __Binder<__DB>) {
            to.put(&self.id).put(&self.author).put(&self.parent);
        }
    }
    impl<__N> __Supplies<__N> for Post
    where
        Post: __Whole<__N>,
    {}
};
