//! Several people: what admins may do, and what remains of whom.

use yomu_model::ids::UserId;

use crate::site::Site;

async fn two() -> (Site, crate::visitor::Visitor, crate::visitor::Visitor) {
    let site = Site::allowing(&["ann@example.org", "bob@example.org"], &[]).await;
    let ann = site.signed_in("1", "ann@example.org").await;
    let bob = site.signed_in("2", "bob@example.org").await;
    (site, ann, bob)
}

#[tokio::test]
async fn an_account_is_deleted_with_everything_in_it() {
    let (site, ann, bob) = two().await;
    bob.post("/welcome/sample", &[]).await.is(303);
    bob.post("/account/app-passwords", &[("name", "an app")]).await.is(200);
    let user = site.user("bob@example.org").await;
    assert!(site.people().await[1].feeds > 0 && site.people().await[1].saved_pages > 0);
    assert!(site.store.storage().await.unwrap().entries > 0);

    bob.post("/account/delete", &[("confirm", "ann@example.org")]).await.is(422).shows(&["type its name"]);
    bob.post("/account/delete", &[("confirm", "bob@example.org")]).await.leads_to("/sign-in");
    bob.get("/unread").await.leads_to("/sign-in?back=%2Funread");
    assert_eq!(site.people().await.len(), 1);
    let storage = site.store.storage().await.unwrap();
    assert_eq!((storage.feeds, storage.entries), (0, 0), "nobody reads those feeds any more");
    assert!(site.store.app_passwords(user).await.unwrap().is_empty());
    ann.get("/admin").await.hides(&["bob@example.org"]);

    let again = site.signed_in("2", "bob@example.org").await;
    again.get("/all").await.is(200).shows(&["Nothing here yet"]);
}

#[tokio::test]
async fn what_others_read_too_stays() {
    let (site, ann, bob) = two().await;
    ann.post("/welcome/sample", &[]).await.is(303);
    bob.post("/welcome/sample", &[]).await.is(303);
    let before = site.people().await;
    let user = site.user("bob@example.org").await;
    ann.post(&format!("/admin/users/{user}/remove"), &[("confirm", "bob")]).await.is(422);
    ann.post(&format!("/admin/users/{user}/remove"), &[("confirm", "bob@example.org")]).await.leads_to("/admin");
    let after = site.people().await;
    assert_eq!(after.len(), 1);
    assert_eq!((after[0].feeds, after[0].entries), (before[0].feeds, before[0].entries));
    bob.get("/unread").await.leads_to("/sign-in?back=%2Funread");
}

#[tokio::test]
async fn there_is_always_an_admin() {
    let (site, ann, bob) = two().await;
    let (anns, bobs) = (site.user("ann@example.org").await, site.user("bob@example.org").await);
    let admin = |user: UserId| format!("/admin/users/{user}/admin");
    ann.post(&admin(anns), &[("admin", "false")]).await.is(422).shows(&["Nobody else is an admin"]);
    ann.post("/account/delete", &[("confirm", "ann@example.org")]).await.is(422).shows(&["Nobody else is an admin"]);
    ann.post(&admin(bobs), &[("admin", "true")]).await.leads_to("/admin");
    bob.get("/admin").await.is(200);
    ann.post(&admin(anns), &[("admin", "false")]).await.leads_to("/account");
    ann.get("/admin").await.is(404);
    bob.post(&admin(99.into()), &[("admin", "true")]).await.is(404);
}
