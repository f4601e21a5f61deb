//! What a build would refuse about stages: none at all, and two of the same name.

use std::collections::HashMap;

use super::{Dockerfile, Problem};

/// Adds problems that only the whole file shows.
pub(super) fn check_stages(dockerfile: &mut Dockerfile) {
    if dockerfile.stages.is_empty() && dockerfile.problems.is_empty() {
        let end = dockerfile.text().len();
        dockerfile.problems.push(Problem { at: end..end, message: "there is no `FROM`".to_owned() });
    }
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut repeated = Vec::new();
    for (number, stage) in dockerfile.stages.iter().enumerate() {
        let Some(name) = &stage.name else { continue };
        if let Some(first) = seen.insert(name.text.to_ascii_lowercase(), number) {
            let line = dockerfile.positions.at(&dockerfile.stages[first].at).line;
            repeated.push(Problem {
                at: name.at.clone(),
                message: format!("stage `{}` has the name of an earlier one (line {line})", name.text),
            });
        }
    }
    dockerfile.problems.extend(repeated);
    dockerfile.problems.sort_by_key(|problem| problem.at.start);
}
