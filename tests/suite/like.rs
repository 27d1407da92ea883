//! Patterns mean the same on every database: against a model of them.

use orm::prelude::*;
use orm_tests::Site;

#[derive(Table, Debug, Clone)]
struct Word {
    #[column(primary_key)]
    id: i64,
    text: String,
    other: Option<String>,
}

/// What means something in a pattern of `LIKE` or of `GLOB`, and letters in both cases.
const LETTERS: &[char] = &[
    'a', 'A', 'b', '%', '_', '\\', '*', '?', '[', ']', '^', '-', '!', '.', ' ', 'é', 'É', 'ß',
    '日', '😀', '\n',
];

/// The same for what is said of both cases: letters outside of ASCII are folded by one database only.
const ASCII: usize = 15;

const ROUNDS: usize = 300;

/// Numbers that look like chance, the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most as u64).expect("a small number")
    }

    fn text(&mut self, letters: &[char], longest: usize) -> String {
        (0..self.below(longest + 1))
            .map(|_| letters[self.below(letters.len())])
            .collect()
    }
}

/// A pattern, read.
enum Part {
    Any,
    One,
    Just(char),
}

fn parts(pattern: &str) -> Vec<Part> {
    let mut rest = pattern.chars();
    let mut parts = Vec::new();
    while let Some(each) = rest.next() {
        parts.push(match each {
            '%' => Part::Any,
            '_' => Part::One,
            '\\' => Part::Just(rest.next().unwrap_or('\\')),
            other => Part::Just(other),
        });
    }
    parts
}

fn fits(text: &[char], pattern: &[Part], same: fn(char, char) -> bool) -> bool {
    match (pattern.split_first(), text.split_first()) {
        (None, None) => true,
        (Some((Part::Any, behind)), _) => {
            (0..=text.len()).any(|from| fits(&text[from..], behind, same))
        }
        (Some((Part::One, behind)), Some((_, rest))) => fits(rest, behind, same),
        (Some((Part::Just(letter), behind)), Some((first, rest))) => {
            same(*letter, *first) && fits(rest, behind, same)
        }
        (None, Some(_)) | (Some(_), None) => false,
    }
}

fn model(words: &[Word], pattern: &str, same: fn(char, char) -> bool) -> Vec<i64> {
    let pattern = parts(pattern);
    let fitting = words.iter().filter(|word| {
        let text: Vec<char> = word.text.chars().collect();
        fits(&text, &pattern, same)
    });
    fitting.map(|word| word.id).collect()
}

async fn stored(site: &Site, texts: Vec<String>) -> (orm::Db, Vec<Word>) {
    let db = orm::connect(site.url()).await.expect("a database");
    orm::create_tables!(&db, Word).await.expect("a table");
    let words: Vec<Word> = (1..)
        .zip(texts)
        .map(|(id, text)| Word {
            id,
            other: Some(text.clone()),
            text,
        })
        .collect();
    words[..].insert().execute(&db).await.expect("words");
    (db, words)
}

async fn found(db: &orm::Db, filter: orm::Filter<Word>) -> Vec<i64> {
    let rows = Word::select().filter(filter).order_by(Word::ID);
    let rows = rows.fetch_all(db).await.expect("a pattern");
    rows.iter().map(|word| word.id).collect()
}

pub(crate) async fn patterns_with_an_escape_are_like_the_model(site: Site) {
    let mut chance = Chance(4711);
    let mut texts: Vec<String> = (0..150).map(|_| chance.text(LETTERS, 4)).collect();
    texts.extend((0..100).map(|_| chance.text(&LETTERS[..ASCII], 3)));
    let (db, words) = stored(&site, texts).await;
    let ascii: Vec<Word> = words
        .iter()
        .filter(|word| word.text.is_ascii())
        .cloned()
        .collect();
    let mut hits = 0;
    for round in 0..ROUNDS {
        // Every other one is made of a text that is there, so that many fit.
        let mut pattern = chance.text(LETTERS, 5);
        if round % 2 == 0 {
            pattern = words[chance.below(words.len())].text.clone() + "%";
        }
        let expected = model(&words, &pattern, |one, other| one == other);
        let exact = found(&db, Word::TEXT.like_escaped(pattern.clone())).await;
        assert_eq!(exact, expected, "like {pattern:?}");
        hits += exact.len();

        let pattern: String = pattern.chars().filter(char::is_ascii).collect();
        let expected = model(&ascii, &pattern, |one, other| {
            one.eq_ignore_ascii_case(&other)
        });
        let all = found(&db, Word::TEXT.ilike_escaped(pattern.clone())).await;
        let all: Vec<i64> = all
            .into_iter()
            .filter(|id| ascii.iter().any(|word| word.id == *id))
            .collect();
        assert_eq!(all, expected, "ilike {pattern:?}");
    }
    assert!(hits > ROUNDS, "many fit: {hits}");
}

pub(crate) async fn a_text_of_a_user_fits_itself_alone(site: Site) {
    let mut chance = Chance(17);
    let mut texts: Vec<String> = (0..200).map(|_| chance.text(LETTERS, 3)).collect();
    texts.sort();
    texts.dedup();
    let (db, words) = stored(&site, texts).await;
    for word in &words {
        let pattern = orm::escape_like(&word.text);
        let itself = found(&db, Word::TEXT.like_escaped(pattern.as_str())).await;
        assert_eq!(itself, [word.id], "{:?}", word.text);
        let begin = found(&db, Word::TEXT.like_escaped(pattern + "%")).await;
        let expected = words
            .iter()
            .filter(|each| each.text.starts_with(&word.text));
        let expected: Vec<i64> = expected.map(|each| each.id).collect();
        assert_eq!(begin, expected, "{:?}", word.text);
    }
}

pub(crate) async fn patterns_are_bound_wherever_values_are(site: Site) {
    let texts = ["Rome", "rome", "r%me", "Paris"];
    let (db, words) = stored(&site, texts.map(str::to_owned).to_vec()).await;
    let exact = Word::TEXT
        .like_escaped("r%")
        .and(Word::ID.gt(0))
        .and(!Word::TEXT.lower().like_escaped("%p_ris"))
        .or(Word::OTHER.like_escaped("P%"));
    assert_eq!(found(&db, exact).await, [2, 3, 4]);
    assert_eq!(found(&db, Word::OTHER.ilike_escaped("r\\%ME")).await, [3]);
    let none: Option<String> = None;
    let cleared = Word::update().set(Word::OTHER, none);
    let cleared = cleared.filter(Word::TEXT.like_escaped("_ome"));
    assert_eq!(cleared.execute(&db).await.expect("an update"), 2);
    assert!(
        found(&db, Word::OTHER.like_escaped("%ome"))
            .await
            .is_empty()
    );

    let again = words[2].upsert().on_primary_key().update_all();
    let again = again.where_(|old, _| old.text.like_escaped("r\\%%"));
    assert!(
        again
            .fetch_optional(&db)
            .await
            .expect("an upsert")
            .is_some()
    );
    let other = words[1].upsert().on_primary_key().update_all();
    let other = other.where_(|old, _| old.text.like_escaped("R%"));
    assert!(
        other
            .fetch_optional(&db)
            .await
            .expect("an upsert")
            .is_none()
    );
}
