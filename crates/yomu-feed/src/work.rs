//! Counts work, in tests only: on every machine the same number tells linear from quadratic, as no clock can.

#[cfg(test)]
mod bombs;
#[cfg(test)]
#[path = "../tests/damage/mod.rs"]
mod damage;
#[cfg(test)]
mod tests;

/// Takes note of bytes looked at or written, or of list items compared, where a loop might meet them more than once.
#[inline(always)]
pub(crate) fn steps(_count: usize) {
    #[cfg(test)]
    tests::STEPS.with(|steps| steps.set(steps.get() + _count));
}
