//! The files that the rules look at.

use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A file of the repository.
#[derive(Debug)]
pub(crate) struct Source {
    /// From the root of the repository, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// A token outside of tests and comments, with the line that it stands on.
#[derive(Debug)]
pub(crate) struct Token {
    /// An identifier, a punctuation character, or a bracket; literals are empty.
    pub(crate) text: String,
    pub(crate) line: usize,
    /// How many modules are open around it in this file.
    pub(crate) depth: usize,
}

impl Source {
    /// A file that exists only in a test.
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    /// All files under a directory of the repository whose names end so; none if it is not there.
    pub(crate) fn under(directory: &str, ending: &str) -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut found = Vec::new();
        collect(&root, directory, ending, &mut found);
        found.sort_by(|left, right| left.path.cmp(&right.path));
        found
    }

    /// One file of the repository.
    pub(crate) fn file(path: &str) -> Self {
        let whole = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
        let text = fs::read_to_string(whole)
            .unwrap_or_else(|error| panic!("{path} cannot be read: {error}"));
        Self::new(path, &text)
    }

    /// The code, without comments, literals and what is under `#[cfg(test)]`.
    pub(crate) fn tokens(&self) -> Vec<Token> {
        let stream: TokenStream = self
            .text
            .parse()
            .unwrap_or_else(|error| panic!("{}: {error}", self.path));
        let mut tokens = Vec::new();
        flatten(stream, 0, &mut tokens);
        tokens
    }
}

fn collect(root: &Path, directory: &str, ending: &str, found: &mut Vec<Source>) {
    let Ok(entries) = fs::read_dir(root.join(directory)) else {
        return;
    };
    for entry in entries.flatten() {
        let path = format!("{directory}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(root, &path, ending, found);
        } else if path.ends_with(ending) {
            let text = fs::read_to_string(entry.path())
                .unwrap_or_else(|error| panic!("{path} cannot be read: {error}"));
            found.push(Source { path, text });
        }
    }
}

fn flatten(stream: TokenStream, depth: usize, tokens: &mut Vec<Token>) {
    let mut in_test = false;
    for tree in stream {
        let line = tree.span().start().line;
        let (group, text) = match tree {
            TokenTree::Ident(name) => (None, name.to_string()),
            TokenTree::Punct(mark) => (None, mark.to_string()),
            TokenTree::Literal(_) => (None, String::new()),
            TokenTree::Group(group) => (Some(group), String::new()),
        };
        // What follows the attribute ends with a semicolon or with its body.
        let ends = match &group {
            Some(group) => group.delimiter() == Delimiter::Brace,
            None => text == ";",
        };
        if in_test {
            in_test = !ends;
            continue;
        }
        let Some(group) = group else {
            tokens.push(Token { text, line, depth });
            continue;
        };
        let content = group.stream();
        if group.delimiter() == Delimiter::Bracket && is_cfg_test(&content) {
            in_test = true;
            continue;
        }
        let module = tokens
            .iter()
            .rev()
            .nth(1)
            .is_some_and(|before| before.text == "mod");
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Brace => ("{", "}"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::None => ("", ""),
        };
        let inner = depth + usize::from(module && open == "{");
        tokens.push(Token {
            text: open.to_owned(),
            line,
            depth,
        });
        flatten(content, inner, tokens);
        let line = group.span_close().start().line;
        tokens.push(Token {
            text: close.to_owned(),
            line,
            depth,
        });
    }
}

fn is_cfg_test(attribute: &TokenStream) -> bool {
    let text: String = attribute.to_string().split_whitespace().collect();
    text == "cfg(test)" || text == "test"
}

#[test]
fn tests_comments_and_literals_are_no_code() {
    let text =
        "/// `x.unwrap()`\nfn a() { b(\"c\") } // d\n#[cfg(test)]\nmod tests { fn e() {} }\nf!{}";
    let tokens = Source::new("a.rs", text).tokens();
    let code: Vec<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
    let code = code.join(" ");
    assert!(code.ends_with("fn a ( ) { b (  ) } # f ! { }"), "{code}");
    assert_eq!(tokens.last().map(|token| token.line), Some(5));
}
