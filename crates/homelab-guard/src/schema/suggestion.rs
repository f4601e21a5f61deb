//! "Did you mean".

/// The one of `known` that `word` most likely was meant to be: the same letters in another case, or at most two letters (of
/// short words: one) away.
pub(crate) fn suggestion<'known>(word: &str, known: impl IntoIterator<Item = &'known str>) -> Option<&'known str> {
    // Names in Kubernetes are short; whoever writes a long one did not mistype one of ours.
    if word.len() > 64 {
        return None;
    }
    let allowed = if word.chars().count() < 6 { 1 } else { 2 };
    let distances = known.into_iter().filter_map(|candidate| {
        let distance = if candidate.eq_ignore_ascii_case(word) { 0 } else { distance(word, candidate) };
        (distance <= allowed).then_some((distance, candidate))
    });
    distances.min().map(|(_, candidate)| candidate)
}

/// How many letters must be put in, taken out, replaced or swapped with their neighbour.
fn distance(from: &str, to: &str) -> usize {
    let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    let mut two_above = vec![0; to.len() + 1];
    let mut above: Vec<usize> = (0..=to.len()).collect();
    for row in 1..=from.len() {
        let mut current = vec![row; to.len() + 1];
        for column in 1..=to.len() {
            let replaced = above[column - 1] + usize::from(from[row - 1] != to[column - 1]);
            let mut best = replaced.min(above[column] + 1).min(current[column - 1] + 1);
            let is_swap = row > 1 && column > 1 && from[row - 1] == to[column - 2] && from[row - 2] == to[column - 1];
            if is_swap {
                best = best.min(two_above[column - 2] + 1);
            }
            current[column] = best;
        }
        two_above = std::mem::replace(&mut above, current);
    }
    above[to.len()]
}

#[cfg(test)]
mod tests {
    use super::suggestion;

    #[test]
    fn slips_are_seen() {
        let known = ["containerPort", "hostPort", "name", "protocol"];
        for (word, meant) in [("containerport", "containerPort"), ("contanerPort", "containerPort"), ("nmae", "name")] {
            assert_eq!(suggestion(word, known), Some(meant));
        }
        for word in ["", "port", "ame1", "something"] {
            assert_eq!(suggestion(word, known), None, "{word}");
        }
    }

    #[test]
    fn the_nearest_wins() {
        assert_eq!(suggestion("replica", ["replace", "replicas"]), Some("replicas"));
    }
}
