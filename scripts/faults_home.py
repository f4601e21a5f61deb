"""A home of Yomu on one machine, all of its parts in our hands. scripts/faults.py breaks them."""
import base64
import http.client
import http.server
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

BINARY = os.environ["YOMU_BINARY"]
FEEDS, ENTRIES = 100, 20
START_SECONDS = 60


def tell(text):
    print(text, file=sys.stderr, flush=True)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait(what, is_so, patience=START_SECONDS, pause=0.05):
    deadline = time.monotonic() + patience
    while True:
        result = is_so()
        if result:
            return result
        if time.monotonic() > deadline:
            raise SystemExit("faults: in vain: " + what)
        time.sleep(pause)


class QuietServer(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """Whoever was killed hears no answer; that is what this is for."""


class Served:
    """An HTTP server of ours."""

    def __init__(self, handle):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.answer(b"")

            def do_POST(self):
                self.answer(self.rfile.read(int(self.headers.get("Content-Length", 0))))

            def answer(self, body):
                status, headers, text = handle(self.path, body)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_):
                pass

        self.handle_class, self.port = Handler, free_port()
        self.server = None
        self.listen()

    def listen(self):
        self.server = QuietServer(("127.0.0.1", self.port), self.handle_class)
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def refuse(self):
        """Nobody listens any more."""
        self.server.shutdown()
        self.server.server_close()
        self.server = None

    @property
    def url(self):
        return "http://127.0.0.1:%d" % self.port


class Site(Served):
    """A site with feeds, whose answers can be held back."""

    def __init__(self):
        self.round, self.free, self.waiting = 0, threading.Event(), 0
        self.lock = threading.Lock()
        self.free.set()
        super().__init__(self.feed)

    def feed(self, path, _body):
        number = re.fullmatch(r"/feed/(\d+)", path)
        if not number:
            return 404, {}, b""
        with self.lock:
            self.waiting += 1
        self.free.wait(60)
        with self.lock:
            self.waiting -= 1
        number = int(number[1])
        items = "".join(
            "<item><guid>%d-%d</guid><title>Entry %d of %d</title><description>Some words</description></item>" % (number, n, n, number)
            for n in range(ENTRIES + self.round))
        text = "<rss version='2.0'><channel><title>Feed %d</title>%s</channel></rss>" % (number, items)
        return 200, {"Content-Type": "application/rss+xml"}, text.encode()

    def add_news(self):
        self.round += 1

    def news(self):
        return FEEDS

    def hold(self):
        self.free.clear()

    def release(self):
        self.free.set()

    def held(self):
        return self.waiting if not self.free.is_set() else 0


class Issuer(Served):
    """An OpenID Connect issuer that believes everybody to be Ann."""

    def __init__(self, folder):
        self.key = os.path.join(folder, "issuer.pem")
        subprocess.run(["openssl", "genrsa", "-out", self.key, "2048"], check=True, capture_output=True)
        modulus = subprocess.run(["openssl", "rsa", "-in", self.key, "-noout", "-modulus"], check=True, capture_output=True, text=True)
        self.modulus = bytes.fromhex(modulus.stdout.strip().split("=")[1])
        self.codes, self.silent = {}, None
        super().__init__(self.answer)

    def answer(self, path, body):
        url = urllib.parse.urlsplit(path)
        asked = dict(urllib.parse.parse_qsl(url.query))
        if url.path == "/.well-known/openid-configuration":
            return self.json({"issuer": self.url, "authorization_endpoint": self.url + "/authorize", "token_endpoint": self.url + "/token",
                              "jwks_uri": self.url + "/keys", "token_endpoint_auth_methods_supported": ["client_secret_post"]})
        if url.path == "/keys":
            return self.json({"keys": [{"kty": "RSA", "kid": "1", "use": "sig", "alg": "RS256", "n": encoded(self.modulus), "e": "AQAB"}]})
        if url.path == "/authorize":
            code = "code-%d" % (len(self.codes) + 1)
            self.codes[code] = asked["nonce"]
            answer = urllib.parse.urlencode({"code": code, "state": asked["state"]})
            return 302, {"Location": asked["redirect_uri"] + "?" + answer}, b""
        if url.path == "/token":
            code = dict(urllib.parse.parse_qsl(body.decode()))["code"]
            return self.json({"token_type": "Bearer", "access_token": "x", "id_token": self.token(self.codes[code])})
        return 404, {}, b""

    def token(self, nonce):
        now = int(time.time())
        claims = {"iss": self.url, "sub": "1", "aud": "faults", "exp": now + 600, "iat": now, "nonce": nonce,
                  "email": "ann@example.org", "email_verified": True}
        head = encoded(json.dumps({"alg": "RS256", "kid": "1"}).encode())
        text = head + "." + encoded(json.dumps(claims).encode())
        signed = subprocess.run(["openssl", "dgst", "-sha256", "-sign", self.key], input=text.encode(), check=True, capture_output=True)
        return text + "." + encoded(signed.stdout)

    def json(self, value):
        return 200, {"Content-Type": "application/json"}, json.dumps(value).encode()

    def fall_silent(self):
        """Connections are taken, and nothing is said."""
        self.refuse()
        self.silent = socket.socket()
        self.silent.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.silent.bind(("127.0.0.1", self.port))
        self.silent.listen(100)

    def come_back(self):
        if self.silent:
            self.silent.close()
            self.silent = None
        if self.server is None:
            self.listen()


def encoded(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class Disk:
    """A small disk of its own."""

    def __init__(self, folder, megabytes):
        os.makedirs(folder, exist_ok=True)
        self.folder = folder
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=%dm,mode=777" % megabytes, "tmpfs", folder], check=True)

    def fill(self):
        with open(os.path.join(self.folder, "filler"), "wb", buffering=0) as file:
            for size in (1 << 20, 4096):
                try:
                    while True:
                        file.write(b"\0" * size)
                except OSError:
                    pass

    def empty(self):
        os.unlink(os.path.join(self.folder, "filler"))

    def close(self):
        subprocess.run(["umount", "-l", self.folder], check=False)


class Postgres:
    """A cluster that syncs its disk as in real life."""

    def __init__(self, folder, small_disk=False):
        self.binaries = os.environ["POSTGRES_BINARIES"]
        self.folder, self.port, self.disk = folder, free_port(), None
        os.makedirs(folder)
        if small_disk:
            self.disk = Disk(folder, 256)
        shutil.chown(folder, "postgres", "postgres")
        os.chmod(folder, 0o700)
        self.data = os.path.join(folder, "data")
        self.run("initdb", "--pgdata", self.data, "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
        with open(os.path.join(self.data, "postgresql.conf"), "a") as file:
            file.write("listen_addresses='127.0.0.1'\nport=%d\nunix_socket_directories='%s'\nmax_wal_size=64MB\nmin_wal_size=32MB\n"
                       % (self.port, folder))
        self.start()

    def run(self, program, *arguments, check=True):
        return subprocess.run(["runuser", "-u", "postgres", "--", os.path.join(self.binaries, program), *arguments], check=check,
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")

    def start(self):
        self.run("pg_ctl", "--pgdata", self.data, "--log", os.path.join(self.folder, "log"), "--wait", "start")

    def start_unless_running(self):
        if self.run("pg_ctl", "--pgdata", self.data, "status", check=False).returncode != 0:
            self.start()

    def stop(self, how="fast"):
        self.run("pg_ctl", "--pgdata", self.data, "--mode", how, "--wait", "stop", check=False)

    def restart(self):
        self.run("pg_ctl", "--pgdata", self.data, "--log", os.path.join(self.folder, "log"), "--mode=fast", "--wait", "restart")

    def signal(self, number):
        with open(os.path.join(self.data, "postmaster.pid")) as file:
            head = int(file.readline())
        pids = subprocess.run(["ps", "-o", "pid=", "--ppid", str(head)], capture_output=True, text=True).stdout.split()
        for pid in [head, *map(int, pids)]:
            os.kill(pid, number)

    def fill_disk(self):
        self.disk.fill()
        # The log has room in its current file; the next one has none.
        self.sql("SELECT pg_switch_wal()", check=False)

    def empty_disk(self):
        self.disk.empty()

    def sql(self, text, database="postgres", check=True):
        url = "postgres://postgres@127.0.0.1:%d/%s" % (self.port, database)
        ran = subprocess.run(["psql", "-X", "-A", "-t", "-q", "-c", text, url], capture_output=True, text=True)
        if check and ran.returncode:
            raise SystemExit("faults: psql: " + ran.stderr)
        return ran.stdout.strip()

    def close(self):
        self.stop("immediate")
        if self.disk:
            self.disk.close()


class Valkey:
    def __init__(self):
        self.port, self.process = free_port(), None
        self.start()

    def start(self):
        self.process = subprocess.Popen([os.environ["VALKEY_PROGRAM"], "--bind", "127.0.0.1", "--port", str(self.port), "--save", "",
                                         "--appendonly", "no"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait("Valkey answers", lambda: self.command("PING") == "+PONG")

    def command(self, word):
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as stream:
                stream.sendall(word.encode() + b"\r\n")
                return stream.recv(100).decode().strip()
        except OSError:
            return None

    def signal(self, number):
        self.process.send_signal(number)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def close(self):
        self.signal(signal.SIGCONT)
        self.kill()


class Home:
    """Two servers, two workers, and all that they need; somebody signed in, with feeds."""

    def __init__(self, site, small_disk=False, faketime=None):
        self.site, self.small_disk, self.faketime = site, small_disk, faketime
        self.folder = tempfile.mkdtemp(prefix="yomu-faults.")
        os.chmod(self.folder, 0o755)
        self.processes, self.starts, self.cookie = {}, {}, ""

    def __enter__(self):
        try:
            self.open()
        except BaseException:
            self.__exit__()
            raise
        return self

    def open(self):
        self.postgres = Postgres(os.path.join(self.folder, "postgres"), self.small_disk)
        self.postgres.sql("CREATE DATABASE yomu")
        self.valkey, self.issuer = Valkey(), Issuer(self.folder)
        self.ports = [free_port(), free_port()]
        database = {"DATABASE_URL": "postgres://postgres@127.0.0.1:%d/yomu" % self.postgres.port,
                    "VALKEY_URL": "redis://127.0.0.1:%d" % self.valkey.port}
        for number, port in enumerate(self.ports, 1):
            self.define("web-%d" % number, ["serve", "--no-worker"], port, database)
        for number in (1, 2):
            self.define("worker-%d" % number, ["worker"], free_port(), database)
        self.begin()

    def define(self, name, arguments, port, more):
        variables = {"PATH": os.environ["PATH"], "PORT": str(port), "YOMU_DATA": os.path.join(self.folder, name),
                     "BASE_URL": "http://localhost:%d" % self.ports[0], "YOMU_ALLOW_NETWORKS": "127.0.0.0/8",
                     "YOMU_METRICS_ADDRESS": "127.0.0.1:%d" % free_port(), "GOOGLE_CLIENT_ID": "faults", "GOOGLE_CLIENT_SECRET": "faults",
                     "SESSION_SECRET": encoded(os.urandom(32)) if not self.starts else self.secret(), "OIDC_ISSUER": self.issuer.url, **more}
        if self.faketime:
            self.clock = os.path.join(self.folder, "clock")
            self.set_clock(0)
            variables.update({"LD_PRELOAD": self.faketime, "FAKETIME_TIMESTAMP_FILE": self.clock, "FAKETIME_NO_CACHE": "1",
                              "DONT_FAKE_MONOTONIC": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"})
        self.starts[name] = (arguments, variables)

    def secret(self):
        return next(iter(self.starts.values()))[1]["SESSION_SECRET"]

    def begin(self):
        for name in self.starts:
            self.start(name)
        status, _ = self.try_to_sign_in(keep=True)
        if status != 303:
            raise SystemExit("faults: nobody can sign in: %d" % status)
        feeds = "".join('<outline type="rss" xmlUrl="%s/feed/%d"/>' % (self.site.url, n) for n in range(FEEDS))
        self.upload("<opml version='2.0'><body>%s</body></opml>" % feeds)
        wait("all feeds are read", lambda: self.entries() == FEEDS * (ENTRIES + self.site.round))

    def start(self, name):
        arguments, variables = self.starts[name]
        log = open(os.path.join(self.folder, name + ".log"), "ab")
        self.processes[name] = subprocess.Popen([BINARY, *arguments], env=variables, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        numbers = int(variables["YOMU_METRICS_ADDRESS"].split(":")[1])
        wait("%s is ready" % name, lambda: self.ask(numbers, "GET", "/readyz")[0] == 200)

    def restart_web(self):
        for name in list(self.processes):
            if name.startswith("web"):
                self.kill(name)
                self.start(name)

    def kill(self, name):
        self.processes[name].kill()
        self.processes[name].wait()

    def ask(self, port, method, path, body=None, headers=None, patience=60):
        """Status and text of an answer; 0 when there is none."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
        try:
            if method == "POST" and body is None:
                headers = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request(method, path, body, {"Host": "localhost:%d" % self.ports[0], "Cookie": self.cookie, "Accept-Language": "en",
                                                    "Sec-Fetch-Site": "same-origin", **(headers or {})})
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
            self.answered = answer
            return answer.status, text
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            connection.close()

    def try_to_sign_in(self, keep=False):
        """The whole way of a stranger: to the issuer, back, and in. Returns what stood at its end."""
        stranger = Stranger(self)
        status, text = stranger.sign_in(self.ports[0])
        if keep:
            self.cookie = stranger.cookies()
        return status, text

    def upload(self, opml):
        mark = "----faults"
        body = ('--%s\r\nContent-Disposition: form-data; name="file"; filename="a.opml"\r\n\r\n%s\r\n--%s--\r\n' % (mark, opml, mark)).encode()
        status, text = self.ask(self.ports[0], "POST", "/import", body, {"Content-Type": "multipart/form-data; boundary=" + mark})
        if status != 303:
            raise SystemExit("faults: the feeds were not taken: %d %s" % (status, text))

    def request_refresh(self):
        self.ask(self.ports[0], "POST", "/refresh", "", {"Content-Type": "application/x-www-form-urlencoded"})

    def sql(self, text):
        return self.postgres.sql(text, "yomu")

    def entries(self):
        return int(self.sql("SELECT COUNT(*) FROM entry"))

    def unread_ids(self):
        return [int(line) for line in self.sql("SELECT entry_id FROM entry_state WHERE unread ORDER BY entry_id").split()]

    def read_ids(self):
        return {int(line) for line in self.sql("SELECT entry_id FROM entry_state WHERE NOT unread").split()}

    def readiness(self):
        """What both servers say of their health."""
        asked = [(self.ask(port, "GET", "/healthz")[0], self.ask(port, "GET", "/readyz")[0]) for port in self.ports]
        return ", ".join("healthz %d, readyz %d" % one for one in sorted(set(asked)))

    def all_live(self):
        return all(process.poll() is None for process in self.processes.values())

    def set_clock(self, seconds):
        with open(self.clock + ".new", "w") as file:
            file.write("%+d\n" % seconds)
        os.replace(self.clock + ".new", self.clock)

    def wait(self, what, is_so, patience=150, pause=0.05):
        return wait(what, is_so, patience, pause)

    def __exit__(self, *_):
        for process in self.processes.values():
            process.kill()
            process.wait()
        for part in ("valkey", "postgres"):
            if hasattr(self, part):
                getattr(self, part).close()
        if hasattr(self, "disk"):
            self.disk.close()
        if hasattr(self, "issuer") and self.issuer.server:
            self.issuer.refuse()
        shutil.rmtree(self.folder, ignore_errors=True)


class Stranger:
    """A browser that has never been here."""

    def __init__(self, home):
        self.home, self.jar = home, {}

    def cookies(self):
        return "; ".join("%s=%s" % pair for pair in self.jar.items())

    def sign_in(self, port):
        where = "/sign-in/start"
        for _ in range(6):
            url = urllib.parse.urlsplit(where)
            target = url.port or port
            path = url.path + ("?" + url.query if url.query else "")
            connection = http.client.HTTPConnection("127.0.0.1", target, timeout=60)
            try:
                connection.request("GET", path, headers={"Host": "localhost:%d" % port, "Cookie": self.cookies(), "Accept-Language": "en"})
                answer = connection.getresponse()
                text = answer.read().decode(errors="replace")
            except (OSError, http.client.HTTPException):
                return 0, ""
            finally:
                connection.close()
            for line in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = line.split(";")[0].partition("=")
                if value:
                    self.jar[name] = value
                else:
                    self.jar.pop(name, None)
            if answer.status not in (302, 303) or "yomu" in self.jar:
                return answer.status, text
            where = answer.headers["Location"]
        return answer.status, text


class SqliteHome(Home):
    """One server with SQLite on a small disk."""

    def open(self):
        self.issuer = Issuer(self.folder)
        self.disk = Disk(os.path.join(self.folder, "disk"), 48)
        self.file = os.path.join(self.disk.folder, "yomu.sqlite3")
        self.ports = [free_port()]
        self.define("web-1", ["serve"], self.ports[0], {"DATABASE_URL": "sqlite:" + self.file})
        self.begin()

    def sql(self, text):
        import sqlite3
        try:
            with sqlite3.connect("file:%s?mode=ro" % self.file, uri=True, timeout=10) as database:
                return "\n".join(str(line[0]) for line in database.execute(text))
        except sqlite3.OperationalError as error:
            raise SystemExit("faults: SQLite: %s" % error)

    def fill_disk(self):
        # The log of writes would go on in the room that it has already; now it has none.
        import sqlite3
        with sqlite3.connect(self.file, timeout=10) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self.disk.fill()

    def empty_disk(self):
        self.disk.empty()
