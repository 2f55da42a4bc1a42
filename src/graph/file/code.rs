//! How the compact file writes what borsh does not know: our closed lists as one byte, days as four.
//!
//! The numbers are part of the format: a list may grow at its end, never change its order.

use std::io::{self, Read, Write};

use borsh::{BorshDeserialize, BorshSerialize};
use jiff::civil::Date;

use crate::lexicon::{Kind, Quad};
use crate::relation::{Modality, Period, Polarity, QuotationKind, Side};

/// A closed list whose members are written as their places in it.
pub(in crate::graph) trait Coded: Copy + PartialEq + 'static {
    const ALL: &'static [Self];
}

impl Coded for Kind {
    const ALL: &'static [Self] =
        &[Kind::Person, Kind::Country, Kind::Organization, Kind::Place, Kind::Group, Kind::Other];
}

impl Coded for Quad {
    const ALL: &'static [Self] = &[
        Quad::Neutral,
        Quad::VerbalCooperation,
        Quad::MaterialCooperation,
        Quad::VerbalConflict,
        Quad::MaterialConflict,
    ];
}

impl Coded for Polarity {
    const ALL: &'static [Self] = &[Polarity::Affirmed, Polarity::Negated];
}

impl Coded for Modality {
    const ALL: &'static [Self] = &[
        Modality::Asserted,
        Modality::Planned,
        Modality::Possible,
        Modality::Obliged,
        Modality::Asked,
        Modality::Alleged,
        Modality::Hypothetical,
    ];
}

impl Coded for QuotationKind {
    const ALL: &'static [Self] = &[QuotationKind::Direct, QuotationKind::Indirect, QuotationKind::Mixed];
}

impl Coded for Side {
    const ALL: &'static [Self] = &[Side::For, Side::Against];
}

fn wrong(what: &str, number: impl std::fmt::Display) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("{number} is no {what}"))
}

fn number<T: Coded>(value: T) -> io::Result<u8> {
    let place = T::ALL.iter().position(|known| *known == value);
    place.and_then(|place| u8::try_from(place).ok()).ok_or_else(|| wrong("code", "a value without number"))
}

pub(in crate::graph) fn write<T: Coded, W: Write>(value: &T, out: &mut W) -> io::Result<()> {
    out.write_all(&[number(*value)?])
}

pub(in crate::graph) fn read<T: Coded, R: Read>(input: &mut R) -> io::Result<T> {
    let code = u8::deserialize_reader(input)?;
    T::ALL.get(usize::from(code)).copied().ok_or_else(|| wrong("code of its list", code))
}

/// `None` is 255.
pub(in crate::graph) fn write_option<T: Coded, W: Write>(value: &Option<T>, out: &mut W) -> io::Result<()> {
    out.write_all(&[value.map_or(Ok(u8::MAX), number)?])
}

pub(in crate::graph) fn read_option<T: Coded, R: Read>(input: &mut R) -> io::Result<Option<T>> {
    let code = u8::deserialize_reader(input)?;
    if code == u8::MAX {
        return Ok(None);
    }
    T::ALL.get(usize::from(code)).copied().map(Some).ok_or_else(|| wrong("code of its list", code))
}

/// Year, month and day in four bytes; `None` is the month 0.
pub(in crate::graph) fn write_day<W: Write>(day: &Option<Date>, out: &mut W) -> io::Result<()> {
    let (year, month, day) = day.map_or((0, 0, 0), |day| (day.year(), day.month(), day.day()));
    (year, month, day).serialize(out)
}

pub(in crate::graph) fn read_day<R: Read>(input: &mut R) -> io::Result<Option<Date>> {
    let (year, month, day) = <(i16, i8, i8)>::deserialize_reader(input)?;
    if month == 0 {
        return Ok(None);
    }
    Date::new(year, month, day).map(Some).map_err(|_| wrong("day", format_args!("{year}-{month}-{day}")))
}

pub(in crate::graph) fn write_period<W: Write>(period: &Option<Period>, out: &mut W) -> io::Result<()> {
    period.is_some().serialize(out)?;
    let Some(Period { from, until }) = period else { return Ok(()) };
    write_day(&Some(*from), out)?;
    write_day(&Some(*until), out)
}

pub(in crate::graph) fn read_period<R: Read>(input: &mut R) -> io::Result<Option<Period>> {
    if !bool::deserialize_reader(input)? {
        return Ok(None);
    }
    match (read_day(input)?, read_day(input)?) {
        (Some(from), Some(until)) => Ok(Some(Period { from, until })),
        _ => Err(wrong("period", "a day that is missing")),
    }
}

pub(in crate::graph) fn write_sides<W: Write>(sides: &[(u32, Side)], out: &mut W) -> io::Result<()> {
    let rows: Vec<(u32, u8)> =
        sides.iter().map(|(who, side)| Ok((*who, number(*side)?))).collect::<io::Result<_>>()?;
    rows.serialize(out)
}

pub(in crate::graph) fn read_sides<R: Read>(input: &mut R) -> io::Result<Vec<(u32, Side)>> {
    let rows = Vec::<(u32, u8)>::deserialize_reader(input)?;
    let side = |code: u8| Side::ALL.get(usize::from(code)).copied().ok_or_else(|| wrong("side", code));
    rows.into_iter().map(|(who, code)| Ok((who, side(code)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_days_and_periods_come_back() {
        let day: Date = "2021-03-18".parse().unwrap();
        let mut out = Vec::new();
        write(&Modality::Asked, &mut out).unwrap();
        write_option(&None::<Quad>, &mut out).unwrap();
        write_option(&Some(Quad::MaterialConflict), &mut out).unwrap();
        write_day(&None, &mut out).unwrap();
        write_period(&Some(Period { from: day, until: day.tomorrow().unwrap() }), &mut out).unwrap();
        write_sides(&[(7, Side::Against)], &mut out).unwrap();
        let mut input = out.as_slice();
        assert_eq!(read::<Modality, _>(&mut input).unwrap(), Modality::Asked);
        assert_eq!(read_option::<Quad, _>(&mut input).unwrap(), None);
        assert_eq!(read_option(&mut input).unwrap(), Some(Quad::MaterialConflict));
        assert_eq!(read_day(&mut input).unwrap(), None);
        assert_eq!(read_period(&mut input).unwrap().unwrap().from, day);
        assert_eq!(read_sides(&mut input).unwrap(), [(7, Side::Against)]);
        assert!(input.is_empty());
    }

    #[test]
    fn what_stands_in_no_list_is_an_error() {
        assert!(read::<Kind, _>(&mut [6_u8].as_slice()).is_err());
        assert!(read_day(&mut [0_u8, 0, 13, 1].as_slice()).is_err());
    }
}
