//! Markup that is small to write and, without bounds, slow to read.

/// Every kind, with its name, about this many bytes long.
pub(crate) fn bombs(bytes: usize) -> Vec<(&'static str, String)> {
    let many = |piece: &str| piece.repeat(bytes / piece.len());
    let numbered = |piece: &dyn Fn(usize) -> String| {
        let mut out = String::with_capacity(bytes + 32);
        for number in 0.. {
            if out.len() >= bytes {
                break;
            }
            out.push_str(&piece(number));
        }
        out
    };
    vec![
        ("nested blocks", many("<div>")),
        ("nested tables", many("<table><tr><td>")),
        ("tables in tables", many("<table>")),
        ("links in paragraphs", many("<a><p>")),
        ("links with addresses", many("<a href=x><p>")),
        ("formatting that overlaps", many("<b><i><a></b></i>")),
        ("formatting left open", numbered(&|n| format!("<p><b title={n}>x"))),
        ("formatting of many kinds", numbered(&|n| format!("<font size={n}><div>"))),
        ("formatting closed from outside", numbered(&|n| format!("<b title={n}><p>x</b>"))),
        ("end tags of nothing", many("</b></div></p>")),
        ("words between table parts", "<table>".to_owned() + &many("x<b>")),
        ("list items", many("<li>")),
        ("terms", many("<dl><dt><dd>")),
        ("ruby", many("<ruby><rt>")),
        ("headings", many("<h1>")),
        ("forms", many("<form><button>")),
        ("attributes of one element", "<p ".to_owned() + &numbered(&|n| format!("a{n} ")) + ">"),
        ("one long attribute", "<p title=\"".to_owned() + &many("x") + "\">x"),
        ("a quote that never ends", many("<p title=\"")),
        ("comments that never end", many("<!--")),
        ("scripts that never end", many("<script>")),
        ("drawings that never end", many("<svg>")),
        ("drawings", many("<svg></svg>")),
        ("noscript in noscript", many("<noscript>") + "<img></noscript>"),
        ("noscript without end", "<img>".to_owned() + &many("<noscript><img>")),
        ("frames", many("<iframe src=x>")),
        ("brackets", many("<")),
        ("brackets and slashes", many("</")),
        ("ampersands", many("&")),
        ("references", many("&amp;")),
        ("degrees", "<x>".to_owned() + &many("°")),
        ("degrees in attributes", many(&format!("<p title=\"{}\">x", "°".repeat(bytes / 16)))),
        ("ampersands in attributes", many(&format!("<p title=\"{}\">x", "&".repeat(bytes / 8)))),
        ("ids and links", numbered(&|n| format!("<a href=#x{n}>x</a><i id=x{n}>y</i>"))),
        ("one srcset", "<img srcset=\"".to_owned() + &many("a 1x,") + "\">"),
        ("empty elements in each other", many("<b><i><u> ")),
        ("unknown elements", many("<x-y>")),
        ("templates", many("<template>")),
        ("options", many("<select><option>")),
        ("headers of tables", many("<table><thead><tr><th>x")),
        ("cells", "<table><tr>".to_owned() + &many("<td><a>x")),
        ("dates", many("<p class=date>")),
        ("dates behind comments", many("<p class=date><!-- x -->")),
        ("titles", many("<h1><title>")),
    ]
}
