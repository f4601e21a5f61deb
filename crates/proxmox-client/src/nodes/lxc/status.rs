//! `/nodes/{node}/lxc/{vmid}/status`: running or not. `src/PVE/API2/LXC/Status.pm` in `pve-container`.

use crate::id::{NodeName, Vmid};
use crate::request::Request;
use crate::upid::Upid;

use super::Container;

/// How a container is right now.
pub fn current(node: &NodeName, vmid: Vmid) -> Request<Container> {
    Request::get(path(node, vmid, "current"))
}

/// Starts a container. One that runs already is refused with [`crate::Situation::AlreadyRunning`].
pub fn start(node: &NodeName, vmid: Vmid) -> Request<Upid> {
    Request::post(path(node, vmid, "start"))
}

/// Stops a container as if its power were cut.
pub fn stop(node: &NodeName, vmid: Vmid) -> Request<Upid> {
    Request::post(path(node, vmid, "stop"))
}

/// Asks a container to stop; after that many seconds (60 if not said) it fails, or cuts the power if so wished.
pub fn shutdown(node: &NodeName, vmid: Vmid, seconds: Option<u32>, then_stop: bool) -> Request<Upid> {
    Request::post(path(node, vmid, "shutdown")).with_optional("timeout", seconds).with_switch("forceStop", then_stop)
}

/// Stops and starts a container, which brings what was pending into force.
pub fn reboot(node: &NodeName, vmid: Vmid, seconds: Option<u32>) -> Request<Upid> {
    Request::post(path(node, vmid, "reboot")).with_optional("timeout", seconds)
}

fn path(node: &NodeName, vmid: Vmid, what: &str) -> String {
    format!("{}/status/{what}", super::path(node, vmid))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_verb_is_a_call() {
        let (node, vmid) = ("pve".parse().unwrap(), "101".parse().unwrap());
        let (start, stop, reboot) = (start(&node, vmid), stop(&node, vmid), reboot(&node, vmid, Some(30)));
        assert_eq!(start.call().to_string(), "POST /nodes/pve/lxc/101/status/start");
        assert_eq!(stop.call().to_string(), "POST /nodes/pve/lxc/101/status/stop");
        assert!(start.to_http().body.is_empty() && stop.to_http().body.is_empty());
        assert_eq!(reboot.to_http().body, b"timeout=30");
        assert_eq!(shutdown(&node, vmid, Some(90), true).to_http().body, b"timeout=90&forceStop=1");
        assert_eq!(shutdown(&node, vmid, None, false).to_http().body, b"");
        assert_eq!(current(&node, vmid).call().to_string(), "GET /nodes/pve/lxc/101/status/current");
    }
}
