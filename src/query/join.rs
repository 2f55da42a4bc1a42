//! Several edges that hang together: the search behind the arrows and behind `MATCH`.
//!
//! In: a [`Shape`] (ends, and steps between them) and an [`Index`]. Out: every [`Match`], one call each,
//! in a fixed order. The search begins with the step that the fewest edges can be, goes on with steps
//! that touch what is bound already, and never makes a full cross product of two steps that share an
//! end. No edge serves twice in one match. Work is bounded: a [`Budget`] counts the edges looked at.

use std::cell::Cell;

use smallvec::SmallVec;

use super::index::{Classes, Index, NOBODY};

/// A yes-or-no question about the number of a node or an edge.
pub(super) type Test<'q> = Box<dyn Fn(u32) -> bool + 'q>;

/// A place for a node.
#[derive(Default)]
pub(super) struct End<'q> {
    /// Only these, sorted.
    pub only: Option<Vec<u32>>,
    /// Whatever else it must be.
    pub test: Option<Test<'q>>,
    /// May stay unnamed: "Two men were arrested."
    pub nobody: bool,
}

/// A place for an edge, or for a chain of them.
pub(super) struct Step<'q> {
    /// The end before.
    pub from: usize,
    /// The end behind.
    pub to: usize,
    /// May run the other way too.
    pub either: bool,
    /// A symmetric edge is answered from both ends.
    pub turns: bool,
    /// What its edges may be.
    pub classes: Classes,
    /// Whatever else they must be.
    pub test: Option<Test<'q>>,
    /// A chain of so many edges at least and at most.
    pub hops: Option<(u32, u32)>,
}

/// Ends and the steps between them.
#[derive(Default)]
pub(super) struct Shape<'q> {
    pub ends: Vec<End<'q>>,
    pub steps: Vec<Step<'q>>,
}

/// An edge as it is walked: `turned` if from its object to its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Walked {
    pub edge: u32,
    pub turned: bool,
}

/// What has been found: a node for each end, edges for each step.
#[derive(Clone, Debug, Default)]
pub(super) struct Match {
    pub ends: Vec<Option<u32>>,
    pub edges: Vec<SmallVec<[Walked; 1]>>,
}

impl Match {
    fn uses(&self, edge: u32) -> bool {
        self.edges.iter().flatten().any(|walked| walked.edge == edge)
    }
}

/// How many edges may still be looked at.
#[derive(Debug)]
pub(super) struct Budget {
    left: Cell<u64>,
}

impl Budget {
    pub(super) fn new(edges: u64) -> Self {
        Budget { left: Cell::new(edges) }
    }

    /// True if one more may be looked at.
    pub(super) fn spend(&self) -> bool {
        self.left.set(self.left.get().saturating_sub(1));
        self.left.get() > 0
    }

    pub(super) fn is_spent(&self) -> bool {
        self.left.get() == 0
    }
}

/// One move of the search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    /// Tries every node for an end.
    Node(usize),
    /// Tries every edge for a step.
    Edge(usize),
    /// Follows a step from its bound end, side 0 or 1.
    Follow(usize, usize),
}

/// The moves in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub moves: Vec<Move>,
}

impl Plan {
    /// Chooses the order for a shape of which some ends are bound.
    pub(super) fn of(shape: &Shape<'_>, index: &Index<'_>, bound: &[bool]) -> Plan {
        let mut bound = bound.to_vec();
        bound.resize(shape.ends.len(), false);
        let mut open: Vec<usize> = (0..shape.steps.len()).collect();
        let mut moves = Vec::new();
        while !open.is_empty() {
            let touching = open
                .iter()
                .enumerate()
                .filter(|(_, step)| shape.steps.get(**step).is_some_and(|s| bound[s.from] || bound[s.to]));
            let cost = |step: &usize| {
                let Some(step) = shape.steps.get(*step) else { return (2, usize::MAX) };
                let closed = bound[step.from] && bound[step.to];
                let edges = step.classes.edges.saturating_pow(step.hops.map_or(1, |(_, most)| most.min(3)));
                (u8::from(!closed), edges)
            };
            if let Some((place, step)) = touching.min_by_key(|(_, step)| cost(step)).map(|(p, s)| (p, *s)) {
                open.remove(place);
                let Some(s) = shape.steps.get(step) else { continue };
                moves.push(Move::Follow(step, usize::from(!bound[s.from])));
                (bound[s.from], bound[s.to]) = (true, true);
                continue;
            }
            // Nothing is bound: begin where the fewest edges can be.
            let starts = open.iter().flat_map(|step| starts(shape, index, *step));
            let Some((_, start)) = starts.min_by_key(|(cost, _)| *cost) else { break };
            moves.push(start);
            match start {
                Move::Node(end) => bound[end] = true,
                Move::Edge(step) | Move::Follow(step, _) => {
                    open.retain(|other| *other != step);
                    if let Some(s) = shape.steps.get(step) {
                        (bound[s.from], bound[s.to]) = (true, true);
                    }
                }
            }
        }
        let touched: Vec<bool> = bound;
        moves.extend((0..shape.ends.len()).filter(|end| !touched[*end]).map(Move::Node));
        Plan { moves }
    }

    /// Which ends and steps are bound once a move is done.
    pub(super) fn bound_after(&self, shape: &Shape<'_>, depth: usize) -> (Vec<usize>, Vec<usize>) {
        let (mut ends, mut steps) = (Vec::new(), Vec::new());
        for one in self.moves.iter().take(depth + 1) {
            match *one {
                Move::Node(end) => ends.push(end),
                Move::Edge(step) | Move::Follow(step, _) => {
                    steps.push(step);
                    ends.extend(shape.steps.get(step).into_iter().flat_map(|s| [s.from, s.to]));
                }
            }
        }
        (ends, steps)
    }
}

/// The ways to begin with a step, and what each costs.
fn starts(shape: &Shape<'_>, index: &Index<'_>, step: usize) -> Vec<(usize, Move)> {
    let Some(s) = shape.steps.get(step) else { return Vec::new() };
    let mut found = Vec::new();
    for (side, end) in [(0, s.from), (1, s.to)] {
        if let Some(only) = shape.ends.get(end).and_then(|end| end.only.as_ref()) {
            let both = s.either || s.turns;
            let at =
                |node: &u32| index.degree(*node, side) + if both { index.degree(*node, 1 - side) } else { 0 };
            let edges = only.iter().map(at).sum::<usize>().min(s.classes.edges);
            found.push((only.len() + edges, Move::Node(end)));
        }
    }
    match s.hops {
        None => found.push((s.classes.edges.saturating_add(1), Move::Edge(step))),
        // A chain begins at a node: every node, if need be.
        Some(_) => found.push((index.nodes() as usize + s.classes.edges, Move::Node(s.from))),
    }
    found
}

/// The search for the matches of a shape.
pub(super) struct Search<'a, 'q, 'g> {
    pub shape: &'a Shape<'q>,
    pub index: &'a Index<'g>,
    pub plan: &'a Plan,
    /// Asked after each move; false gives the way up.
    pub gate: &'a dyn Fn(usize, &Match) -> bool,
}

impl Search<'_, '_, '_> {
    /// Calls `visit` for every match, until it says false or the budget is spent. `found` holds what is
    /// bound before.
    pub(super) fn run(
        &self,
        mut found: Match,
        budget: &Budget,
        visit: &mut dyn FnMut(&Match) -> bool,
    ) -> bool {
        found.ends.resize(self.shape.ends.len(), None);
        found.edges.resize(self.shape.steps.len(), SmallVec::new());
        self.go(0, &mut found, budget, visit)
    }

    /// One move and all that follow; false to stop altogether.
    fn go(
        &self,
        depth: usize,
        found: &mut Match,
        budget: &Budget,
        visit: &mut dyn FnMut(&Match) -> bool,
    ) -> bool {
        let Some(one) = self.plan.moves.get(depth) else { return visit(found) };
        match *one {
            Move::Node(end) => self.try_nodes(end, depth, found, budget, visit),
            Move::Edge(step) => self.try_edges(step, depth, found, budget, visit),
            Move::Follow(step, side) => {
                let Some(s) = self.shape.steps.get(step) else { return true };
                let (near, far) = if side == 0 { (s.from, s.to) } else { (s.to, s.from) };
                let Some(Some(node)) = found.ends.get(near).copied() else { return true };
                if node == NOBODY {
                    return true;
                }
                match s.hops {
                    Some(hops) => {
                        self.chain(Chain { step, side, far, hops, depth }, node, 0, found, budget, visit)
                    }
                    None => self.follow(step, side, node, depth, found, budget, visit),
                }
            }
        }
    }

    fn next(
        &self,
        depth: usize,
        found: &mut Match,
        budget: &Budget,
        visit: &mut dyn FnMut(&Match) -> bool,
    ) -> bool {
        !(self.gate)(depth, found) || self.go(depth + 1, found, budget, visit)
    }

    fn try_nodes(
        &self,
        end: usize,
        depth: usize,
        found: &mut Match,
        budget: &Budget,
        visit: &mut dyn FnMut(&Match) -> bool,
    ) -> bool {
        let Some(place) = self.shape.ends.get(end) else { return true };
        if found.ends.get(end).copied().flatten().is_some() {
            return self.next(depth, found, budget, visit);
        }
        let listed = place.only.as_deref();
        let count = listed.map_or(self.index.nodes(), |only| u32::try_from(only.len()).unwrap_or(u32::MAX));
        for n in 0..count {
            let node = listed.map_or(n, |only| only.get(n as usize).copied().unwrap_or(NOBODY));
            if !budget.spend() {
                return false;
            }
            if !self.admits(end, node) {
                continue;
            }
            found.ends[end] = Some(node);
            let go_on = self.next(depth, found, budget, visit);
            found.ends[end] = None;
            if !go_on {
                return false;
            }
        }
        true
    }

    fn try_edges(
        &self,
        step: usize,
        depth: usize,
        found: &mut Match,
        budget: &Budget,
        visit: &mut dyn FnMut(&Match) -> bool,
    ) -> bool {
        let Some(s) = self.shape.steps.get(step) else { return true };
        for edge in self.index.edges_of(&s.classes) {
            if !budget.spend() {
                return false;
            }
            let [subject, object] = self.index.ends(edge);
            let both = s.either || (s.turns && self.index.is_symmetric(edge));
            let ways = if both && subject != object { 2 } else { 1 };
            let mut asked = None;
            for (turned, from, to) in
                [(false, subject, object), (true, object, subject)].into_iter().take(ways)
            {
                if !self.admits(s.from, from) || !self.admits(s.to, to) || (s.from == s.to && from != to) {
                    continue;
                }
                let fits = *asked.get_or_insert_with(|| {
                    !found.uses(edge) && s.test.as_ref().is_none_or(|test| test(edge))
                });
                if !fits {
                    break;
                }
                found.ends[s.from] = Some(from);
                found.ends[s.to] = Some(to);
                found.edges[step].push(Walked { edge, turned });
                let go_on = self.next(depth, found, budget, visit);
                found.edges[step].clear();
                found.ends[s.from] = None;
                found.ends[s.to] = None;
                if !go_on {
                    return false;
                }
            }
        }
        true
    }

    #[expect(clippy::too_many_arguments, reason = "one level of a recursion")]
    fn follow(
        &self,
        step: usize,
        side: usize,
        node: u32,
        depth: usize,
        found: &mut Match,
        budget: &Budget,
        visit: &mut dyn FnMut(&Match) -> bool,
    ) -> bool {
        let Some(s) = self.shape.steps.get(step) else { return true };
        let far = if side == 0 { s.to } else { s.from };
        let bound = found.ends.get(far).copied().flatten();
        // Both ends are bound: walk from the one with fewer edges.
        if let Some(other) = bound
            && other != NOBODY
            && self.degree(s, other, 1 - side) < self.degree(s, node, side)
        {
            return self.walk(step, 1 - side, other, Some(node), depth, found, budget, visit);
        }
        self.walk(step, side, node, bound, depth, found, budget, visit)
    }

    fn degree(&self, step: &Step<'_>, node: u32, side: usize) -> usize {
        let both = step.either || step.turns;
        self.index.degree(node, side) + if both { self.index.degree(node, 1 - side) } else { 0 }
    }

    #[expect(clippy::too_many_arguments, reason = "one level of a recursion")]
    fn walk(
        &self,
        step: usize,
        side: usize,
        node: u32,
        wanted: Option<u32>,
        depth: usize,
        found: &mut Match,
        budget: &Budget,
        visit: &mut dyn FnMut(&Match) -> bool,
    ) -> bool {
        let Some(s) = self.shape.steps.get(step) else { return true };
        let far = if side == 0 { s.to } else { s.from };
        for (walked, other) in self.steps_from(s, side, node) {
            if !budget.spend() {
                return false;
            }
            let fits = match wanted {
                Some(wanted) => other == wanted,
                None => self.admits(far, other),
            };
            if !fits || found.uses(walked.edge) || s.test.as_ref().is_some_and(|test| !test(walked.edge)) {
                continue;
            }
            let before = found.ends[far];
            if wanted.is_none() {
                found.ends[far] = Some(other);
            }
            found.edges[step].push(walked);
            let go_on = self.next(depth, found, budget, visit);
            found.edges[step].clear();
            found.ends[far] = before;
            if !go_on {
                return false;
            }
        }
        true
    }

    /// The edges of a step that leave a node, seen from the step's side, with the node at their other end.
    fn steps_from<'b>(
        &'b self,
        step: &'b Step<'_>,
        side: usize,
        node: u32,
    ) -> impl Iterator<Item = (Walked, u32)> + 'b {
        let end = |edge: u32, side: usize| self.index.ends(edge)[side];
        let ahead = self.index.edges_at(node, side, &step.classes);
        let ahead = ahead.map(move |edge| (Walked { edge, turned: false }, end(edge, 1 - side)));
        let row = if step.either || step.turns { node } else { NOBODY };
        let back = self.index.edges_at(row, 1 - side, &step.classes).filter(move |edge| {
            end(*edge, 0) != end(*edge, 1) && (step.either || self.index.is_symmetric(*edge))
        });
        ahead.chain(back.map(move |edge| (Walked { edge, turned: true }, end(edge, side))))
    }

    /// A chain of edges from a node, depth first; the matches of a short chain come before its continuations.
    fn chain(
        &self,
        chain: Chain,
        node: u32,
        length: u32,
        found: &mut Match,
        budget: &Budget,
        visit: &mut dyn FnMut(&Match) -> bool,
    ) -> bool {
        let Chain { step, side, far, hops: (least, most), depth } = chain;
        let Some(s) = self.shape.steps.get(step) else { return true };
        if length >= least {
            let bound = found.ends[far];
            let fits = match bound {
                Some(wanted) => wanted == node,
                None => self.admits(far, node),
            };
            if fits {
                found.ends[far] = Some(node);
                if side == 1 {
                    found.edges[step].reverse();
                }
                let go_on = self.next(depth, found, budget, visit);
                if side == 1 {
                    found.edges[step].reverse();
                }
                found.ends[far] = bound;
                if !go_on {
                    return false;
                }
            }
        }
        if length == most {
            return true;
        }
        for (walked, other) in self.steps_from(s, side, node) {
            if !budget.spend() {
                return false;
            }
            if other == NOBODY || found.uses(walked.edge) {
                continue;
            }
            if s.test.as_ref().is_some_and(|test| !test(walked.edge)) {
                continue;
            }
            found.edges[step].push(walked);
            let go_on = self.chain(chain, other, length + 1, found, budget, visit);
            found.edges[step].pop();
            if !go_on {
                return false;
            }
        }
        true
    }

    fn admits(&self, end: usize, node: u32) -> bool {
        let Some(end) = self.shape.ends.get(end) else { return false };
        if node == NOBODY {
            return end.nobody;
        }
        end.only.as_ref().is_none_or(|only| only.binary_search(&node).is_ok())
            && end.test.as_ref().is_none_or(|test| test(node))
    }
}

/// A chain that is being walked.
#[derive(Clone, Copy)]
struct Chain {
    step: usize,
    side: usize,
    far: usize,
    hops: (u32, u32),
    depth: usize,
}
