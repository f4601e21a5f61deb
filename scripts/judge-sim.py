"""Drives a served simulated home by proxmoxer, a client library that knows nothing of it.

Prints a line for each check, beginning with `ok` or `FAILED`; exits with 1 when one failed.
"""

import json
import sys
import time
from urllib.parse import urlsplit

from proxmoxer import ProxmoxAPI, ResourceException
from proxmoxer.backends.https import AuthenticationError

TEMPLATE = "ubuntu-24.04-standard_24.04-2_amd64.tar.zst"
failures = 0


def check(what, expected, found):
    global failures
    if expected == found:
        print(f"ok      {what}")
    else:
        failures += 1
        print(f"FAILED  {what}\n          expected: {expected!r}\n          found:    {found!r}")


def refusal(call):
    """The status and the words with which a call is refused."""
    try:
        call()
    except ResourceException as error:
        return error.status_code, error.content
    return None


def main(path):
    with open(path, encoding="utf-8") as file:
        served = json.load(file)["proxmox"]
    address = urlsplit(served["url"])
    where = {"host": address.hostname, "port": address.port, "verify_ssl": False, "timeout": 30}

    def sign_in(password):
        return ProxmoxAPI(user=served["user"], password=password, **where)

    try:
        sign_in("not the password")
        found = "signed in"
    except AuthenticationError as error:
        found = "401" if "401" in str(error) else str(error)
    check("a wrong password is refused", "401", found)
    root = sign_in(served["password"])
    user, name = served["token"].split("!")
    token = ProxmoxAPI(user=user, token_name=name, token_value=served["token_secret"], **where)
    by_password(root.nodes(served["node"]), root)
    by_token(token.nodes(served["node"]), token)
    return 1 if failures else 0


def finish(node, upid):
    """Waits for a task and gives how it ended."""
    for _ in range(300):
        status = node.tasks(upid).status.get()
        if status["status"] == "stopped":
            return status["exitstatus"]
        time.sleep(0.2)
    return "it never ended"


def container(vmid, features):
    return {
        "vmid": vmid,
        "ostemplate": f"local:vztmpl/{TEMPLATE}",
        "hostname": "judged",
        "rootfs": "local-lvm:8",
        "net0": "name=eth0,bridge=vmbr0,ip=192.168.0.99/24,gw=192.168.0.1",
        "features": features,
        "unprivileged": 1,
        "memory": 1024,
        "swap": 0,
        "tags": "b;a",
    }


def by_password(node, root):
    check("the version is told", "9.1", root.version.get()["release"])
    check("the template can be downloaded", True, TEMPLATE in [one["template"] for one in node.aplinfo.get()])
    check("it is", "OK", finish(node, node.aplinfo.post(storage="local", template=TEMPLATE)))
    volumes = [one["volid"] for one in node.storage("local").content.get(content="vztmpl")]
    check("and is on the storage then", [f"local:vztmpl/{TEMPLATE}"], volumes)
    vmid = int(root.cluster.nextid.get())

    check("a container is made", "OK", finish(node, node.lxc.post(**container(vmid, "nesting=1,keyctl=1"))))
    mine = node.lxc(vmid)
    config = mine.config.get()
    check("its features are kept as Proxmox writes them", "keyctl=1,nesting=1", config["features"])
    check("its tags are sorted", "a;b", config["tags"])
    check("its network has an address of Proxmox's range", True, "hwaddr=BC:24:11:" in config["net0"])
    again = refusal(lambda: node.lxc.post(**container(vmid, "nesting=1")))
    check("its number is taken", (500, f"unable to create CT {vmid} - CT {vmid} already exists on node 'pve'"), again)

    mine.config.put(memory=2048, description="judged by proxmoxer")
    check("its memory is changed", 2048, mine.config.get()["memory"])
    check("no change is a mistake", (500, "no options specified"), refusal(lambda: mine.config.put()))
    check("it starts", "OK", finish(node, mine.status.start.post()))
    check("it runs", "running", mine.status.current.get()["status"])
    check("it shows its address", "192.168.0.99/24", mine.interfaces.get()[1]["inet"])
    check("starting it twice is a mistake", (500, f"CT {vmid} already running"), refusal(lambda: mine.status.start.post()))

    mine.config.put(features="nesting=1")
    check("features of a running one wait", "keyctl=1,nesting=1", mine.config.get(current=1)["features"])
    pending = {one["key"]: one.get("pending") for one in mine.pending.get()}
    check("and are shown as waiting", "nesting=1", pending["features"])

    check("its disk grows", "OK", finish(node, mine.resize.put(disk="rootfs", size="12G")))
    check("to what was asked for", True, "size=12G" in mine.config.get()["rootfs"])
    check("it never shrinks", (500, "unable to shrink disk size"), refusal(lambda: mine.resize.put(disk="rootfs", size="2G")))
    snapshot = refusal(lambda: mine.snapshot.post(snapname="before"))
    check("snapshots are refused and not pretended", 501, snapshot[0] if snapshot else None)

    check("a running one is not removed", (500, f"unable to destroy CT {vmid} - container is running"), refusal(mine.delete))
    check("it stops", "OK", finish(node, mine.status.stop.post()))
    check("it is stopped", "stopped", mine.status.current.get()["status"])
    check("it is removed", "OK", finish(node, mine.delete()))
    gone = (500, f"Configuration file 'nodes/pve/lxc/{vmid}.conf' does not exist")
    check("and is gone", gone, refusal(mine.config.get))
    check("the others are still there", ["jellyfin", "komga"], sorted(one["name"] for one in node.lxc.get()))


def by_token(node, token):
    vmid = int(token.cluster.nextid.get())
    keyctl = refusal(lambda: node.lxc.post(**container(vmid, "nesting=1,keyctl=1")))
    words = "Permission check failed (changing feature flags (except nesting) is only allowed for root@pam)"
    check("a token may not set keyctl", (403, words), keyctl)
    check("without it a token makes a container", "OK", finish(node, node.lxc.post(**container(vmid, "nesting=1"))))
    check("and removes it", "OK", finish(node, node.lxc(vmid).delete()))
    other = refusal(lambda: token.access.users.get())
    check("a call that is not simulated is refused", 501, other[0] if other else None)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
