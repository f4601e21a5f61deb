//! Keys of OpenAI, Anthropic, Hugging Face and their like.

use crate::rule::{Check, Example, Rule, Severity};
use crate::secrets::charset::{ALNUM, BASE64URL, HEX, WORD};
use crate::secrets::shape::Part::{Run, Text};
use crate::secrets::shape::Shape;

/// A key of a service for language models.
pub(crate) static RULE: Rule = Rule {
    id: "secrets/model-key",
    severity: Severity::Error,
    title: "a key of a service for language models",
    reason: "It spends your money, and what it is asked stays in your account.",
    fix: "Revoke it where it was issued, make a new one, and give that to the program at run time: a Kubernetes Secret for a service, a GitHub Secret for a workflow.",
    fires: &[Example {
        files: &[(
            "ask.py",
            "client = Anthropic(api_key=\"sk-ant-api03-nbtXAqwK8jZfALhLSzFyCmmdKTxp-TkSF2RCdKDFRuNw5j‖GCf_hA6ILI8gJhead6-wJ9kFZJSqgmRB9H_iMb_lk777PZTAA\")\n",
        )],
    }],
    silent: &[Example { files: &[("ask.py", "client = Anthropic(api_key=os.environ[\"ANTHROPIC_API_KEY\"])\n")] }],
    check: Check::Content,
};

/// What these tokens look like.
pub(crate) static SHAPES: &[Shape] = &[
    Shape::new("a key of Anthropic", "sk-ant-", &[Run(&BASE64URL, 40, 200)]),
    Shape::new("a project's key of OpenAI", "sk-proj-", &[Run(&BASE64URL, 40, 250)]),
    Shape::new("a service account's key of OpenAI", "sk-svcacct-", &[Run(&BASE64URL, 40, 250)]),
    Shape::new("an administrator's key of OpenAI", "sk-admin-", &[Run(&BASE64URL, 40, 250)]),
    Shape::new("a key of OpenAI", "sk-", &[Run(&ALNUM, 20, 20), Text("T3BlbkFJ"), Run(&ALNUM, 20, 20)]),
    Shape::new("a key of OpenRouter", "sk-or-v1-", &[Run(&HEX, 64, 64)]),
    Shape::new("a key of DeepSeek", "sk-", &[Run(&HEX, 32, 32)]),
    Shape::new("a key in OpenAI's form", "sk-", &[Run(&ALNUM, 48, 48)]),
    Shape::new("a token of Hugging Face", "hf_", &[Run(&ALNUM, 34, 40)]),
    Shape::new("an organisation's token of Hugging Face", "api_org_", &[Run(&ALNUM, 34, 34)]),
    Shape::new("a key of Groq", "gsk_", &[Run(&ALNUM, 48, 60)]),
    Shape::new("a key of xAI", "xai-", &[Run(&ALNUM, 70, 90)]),
    Shape::new("a token of Replicate", "r8_", &[Run(&ALNUM, 37, 40)]),
    Shape::new("a key of Perplexity", "pplx-", &[Run(&ALNUM, 48, 56)]),
    Shape::new("a key of NVIDIA", "nvapi-", &[Run(&BASE64URL, 60, 72)]),
    Shape::new("a key of Tavily", "tvly-", &[Run(&BASE64URL, 30, 60)]),
    Shape::new("a key of LangSmith", "lsv2_", &[Run(&WORD, 40, 60)]),
    Shape::new("a key of Jina", "jina_", &[Run(&ALNUM, 56, 64)]),
];
