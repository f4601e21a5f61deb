//! What a person sees of a rehearsal: in a terminal, in a pipe, as a picture, and of many.

use homelab::rehearse::{Counted, Rehearsal, Shown};
use homelab::report::timeline;
use homelab::terminal::Paint;
use homelab_plan::config::{self, Answers};
use homelab_sim::Faults;

use crate::home::infrastructure_of;

const PLAIN: Paint = Paint { on: false };

fn rehearse(faults: Faults, seed: u64, kill_at: Option<usize>) -> Shown {
    let (desired, manifests) = infrastructure_of(&config::default_file(&Answers::default()));
    Rehearsal { seed, faults, kill_at }.run(&desired, &manifests)
}

fn longest_line(text: &str) -> usize {
    text.lines().map(|line| line.chars().count()).max().unwrap_or(0)
}

/// A cell that is full, or eighths of one.
fn has_bars(text: &str) -> bool {
    text.contains(|character| ('█'..='▏').contains(&character))
}

#[test]
fn no_line_of_a_step_is_wider_than_the_terminal() {
    for shown in [rehearse(Faults::None, 1, None), rehearse(Faults::Many, 7, None), rehearse(Faults::None, 1, Some(9))]
    {
        for width in [72, 80, 120, 200] {
            let text = timeline::words(&shown, PLAIN, Some(width));
            assert!(longest_line(&text) <= width, "{width}:\n{text}");
            assert!(has_bars(&text), "there is room for bars");
        }
        assert!(!has_bars(&timeline::words(&shown, PLAIN, Some(60))), "where there is not, sentences have it");
    }
}

#[test]
fn in_a_pipe_sentences_stand_whole_and_there_are_no_bars() {
    let text = timeline::words(&rehearse(Faults::None, 1, None), PLAIN, None);
    assert!(text.contains("192.168.0.41/24, unprivileged, keyctl and nesting"), "{text}");
    assert!(!has_bars(&text) && !text.contains('\x1b'));
    assert!(text.contains("done   ") && text.contains("a second run has nothing to do"), "{text}");
    assert!(text.contains("download-template 12 s → create-k1 11 s"), "the longest chain is told: {text}");
}

#[test]
fn a_power_cut_and_a_failure_are_told_below_their_steps() {
    let text = timeline::words(&rehearse(Faults::None, 1, Some(9)), PLAIN, None);
    assert!(text.contains("gone") && text.contains("the power went; what follows is the second run"), "{text}");
    let shown = rehearse(Faults::Many, 7, None);
    let text = timeline::words(&shown, PLAIN, None);
    assert!(text.contains("fail") && text.contains("steps failed and taken up again"), "{text}");
}

#[test]
fn the_picture_has_a_bar_for_each_step_and_a_legend_for_what_is_in_it() {
    let shown = rehearse(Faults::None, 1, None);
    let svg = timeline::svg(&shown);
    // Each step's bar says its sentence; the picture itself has a title too.
    assert_eq!(svg.matches("<title>").count(), shown.steps.len() + 1);
    assert!(svg.contains("in the longest chain") && !svg.contains("the power went"));
    let text: usize = svg.matches('<').count();
    assert_eq!(text, svg.matches('>').count(), "nothing is left unescaped");
    assert!(timeline::svg(&rehearse(Faults::None, 1, Some(9))).contains("the power went"));
}

#[test]
fn a_seed_that_ends_badly_is_told_with_the_command_that_rehearses_it_again() {
    let mut counted = Counted { done: 9, ..Counted::default() };
    counted.stuck.insert(4711, "the disk is full".to_owned());
    assert_eq!(
        timeline::counted(&counted, "many", PLAIN),
        "stopped: seed 4711: the disk is full\n  again: homelab rehearse --faults many --seed 4711\n\
         9 of 10 rehearsals ended well, the longest after 0:00 of simulated time\n0 faults\n"
    );
}
