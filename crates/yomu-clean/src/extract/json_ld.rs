//! What a page says about itself in JSON-LD.

use serde_json::Value;

/// The facts of an article, as written.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct JsonLd {
    pub(crate) title: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) site: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) image: Option<String>,
    pub(crate) lang: Option<String>,
}

/// The first thing in the block that is an article, if there is one.
pub(crate) fn article(json: &str) -> Option<JsonLd> {
    let value: Value = serde_json::from_str(json.trim()).ok()?;
    let article = candidates(&value).find(|value| is_article(value))?;
    Some(JsonLd {
        title: text(&article["headline"]).or_else(|| text(&article["name"])),
        author: names(&article["author"]).or_else(|| names(&article["creator"])),
        site: names(&article["publisher"]),
        published: text(&article["datePublished"]).or_else(|| text(&article["dateCreated"])),
        description: text(&article["description"]),
        image: address(&article["image"]).or_else(|| address(&article["thumbnailUrl"])),
        lang: text(&article["inLanguage"]),
    })
}

/// The value itself, the values of a list, the values of a `@graph`, and what a page says it is about.
fn candidates(value: &Value) -> impl Iterator<Item = &Value> {
    let listed = value.as_array().into_iter().flatten();
    std::iter::once(value).chain(listed).flat_map(|value| {
        let graph = value["@graph"].as_array().into_iter().flatten();
        std::iter::once(value).chain(graph).chain([&value["mainEntity"], &value["mainEntityOfPage"]])
    })
}

fn is_article(value: &Value) -> bool {
    let is_kind = |kind: &Value| {
        kind.as_str().is_some_and(|kind| {
            kind.ends_with("Article")
                || kind.ends_with("Posting")
                || matches!(kind, "Report" | "Review" | "Recipe" | "HowTo")
        })
    };
    let kind = &value["@type"];
    is_kind(kind) || kind.as_array().is_some_and(|kinds| kinds.iter().any(is_kind))
}

fn text(value: &Value) -> Option<String> {
    value.as_str().or_else(|| value.get(0)?.as_str()).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// One name or several: a string, an object with a name, or a list of either.
fn names(value: &Value) -> Option<String> {
    let name = |value: &Value| text(value).or_else(|| text(&value["name"]));
    match value {
        Value::Array(list) => {
            let names: Vec<String> = list.iter().filter_map(name).take(10).collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        value => name(value),
    }
}

fn address(value: &Value) -> Option<String> {
    match value {
        Value::Array(list) => list.first().and_then(address),
        Value::Object(_) => text(&value["url"]),
        value => text(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_found_wherever_they_stand() {
        for json in [
            r#"{"@type":"NewsArticle","headline":"T","author":{"name":"A"},"datePublished":"2025-01-06","image":["i"]}"#,
            r#"[{"@type":"WebSite","name":"S"},{"@type":["Article"],"name":"T","author":["A"],"datePublished":"2025-01-06","image":{"url":"i"}}]"#,
            r#"{"@graph":[{"@type":"BlogPosting","headline":" T ","author":[{"name":"A"}],"datePublished":"2025-01-06","image":"i"}]}"#,
        ] {
            let found = article(json).expect(json);
            assert_eq!(found.title.as_deref(), Some("T"));
            assert_eq!(found.author.as_deref(), Some("A"));
            assert_eq!(found.published.as_deref(), Some("2025-01-06"));
            assert_eq!(found.image.as_deref(), Some("i"));
        }
    }

    #[test]
    fn other_things_are_no_articles() {
        for json in
            ["", "{", "null", "[]", "\"x\"", r#"{"@type":"Organization","name":"S"}"#, r#"{"@graph":{"@type":1}}"#]
        {
            assert_eq!(article(json), None, "{json}");
        }
    }
}
