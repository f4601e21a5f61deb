//! Public links on real databases.

mod support;

use support::{Database, at, databases, entry, list, publish, reader};
use yomu_store::View;

#[tokio::test]
async fn a_link_shows_the_entry_until_it_is_revoked_or_the_entry_removed() {
    for Database { name, store, .. } in databases().await {
        let (ann, _, feed) = reader(&store, "ann", "https://example.com/feed").await;
        let (bob, ..) = reader(&store, "bob", "https://example.org/feed").await;
        publish(&store, feed, vec![entry(1, "E1", "text")]).await;
        let id = list(&store, ann, View::All).await[0].id;
        assert_eq!(store.share(bob, id, [1; 32], 9, at(1)).await.unwrap(), None, "{name}: what he cannot read");
        assert_eq!(store.share(ann, id, [1; 32], 2, at(1)).await.unwrap(), Some(true), "{name}");
        assert_eq!(store.share(ann, id, [2; 32], 2, at(1)).await.unwrap(), Some(true), "{name}");
        assert_eq!(store.share(ann, id, [3; 32], 2, at(1)).await.unwrap(), Some(false), "{name}: there is a limit");
        let shown = store.shared_entry([1; 32]).await.unwrap().unwrap();
        assert_eq!(
            (shown.title.as_str(), shown.site.as_str(), shown.html.as_str()),
            ("E1", "Feed", "<p>text</p>"),
            "{name}"
        );
        assert_eq!(store.shared_entry([9; 32]).await.unwrap(), None, "{name}");

        let shares = store.shares(ann, Some(id)).await.unwrap();
        assert_eq!(shares.len(), 2, "{name}");
        assert!(store.shares(bob, None).await.unwrap().is_empty(), "{name}");
        assert!(!store.revoke_share(bob, shares[1].id).await.unwrap(), "{name}");
        assert!(store.revoke_share(ann, shares[1].id).await.unwrap(), "{name}");
        assert_eq!(store.shared_entry([1; 32]).await.unwrap(), None, "{name}");
        assert!(store.shared_entry([2; 32]).await.unwrap().is_some(), "{name}: the other one is good");
        store.remove_entry(ann, id, at(2)).await.unwrap();
        assert_eq!(store.shared_entry([2; 32]).await.unwrap(), None, "{name}");
    }
}
