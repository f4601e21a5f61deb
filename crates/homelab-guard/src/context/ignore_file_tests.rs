//! Lines, paths and who wins.

use super::ignore_file::IgnoreFile;
use super::pattern::BadPattern;

/// Each path under one ignore file: `-` stays out, `+` gets in.
#[track_caller]
fn check(lines: &str, paths: &[&str]) {
    let file = IgnoreFile::parse(lines);
    assert_eq!(file.problems, [], "{lines:?}");
    for marked in paths {
        let (mark, path) = marked.split_at(1);
        assert_eq!(file.excludes(path), mark == "-", "`{path}` under {lines:?}");
    }
}

#[test]
fn a_name_is_anchored_at_the_top_and_counts_for_what_is_below() {
    check(".env", &["-.env", "+apps/.env", "+.env.local", "+x.env"]);
    check("target", &["-target", "-target/debug/yomu", "+apps/target/debug/yomu"]);
    check("a/b", &["-a/b", "-a/b/c/d", "+a/bc", "+b"]);
}

#[test]
fn slashes_around_and_dots_inside_change_nothing() {
    for line in ["/target", "target/", "/target/", "./target", "x/../target", "  target  ", "//target//", "/../target"]
    {
        check(line, &["-target", "-target/x", "+apps/target"]);
    }
}

#[test]
fn a_star_stays_within_a_folder() {
    check("*", &["-a", "-.env", "-a/b"]);
    check("*.pem", &["-server.pem", "+tls/server.pem"]);
    check("*/*.pem", &["-tls/server.pem", "+server.pem", "+a/tls/server.pem"]);
    check("*/temp*", &["-some/temporary.txt", "-some/temp", "+temp", "+a/b/temp"]);
    check("a*b*c", &["-abc", "-axxbxc", "-a*b*c", "+ab/c", "+abcd"]);
    check(".env.*", &["-.env.local", "-.env.", "+.env", "+a/.env.local"]);
}

#[test]
fn two_stars_cross_folders() {
    check("**", &["-a", "-a/b/c", "-.env"]);
    check("**/", &["-a", "-a/b"]);
    check("*/**/.env", &["+.env", "-a/.env", "-a/b/.env"]);
    check("**/.env", &["-.env", "-a/.env", "-a/b/.env", "+a/x.env", "+.envrc"]);
    check("**/*.pem", &["-server.pem", "-a/b/server.pem", "+server.pem.pub"]);
    check("**/id_*", &["-id_rsa", "-a/b/id_", "-id_x/a", "+a/xid_rsa", "+id-rsa"]);
    check("**/*.d/x*", &["-a.d/x", "-b/.d/xy", "+a.d/y/x", "+x"]);
    check("secrets/**", &["-secrets/a", "-secrets/a/b", "+secrets.txt", "+apps/secrets/a"]);
    check("**/certs/*", &["-certs/a", "-x/certs/a", "+certs"]);
    check("**/a/**", &["-a/b", "-x/y/a/b", "+a", "+b"]);
    check("**/**/*.txt", &["-a.txt", "-a/b/c.txt", "+a.txt2"]);
    check("a**/*.txt", &["-a/x.txt", "-ab/c/x.txt", "-a/b/c/x.txt", "+b/x.txt"]);
    check("a/**/b", &["-a/b", "-a/x/b", "-a/x/y/b", "+ab", "+a/xb"]);
}

#[test]
fn two_stars_in_front_alone_are_a_suffix() {
    check("**.env", &["-.env", "-x.env", "-a/x.env", "+x.env.local"]);
    check("**env", &["-env", "-a/b.env", "-a/prevenv"]);
}

#[test]
fn two_stars_behind_alone_are_a_prefix() {
    check("dir/**", &["-dir/a/b", "+dir", "+directory/a"]);
    check("dir**", &["-dir", "-directory/a", "-dir/a", "+adir"]);
}

#[test]
fn a_question_mark_is_one_character_but_no_slash() {
    check("a?c", &["-abc", "-aéc", "-a読c", "+ac", "+abbc", "+a/c"]);
    check("temp?", &["-tempa", "-temp1", "+temp", "+temp12"]);
}

#[test]
fn sets_and_ranges() {
    check("a[b-d]e", &["-ace", "-ade", "+aae", "+ae"]);
    check("a[^b-d]e", &["-aze", "+ace"]);
    check("key[0-9].pem", &["-key1.pem", "+keyx.pem"]);
    check("[a-ζ]*", &["-αβγ", "+A"]);
    check("[\\]a]x", &["-]x", "-ax", "+bx"]);
    check("[\\-x]", &["--", "-x", "+a"]);
    check("[a&&b~~[]", &["-a", "-b", "-&", "-~", "-[", "+c"]);
}

#[test]
fn a_backslash_takes_the_next_character_literally() {
    check("a\\*b", &["-a*b", "+axb"]);
    check("\\#notes", &["-#notes"]);
    check("\\!important", &["-!important"]);
    check("a\\\\", &["-a\\"]);
}

#[test]
fn characters_with_a_meaning_elsewhere_have_none_here() {
    check("a(b)c+{d}.|$", &["-a(b)c+{d}.|$", "+abc", "+a(b)c+{d}x|$"]);
    check("dist/*.whl", &["-dist/a-2.4.0rc3.dev36+g08acad9-py3.whl"]);
    check("abc.def", &["-abc.def", "+abcXdef"]);
    check("*.+", &["-a.+", "+a.."]);
}

#[test]
fn comments_begin_in_the_first_column_only() {
    check("# .env\n\n   \n.env", &["-.env", "+# .env"]);
    check(" # a", &["-# a"]);
    check("\u{feff}# comment\n.env", &["-.env"]);
    check("\u{feff}.env", &["-.env"]);
    check("a\r\nb\r\n", &["-a", "-b"]);
}

#[test]
fn the_last_line_that_matches_wins() {
    check(".env\n.env.*\n!.env.example", &["-.env", "-.env.local", "+.env.example", "+src/main.rs"]);
    check("!.env.example\n.env.*", &["-.env.example"]);
    check("*.md\n!README*.md\nREADME-secret.md", &["-a.md", "+README.md", "-README-secret.md"]);
    check("*\n!src\n!Cargo.*", &["-.env", "+src/main.rs", "+Cargo.toml", "-target/x", "-apps/src/x"]);
    check("**\n!apps/web\napps/web/secret", &["+apps/web/a", "-apps/web/secret", "-apps/x"]);
    check(".env\n! .env", &["+.env"]);
    check(".env\n!/.env", &["+.env"]);
}

#[test]
fn an_exception_may_lead_out_of_an_excluded_folder() {
    check("docs\n!docs/README.md", &["-docs/a.md", "+docs/README.md"]);
    check("docs/\n!docs/README.md", &["+docs/README.md"]);
    check("docs/*\n!docs/README.md", &["-docs/a.md", "+docs/README.md"]);
    check("**/target\n!apps/target/keep", &["-apps/target/x", "+apps/target/keep/y"]);
}

#[test]
fn an_exception_for_a_folder_that_was_never_excluded_does_nothing() {
    check("docs/*.md\n!docs", &["-docs/a.md"]);
    check("docs\n!docs", &["+docs/a.md"]);
    check("docs/*\n!docs/sub", &["+docs/sub/a.md", "-docs/a.md"]);
}

#[test]
fn the_context_itself_cannot_be_excluded() {
    check(".", &["+a", "+.env"]);
    check("/", &["+a"]);
    check("x/..", &["+a"]);
    check("../a", &["+a"]);
}

#[test]
fn what_a_build_stops_at_is_a_problem() {
    for (lines, expected) in [
        ("!", (1, BadPattern::OnlyAnException)),
        ("a\n! ", (2, BadPattern::OnlyAnException)),
        ("[", (1, BadPattern::Malformed)),
        ("a[", (1, BadPattern::Malformed)),
        ("[]a]", (1, BadPattern::Malformed)),
        ("[-x]", (1, BadPattern::Malformed)),
        ("[x-]", (1, BadPattern::Malformed)),
        ("[a-b-c]", (1, BadPattern::Malformed)),
        ("[^bc", (1, BadPattern::Malformed)),
        ("[z-a]", (1, BadPattern::Malformed)),
        ("a\\", (1, BadPattern::Malformed)),
    ] {
        assert_eq!(IgnoreFile::parse(lines).problems, [expected], "{lines:?}");
    }
    let long = "a".repeat(crate::limits::IGNORE_PATTERN_BYTES_MAX + 1);
    assert_eq!(IgnoreFile::parse(&long).problems, [(1, BadPattern::TooLong)]);
}

#[test]
fn no_lines_exclude_nothing() {
    check("", &["+.env", "+a/b"]);
    check("\n# only a comment\n", &["+.env"]);
}
