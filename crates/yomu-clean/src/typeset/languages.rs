//! What has a colour in which language. The names are those that people write behind three backticks.

/// As much of a language as colours need.
pub(super) struct Language {
    names: &'static [&'static str],
    pub(super) line_comments: &'static [&'static str],
    pub(super) block_comment: Option<(&'static str, &'static str)>,
    /// What begins and ends a string, longer ones first.
    pub(super) quotes: &'static [&'static str],
    /// Whether an apostrophe may begin something that no apostrophe ends.
    pub(super) has_lifetimes: bool,
    /// Whether keywords are written in any case.
    ignores_case: bool,
    keywords: &'static str,
}

impl Language {
    /// Whether a word is one of the language's own.
    pub(super) fn is_keyword(&self, word: &str) -> bool {
        let is = |keyword: &str| {
            if self.ignores_case { keyword.eq_ignore_ascii_case(word) } else { keyword == word }
        };
        self.keywords.split(' ').any(is)
    }
}

/// The language of a name, in any case.
pub(super) fn named(name: &str) -> Option<&'static Language> {
    LANGUAGES.iter().find(|language| language.names.iter().any(|known| known.eq_ignore_ascii_case(name)))
}

const SLASHES: &[&str] = &["//"];
const HASH: &[&str] = &["#"];
const STARS: Option<(&str, &str)> = Some(("/*", "*/"));
const BOTH: &[&str] = &["\"", "'"];

/// A language like C.
const C: Language = Language {
    names: &["c", "h", "cpp", "c++", "cc", "hpp", "objc", "arduino"],
    line_comments: SLASHES,
    block_comment: STARS,
    quotes: BOTH,
    has_lifetimes: false,
    ignores_case: false,
    keywords: "auto bool break case catch char class const constexpr continue default delete do double else enum explicit \
        extern false float for friend goto if include inline int long namespace new nullptr operator override private \
        protected public return short signed sizeof static struct switch template this throw true try typedef typename \
        union unsigned using virtual void volatile while define ifdef ifndef endif NULL",
};

/// A language whose comments begin with a number sign.
const SHELL: Language = Language {
    names: &["sh", "bash", "zsh", "shell", "console", "fish"],
    line_comments: HASH,
    block_comment: None,
    keywords: "if then else elif fi for while until do done case esac in function return local export set unset exit \
        echo cd source sudo alias",
    ..C
};

const LANGUAGES: &[Language] = &[
    C,
    SHELL,
    Language {
        names: &["rust", "rs"],
        quotes: BOTH,
        has_lifetimes: true,
        keywords: "as async await break const continue crate dyn else enum extern false fn for if impl in let loop match \
            mod move mut pub ref return self Self static struct super trait true type unsafe use where while",
        ..C
    },
    Language {
        names: &["javascript", "js", "jsx", "mjs", "typescript", "ts", "tsx"],
        quotes: &["\"", "'", "`"],
        keywords: "abstract as async await break case catch class const continue default delete do else enum export \
            extends false finally for from function get if implements import in instanceof interface let new null of \
            private protected public readonly return set static super switch this throw true try type typeof undefined \
            var void while yield",
        ..C
    },
    Language {
        names: &["python", "py", "python3"],
        line_comments: HASH,
        block_comment: None,
        quotes: &["\"\"\"", "'''", "\"", "'"],
        keywords: "and as assert async await break class continue def del elif else except False finally for from global \
            if import in is lambda match None nonlocal not or pass raise return self True try while with yield",
        ..C
    },
    Language {
        names: &["go", "golang"],
        quotes: &["\"", "'", "`"],
        keywords: "break case chan const continue default defer else error fallthrough false for func go goto if import \
            interface map nil package range return select struct switch true type var",
        ..C
    },
    Language {
        names: &["java", "kotlin", "kt", "scala", "groovy", "dart", "swift", "csharp", "cs", "c#"],
        quotes: &["\"\"\"", "\"", "'"],
        keywords: "abstract as async await bool boolean break byte case catch char class const continue data def default \
            do double else enum extends extension false final finally float for foreach func fun get guard if implements \
            import in init int interface internal is let long namespace new nil null object open operator out override \
            package private protected public record return sealed self set short static string struct super switch this \
            throw throws trait true try typealias using val var virtual void when where while with yield",
        ..C
    },
    Language {
        names: &["php"],
        line_comments: &["//", "#"],
        keywords: "abstract and array as break case catch class clone const continue declare default do echo else elseif \
            extends final finally fn for foreach function global if implements instanceof interface match namespace new \
            null or private protected public readonly require return static switch throw trait true false try use var \
            while yield",
        ..C
    },
    Language {
        names: &["ruby", "rb", "crystal", "elixir", "ex"],
        line_comments: HASH,
        block_comment: None,
        keywords: "alias and attr_accessor attr_reader begin break case class def defmodule do else elsif end ensure false \
            fn for if in include module next nil not or private raise redo require rescue retry return self super then \
            true undef unless until use when while yield",
        ..C
    },
    Language {
        names: &["sql", "postgres", "postgresql", "mysql", "sqlite"],
        line_comments: &["--"],
        ignores_case: true,
        keywords: "add all alter and as asc begin between by case cast check column commit constraint create cross default \
            delete desc distinct drop else end exists false foreign from full group having if in index inner insert into \
            is join key left like limit not null offset on or order outer primary references returning right rollback \
            select set table then true union unique update using values view when where with",
        ..C
    },
    Language {
        names: &["html", "xml", "svg", "vue", "svelte", "markup"],
        line_comments: &[],
        block_comment: Some(("&lt;!--", "--&gt;")),
        keywords: "",
        ..C
    },
    Language {
        names: &["css", "scss", "less"],
        keywords: "important media import supports container layer keyframes charset and not from to var calc",
        line_comments: &[],
        ..C
    },
    Language { names: &["json", "json5", "jsonc"], keywords: "true false null", ..C },
    Language {
        names: &[
            "toml",
            "yaml",
            "yml",
            "ini",
            "conf",
            "properties",
            "dockerfile",
            "docker",
            "nix",
            "makefile",
            "make",
            "hcl",
            "terraform",
        ],
        line_comments: HASH,
        block_comment: None,
        keywords: "true false null yes no on off FROM RUN COPY CMD ENTRYPOINT ENV ARG WORKDIR EXPOSE USER let in with \
            inherit rec resource variable module output",
        ..C
    },
    Language {
        names: &["lua"],
        line_comments: &["--"],
        block_comment: Some(("--[[", "]]")),
        keywords: "and break do else elseif end false for function goto if in local nil not or repeat return then true \
            until while",
        ..C
    },
    Language {
        names: &["haskell", "hs", "elm", "purescript", "ocaml", "ml", "fsharp"],
        line_comments: &["--"],
        block_comment: Some(("{-", "-}")),
        has_lifetimes: true,
        keywords: "as case class data deriving do else forall fun if import in infixl infixr instance let match module \
            newtype of rec then type val where with",
        ..C
    },
    Language {
        names: &["lisp", "clojure", "clj", "scheme", "elisp", "racket"],
        line_comments: &[";"],
        block_comment: None,
        quotes: &["\""],
        keywords: "and begin cond def define defmacro defn defun do else fn if in lambda let loop nil not ns or quote recur \
            require setq true false when",
        ..C
    },
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{LANGUAGES, named};

    #[test]
    fn each_name_means_one_language() {
        let mut seen = HashSet::new();
        for name in LANGUAGES.iter().flat_map(|language| language.names) {
            assert!(seen.insert(name.to_lowercase()), "{name} stands twice");
        }
        assert!(named("Rust").is_some() && named("C++").is_some());
        assert!(named("").is_none() && named("klingon").is_none());
    }

    #[test]
    fn keywords_are_whole_words() {
        let (rust, sql) = (named("rust").unwrap(), named("sql").unwrap());
        assert!(rust.is_keyword("fn") && !rust.is_keyword("FN") && !rust.is_keyword("f") && !rust.is_keyword(""));
        assert!(sql.is_keyword("Select") && !sql.is_keyword("selects"));
    }
}
