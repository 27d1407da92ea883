//! The table of what is mostly JSON, and its records.

use std::ops::Range;
use std::rc::Rc;

use orm::prelude::*;
use serde_json::{Value, json};

use crate::place::{Host, Place, filled};

/// A name and about 2 kB.
#[derive(Table, Debug, Clone, PartialEq)]
#[table(name = "documents", insert(NewDocument, derive(Debug, Clone)))]
pub struct Document {
    /// Assigned by the database.
    #[column(primary_key, auto)]
    pub id: i64,
    #[column(unique)]
    pub name: String,
    pub version: i64,
    pub body: Value,
}

/// The documents of these numbers.
pub fn documents(numbers: Range<usize>, version: i64) -> Rc<[NewDocument]> {
    let document = |number| NewDocument {
        name: format!("document {number:09}"),
        version,
        body: body(number),
    };
    numbers.map(document).collect()
}

/// What a service would keep of an order, say.
fn body(number: usize) -> Value {
    let lines: Vec<_> = (0..14)
        .map(|line| {
            json!({
                "article": format!("article {}", number * 14 + line),
                "description": "a thing that is sold by the metre, cut as the customer wants it",
                "count": line + 1,
                "price": (number % 100) as f64 * 0.25 + line as f64,
                "gift": line % 5 == 0,
            })
        })
        .collect();
    json!({ "number": number, "customer": { "name": "A. Customer", "city": null }, "lines": lines })
}

/// A place with these documents.
pub async fn place(host: Host, there: &[NewDocument]) -> Rc<Place> {
    filled!(host, Document, "documents", there)
}

#[cfg(test)]
mod tests {
    use super::body;

    #[test]
    fn a_body_has_about_two_kilobytes() {
        let bytes = body(7).to_string().len();
        assert!((1_800..2_200).contains(&bytes), "{bytes}");
    }
}
