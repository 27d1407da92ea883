//! Names: how one is made from another.

use proc_macro2::{Ident, Literal, Span};
use quote::format_ident;
use syn::ext::IdentExt;

pub(crate) use orm_schema::{LONGEST_NAME as LONGEST, constraint_name as of_key};

/// An identifier as it is read, without `r#`.
pub(crate) fn plain(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// The constant of a column or key of this name, if that makes one.
pub(crate) fn constant(name: &str, span: Span) -> Option<Ident> {
    let upper: String = name
        .to_uppercase()
        .chars()
        .map(|letter| {
            if letter.is_alphanumeric() {
                letter
            } else {
                '_'
            }
        })
        .collect();
    syn::parse_str::<Ident>(&upper).ok().map(|mut ident| {
        ident.set_span(span);
        ident
    })
}

/// An identifier of `parts` that is not `taken` yet.
pub(crate) fn fresh(parts: &str, span: Span, taken: &mut Vec<String>) -> Ident {
    let mut name = parts.to_owned();
    while taken.contains(&name) {
        name.push('_');
    }
    taken.push(name.clone());
    Ident::new(&name, span)
}

/// The hash as it is written in types.
pub(crate) fn hash_literal(name: &str) -> Literal {
    Literal::u64_unsuffixed(orm_schema::hash(name))
}

/// The type that stands for the name of a field's column where the code of its struct is.
pub(crate) fn alias(field: &Ident) -> Ident {
    format_ident!("__name_{}", plain(field), span = field.span())
}

/// The table of a struct: its name as words, the last of them in the plural.
pub(crate) fn table(ident: &Ident) -> String {
    plural(&snake(&plain(ident)))
}

/// `AssetVariant` as `asset_variant`, `HTTPServer` as `http_server`.
fn snake(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut snake = String::new();
    for (at, &letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let starts_word = letter.is_uppercase()
            && before.is_some_and(|before| {
                let ends_word = before.is_lowercase() || before.is_ascii_digit();
                let last_of_shout = before.is_uppercase()
                    && letters.get(at + 1).is_some_and(|next| next.is_lowercase());
                ends_word || last_of_shout
            });
        if starts_word {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

/// The regular plural of an English word. The irregular ones are few and can be written.
fn plural(word: &str) -> String {
    let vowel = |letter: char| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u');
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    if let Some(stem) = word.strip_suffix('y')
        && !stem.ends_with(vowel)
        && !stem.is_empty()
    {
        return format!("{stem}ies");
    }
    if ends(&["sis", "xis"])
        && let Some(stem) = word.strip_suffix("is")
    {
        return format!("{stem}es"); // analysis, axis
    }
    if ends(&["iz"]) {
        return format!("{word}zes"); // quiz
    }
    if ends(&["s", "x", "z", "ch", "sh"]) {
        return format!("{word}es");
    }
    format!("{word}s")
}

/// The known word that was probably meant.
pub(crate) fn nearest<'a>(
    written: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let allowed = (written.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|word| (distance(written, word), word))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// How many letters must be put in, taken out, changed or swapped with the next.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut rows: [Vec<usize>; 2] = [Vec::new(), (0..=right.len()).collect()];
    let mut last = None;
    for (row, letter) in left.chars().enumerate() {
        let [before, above] = &rows;
        let mut next = vec![row + 1];
        for (column, &other) in right.iter().enumerate() {
            let get = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX / 2);
            let mut best = (get(above, column) + usize::from(letter != other))
                .min(get(above, column + 1) + 1)
                .min(get(&next, column) + 1);
            if let Some(left_of) = column.checked_sub(1)
                && last == Some(other)
                && right.get(left_of) == Some(&letter)
            {
                best = best.min(get(before, left_of) + 1);
            }
            next.push(best);
        }
        let [_, above] = rows;
        rows = [above, next];
        last = Some(letter);
    }
    let [_, end] = rows;
    end.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{constant, distance, nearest, plural, snake};
    use proc_macro2::Span;

    #[test]
    fn tables_are_named_in_the_plural() {
        for (name, table) in [
            ("City", "cities"),
            ("Box", "boxes"),
            ("Day", "days"),
            ("AssetVariant", "asset_variants"),
            ("Bus", "buses"),
            ("Status", "statuses"),
            ("Match", "matches"),
            ("Analysis", "analyses"),
            ("Quiz", "quizzes"),
            ("HTTPServer", "http_servers"),
            ("OAuth2Token", "o_auth2_tokens"),
            ("User", "users"),
            ("Y", "ys"),
        ] {
            assert_eq!(plural(&snake(name)), table);
        }
    }

    #[test]
    fn constants_are_identifiers() {
        let of = |name| constant(name, Span::call_site()).map(|ident| ident.to_string());
        assert_eq!(of("live_path").as_deref(), Some("LIVE_PATH"));
        assert_eq!(of("users-email.key").as_deref(), Some("USERS_EMAIL_KEY"));
        assert_eq!(of("2nd"), None);
    }

    #[test]
    fn slips_are_recognised() {
        assert_eq!(distance("kye", "key"), 1);
        assert_eq!(distance("uniqe", "unique"), 1);
        assert_eq!(
            nearest("primry_key", ["name", "primary_key"]),
            Some("primary_key")
        );
        assert_eq!(nearest("colour", ["name", "type"]), None);
    }
}
