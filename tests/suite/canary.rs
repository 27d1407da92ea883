//! A value that must not be seen: what errors show, and what is logged.

use std::error::Error;
use std::fmt::{Debug, Write};
use std::sync::{Mutex, Once, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// It is in every row that the tests of errors write.
pub(crate) const CANARY: &str = "canary-4711";

/// A number that is as rare.
pub(crate) const RARE: i64 = 471_108_150_815;

/// The table that it is written to, which logs may name.
const TABLE: &str = "vaults";

static LINES: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Takes down every line that anybody logs, at any level, about the table or the value.
pub(crate) fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing::subscriber::set_global_default(Listener).expect("nobody else listens");
    });
}

/// Panics if the value was logged, or if nothing was.
pub(crate) fn assert_nothing_heard() {
    let lines = LINES.lock().unwrap_or_else(PoisonError::into_inner);
    assert!(
        lines.iter().any(|line| line.contains(TABLE)),
        "statements are logged, and nothing was heard of them"
    );
    for line in lines.iter() {
        assert!(!shows(line), "{line}");
    }
}

fn shows(text: &str) -> bool {
    text.contains(CANARY) || text.contains(&RARE.to_string())
}

/// Panics if an error shows the value in any of its forms.
pub(crate) fn assert_unseen(say: &str, error: &orm::Error) {
    let mut link: Option<&dyn Error> = Some(error);
    while let Some(each) = link {
        let forms = format!("{each} {each:#} {each:?} {each:#?}");
        assert!(!shows(&forms), "{say}: {forms}");
        link = each.source();
    }
}

struct Listener;

impl Subscriber for Listener {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut line = Line::default();
        span.record(&mut line);
        line.keep();
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut line = Line::default();
        values.record(&mut line);
        line.keep();
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line::default();
        event.record(&mut line);
        line.keep();
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[derive(Default)]
struct Line(String);

impl Line {
    fn keep(self) {
        if shows(&self.0) || self.0.contains(TABLE) {
            LINES
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(self.0);
        }
    }
}

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, "{field}={value:?} ").expect("a text takes what is written");
    }
}
