//! The statements that every table is put through.

/// A table of these names, and what it answers to all statements, a line each.
macro_rules! named {
    ($table:literal $($schema:literal)?:
     $id:literal $code:literal $version:literal $amount:literal $note:literal,
     $filter:literal, $expr:literal, $key:literal $KEY:ident $other:literal $OTHER:ident) => {
        #[derive(Table, Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
        #[table(name = $table $(, schema = $schema)?)]
        #[table(unique(name = $key, columns(version, note), filter = $filter, nulls_distinct))]
        #[table(unique(name = $other, columns(code), expr = $expr))]
        struct Item {
            #[column(primary_key, name = $id)]
            id: i64,
            #[column(name = $code, unique)]
            code: String,
            #[column(name = $version)]
            version: i64,
            #[column(name = $amount)]
            amount: Option<i64>,
            #[column(name = $note)]
            note: Option<String>,
        }

        fn item(id: i64, version: i64) -> Item {
            let (code, amount, note) = (format!("c{id}"), Some(10 * version), None);
            Item { id, code, version, amount, note }
        }

        pub(super) async fn answers(db: &orm::Db) -> Vec<String> {
            let mut said = Vec::new();
            orm::create_tables!(db, Item).await.expect("the table");
            orm::verify!(db, Item).await.expect("as declared");
            single(db, &mut said).await;
            for carrier in [Carrier::Auto, Carrier::Values, Carrier::Arrays, Carrier::Copy] {
                for chunk in [2, 1_000] {
                    many(db, carrier, chunk, &mut said).await;
                }
            }
            changes(db, &mut said).await;
            queries(db, &mut said).await;
            said
        }

        async fn stored(db: &orm::Db, said: &mut Vec<String>) {
            let all = Item::select().order_by(Item::ID).fetch_all(db);
            tell(said, "stored", all.await);
        }

        async fn single(db: &orm::Db, said: &mut Vec<String>) {
            tell(said, "insert", item(1, 1).insert().fetch_one(db).await);
            let newer = item(1, 5);
            let all = newer.upsert().on_conflict(Item::CODE).update_all();
            tell(said, "update_all", all.fetch_one(db).await);
            for version in [4, 5, 6] {
                let record = item(1, version);
                let guarded = || record.upsert().on_primary_key().update_all();
                let newest = guarded().keep_newest(Item::VERSION);
                tell(said, "keep_newest", newest.outcome(db).await);
                let newer = guarded().keep_newer(Item::VERSION);
                tell(said, "keep_newer", newer.fetch_optional(db).await);
                let unchanged = guarded().skip_unchanged();
                tell(said, "skip_unchanged", unchanged.execute(db).await);
            }
            for what in ["inserted", "updated"] {
                let second = item(2, 1);
                let written = second.upsert().on_primary_key().update(Item::VERSION);
                tell(said, what, written.outcome(db).await);
            }
            let record = Item { amount: Some(7), ..item(2, 9) };
            let computed = record
                .upsert()
                .on_conflict(Item::CODE)
                .set_with(Item::AMOUNT, |old, new| {
                    old.amount.coalesce(100) * 3 + new.amount.coalesce(0) + old.version
                })
                .where_(|old, new| old.version.lt(new.version));
            tell(said, "set_with", computed.fetch_optional(db).await);
            let none = Item { amount: None, ..item(2, 9) };
            let coalesced = none.upsert().on_primary_key().coalesce(Item::AMOUNT);
            tell(said, "coalesce", coalesced.fetch_one(db).await);
            let coalesced = none.upsert().on_primary_key().coalesce_all();
            tell(said, "coalesce_all", coalesced.fetch_one(db).await);
            let set = none.upsert().on_primary_key().set(Item::NOTE, "set".to_owned());
            let returning = set.returning((Item::NOTE, Item::ID));
            tell(said, "set", returning.fetch_one(db).await);
            let nothing = none.upsert().on_any_conflict().do_nothing();
            tell(said, "do_nothing", nothing.execute(db).await);
            let nothing = none.upsert().on_primary_key().do_nothing();
            tell(said, "do_nothing", nothing.outcome(db).await);
            let found = none.upsert().on_conflict(Item::CODE).get_or_insert();
            tell(said, "found", found.outcome(db).await);
            let third = item(3, 3);
            for _ in 0..2 {
                let found = third.upsert().on_conflict(Item::$OTHER).get_or_insert();
                tell(said, "found", found.outcome(db).await);
            }
            let folded = Item { code: "C3".to_owned(), ..item(3, 4) };
            let folded = folded.upsert().on_conflict(Item::$OTHER).update(Item::VERSION);
            tell(said, "folded", folded.outcome(db).await);
            let noted = Item { note: Some("x".to_owned()), ..item(4, 4) };
            tell(said, "insert", noted.insert().execute(db).await);
            let again = Item { amount: Some(1), ..noted.clone() };
            let partial = again.upsert().on_conflict(Item::$KEY).update(Item::AMOUNT);
            tell(said, "partial", partial.outcome(db).await);
            let saved = item(3, 8);
            tell(said, "save", saved.save().execute(db).await);
            stored(db, said).await;
        }

        async fn many(db: &orm::Db, carrier: Carrier, chunk: usize, said: &mut Vec<String>) {
            tell(said, "delete", Item::delete().all_rows().execute(db).await);
            let first: Vec<_> = (1..=5).map(|id| item(id, 2)).collect();
            let insert = first.as_slice().insert().carrier(carrier).chunk_rows(chunk);
            tell(said, "insert", insert.fetch_all(db).await);
            // Older, newer, new, and one of them twice.
            let mut records: Vec<_> = [7, 2, 6, 1, 3, 2].map(|id| item(id, 2)).into();
            records[1].version = 3;
            records[3].version = 1;
            records[5].version = 4;
            let upsert = || {
                let upsert = records.upsert().on_primary_key().update_all();
                upsert.carrier(carrier).chunk_rows(chunk)
            };
            tell(said, "refused", upsert().execute(db).await);
            tell(said, "refused", upsert().keep_newer(Item::VERSION).skip_unchanged()
                .on_duplicates(Duplicates::Error).report(db).await);
            let last = || upsert().on_duplicates(Duplicates::KeepLast);
            tell(said, "report", last().report(db).await);
            tell(said, "execute", last().execute(db).await);
            tell(said, "fetch_all", last().fetch_all(db).await);
            for record in &mut records {
                record.version += 1;
            }
            let newest = || {
                let upsert = records.upsert().on_conflict(Item::CODE);
                upsert.update((Item::AMOUNT, Item::NOTE)).keep_newest(Item::VERSION)
                    .carrier(carrier).chunk_rows(chunk)
            };
            tell(said, "outcomes", newest().outcomes(db).await);
            tell(said, "report", newest().report(db).await);
            records.remove(1);
            let records = records;
            let computed = || {
                records.upsert().on_conflict(Item::$OTHER)
                    .set_with(Item::AMOUNT, |old, new| old.amount.coalesce(5) + new.version)
                    .where_(|old, new| old.version.le(new.version))
                    .carrier(carrier).chunk_rows(chunk)
            };
            tell(said, "computed", computed().report(db).await);
            tell(said, "computed", computed().outcomes(db).await);
            let returning = computed().returning((Item::AMOUNT, Item::CODE));
            tell(said, "returning", returning.outcomes(db).await);
            let nothing = records.upsert().on_any_conflict().do_nothing();
            tell(said, "do_nothing", nothing.carrier(carrier).report(db).await);
            let mut noted = records.clone();
            for (record, note) in noted.iter_mut().zip(["a", "b", "c"]) {
                record.note = Some(note.to_owned());
            }
            let save = noted.upsert().on_primary_key().update_all().carrier(carrier);
            tell(said, "noted", save.chunk_rows(chunk).execute(db).await);
            for record in &mut noted {
                record.amount = Some(1);
            }
            let partial = || {
                let upsert = noted.upsert().on_conflict(Item::$KEY).update(Item::AMOUNT);
                upsert.carrier(carrier).chunk_rows(chunk)
            };
            tell(said, "partial", partial().execute(db).await);
            noted.truncate(3);
            let partial = || {
                let upsert = noted.upsert().on_conflict(Item::$KEY).update(Item::AMOUNT);
                upsert.carrier(carrier).chunk_rows(chunk)
            };
            tell(said, "partial", partial().outcomes(db).await);
            tell(said, "partial", partial().report(db).await);
            let changes = [item(2, 20), item(9, 90), item(1, 10)];
            let update = Item::update_many(&changes, Item::CODE, Item::AMOUNT);
            let update = update.carrier(carrier).chunk_rows(chunk);
            tell(said, "update_many", update.execute(db).await);
            let update = Item::update_many(&changes, Item::ID, (Item::VERSION, Item::CODE));
            let update = update.carrier(carrier).chunk_rows(chunk);
            tell(said, "update_many", update.execute(db).await);
            stored(db, said).await;
        }

        async fn changes(db: &orm::Db, said: &mut Vec<String>) {
            let update = Item::update()
                .set_with(Item::AMOUNT, |old| old.version * 2)
                .set(Item::NOTE, "n".to_owned())
                .filter(Item::VERSION.gt(2));
            let updated = update.returning_all().fetch_all(db).await;
            tell(said, "update", sorted(updated));
            let update = Item::update().set(Item::AMOUNT, 1).filter(Item::NOTE.is_null());
            let update = update.returning((Item::ID, Item::CODE.upper()));
            tell(said, "update", sorted(update.fetch_all(db).await));
            let delete = Item::delete().filter(Item::CODE.eq("c7"));
            tell(said, "delete", delete.returning(Item::AMOUNT).fetch_all(db).await);
            stored(db, said).await;
        }

        async fn queries(db: &orm::Db, said: &mut Vec<String>) {
            tell(said, "get", Item::get(1).fetch_optional(db).await);
            tell(said, "find", Item::find(Item::CODE, "c2").fetch_optional(db).await);
            tell(said, "find", Item::find(Item::$OTHER, "C2").fetch_optional(db).await);
            for filter in [
                Item::CODE.starts_with("c2"),
                Item::CODE.ends_with("2"),
                Item::CODE.contains("3"),
                Item::NOTE.ends_with(Item::NOTE),
                Item::CODE.in_(["c1", "c3"]),
                Item::AMOUNT.coalesce(0).between(1, 100),
            ] {
                let query = Item::select().filter(filter).order_by(Item::CODE.desc());
                tell(said, "filter", query.fetch_all(db).await);
            }
            // Behind a value of the same name.
            let columns = Item::select()
                .columns((Item::CODE.lower(), Item::VERSION.cast::<String>(), Item::ID))
                .order_by((Item::VERSION.desc(), Item::CODE, Item::NOTE));
            tell(said, "columns", columns.fetch_all(db).await);
            let columns = Item::select()
                .columns((Item::AMOUNT.coalesce(0), orm::case(Item::ID.gt(2), 0_i64).otherwise(Item::VERSION)))
                .order_by((Item::VERSION, Item::AMOUNT, Item::ID));
            tell(said, "columns", columns.fetch_all(db).await);
            let first = Item::select().distinct_on(Item::NOTE).order_by(Item::ID.desc());
            tell(said, "distinct_on", first.fetch_all(db).await);
            let grouped = Item::select()
                .group_by(Item::NOTE)
                .columns(|note| (note, orm::count_all(), Item::AMOUNT.sum()))
                .order_by(Item::VERSION.max().desc());
            tell(said, "grouped", grouped.fetch_all(db).await);
            let distinct = Item::select().columns(Item::NOTE).distinct();
            tell(said, "count", distinct.count(db).await);
            tell(said, "exists", Item::select().filter(Item::ID.lt(0)).exists(db).await);
            let pages = Item::select().paginate((Item::VERSION.desc(), Item::CODE)).limit(2);
            let mut next = None;
            loop {
                let page = pages.clone().after(next).fetch_page(db).await.expect("a page");
                tell(said, "page", Ok(page.rows));
                next = page.next;
                if next.is_none() {
                    break;
                }
            }
            let locked = orm::transaction(db, async |tx| {
                Item::select().order_by(Item::ID).for_update().fetch_all(&tx).await
            });
            tell(said, "locked", locked.await);
        }
    };
}

pub(crate) use named;
