//! Who may come in.

use crate::site::Site;

#[tokio::test]
async fn the_first_takes_over_the_library_and_others_need_an_invitation() {
    let site = Site::new().await;
    let ann = site.signed_in("1", "ann@example.org").await;
    assert_eq!(site.user("ann@example.org").await, site.local, "the library of the local user");
    ann.get("/admin").await.is(200).shows(&["ann@example.org", "Admin"]);

    site.provider.signs_in("2", "bob@example.org");
    let bob = site.visitor();
    bob.sign_in().await.is(403).shows(&["“bob@example.org” has no account here"]);
    assert_eq!(site.people().await.len(), 1);

    let made = ann.post("/admin/invitations", &[("note", "Bob")]).await;
    assert_eq!(made.headers["cache-control"], "no-store");
    let link = made.is(200).between("<code>", "</code>");
    let path = link.strip_prefix(site.base.as_str().trim_end_matches('/')).unwrap();
    let page = bob.get(path).await;
    page.is(200).shows(&["ann@example.org invites you", "Sign in with"]);
    let start = page.between("<a class=\"button main\" href=\"", "\"");
    bob.sign_in_from(&start).await.leads_to("/unread");
    assert_eq!(site.people().await.len(), 2);
    bob.get("/admin").await.is(404);
    bob.get("/account").await.is(200).shows(&["Signed in as bob@example.org"]).hides(&["/admin"]);

    bob.get(path).await.is(404);
    site.provider.signs_in("3", "eve@example.org");
    site.visitor().sign_in_from(&start).await.is(403);
    site.provider.signs_in("2", "bob@new.example");
    site.visitor().sign_in().await.leads_to("/unread");
    ann.get("/admin").await.shows(&["bob@example.org", "bob@new.example"]);
}

#[tokio::test]
async fn an_address_that_changed_hands_opens_nobodys_account() {
    let site = Site::allowing(&["ann@example.org"], &[]).await;
    let ann = site.signed_in("1", "ann@example.org").await;
    let stranger = site.signed_in("2", "ann@example.org").await;
    let people = site.people().await;
    let names: Vec<&str> = people.iter().map(|person| person.user.name.as_str()).collect();
    assert_eq!(names, ["ann@example.org", "ann@example.org-2"], "two accounts");
    stranger.get("/admin").await.is(404);
    ann.get("/admin").await.is(200);
}

#[tokio::test]
async fn the_list_decides_who_may_come_in_also_first() {
    let site = Site::allowing(&["ann@example.org"], &["example.net"]).await;
    for email in ["eve@example.org", "x@evil.example", "x@example.net.evil.example", "x@sub.example.net"] {
        site.provider.signs_in(email, email);
        site.visitor().sign_in().await.is(403);
    }
    assert!(!site.store.has_identities().await.unwrap(), "nobody has taken over the library");
    site.signed_in("1", "Ann@Example.org").await.get("/admin").await.is(200);
    site.signed_in("2", "bob@example.net").await.get("/admin").await.is(404);
}

#[tokio::test]
async fn an_invitation_taken_back_opens_nothing() {
    let site = Site::new().await;
    let ann = site.signed_in("1", "ann@example.org").await;
    let link = ann.post("/admin/invitations", &[("note", "Bob")]).await.between("<code>", "</code>");
    let number = ann.get("/admin").await.between("/admin/invitations/", "/remove");
    ann.post(&format!("/admin/invitations/{number}/remove"), &[]).await.leads_to("/admin");
    let bob = site.visitor();
    bob.open(&link).await.is(404);
    ann.post(&format!("/admin/invitations/{number}/remove"), &[]).await.is(404);
    ann.post("/admin/invitations", &[("note", " ")]).await.is(422);
}
