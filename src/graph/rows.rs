//! Numbers sorted into rows by counting: statements by edge, participants by node, edges by class.
//!
//! In: numbers, each with its row. Out: [`Rows`]; within a row the numbers keep their order. The time is
//! linear in their number.

/// Numbers in rows: row `n` is `items[starts[n]..starts[n + 1]]`.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Rows {
    /// Sorts pairs of a number and its row. What lies in a row past the last is left out.
    pub(crate) fn sort(rows: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Rows {
        let mut starts = vec![0_u32; rows + 1];
        for (_, row) in pairs.clone() {
            if let Some(count) = starts.get_mut(row as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut items = vec![0; sum as usize];
        for (item, row) in pairs {
            if (row as usize) < rows
                && let Some(place) = next.get_mut(row as usize)
                && let Some(slot) = items.get_mut(*place as usize)
            {
                *slot = item;
                *place += 1;
            }
        }
        Rows { starts, items }
    }

    /// One row; empty past the last.
    pub(crate) fn row(&self, row: u32) -> &[u32] {
        let row = row as usize;
        let (Some(start), Some(end)) = (self.starts.get(row), self.starts.get(row.saturating_add(1))) else {
            return &[];
        };
        self.items.get(*start as usize..*end as usize).unwrap_or(&[])
    }

    /// All rows, one behind the other.
    pub(crate) fn all(&self) -> &[u32] {
        &self.items
    }
}

#[cfg(test)]
mod tests {
    use super::Rows;

    #[test]
    fn rows_keep_the_order_and_leave_out_what_is_beyond() {
        let rows = Rows::sort(3, [(5, 2), (1, 0), (4, 2), (9, 3), (7, u32::MAX), (5, 2)].into_iter());
        assert_eq!((rows.row(0), rows.row(1), rows.row(2)), (&[1][..], &[][..], &[5, 4, 5][..]));
        assert_eq!((rows.row(3), rows.row(u32::MAX)), (&[][..], &[][..]));
        assert_eq!(rows.all(), [1, 5, 4, 5]);
    }
}
