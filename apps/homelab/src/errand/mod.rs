//! An errand: something done to a home that runs already. It is made of calls that may be repeated, so that whatever is in the
//! way for a while is waited for, and an errand that was interrupted is simply run again.

use std::cell::Cell;
use std::time::Duration;

use homelab_plan::config::Node;
use homelab_plan::plan::{Desired, files};
use tokio::time::sleep;

use crate::apply::{Context, Random, StepError};
use crate::kubernetes::Kubernetes;
use crate::observe;
use crate::reach::{Output, Reach};

/// Pauses before another attempt, seconds: two minutes in all, which a reboot of a node takes.
const PAUSES: [u64; 8] = [1, 2, 4, 8, 15, 30, 30, 30];

/// Hears what an errand does, in sentences.
pub type Say<'a> = &'a dyn Fn(&str);

/// What an errand works with.
pub(crate) struct Errand<'a> {
    pub(crate) context: Context<'a>,
    say: Say<'a>,
}

impl<'a> Errand<'a> {
    pub(crate) fn new(reach: &'a Reach, desired: &'a Desired, random: &'a dyn Random, say: Say<'a>) -> Self {
        Self { context: Context::new(reach, desired, &[], random), say }
    }

    /// Tells whoever listens.
    pub(crate) fn say(&self, sentence: &str) {
        (self.say)(sentence);
    }

    /// The cluster, as its administrator. A server that was never met is not waited for.
    pub(crate) async fn cluster(&self) -> Result<Kubernetes, StepError> {
        let server = self.first_server()?;
        if self.context.reach.desk.host_key(server.address.0)?.is_none() {
            return Err(StepError::Final {
                sentence: format!("this computer has not met the first server, `{}`", server.name),
                hint: "`homelab up` makes the cluster, or meets the one that is there".to_owned(),
            });
        }
        let is_first_time = Cell::new(true);
        patiently(async || {
            let access = observe::access(self.context.reach, self.context.desired).await;
            if access.is_none() && is_first_time.replace(false) {
                self.say(&format!("waits: `{}` shows no way into the cluster; two minutes at most", server.name));
            }
            let access = access.ok_or_else(|| StepError::Waited {
                what: format!("`{}` shows no way into the cluster", server.name),
                seconds: PAUSES.iter().sum(),
            })?;
            Ok(observe::open(self.context.reach, &access)?)
        })
        .await
    }

    /// The server that began the cluster.
    pub(crate) fn first_server(&self) -> Result<&'a Node, StepError> {
        self.context.desired.first_server().ok_or_else(|| StepError::Final {
            sentence: "homelab.toml has no node with the role `server`".to_owned(),
            hint: "give one node `role = \"server\"`".to_owned(),
        })
    }

    /// Runs commands on the first server, which must succeed and may be repeated.
    pub(crate) async fn tell_server(&self, commands: &str, input: &[u8]) -> Result<Output, StepError> {
        let server = self.first_server()?;
        patiently(async || self.context.tell(server, commands, input).await).await
    }

    /// Runs a program of the shared PostgreSQL in its pod, which must succeed and may be repeated.
    pub(crate) async fn tell_postgres(&self, program: &str, input: &[u8]) -> Result<Output, StepError> {
        patiently(async || self.tell_postgres_once(program, input).await).await
    }

    /// The same, where one failure is enough.
    pub(crate) async fn tell_postgres_once(&self, program: &str, input: &[u8]) -> Result<Output, StepError> {
        let kubectl = format!("{} kubectl exec --stdin --namespace postgres postgres-0 --", files::BINARY_PATH);
        self.context.tell(self.first_server()?, &format!("{kubectl} {program}"), input).await
    }
}

/// Does something that may be repeated, and again for a while when it fails for reasons that pass.
pub(crate) async fn patiently<T>(mut attempt: impl AsyncFnMut() -> Result<T, StepError>) -> Result<T, StepError> {
    let mut pauses = PAUSES.iter();
    loop {
        match attempt().await {
            Err(error) if !error.is_final() => match pauses.next() {
                Some(seconds) => sleep(Duration::from_secs(*seconds)).await,
                None => return Err(error),
            },
            outcome => return outcome,
        }
    }
}
