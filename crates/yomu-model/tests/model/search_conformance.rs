//! The table that the store's engines are held against, held against the plainest matcher

use jiff::tz::TimeZone;
use yomu_model::search::conformance::{CASES, DOCUMENTS};
use yomu_model::search::{IndexText, Query};

#[test]
fn every_query_finds_exactly_its_documents() {
    let index: Vec<(u32, IndexText)> =
        DOCUMENTS.iter().map(|document| (document.id, IndexText::new(document.title, document.body))).collect();
    let mut wrong = Vec::new();
    for case in CASES {
        let query = Query::parse(case.query, &TimeZone::UTC);
        let has_words = query.fts5().is_some();
        let hits: Vec<u32> =
            index.iter().filter(|(_, text)| has_words && query.matches(text)).map(|(id, _)| *id).collect();
        if hits != case.hits {
            wrong.push(format!("{} ({}): found {hits:?}, expected {:?}", case.query, case.why, case.hits));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
