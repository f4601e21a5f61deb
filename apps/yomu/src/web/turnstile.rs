//! Holds back whoever tries to sign in too often: so many tries from one address, then one at a time.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::limits::{SIGN_IN_ADDRESSES_MAX, SIGN_IN_EVERY, SIGN_IN_TRIES};

/// The turnstile. It counts in memory: each replica for itself, which only makes the bound a little wider.
#[derive(Default)]
pub(super) struct Turnstile {
    /// When an address will have used up nothing of its tries.
    full_at: Mutex<HashMap<IpAddr, Instant>>,
}

impl Turnstile {
    /// Lets a try through, or says how long to wait.
    pub(super) fn pass(&self, address: IpAddr, now: Instant) -> Result<(), Duration> {
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        if full_at.len() >= SIGN_IN_ADDRESSES_MAX {
            full_at.retain(|_, full| *full > now);
            if full_at.len() >= SIGN_IN_ADDRESSES_MAX {
                full_at.clear();
            }
        }
        let full = full_at.entry(one_client(address)).or_insert(now);
        let next = (*full).max(now) + SIGN_IN_EVERY;
        let patience = SIGN_IN_EVERY * SIGN_IN_TRIES;
        if next > now + patience {
            return Err(next - (now + patience));
        }
        *full = next;
        Ok(())
    }
}

/// One household has a whole /64 of IPv6 addresses.
fn one_client(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() >> 64 << 64).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_its_tries_and_then_one_at_a_time() {
        let (turnstile, start) = (Turnstile::default(), Instant::now());
        let address = "203.0.113.1".parse().unwrap();
        let passed = (0..100).filter(|_| turnstile.pass(address, start).is_ok()).count();
        assert_eq!(passed, SIGN_IN_TRIES as usize);
        assert_eq!(turnstile.pass(address, start), Err(SIGN_IN_EVERY));
        assert!(turnstile.pass("203.0.113.2".parse().unwrap(), start).is_ok(), "others are not held back");
        let later = start + SIGN_IN_EVERY;
        assert!(turnstile.pass(address, later).is_ok() && turnstile.pass(address, later).is_err());
    }

    #[test]
    fn a_household_is_one_client_and_memory_is_bounded() {
        let (turnstile, start) = (Turnstile::default(), Instant::now());
        let passed = (0..100_u128)
            .filter(|number| {
                let bits = 0x2001_0db8_u128 << 96 | number;
                turnstile.pass(IpAddr::V6(bits.into()), start).is_ok()
            })
            .count();
        assert_eq!(passed, SIGN_IN_TRIES as usize);
        for number in 0..3 * SIGN_IN_ADDRESSES_MAX as u32 {
            let _ = turnstile.pass(IpAddr::V4(number.into()), start);
        }
        assert!(turnstile.full_at.lock().unwrap().len() <= SIGN_IN_ADDRESSES_MAX);
    }
}
