//! Filling in templates.

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior, Value};

use super::changes::NewFile;
use crate::trouble::Trouble;

/// A template: the path of what it makes, itself a template, and its text.
pub(super) type Template = (&'static str, &'static str);

/// Fills in all templates. A value that a template asks for and that is not there is an error, never an empty word.
pub(super) fn fill(templates: &[Template], values: &Value) -> Result<Vec<NewFile>, Trouble> {
    let environment = environment().map_err(|error| bad("syntax", &error))?;
    let fill = |name: &str, text: &str| environment.render_str(text, values).map_err(|error| bad(name, &error));
    templates.iter().map(|(path, text)| Ok(NewFile { path: fill(path, path)?, text: fill(path, text)? })).collect()
}

fn environment() -> Result<Environment<'static>, minijinja::Error> {
    let mut syntax = SyntaxConfig::builder();
    syntax.variable_delimiters("«", "»").block_delimiters("«%", "%»").comment_delimiters("«#", "#»");
    let mut environment = Environment::new();
    environment.set_syntax(syntax.line_statement_prefix("%% ").keep_trailing_newline(true).build()?);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    Ok(environment)
}

fn bad(name: &str, error: &minijinja::Error) -> Trouble {
    Trouble::BadTemplate { name: name.to_string(), reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use minijinja::context;

    use super::*;

    #[test]
    fn values_and_conditions_are_filled_in_and_other_languages_left_alone() {
        let template =
            ("k8s/«name».yaml", "name: «name» ${{ github.sha }} {{ .Digest }}\n%% if more\nmore: yes\n%% endif\nend\n");
        let files = fill(&[template], &context! { name => "notes", more => false }).unwrap();
        assert_eq!(files[0].path, "k8s/notes.yaml");
        assert_eq!(files[0].text, "name: notes ${{ github.sha }} {{ .Digest }}\nend\n");
    }

    #[test]
    fn a_value_that_is_not_there_is_an_error() {
        let trouble = fill(&[("a", "«gone»")], &context! {}).unwrap_err();
        assert_eq!(trouble.name(), "bad-template");
    }
}
