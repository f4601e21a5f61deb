//! Who we are to the host: a wrong password, a login that ends while we work, a token that may too little.

use homelab_sim::Home;
use homelab_sim::home::TOKEN;

use super::house::House;

/// Another password than the one that the host knows.
const OTHER_PASSWORD: &str = "quite another password";

fn root_has_password(password: &'static str) -> impl Fn(&mut Home) {
    move |home| home.users[0].password = Some(password.to_owned())
}

const REFUSED: [&str; 2] = [
    "Proxmox refuses the login of `root@pam`: authentication failure",
    "check the name with its realm (`root@pam`) and the password",
];

#[test]
fn a_wrong_password_stops_before_anything_is_made() {
    let house = House::usual();
    house.type_password(OTHER_PASSWORD);
    assert_eq!(house.stops(), REFUSED);
    assert_eq!(house.begun(), [] as [&str; 0]);
    house.type_password(homelab_sim::home::ROOT_PASSWORD);
    house.goes_on();
}

#[test]
fn a_ticket_that_ends_at_any_step_is_asked_for_again_and_nobody_notices() {
    let whole = House::brought_up();
    for step in whole.begun() {
        let house = House::usual();
        house.happen_at(&step, homelab_sim::World::end_tickets);
        house.goes_on();
        assert_eq!(house.begun(), whole.begun(), "at `{step}`: no step is taken twice");
    }
}

#[test]
fn a_password_that_is_changed_in_mid_run_stops_it_and_the_new_one_goes_on() {
    let house = House::usual();
    let mut home = Home::default();
    root_has_password(OTHER_PASSWORD)(&mut home);
    house.happen_at("start-k2", move |world| {
        world.change_home(&home);
        world.end_tickets();
    });
    let [sentence, hint] = house.stops();
    assert!(sentence.contains(REFUSED[0]), "{sentence}");
    assert_eq!(hint, REFUSED[1]);
    assert_eq!(house.ours(), 3, "what was made stays");
    house.type_password(OTHER_PASSWORD);
    house.goes_on();
}

/// The file, for the token of the simulation.
fn by_token(house: &House) {
    house.edit("user = \"root@pam\"", "user = \"homelab@pve\"");
    house.edit("# token = \"homelab\"", &format!("token = \"{}\"", TOKEN.0));
    house.edit("keyctl = true", "keyctl = false");
}

#[test]
fn a_token_with_the_smallest_role_is_enough() {
    let house = House::usual();
    by_token(&house);
    house.goes_on();
}

#[test]
fn a_token_without_a_privilege_is_told_which_one_and_where() {
    let house = House::with(|home| home.users[1].privileges.retain(|(path, _)| path != "/storage"));
    by_token(&house);
    let [sentence, hint] = house.stops();
    assert_eq!(
        sentence,
        "a token of homelab@pve lacks Datastore.AllocateSpace, Datastore.Audit on `/storage/local-lvm`; \
         a token of homelab@pve lacks Datastore.AllocateTemplate, Datastore.Audit on `/storage/local`"
    );
    assert_eq!(hint, "`homelab doctor --print-role` prints the commands that give it the smallest role");
    assert_eq!(house.begun(), [] as [&str; 0]);
    house.change(|home| home.users[1].privileges = Home::default().users[1].privileges.clone());
    house.goes_on();
}

#[test]
fn a_token_that_is_taken_away_in_mid_run_stops_it() {
    let house = House::usual();
    by_token(&house);
    let mut home = Home::default();
    home.users[1].tokens.clear();
    house.happen_at("create-k2", move |world| world.change_home(&home));
    let [sentence, hint] = house.stops();
    assert!(sentence.contains("does not accept the credential of `homelab@pve!cluster`"), "{sentence}");
    assert_eq!(hint, "check that the token exists and has not expired, or log in with the password");
    house.change(|_| ());
    house.goes_on();
}
