//! A noun phrase becomes participants.
//!
//! In: the head of a phrase. Out: the entities that it stands for, one for each conjunct: its own
//! mention, or else its anchor, whoever the phrase leads to: "a U.S. Supreme Court decision" → the
//! court, "Israeli strikes" → Israel, "the offer of Qatar" → Qatar. A phrase that leads to nobody
//! gives nothing.

use super::clause::Found;
use super::scene::Scene;
use crate::entity::{Form, Mention};
use crate::lexicon::Kind;
use crate::lexicon::frame::{Kinds, Place, Role, Shape, Slot};
use crate::lexicon::language::REPORTS;
use crate::relation::Argument;
use crate::syntax::{Deprel, Upos, Xpos};
use crate::text::{Span, TokenId};

crate::word_list!(SPEAKING_FOR, "speaking_for.txt");

/// An argument, and how far it can be trusted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Participant {
    pub(super) argument: Argument,
    pub(super) confidence: f32,
}

/// How deep "members of the party of the president" is followed.
const DEPTH: usize = 3;
/// A conjunction of more participants than this is a list, not an event.
const MOST: usize = 8;

impl Scene<'_> {
    /// The participants that a phrase stands for and that `kinds` takes, in order, each once.
    pub(super) fn participants(&self, found: Found, kinds: Kinds) -> Vec<Participant> {
        let mut all: Vec<Participant> = Vec::new();
        let head = self.bearer(found.token).unwrap_or(found.token);
        all.extend(
            self.coordinated(head, kinds)
                .into_iter()
                .chain(self.of_each(head, kinds))
                .map(|p| Participant { confidence: p.confidence * found.confidence, ..p }),
        );
        if !all.is_empty() {
            return all;
        }
        let conjuncts = self.children(head, &[Deprel::Conj]).filter(|c| !self.is_clause(*c));
        let conjuncts = conjuncts.map(|c| self.bearer(c).unwrap_or(c));
        let beside = self.joined_subjects(head);
        // "Prime ministers Jane Doe of Peru and John Roe of Chile"
        let plural = self.xpos(head) == Xpos::NNS;
        let apposed = self.children(head, &[Deprel::Appos, Deprel::Flat]).filter(|_| plural);
        let apposed = apposed.flat_map(|a| self.children(a, &[Deprel::Conj])).filter(|c| !self.is_clause(*c));
        for token in std::iter::once(head).chain(conjuncts).chain(beside).chain(apposed).take(MOST) {
            if let Some(mut one) = self.participant(token, kinds, DEPTH) {
                one.confidence *= found.confidence;
                let others = self
                    .others(token)
                    .filter(|m| self.takes(m, kinds))
                    .map(|m| Participant { argument: Argument { entity: m.entity, span: m.phrase }, ..one });
                for one in std::iter::once(one).chain(others) {
                    if all.iter().all(|p| p.argument.entity != one.argument.entity) {
                        all.push(one);
                    }
                }
            }
        }
        all
    }

    /// "Czech and Slovak officials": one side for each, though one noun serves both.
    fn coordinated(&self, head: TokenId, kinds: Kinds) -> Vec<Participant> {
        let before = [Deprel::Amod, Deprel::Compound];
        for first in self.children(head, &before).filter(|c| *c < head) {
            let rest = self.children(first, &[Deprel::Conj]).filter(|c| *c < head);
            // "Nigerian and British armed forces": the second may be what the whole is called.
            let whole = |t: &TokenId| *t == first && self.mention(*t).is_some_and(|m| m.end > head);
            let mut sides = self.sides(std::iter::once(first).chain(rest).filter(|t| !whole(t)), kinds);
            if let (true, Some(last)) = (sides.len() > 1, sides.last_mut()) {
                last.argument.span = last.argument.span.cover(self.span(head));
                return sides;
            }
        }
        Vec::new()
    }

    /// "the presidents of Peru and Chile": one for each.
    fn of_each(&self, head: TokenId, kinds: Kinds) -> Vec<Participant> {
        let named = self.mention(head).is_some_and(|m| m.form == Form::Name);
        if self.xpos(head) != Xpos::NNS || named || !SPEAKING_FOR.has(self.tree.lemma(head)) {
            return Vec::new();
        }
        let Some(first) = self.children(head, &[Deprel::Nmod]).find(|n| self.marked_by(*n, &["of"])) else {
            return Vec::new();
        };
        let each = std::iter::once(first).chain(self.children(first, &[Deprel::Conj])).take(MOST);
        let mut sides = self.sides(each, kinds);
        sides.iter_mut().for_each(|s| s.argument.span = self.span(head).cover(s.argument.span));
        if sides.len() > 1 { sides } else { Vec::new() }
    }

    /// Those named by conjuncts that share a noun, each once.
    fn sides(&self, tokens: impl Iterator<Item = TokenId>, kinds: Kinds) -> Vec<Participant> {
        let mut sides: Vec<Participant> = Vec::new();
        for mention in tokens.filter_map(|t| self.mention(t)).filter(|m| self.takes(m, kinds)) {
            if sides.iter().all(|s| s.argument.entity != mention.entity) {
                let argument = Argument { entity: mention.entity, span: mention.phrase };
                sides.push(Participant { argument, confidence: 0.85 });
            }
        }
        sides
    }

    /// "South Korean Foreign Minister Chung Eui-yong", read as if the country were its head: the person.
    /// "Department of State Counselor Jane Doe", read as if the department were.
    fn bearer(&self, token: TokenId) -> Option<TokenId> {
        let mention = self.mention(token)?;
        let entity = self.entities.entities.get(mention.entity.at())?;
        let inside = match entity.kind {
            Kind::Country => mention.form == Form::Nominal,
            kind => kind == Kind::Organization,
        };
        let bearer = self.titled(token).filter(|b| inside && b.first >= mention.end)?;
        (bearer.form == Form::Name).then_some(bearer.head)
    }

    /// A conjunct with its own subject or verb is no participant.
    fn is_clause(&self, token: TokenId) -> bool {
        matches!(self.upos(token), Upos::Verb | Upos::Aux) || self.has(token, &[Deprel::Nsubj, Deprel::Cop])
    }

    fn participant(&self, token: TokenId, kinds: Kinds, depth: usize) -> Option<Participant> {
        if let Some(mention) = self.mention(token)
            && self.takes(mention, kinds)
        {
            // "his counterpart, Jane Doe": the name says more than the description.
            let named = |c: TokenId| self.mention(c).filter(|m| m.form == Form::Name && self.takes(m, kinds));
            let behind = self.children(token, &[Deprel::Appos]).filter(|c| *c > token);
            let name = behind.into_iter().find_map(named);
            let mention = name.filter(|_| mention.form == Form::Nominal).unwrap_or(mention);
            let span = mention.phrase.cover(self.whose(token, mention));
            let argument = Argument { entity: mention.entity, span };
            return Some(Participant { argument, confidence: 1.0 });
        }
        self.anchor(token, kinds, depth)
    }

    /// "leaders *of the African Union*", "people *in Kenya and Somalia*": the words that say which ones,
    /// where they follow at once.
    fn whose(&self, token: TokenId, mention: &Mention) -> Span {
        let mut span = mention.span;
        if mention.form != Form::Nominal {
            return span;
        }
        let marks = ["of", "from", "in", "at", "near", "for"];
        let next = self.children(token, &[Deprel::Nmod]).find(|c| *c > token && self.marked_by(*c, &marks));
        let Some(next) = next.filter(|c| c.0 - token.0 <= 6) else { return span };
        for part in std::iter::once(next).chain(self.children(next, &[Deprel::Conj])) {
            span = self.mention(part).map_or(span, |other| span.cover(other.phrase));
        }
        span
    }

    fn takes(&self, mention: &Mention, kinds: Kinds) -> bool {
        let Some(entity) = self.entities.entities.get(mention.entity.at()) else { return false };
        let kind = match entity.kind {
            Kind::Person => 0,
            Kind::Country => 1,
            Kind::Organization => 2,
            Kind::Place => 3,
            Kind::Group => 4,
            Kind::Other => 5,
        };
        kinds.has(kind)
    }

    /// Whom a phrase without a mention of its own leads to.
    fn anchor(&self, token: TokenId, kinds: Kinds, depth: usize) -> Option<Participant> {
        let depth = depth.checked_sub(1)?;
        if matches!(self.upos(token), Upos::Pron | Upos::Verb | Upos::Adv) {
            return None;
        }
        // "America's top diplomat, Antony Blinken": the name itself.
        let mut named =
            self.children(token, &[Deprel::Appos, Deprel::Flat]).filter(|c| self.mention(*c).is_some());
        if let Some(named) = named.find_map(|c| self.participant(c, kinds, depth)) {
            return Some(named);
        }
        let owners = [Deprel::NmodPoss, Deprel::Compound, Deprel::Amod];
        // The nearest modifier says most: "a former Russian Navy officer".
        let mut before: Vec<TokenId> = self.children(token, &owners).filter(|c| *c < token).collect();
        before.reverse();
        let own = before.iter().find_map(|c| self.participant(*c, kinds, depth).map(|p| (p, 0.85)));
        let of = || {
            // "Reports out of Burma": whoever reports, it is not Burma.
            let report = REPORTS.has(self.tree.lemma(token));
            let marks: &[&str] = if report { &["by"] } else { self.owner_marks(token) };
            let mut behind = self.children(token, &[Deprel::Nmod]).filter(|c| self.marked_by(*c, marks));
            behind.find_map(|c| self.participant(c, kinds, depth).map(|p| (p, 0.8)))
        };
        let (mut found, factor) = own.or_else(of)?;
        found.confidence *= factor;
        // The words that were meant are the phrase: "Israeli strikes".
        found.argument.span = found.argument.span.cover(self.span(token));
        Some(found)
    }

    /// Which words may stand before the owner of a noun: "the mayor in Kabul", but the place of an attack and the
    /// victim of a killing own neither.
    fn owner_marks(&self, noun: TokenId) -> &'static [&'static str] {
        let mut event = false;
        for frame in
            self.lexicon.frames.triggered_by(self.tree.lemma(noun)).filter(|f| f.shape == Shape::Noun)
        {
            event = true;
            let of = |s: &Slot| matches!(&s.place, Place::Marked(m) if m.iter().any(|m| m == "of"));
            if frame.slot(Role::Object).is_some_and(of) {
                return &["from", "by"];
            }
        }
        if event { &["of", "from", "by"] } else { &["of", "from", "by", "in"] }
    }
}
