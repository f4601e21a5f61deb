//! The process itself, under the names that every dashboard knows. Only Linux tells; elsewhere these are left out.

use std::fmt::Write as _;

/// What Linux counts processor time in, for programs: always a hundredth of a second.
const TICKS_PER_SECOND: f64 = 100.0;

/// Writes memory, processor time and open files.
pub(super) fn write(out: &mut String) {
    let numbers = [
        ("process_resident_memory_bytes", "gauge", "Memory in use.", memory_bytes()),
        ("process_cpu_seconds_total", "counter", "Processor time used.", cpu_seconds()),
        ("process_open_fds", "gauge", "Open files and connections.", open_files()),
    ];
    for (name, kind, help, value) in numbers {
        if let Some(value) = value {
            let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}");
        }
    }
}

fn memory_bytes() -> Option<f64> {
    resident(&std::fs::read_to_string("/proc/self/status").ok()?)
}

fn cpu_seconds() -> Option<f64> {
    used(&std::fs::read_to_string("/proc/self/stat").ok()?)
}

fn open_files() -> Option<f64> {
    Some(std::fs::read_dir("/proc/self/fd").ok()?.count() as f64)
}

/// `VmRSS:     12345 kB`
fn resident(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: f64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes * 1024.0)
}

/// Fields 14 and 15, counted behind the name, which may hold blanks and brackets.
fn used(stat: &str) -> Option<f64> {
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some((user + system) / TICKS_PER_SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_linux_are_read() {
        assert_eq!(resident("Name:\tyomu\nVmRSS:\t   10 kB\n"), Some(10240.0));
        assert_eq!(used("7 (a) b) S 1 7 7 0 -1 0 1 2 3 4 150 50 0 0 20 0 9 0 100"), Some(2.0));
    }

    #[test]
    fn other_texts_tell_nothing() {
        assert_eq!((resident(""), used(""), used("1 (a) S")), (None, None, None));
    }
}
