"""Watches the API server of a served simulated home by the Kubernetes client for Python, which knows nothing of it.

Prints a line for each check, beginning with `ok` or `FAILED`; exits with 1 when one failed.
"""

import sys
import threading
import time

from kubernetes import client, config, watch
from kubernetes.client.exceptions import ApiException

NAMESPACE = "watched"
REMEMBERED = 1000  # CHANGES_MAX in crates/homelab-sim/src/cluster/limits.rs
failures = 0


def check(what, expected, found):
    global failures
    if expected == found:
        print(f"ok      {what}")
    else:
        failures += 1
        print(f"FAILED  {what}\n          expected: {expected!r}\n          found:    {found!r}")


def config_map(name, words, tier="web"):
    metadata = client.V1ObjectMeta(name=name, labels={"tier": tier})
    return client.V1ConfigMap(metadata=metadata, data={"words": words})


def short(event):
    return event["type"], event["object"].metadata.name, (event["object"].data or {}).get("words")


def events(api, **wishes):
    """What a watch brings until it ends."""
    stream = watch.Watch().stream(api.list_namespaced_config_map, NAMESPACE, **wishes)
    return [short(event) for event in stream]


def later(*deeds):
    """Does one thing after the other while somebody watches."""

    def run():
        for deed in deeds:
            time.sleep(0.3)
            deed()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def main(kubeconfig):
    config.load_kube_config(kubeconfig)
    api = client.CoreV1Api()
    api.create_namespace(client.V1Namespace(metadata=client.V1ObjectMeta(name=NAMESPACE)))
    by_config_maps(api)
    by_age(api)
    by_what_is_there(api)
    api.delete_namespace(NAMESPACE)
    return 1 if failures else 0


def by_config_maps(api):
    api.create_namespaced_config_map(NAMESPACE, config_map("a", "hello"))
    check("without a version what is there comes first", [("ADDED", "a", "hello")], events(api, timeout_seconds=1))
    version = api.list_namespaced_config_map(NAMESPACE).metadata.resource_version
    check("from a list's version on nothing comes", [], events(api, resource_version=version, timeout_seconds=1))

    def change(words):
        return lambda: api.patch_namespaced_config_map(
            "a", NAMESPACE, {"data": {"words": words}}, _content_type="application/merge-patch+json"
        )

    deeds = [
        change("good day"),
        lambda: api.create_namespaced_config_map(NAMESPACE, config_map("b", "hello", "api")),
        lambda: api.delete_namespaced_config_map("a", NAMESPACE),
    ]
    thread = later(*deeds)
    found = events(api, resource_version=version, timeout_seconds=3)
    thread.join()
    expected = [("MODIFIED", "a", "good day"), ("ADDED", "b", "hello"), ("DELETED", "a", "good day")]
    check("changes come as they happen", expected, found)
    found = events(api, resource_version=version, label_selector="tier=api", timeout_seconds=1)
    check("a label selects", [("ADDED", "b", "hello")], found)
    found = events(api, resource_version=version, field_selector="metadata.name=a", timeout_seconds=1)
    check("a name selects", [expected[0], expected[2]], found)

    began = time.monotonic()
    stream = watch.Watch().stream(api.list_namespaced_config_map, NAMESPACE, timeout_seconds=30)
    next(stream)
    thread = later(lambda: api.create_namespaced_config_map(NAMESPACE, config_map("c", "now")))
    check("one comes at once and not with the end", ("ADDED", "c", "now"), short(next(stream)))
    thread.join()
    check("so it is", True, time.monotonic() - began < 10)
    stream.close()


def by_age(api):
    version = api.list_namespaced_config_map(NAMESPACE).metadata.resource_version
    # More than the server remembers.
    for number in range(REMEMBERED + 1):
        change = {"data": {"words": str(number)}}
        api.patch_namespaced_config_map("b", NAMESPACE, change, _content_type="application/merge-patch+json")
    found = "it went on"
    try:
        events(api, resource_version=version, timeout_seconds=1)
    except ApiException as error:
        found = error.status
    check("a version of long ago is expired", 410, found)


def by_what_is_there(api):
    """Nodes and pods, as the client's models want them to be."""
    nodes = watch.Watch().stream(api.list_node, timeout_seconds=1)
    check("nodes are watched", ["k1", "k2", "k3"], sorted(event["object"].metadata.name for event in nodes))
    pods = watch.Watch().stream(api.list_namespaced_pod, "argocd", timeout_seconds=1)
    owners = sorted(event["object"].metadata.owner_references[0].kind for event in pods)
    check("pods are watched", ["Deployment", "Deployment", "Deployment", "StatefulSet"], owners)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
