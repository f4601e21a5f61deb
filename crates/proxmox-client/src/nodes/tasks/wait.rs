//! Waiting for a task's end.

use std::collections::VecDeque;

use tokio::time::{Instant, sleep};

use super::log;
use super::status::{self, Exit};
use crate::client::{Client, Finished, Patience};
use crate::error::Error;
use crate::limits::{LOG_LINES_MAX, LOG_PAGE_LINES, LOG_TAIL_LINES, TASK_POLL_FIRST, TASK_POLL_MAX};
use crate::situation::Situation;
use crate::upid::Upid;

/// Looks at a task, ever more rarely, until it has ended.
pub(crate) async fn until_finished(client: &Client, upid: &Upid, patience: Patience) -> Result<Finished, Error> {
    let began = Instant::now();
    let mut last_answer = began;
    let mut pause = TASK_POLL_FIRST;
    loop {
        match client.send(&status::get(upid)).await {
            Ok(status) => {
                last_answer = Instant::now();
                if let Some(exit) = status.exit() {
                    return conclude(client, upid, exit).await;
                }
            }
            // The task goes on while its host restarts its web server.
            Err(error @ (Error::Unreachable { .. } | Error::HostFailed { status: 595..=599, .. })) => {
                if last_answer.elapsed() > patience.silence {
                    return Err(error);
                }
            }
            Err(error) => return Err(error),
        }
        let waited = began.elapsed();
        if waited > patience.task {
            return Err(Error::TaskUnfinished { upid: Box::new(upid.clone()), waited });
        }
        sleep(pause).await;
        pause = (pause * 3 / 2).min(TASK_POLL_MAX);
    }
}

async fn conclude(client: &Client, upid: &Upid, exit: Exit) -> Result<Finished, Error> {
    let upid = upid.clone();
    match exit {
        Exit::Ok => Ok(Finished { upid, warnings: 0, log: Vec::new() }),
        Exit::Warnings(warnings) => {
            let log = tail(client, &upid).await;
            Ok(Finished { upid, warnings, log })
        }
        Exit::Failed(exit) => {
            let mut log = tail(client, &upid).await;
            // The log ends with what the status says already.
            log.retain(|line| line.strip_prefix("TASK ERROR: ") != Some(exit.as_str()));
            let situation = Situation::read(&exit);
            Err(Error::TaskFailed { upid: Box::new(upid), exit, situation, log })
        }
    }
}

/// The last lines of a task's log. A log that cannot be read must not hide how the task ended.
async fn tail(client: &Client, upid: &Upid) -> Vec<String> {
    let mut kept = VecDeque::with_capacity(LOG_TAIL_LINES);
    for start in (0..LOG_LINES_MAX).step_by(LOG_PAGE_LINES as usize) {
        let Ok(lines) = client.send(&log::get(upid, start, LOG_PAGE_LINES)).await else { break };
        let is_last = (lines.len() as u64) < LOG_PAGE_LINES;
        for text in lines.into_iter().filter_map(|line| line.t) {
            if kept.len() == LOG_TAIL_LINES {
                kept.pop_front();
            }
            kept.push_back(text);
        }
        if is_last {
            break;
        }
    }
    kept.retain(|line| !line.trim().is_empty() && line != "no content");
    kept.into()
}
