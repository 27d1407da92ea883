//! Positions that types can compare: two digits to the base of sixteen.
//!
//! Rust has no "this type is another than that" on stable, and a table has up to 256 columns. With a
//! position written as two digits, one table of 16 x 16 answers decides every pair in constant depth.

/// Yes, as a type.
#[derive(Debug)]
pub struct Yes;

/// No, as a type.
#[derive(Debug)]
pub struct No;

/// A position: a pair of digits, the high one first.
pub trait Index {
    /// The position.
    const AT: usize;
}

/// A digit.
pub trait Digit {
    /// Its value.
    const VALUE: usize;
}

impl<H: Digit, L: Digit> Index for (H, L) {
    const AT: usize = H::VALUE * 16 + L::VALUE;
}

/// Whether two digits are the same.
pub trait SameDigit<Other> {
    /// The answer.
    type Answer;
}

/// Whether two positions are the same.
pub trait SameIndex<Other> {
    /// The answer.
    type Answer;
}

/// Whether two ids of tables are the same.
pub trait SameId<Other> {
    /// The answer.
    type Answer;
}

macro_rules! same_id {
    ($($left:ident $right:ident),+) => {
        impl<$($left: SameDigit<$right>,)+ $($right),+> SameId<($($right,)+)> for ($($left,)+)
        where
            ($($left::Answer,)+): All,
        {
            type Answer = <($($left::Answer,)+) as All>::Answer;
        }
    };
}

same_id!(L0 R0, L1 R1, L2 R2, L3 R3, L4 R4, L5 R5, L6 R6, L7 R7);

/// Whether all of the answers are yes.
pub trait All {
    /// The answer.
    type Answer;
}

impl<A, B, C, D, E, F, G, H> All for (A, B, C, D, E, F, G, H)
where
    A: And<B>,
    C: And<D>,
    E: And<F>,
    G: And<H>,
    A::Answer: And<C::Answer>,
    E::Answer: And<G::Answer>,
    <A::Answer as And<C::Answer>>::Answer: And<<E::Answer as And<G::Answer>>::Answer>,
{
    type Answer = <<A::Answer as And<C::Answer>>::Answer as And<
        <E::Answer as And<G::Answer>>::Answer,
    >>::Answer;
}

/// Both.
pub trait And<Other> {
    /// The answer.
    type Answer;
}

impl<Other> And<Other> for Yes {
    type Answer = Other;
}

impl<Other> And<Other> for No {
    type Answer = No;
}

/// The opposite.
pub trait Not {
    /// The answer.
    type Answer;
}

impl Not for Yes {
    type Answer = No;
}

impl Not for No {
    type Answer = Yes;
}

impl<H1, L1, H2, L2> SameIndex<(H2, L2)> for (H1, L1)
where
    H1: SameDigit<H2>,
    L1: SameDigit<L2>,
    L1::Answer: And<H1::Answer>,
{
    type Answer = <L1::Answer as And<H1::Answer>>::Answer;
}

macro_rules! digits {
    ($($digit:ident = $value:literal)*) => {
        $(
            #[doc = concat!("The digit ", stringify!($value), ".")]
            #[derive(Debug)]
            pub struct $digit;

            impl Digit for $digit {
                const VALUE: usize = $value;
            }
        )*
    };
}

macro_rules! same {
    ($($left:ident: $($right:ident)*;)*) => {
        $($(
            impl SameDigit<$right> for $left {
                type Answer = same!(@ $left $right);
            }
        )*)*
    };
    (@ D0 D0) => { Yes };
    (@ D1 D1) => { Yes };
    (@ D2 D2) => { Yes };
    (@ D3 D3) => { Yes };
    (@ D4 D4) => { Yes };
    (@ D5 D5) => { Yes };
    (@ D6 D6) => { Yes };
    (@ D7 D7) => { Yes };
    (@ D8 D8) => { Yes };
    (@ D9 D9) => { Yes };
    (@ DA DA) => { Yes };
    (@ DB DB) => { Yes };
    (@ DC DC) => { Yes };
    (@ DD DD) => { Yes };
    (@ DE DE) => { Yes };
    (@ DF DF) => { Yes };
    (@ $left:ident $right:ident) => { No };
}

digits! {
    D0 = 0
    D1 = 1
    D2 = 2
    D3 = 3
    D4 = 4
    D5 = 5
    D6 = 6
    D7 = 7
    D8 = 8
    D9 = 9
    DA = 10
    DB = 11
    DC = 12
    DD = 13
    DE = 14
    DF = 15
}

same! {
    D0: D0 D1 D2 D3 D4 D5 D6 D7 D8 D9 DA DB DC DD DE DF;
    D1: D0 D1 D2 D3 D4 D5 D6 D7 D8 D9 DA DB DC DD DE DF;
    D2: D0 D1 D2 D3 D4 D5 D6 D7 D8 D9 DA DB DC DD DE DF;
    D3: D0 D1 D2 D3 D4 D5 D6 D7 D8 D9 DA DB DC DD DE DF;
    D4: D0 D1 D2 D3 D4 D5 D6 D7 D8 D9 DA DB DC DD DE DF;
    D5: D0 D1 D2 D3 D4 D5 D6 D7 D8 D9 DA DB DC DD DE DF;
    D6: D0 D1 D2 D3 D4 D5 D6 D7 D8 D9 DA DB DC DD DE DF;
    D7: D0 D1 D2 D3 D4 D5 D6 D7 D8 D9 DA DB DC DD DE DF;
    D8: D0 D1 D2 D3 D4 D5 D6 D7 D8 D9 DA DB DC DD DE DF;
    D9: D0 D1 D2 D3 D4 D5 D6 D7 D8 D9 DA DB DC DD DE DF;
    DA: D0 D1 D2 D3 D4 D5 D6 D7 D8 D9 DA DB DC DD DE DF;
    DB: D0 D1 D2 D3 D4 D5 D6 D7 D8 D9 DA DB DC DD DE DF;
    DC: D0 D1 D2 D3 D4 D5 D6 D7 D8 D9 DA DB DC DD DE DF;
    DD: D0 D1 D2 D3 D4 D5 D6 D7 D8 D9 DA DB DC DD DE DF;
    DE: D0 D1 D2 D3 D4 D5 D6 D7 D8 D9 DA DB DC DD DE DF;
    DF: D0 D1 D2 D3 D4 D5 D6 D7 D8 D9 DA DB DC DD DE DF;
}
