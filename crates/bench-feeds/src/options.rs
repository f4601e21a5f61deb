//! The command line, read by hand: a few commands and numbers.

pub(crate) const USAGE: &str = "\
usage: bench-feeds serve [OPTION]...
       bench-feeds load URL COUNT [--token TOKEN] [--put BODY]...
       bench-feeds get URL
       bench-feeds post URL FORM

serve: synthetic feeds on loopback, half Atom, half RSS 2.0, a fifth of them Japanese
  --feeds N         how many feeds (1000)
  --hosts N         on how many addresses, from 127.2.0.1 (100)
  --port N          on which port (8099)
  --seed N          which feeds (7)
  --min-entries N   the shortest feed (20)
  --max-entries N   the longest feed (50)

  GET /_ctl/stats             what was asked for since the last reset
  GET /_ctl/reset             forget that
  GET /_ctl/advance?by=K      every feed publishes K more entries
  GET /_ctl/latency?ms=M      answer every feed M milliseconds later
  GET /_ctl/truth             how many published entries hold each marker word
  GET /_ctl/opml              the list of subscriptions, in 20 folders

load: asks for URL, COUNT times, one after another on one connection, and prints what it took
  --token TOKEN     as an app does, with this in `X-Auth-Token`
  --put BODY        puts this JSON there instead of getting; several take turns

get: asks for URL once and prints the body

post: sends a form there as a page of the same site does, and prints the answer's body";

/// What the program was asked to do.
#[derive(Debug, PartialEq)]
pub(crate) enum Command {
    Help,
    Serve(ServeOptions),
    Load { url: String, count: u32, options: LoadOptions },
    Get { url: String },
    Post { url: String, form: String },
}

/// How a page is asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct LoadOptions {
    pub(crate) token: Option<String>,
    /// What is put, in turns; nothing to get.
    pub(crate) put: Vec<String>,
}

/// The shape of the synthetic library.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ServeOptions {
    pub(crate) feeds: u32,
    pub(crate) hosts: u32,
    pub(crate) port: u16,
    pub(crate) seed: u64,
    pub(crate) min_entries: u32,
    pub(crate) max_entries: u32,
}

impl Default for ServeOptions {
    fn default() -> ServeOptions {
        ServeOptions { feeds: 1000, hosts: 100, port: 8099, seed: 7, min_entries: 20, max_entries: 50 }
    }
}

impl Command {
    pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Command, String> {
        match arguments.next().as_deref() {
            Some("serve") => ServeOptions::parse(arguments).map(Command::Serve),
            Some("load") => {
                let url = arguments.next().ok_or("`load` needs a URL")?;
                let count = number("COUNT", arguments.next())?;
                Ok(Command::Load { url, count, options: LoadOptions::parse(arguments)? })
            }
            Some("get") => Ok(Command::Get { url: arguments.next().ok_or("`get` needs a URL")? }),
            Some("post") => {
                let url = arguments.next().ok_or("`post` needs a URL")?;
                Ok(Command::Post { url, form: arguments.next().ok_or("`post` needs a form")? })
            }
            Some("help" | "--help" | "-h") => Ok(Command::Help),
            Some(other) => Err(format!("unknown command `{other}`")),
            None => Err("no command is given".to_string()),
        }
    }
}

impl LoadOptions {
    fn parse(mut arguments: impl Iterator<Item = String>) -> Result<LoadOptions, String> {
        let mut options = LoadOptions::default();
        while let Some(name) = arguments.next() {
            let value = arguments.next().ok_or_else(|| format!("`{name}` needs a value"))?;
            match name.as_str() {
                "--token" => options.token = Some(value),
                "--put" => options.put.push(value),
                _ => return Err(format!("unknown option `{name}`")),
            }
        }
        Ok(options)
    }
}

impl ServeOptions {
    fn parse(mut arguments: impl Iterator<Item = String>) -> Result<ServeOptions, String> {
        let mut options = ServeOptions::default();
        while let Some(name) = arguments.next() {
            let value = arguments.next();
            match name.as_str() {
                "--feeds" => options.feeds = number(&name, value)?,
                "--hosts" => options.hosts = number(&name, value)?,
                "--port" => options.port = number(&name, value)?,
                "--seed" => options.seed = number(&name, value)?,
                "--min-entries" => options.min_entries = number(&name, value)?,
                "--max-entries" => options.max_entries = number(&name, value)?,
                _ => return Err(format!("unknown option `{name}`")),
            }
        }
        if options.feeds == 0 || !(1..=250).contains(&options.hosts) {
            return Err("there must be a feed, and 1 to 250 hosts".to_string());
        }
        if options.min_entries == 0 || options.min_entries > options.max_entries {
            return Err("`--min-entries` must be at least 1 and at most `--max-entries`".to_string());
        }
        Ok(options)
    }
}

fn number<T: std::str::FromStr>(name: &str, value: Option<String>) -> Result<T, String> {
    let value = value.ok_or_else(|| format!("`{name}` needs a number"))?;
    value.parse().map_err(|_| format!("`{name}` needs a number, not `{value}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Command, String> {
        Command::parse(line.split_whitespace().map(str::to_string))
    }

    #[test]
    fn options_change_what_they_name_and_nothing_else() {
        let expected = ServeOptions { feeds: 12, max_entries: 90, ..ServeOptions::default() };
        assert_eq!(parse("serve --feeds 12 --max-entries 90"), Ok(Command::Serve(expected)));
        assert_eq!(parse("serve"), Ok(Command::Serve(ServeOptions::default())));
    }

    #[test]
    fn what_is_put_keeps_its_order() {
        let expected = LoadOptions { token: Some("t".to_string()), put: vec!["1".to_string(), "2".to_string()] };
        let load = Command::Load { url: "http://a/".to_string(), count: 3, options: expected };
        assert_eq!(parse("load http://a/ 3 --put 1 --token t --put 2"), Ok(load));
        let post = Command::Post { url: "http://a/".to_string(), form: "a=b".to_string() };
        assert_eq!(parse("post http://a/ a=b"), Ok(post));
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        for line in [
            "",
            "fly",
            "load",
            "load http://a/ many",
            "load http://a/ 3 --put",
            "load http://a/ 3 --colour red",
            "post http://a/",
            "serve --feeds",
            "serve --feeds 0",
            "serve --hosts 251",
            "serve --min-entries 60",
            "serve --colour 3",
        ] {
            assert!(parse(line).is_err(), "{line}");
        }
    }
}
