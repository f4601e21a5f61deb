//! 日本語。

use yomu_store::Leaving;

use super::LibraryWords;
use crate::web::words::grouped;

pub(in crate::web::words) static JA: LibraryWords = LibraryWords {
    tags: "タグ",
    tags_recent: "最近のタグ",
    tag_add: "タグを付ける",
    tag_take: |name| format!("タグ「{name}」を外す"),
    tag_name: "タグの名前",
    tag_remove: "すべての記事から外す",
    tag_merge_help: "すでにあるタグと同じ名前にすると、一つにまとまります。",
    no_tags: "タグはまだありません。記事の終わりで付けると、ここから探せます。",
    highlights: "ハイライト",
    highlight: "ハイライト",
    highlight_note: "メモ",
    highlight_by_hand: "ハイライトを加える",
    highlight_passage: "ハイライトする箇所",
    highlight_help: "本文を選んで h キーを押すか、ここに箇所を貼ってください。",
    highlight_gone: "今の本文にはありません",
    highlight_remove: "ハイライトを消す",
    note: "メモ",
    note_save: "メモを保存",
    no_highlights: "ハイライトはまだありません。記事の本文を選んで h キーを押すと、ここに残ります。",
    no_highlights_found: "この言葉を含むハイライトやメモはありません。",
    highlights_search: "ハイライトとメモを検索",
    as_markdown: "Markdownで保存",

    searches: "保存した検索",
    search_keep: "この検索を残す",
    search_name: "名前",
    search_query: "検索",
    search_forget: "この検索を消す",

    rules_all: "すべてのフィードのルール",
    rules_all_help: "新しい記事のすべてに、フィードごとのルールの後で当てはめます。",
    rules_preview: "試してみる",
    rules_preview_title: |count| format!("この30日の記事{}件に当てはめた結果", grouped(count)),
    rules_nothing: "どのルールも、何もしなかったはずです。",
    rules_more: "ほかにもあります。新しいものから表示しています。",
    rule_line: |line, action| {
        let action = match action {
            "drop" => "捨てる",
            "keep" => "残す",
            "read" => "既読にする",
            "star" => "スター",
            "tag" => "タグ",
            "move" => "保存へ移す",
            other => other,
        };
        format!("{line}行目：{action}")
    },

    share: "共有",
    shares: "公開リンク",
    share_new: "新しい公開リンク",
    share_once: "このリンクを知る人は、この記事だけを読めます。リンクは二度と表示されません。",
    no_shares: "共有しているものはありません。記事の「共有」で、誰でも開けるリンクを作れます。",

    save_title: "ページの保存",
    save_help: "ページを取得して残し、あとで読めるようにします。",
    bookmarklet: "Yomuに保存",
    bookmarklet_help: "ブラウザーのブックマークへドラッグしてください。どのページでも、押すとここで保存できます。",

    import_progress_title: "フィードの取得状況",
    import_progress: |feeds, waiting, failed| {
        let asked = format!("{}件のうち{}件を確認しました", grouped(feeds), grouped(feeds.saturating_sub(waiting)));
        if failed == 0 { asked } else { format!("{asked}。{}件は取得できませんでした", grouped(failed)) }
    },
    import_lately: |hours, how| format!("この{hours}時間に加わったフィード：{how}"),
    import_look: "詳しく見る",
    import_look_again: "もう一度見る",

    import_pages_help: "Pocket、Instapaper、Omnivore、wallabag、Readeckに保存したページや、ブラウザーのブックマークのファイルも読み込めます。\
        状態、タグ、日付、ハイライトも引き継ぎます。",
    pages_title: "読み込んだページ",
    pages_waiting: |count| format!("{}件のページをこれから取得します", grouped(count)),
    pages_failed: |count| {
        format!("{}件のページは取得できませんでした。タイトル、アドレス、タグは残っています。", grouped(count))
    },

    suggestions: "おすすめのフィード",
    suggestions_help: "はじめの一歩に、よく知られたフィードです。あくまで一例なので、気になるものだけを選び、いつでもやめられます。",

    storage: "保存と削除",
    kept: "残っているもの",
    kept_entries: "記事",
    retention: "いつ、何が削除されるか",
    retention_read: "古くなったり既読になったりしただけでは、何も削除されません。記事、スター、タグ、ハイライトは残ります。",
    retention_removed: |hours| format!("削除したものは{hours}時間は元に戻せ、その後は完全に消えます。"),
    retention_unsubscribed: "購読をやめたフィードの記事も同じように消えます。ただし、スター、タグ、ハイライト、公開リンクのある記事は「保存」に残ります。",
    retention_devices: |days| format!("{days}日間使わなかった端末はログアウトします。"),
    waiting_deletion: "削除を待つもの",
    removed_entries: |count| format!("記事{}件", grouped(count)),
    deleted_at: |time| format!("{time}以降に完全に削除"),

    leaving,

    entries_unread,
};

fn leaving(feed: &Leaving, hours: u64) -> String {
    let back = format!("{hours}時間以内なら、この後の画面か「保存と削除」で元に戻せます。");
    let gone = format!("購読をやめると、記事{}件を削除します。", grouped(feed.entries.saturating_sub(feed.kept)));
    if feed.kept == 0 {
        return format!("{gone}{back}");
    }
    let parts = [
        (feed.starred, "スター"),
        (feed.tagged, "タグ"),
        (feed.highlighted, "ハイライト"),
        (feed.shared, "公開リンク"),
    ];
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts.map(|(count, what)| format!("{what}{}件", grouped(*count))).collect();
    format!("{gone}印のある記事{}件（{}）は「保存」に残ります。{back}", grouped(feed.kept), parts.join("、"))
}

fn entries_unread(entries: u32, unread: u32) -> String {
    let entries = format!("{}件", grouped(entries));
    if unread == 0 { entries } else { format!("{entries}（未読{}件）", grouped(unread)) }
}
