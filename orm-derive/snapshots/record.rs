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
    type __Table = shop::Item;
    type __name_name = __orm::Name<14176396743819860870>;
    type __name_cents = __orm::Name<3393610910270210282>;
    struct Thin_new {
        pub name: __orm::Incoming<__Table, __name_name>,
        pub cents: __orm::Incoming<__Table, __name_cents>,
    }
    impl __orm::Fields for Thin_new {
        const FIELDS: Self = Thin_new {
            name: __orm::Incoming::NEW,
            cents: __orm::Incoming::NEW,
        };
    }
    impl<'a, 'b: 'a> __orm::Record for Thin<'a, 'b> {
        type Table = shop::Item;
        type Shape = Thin<'static, 'static>;
        const NAMES: &'static [&'static str] = &["name", "price"];
        type Columns = (__name_name, (__name_cents, ()));
        type Incoming = Thin_new;
    }
    impl<'a, 'b: 'a, __DB: __orm::Backend> __orm::Bind<__DB> for Thin<'a, 'b>
    where
        &'a str: __orm::Supply<__DB>,
        &'b i64: __orm::Supply<__DB>,
    {
        fn bind(&self, to: &mut __orm::Binder<__DB>) {
            to.put(&self.name).put(&self.cents);
        }
    }
    impl<'a, 'b: 'a> __orm::Supplies<__name_name> for Thin<'a, 'b> {}
    impl<'a, 'b: 'a> __orm::Supplies<__name_cents> for Thin<'a, 'b> {}
    fn check<'a, 'b: 'a>() {
        use __orm::asked::*;
        (&__orm::Asked::<__Table>::NEW).check_field::<&'a str, __name_name>();
        (&__orm::Asked::<__Table>::NEW).check_field::<&'b i64, __name_cents>();
        (&__orm::Asked::<Thin<'a, 'b>>::NEW).check_complete();
    }
};
