//! The method of Leiden (Traag, Waltman and van Eck 2019): groups of high modularity, none in pieces.
//!
//! In: undirected, weighted rows, a resolution, a seed. Out: the number of every node's group. Nodes
//! move to the neighbouring group that gains most; each group is then rebuilt from single nodes, so that only
//! what hangs together stays together; the rebuilt groups become the nodes of a smaller graph, and so on
//! until nothing moves. The whole is repeated while modularity grows. Chance comes from the seed only.

use std::collections::VecDeque;

use super::community::modularity;
use super::dice::Dice;
use super::ties::Rows;

/// How much chance there is in rebuilding: a merge that gains this much more is e times as likely.
const RANDOMNESS: f64 = 0.01;

/// The whole is repeated so often at most.
const MOST_ROUNDS: usize = 10;

/// A node is visited so often at most, on average.
const MOST_VISITS: usize = 1_000;

/// A gain below this is none: sums of weights are rounded.
const LEAST_GAIN: f64 = 1e-10;

/// The group of every node, numbered in the order of their first nodes.
pub(super) fn groups(both: &Rows, resolution: f64, seed: u64) -> Vec<usize> {
    let count = both.count();
    let mut dice = Dice::new(seed);
    let mut best: Vec<usize> = (0..count).collect();
    let mut best_value = modularity(both, &best, resolution);
    for _ in 0..MOST_ROUNDS {
        let found = one_by_one(both, round(both, best.clone(), resolution, &mut dice));
        let value = modularity(both, &found, resolution);
        if value <= best_value + LEAST_GAIN {
            break;
        }
        (best, best_value) = (found, value);
    }
    best
}

/// One descent from the nodes to ever smaller graphs, beginning from the given groups.
fn round(both: &Rows, start: Vec<usize>, resolution: f64, dice: &mut Dice) -> Vec<usize> {
    let mut level = Level::of(both, resolution);
    let mut groups = numbered(&start);
    // The node of the level in which every node of the whole lies.
    let mut place: Vec<usize> = (0..level.count).collect();
    loop {
        level.move_nodes(&mut groups, dice);
        let rebuilt = level.rebuild(&groups, dice);
        let found = rebuilt.iter().map(|group| group + 1).max().unwrap_or(0);
        if found == level.count {
            return place.iter().map(|node| groups[*node]).collect();
        }
        let mut next_groups = vec![0; found];
        for (node, group) in rebuilt.iter().enumerate() {
            next_groups[*group] = groups[node];
        }
        place.iter_mut().for_each(|node| *node = rebuilt[*node]);
        level = level.gathered(&rebuilt, found);
        groups = numbered(&next_groups);
    }
}

/// Renumbers groups in the order in which they come first.
fn numbered(groups: &[usize]) -> Vec<usize> {
    let mut numbers: Vec<Option<usize>> = vec![None; groups.iter().map(|group| group + 1).max().unwrap_or(0)];
    let mut next = 0;
    groups
        .iter()
        .map(|group| {
            *numbers[*group].get_or_insert_with(|| {
                next += 1;
                next - 1
            })
        })
        .collect()
}

/// Splits groups whose nodes are not connected: this never lowers modularity.
fn one_by_one(both: &Rows, groups: Vec<usize>) -> Vec<usize> {
    let mut split: Vec<Option<usize>> = vec![None; groups.len()];
    let mut next = 0;
    for first in 0..groups.len() {
        let mut waiting = vec![first];
        let mut any = false;
        while let Some(node) = waiting.pop() {
            if split[node].is_some() {
                continue;
            }
            any = true;
            split[node] = Some(next);
            let beside = both.of(node).iter().map(|(other, _)| *other);
            waiting.extend(beside.filter(|other| groups[*other] == groups[node] && split[*other].is_none()));
        }
        next += usize::from(any);
    }
    split.into_iter().map(Option::unwrap_or_default).collect()
}

/// A graph on the way down: its nodes are groups of nodes of the one above.
struct Level {
    count: usize,
    rows: Rows,
    /// The weight of all ties of every node, those inside it twice.
    strength: Vec<f64>,
    /// The strength of all nodes.
    total: f64,
    resolution: f64,
}

impl Level {
    fn of(both: &Rows, resolution: f64) -> Level {
        let count = both.count();
        let strength: Vec<f64> = (0..count).map(|node| both.strength(node)).collect();
        let total = strength.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        Level { count, rows: both.clone(), strength, total, resolution }
    }

    /// What chance would put between a node and a group, by their strengths.
    fn chance(&self, a: f64, b: f64) -> f64 {
        self.resolution * a * b / self.total
    }

    /// Moves nodes to the group beside them that gains most, until none gains.
    fn move_nodes(&self, groups: &mut [usize], dice: &mut Dice) {
        let mut strength = vec![0.0; self.count];
        let mut size = vec![0usize; self.count];
        for (node, group) in groups.iter().enumerate() {
            strength[*group] += self.strength[node];
            size[*group] += 1;
        }
        let mut empty: Vec<usize> = (0..self.count).rev().filter(|group| size[*group] == 0).collect();
        let mut order: Vec<usize> = (0..self.count).collect();
        dice.shuffle(&mut order);
        let mut queue = VecDeque::from(order);
        let mut queued = vec![true; self.count];
        let mut beside = Beside::new(self.count);
        // Every move gains, so it ends; rounding must not make it endless.
        let mut left = MOST_VISITS * self.count;
        while let Some(node) = queue.pop_front().filter(|_| left > 0) {
            left -= 1;
            queued[node] = false;
            let old = groups[node];
            strength[old] -= self.strength[node];
            size[old] -= 1;
            beside.gather(&self.rows, node, groups, |_| true);
            let gain =
                |group: usize| beside.weight[group] - self.chance(self.strength[node], strength[group]);
            let (mut best, mut most) = (old, gain(old));
            for group in &beside.groups {
                let gain = gain(*group);
                if gain > most + LEAST_GAIN {
                    (best, most) = (*group, gain);
                }
            }
            if most < -LEAST_GAIN {
                if size[old] == 0 {
                    best = old;
                } else if let Some(alone) = empty.pop() {
                    best = alone;
                }
            }
            strength[best] += self.strength[node];
            size[best] += 1;
            if size[old] == 0 {
                empty.push(old);
            }
            if best == old {
                continue;
            }
            groups[node] = best;
            for (other, _) in self.rows.of(node) {
                if groups[*other] != best && !queued[*other] {
                    queued[*other] = true;
                    queue.push_back(*other);
                }
            }
        }
    }

    /// Rebuilds every group from single nodes: a node joins one that it has ties with, if both are well
    /// tied to the rest of the group. Gives back the new, finer groups, numbered.
    fn rebuild(&self, groups: &[usize], dice: &mut Dice) -> Vec<usize> {
        let mut whole = vec![0.0; self.count];
        for (node, group) in groups.iter().enumerate() {
            whole[*group] += self.strength[node];
        }
        let mut fine: Vec<usize> = (0..self.count).collect();
        let mut strength = self.strength.clone();
        // The weight from every finer group to the rest of its group.
        let mut outward: Vec<f64> = (0..self.count)
            .map(|node| {
                let ties = self.rows.of(node).iter();
                ties.filter(|(other, _)| *other != node && groups[*other] == groups[node])
                    .map(|(_, w)| w)
                    .sum()
            })
            .collect();
        let mut alone = vec![true; self.count];
        let is_tied = |outward: f64, strength: f64, whole: f64| {
            outward + LEAST_GAIN >= self.chance(strength, whole - strength)
        };
        let mut order: Vec<usize> = (0..self.count).collect();
        dice.shuffle(&mut order);
        let mut beside = Beside::new(self.count);
        let mut choices: Vec<(usize, f64)> = Vec::new();
        for node in order {
            let whole = whole[groups[node]];
            if !alone[node] || !is_tied(outward[node], self.strength[node], whole) {
                continue;
            }
            beside.gather(&self.rows, node, &fine, |other| groups[other] == groups[node]);
            choices.clear();
            choices.push((node, 0.0));
            for group in beside.groups.iter().copied().filter(|group| *group != node) {
                let gain = beside.weight[group] - self.chance(self.strength[node], strength[group]);
                if gain >= 0.0 && is_tied(outward[group], strength[group], whole) {
                    choices.push((group, gain));
                }
            }
            let chosen = choose(&choices, dice);
            if chosen == node {
                continue;
            }
            let weight = beside.weight[chosen];
            outward[chosen] += outward[node] - 2.0 * weight;
            strength[chosen] += self.strength[node];
            strength[node] = 0.0;
            fine[node] = chosen;
            (alone[node], alone[chosen]) = (false, false);
        }
        numbered(&fine)
    }

    /// The graph whose nodes are the given groups.
    fn gathered(&self, groups: &[usize], count: usize) -> Level {
        let mut arcs = Vec::with_capacity(self.rows.len());
        let mut strength = vec![0.0; count];
        for (node, group) in groups.iter().enumerate() {
            strength[*group] += self.strength[node];
            // What lies inside a node never moves: only the ties to others are kept.
            let outer = self.rows.of(node).iter().filter(|(other, _)| groups[*other] != *group);
            arcs.extend(outer.map(|(other, weight)| (*group, groups[*other], *weight)));
        }
        Level {
            count,
            rows: Rows::new(count, arcs),
            strength,
            total: self.total,
            resolution: self.resolution,
        }
    }
}

/// One of the choices, those that gain more the likelier.
fn choose(choices: &[(usize, f64)], dice: &mut Dice) -> usize {
    let most = choices.iter().map(|(_, gain)| *gain).fold(0.0, f64::max);
    let likely = |gain: f64| ((gain - most) / RANDOMNESS).exp();
    let mut left = dice.part() * choices.iter().map(|(_, gain)| likely(*gain)).sum::<f64>();
    for (group, gain) in choices {
        left -= likely(*gain);
        if left < 0.0 {
            return *group;
        }
    }
    choices.last().map_or(0, |(group, _)| *group)
}

/// The groups beside a node, and the weight of its ties to each.
struct Beside {
    weight: Vec<f64>,
    groups: Vec<usize>,
}

impl Beside {
    fn new(count: usize) -> Beside {
        Beside { weight: vec![0.0; count], groups: Vec::new() }
    }

    fn gather(&mut self, rows: &Rows, node: usize, groups: &[usize], counts: impl Fn(usize) -> bool) {
        for group in self.groups.drain(..) {
            self.weight[group] = 0.0;
        }
        for (other, weight) in rows.of(node).iter().filter(|(other, _)| *other != node && counts(*other)) {
            let group = groups[*other];
            if self.weight[group] == 0.0 {
                self.groups.push(group);
            }
            self.weight[group] += weight;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Tie, Ties};

    fn ties(count: usize, pairs: impl IntoIterator<Item = (usize, usize)>) -> Ties {
        let tie = |(from, to)| Tie { from, to, weight: 1.0, symmetric: false };
        Ties::new(count, &pairs.into_iter().map(tie).collect::<Vec<_>>())
    }

    /// Rings of five in which everybody knows everybody, each tied to the next by one tie.
    fn cliques(count: usize) -> Ties {
        let mut pairs = Vec::new();
        for clique in 0..count {
            let first = 5 * clique;
            pairs.extend((0..5).flat_map(|a| (0..a).map(move |b| (first + a, first + b))));
            pairs.push((first, (first + 5) % (5 * count)));
        }
        ties(5 * count, pairs)
    }

    #[test]
    fn cliques_are_groups_whatever_the_seed() {
        let ties = cliques(8);
        for seed in 0..20 {
            let found = groups(&ties.both, 1.0, seed);
            let expected: Vec<usize> = (0..40).map(|node| node / 5).collect();
            assert_eq!(found, expected, "seed {seed}");
        }
        // 80 ties inside, 8 between; every group has an eighth of the strength.
        let value = modularity(&ties.both, &groups(&ties.both, 1.0, 1), 1.0);
        assert!((value - (80.0 / 88.0 - 1.0 / 8.0)).abs() < 1e-12);
    }

    #[test]
    fn the_club_that_fell_apart() {
        // Zachary's karate club (1977): the greatest modularity there is is known to be 0.4198.
        let text = "0 1 0 2 0 3 0 4 0 5 0 6 0 7 0 8 0 10 0 11 0 12 0 13 0 17 0 19 0 21 0 31 1 2 1 3 1 7 1 13 1 17 \
                    1 19 1 21 1 30 2 3 2 7 2 8 2 9 2 13 2 27 2 28 2 32 3 7 3 12 3 13 4 6 4 10 5 6 5 10 5 16 6 16 \
                    8 30 8 32 8 33 9 33 13 33 14 32 14 33 15 32 15 33 18 32 18 33 19 33 20 32 20 33 22 32 22 33 \
                    23 25 23 27 23 29 23 32 23 33 24 25 24 27 24 31 25 31 26 29 26 33 27 33 28 31 28 33 29 32 \
                    29 33 30 32 30 33 31 32 31 33 32 33";
        let numbers: Vec<usize> = text.split_whitespace().map(|n| n.parse().unwrap()).collect();
        let club = ties(34, numbers.chunks(2).map(|pair| (pair[0], pair[1])));
        assert_eq!(club.both.len(), 2 * 78);
        let values: Vec<f64> =
            (0..10).map(|seed| modularity(&club.both, &groups(&club.both, 1.0, seed), 1.0)).collect();
        assert!(values.iter().all(|value| (0.41..0.4199).contains(value)), "{values:?}");
        assert!(values.iter().any(|value| *value > 0.4197), "{values:?}");
        assert_eq!(groups(&club.both, 1.0, 3), groups(&club.both, 1.0, 3));
    }

    #[test]
    fn no_group_is_in_pieces_and_a_lower_resolution_makes_fewer() {
        let pairs: Vec<_> = (0..600usize).map(|n| ((n * n + 3 * n) % 211, (n * 7 + n / 211) % 197)).collect();
        let ties = ties(211, pairs);
        let found = groups(&ties.both, 1.0, 5);
        let pieces = one_by_one(&ties.both, found.clone());
        let count = |groups: &[usize]| groups.iter().max().map_or(0, |most| most + 1);
        assert_eq!(count(&found), count(&pieces));
        let coarse = groups(&ties.both, 0.3, 5);
        assert!(count(&coarse) < count(&found), "{} and {}", count(&coarse), count(&found));
        assert!(groups(&Rows::default(), 1.0, 5).is_empty());
        // Without ties everybody is alone.
        assert_eq!(groups(&Ties::new(3, &[]).both, 1.0, 1), [0, 1, 2]);
    }
}
