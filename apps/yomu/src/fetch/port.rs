//! Ports that never carry the web.
//!
//! A request to one of them is an attempt to make us talk to some other service, so it is refused before connecting.

/// Whether a port belongs to a well-known service other than the web.
pub(super) fn is_foreign(port: u16) -> bool {
    FOREIGN.binary_search(&port).is_ok()
}

/// In ascending order: the ports that browsers block (the Fetch standard, "bad port"), the port 0 that no service can
/// have, and databases, which answer to plain text more readily than one would like.
const FOREIGN: &[u16] = &[
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109,
    110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531,
    532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1433, 1521, 1719, 1720, 1723, 2049, 3306, 3659,
    4045, 4190, 5060, 5061, 5432, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080, 11211, 27017,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_shells_and_databases_are_foreign() {
        for port in [0, 22, 25, 110, 143, 587, 3306, 5432, 6379, 11211, 27017] {
            assert!(is_foreign(port), "{port}");
        }
    }

    #[test]
    fn ports_of_web_servers_are_not() {
        for port in [80, 443, 591, 1024, 3000, 4000, 5000, 8000, 8080, 8443, 8888, 9000, 65535] {
            assert!(!is_foreign(port), "{port}");
        }
    }

    #[test]
    fn the_list_is_sorted_for_the_search() {
        assert!(FOREIGN.is_sorted());
    }
}
