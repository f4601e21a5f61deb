//! Randomness from the operating system.

/// A random number.
pub(crate) fn random_i64() -> i64 {
    let mut bytes = [0; 8];
    if let Err(error) = getrandom::fill(&mut bytes) {
        // Leases are told apart by it, nothing more; the clock does as well until the system has recovered.
        tracing::warn!(%error, "the system gives no random numbers");
        return jiff::Timestamp::now().as_microsecond();
    }
    i64::from_ne_bytes(bytes)
}

/// A random share from 0 to below 1, by which checks are spread.
pub(crate) fn random_share() -> f64 {
    // 53 bits are what an f64 holds exactly.
    (random_i64().cast_unsigned() >> 11) as f64 / (1_u64 << 53) as f64
}

/// Random bytes for keys and tokens, which nobody may guess. A system that has none to give has no business going on.
pub(crate) fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system gives random numbers");
    bytes
}
