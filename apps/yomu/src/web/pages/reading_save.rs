//! `POST /reading`: how pages look and articles are set, from the page of the choices or from an article.

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use yomu_model::reading::{Font, Leading, Reading, Theme, Width, size_px};

use crate::actions::reading::set_reading;
use crate::web::Web;
use crate::web::error::WebError;
use crate::web::local_path::LocalPath;
use crate::web::visit::{Visit, see_other};

/// What was chosen. A field that is missing or says nothing known keeps what was chosen before.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::web) struct ReadingForm {
    theme: String,
    font: String,
    size: String,
    width: String,
    leading: String,
    /// `yes` or `no`.
    vertical: String,
    /// `yes` or `no`.
    scrolled: String,
    back: LocalPath,
}

/// Saves it. The page that comes next shows what changed, which says more than a notice.
pub(in crate::web) async fn save(
    State(web): State<Web>,
    visit: Visit,
    Form(form): Form<ReadingForm>,
) -> Result<Response, WebError> {
    set_reading(&web.app, visit.user, form.chosen(visit.reading)).await?;
    Ok(see_other(form.back.as_str(), None))
}

impl ReadingForm {
    fn chosen(&self, before: Reading) -> Reading {
        Reading {
            theme: Theme::from_word(&self.theme).unwrap_or(before.theme),
            font: Font::from_word(&self.font).unwrap_or(before.font),
            size_px: size_px(&self.size).unwrap_or(before.size_px),
            width: Width::from_word(&self.width).unwrap_or(before.width),
            leading: Leading::from_word(&self.leading).unwrap_or(before.leading),
            vertical_japanese: yes_or_no(&self.vertical).unwrap_or(before.vertical_japanese),
            read_when_scrolled: yes_or_no(&self.scrolled).unwrap_or(before.read_when_scrolled),
        }
    }
}

fn yes_or_no(said: &str) -> Option<bool> {
    match said {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_form_does_not_say_stays() {
        let before = Reading::from_words("dark 20 vertical");
        let form = ReadingForm { theme: "sepia".to_owned(), size: "99".to_owned(), ..ReadingForm::default() };
        assert_eq!(form.chosen(before).to_string(), "sepia 20 vertical");
        let form = ReadingForm { vertical: "no".to_owned(), size: "18".to_owned(), ..ReadingForm::default() };
        assert_eq!(form.chosen(before).to_string(), "dark");
    }
}
