//! Places in a text, drawn with arrows.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Patch, Renderer, Snippet};
use homelab_plan::diagnostic::{Diagnostic, Problems};

/// Everything that is wrong with a file, one picture each.
pub fn draw(path: &str, problems: &Problems, color: bool) -> String {
    let mut pictures: Vec<String> =
        problems.diagnostics.iter().map(|diagnostic| picture(path, &problems.text, diagnostic, color)).collect();
    if problems.left_out > 0 {
        pictures.push(format!("and {} more", problems.left_out));
    }
    pictures.join("\n\n")
}

fn picture(path: &str, text: &str, diagnostic: &Diagnostic, color: bool) -> String {
    let mut snippet = Snippet::source(text).path(path);
    for (number, label) in diagnostic.labels.iter().enumerate() {
        let kind = if number == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let annotation = kind.span(within(text, &label.span));
        snippet =
            snippet.annotation(if label.text.is_empty() { annotation } else { annotation.label(label.text.as_str()) });
    }
    let mut groups = vec![Level::ERROR.primary_title(diagnostic.message.as_str()).element(snippet)];
    if let Some(help) = &diagnostic.help {
        let title = Level::HELP.secondary_title(help.as_str());
        groups.push(match &diagnostic.fix {
            Some(fix) => {
                let patch = Patch::new(within(text, &fix.span), fix.replacement.as_str());
                title.element(Snippet::source(text).path(path).patch(patch))
            }
            None => title.elements(Vec::<Snippet<'_, Patch<'_>>>::new()),
        });
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&groups)
}

/// Spans are promised to lie inside the text; a picture is no reason to fall over if one does not.
fn within(text: &str, span: &Range<usize>) -> Range<usize> {
    let end = text.floor_char_boundary(span.end);
    text.floor_char_boundary(span.start).min(end)..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_underlined_and_the_fix_is_shown() {
        let text = "[cluster]\nnaem = \"home\"\n".to_string();
        let diagnostic = Diagnostic::at(10..14, "there is no key `naem`", "not known").help("write `name`").fix("name");
        let problems = Problems { text, diagnostics: vec![diagnostic], left_out: 0 };
        insta::assert_snapshot!(draw("homelab.toml", &problems, false), @r#"
        error: there is no key `naem`
         --> homelab.toml:2:1
          |
        2 | naem = "home"
          | ^^^^ not known
          |
        help: write `name`
          |
        2 - naem = "home"
        2 + name = "home"
          |
        "#);
    }

    #[test]
    fn a_span_behind_the_end_is_drawn_at_the_end() {
        let problems =
            Problems { text: "a\n".into(), diagnostics: vec![Diagnostic::at(90..99, "gone", "")], left_out: 3 };
        assert!(draw("x", &problems, false).ends_with("and 3 more"));
    }
}
