//! Is it so, not so, planned, possible? What the words around a trigger say.
//!
//! In: a trigger of a [`Scene`]. Out: its polarity and modality: "did not meet" is negated, "plans to
//! meet" is planned, "may have met" is possible, "if they meet" is hypothetical. The words that colour
//! are lists in `data/language`. What a frame's CONTENT adds is decided where relations are nested.

use super::scene::{MAX_DEPTH, Scene};
use crate::document::ZoneKind;
use crate::lexicon::language::PERFORMATIVES;
use crate::relation::{Modality, Polarity};
use crate::syntax::{Deprel, Upos, Xpos};
use crate::text::TokenId;

crate::word_list!(pub(super) GOVERNORS, "governors.txt");
crate::word_list!(AUXILIARIES, "auxiliaries.txt");
crate::word_list!(NEGATIONS, "negations.txt");
crate::word_list!(CONDITIONS, "conditions.txt");
crate::word_list!(HEARSAY, "hearsay.txt");
crate::word_list!(FOUNDING, "founding.txt");
crate::word_list!(WANTED_FOR, "wanted_for.txt");

/// Polarity and modality.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Factuality {
    pub(super) polarity: Polarity,
    pub(super) modality: Modality,
}

impl Factuality {
    /// Adds a colour: the first modality stays, a negation turns round.
    fn colour(&mut self, name: &str) {
        let modality = match name {
            "negated" => {
                self.negate();
                return;
            }
            "planned" => Modality::Planned,
            "possible" => Modality::Possible,
            "obliged" => Modality::Obliged,
            "asked" => Modality::Asked,
            "alleged" => Modality::Alleged,
            "hypothetical" => Modality::Hypothetical,
            _ => return,
        };
        if self.modality == Modality::Asserted {
            self.modality = modality;
        }
    }

    fn negate(&mut self) {
        self.polarity = match self.polarity {
            Polarity::Affirmed => Polarity::Negated,
            Polarity::Negated => Polarity::Affirmed,
        };
    }
}

impl Scene<'_> {
    /// Reads polarity and modality of a trigger, up to the `content` in which it stands, whose frame
    /// says the rest.
    pub(super) fn factuality(&self, trigger: TokenId, content: Option<TokenId>) -> Factuality {
        let mut facts = Factuality::default();
        let mut at = trigger;
        for _ in 0..MAX_DEPTH {
            self.colour_by_children(at, &mut facts);
            if Some(at) == content {
                break;
            }
            if self.is_presupposed(at) {
                break;
            }
            let Some(head) = self.head(at) else { break };
            if let Some(colour) = self.obliged_by(at, head) {
                facts.colour(colour);
                break;
            }
            match self.dep(at) {
                // The governor of an infinitive or gerund: "refused to meet", "is set to visit".
                Deprel::Xcomp | Deprel::Ccomp | Deprel::Advcl | Deprel::Acl
                    if !self.has_own_subject(at) && !self.is_reason(at) =>
                {
                    // "could not help blaming": blamed.
                    if self.tree.lemma(head) == "help" && self.xpos(at) == Xpos::VBG {
                        break;
                    }
                    if self.performs(head, at) {
                        break;
                    }
                    // "has yet to recognize"
                    let yet = self.is(head, "have")
                        && self.children(head, &[Deprel::Advmod]).any(|a| self.is(a, "yet"));
                    if let Some(colour) = GOVERNORS.get(&self.tree.lemma(head).to_lowercase())
                        && !self.was_taken(head)
                        && self.governs(head, at, colour)
                    {
                        facts.colour(if yet { "negated" } else { colour });
                    }
                    if self.dep(at) == Deprel::Advcl {
                        break;
                    }
                    // "is launching a task force to freeze assets"
                    if self.dep(at) == Deprel::Acl && self.is_founded(head) && self.marked_by(at, &["to"]) {
                        facts.colour("planned");
                    }
                }
                Deprel::Advcl if self.marked_by(at, &["to"]) && self.founds(head) => facts.colour("planned"),
                Deprel::Conj if self.is_verbal(at) => {
                    // "will meet and sign": the auxiliary counts for both; a new subject ends it, as does a new
                    // tense: "did not meet but said".
                    let tensed = matches!(self.xpos(at), Xpos::VBD | Xpos::VBZ | Xpos::VBP);
                    let bare = self.xpos(head) == Xpos::VB && self.has(head, &[Deprel::Aux]);
                    if self.has_own_subject(at) || self.has(at, &[Deprel::Aux]) || tensed && bare {
                        break;
                    }
                    self.colour_by_auxiliaries(head, &mut facts);
                    at = head;
                    continue;
                }
                // A noun takes the colour of its verb: "imposed no sanctions", "cancelled talks".
                Deprel::Obj | Deprel::NsubjPass | Deprel::Nsubj | Deprel::Obl if self.is_event_noun(at) => {
                    // "rejected Spain's demand": the demand was made.
                    let by = self.children(at, &[Deprel::Nmod]).any(|n| self.marked_by(n, &["by"]));
                    let others =
                        by || self.children(at, &[Deprel::NmodPoss]).any(|p| self.xpos(p) != Xpos::PRPS);
                    let object = self.dep(at) != Deprel::Nsubj && self.dep(at) != Deprel::Obl && !others;
                    // "had a chance to go" is no duty.
                    let object = object && !self.is(head, "have");
                    if let Some(colour) = GOVERNORS.get(self.tree.lemma(head)).filter(|_| object) {
                        facts.colour(colour);
                    }
                    if !others && self.dep(at) == Deprel::Obl && self.is_wanted(head, at) {
                        facts.colour("asked");
                    }
                }
                // "will travel there to sign": what is planned has a planned purpose.
                Deprel::Advcl if self.markers(at).any(|m| self.is(m, "to")) && !self.has_own_subject(at) => {
                    self.colour_by_auxiliaries(head, &mut facts);
                }
                // "will cordon off the city, conducting raids", "plans to rule after killing him"
                Deprel::Advcl if self.xpos(at) == Xpos::VBG && !self.has_own_subject(at) => {
                    self.colour_by_auxiliaries(head, &mut facts);
                    // "is planning to pay, working with Peru"
                    let planned = |up: &TokenId| GOVERNORS.get(self.tree.lemma(*up)) == Some("planned");
                    let infinitive = self.markers(head).any(|m| self.is(m, "to"));
                    if infinitive && self.head(head).is_some_and(|up| planned(&up)) {
                        facts.colour("planned");
                    }
                    break;
                }
                // "it is vital that they cooperate"
                Deprel::Ccomp | Deprel::Csubj if self.upos(head) == Upos::Adj => {
                    if let Some(colour) = GOVERNORS.get(self.tree.lemma(head)).filter(|c| *c == "obliged") {
                        facts.colour(colour);
                    }
                    break;
                }
                _ => break,
            }
            at = head;
        }
        if matches!(facts.modality, Modality::Asserted | Modality::Planned) && self.is_open_question(trigger)
        {
            facts.modality = Modality::Hypothetical;
        }
        if facts.modality == Modality::Asserted && self.is_scheduled(trigger) {
            facts.modality = Modality::Planned;
        }
        let headline = self.zone == ZoneKind::Title && facts.modality == Modality::Asserted;
        // "Secretary Doe's Travel to Kenya" is announced.
        let trip = self.tree.lemma(trigger) == "travel" && self.is_event_noun(trigger);
        if headline && (trip || self.is_bare_infinitive(trigger)) {
            facts.modality = Modality::Planned;
        }
        facts
    }

    fn has_own_subject(&self, verb: TokenId) -> bool {
        self.has(verb, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::NsubjOuter])
    }

    /// "went there to meet": the infinitive tells a purpose.
    /// But "plans on leaving", "is aimed at convincing" say what is planned.
    fn is_reason(&self, verb: TokenId) -> bool {
        let governed = |m: TokenId| ["from", "of", "on", "at"].iter().any(|w| self.is(m, w));
        self.dep(verb) == Deprel::Advcl && !self.markers(verb).any(governed)
    }

    /// "is obliged by the treaty *to aid*": what a passive asks for, though a phrase stands between, on which or
    /// after which the tree hangs it.
    fn obliged_by(&self, infinitive: TokenId, head: TokenId) -> Option<&'static str> {
        let beside = match self.dep(infinitive) {
            Deprel::Acl => {
                matches!(self.dep(head), Deprel::Obl | Deprel::OblAgent)
                    && !GOVERNORS.has(&self.tree.lemma(head).to_lowercase())
            }
            Deprel::Advcl => true,
            _ => false,
        };
        let verb = if self.dep(infinitive) == Deprel::Acl { self.head(head)? } else { head };
        let to = self.markers(infinitive).any(|m| self.is(m, "to")) && !self.has_own_subject(infinitive);
        let colour = GOVERNORS.get(&self.tree.lemma(verb).to_lowercase())?;
        let asks = beside && to && self.is_passive(verb) && matches!(colour, "obliged" | "asked" | "planned");
        asks.then_some(colour)
    }

    /// "I want to thank", "we would like to congratulate": who says so does it.
    fn performs(&self, head: TokenId, verb: TokenId) -> bool {
        let wish = ["want", "like", "wish", "let"].iter().any(|w| self.is(head, w));
        let mine =
            || self.children(head, &[Deprel::Nsubj]).any(|s| matches!(self.word(s), "I" | "we" | "We"));
        wish && PERFORMATIVES.has(&self.tree.lemma(verb).to_lowercase()) && mine()
    }

    /// "has had a chance to meet him", "later had the chance": it was taken.
    fn was_taken(&self, noun: TokenId) -> bool {
        let the = self.children(noun, &[Deprel::Det]).any(|d| self.is(d, "the"));
        let past = |v: TokenId| self.xpos(v) == Xpos::VBN || the && self.xpos(v) == Xpos::VBD;
        let taken = |v: TokenId| self.is(v, "have") && past(v);
        matches!(self.tree.lemma(noun), "chance" | "opportunity")
            && self.dep(noun) == Deprel::Obj
            && self.head(noun).is_some_and(taken)
    }

    /// "called for the withdrawal of troops"
    fn is_wanted(&self, verb: TokenId, noun: TokenId) -> bool {
        WANTED_FOR.has(self.tree.lemma(verb)) && self.marked_by(noun, &["for"])
    }

    /// "is launching a task force": its purpose is still to be reached.
    fn founds(&self, verb: TokenId) -> bool {
        FOUNDING.has(self.tree.lemma(verb)) && self.has(verb, &[Deprel::Obj])
    }

    fn is_founded(&self, thing: TokenId) -> bool {
        self.dep(thing) == Deprel::Obj && self.head(thing).is_some_and(|v| self.founds(v))
    }

    fn is_event_noun(&self, token: TokenId) -> bool {
        self.upos(token) == Upos::Noun && self.mention(token).is_none()
    }

    /// "have" obliges only in "have to", "go" plans only in "going to".
    fn governs(&self, head: TokenId, verb: TokenId, colour: &str) -> bool {
        let infinitive = self.markers(verb).any(|m| self.is(m, "to"));
        match (self.tree.lemma(head), colour) {
            // "is to hold talks", "has to go"
            ("be" | "have" | "need" | "require", _) => infinitive,
            ("go", _) => infinitive && self.xpos(head) == Xpos::VBG,
            ("look", _) => infinitive,
            ("try" | "attempt" | "decide" | "set" | "stop" | "mobilize" | "mobilise", "planned") => {
                infinitive
            }
            ("determine", _) => infinitive && self.xpos(head) == Xpos::VBN,
            // "charged with selling arms", "blamed for causing deaths"
            ("charge" | "blame", _) => !infinitive,
            // "is said to have left", "claims to have won"
            ("say" | "report" | "think" | "understand" | "know" | "rumor", _) => {
                infinitive && self.is_passive(head)
            }
            ("believe" | "claim" | "about", _) => infinitive,
            ("stop", _) => !infinitive,
            _ => true,
        }
    }

    fn colour_by_children(&self, token: TokenId, facts: &mut Factuality) {
        self.colour_by_auxiliaries(token, facts);
        for child in self.tree.children(token).iter().copied() {
            let word = self.word(child).to_lowercase();
            match self.dep(child) {
                Deprel::Advmod | Deprel::Cc | Deprel::Det | Deprel::Mark | Deprel::Case => {
                    if NEGATIONS.has(&word) {
                        facts.negate();
                    }
                    // "agreed on how to help"
                    let infinitive = || self.children(token, &[Deprel::Mark]).any(|m| self.is(m, "to"));
                    if matches!(word.as_str(), "how" | "whether" | "when") && infinitive() {
                        facts.colour("planned");
                    }
                    // "until it condemns" is open; "until it fell" is past.
                    let open = matches!(self.xpos(token), Xpos::VBZ | Xpos::VBP) && word == "until";
                    if CONDITIONS.has(&word) || open {
                        facts.colour("hypothetical");
                    }
                    if let Some(colour) = HEARSAY.get(&word) {
                        facts.colour(colour);
                    }
                }
                // "no one met", "nobody was arrested", "signed no deal"
                Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj if self.is_verbal(token) => {
                    let no = self
                        .children(child, &[Deprel::Det, Deprel::CcPreconj, Deprel::Cc])
                        .any(|d| self.is(d, "no") || self.is(d, "neither"));
                    // "No country but Oman": Oman did.
                    if (no || NEGATIONS.has(&word)) && self.exception(child, token).is_none() {
                        facts.negate();
                    }
                }
                _ => {}
            }
        }
    }

    fn colour_by_auxiliaries(&self, token: TokenId, facts: &mut Factuality) {
        // "I'd note that", "I will say that": noted, said.
        let mine = || self.children(token, &[Deprel::Nsubj]).any(|s| self.word(s) == "I");
        if PERFORMATIVES.has(self.tree.lemma(token)) && mine() {
            return;
        }
        // "Iran is to hold talks"
        let be = self.children(token, &[Deprel::Aux, Deprel::Cop]).find(|c| self.is(*c, "be"));
        let to = |b: TokenId| {
            self.children(token, &[Deprel::Mark, Deprel::Aux]).any(|t| t > b && self.is(t, "to"))
        };
        if self.xpos(token) == Xpos::VB && be.is_some_and(to) {
            facts.colour("planned");
        }
        let auxiliaries = || self.children(token, &[Deprel::Aux, Deprel::AuxPass]);
        let would = auxiliaries().any(|a| self.is(a, "would") || self.is(a, "could") || self.is(a, "might"));
        // "would have sanctioned": it did not. "Should Iran attack": if.
        let subject = self.children(token, &[Deprel::Nsubj, Deprel::NsubjPass]).next();
        let inverted = auxiliaries().any(|a| {
            subject.is_some_and(|s| a < s) && (self.is(a, "should") || self.is(a, "had")) && !self.asks(token)
        });
        if would && auxiliaries().any(|a| self.is(a, "have")) || inverted {
            facts.colour("hypothetical");
        }
        for aux in auxiliaries() {
            let word = self.word(aux).to_lowercase();
            let lemma = self.tree.lemma(aux);
            if let Some(colour) = AUXILIARIES.get(&word).or_else(|| AUXILIARIES.get(lemma)) {
                facts.colour(colour);
            }
        }
    }

    /// "Should Iran act?"
    fn asks(&self, token: TokenId) -> bool {
        self.tree.children(token).iter().any(|c| self.is(*c, "?"))
    }

    /// "Biden to visit Seoul", "Minister to be arrested".
    fn is_bare_infinitive(&self, verb: TokenId) -> bool {
        let to = self.children(verb, &[Deprel::Mark, Deprel::Aux]).any(|m| self.is(m, "to"));
        to && !matches!(self.dep(verb), Deprel::Xcomp | Deprel::Ccomp)
            && self.head(verb).is_none_or(|head| !self.is_verbal(head))
    }
}
