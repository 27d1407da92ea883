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
    type __table = shop::Item;
    type __name_name = __Name<14176396743819860870>;
    type __name_cents = __Name<3393610910270210282>;
    struct Thin_new {
        pub name: __Of<__New, __Named<__table, __name_name>>,
        pub cents: __Of<__New, __Named<__table, __name_cents>>,
    }
    impl __Fields for Thin_new {
        const FIELDS: Self = Thin_new {
            name: __Of::NEW,
            cents: __Of::NEW,
        };
    }
    impl<'a, 'b: 'a> __Record for Thin<'a, 'b> {
        type Table = shop::Item;
        type Shape = Thin<'static, 'static>;
        const NAMES: &'static [&'static str] = &["name", "price"];
        type Columns = (__name_name, (__name_cents, ()));
        type Incoming = Thin_new;
    }
    impl<'a, 'b: 'a, __DB: __Backend> __Bind<__DB> for Thin<'a, 'b>
    where
        &'a str: __Supply<__DB>,
        &'b i64: __Supply<__DB>,
    {
        fn bind(&self, to: &mut __Binder<__DB>) {
            to.put(&self.name).put(&self.cents);
        }
    }
    impl<'a, 'b: 'a> __Supplies<__name_name> for Thin<'a, 'b> {}
    impl<'a, 'b: 'a> __Supplies<__name_cents> for Thin<'a, 'b> {}
    use __asked::*;
    fn check<'a, 'b: 'a>() {
        (&__Asked::<__table>::NEW).check_field::<&'a str, __name_name>();
        (&__Asked::<__table>::NEW).check_field::<&'b i64, __name_cents>();
    }
    const _: () = __check_complete(&__Asked::<Thin<'static, 'static>>::LEFT_OUT);
};
