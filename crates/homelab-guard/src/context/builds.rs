//! Which Dockerfile is built with which folder: Compose files and workflows say it; otherwise its `COPY` lines show it.

use super::copies::{ContextCopy, copies, is_remote};
use super::{ChosenBy, Context, IgnoreFile};
use crate::tree::FileTree;
use crate::workflow::{builds, local};
use crate::yaml::{self, Node};

/// The contexts of all Dockerfiles of a tree, in order; a Dockerfile that is built with two folders has two.
pub(crate) fn all(tree: &FileTree) -> Vec<Context> {
    let mut chosen: Vec<(String, String, ChosenBy)> = Vec::new();
    for (dockerfile, folder, by) in by_compose(tree).into_iter().chain(by_workflows(tree)) {
        let is_known = chosen.iter().any(|(known, known_folder, _)| *known == dockerfile && *known_folder == folder);
        if !is_known && tree.dockerfiles().contains_key(&dockerfile) {
            chosen.push((dockerfile, folder, by));
        }
    }
    let mut contexts = Vec::new();
    for (path, dockerfile) in tree.dockerfiles() {
        let copies = copies(dockerfile);
        let named: Vec<_> = chosen.iter().filter(|(named, ..)| named == path).collect();
        if named.is_empty() {
            let (folder, by) = guessed(tree, path, &copies);
            contexts.push(context(tree, path, folder, by, copies));
            continue;
        }
        let by_name =
            named.into_iter().map(|(_, folder, by)| context(tree, path, folder.clone(), by.clone(), copies.clone()));
        contexts.extend(by_name);
    }
    contexts
}

fn context(
    tree: &FileTree,
    dockerfile: &str,
    folder: String,
    chosen_by: ChosenBy,
    copies: Vec<ContextCopy>,
) -> Context {
    let beside = format!("{dockerfile}.dockerignore");
    let in_folder = join(&folder, ".dockerignore");
    // The file beside the Dockerfile replaces the other one; they are not added up.
    let found = [beside, in_folder].into_iter().find_map(|path| Some((tree.text(&path)?, path)));
    let (text, ignore_path) = found.map_or((String::new(), None), |(text, path)| (text, Some(path)));
    let ignore = IgnoreFile::parse(&text);
    Context { dockerfile: dockerfile.to_owned(), folder, chosen_by, ignore_path, ignore, copies }
}

/// The folder of the Dockerfile, unless what it copies exists from the top of the tree only.
fn guessed(tree: &FileTree, path: &str, copies: &[ContextCopy]) -> (String, ChosenBy) {
    let folder = folder_of(path);
    let exist_in = |folder: &str| {
        let named = copies.iter().filter(|copy| !copy.is_whole());
        named.filter(|copy| exists(tree, folder, copy)).count()
    };
    if !folder.is_empty() && exist_in("") > exist_in(folder) {
        return (String::new(), ChosenBy::Sources);
    }
    (folder.to_owned(), ChosenBy::Folder)
}

fn exists(tree: &FileTree, folder: &str, copy: &ContextCopy) -> bool {
    tree.under(folder)
        .filter_map(|(path, _)| path.strip_prefix(folder))
        .any(|inside| copy.takes(inside.trim_start_matches('/')))
}

fn by_compose(tree: &FileTree) -> Vec<(String, String, ChosenBy)> {
    let mut builds = Vec::new();
    for (path, _) in tree.iter().filter(|(path, _)| is_compose(path)) {
        let Some(text) = tree.text(path) else { continue };
        let (documents, _) = yaml::documents(&text);
        let services = documents.first().and_then(|root| root.child("services")).map_or(&[] as &[_], Node::fields);
        for service in services {
            if let Some((dockerfile, folder)) =
                service.value.child("build").and_then(|build| compose_build(path, build))
            {
                let by = ChosenBy::Compose { path: path.to_owned(), line: service.key.place.line };
                builds.push((dockerfile, folder, by));
            }
        }
    }
    builds
}

/// `build: folder`, or `build: {context, dockerfile}`.
fn compose_build(path: &str, build: &Node) -> Option<(String, String)> {
    let context = build.as_str().or_else(|| build.child("context").and_then(Node::as_str)).unwrap_or(".");
    if build.child("dockerfile_inline").is_some() || is_remote(context) {
        return None;
    }
    let folder = local(&join(folder_of(path), context))?;
    let dockerfile = build.child("dockerfile").and_then(Node::as_str).unwrap_or("Dockerfile");
    Some((local(&join(&folder, dockerfile))?, folder))
}

fn is_compose(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_yaml = name.ends_with(".yaml") || name.ends_with(".yml");
    is_yaml
        && ["compose", "docker-compose", "podman-compose"]
            .iter()
            .any(|stem| name.strip_prefix(stem).is_some_and(|rest| rest.starts_with(['.', '-'])))
}

fn by_workflows(tree: &FileTree) -> Vec<(String, String, ChosenBy)> {
    let mut found = Vec::new();
    for workflow in tree.workflows() {
        for build in builds(workflow) {
            let dockerfile = build.file.unwrap_or_else(|| join(&build.context, "Dockerfile"));
            let by = ChosenBy::Workflow { path: workflow.path.clone(), line: build.line };
            found.push((dockerfile, build.context, by));
        }
    }
    found
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn join(folder: &str, path: &str) -> String {
    if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") }
}
