//! `/nodes/{node}/tasks/{upid}/status`.

use serde::Deserialize;

use crate::request::Request;
use crate::upid::Upid;

/// How a task is getting on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Status {
    /// `running` or `stopped`.
    pub status: String,
    /// How it ended; absent while it runs.
    pub exitstatus: Option<String>,
}

/// How a task ended: `status_is_error` in `PVE/UPID.pm`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exit {
    /// `OK`.
    Ok,
    /// `WARNINGS: n`.
    Warnings(u32),
    /// Anything else is the message of the failure.
    Failed(String),
}

/// Looks at a task. Everybody may look at tasks of their own.
pub fn get(upid: &Upid) -> Request<Status> {
    Request::get(format!("{}/status", super::path(upid)))
}

impl Status {
    /// How the task ended, or nothing while it runs.
    pub fn exit(&self) -> Option<Exit> {
        (self.status != "running").then(|| Exit::read(self.exitstatus.as_deref().unwrap_or("unexpected status")))
    }
}

impl Exit {
    fn read(text: &str) -> Self {
        if text == "OK" {
            return Self::Ok;
        }
        match text.strip_prefix("WARNINGS: ").map(str::parse) {
            Some(Ok(count)) => Self::Warnings(count),
            _ => Self::Failed(text.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exit(json: &str) -> Option<Exit> {
        serde_json::from_str::<Status>(json).unwrap().exit()
    }

    #[test]
    fn success_is_told_from_failure_by_the_exit_status_alone() {
        assert_eq!(exit(r#"{"status":"running"}"#), None);
        assert_eq!(exit(r#"{"status":"stopped","exitstatus":"OK"}"#), Some(Exit::Ok));
        assert_eq!(exit(r#"{"status":"stopped","exitstatus":"WARNINGS: 2"}"#), Some(Exit::Warnings(2)));
        for message in ["unable to create CT 101", "WARNINGS: many", "ok", ""] {
            let json = serde_json::json!({"status": "stopped", "exitstatus": message}).to_string();
            assert_eq!(exit(&json), Some(Exit::Failed(message.to_owned())));
        }
        assert_eq!(exit(r#"{"status":"stopped"}"#), Some(Exit::Failed("unexpected status".to_owned())));
    }
}
