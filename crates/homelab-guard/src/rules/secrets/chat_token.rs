//! Tokens and webhooks of Slack, Discord, Telegram, Teams and Mattermost.

use crate::rule::{Check, Example, Rule, Severity};
use crate::secrets::charset::{ALNUM, BASE64, BASE64URL, CAPITALS, DIGITS, HEX, TOKEN, UUID};
use crate::secrets::shape::Part::{Run, Text};
use crate::secrets::shape::Shape;

/// A token or a webhook of a chat.
pub(crate) static RULE: Rule = Rule {
    id: "secrets/chat-token",
    severity: Severity::Error,
    title: "a token or a webhook of a chat",
    reason: "It reads and writes messages as your bot: people trust what it says.",
    fix: "Revoke it where it was issued, make a new one, and give that to the program at run time: a Kubernetes Secret for a service, a GitHub Secret for a workflow.",
    fires: &[Example {
        files: &[("bot.py", "client = WebClient(\"xoxb-73167232686-‖563551505877-tBYVhnSg9EH6yO4GFQRC5xLR\")\n")],
    }],
    silent: &[Example {
        files: &[(
            "docs.md",
            "A bot token begins with `xoxb-`.\nSLACK=xoxb-XXXXXXXXXXX-XXXXXXXXXXXX-XXXXXXXXXXXXXXXXXXXXXXXX\n",
        )],
    }],
    check: Check::Content,
};

/// What these tokens look like.
pub(crate) static SHAPES: &[Shape] = &[
    Shape::new("a token of Slack", "xoxb-", &[Run(&DIGITS, 8, 14), Text("-"), Run(&BASE64URL, 16, 200)]),
    Shape::new("a token of Slack", "xoxp-", &[Run(&DIGITS, 8, 14), Text("-"), Run(&BASE64URL, 16, 200)]),
    Shape::new("a token of Slack", "xoxa-", &[Run(&DIGITS, 8, 14), Text("-"), Run(&BASE64URL, 16, 200)]),
    Shape::new("a token of Slack", "xoxr-", &[Run(&DIGITS, 8, 14), Text("-"), Run(&BASE64URL, 16, 200)]),
    Shape::new("a token of Slack", "xoxs-", &[Run(&DIGITS, 8, 14), Text("-"), Run(&BASE64URL, 16, 200)]),
    Shape::new("a token of Slack", "xoxe.xox", &[Run(&TOKEN, 20, 400)]),
    Shape::new(
        "an app's token of Slack",
        "xapp-1-",
        &[Run(&CAPITALS, 8, 16), Text("-"), Run(&DIGITS, 8, 16), Text("-"), Run(&HEX, 32, 80)],
    ),
    Shape::new("a cookie's token of Slack", "xoxc-", &[Run(&DIGITS, 8, 14), Text("-"), Run(&BASE64URL, 30, 200)]),
    Shape::new(
        "a webhook of Slack",
        "hooks.slack.com/services/T",
        &[Run(&CAPITALS, 8, 14), Text("/B"), Run(&CAPITALS, 8, 14), Text("/"), Run(&ALNUM, 20, 30)],
    ),
    Shape::new(
        "a workflow of Slack",
        "hooks.slack.com/workflows/T",
        &[Run(&CAPITALS, 8, 14), Text("/"), Run(&TOKEN, 30, 100)],
    ),
    Shape::new(
        "a webhook of Discord",
        "discord.com/api/webhooks/",
        &[Run(&DIGITS, 17, 20), Text("/"), Run(&BASE64URL, 60, 80)],
    ),
    Shape::new(
        "a webhook of Discord",
        "discordapp.com/api/webhooks/",
        &[Run(&DIGITS, 17, 20), Text("/"), Run(&BASE64URL, 60, 80)],
    ),
    Shape::new("a bot's token of Telegram", ":AA", &[Run(&BASE64URL, 33, 33)]).after(Run(&DIGITS, 8, 10)),
    Shape::new(
        "a webhook of Teams",
        "webhook.office.com/webhookb2/",
        &[Run(&UUID, 36, 36), Text("@"), Run(&UUID, 36, 36), Text("/"), Run(&TOKEN, 40, 200)],
    ),
    Shape::new(
        "an access token of Matrix",
        "syt_",
        &[Run(&BASE64, 4, 60), Text("_"), Run(&ALNUM, 20, 20), Text("_"), Run(&ALNUM, 6, 6)],
    ),
];
