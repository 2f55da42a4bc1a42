//! The inner loop, three times: in plain Rust, with AVX2, and with AVX-512 where the processor has it.
//!
//! In: rows of `i16` and a block of weights. Out: 16 sums a row, exact in all. The only file with
//! unsafe code: wide loads, and the call of functions that were compiled for a processor after it
//! was asked. Nothing is fused: `a * b + c` is rounded
//! twice everywhere, so that every machine gives the same trees.
#![allow(unsafe_code)]

use super::linear::BLOCK;

/// How the sums of products of a block are made.
pub(super) trait Products {
    /// Calls `done` with each row's number and its sums: `row` numbers against 16 outputs.
    fn multiply(inputs: &[i16], row: usize, block: &[i16], done: impl FnMut(usize, &[i32; BLOCK]));
}

/// Plain Rust.
pub(super) struct Portable;

impl Products for Portable {
    #[inline(always)]
    fn multiply(inputs: &[i16], row: usize, block: &[i16], mut done: impl FnMut(usize, &[i32; BLOCK])) {
        for (at, inputs) in inputs.chunks_exact(row.max(1)).enumerate() {
            let mut sums = [0_i32; BLOCK];
            for (pair, weights) in inputs.chunks_exact(2).zip(block.chunks_exact(2 * BLOCK)) {
                let (a, b) = (i32::from(pair[0]), i32::from(pair[1]));
                for (sum, w) in sums.iter_mut().zip(weights.chunks_exact(2)) {
                    *sum = sum.wrapping_add(a * i32::from(w[0]) + b * i32::from(w[1]));
                }
            }
            done(at, &sums);
        }
    }
}

/// The loop around some rows at a time: `$sums` makes the sums of `$rows` rows with the processor's own
/// instructions, and plain Rust does the rows that are left. A macro, so that each is compiled in its own module.
#[cfg(target_arch = "x86_64")]
macro_rules! by_rows {
    ($name:ident, $rows:expr, $sums:ident) => {
        impl Products for $name {
            #[inline(always)]
            fn multiply(
                inputs: &[i16],
                row: usize,
                block: &[i16],
                mut done: impl FnMut(usize, &[i32; BLOCK]),
            ) {
                let pairs = (row / 2).min(block.len() / (2 * BLOCK));
                let mut groups = inputs.chunks_exact(($rows * row).max(1));
                let mut at = 0;
                for group in groups.by_ref() {
                    // Sound: reached only through `run`, on a processor with these instructions.
                    let sums = unsafe { $sums(group, row, pairs, block) };
                    for sums in &sums {
                        done(at, sums);
                        at += 1;
                    }
                }
                Portable::multiply(groups.remainder(), row, block, |n, sums| done(at + n, sums));
            }
        }
    };
}

/// Runs `work` compiled for what the processor has.
pub(super) fn on_this_machine<W: Work>(work: W) {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx512bw") && std::arch::is_x86_feature_detected!("avx512vnni") {
        // Sound: the processor has what the function was compiled for.
        return unsafe { avx512::run(work) };
    }
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // Sound: the processor has what the function was compiled for.
        return unsafe { avx2::run(work) };
    }
    work.run::<Portable>();
}

/// Something to be compiled for several processors. `run` must be `#[inline(always)]`.
pub(super) trait Work {
    fn run<P: Products>(self);
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use super::{BLOCK, Portable, Products, Work};
    use std::arch::x86_64::{
        __m256i, _mm256_add_epi32, _mm256_loadu_si256, _mm256_madd_epi16, _mm256_set1_epi32,
        _mm256_setzero_si256, _mm256_storeu_si256,
    };

    /// So many rows share each load of weights.
    const ROWS: usize = 4;

    #[target_feature(enable = "avx2")]
    pub(super) fn run<W: Work>(work: W) {
        work.run::<Avx2>();
    }

    /// Four rows against 16 outputs: eight sums of eight lanes stay in registers.
    struct Avx2;

    by_rows!(Avx2, ROWS, four_rows);

    #[target_feature(enable = "avx2")]
    fn four_rows(inputs: &[i16], row: usize, pairs: usize, block: &[i16]) -> [[i32; BLOCK]; ROWS] {
        assert!(inputs.len() >= (ROWS - 1) * row + 2 * pairs && block.len() >= pairs * 2 * BLOCK);
        let mut sums = [[_mm256_setzero_si256(); 2]; ROWS];
        for pair in 0..pairs {
            // Sound: both lie below `block.len()`, as asserted above.
            let weights = unsafe {
                let at = block.as_ptr().add(pair * 2 * BLOCK).cast::<__m256i>();
                [_mm256_loadu_si256(at), _mm256_loadu_si256(at.add(1))]
            };
            for (n, sums) in sums.iter_mut().enumerate() {
                // Sound: n * row + 2 * pair + 1 lies below `inputs.len()`, as asserted above.
                let two = unsafe { inputs.as_ptr().add(n * row + 2 * pair).cast::<i32>().read_unaligned() };
                let two = _mm256_set1_epi32(two);
                sums[0] = _mm256_add_epi32(sums[0], _mm256_madd_epi16(two, weights[0]));
                sums[1] = _mm256_add_epi32(sums[1], _mm256_madd_epi16(two, weights[1]));
            }
        }
        let mut out = [[0_i32; BLOCK]; ROWS];
        for (out, sums) in out.iter_mut().zip(&sums) {
            // Sound: 16 numbers are two times 256 bits.
            unsafe {
                let at = out.as_mut_ptr().cast::<__m256i>();
                _mm256_storeu_si256(at, sums[0]);
                _mm256_storeu_si256(at.add(1), sums[1]);
            }
        }
        out
    }
}

#[cfg(target_arch = "x86_64")]
mod avx512 {
    use super::{BLOCK, Portable, Products, Work};
    use std::arch::x86_64::{
        __m512i, _mm512_dpwssd_epi32, _mm512_loadu_si512, _mm512_set1_epi32, _mm512_setzero_si512,
        _mm512_storeu_si512,
    };

    /// So many rows share each load of weights.
    const ROWS: usize = 8;

    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    pub(super) fn run<W: Work>(work: W) {
        work.run::<Avx512>();
    }

    /// Eight rows against 16 outputs: eight sums of sixteen lanes stay in registers.
    struct Avx512;

    by_rows!(Avx512, ROWS, eight_rows);

    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    fn eight_rows(inputs: &[i16], row: usize, pairs: usize, block: &[i16]) -> [[i32; BLOCK]; ROWS] {
        assert!(inputs.len() >= (ROWS - 1) * row + 2 * pairs && block.len() >= pairs * 2 * BLOCK);
        let mut sums = [_mm512_setzero_si512(); ROWS];
        for pair in 0..pairs {
            // Sound: it lies below `block.len()`, as asserted above.
            let weights =
                unsafe { _mm512_loadu_si512(block.as_ptr().add(pair * 2 * BLOCK).cast::<__m512i>()) };
            for (n, sum) in sums.iter_mut().enumerate() {
                // Sound: n * row + 2 * pair + 1 lies below `inputs.len()`, as asserted above.
                let two = unsafe { inputs.as_ptr().add(n * row + 2 * pair).cast::<i32>().read_unaligned() };
                // Products of two pairs added to the sum: wraps as `wrapping_add` does, never saturates.
                *sum = _mm512_dpwssd_epi32(*sum, _mm512_set1_epi32(two), weights);
            }
        }
        let mut out = [[0_i32; BLOCK]; ROWS];
        for (out, sum) in out.iter_mut().zip(&sums) {
            // Sound: 16 numbers are 512 bits.
            unsafe { _mm512_storeu_si512(out.as_mut_ptr().cast::<__m512i>(), *sum) };
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Sums<'a>(&'a [i16], usize, &'a [i16], &'a mut Vec<[i32; BLOCK]>);

    impl Work for Sums<'_> {
        #[inline(always)]
        fn run<P: Products>(self) {
            P::multiply(self.0, self.1, self.2, |_, sums| self.3.push(*sums));
        }
    }

    #[test]
    fn every_machine_gives_the_same_sums() {
        for (rows, row) in [(0, 2), (1, 2), (4, 6), (7, 160), (13, 288), (27, 256)] {
            let inputs: Vec<i16> = (0..rows * row).map(|i| ((i * 7919) % 32_768) as i16 - 16_384).collect();
            let block: Vec<i16> = (0..row * BLOCK).map(|i| ((i * 104_729) % 255) as i16 - 127).collect();
            let (mut here, mut plain) = (Vec::new(), Vec::new());
            on_this_machine(Sums(&inputs, row, &block, &mut here));
            Sums(&inputs, row, &block, &mut plain).run::<Portable>();
            assert_eq!(here, plain, "{rows} rows of {row}");
            assert_eq!(here.len(), rows);
        }
    }
}
