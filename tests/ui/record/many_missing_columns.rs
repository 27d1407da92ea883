use orm::prelude::*;

#[derive(Table)]
struct Quote {
    #[column(primary_key, auto)]
    id: i64,
    symbol: String,
    day: i64,
    open: i64,
    high: i64,
    low: i64,
    close: i64,
    volume: i64,
    trades: i64,
    bid: i64,
    ask: i64,
    spread: i64,
    vwap: i64,
}

#[derive(Insert)]
#[insert(table = Quote)]
struct NewQuote<'a> {
    symbol: &'a str,
}

#[derive(Insert)]
#[insert(table = Quote)]
struct Nameless {
    day: i64,
    open: i64,
    high: i64,
    low: i64,
    close: i64,
    volume: i64,
    trades: i64,
    bid: i64,
    ask: i64,
    spread: i64,
    vwap: i64,
}

fn main() {}
