#!/usr/bin/env python3
"""Drives other people's programs against a running reader. scripts/conformance calls it.

    conformance.py client URL NAME PASSWORD            the published client `miniflux`, every public method
    conformance.py newsboat URL NAME PASSWORD FOLDER   newsboat, syncing by the Miniflux API
"""
import base64
import fcntl
import http.server
import json
import os
import pty
import select
import sqlite3
import struct
import subprocess
import sys
import termios
import threading
import time
import urllib.error
import urllib.request

ARTICLE = "<p>A sentence that is long enough to be taken for a part of an article by whoever looks for one.</p>" * 30


class Feeds(http.server.BaseHTTPRequestHandler):
    """Two feeds, a page that names them, an icon and an article, made from the path alone."""

    def do_GET(self):
        host = "http://%s" % self.headers["Host"]
        answers = {
            "/one": ("application/rss+xml", rss(host, "One", [1, 2, 3])),
            "/two": ("application/rss+xml", rss(host, "Two", [4, 5])),
            "/": ("text/html", "<html><head><link rel=icon href=/icon.png><link rel=alternate type=application/rss+xml "
                  "href=/one title=One><link rel=alternate type=application/rss+xml href=/two title=Two></head></html>"),
            "/icon.png": ("image/png", base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9Q"
                                                        "DwADhgGAWjR9awAAAABJRU5ErkJggg==")),
        }
        kind, body = answers.get(self.path, ("text/html", "<html><head><title>%s</title></head><body><article><h1>%s</h1>%s"
                                             "</article></body></html>" % (self.path, self.path, ARTICLE)))
        body = body.encode() if isinstance(body, str) else body
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def rss(host, title, numbers):
    items = "".join(
        "<item><guid>%d</guid><title>Entry %d</title><link>%s/article/%d</link><description>Text %d</description>"
        "<pubDate>%02d Jan 2026 00:00:00 GMT</pubDate><enclosure url='%s/%d.mp3' type='audio/mpeg' length='10'/></item>"
        % (n, n, host, n, n, n, host, n) for n in reversed(numbers))
    return "<rss version='2.0'><channel><title>%s</title><link>%s/</link>%s</channel></rss>" % (title, host, items)


def serve_feeds():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Feeds)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return "http://127.0.0.1:%d" % server.server_port


class Called:
    """Passes calls on and notes which methods were called, so that none is forgotten."""

    def __init__(self, client):
        self.client, self.names = client, set()

    def __getattr__(self, name):
        self.names.add(name)
        return getattr(self.client, name)


def expect(condition, what):
    if not condition:
        raise SystemExit("conformance: " + what)


def refused(kind, call, *arguments, **named):
    try:
        call(*arguments, **named)
    except kind as error:
        expect(error.get_error_reason(), "a reason is given")
        return
    raise SystemExit("conformance: %s is not refused" % call.__name__)


def client(url, name, password):
    import miniflux
    feeds = serve_feeds()
    c = Called(miniflux.Client(url, name, password))

    # Who, what, keys
    me = c.me()
    expect(me["username"] == name and me["is_admin"], "me is the caller")
    expect(c.get_version()["version"], "there is a version")
    key = c.create_api_key("conformance %d" % time.time())
    expect(miniflux.Client(url, api_key=key["token"]).me() == me, "a new key opens the same account")
    expect(any(k["id"] == key["id"] for k in c.get_api_keys()), "the key is listed")
    c.delete_api_key(key["id"])
    refused(miniflux.AccessUnauthorized, miniflux.Client(url, api_key=key["token"]).me)

    # Users
    user = c.create_user("carol", "a password", is_admin=False)
    expect(c.get_user_by_id(user["id"])["username"] == "carol", "a user by number")
    expect(c.get_user_by_username("carol")["id"] == user["id"], "a user by name")
    expect(c.update_user(user["id"], is_admin=True)["is_admin"], "a user is changed")
    expect(len(c.get_users()) >= 2, "users are listed")
    refused(miniflux.AccessForbidden, c.mark_user_entries_as_read, user["id"])
    c.delete_user(user["id"])
    refused(miniflux.ResourceNotFound, c.get_user_by_id, user["id"])
    refused(miniflux.BadRequest, c.create_user, "", "")

    # Categories and feeds
    category = c.create_category("Conformance")
    refused(miniflux.BadRequest, c.create_category, "Conformance")
    expect(c.update_category(category["id"], "Conformity")["title"] == "Conformity", "a category is renamed")
    expect(any(one["id"] == category["id"] for one in c.get_categories()), "the category is listed")
    found = c.discover(feeds + "/")
    expect([one["url"] for one in found] == [feeds + "/one", feeds + "/two"], "the feeds of a page: %s" % found)
    one = c.create_feed(feeds + "/one", category["id"])
    refused(miniflux.BadRequest, c.create_feed, feeds + "/one", category["id"])
    refused(miniflux.ServerError, c.create_feed, "http://127.0.0.1:9/feed")
    two = c.create_feed(feeds + "/two")
    feed = c.get_feed(one)
    expect(feed["title"] == "One" and feed["category"]["id"] == category["id"], "a feed is shown")
    expect(c.update_feed(two, title="Zwei", category_id=category["id"])["title"] == "Zwei", "a feed is changed")
    expect({one, two} <= {f["id"] for f in c.get_feeds()}, "feeds are listed")
    expect({f["id"] for f in c.get_category_feeds(category["id"])} == {one, two}, "feeds of a category")
    expect(c.refresh_feed(one) and c.refresh_category(category["id"]) and c.refresh_all_feeds(), "feeds are refreshed")
    expect(c.get_feed_counters()["unreads"][str(one)] == 3, "unread entries are counted")
    icon = wait_for(lambda: quietly(miniflux.ResourceNotFound, c.get_feed_icon, one))
    expect(icon["data"].startswith("image/png;base64,"), "an icon")
    expect(c.get_icon(icon["id"]) == icon and c.get_icon_by_feed_id(one) == icon, "an icon by its number")

    # Entries
    listed = c.get_entries(order="published_at", direction="desc", feed_id=one, limit=2)
    expect(listed["total"] == 3 and [e["title"] for e in listed["entries"]] == ["Entry 3", "Entry 2"], "entries are listed")
    three = listed["entries"][0]
    expect(c.get_feed_entries(one, status=["unread"])["total"] == 3, "entries of a feed")
    expect(c.get_category_entries(category["id"], limit=1)["total"] == 5, "entries of a category")
    expect(c.get_entry(three["id"])["content"] == "Text 3" or "Text 3" in c.get_entry(three["id"])["content"], "an entry")
    expect(c.get_feed_entry(one, three["id"])["id"] == three["id"], "an entry of a feed")
    expect(c.get_category_entry(category["id"], three["id"])["id"] == three["id"], "an entry of a category")
    expect(c.update_entries([three["id"]], "read"), "an entry is marked")
    expect(c.get_entries(feed_id=one, status="unread")["total"] == 2, "the mark holds")
    expect(c.toggle_bookmark(three["id"]) and c.get_entry(three["id"])["starred"], "an entry is starred")
    expect("long enough" in c.fetch_entry_content(three["id"])["content"], "the article of an entry")
    expect(c.update_entry(three["id"], title="Three")["title"] == "Three", "an entry is rewritten")
    expect(c.save_entry(three["id"]) and c.get_integrations_status() is True, "an entry is saved")
    enclosure = three["enclosures"][0]
    expect(c.update_enclosure(enclosure["id"], media_progression=7), "a position is noted")
    expect(c.get_enclosure(enclosure["id"])["media_progression"] == 7, "a position is kept")
    imported = c.import_entry(one, url=feeds + "/own", title="Own", content="<p>own</p>", status="unread")
    expect(c.get_entry(imported["id"])["title"] == "Own", "an entry is imported")
    refused(miniflux.ResourceNotFound, c.get_entry, 424242)
    refused(miniflux.BadRequest, c.get_entries, order="size")

    # Everything read, and away
    c.mark_feed_entries_as_read(one)
    c.mark_category_entries_as_read(category["id"])
    c.mark_user_entries_as_read(me["id"])
    expect(c.get_entries(status="unread")["total"] == 0, "everything is read")
    expect(c.flush_history(), "what was read goes")
    expect(c.export_feeds() == c.export() and feeds + "/one" in c.export(), "feeds are exported")
    expect(c.import_feeds(c.export())["message"], "feeds are imported")
    c.delete_feed(two)
    c.delete_category(category["id"])
    refused(miniflux.ResourceNotFound, c.get_feed, two)
    c.delete_feed(one)
    c.close()

    missing = {m for m in dir(miniflux.Client) if not m.startswith("_") and callable(getattr(miniflux.Client, m))} - c.names
    expect(not missing, "these methods were not called: %s" % ", ".join(sorted(missing)))
    print("the client `miniflux`: all %d methods" % len(c.names))


def quietly(kind, call, *arguments):
    try:
        return call(*arguments)
    except kind:
        return None


def wait_for(look, seconds=15):
    end = time.time() + seconds
    while time.time() < end:
        found = look()
        if found:
            return found
        time.sleep(0.2)
    raise SystemExit("conformance: waited for nothing")


class Api:
    """The few calls that newsboat's doings are checked by."""

    def __init__(self, url, password):
        self.url, self.password = url, password

    def __call__(self, method, path, body=None):
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.url + "/v1" + path, data, {"X-Auth-Token": self.password}, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def unread(self, feed):
        entries = self("GET", "/feeds/%d/entries?status=unread" % feed)["entries"]
        return sorted(one["title"] for one in entries)


def newsboat(url, name, password, folder):
    feeds, api = serve_feeds(), Api(url, password)
    feed = api("POST", "/feeds", {"feed_url": feeds + "/one"})["feed_id"]
    ids = {one["title"]: one["id"] for one in api("GET", "/feeds/%d/entries" % feed)["entries"]}
    home = os.path.join(folder, "newsboat")
    os.makedirs(home)
    with open(os.path.join(home, "config"), "w") as out:
        out.write('urls-source "miniflux"\nminiflux-url "%s"\nminiflux-login "%s"\nminiflux-password "%s"\n'
                  % (url, name, password))
        out.write("confirm-exit no\nshow-read-feeds yes\n")
    boat = Boat(home)
    boat.reload()
    expect(boat.unread() == ["Entry 1", "Entry 2", "Entry 3"], "newsboat has all entries: %s" % boat.unread())
    api("PUT", "/entries", {"entry_ids": [ids["Entry 2"]], "status": "read"})
    boat.reload()
    expect(boat.unread() == ["Entry 1", "Entry 3"], "newsboat sees what was read here: %s" % boat.unread())
    boat.mark_everything_read()
    wait_for(lambda: api.unread(feed) == [])
    api("PUT", "/entries", {"entry_ids": [ids["Entry 1"]], "status": "unread"})
    boat.reload()
    expect(boat.unread() == ["Entry 1"], "newsboat sees what is unread again: %s" % boat.unread())
    api("DELETE", "/feeds/%d" % feed)
    print("newsboat: synced, and marked read in both directions")


class Boat:
    """newsboat with a folder of its own."""

    def __init__(self, home):
        self.home = home
        self.command = ["newsboat", "-q", "-C", home + "/config", "-c", home + "/cache.db", "-u", home + "/urls"]
        self.environment = dict(os.environ, HOME=home, TERM="xterm", LANG="C.UTF-8")
        open(home + "/urls", "w").close()

    def reload(self):
        done = subprocess.run(self.command + ["-x", "reload"], env=self.environment, timeout=60, capture_output=True, text=True)
        expect(done.returncode == 0, "newsboat ended with %d: %s%s" % (done.returncode, done.stdout, done.stderr))

    def unread(self):
        with sqlite3.connect(self.home + "/cache.db") as cache:
            return sorted(row[0] for row in cache.execute("SELECT title FROM rss_item WHERE unread = 1 AND deleted = 0"))

    def mark_everything_read(self):
        """There is no command for it, so keys are pressed: C for all feeds, then q."""
        child, terminal = pty.fork()
        if child == 0:
            os.execvpe("newsboat", self.command, self.environment)
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.read_screen(terminal, 3)
        for key in (b"C", b"y", b"q"):
            os.write(terminal, key)
            self.read_screen(terminal, 2)
        end = time.time() + 10
        while time.time() < end and os.waitpid(child, os.WNOHANG) == (0, 0):
            self.read_screen(terminal, 0.2)
        os.close(terminal)

    @staticmethod
    def read_screen(terminal, seconds):
        end = time.time() + seconds
        while time.time() < end:
            if select.select([terminal], [], [], 0.1)[0]:
                try:
                    if not os.read(terminal, 65536):
                        return
                except OSError:
                    return


if __name__ == "__main__":
    what, *arguments = sys.argv[1:]
    {"client": client, "newsboat": newsboat}[what](*arguments)
