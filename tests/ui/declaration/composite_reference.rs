use orm::prelude::*;

#[derive(Table)]
#[table(primary_key(house, number))]
#[table(unique(name = "late", columns(number, floor), deferrable))]
#[table(unique(name = "some", columns(house, floor), filter = "floor > 0"))]
struct Room {
    house: i64,
    number: i32,
    floor: i32,
    door: String,
}

#[derive(Table)]
struct House {
    #[column(primary_key)]
    id: i64,
    rooms: i32,
}

#[derive(Table)]
#[table(references(in_house = Room::HOUSE, in_room = Room::NUMBER))]
#[table(references(in_room = Room::NUMBER, other_house = Room::HOUSE))]
struct Good {
    #[column(primary_key)]
    id: i64,
    in_house: i64,
    in_room: i32,
    other_house: Option<i64>,
}

#[derive(Table)]
#[table(references(in_house = Room::HOUSE, in_room = Room::NUMBER))]
struct OtherType {
    #[column(primary_key)]
    id: i64,
    in_house: i64,
    in_room: String,
}

#[derive(Table)]
#[table(references(in_house = Room::HOUSE, in_room = House::ROOMS))]
struct TwoTables {
    #[column(primary_key)]
    id: i64,
    in_house: i64,
    in_room: i32,
}

#[derive(Table)]
#[table(references(in_house = Room::HOUSE, in_room = Room::FLOOR))]
struct NoKey {
    #[column(primary_key)]
    id: i64,
    in_house: i64,
    in_room: i32,
}

#[derive(Table)]
#[table(references(in_room = Room::NUMBER, on_floor = Room::FLOOR))]
struct DeferrableKey {
    #[column(primary_key)]
    id: i64,
    in_room: i32,
    on_floor: i32,
}

#[derive(Table)]
#[table(references(in_house = Room::HOUSE))]
struct PartOfAKey {
    #[column(primary_key)]
    id: i64,
    in_house: i64,
}

#[derive(Table)]
#[table(references(in_house = Room::HOUSE, in_room = Room::NUMBR))]
struct NoColumn {
    #[column(primary_key)]
    id: i64,
    in_house: i64,
    in_room: i32,
}

#[derive(Table)]
#[table(references(in_house = Self::ID, in_room = Self::IN_ROOM))]
struct Itself {
    #[column(primary_key)]
    id: i64,
    in_house: i64,
    in_room: i32,
}

fn main() {}
