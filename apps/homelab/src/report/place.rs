//! Where a service belongs, for people.

use homelab_plan::place::{Place, Placement, Reason};

use crate::terminal::Paint;

/// The answer with its reasons, or what must be known first.
pub fn words(name: &str, placement: &Placement, paint: Paint) -> String {
    match placement {
        Placement::Decided { place, reasons, taken_as_known } => {
            let mut text = format!("{} belongs {}\n", paint.bold(name), paint.bold(place_words(*place)));
            text += &list(reasons);
            if let Some(known) = taken_as_known {
                text += &format!("{}\n", paint.dim(&format!("taken as known: {}; options correct it", known.what)));
            }
            text
        }
        Placement::Undecided { questions, reasons } => {
            let mut text = format!("{} may belong in either place. To be known first:\n", paint.bold(name));
            for question in questions {
                text += &format!("  {} ({})\n", question.text, paint.bold(&format!("--{}", question.option)));
            }
            text + &list(reasons)
        }
    }
}

fn list(reasons: &[Reason]) -> String {
    let sign = |place| if place == Place::Cluster { "for the cluster" } else { "for its own container" };
    reasons.iter().map(|reason| format!("  {:<22} {}\n", sign(reason.place), reason.why)).collect()
}

fn place_words(place: Place) -> &'static str {
    match place {
        Place::Cluster => "in the cluster (K3s)",
        Place::OwnContainer => "in its own container (LXC), beside the cluster",
    }
}
