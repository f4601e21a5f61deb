#!/usr/bin/env python3
"""Breaks a running home of Yomu and writes down what a reader sees. scripts/faults calls it."""
import os
import re
import signal
import statistics
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from faults_home import Home, SqliteHome, Site, tell  # noqa: E402

DOCUMENT = "docs/yomu/faults.md"

# A page that takes longer is no normal page.
NORMAL_SECONDS = 1.0
PATIENCE_SECONDS = 120


class Reader(threading.Thread):
    """A person who reads and marks all the time, and tries again what did not work. Behind it stands a balancer as in
    front of every home: an address that refuses the connection is not asked again at once."""

    def __init__(self, home, ports):
        super().__init__(daemon=True)
        self.home, self.ports = home, list(ports)
        self.seen, self.confirmed, self.tried = [], set(), set()
        self.stopping = False

    def run(self):
        marks = iter(self.home.unread_ids())
        mark, turn = next(marks), 0
        while not self.stopping:
            port = self.ports[turn % len(self.ports)]
            turn += 1
            self.look("GET", port, "/unread")
            self.tried.add(mark)
            if self.look("POST", port, "/entries/%d/read" % mark) == 303:
                self.confirmed.add(mark)
                mark = next(marks, None)
                if mark is None:
                    return
            time.sleep(0.02)

    def look(self, method, port, path):
        started = time.monotonic()
        status, text = self.home.ask(port, method, path)
        self.seen.append((started, time.monotonic() - started, status, text))
        if status == 0:
            time.sleep(0.05)
        return status

    def is_normal_since(self, moment, count=25):
        """Since when the last looks, so many at each port, were quick and good."""
        after = [look for look in self.seen if look[0] >= moment]
        good = []
        for look in reversed(after):
            if look[2] not in (200, 303) or look[1] > NORMAL_SECONDS:
                break
            good.append(look)
        return good[-1][0] if len(good) >= count * len(self.ports) else None


def story(home, fault, recover=None, lasts=0.0, ports=None):
    """Somebody reads; the fault happens, lasts, and ends. Returns what they saw."""
    reader = Reader(home, ports or home.ports)
    reader.start()
    time.sleep(2)
    broken_at = time.monotonic()
    fault()
    time.sleep(lasts)
    ended_at = time.monotonic()
    if recover:
        recover()
    normal = None
    while normal is None and time.monotonic() - ended_at < PATIENCE_SECONDS:
        time.sleep(0.1)
        normal = reader.is_normal_since(ended_at if recover or lasts else broken_at)
    reader.stopping = True
    reader.join(timeout=60)
    return observed(home, reader, broken_at, ended_at if recover or lasts else broken_at, normal)


def observed(home, reader, broken_at, ended_at, normal):
    looks = [look for look in reader.seen if look[0] + look[1] >= broken_at]
    counts = {}
    for _, _, status, _ in looks:
        counts[status] = counts.get(status, 0) + 1
    failed = [look for look in looks if look[2] not in (200, 303)]
    words = next((sentence(text) for _, _, status, text in reversed(failed) if status and sentence(text)), "")
    lost = len(reader.confirmed - home.read_ids())
    return {
        "looks": len(looks),
        "counts": counts,
        "longest": max((look[1] for look in looks), default=0.0),
        "usual": statistics.median(look[1] for look in reader.seen),
        "words": words,
        "confirmed": len(reader.confirmed),
        "lost": lost,
        "normal": None if normal is None else max(0.0, normal - ended_at),
    }


def sentence(page):
    """What a page says went wrong: its heading and the words below, or a plain text as it is."""
    alert = re.search(r"role=\"alert\"[^>]*>(.*?)</(?:aside|section)>", page, re.S)
    heading = re.search(r"<h1>(.*?)</h1>", page, re.S)
    said = strip((alert or heading)[1]) if alert or heading else ""
    return said or (page.strip().splitlines()[0][:200] if page.strip() and "<" not in page else "")


def strip(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).strip()


# The faults. Each returns one row: what was done, and what was seen.

def web_killed(site):
    """A server is killed (`kill -9`) while two serve; one second later it is started anew, as Kubernetes would"""
    with Home(site) as home:
        return story(home, lambda: home.kill("web-1"), lambda: home.start("web-1"), lasts=1.0)


def worker_killed(site):
    """A worker is killed (`kill -9`) with feeds in its hands; its leases are then made ten minutes older, as they would become"""
    with Home(site) as home:
        before = home.entries()
        site.hold()
        site.add_news()
        home.request_refresh()
        home.wait("both workers have feeds in their hands", lambda: site.held() >= 3)

        def kill():
            home.kill("worker-1")
            site.release()

        def later():
            home.sql("UPDATE feed SET lease_until = 0 WHERE lease_until IS NOT NULL")

        seen = story(home, kill, later, lasts=5.0)
        started = time.monotonic()
        home.wait("the other worker has read all feeds", lambda: home.entries() == before + site.news())
        seen["normal"] = time.monotonic() - started + (seen["normal"] or 0)
        twice = int(home.sql("SELECT COUNT(*) FROM (SELECT feed_id, title FROM entry GROUP BY feed_id, title HAVING COUNT(*) > 1) d"))
        seen["more"] = "no entry is missing, %s" % ("**%d are there twice**" % twice if twice else "none is there twice")
        return seen


def postgres_restarted(site):
    """PostgreSQL is restarted (`pg_ctl restart -m fast`)"""
    with Home(site) as home:
        return story(home, home.postgres.restart)


def postgres_stopped(site):
    """PostgreSQL is stopped for 30 seconds"""
    with Home(site) as home:
        health = []

        def stop():
            home.postgres.stop("immediate")
            time.sleep(3)
            health.append(home.readiness())

        seen = story(home, stop, home.postgres.start, lasts=27.0)
        seen["more"] = "meanwhile %s; %s" % (health[0], "no process ended" if home.all_live() else "**a process ended**")
        return seen


def postgres_silent(site):
    """PostgreSQL answers nothing for 20 seconds (`SIGSTOP`)"""
    with Home(site) as home:
        return story(home, lambda: home.postgres.signal(signal.SIGSTOP), lambda: home.postgres.signal(signal.SIGCONT), lasts=20.0)


def valkey_stopped(site):
    """Valkey is killed, and started 10 seconds later"""
    with Home(site) as home:
        return story(home, home.valkey.kill, home.valkey.start, lasts=10.0)


def valkey_flushed(site):
    """Valkey is emptied (`FLUSHALL`)"""
    with Home(site) as home:
        return story(home, lambda: home.valkey.command("FLUSHALL"))


def valkey_paused(site):
    """Valkey answers nothing for 10 seconds (`SIGSTOP`)"""
    with Home(site) as home:
        return story(home, lambda: home.valkey.signal(signal.SIGSTOP), lambda: home.valkey.signal(signal.SIGCONT), lasts=10.0)


def sqlite_disk_full(site):
    """The disk of a SQLite home is full for 5 seconds"""
    with SqliteHome(site) as home:
        return story(home, home.fill_disk, home.empty_disk, lasts=5.0)


def postgres_disk_full(site):
    """PostgreSQL's disk is full for 5 seconds; where it gives up, it is started again afterwards"""
    with Home(site, small_disk=True) as home:
        def recover():
            home.postgres.empty_disk()
            home.postgres.start_unless_running()
        return story(home, home.postgres.fill_disk, recover, lasts=5.0)


def clock_forward(site):
    """The clock of all processes jumps an hour ahead"""
    return clock_jump(site, 3600)


def clock_back(site):
    """The clock of all processes jumps an hour back"""
    return clock_jump(site, -3600)


def clock_jump(site, seconds):
    library = os.environ.get("FAKETIME_LIBRARY")
    if not library:
        return {"skipped": "libfaketime is not installed"}
    with Home(site, faketime=library) as home:
        seen = story(home, lambda: home.set_clock(seconds), lasts=3.0)
        before = home.entries()
        site.add_news()
        home.request_refresh()
        home.wait("feeds are read after the jump", lambda: home.entries() == before + site.news())
        seen["more"] = "whoever was signed in still is, and feeds are read"
        return seen


def issuer_away(site):
    """The OpenID issuer refuses connections for 5 seconds"""
    return issuer_gone(site, lambda issuer: issuer.refuse())


def issuer_silent(site):
    """The OpenID issuer takes connections and answers nothing for 12 seconds"""
    return issuer_gone(site, lambda issuer: issuer.fall_silent(), lasts=12.0)


def issuer_gone(site, fault, lasts=5.0):
    with Home(site) as home:
        # New processes know nothing of the issuer yet; those that do need it for the code all the same.
        home.restart_web()
        seen_by_stranger = []

        def stranger():
            started = time.monotonic()
            status, text = home.try_to_sign_in()
            seen_by_stranger.append((time.monotonic() - started, status, sentence(text)))

        def cut():
            fault(home.issuer)
            thread = threading.Thread(target=stranger, daemon=True)
            thread.start()

        seen = story(home, cut, home.issuer.come_back, lasts=lasts)
        home.wait("the stranger was answered", lambda: seen_by_stranger)
        took, status, said = seen_by_stranger[0]
        # As often as somebody would press: who tries twenty times a second is told to wait, and longer than this lasts.
        home.wait("signing in works again", lambda: home.try_to_sign_in()[0] == 303, pause=1.0)
        seen["more"] = "who signs in meanwhile: %d after %.1f s, “%s”; afterwards it works" % (status, took, said)
        return seen


FAULTS = {
    "web-killed": web_killed,
    "worker-killed": worker_killed,
    "postgres-restarted": postgres_restarted,
    "postgres-stopped": postgres_stopped,
    "postgres-silent": postgres_silent,
    "postgres-disk-full": postgres_disk_full,
    "sqlite-disk-full": sqlite_disk_full,
    "valkey-stopped": valkey_stopped,
    "valkey-flushed": valkey_flushed,
    "valkey-paused": valkey_paused,
    "clock-forward": clock_forward,
    "clock-back": clock_back,
    "issuer-away": issuer_away,
    "issuer-silent": issuer_silent,
}

HEAD = """# What breaks, and what a reader sees

Written by `scripts/faults`; do not edit it by hand. For each fault, real processes on one machine: two servers and two
workers of Yomu (%(version)s), PostgreSQL that syncs its disk, Valkey, an OpenID Connect issuer, a site of feeds; the full disk of
SQLite has one server alone. Somebody is signed in and reads without a pause: opens the list, marks one entry read, and again
(%(usual)s for each when nothing is broken).

- **saw**: how often which status. 200 and 303 are what they should be; `refused` means that nobody listened at the address,
  which a balancer or a Kubernetes Service answers by asking the other server.
- **longest**: the longest that one request took.
- **lost**: marks that were confirmed to the reader (303) and are not in the database afterwards.
- **normal after**: from the end of the fault, or from its beginning where it has no end, until every request is quick and
  good again.

A cluster would hide more than this shows: its Service asks only servers whose `/readyz` is green. On one machine all parts
also share the processors, so the figures are upper bounds.

| fault | saw | longest | what a failing page said | lost | normal after |
|---|---|---|---|---|---|
"""


def row(fault, seen):
    name = fault.__doc__
    if "skipped" in seen:
        return "| %s | not tried: %s | | | | |" % (name, seen["skipped"])
    label = {0: "refused"}
    saw = ", ".join("%d × %s" % (count, label.get(status, status)) for status, count in sorted(seen["counts"].items(), key=lambda one: -one[1]))
    if seen.get("more"):
        saw += "; " + seen["more"]
    normal = "**not within %d s**" % PATIENCE_SECONDS if seen["normal"] is None else seconds(seen["normal"])
    lost = "0 of %d" % seen["confirmed"] if not seen["lost"] else "**%d of %d**" % (seen["lost"], seen["confirmed"])
    words = "“%s”" % seen["words"] if seen["words"] else "none failed" if not failures(seen) else "nothing was sent"
    return "| %s | %s | %s | %s | %s | %s |" % (name, saw, seconds(seen["longest"]), words.replace("|", "\\|"), lost, normal)


def failures(seen):
    return any(status not in (200, 303) for status in seen["counts"])


def seconds(time_taken):
    return "%.0f ms" % (1000 * time_taken) if time_taken < 1 else "%.1f s" % time_taken


def replace(rows):
    """Puts new rows in the place of the old ones of the same faults."""
    with open(DOCUMENT) as file:
        lines = file.read().splitlines()
    for new in rows:
        lines = [new if line.split(" | ")[0] == new.split(" | ")[0] else line for line in lines]
    with open(DOCUMENT, "w") as file:
        file.write("\n".join(lines) + "\n")


def ended(number, _frame):
    raise SystemExit(128 + number)


def main():
    # Whoever ends this early gets everything cleaned up all the same.
    signal.signal(signal.SIGTERM, ended)
    wanted = sys.argv[1:]
    if wanted == ["--list"]:
        print("\n".join(FAULTS))
        return
    unknown = [name for name in wanted if name not in FAULTS]
    if unknown:
        raise SystemExit("faults: there is no fault `%s`; scripts/faults --list names all" % unknown[0])
    rows, bad, usual = [], [], []
    site = Site()
    for name in wanted or FAULTS:
        tell("%s: %s" % (name, FAULTS[name].__doc__))
        seen = FAULTS[name](site)
        rows.append(row(FAULTS[name], seen))
        tell("  " + rows[-1])
        usual.append(seen.get("usual", 0))
        if seen.get("lost") or seen.get("normal", 0) is None:
            bad.append(name)
    version = subprocess.run([os.environ["YOMU_BINARY"], "--version"], capture_output=True, text=True).stdout.split()[-1]
    if wanted:
        print("\n".join(rows))
        replace(rows)
    else:
        with open(DOCUMENT, "w") as file:
            file.write(HEAD % {"version": version, "usual": seconds(statistics.median(usual))} + "\n".join(rows) + "\n")
        tell("wrote %s" % DOCUMENT)
    if bad:
        raise SystemExit("faults: not good: " + ", ".join(bad))


if __name__ == "__main__":
    main()
