//! Keys of SendGrid, Mailgun, Brevo, Resend, Postmark and their like.

use crate::rule::{Check, Example, Rule, Severity};
use crate::secrets::charset::{ALNUM, BASE64URL, DIGITS, HEX};
use crate::secrets::shape::Part::{Run, Text};
use crate::secrets::shape::Shape;

/// A key of a mail or message service.
pub(crate) static RULE: Rule = Rule {
    id: "secrets/mail-key",
    severity: Severity::Error,
    title: "a key of a mail or message service",
    reason: "It sends mail and messages in your name, which end in the spam folders of everybody you know.",
    fix: "Revoke it where it was issued, make a new one, and give that to the program at run time: a Kubernetes Secret for a service, a GitHub Secret for a workflow.",
    fires: &[Example {
        files: &[(
            "mail.go",
            "client := sendgrid.NewSendClient(\"SG.iQFeOUhGXZnnal5WisCgEA.‖CY8f5N3-ynbdrZRzsGQBJg3UHKwkflF6XUi5AhuqpfC\")\n",
        )],
    }],
    silent: &[Example { files: &[("mail.go", "client := sendgrid.NewSendClient(os.Getenv(\"SENDGRID_API_KEY\"))\n")] }],
    check: Check::Content,
};

/// What these tokens look like.
pub(crate) static SHAPES: &[Shape] = &[
    Shape::new("a key of SendGrid", "SG.", &[Run(&BASE64URL, 22, 22), Text("."), Run(&BASE64URL, 43, 43)]),
    Shape::new("a key of Mailgun", "key-", &[Run(&HEX, 32, 32)]),
    Shape::new("a key of Brevo", "xkeysib-", &[Run(&HEX, 64, 64), Text("-"), Run(&ALNUM, 16, 16)]),
    Shape::new("an SMTP key of Brevo", "xsmtpsib-", &[Run(&HEX, 64, 64), Text("-"), Run(&ALNUM, 16, 16)]),
    Shape::new("a key of Resend", "re_", &[Run(&ALNUM, 8, 8), Text("_"), Run(&ALNUM, 24, 24)]),
    Shape::new("a key of MailerSend", "mlsn.", &[Run(&HEX, 64, 64)]),
    Shape::new("a key of Mailchimp", "-us", &[Run(&DIGITS, 1, 2)]).after(Run(&HEX, 32, 32)),
];
