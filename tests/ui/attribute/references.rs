use orm::prelude::*;

#[derive(Table)]
#[table(primary_key(house, number))]
struct Room {
    house: i64,
    number: i32,
}

#[derive(Table)]
#[table(references(in_house = Room::HOUSE, in_rom = Room::NUMBER))]
#[table(references(in_house = Room::HOUSE, in_house = Room::NUMBER))]
#[table(references(in_house = Room::HOUSE, in_room = Room::NUMBER, on_delete = set_null))]
#[table(references(in_house = Room::HOUSE, in_room = Room::NUMBER, relation = room))]
#[table(references(in_house = Room::HOUSE, in_room = Room::NUMBER, on_update = cascades))]
#[table(references(in_house = Room::HOUSE, in_room))]
#[table(references(on_delete = cascade))]
#[table(references())]
#[table(references)]
#[table(references = Room::HOUSE)]
#[table(references(in_house = Room::HOUSE, in_room = Room::NUMBER, name = "taken"), check(taken = "id > 0"))]
struct Guest {
    #[column(primary_key)]
    id: i64,
    in_house: i64,
    in_room: Option<i32>,
}

#[derive(Table)]
#[table(references(room = Room::HOUSE, other = Room::NUMBER), references(room = Room::HOUSE, other = Room::NUMBER))]
struct Twice {
    #[column(primary_key, references(id = Room::HOUSE))]
    id: i64,
    room: i64,
    other: i32,
}

fn main() {}
