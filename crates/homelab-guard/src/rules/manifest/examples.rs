//! What the examples of several rules begin with.

/// A pod with one container, to which the given lines are added: those with six spaces to the container, those with two to
/// the pod.
macro_rules! pod {
    ($lines:literal) => {
        concat!("apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - name: web\n", $lines)
    };
}
