//! RESULTS.md: each script writes a part of it and leaves the others alone.

/// What begins a file that has no parts yet.
const START: &str = "# Results\n";

/// The file with this part instead of the one of that name, or with it at the end.
pub fn with(whole: &str, name: &str, text: &str) -> String {
    let (start, end) = (
        format!("<!-- {name} -->"),
        format!("<!-- end of {name} -->"),
    );
    let part = format!("{start}\n\n{}\n\n{end}", text.trim());
    if let Some((before, rest)) = whole.split_once(&start)
        && let Some((_, after)) = rest.split_once(&end)
    {
        return format!("{before}{part}{after}");
    }
    // What was written otherwise is not kept.
    let kept = if whole.contains("<!-- end of ") {
        whole
    } else {
        START
    };
    format!("{}\n\n{part}\n", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::with;

    #[test]
    fn the_other_parts_stay() {
        let one = with("what was here before", "one", "1");
        let both = with(&one, "two", "2");
        let again = with(&both, "one", "3");
        assert!(again.starts_with("# Results\n"), "{again}");
        assert!(!again.contains("before") && !again.contains('1'), "{again}");
        assert!(
            again.contains("<!-- one -->\n\n3\n\n<!-- end of one -->"),
            "{again}"
        );
        assert!(
            again.contains("<!-- two -->\n\n2\n\n<!-- end of two -->"),
            "{again}"
        );
    }
}
