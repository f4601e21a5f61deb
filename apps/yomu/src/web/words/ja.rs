//! 日本語。

use yomu_model::limits::{QUERY_CHARS_MAX, QUERY_TERMS_MAX};
use yomu_model::search::QueryProblem;

use crate::web::notice::{Done, Notice};

use super::dates::{ago_ja, moment_ja};
use super::{Words, grouped, library};

pub(in crate::web) static JA: Words = Words {
    code: "ja",
    other_code: "en",
    other_language: "English",

    skip_to_content: "本文へ移動",
    places: "場所",
    menu: "メニュー",
    unread: "未読",
    starred: "スター",
    saved: "保存",
    all: "すべて",
    feeds: "フィード",
    folders: "フォルダー",
    search: "検索",
    add: "追加",
    settings: "設定",
    trouble: "不調",
    undo: "元に戻す",
    remove: "削除",
    edit: "編集",

    mark_all_read: "すべて既読に",
    mark_read: "既読にする",
    mark_unread: "未読に戻す",
    mark_down_to_here: "ここまで既読にする",
    star: "スターを付ける",
    unstar: "スターを外す",
    show_all: "すべて表示",
    show_unread: "未読だけ表示",
    newest_first: "新しい順",
    oldest_first: "古い順",
    refresh: "更新",
    refresh_all: "すべて更新",
    pages: "ページ送り",
    next_page: "次のページ",
    untitled: "無題",
    nothing_unread: "未読はありません。どうぞ、ひと休み。",
    nothing_starred: "スターを付けた記事は、ここに残ります。",
    nothing_saved: "保存したページはまだありません。「追加」にアドレスを貼ると、あとで読めます。",
    nothing_here: "まだ何もありません。",

    original: "元のページ",
    fetch_article: "全文を取得",
    show_article: "全文を表示",
    show_feed_text: "フィードの文章を表示",
    attachments: "添付",
    comments: "コメント",
    previous: "前へ",
    next: "次へ",
    back_to_list: "一覧へ",
    read_and_next: "既読にして次へ",
    reading_time: |minutes| format!("約{}分", grouped(minutes.max(1))),
    duration,

    reading: "文字と表示",
    theme: "配色",
    themes: ["自動", "ライト", "セピア", "ダーク"],
    font: "書体",
    fonts: ["自動", "明朝・セリフ", "ゴシック"],
    text_size: "文字の大きさ",
    width: "行の長さ",
    widths: ["短い", "標準", "長い"],
    leading: "行間",
    leadings: ["狭い", "標準", "広い"],
    japanese_articles: "日本語の記事",
    horizontal_lines: "横書き",
    vertical_lines: "縦書き",
    read_vertically: "縦書きで読む",
    read_horizontally: "横書きで読む",
    scrolled: "一覧でスクロールして通り過ぎた記事",
    scrolled_unread: "未読のまま",
    scrolled_read: "既読にする",
    reading_sample: "見え方を確かめるための文章",
    close: "閉じる",
    enlarge: "拡大して表示",

    keys_title: "キー操作",
    keys: [
        ("j / k", "次の記事、前の記事"),
        ("n", "次の未読記事（なければ次のフィードへ）"),
        ("o", "記事を開く（Enterでも）"),
        ("u", "一覧に戻る（Escでも）"),
        ("m", "既読・未読の切り替え"),
        ("s", "スターを付ける・外す"),
        ("v", "元のページを新しい窓で開く"),
        ("f", "全文とフィードの文章の切り替え"),
        ("r", "更新"),
        ("A", "一覧をすべて既読にする"),
        ("/", "検索"),
        ("?", "このキー一覧を表示"),
        ("g u / g s", "未読へ、スターへ"),
        ("g p / g a", "保存したページへ、すべての記事へ"),
        ("g f", "フィードへ"),
        ("g n", "新しく追加"),
    ],
    keys_on: "一文字のキー操作を使う",

    say_marked: "{n}件を既読にしました",
    say_waiting: "{n}件の変更が送信待ちです",
    say_refused: "サーバーが受け付けなかったため、変更を元に戻しました",
    say_retry: "今すぐ送る",
    say_news: "新着{n}件",
    say_not_kept: "この端末には保存されていません",
    say_kept: "{n}件をこの端末に保存しました",
    keep_offline: "オフライン用に保存",
    offline: "オフライン",
    offline_title: "このページは端末に保存されていません",
    offline_text: "いまは接続できません。前に開いた記事とオフライン用に保存した記事は読めます。既読やスターは、つながったときに送られます。",

    no_folder: "フォルダーなし",
    no_feeds: "フィードはまだありません。",
    folder_title: "フォルダーの名前",
    rename: "名前を変更",
    remove_folder: "フォルダーを削除（フィードは残す）",
    unsubscribe: "購読をやめる",
    subscribe: "購読する",

    trouble_title: "不調のフィードとその理由",
    no_trouble: "すべてのフィードが順調です。",
    try_again: "もう一度試す",
    stopped: "取得は止めています",
    since: |time| format!("{time}から"),
    next_try: |time| format!("次の取得は{time}"),
    trouble_kind,
    trouble_unknown: "フィードを取得できませんでした",

    title: "タイトル",
    folder: "フォルダー",
    folder_help: "新しい名前を書くと、そのフォルダーを作ります。空ならフォルダーなし。",
    address: "アドレス",
    full_text: "各記事の全文を取得する",
    full_text_help: "冒頭だけを配信するフィード向け。記事のページから本文を取り出します。",
    encoding: "文字コード",
    encoding_automatic: "自動",
    encoding_help: "文字化けするときだけ変えてください。",
    credentials: "名前とパスワード（フィードに必要な場合）",
    username: "名前",
    password: "パスワード",
    password_kept: "変更しない",
    rules: "新しい記事のルール",
    rules_help_title: "ルールの書き方",
    rules_help: "一行に一つ。動作（keep 残す、drop 捨てる、read 既読にする、star スター、move 保存へ移す、tag とその名前）、対象（title、author、url、category、\
        content、any どれでも）、条件（contains 含む、is 一致、word 語、matches はスラッシュの間に正規表現。前に not を置くと\
        反対）の順に書きます。最初に当てはまった keep か drop で決まり、read、star、tag、move は当てはまるものをすべて行います。move は、\
        記事をフィードから「保存」へ移し、あとで読めるようにします。# で始まる行は\
        覚え書きです。",
    rules_example: "# Rustの話は残し、広告は捨てる\n\
        keep title contains rust\n\
        drop title contains 広告\n\
        drop url matches /\\/(ads|promo)\\//\n\
        read author is 山田花子\n\
        star any word 東京\n\
        tag 料理 title contains レシピ\n\
        move title contains インタビュー",
    save_settings: "設定を保存",
    how_it_goes: "取得の様子",
    last_asked: "最後の確認",
    last_news: "最後の新着",
    next_asked: "次の確認",
    document_problems: "読めますが、次の点が規格と異なります。",

    search_placeholder: "言葉、「語句」、feed:名前",
    search_help_title: "検索のしかた",
    search_examples: [
        ("rust 言語", "両方の言葉を含む記事"),
        ("「各駅停車」", "この語句のとおり"),
        ("東京 OR 京都", "どちらか"),
        ("猫 -犬", "猫を含み、犬を含まない"),
        ("title:季節", "タイトルに含む"),
        ("feed:栞", "名前にこれを含むフィード。folder: も同様"),
        ("author:森", "名前にこれを含む人が書いた記事"),
        ("tag:旅行", "自分で付けたタグ。-tag: は付いていないもの"),
        ("is:starred", "スター付き。is:unread 未読、is:read 既読、is:saved 保存も"),
        ("after:2026-01 before:2026-07", "2026年前半に公開"),
    ],
    nothing_found: "見つかりませんでした。",
    query_problem,

    add_title: "フィードやページの追加",
    add_help: "サイト、フィード、またはページのアドレスを貼ってください。フィードは自動で見つけます。",
    choose_feed: "このサイトにはフィードがいくつかあります。どれを購読しますか。",
    save_page: "ページを保存して後で読む",
    have_opml: "ほかのリーダーから移るときは",
    transfer_title: "読み込みと書き出し",
    import_title: "ほかのリーダーから読み込む",
    import_help: "ほかのリーダーで書き出したOPMLファイルを選んでください。フォルダーも引き継ぎ、購読済みのフィードはそのままです。",
    import_problems: "次の行を除いて読み込みました。",
    opml_file: "OPMLファイル",
    import: "読み込む",
    export_title: "フィードを持ち出す",
    export_help: "すべてのフィードとフォルダーをOPMLファイルにします。控えにも、ほかのリーダーにも。",
    export: "書き出す",
    welcome_title: "Yomuへようこそ",
    welcome_text: "フィードと保存したページを、静かな一つの一覧に。はじめ方を選んでください。ほかの方法は後からでも使えます。",
    welcome_address: "アドレスを貼る",
    sample_title: "まず見てまわる",
    sample_help: "Yomuに付属する、英語と日本語のフィードとページです。ネットワークは不要で、いつでも外せます。",
    sample_open: "見本を開く",

    library: &library::JA,

    sign_in_title: "Yomuにログイン",
    sign_in_text: "このリーダーは、アカウントか招待をお持ちの方のためのものです。",
    sign_in_first: "まだ誰もログインしていません。最初にログインした人が管理者になり、今ある内容を引き継ぎます。",
    sign_in_with: |name| format!("{name}でログイン"),
    sign_out: "ログアウト",
    invitation_title: "招待が届いています",
    invitation_text: |by| {
        format!("{by}さんから、ここで読むようにと招待が届いています。ログインすると、アカウントができます。")
    },

    account: "アカウント",
    signed_in_as: |email| format!("{email} でログイン中"),
    preferences: "言語と時刻",
    language: "言語",
    as_the_browser: "ブラウザーに合わせる",
    time_zone: "タイムゾーン",
    app_passwords: "アプリ用パスワード",
    app_passwords_help: "ここにログインできないリーダーアプリのためのものです。アプリごとに作れば、一つだけを無効にできます。",
    app_password_name: "アプリと端末の名前",
    app_password_create: "作成",
    app_password_new: "新しいアプリ用パスワード",
    app_password_once: "両方を今、アプリに入力してください。パスワードは二度と表示されません。",
    made_at: |ago| format!("作成：{ago}"),
    used_at: |ago| format!("最後の使用：{ago}"),
    never_used: "未使用",
    revoke: "無効にする",
    devices: "端末",
    this_device: "この端末",
    unknown_device: "不明な端末",
    signed_in_at: |ago| format!("ログイン：{ago}"),
    seen_at: |ago| format!("最後の利用：{ago}"),
    sign_out_everywhere: "すべての端末でログアウト",
    delete_account: "アカウントを削除",
    delete_account_help: "購読、既読やスター、保存したページもすべて削除されます。元には戻せません。",
    confirm_name: "確認のため、次のとおり入力してください：",
    done: "完了",

    admin: "管理",
    people: "利用者",
    is_admin: "管理者",
    make_admin: "管理者にする",
    unmake_admin: "管理者から外す",
    remove_user: "アカウントを削除",
    remove_user_help: "この人の内容はすべて削除されます。元には戻せません。",
    person_has,
    invitations: "招待",
    invitations_help: "リンク一つにつき一人、一度だけ、一週間以内に使えます。",
    invitation_for: "誰のため",
    invite: "招待する",
    invitation_new: "新しい招待",
    invitation_once: "このリンクを相手に送ってください。二度と表示されません。",
    good_until: |time| format!("{time}まで有効"),
    take_back: "取り消す",
    readers: |count| format!("読者{}人", grouped(count)),
    storage_facts,

    notice,

    error_title: "うまくいきませんでした",
    error_not_found: "このアドレスには何もありません",
    error_refused: "ほかのサイトから送られた操作のため、何も変更していません",
    error_signed_out: "ログアウトしているため、何も変更していません。ログインしてから試してください",
    error_too_many: "お使いのネットワークからの試みが多すぎます。少し待ってください",
    error_other_host: "このホスト名ではYomuを開けません。起動時に表示されたアドレスを使うか、BASE_URL を設定してください",
    error_too_large: "一度に読める大きさを超えています",
    error_too_slow: "時間がかかりすぎました。少し待ってから試してください",
    error_bad_request: "この操作を理解できませんでした",
    error_away: "データベースにつながらないか、ディスクがいっぱいです。少し待ってから試してください",
    error_internal: "Yomuの中で問題が起きました。詳しくはログにあります",
    to_front_page: "最初のページへ",

    ago: ago_ja,
    moment: moment_ja,
};

fn duration(seconds: u32) -> String {
    match (seconds / 3600, seconds / 60 % 60) {
        (0, 0) => format!("{seconds}秒"),
        (0, minutes) => format!("{minutes}分"),
        (hours, minutes) => format!("{hours}時間{minutes}分"),
    }
}

fn person_has(feeds: u32, entries: u32, pages: u32, size: &str) -> String {
    format!("フィード{}件、記事{}件、保存{}件（{size}）", grouped(feeds), grouped(entries), grouped(pages))
}

fn storage_facts(size: &str, feeds: u32, entries: u32) -> String {
    format!("データベース {size}。フィード{}件、記事{}件", grouped(feeds), grouped(entries))
}

fn notice(notice: &Notice) -> String {
    /// As long as `limits::REMOVED_FOR` says.
    const BACK: &str = "24時間は元に戻せます";
    let count = grouped(notice.count);
    let sentence = match notice.what {
        Done::Marked => return format!("{count}件を既読にしました"),
        Done::Refreshing => return format!("{count}件のフィードを確認しています"),
        Done::Imported => return format!("{count}件のフィードを読み込みました。まもなく記事が届きます"),
        Done::Removed => "削除しました",
        Done::Unsubscribed if notice.count > 0 => {
            return format!("購読をやめました。印のある記事{count}件は「保存」に残しました。{BACK}");
        }
        Done::Unsubscribed => return format!("購読をやめました。{BACK}"),
        Done::Undone => "元に戻しました",
        Done::NothingToUndo => "元に戻せる時間を過ぎました",
        Done::Subscribed => "購読しました",
        Done::SubscribedBefore => "このフィードは購読済みです",
        Done::SettingsSaved => "設定を保存しました",
        Done::Refreshed => "最新の状態です",
        Done::PageSaved => "ページを保存しました",
        Done::FolderRenamed => "フォルダーの名前を変更しました",
        Done::FolderRemoved => "フォルダーを削除しました。フィードは残っています",
        Done::Highlighted => "ハイライトしました",
        Done::NoteSaved => "メモを保存しました",
        Done::HighlightRemoved => "ハイライトを消しました",
        Done::SearchKept => "検索を残しました",
        Done::SearchForgotten => "検索を消しました",
        Done::ShareRevoked => "リンクを無効にしました",
        Done::PagesImported => return format!("{count}件のページを読み込みました。本文は順に取得します"),
        Done::Tagged => "タグを変更しました",
        Done::TagRenamed => "タグの名前を変更しました",
        Done::TagRemoved => "タグを外しました",
        Done::SampleOpened => "見本を開きました",
        Done::SignedOut => "ログアウトしました",
        Done::SignedOutEverywhere => "すべての端末でログアウトしました",
        Done::DeviceSignedOut => "その端末をログアウトしました",
        Done::AppPasswordRemoved => "パスワードを無効にしました",
        Done::AccountDeleted => "アカウントを削除しました",
        Done::UserRemoved => "アカウントを削除しました",
        Done::AdminMade => "管理者を加えました",
        Done::AdminUnmade => "管理者から外しました",
        Done::InvitationRemoved => "招待を取り消しました",
    };
    sentence.to_owned()
}

fn trouble_kind(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "dns" => "サイトの名前が見つかりません。アドレスを確かめてください",
        "dns_timeout" | "dns_failed" => "サイトの名前を調べられませんでした。ネットワークの不調かもしれません",
        "unreachable" => "サイトに届きません。ネットワークの不調かもしれません",
        "connect_timeout" => "サイトが接続に応じませんでした",
        "reset" => "サイトに接続を切られました",
        "not_http" => "このアドレスのサーバーはウェブの言葉を話しません",
        "headers_too_large" => "応答のヘッダーが大きすぎます",
        "foreign_port" => "ウェブ以外のサービスのポートのため、取得しませんでした",
        "refused" => "サイトに接続できません。サーバーが止まっているかもしれません",
        "tls" => "安全な接続を確立できません。証明書に問題があるようです",
        "timeout" => "サイトが時間内に応答しませんでした",
        "slow" => "データの届き方が遅すぎたため、中断しました",
        "too_large" => "文書が大きすぎます",
        "bomb" => "展開すると異常に大きくなるデータのため、読みませんでした",
        "redirect_loop" => "転送が輪になっています",
        "too_many_redirects" => "転送が多すぎます",
        "redirect_nowhere" => "転送先のアドレスがありません",
        "private_address" => "内部ネットワークのアドレスのため、取得しませんでした",
        "gone" => "フィードは廃止されました。購読をやめるか、新しいアドレスを設定してください",
        "not_found" => "このアドレスにフィードはありません。アドレスを確かめてください",
        "forbidden" => "サイトに取得を拒まれました",
        "unauthorized" => "名前とパスワードが必要です。設定で入力してください",
        "password_lost" => {
            "保存したパスワードを読めなくなりました（SESSION_SECRET が変わったため）。設定でもう一度入力してください"
        }
        "credentials_refused" => "名前かパスワードが違います。設定を確かめてください",
        "resting" | "busy" => "このサイトへのアクセスを控えています。しばらく待って取得します",
        "no_article" => "ページに本文が見つかりません。元のページを開いてください",
        "stopped" => "Yomuが終了したため、中断しました",
        "rate_limited" => "アクセスが多すぎると言われました。しばらく待って取得します",
        "server_error" => "サイトのサーバーで問題が起きています",
        "status" => "サイトが想定外の応答を返しました",
        "bad_url" => "アドレスの形が正しくありません",
        "bad_encoding" => "圧縮の形式が壊れています",
        "cut_off" => "データが途中で切れました",
        "empty" => "文書が空です",
        "html" => "フィードではなく、普通のページが返ってきました",
        "json" => "フィードではないJSONが返ってきました",
        "text" => "フィードではなく、ただのテキストが返ってきました",
        "not_a_feed" => "フィードとして読めない文書です",
        "no_feed" => "このサイトにフィードは見つかりませんでした。ページとして保存はできます",
        "duplicate" => "同じものがすでにあります",
        "rules" => "ルールの書き方に誤りがあります",
        "encoding" => "知らない文字コードです",
        "name" | "title" | "folder" => "この名前は使えません",
        "not_in_text" => "この箇所は本文にありません。表示されている本文から選んでください",
        "passage" => "ハイライトできるのは、5,000字までの本文です",
        "note" => "メモは10,000字までです",
        "too_many_highlights" => "ハイライトが多すぎます。先にいくつか消してください",
        "search_name" => "この名前は使えません",
        "search_empty" => "検索の条件がありません",
        "too_many_searches" => "保存した検索が多すぎます。先に一つ消してください",
        "too_many_shares" => "公開リンクが多すぎます。先に一つ無効にしてください",
        "not_a_library" => "読み込める形式のファイルではありません",
        "tag" => "このタグは使えません",
        "address" => "アドレスとして読めません",
        "sign_in_stale" => "時間がかかりすぎたか、別のブラウザーで始めたログインです。もう一度ログインしてください",
        "sign_in_cancelled" => "ログインしませんでした。何も変わっていません",
        "sign_in_no_answer" => "ログインサービスから使える答えが届きませんでした。もう一度ログインしてください",
        "sign_in_not_invited" => "このアカウントでは入れません。招待を頼んでください",
        "sign_in_unreachable" => "ログインサービスに届きません。少し待ってから試してください",
        "sign_in_not_believed" => "ログインサービスの答えを信用できないため、ログインできませんでした",
        "sign_in_misbehaves" => "ログインサービスが想定外の答えを返しました。管理者に知らせてください",
        "last_admin" => "ほかに管理者がいません。先に誰かを管理者にしてください",
        "not_confirmed" => "削除するには、アカウントの名前をそのとおり入力してください",
        "too_many_passwords" => "アプリ用パスワードが多すぎます。先に一つ無効にしてください",
        "too_many_invitations" => "使われていない招待が多すぎます。先に一つ取り消してください",
        "time_zone" => "このタイムゾーンはありません。Asia/Tokyo のように入力してください",
        "language" => "この言語はありません",
        "opml" => "OPMLファイルとして読めません",
        _ => return None,
    })
}

fn query_problem(problem: &QueryProblem) -> String {
    match problem {
        QueryProblem::UnclosedQuote => "引用符が閉じていないため、最後までを語句とみなしました".to_owned(),
        QueryProblem::NothingToFind { text } => format!("「{text}」には探せる文字がありません"),
        QueryProblem::NoValue { operator } => format!("「{operator}:」のすぐ後に値が必要です"),
        QueryProblem::UnknownState { value } => {
            format!("「is:{value}」はありません。is:starred、is:unread、is:read、is:saved が使えます")
        }
        QueryProblem::Contradiction { value } => format!("「is:{value}」は前の条件と矛盾します"),
        QueryProblem::NotADate { value } => {
            format!("「{value}」は日付ではありません。2026-01-31、2026-01、2026 のように書きます")
        }
        QueryProblem::LonelyOr => "OR の両側に言葉か語句が必要です".to_owned(),
        QueryProblem::TooLong => format!("最初の{QUERY_CHARS_MAX}文字だけを読みました"),
        QueryProblem::TooManyTerms => format!("最初の{QUERY_TERMS_MAX}個の言葉だけを使いました"),
    }
}
