//! Keys of Stripe, Square, PayPal, Shopify and their like.

use crate::rule::{Check, Example, Rule, Severity};
use crate::secrets::charset::{ALNUM, ANY_HEX, BASE64URL, HEX, SMALL, WORD};
use crate::secrets::shape::Part::{Run, Text};
use crate::secrets::shape::Shape;

/// A key of a payment service.
pub(crate) static RULE: Rule = Rule {
    id: "secrets/payment-key",
    severity: Severity::Error,
    title: "a key of a payment service",
    reason: "It moves money.",
    fix: "Revoke it where it was issued, make a new one, and give that to the program at run time: a Kubernetes Secret for a service, a GitHub Secret for a workflow.",
    fires: &[Example { files: &[("pay.rb", "Stripe.api_key = \"sk_live_wI0b26r08QZJ‖i6gkfsUFRDzs\"\n")] }],
    silent: &[Example { files: &[("pay.js", "const key = \"pk_live_Lb5ER8BoFzQFm2OEQ3HdAVja\";\n")] }],
    check: Check::Content,
};

/// What these tokens look like.
pub(crate) static SHAPES: &[Shape] = &[
    Shape::new("a secret key of Stripe", "sk_live_", &[Run(&ALNUM, 16, 250)]),
    Shape::new("a restricted key of Stripe", "rk_live_", &[Run(&ALNUM, 16, 250)]),
    Shape::new("a test key of Stripe", "sk_test_", &[Run(&ALNUM, 16, 250)]),
    Shape::new("a restricted test key of Stripe", "rk_test_", &[Run(&ALNUM, 16, 250)]),
    Shape::new("a webhook secret of Stripe", "whsec_", &[Run(&ALNUM, 16, 250)]),
    Shape::new("a key of a payment service", "sk_prod_", &[Run(&ALNUM, 16, 250)]),
    Shape::new("an access token of Square", "EAAA", &[Run(&BASE64URL, 56, 64)]),
    Shape::new("an OAuth secret of Square", "sq0csp-", &[Run(&BASE64URL, 43, 43)]),
    Shape::new("an access token of Square", "sq0atp-", &[Run(&BASE64URL, 22, 22)]),
    Shape::new(
        "an access token of Braintree",
        "access_token$production$",
        &[Run(&SMALL, 16, 16), Text("$"), Run(&HEX, 32, 32)],
    ),
    Shape::new("a token of Shopify", "shpat_", &[Run(&ANY_HEX, 32, 32)]),
    Shape::new("a token of Shopify", "shpca_", &[Run(&ANY_HEX, 32, 32)]),
    Shape::new("a token of Shopify", "shppa_", &[Run(&ANY_HEX, 32, 32)]),
    Shape::new("a token of Shopify", "shpss_", &[Run(&ANY_HEX, 32, 32)]),
    Shape::new("a key of Flutterwave", "FLWSECK-", &[Run(&ALNUM, 32, 64)]),
    Shape::new("a key of Razorpay", "rzp_live_", &[Run(&ALNUM, 14, 20)]),
    Shape::new("a key of Paddle", "pdl_live_apikey_", &[Run(&WORD, 40, 80)]),
];
