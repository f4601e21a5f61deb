//! Modules of a script in one file. Each module keeps a scope of its own, as it would have in a file of its own; only
//! the forms that our modules use are known, and every other import or export ends the build.

/// The main module with all that it imports, each once, after those that it imports itself.
pub(crate) fn join(main: &str, read: &dyn Fn(&str) -> String) -> String {
    let mut joined = Joined { out: String::new(), begun: Vec::new(), read };
    joined.add(main);
    joined.out
}

struct Joined<'a> {
    out: String,
    begun: Vec<String>,
    read: &'a dyn Fn(&str) -> String,
}

impl Joined<'_> {
    fn add(&mut self, name: &str) {
        if self.begun.iter().any(|begun| begun == name) {
            return;
        }
        self.begun.push(name.to_owned());
        let text = (self.read)(name);
        let mut body = String::new();
        let mut exports = Vec::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")) {
            assert!(line.matches('`').count().is_multiple_of(2), "{name}: a template ends on another line: {line}");
            if let Some(import) = line.strip_prefix("import ") {
                let (names, from) = import_of(import).unwrap_or_else(|| panic!("{name}: unknown import: {line}"));
                self.add(from);
                if let Some(names) = names {
                    body.push_str(&format!("const {names} = {};\n", variable(from)));
                }
            } else if let Some(declaration) = line.strip_prefix("export ") {
                exports.push(exported(declaration).unwrap_or_else(|| panic!("{name}: unknown export: {line}")));
                body.push_str(declaration);
                body.push('\n');
            } else {
                body.push_str(line);
                body.push('\n');
            }
        }
        let (variable, exports) = (variable(name), exports.join(", "));
        self.out.push_str(&format!("const {variable} = (() => {{\n{body}return {{ {exports} }};\n}})();\n"));
    }
}

/// `{ a, b } from "./c.js";` or `"./c.js";`: the names with their braces, and the file.
fn import_of(text: &str) -> Option<(Option<&str>, &str)> {
    let (names, from) = match text.split_once(" from ") {
        Some((names, from)) => (Some(names), from),
        None => (None, text),
    };
    let is_plain = names.is_none_or(|names| names.starts_with('{') && names.ends_with('}') && !names.contains(" as "));
    let file = from.strip_prefix("\"./")?.strip_suffix("\";")?;
    is_plain.then_some((names, file))
}

/// The name that a declaration gives.
fn exported(declaration: &str) -> Option<&str> {
    let rest =
        ["async function ", "function ", "const ", "class "].iter().find_map(|kind| declaration.strip_prefix(kind))?;
    let end = rest.find(|next: char| !next.is_alphanumeric() && next != '_')?;
    (end > 0).then(|| &rest[..end])
}

/// The variable that stands for a module.
fn variable(file: &str) -> String {
    format!("${}", file.trim_end_matches(".js").replace(|one: char| !one.is_alphanumeric(), "_"))
}

#[cfg(test)]
mod tests {
    use super::join;

    fn file(name: &str) -> String {
        let text = match name {
            "main.js" => "// What it is.\nimport { b } from \"./b.js\";\nimport \"./c.js\";\nb();\n",
            "b.js" => "import { c } from \"./c.js\";\n\n  export function b() {\n    c();\n  }\n",
            "c.js" => "export const c = () => `x`;\n",
            "default.js" => "export default 1;\n",
            "torn.js" => "const a = `one\ntwo`;\n",
            other => panic!("no {other}"),
        };
        text.to_owned()
    }

    #[test]
    fn modules_stand_after_those_that_they_import_and_each_in_its_own_scope() {
        let expected = "const $c = (() => {\nexport_c\nreturn { c };\n})();\n\
             const $b = (() => {\nconst { c } = $c;\nfunction b() {\nc();\n}\nreturn { b };\n})();\n\
             const $main = (() => {\nconst { b } = $b;\nb();\nreturn {  };\n})();\n";
        assert_eq!(join("main.js", &file), expected.replace("export_c", "const c = () => `x`;"));
    }

    #[test]
    #[should_panic(expected = "unknown export")]
    fn what_is_not_known_ends_the_build() {
        join("default.js", &file);
    }

    #[test]
    #[should_panic(expected = "a template ends on another line")]
    fn a_text_over_several_lines_ends_the_build() {
        join("torn.js", &file);
    }
}
