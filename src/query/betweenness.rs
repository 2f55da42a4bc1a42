//! Who stands between the others: on how many of the shortest chains from each node to each other.
//!
//! In: [`Ties`]. Out: one number a node, as Freeman defined it and Brandes (2001) computes it: for every
//! pair of other nodes, the share of their shortest chains that lead through this one, all added up;
//! not divided by anything. By default edges are walked either way, as `path` walks them.
//!
//! One search a node: the time grows as nodes times edges. The searches are spread over the threads in
//! a fixed number of parts and added up in order, so that any number of threads gives the same bits.
//! With [`Betweenness::sample`] only some nodes are searched from, and the sums are scaled (Brandes and
//! Pich 2007): an estimate.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::dice::Dice;
use super::ties::{Rows, Ties};

/// The searches are added up in so many parts, whatever the number of threads.
const PARTS: usize = 32;

/// The length of a step of weight 1, where weights count: the least number that 1 to 24 divide, so that
/// 1/2 + 1/2 is exactly 1 and ties of lengths are no matter of rounding.
const STEP: f64 = 5_354_228_880.0;

/// A node that no search has reached.
const FAR: u64 = u64::MAX;

/// How betweenness is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Betweenness {
    /// Walk edges only the way they point.
    pub directed: bool,
    /// A step is the shorter the more evidence it has: its length is one over its weight.
    pub weighted: bool,
    /// Search from so many nodes only, chosen without favour: an estimate. `None` for all.
    pub sample: Option<usize>,
}

impl Betweenness {
    /// The betweenness of every node.
    ///
    /// ```
    /// use demarche::query::{Betweenness, Tie, Ties};
    /// let tie = |from, to| Tie { from, to, weight: 1.0, symmetric: false };
    /// let line = Ties::new(4, &[tie(0, 1), tie(1, 2), tie(3, 2)]);
    /// assert_eq!(Betweenness::default().of(&line), [0.0, 2.0, 2.0, 0.0]);
    /// ```
    #[must_use]
    pub fn of(self, ties: &Ties) -> Vec<f64> {
        let (out, back) =
            if self.directed { (&ties.forward, &ties.backward) } else { (&ties.both, &ties.both) };
        let mut starts: Vec<usize> = (0..ties.count).collect();
        let mut scale = if self.directed { 1.0 } else { 0.5 };
        if let Some(sample) = self.sample.filter(|sample| *sample < ties.count) {
            Dice::new(ties.count as u64).shuffle(&mut starts);
            starts.truncate(sample.max(1));
            scale *= ties.count as f64 / starts.len() as f64;
        }
        // Nothing lies behind a node without arcs.
        starts.retain(|start| !out.of(*start).is_empty());
        let part = |part: usize| {
            let mut search = Search::new(ties.count);
            for start in starts.iter().skip(part).step_by(PARTS) {
                if self.weighted {
                    search.far(out, *start)
                } else {
                    search.wide(out, *start)
                }
                search.gather(back, *start, self.weighted);
            }
            search.between
        };
        let parts: Vec<Vec<f64>> = (0..PARTS.min(starts.len())).into_par_iter().map(part).collect();
        let mut between = vec![0.0; ties.count];
        for part in &parts {
            for (sum, value) in between.iter_mut().zip(part) {
                *sum += value;
            }
        }
        between.iter_mut().for_each(|value| *value *= scale);
        between
    }
}

/// The length of a step.
fn length(weight: f64, weighted: bool) -> u64 {
    // At least 1: a chain must grow with every step. `as` stops at the greatest number.
    if weighted { ((STEP / weight).round() as u64).max(1) } else { 1 }
}

/// What one search needs, kept from search to search.
struct Search {
    /// How far each node is.
    distance: Vec<u64>,
    /// How many shortest chains lead to it.
    chains: Vec<f64>,
    /// What stands behind it.
    behind: Vec<f64>,
    /// The nodes reached, the nearest first.
    order: Vec<usize>,
    heap: BinaryHeap<Reverse<(u64, usize)>>,
    between: Vec<f64>,
}

impl Search {
    fn new(count: usize) -> Search {
        Search {
            distance: vec![FAR; count],
            chains: vec![0.0; count],
            behind: vec![0.0; count],
            order: Vec::with_capacity(count),
            heap: BinaryHeap::new(),
            between: vec![0.0; count],
        }
    }

    fn begin(&mut self, start: usize) {
        for node in self.order.drain(..) {
            self.distance[node] = FAR;
            self.chains[node] = 0.0;
            self.behind[node] = 0.0;
        }
        self.distance[start] = 0;
        self.chains[start] = 1.0;
    }

    /// Finds the nodes ring by ring: all steps are equally long.
    fn wide(&mut self, out: &Rows, start: usize) {
        self.begin(start);
        self.order.push(start);
        let mut at = 0;
        while let Some(node) = self.order.get(at).copied() {
            at += 1;
            let next = self.distance[node] + 1;
            for (other, _) in out.of(node) {
                if self.distance[*other] == FAR {
                    self.distance[*other] = next;
                    self.order.push(*other);
                }
                if self.distance[*other] == next {
                    self.chains[*other] += self.chains[node];
                }
            }
        }
    }

    /// Finds the nodes by the length of the way (Dijkstra).
    fn far(&mut self, out: &Rows, start: usize) {
        self.begin(start);
        self.heap.push(Reverse((0, start)));
        while let Some(Reverse((distance, node))) = self.heap.pop() {
            // Pushed once for every shorter way that was found: only the last counts, and only once.
            if distance > self.distance[node] {
                continue;
            }
            self.order.push(node);
            for (other, weight) in out.of(node) {
                let next = distance.saturating_add(length(*weight, true));
                if next < self.distance[*other] {
                    self.distance[*other] = next;
                    self.chains[*other] = 0.0;
                    self.heap.push(Reverse((next, *other)));
                }
                if next == self.distance[*other] {
                    self.chains[*other] += self.chains[node];
                }
            }
        }
    }

    /// Walks back from the farthest node and hands on what stands behind each.
    fn gather(&mut self, back: &Rows, start: usize, weighted: bool) {
        for at in (1..self.order.len()).rev() {
            let node = self.order[at];
            let share = (1.0 + self.behind[node]) / self.chains[node];
            for (before, weight) in back.of(node) {
                let distance = self.distance[*before];
                if distance != FAR
                    && distance.saturating_add(length(*weight, weighted)) == self.distance[node]
                {
                    self.behind[*before] += self.chains[*before] * share;
                }
            }
            if node != start {
                self.between[node] += self.behind[node];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::ties::tests::ties;

    const DIRECTED: Betweenness = Betweenness { directed: true, weighted: false, sample: None };
    const WEIGHTED: Betweenness = Betweenness { directed: false, weighted: true, sample: None };

    #[test]
    fn values_worked_out_by_hand() {
        // A star: all six pairs of the four others meet in the middle.
        let star = ties(5, &[(0, 1, 1.0), (0, 2, 1.0), (3, 0, 1.0), (4, 0, 1.0)]);
        assert_eq!(Betweenness::default().of(&star), [6.0, 0.0, 0.0, 0.0, 0.0]);
        // The way the edges point, only 3 and 4 reach 1 and 2.
        assert_eq!(DIRECTED.of(&star), [4.0, 0.0, 0.0, 0.0, 0.0]);
        // A square: two ways between opposite corners, half for each.
        let square = ties(4, &[(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0), (3, 0, 1.0)]);
        assert_eq!(Betweenness::default().of(&square), [0.5; 4]);
        // Alone and apart.
        assert_eq!(Betweenness::default().of(&ties(3, &[(0, 1, 1.0)])), [0.0; 3]);
        assert!(Betweenness::default().of(&Ties::default()).is_empty());
    }

    #[test]
    fn much_evidence_makes_a_step_short() {
        // 0–2 directly has length 1; over 1 it has 1/2 + 1/2, the same; over 3 it has 1/3 + 1/3, less.
        let equal = ties(3, &[(0, 2, 1.0), (0, 1, 2.0), (1, 2, 2.0)]);
        assert_eq!(WEIGHTED.of(&equal), [0.0, 0.5, 0.0]);
        let shorter = ties(4, &[(0, 2, 1.0), (0, 1, 2.0), (1, 2, 2.0), (0, 3, 3.0), (3, 2, 3.0)]);
        // 1–3: over 0 or over 2, equally long.
        assert_eq!(WEIGHTED.of(&shorter), [0.5, 0.0, 0.5, 1.0]);
    }

    #[test]
    fn threads_and_samples_do_not_change_what_is_exact() {
        let arcs: Vec<_> =
            (0..400usize).map(|n| ((n * 31 + n * n / 7) % 97, (n * 7) % 89, 1.0 + (n % 5) as f64)).collect();
        let ties = ties(97, &arcs);
        for how in [Betweenness::default(), DIRECTED, WEIGHTED] {
            let one =
                rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap().install(|| how.of(&ties));
            let three =
                rayon::ThreadPoolBuilder::new().num_threads(3).build().unwrap().install(|| how.of(&ties));
            assert_eq!(one, three);
            assert_eq!(Betweenness { sample: Some(97), ..how }.of(&ties), one);
            // Every pair counts once for every step but the first of its shortest chains.
            let estimate = Betweenness { sample: Some(48), ..how }.of(&ties);
            let (all, some): (f64, f64) = (one.iter().sum(), estimate.iter().sum());
            assert!((some / all - 1.0).abs() < 0.3, "{some} for {all}");
        }
    }
}
