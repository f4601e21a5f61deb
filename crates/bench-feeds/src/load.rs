//! The HTTP client of the benchmark: one reader who asks for one page, again and again, on one connection, and keeps the
//! cookies.

use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

use crate::options::LoadOptions;

/// Asks `count` times and prints one line: how many were answered, and how long the median and the slow ones took.
pub(crate) async fn run(url: &str, count: u32, options: &LoadOptions) -> Result<(), String> {
    let target = Target::parse(url)?;
    let mut reader =
        Reader::connect(&target).await.map_err(|error| format!("`{}` does not answer: {error}", target.host))?;
    let token = options.token.as_ref().map_or(String::new(), |token| format!("X-Auth-Token: {token}\r\n"));
    let requests: Vec<Request<'_>> = if options.put.is_empty() {
        vec![Request { headers: token, ..Request::get() }]
    } else {
        let put = |body| Request { method: "PUT", body, headers: format!("{token}Content-Type: application/json\r\n") };
        options.put.iter().map(|body| put(body)).collect()
    };
    let mut times = Vec::with_capacity(count as usize);
    let mut bytes = 0;
    let started = Instant::now();
    for request in requests.iter().cycle().take(count as usize) {
        let asked = Instant::now();
        let answer =
            reader.ask(&target, request).await.map_err(|error| format!("`{url}` ended in the middle: {error}"))?;
        if answer.status != 200 && answer.status != 204 {
            return Err(format!("`{url}` answered {} instead of 200 or 204", answer.status));
        }
        times.push(asked.elapsed());
        bytes += answer.bytes;
    }
    let total = started.elapsed().as_secs_f64();
    times.sort_unstable();
    println!(
        "requests {count} seconds {total:.3} p50_ms {:.2} p95_ms {:.2} max_ms {:.2} bytes_each {}",
        ms(percentile(&times, 50)),
        ms(percentile(&times, 95)),
        ms(percentile(&times, 100)),
        bytes / u64::from(count.max(1))
    );
    Ok(())
}

/// Asks once and prints the body, so that scripts need no other HTTP client.
pub(crate) async fn get(url: &str) -> Result<(), String> {
    print_answer(url, &Request::get()).await
}

/// Sends a form once and prints the body of the answer.
pub(crate) async fn post(url: &str, form: &str) -> Result<(), String> {
    let headers = "Content-Type: application/x-www-form-urlencoded\r\nSec-Fetch-Site: same-origin\r\n".to_string();
    print_answer(url, &Request { method: "POST", headers, body: form }).await
}

async fn print_answer(url: &str, request: &Request<'_>) -> Result<(), String> {
    let target = Target::parse(url)?;
    let mut reader =
        Reader::connect(&target).await.map_err(|error| format!("`{}` does not answer: {error}", target.host))?;
    let answer = reader.ask(&target, request).await.map_err(|error| format!("`{url}` ended in the middle: {error}"))?;
    if answer.status != 200 {
        return Err(format!("`{url}` answered {} instead of 200", answer.status));
    }
    print!("{}", String::from_utf8_lossy(&reader.body));
    Ok(())
}

/// An `http://` address, taken apart.
#[derive(Debug, PartialEq)]
struct Target {
    host: String,
    path: String,
}

impl Target {
    fn parse(url: &str) -> Result<Target, String> {
        let rest = url.strip_prefix("http://").ok_or_else(|| format!("`{url}` does not begin with `http://`"))?;
        let (host, path) = rest.find('/').map_or((rest, "/"), |slash| rest.split_at(slash));
        let host = if host.contains(':') { host.to_string() } else { format!("{host}:80") };
        Ok(Target { host, path: path.to_string() })
    }
}

/// What is asked for at an address.
struct Request<'a> {
    method: &'static str,
    /// Whole lines.
    headers: String,
    body: &'a str,
}

impl Request<'_> {
    fn get() -> Self {
        Request { method: "GET", headers: String::new(), body: "" }
    }
}

struct Answer {
    status: u16,
    bytes: u64,
}

struct Reader {
    stream: BufReader<TcpStream>,
    cookies: Vec<String>,
    /// The body of the last answer.
    body: Vec<u8>,
}

impl Reader {
    async fn connect(target: &Target) -> std::io::Result<Reader> {
        let stream = TcpStream::connect(&target.host).await?;
        stream.set_nodelay(true)?;
        Ok(Reader { stream: BufReader::new(stream), cookies: Vec::new(), body: Vec::new() })
    }

    async fn ask(&mut self, target: &Target, request: &Request<'_>) -> std::io::Result<Answer> {
        let cookies =
            if self.cookies.is_empty() { String::new() } else { format!("Cookie: {}\r\n", self.cookies.join("; ")) };
        let length =
            if request.body.is_empty() { String::new() } else { format!("Content-Length: {}\r\n", request.body.len()) };
        let whole = format!(
            "{} {} HTTP/1.1\r\nHost: {}\r\nAccept: text/html\r\n{cookies}{}{length}\r\n{}",
            request.method, target.path, target.host, request.headers, request.body
        );
        self.stream.write_all(whole.as_bytes()).await?;
        let status_line = self.line().await?;
        let status = status_line.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        let (mut length, mut chunked) = (0, false);
        loop {
            let line = self.line().await?;
            let Some((name, value)) = line.split_once(':') else { break };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().unwrap_or(0),
                "transfer-encoding" => chunked = value.eq_ignore_ascii_case("chunked"),
                "set-cookie" => self.keep_cookie(value),
                _ => {}
            }
        }
        self.body.clear();
        if chunked {
            self.chunks().await?;
        } else {
            self.read(length).await?;
        }
        Ok(Answer { status, bytes: self.body.len() as u64 })
    }

    /// A cookie replaces an older one of its name; what follows the first semicolon is for browsers.
    fn keep_cookie(&mut self, value: &str) {
        let pair = value.split(';').next().unwrap_or(value).trim();
        let name = pair.split('=').next().unwrap_or(pair);
        self.cookies.retain(|kept| kept.split('=').next() != Some(name));
        self.cookies.push(pair.to_string());
    }

    async fn chunks(&mut self) -> std::io::Result<()> {
        loop {
            let line = self.line().await?;
            let size = line.split(';').next().and_then(|size| u64::from_str_radix(size.trim(), 16).ok());
            let size = size.ok_or_else(|| std::io::Error::other("a chunk without a size"))?;
            self.read(size).await?;
            self.line().await?; // the line end behind it
            if size == 0 {
                return Ok(());
            }
        }
    }

    /// Appends so many bytes to the body.
    async fn read(&mut self, length: u64) -> std::io::Result<()> {
        let read = (&mut self.stream).take(length).read_to_end(&mut self.body).await? as u64;
        if read == length { Ok(()) } else { Err(std::io::ErrorKind::UnexpectedEof.into()) }
    }

    async fn line(&mut self) -> std::io::Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        Ok(line.trim_end().to_string())
    }
}

/// The time that so many in a hundred did not exceed, of sorted times.
fn percentile(times: &[Duration], percent: usize) -> Duration {
    let position = (times.len() * percent).div_ceil(100).saturating_sub(1);
    times.get(position).copied().unwrap_or_default()
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    /// Serves one connection with ready-made answers, and returns the heads it was asked with.
    async fn served(answers: &'static [&'static str]) -> (Target, tokio::task::JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let target = Target { host: listener.local_addr().unwrap().to_string(), path: "/unread".to_string() };
        let heads = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut heads = Vec::new();
            for answer in answers {
                let mut head = vec![0; 4096];
                let read = stream.read(&mut head).await.unwrap();
                heads.push(String::from_utf8_lossy(&head[..read]).into_owned());
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
            heads
        });
        (target, heads)
    }

    #[tokio::test]
    async fn answers_with_a_length_and_in_chunks_are_read_to_their_end() {
        let (target, heads) = served(&[
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nSet-Cookie: id=a; HttpOnly\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nset-cookie: id=b\r\n\r\n3\r\nabc\r\nA;x=1\r\n0123456789\r\n0\r\n\r\n",
            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
        ])
        .await;
        let mut reader = Reader::connect(&target).await.unwrap();
        let mut seen = Vec::new();
        for _ in 0..3 {
            let answer = reader.ask(&target, &Request::get()).await.unwrap();
            seen.push((answer.status, String::from_utf8(reader.body.clone()).unwrap(), answer.bytes));
        }
        let expected = [(200, "hello", 5), (200, "abc0123456789", 13), (404, "", 0)];
        assert_eq!(seen, expected.map(|(status, body, bytes)| (status, body.to_string(), bytes)));
        let heads = heads.await.unwrap();
        assert!(
            !heads[0].contains("Cookie")
                && heads[1].contains("Cookie: id=a\r\n")
                && heads[2].contains("Cookie: id=b\r\n")
        );
    }

    #[tokio::test]
    async fn an_answer_that_breaks_off_is_an_error() {
        let (target, _heads) = served(&["HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort"]).await;
        assert!(Reader::connect(&target).await.unwrap().ask(&target, &Request::get()).await.is_err());
    }

    #[tokio::test]
    async fn a_body_travels_with_its_length_and_headers() {
        let (target, heads) = served(&["HTTP/1.1 204 No Content\r\n\r\n"]).await;
        let request = Request { method: "PUT", headers: "X-Auth-Token: t\r\n".to_string(), body: "{}" };
        let answer = Reader::connect(&target).await.unwrap().ask(&target, &request).await.unwrap();
        assert_eq!((answer.status, answer.bytes), (204, 0));
        let heads = heads.await.unwrap();
        assert!(heads[0].starts_with("PUT /unread HTTP/1.1\r\n"), "{}", heads[0]);
        assert!(heads[0].ends_with("X-Auth-Token: t\r\nContent-Length: 2\r\n\r\n{}"), "{}", heads[0]);
    }

    #[test]
    fn addresses_are_taken_apart() {
        let target = |host: &str, path: &str| Ok(Target { host: host.to_string(), path: path.to_string() });
        assert_eq!(Target::parse("http://127.0.0.1:3000/a?b"), target("127.0.0.1:3000", "/a?b"));
        assert_eq!(Target::parse("http://localhost"), target("localhost:80", "/"));
        assert!(Target::parse("https://localhost/").is_err());
    }

    #[test]
    fn percentiles_are_times_that_happened() {
        let times: Vec<Duration> = (1..=10).map(Duration::from_millis).collect();
        assert_eq!([50, 95, 100].map(|percent| percentile(&times, percent).as_millis()), [5, 10, 10]);
        assert_eq!(percentile(&[], 50), Duration::ZERO);
    }
}
