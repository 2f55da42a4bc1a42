//! Frames as written, taken apart.

use super::*;

fn one(text: &str) -> Frame {
    parse(text).unwrap().remove(0)
}

fn marks(frame: &Frame, role: Role) -> Vec<String> {
    match &frame.slot(role).unwrap().place {
        Place::Marked(words) => words.clone(),
        place => vec![format!("{place:?}")],
    }
}

#[test]
fn reads_verbs_particles_and_marked_slots() {
    let frame = one("SUBJECT urge|implore OBJECT to CONTENT");
    assert_eq!(frame.triggers, ["urge", "implore"]);
    assert_eq!(marks(&frame, Role::Object), ["Bare"]);
    assert_eq!(marks(&frame, Role::Content), ["to"]);
    assert_eq!(frame.control, Control::Object);
    let frame = one("SUBJECT crack down on OBJECT");
    assert_eq!(frame.particles, [["down"]]);
    assert_eq!(marks(&frame, Role::Object), ["on"]);
    let frame = one("SUBJECT vow to CONTENT");
    assert_eq!(frame.control, Control::Subject);
}

#[test]
fn reads_words_that_go_with_the_verb() {
    let frame = one("SUBJECT hold peace talks with OBJECT");
    assert_eq!(frame.literals[0].words, ["talks"]);
    assert_eq!(frame.literals[0].modifiers, [["peace"]]);
    let frame = one("SUBJECT agree to hold peace talks with OBJECT");
    let words: Vec<&str> = frame.literals.iter().map(|l| l.words[0].as_str()).collect();
    assert_eq!((words, frame.literals[0].marks.concat()), (vec!["hold", "talks"], "to".to_owned()));
    assert_eq!(frame.literals[1].modifiers, [["peace"]]);
    let frame = one("SUBJECT take OBJECT to court");
    assert_eq!(frame.literals[0].marks, ["to"]);
    assert_eq!(marks(&frame, Role::Object), ["Bare"]);
}

#[test]
fn reads_copulas_and_nouns() {
    let frame = one("SUBJECT be at war with OBJECT");
    assert_eq!((frame.shape, frame.triggers.as_slice()), (Shape::Copula, &["war".to_owned()][..]));
    assert_eq!(frame.modifiers, [["at"]]);
    let frame = one("SUBJECT's nuclear test|launch against OBJECT");
    assert_eq!((frame.shape, frame.triggers.len()), (Shape::Noun, 2));
    assert_eq!(frame.modifiers, [["nuclear"]]);
    let frame = one("talks between SUBJECT and OBJECT");
    assert_eq!(marks(&frame, Role::Subject), ["between"]);
    assert_eq!(marks(&frame, Role::Object), ["between"]);
}

#[test]
fn an_optional_part_gives_two_readings() {
    let readings = parse("SUBJECT say [to OBJECT] that CONTENT").unwrap();
    assert_eq!(readings.len(), 2);
    assert!(readings[0].slot(Role::Object).is_some());
    assert!(readings[1].slot(Role::Object).is_none());
    assert!(readings[0].specificity() > readings[1].specificity());
}

#[test]
fn joined_words_give_a_reading_each() {
    let readings = parse("SUBJECT reject|turn_down|walk_away_from OBJECT's offer").unwrap();
    let marks: Vec<_> = readings.iter().map(|f| (&f.triggers[0], f.literals[0].marks.concat())).collect();
    let triggers: Vec<String> = marks.iter().map(|(t, m)| format!("{t} {m}")).collect();
    assert_eq!(triggers, ["reject ", "turn down", "walk from"]);
    assert_eq!(readings[2].particles, [["away"]]);
    assert_eq!(readings[0].slot(Role::Object).unwrap().place, Place::Possessor);
    assert_eq!(readings[0].literals[0].words, ["offer"]);
}

#[test]
fn slots_have_kinds() {
    let kinds = one("SUBJECT visit OBJECT:country|place").slot(Role::Object).unwrap().kinds;
    assert!(kinds.has(1) && kinds.has(3) && !kinds.has(0));
    assert!(!one("SUBJECT visit OBJECT").slot(Role::Object).unwrap().kinds.has(3));
}

#[test]
fn says_what_is_wrong() {
    let error = |text| parse(text).map(|_| ()).unwrap_err();
    assert_eq!(error("SUBJECT urge OBJEKT").hint, "did you mean OBJECT?");
    assert_eq!(error("SUBJECT visit OBJECT:land").message, "unknown kind `land` in `OBJECT:land`");
    for bad in ["", "SUBJECT", "urge", "SUBJECT be", "SUBJECT say [to OBJECT", "SUBJECT hit OBJECT]"] {
        assert!(parse(bad).is_err(), "{bad}");
    }
    assert_eq!(one("SUBJECT back|support OBJECT").triggers, ["back", "support"]);
    assert!(parse("SUBJECT urge content").is_err());
    assert!(parse("SUBJECT speak about|loudly OBJECT").is_err());
}
