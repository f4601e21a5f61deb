//! A plan: for people in words, for programs as a value.

use std::fmt::Write as _;

use homelab_plan::plan::{Class, Plan};
use serde_json::{Value, json};

use crate::terminal::Paint;

/// A plan in words.
pub fn words(plan: &Plan, paint: Paint) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let mut line = |words: String| {
        let _ = writeln!(text, "{words}");
    };
    for problem in &plan.problems {
        line(format!("{} {}", paint.red("missing:"), problem.sentence));
        line(format!("  {} {}\n", paint.cyan("hint:"), problem.hint));
    }
    let mut place = "";
    for step in &plan.steps {
        if step.action.place() != place {
            place = step.action.place();
            line(paint.bold(place));
        }
        line(format!("  {} {}", sign(step.action.class(), paint), step.action.sentence()));
    }
    for (vmid, name) in &plan.left_alone {
        line(paint.dim(&format!("left alone: {vmid} `{name}`")));
    }
    for note in &plan.notes {
        line(format!("{} {note}", paint.cyan("note:")));
    }
    line(summary(plan));
    text
}

fn summary(plan: &Plan) -> String {
    if plan.is_empty() {
        return "Nothing to do: all is as homelab.toml says.".to_owned();
    }
    let count = |class| plan.steps.iter().filter(|step| step.action.class() == class).count();
    let [new, changed, restarted] = [Class::Create, Class::InPlace, Class::Restart].map(count);
    let verb = if plan.problems.is_empty() {
        "`homelab up` carries it out"
    } else {
        "nothing is done before the above is mended"
    };
    format!("\n{new} new, {changed} changed in place, {restarted} with a restart, nothing removed; {verb}.")
}

fn sign(class: Class, paint: Paint) -> String {
    match class {
        Class::Look => paint.dim("·"),
        Class::Create => paint.green("+"),
        Class::InPlace => paint.yellow("~"),
        Class::Restart => paint.red("!"),
    }
}

/// A plan as a value.
pub fn view(plan: &Plan) -> Value {
    let left_alone: Vec<Value> =
        plan.left_alone.iter().map(|(vmid, name)| json!({ "vmid": vmid, "name": name })).collect();
    json!({ "steps": plan.steps, "problems": plan.problems, "left_alone": left_alone, "notes": plan.notes })
}
