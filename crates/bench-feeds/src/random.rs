//! Numbers that look random and are the same on every machine.

/// Marsaglia's xorshift64*: three shifts, a multiplication, and no dependency.
pub(crate) struct Random(u64);

impl Random {
    /// A stream of its own for every combination of parts.
    pub(crate) fn new(parts: &[u64]) -> Random {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        for part in parts {
            state = mix(state ^ mix(part.wrapping_add(0x9e37_79b9_7f4a_7c15)));
        }
        // Zero is the one state from which xorshift never leaves.
        Random(state.max(1))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `end`, which must not be zero.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        // The high half of a product instead of a remainder: no division, and the bias is far below notice.
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }

    /// A number between both ends, which may be met.
    pub(crate) fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    pub(crate) fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

/// The finalizer of SplitMix64: neighbouring numbers become unrelated ones.
fn mix(mut value: u64) -> u64 {
    value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_parts_give_the_same_stream_and_others_another() {
        let three = |parts: &[u64]| -> Vec<u64> {
            let mut random = Random::new(parts);
            (0..3).map(|_| random.next()).collect()
        };
        assert_eq!(three(&[7, 1, 2]), three(&[7, 1, 2]));
        assert_ne!(three(&[7, 1, 2]), three(&[7, 2, 1]));
        assert_ne!(three(&[0]), three(&[0, 0]));
    }

    #[test]
    fn every_number_in_a_range_is_met_and_none_outside() {
        let mut random = Random::new(&[1]);
        let mut met = [0_u32; 6];
        for _ in 0..6000 {
            met[random.between(0, 5)] += 1;
        }
        assert!(met.iter().all(|times| (800..1200).contains(times)), "{met:?}");
    }
}
