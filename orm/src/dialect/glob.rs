//! The patterns of SQLite's `GLOB`, which is the one of its comparisons with patterns that tells upper from
//! lower case (<https://www.sqlite.org/lang_expr.html#the_like_glob_regexp_match_and_extract_operators>).

/// The pattern of `GLOB` that fits the texts that a pattern of `LIKE` fits, in which a backslash takes the
/// next character as it is.
pub(super) fn from_like(like: &str) -> String {
    let mut glob = String::with_capacity(like.len());
    let mut rest = like.chars();
    while let Some(each) = rest.next() {
        match each {
            '%' => glob.push('*'),
            '_' => glob.push('?'),
            '\\' => push_itself(rest.next().unwrap_or('\\'), &mut glob),
            other => push_itself(other, &mut glob),
        }
    }
    glob
}

/// A character that is to mean itself: a set of it alone, where it would mean something.
fn push_itself(each: char, glob: &mut String) {
    if ['*', '?', '['].contains(&each) {
        glob.extend(['[', each, ']']);
    } else {
        glob.push(each);
    }
}
