//! The best tree of a sentence from the scores of all its arcs.
//!
//! In: a score for each pair of dependent and head, head 0 being the root. Out: a head for each word,
//! one word under the root, no cycle. Mostly the best head of each word is such a tree; where it is
//! not, the maximum spanning arborescence is (Chu and Liu 1965, Edmonds 1967).

use super::greatest;

/// Scores are cut off here: a broken model must not outweigh [`ONE_ROOT`].
const MOST: f64 = 10_000.0;

/// Lowers an arc from the root by more than two trees of so many words can differ, for each word.
const ONE_ROOT: f64 = 3.0 * MOST;

/// Finds the heads of words 1 to `n` into `heads` (`n + 1` numbers, the first unused).
///
/// `scores` holds `n` rows, one a dependent, of `n + 1` heads; `seen` is working memory.
pub(super) fn best(scores: &[f32], n: usize, heads: &mut Vec<u32>, seen: &mut Vec<u32>) {
    heads.clear();
    heads.push(0);
    for dependent in 1..=n {
        let row = &scores[(dependent - 1) * (n + 1)..dependent * (n + 1)];
        heads.push(greatest(row, Some(dependent)) as u32);
    }
    if n > 0 && !is_tree(heads, seen) {
        #[allow(clippy::manual_clamp)]
        let arcs = |dependent: usize, head: usize| {
            // `max` before `min` makes the least of what is no number.
            let score = f64::from(scores[(dependent - 1) * (n + 1) + head]).max(-MOST).min(MOST);
            if head == 0 { score - ONE_ROOT * (n + 1) as f64 } else { score }
        };
        let square: Vec<f64> = (0..=n)
            .flat_map(|d| (0..=n).map(move |h| (d, h)))
            .map(|(d, h)| if d == 0 || d == h { f64::NEG_INFINITY } else { arcs(d, h) })
            .collect();
        let found = arborescence(&square, n + 1, seen);
        heads.copy_from_slice(&found);
    }
}

/// One word under the root, and every word's way up ends there.
fn is_tree(heads: &[u32], seen: &mut Vec<u32>) -> bool {
    heads.iter().skip(1).filter(|h| **h == 0).count() == 1 && on_cycle(heads, seen).is_none()
}

/// A node of a cycle, if there is one. Node 0 has no head.
fn on_cycle(heads: &[u32], seen: &mut Vec<u32>) -> Option<u32> {
    // 0: not seen; else the number of the walk that came by.
    seen.clear();
    seen.resize(heads.len(), 0);
    for start in 1..heads.len() as u32 {
        let mut at = start;
        while at != 0 && seen[at as usize] == 0 {
            seen[at as usize] = start;
            at = heads[at as usize];
        }
        if at != 0 && seen[at as usize] == start {
            return Some(at);
        }
    }
    None
}

/// The heads of the maximum spanning arborescence from node 0; `scores[d * n + h]`.
fn arborescence(scores: &[f64], n: usize, seen: &mut Vec<u32>) -> Vec<u32> {
    let mut heads = vec![0_u32; n];
    for d in 1..n {
        heads[d] = greatest(&scores[d * n..(d + 1) * n], Some(d)) as u32;
    }
    let Some(first) = on_cycle(&heads, seen) else { return heads };
    let mut ring = vec![first as usize];
    while heads[ring[ring.len() - 1]] != first {
        ring.push(heads[ring[ring.len() - 1]] as usize);
    }
    // The ring becomes one node, the last of a smaller graph.
    let mut inside = vec![false; n];
    ring.iter().for_each(|v| inside[*v] = true);
    let outside: Vec<usize> = (0..n).filter(|v| !inside[*v]).collect();
    let (m, last) = (outside.len() + 1, outside.len());
    let mut smaller = vec![f64::NEG_INFINITY; m * m];
    let (mut enters, mut leaves) = (vec![ring[0]; m], vec![ring[0]; m]);
    for (i, &v) in outside.iter().enumerate() {
        for (j, &u) in outside.iter().enumerate() {
            smaller[i * m + j] = scores[v * n + u];
        }
        for &r in &ring {
            // Out of the ring to v, and from v into the ring, where it breaks the arc to r.
            if scores[v * n + r] > smaller[i * m + last] {
                (smaller[i * m + last], leaves[i]) = (scores[v * n + r], r);
            }
            let gain = scores[r * n + v] - scores[r * n + heads[r] as usize];
            if gain > smaller[last * m + i] {
                (smaller[last * m + i], enters[i]) = (gain, r);
            }
        }
    }
    let found = arborescence(&smaller, m, seen);
    for (i, &v) in outside.iter().enumerate().skip(1) {
        let head = found[i] as usize;
        heads[v] = if head == last { leaves[i] } else { outside[head] } as u32;
    }
    let from = found[last] as usize;
    heads[enters[from]] = outside[from] as u32;
    heads
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every tree with one root, by trying all.
    fn exhaustive(scores: &[f32], n: usize) -> f32 {
        let mut most = f32::NEG_INFINITY;
        for code in 0..(n + 1).pow(n as u32) {
            let (mut heads, mut rest) = (vec![0_u32], code);
            for _ in 0..n {
                heads.push((rest % (n + 1)) as u32);
                rest /= n + 1;
            }
            if heads.iter().enumerate().skip(1).all(|(d, h)| d != *h as usize)
                && is_tree(&heads, &mut Vec::new())
            {
                most = most.max(total(scores, n, &heads));
            }
        }
        most
    }

    fn total(scores: &[f32], n: usize, heads: &[u32]) -> f32 {
        (1..=n).map(|d| scores[(d - 1) * (n + 1) + heads[d] as usize]).sum()
    }

    #[test]
    fn finds_the_best_tree() {
        let mut state = 7_u32;
        let mut heads = Vec::new();
        for n in 1..=5 {
            for _ in 0..60 {
                let scores: Vec<f32> = (0..n * (n + 1))
                    .map(|_| {
                        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                        (state >> 16) as f32 / 1000.0
                    })
                    .collect();
                best(&scores, n, &mut heads, &mut Vec::new());
                assert!(is_tree(&heads, &mut Vec::new()), "{heads:?}");
                let (found, most) = (total(&scores, n, &heads), exhaustive(&scores, n));
                assert!((found - most).abs() < 0.01, "{found} < {most}");
            }
        }
    }

    #[test]
    fn equal_scores_still_give_a_tree() {
        let mut heads = Vec::new();
        for n in [0, 1, 2, 40, 256] {
            best(&vec![0.0; n * (n + 1)], n, &mut heads, &mut Vec::new());
            assert_eq!(heads.len(), n + 1);
            assert!(n == 0 || is_tree(&heads, &mut Vec::new()));
        }
    }
}
