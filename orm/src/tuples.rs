//! Tuples: whatever takes one, takes as many elements as any other.

/// Calls a macro with the names of the elements of each tuple, from one element to sixteen.
macro_rules! for_tuples {
    ($each:ident) => {
        for_tuples!($each [] A B C D E F G H I J L M N O P Q);
    };
    // The elements that are done, and those to come.
    ($each:ident [$($done:tt)*] $next:tt $($rest:tt)*) => {
        $each!($($done)* $next);
        for_tuples!($each [$($done)* $next] $($rest)*);
    };
    ($each:ident [$($done:tt)*]) => {};
}
