//! Who says it: the noun phrase that a cue has for its subject, and whom it stands for.
//!
//! In: a [`Reading`] and a cue's verb. Out: the head of the speaker's noun phrase, the phrase's
//! words, and the entity where there is one. The subject of the cue; of the verb that it hangs under
//! ("…, adding that …"); after the cue ("said Jane Doe"); the agent of a passive. Where the tree gives
//! none, the nearest noun phrase before the verb. Pronouns are speakers too.

use super::cue::Cue;
use super::reading::Reading;
use crate::lexicon::language::REPORTS;
use crate::relation::{Argument, time};
use crate::syntax::{Deprel, Tree, Upos, Xpos};
use crate::text::{Span, TokenId};
use crate::word_list;

word_list!(
    /// Nouns of words that somebody gives out: "statement", "letter".
    STATEMENTS,
    "statements.txt"
);
word_list!(
    /// Verbs whose subject owns the words of the noun after them.
    WORD_GIVERS,
    "word_givers.txt"
);

/// How many verbs are climbed to find a subject.
const CLIMB: usize = 5;
/// How many tokens a noun phrase reaches either side of its head.
const REACH: u32 = 40;

/// A speaker's noun phrase.
#[derive(Clone, Copy, Debug)]
pub(super) struct Speaker {
    /// The words.
    pub span: Span,
    /// Whom they stand for.
    pub argument: Option<Argument>,
}

/// The speaker of a cue's verb.
pub(super) fn of_verb(reading: &Reading, tree: &Tree, cue: &Cue) -> Option<Speaker> {
    of_verb_among(reading, tree, cue, |_| true)
}

/// The speaker of a cue's verb, if its head is one of the `allowed` tokens.
pub(super) fn of_verb_among(
    reading: &Reading,
    tree: &Tree,
    cue: &Cue,
    allowed: impl Fn(TokenId) -> bool,
) -> Option<Speaker> {
    let verb = cue.token;
    // "asked whether he would run", with nobody who was asked before it: who asks is not said.
    if is_bare_participle(reading, tree, cue) {
        let agent = tree.child(verb, Deprel::OblAgent).filter(|s| allowed(*s));
        return agent.map(|head| phrase(reading, tree, head, verb));
    }
    let head = subject(tree, verb)
        .filter(|s| allowed(*s) && *s < verb)
        .or_else(|| inverted(reading, cue).filter(|s| allowed(*s)))
        .or_else(|| climbed(reading, tree, verb).filter(|s| allowed(*s)))
        .or_else(|| before(reading, tree, verb).filter(|s| allowed(*s)))
        .or_else(|| apposed(reading, verb).filter(|s| allowed(*s)))?;
    Some(phrase(reading, tree, head, verb))
}

/// The subject of a verb in the active, the agent in the passive. `None` if the verb has neither.
fn subject(tree: &Tree, verb: TokenId) -> Option<TokenId> {
    if is_passive(tree, verb) {
        return tree.child(verb, Deprel::OblAgent);
    }
    nearest_subject(tree, verb).or_else(|| tree.child(verb, Deprel::NsubjOuter))
}

/// The subject that stands nearest before a verb: in "The bridge, Lee said, will open" a tree may hang
/// "bridge" under "said" too.
pub(super) fn nearest_subject(tree: &Tree, verb: TokenId) -> Option<TokenId> {
    let subjects = || tree.children_by(verb, Deprel::Nsubj);
    subjects().filter(|s| *s < verb).last().or_else(|| subjects().next())
}

/// True for a verb with a passive subject or auxiliary.
pub(super) fn is_passive(tree: &Tree, verb: TokenId) -> bool {
    tree.child(verb, Deprel::NsubjPass).is_some() || tree.child(verb, Deprel::AuxPass).is_some()
}

/// "When asked whether he would run, Lee said …", "Asked by Lee to go, …": a participle that begins a
/// clause, of a verb that has an addressee.
fn is_bare_participle(reading: &Reading, tree: &Tree, cue: &Cue) -> bool {
    let verb = cue.token;
    let Some((_, sentence)) = reading.sentence(verb) else { return false };
    let opens = verb == sentence.first
        || reading.is_punct(TokenId(verb.0 - 1))
        || reading.xpos(TokenId(verb.0 - 1)) == Xpos::WRB;
    let has_addressee_after = tree.objects(verb).any(|o| o > verb);
    cue.has_addressee()
        && opens
        && matches!(reading.xpos(verb), Xpos::VBN | Xpos::VBD)
        && !has_addressee_after
        && tree.child(verb, Deprel::Nsubj).is_none()
        && matches!(tree.dep(verb), Deprel::Advcl | Deprel::Acl)
}

/// "…, said Jane Doe, a teacher.": the noun phrase right after the verb, if a mark or a clause with a
/// comma stands right before it.
///
/// Not "Jane Doe, a teacher, confirmed the report that …" nor "Jane Doe, a teacher, told reporters".
fn inverted(reading: &Reading, cue: &Cue) -> Option<TokenId> {
    let verb = cue.token;
    let before = TokenId(verb.0.checked_sub(1)?);
    let (_, sentence) = reading.sentence(verb)?;
    // "…, saying Mr. Doe had left": who left does not say so.
    let finite = reading.xpos(verb) != Xpos::VBG;
    if !reading.is_punct(before) || !cue.is_speech() || reading.lemma(verb) == "tell" || !finite {
        return None;
    }
    let marked =
        reading.quoted(before).is_some() || reading.quoted(TokenId(before.0.saturating_sub(1))).is_some();
    let low = sentence.first.0.max(before.0.saturating_sub(REACH));
    if !marked && !(low..before.0).any(|t| super::cue::is_finite(reading, TokenId(t))) {
        return None;
    }
    let mut head = None;
    let mut stop = None;
    for token in (verb.0 + 1..sentence.end.0.min(verb.0 + 16)).map(TokenId) {
        match reading.upos(token) {
            _ if time::is_time(reading.word(token)) => break,
            Upos::Noun | Upos::Propn | Upos::Pron => head = Some(token),
            Upos::Det | Upos::Adj | Upos::Num | Upos::Part => {}
            Upos::Punct if matches!(reading.word(token), "-" | "." | "’" | "'") => {}
            upos => {
                stop = Some(upos);
                break;
            }
        }
    }
    head.filter(|_| !matches!(stop, Some(Upos::Verb | Upos::Aux | Upos::Sconj)))
}

/// "Jane Doe, the mayor of Bergen, confirmed": the first name or noun of the commas' first part.
fn apposed(reading: &Reading, verb: TokenId) -> Option<TokenId> {
    let comma = TokenId(verb.0.checked_sub(1)?);
    let (_, sentence) = reading.sentence(verb)?;
    (reading.word(comma) == ",").then_some(())?;
    let low = sentence.first.0.max(comma.0.saturating_sub(REACH));
    let mut first = low;
    while first < comma.0 {
        let end = (first..comma.0).find(|t| reading.word(TokenId(*t)) == ",").unwrap_or(comma.0);
        let part = || (first..end).map(TokenId);
        let opener =
            matches!(reading.upos(TokenId(first)), Upos::Adp | Upos::Adv | Upos::Sconj | Upos::Cconj);
        if end < comma.0 && !opener && !part().any(|t| reading.is_verb(t)) {
            let name = part().rfind(|t| reading.upos(*t) == Upos::Propn);
            let head = name.or_else(|| part().find(|t| matches!(reading.upos(*t), Upos::Noun | Upos::Pron)));
            if let Some(head) = head.filter(|h| !time::is_time(reading.word(*h))) {
                return Some(head);
            }
        }
        first = end + 1;
    }
    None
}

/// The subject of the verb that this one hangs under; the noun that a participle describes.
fn climbed(reading: &Reading, tree: &Tree, verb: TokenId) -> Option<TokenId> {
    let apart = stands_apart(reading, tree, verb);
    let mut verb = verb;
    for _ in 0..CLIMB {
        let head = tree.head(verb)?;
        let dep = tree.dep(verb);
        match dep {
            // "Lee met the rebels, saying that …", "won them by saying that …": not the rebels.
            // "Lee issued a statement saying that …": the statement is Lee's.
            Deprel::Acl if !stands_apart(reading, tree, verb) => {
                let giver = issuer(tree, head).filter(|_| STATEMENTS.get(tree.lemma(head)).is_some());
                return Some(giver.unwrap_or(head));
            }
            Deprel::AclRelcl => return Some(head),
            Deprel::Acl | Deprel::Conj | Deprel::Xcomp | Deprel::Advcl => {}
            Deprel::Ccomp | Deprel::Parataxis | Deprel::Dep => {}
            // Up from a noun to the verb of its clause.
            _ if !reading.is_verb(verb) => {}
            _ => return None,
        }
        // "forced the bank to admit": the bank admits. "Reuters quotes Lee as saying": Lee says.
        let object = tree.objects(head).next();
        let quoted =
            matches!(tree.lemma(head), "quote" | "cite") && super::sense::is_as_saying(reading, tree, verb);
        if let Some(object) = object.filter(|o| (dep == Deprel::Xcomp || quoted) && *o < verb) {
            return Some(object);
        }
        verb = head;
        let found = tree
            .child(verb, Deprel::Nsubj)
            .or_else(|| tree.child(verb, Deprel::NsubjPass))
            .or_else(|| tree.child(verb, Deprel::NsubjOuter));
        // "Lee said the bridge was closed, adding that …": the bridge adds nothing.
        let retold = tree.dep(verb) == Deprel::Ccomp && dep == Deprel::Advcl && apart;
        if found.is_some() && !retold {
            return found;
        }
    }
    None
}

/// Who gives out the statement `noun`: the subject of the verb that it is the object of.
pub(super) fn issuer(tree: &Tree, noun: TokenId) -> Option<TokenId> {
    let verb = tree.head(noun).filter(|_| matches!(tree.dep(noun), Deprel::Obj | Deprel::Obl))?;
    if is_passive(tree, verb) {
        return tree.child(verb, Deprel::OblAgent);
    }
    nearest_subject(tree, verb).filter(|s| *s < verb)
}

/// True for a participle after a comma or a preposition.
fn stands_apart(reading: &Reading, tree: &Tree, verb: TokenId) -> bool {
    let before = TokenId(verb.0.saturating_sub(1));
    reading.word(before) == ","
        || tree
            .children(verb)
            .iter()
            .any(|c| *c < verb && matches!(tree.dep(*c), Deprel::Mark | Deprel::Case))
}

/// The nearest noun before a verb that stands right after a noun phrase and its own helpers.
fn before(reading: &Reading, tree: &Tree, verb: TokenId) -> Option<TokenId> {
    let (_, sentence) = reading.sentence(verb)?;
    let tensed = super::cue::is_finite(reading, verb) || reading.xpos(verb) == Xpos::VBN;
    if is_passive(tree, verb) || !tensed {
        return None;
    }
    let low = sentence.first.0.max(verb.0.saturating_sub(12));
    for token in (low..verb.0).rev().map(TokenId) {
        match reading.upos(token) {
            Upos::Noun | Upos::Propn | Upos::Pron => return Some(out_of_phrases(tree, token)),
            Upos::Aux | Upos::Adv | Upos::Part => {}
            _ => return None,
        }
    }
    None
}

/// From "Bergen" in "several voters in Bergen" to the voters.
fn out_of_phrases(tree: &Tree, noun: TokenId) -> TokenId {
    let mut noun = noun;
    for _ in 0..CLIMB {
        match tree.head(noun).filter(|head| *head < noun) {
            Some(head) if matches!(tree.dep(noun), Deprel::Nmod | Deprel::Conj | Deprel::Appos) => {
                noun = head
            }
            _ => break,
        }
    }
    noun
}

/// The noun phrase around `head` that does not reach over the token `limit`.
pub(super) fn phrase(reading: &Reading, tree: &Tree, head: TokenId, limit: TokenId) -> Speaker {
    let (mut first, mut last) = (head, head);
    let within = |t: TokenId| t != limit && (t < limit) == (head < limit) && t.0.abs_diff(head.0) <= REACH;
    for child in tree.children(head).iter().rev().copied().filter(|c| *c < head) {
        let (low, _) = tree.edges(child);
        if is_part(tree, child) && within(low) {
            first = first.min(low);
        } else if tree.dep(child) != Deprel::Punct {
            break;
        }
    }
    for child in tree.children(head).iter().copied().filter(|c| *c > head) {
        let (low, high) = tree.edges(child);
        let after_comma = reading.word(TokenId(low.0.saturating_sub(1))) == ",";
        if is_part(tree, child)
            && within(high)
            && low > first
            && !(after_comma && tree.dep(child) == Deprel::Appos)
        {
            last = last.max(high);
        } else if tree.dep(child) != Deprel::Punct {
            break;
        }
    }
    // Names stay whole where the tree cuts them.
    let mut span = reading.span(first, last);
    let mut inside = (first.0..=last.0).map(TokenId).filter_map(|t| reading.mention(t));
    // "Reports from Kabul say": Kabul says nothing.
    let report = REPORTS.has(reading.lemma(head));
    let part = || inside.rfind(|m| !report || m.first <= head);
    let mention = reading.bearer(head).or_else(|| reading.mention(head)).or_else(part);
    if let Some(phrase) = mention.map(|m| m.phrase.cover(m.span)) {
        let limit = reading.span(limit, limit);
        let clear = !phrase.overlaps(limit);
        if clear && phrase.overlaps(span) {
            span = span.cover(phrase);
        }
    }
    let argument = mention.map(|m| Argument { entity: m.entity, span: m.span });
    let antecedent = || antecedent(reading, tree, head);
    Speaker { span, argument: argument.or_else(antecedent) }
}

/// "… Jane Doe, who said": whom a relative pronoun stands for.
fn antecedent(reading: &Reading, tree: &Tree, head: TokenId) -> Option<Argument> {
    if !matches!(reading.xpos(head), Xpos::WP | Xpos::WDT) {
        return None;
    }
    let mut verb = tree.head(head)?;
    for _ in 0..CLIMB {
        if matches!(tree.dep(verb), Deprel::AclRelcl | Deprel::Acl) {
            let noun = tree.head(verb)?;
            return reading.mention(noun).map(|m| Argument { entity: m.entity, span: m.span });
        }
        verb = tree.head(verb)?;
    }
    None
}

/// “…,” Ann Lee, the mayor of Bergen, told us: the first noun phrase of the words from `from` to the
/// cue.
pub(super) fn first_named(reading: &Reading, tree: &Tree, from: TokenId, verb: TokenId) -> Option<Speaker> {
    let head = (from.0..verb.0)
        .map(TokenId)
        .find(|t| matches!(reading.upos(*t), Upos::Propn | Upos::Noun | Upos::Pron))?;
    // The head of "Bergen mayor Ann Lee" is its last word.
    let mut last = head;
    while last.0 + 1 < verb.0 && matches!(reading.upos(TokenId(last.0 + 1)), Upos::Propn | Upos::Noun) {
        last = TokenId(last.0 + 1);
    }
    Some(phrase(reading, tree, last, verb))
}

/// True for what belongs to a name or a description: not a relative clause, not a remark.
fn is_part(tree: &Tree, child: TokenId) -> bool {
    matches!(
        tree.dep(child),
        Deprel::Det
            | Deprel::DetPredet
            | Deprel::Amod
            | Deprel::Compound
            | Deprel::Nmod
            | Deprel::NmodPoss
            | Deprel::NmodDesc
            | Deprel::NmodUnmarked
            | Deprel::Nummod
            | Deprel::Flat
            | Deprel::Fixed
            | Deprel::Appos
            | Deprel::Conj
            | Deprel::Cc
            | Deprel::Case
            | Deprel::Goeswith
            | Deprel::Advmod
            | Deprel::List
    )
}

/// The speaker named by a possessive or an "of" or "by" phrase of a noun: "his claim", "the view of
/// many voters".
pub(super) fn of_noun(reading: &Reading, tree: &Tree, noun: TokenId) -> Option<Speaker> {
    let owner = tree.child(noun, Deprel::NmodPoss).or_else(|| {
        tree.children_by(noun, Deprel::Nmod).find(|c| {
            tree.child(*c, Deprel::Case)
                .is_some_and(|k| matches!(tree.lemma(k), "of" | "by" | "from" | "among"))
        })
    });
    if let Some(owner) = owner {
        return Some(phrase(reading, tree, owner, noun));
    }
    // "reached the conclusion that": the court's.
    let verb = tree.head(noun).filter(|v| *v < noun && WORD_GIVERS.has(tree.lemma(*v)))?;
    let given = matches!(tree.dep(noun), Deprel::Obj | Deprel::Obl) && !is_passive(tree, verb);
    if given { of_verb(reading, tree, &super::cue::any(reading, verb)) } else { None }
}
