//! The command line, read by hand: two commands and six numbers.

pub(crate) const USAGE: &str = "\
usage: bench-feeds serve [OPTION]...
       bench-feeds load URL COUNT
       bench-feeds get URL

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

get: asks for URL once and prints the body";

/// What the program was asked to do.
#[derive(Debug, PartialEq)]
pub(crate) enum Command {
    Help,
    Serve(ServeOptions),
    Load { url: String, count: u32 },
    Get { url: String },
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
                Ok(Command::Load { url, count })
            }
            Some("get") => Ok(Command::Get { url: arguments.next().ok_or("`get` needs a URL")? }),
            Some("help" | "--help" | "-h") => Ok(Command::Help),
            Some(other) => Err(format!("unknown command `{other}`")),
            None => Err("no command is given".to_string()),
        }
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
    fn what_cannot_be_meant_is_refused() {
        for line in [
            "",
            "fly",
            "load",
            "load http://a/ many",
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
