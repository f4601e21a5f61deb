//! Real pages of twenty years: the article must be there, the menus must not.

mod checker;

use encoding_rs::Encoding;
use std::path::{Path, PathBuf};
use yomu_clean::extract;

/// What a reader of the page would expect.
struct Page {
    /// A part of the file's name.
    file: &'static str,
    title: &'static str,
    lang: Option<&'static str>,
    /// The day of publication, in UTC.
    day: Option<&'static str>,
    byline: Option<&'static str>,
    present: &'static [&'static str],
    absent: &'static [&'static str],
}

const PAGES: &[Page] = &[
    Page {
        file: "35c3ctf_2018",
        title: "35c3ctf 2018 zajebiste 290 logrotate",
        lang: Some("zh-TW"),
        day: Some("2019-01-09"),
        byline: Some("ddaa"),
        present: &["35C3 今年的題目也是超難", "會初始化一個 docker container", "flag: 35C3_rotating_as_intended"],
        absent: &["Powered by", "Archives", "Disqus"],
    },
    Page {
        file: "sachigiku.com__2005-07",
        title: "2005年07月 アーカイブ",
        lang: Some("ja"),
        day: None,
        byline: None,
        present: &[
            "千秋楽オメデトウ",
            "千穐楽夏本番の猛暑のなか",
            "皆さんも、今月は松竹座と歌舞伎座を、是非、掛け持ちしてください",
        ],
        absent: &["東西東西 この度"],
    },
    Page {
        file: "diverse.html",
        title: "Want to See a More Diverse WordPress Contributor Community? So Do We.",
        lang: Some("en"),
        day: Some("2019-06-19"),
        byline: Some("Andrea Middleton"),
        present: &[
            "The mission of WordPress is to democratize publishing",
            "Breaking Down Barriers",
            "Help Us Grow This Work",
        ],
        absent: &["Join 66,707,982 other followers", "Missing out on the latest", "We are hiring PHP developers"],
    },
    Page {
        file: "jolie.de",
        title: "Adele 10 Kilo abgenommen: Sie zeigt sich schlanker denn je!",
        lang: Some("de"),
        day: Some("2019-06-20"),
        byline: Some("Anna Galazka"),
        present: &["Wir haben den Look von Adele schon vorher geliebt", "Trennung von ihrem Ehemann Simon Konecki"],
        absent: &["Impressum", "Datenschutz", "Newsletter"],
    },
    Page {
        file: "resources-utf8",
        title: "Unicode Demo",
        lang: Some("el"),
        day: None,
        byline: None,
        present: &["UTF-8 encoded sample plain-text file", "∮ E⋅da = Q", "Markus Kuhn"],
        absent: &[],
    },
    Page {
        file: "si-game",
        title: "Detroit Tigers vs. Kansas City Royals",
        lang: None,
        day: None,
        byline: None,
        present: &[
            "Justin Verlander has pitched well in each of his first two starts",
            "Verlander allowed three runs in seven innings",
        ],
        absent: &["SUBSCRIBE TO SI", "NHL Playoffs", "SI MEDIA KITS"],
    },
    Page {
        file: "utf-8-kanji",
        title: "",
        lang: Some("ja"),
        day: None,
        byline: None,
        present: &["山路を登りながら、こう考えた。", "智に働けば角が立つ。", "非人情がちと強過ぎたようだ。"],
        absent: &[],
    },
    Page {
        file: "fixtures-bbc",
        title: "Escape from a WWII submarine",
        lang: Some("en-GB"),
        day: Some("2011-12-02"),
        byline: Some("Tim Clayton"),
        present: &["Seventy years ago, off the Greek island of Kefalonia", "his blitz bottle from which he had taken"],
        absent: &["Accessibility links", "Most Popular", "Terms of Use"],
    },
    Page {
        file: "channel4-1",
        title: "Judge rules Briton can be force-fed",
        lang: None,
        day: Some("2010-03-12"),
        byline: Some("PA News"),
        present: &[
            "A US judge has ruled that prison officials may continue force-feeding a Briton",
            "violate his right of free speech",
        ],
        absent: &["Recipient's email address", "Freedom of Information Act", "Terms and Conditions"],
    },
    Page {
        file: "globemail-ottawa-cuts",
        title: "Ottawa cuts already vacant positions",
        lang: Some("en-CA"),
        day: Some("2010-03-09"),
        byline: Some("Steven Chase"),
        present: &[
            "Treasury Board President Stockwell Day is trumpeting job cuts",
            "90 per cent of these positions are currently vacant",
        ],
        absent: &["Join the Discussion"],
    },
    Page {
        file: "fixtures-thesun",
        title: "United cup flops warned",
        lang: None,
        day: Some("2011-12-02"),
        byline: Some("MARTIN BLACKBURN"),
        present: &["Carling Cup flops are set to pay the price", "Skipper for the night Jonny Evans said"],
        absent: &["MYSTIC MEG", "Press Complaints Commission", "Syndication site"],
    },
    Page {
        file: "2009-07-d-star",
        title: "D-STAR海外接続に進展",
        lang: Some("ja"),
        day: None,
        byline: None,
        present: &["JARLのブログ上でD-Star海外接続が容易になった", "引き続き海外GWへの登録が必要になるでしょう。"],
        absent: &["トップページへ", "ascpserialdモニター"],
    },
    Page {
        file: "mozilla1.8a3",
        title: "既知の問題 - 国際化",
        lang: Some("ja"),
        day: None,
        byline: None,
        present: &[
            "Mozilla は、追加手順を踏むことなく多言語を表示できるように設計されています。",
            "XIM サーバを無効にしてください。",
        ],
        absent: &["個人情報保護方針", "お問い合わせ", "Mozilla Corporation"],
    },
    Page {
        file: "mozilla1.8a5",
        title: "既知の問題",
        lang: Some("ja"),
        day: None,
        byline: None,
        present: &["バグを報告する場合は Bugzilla", "JavaScript デバッガ", "restore-layout factory"],
        absent: &["個人情報保護方針", "お問い合わせ", "Mozilla Corporation"],
    },
    Page {
        file: "jvndb.jvn.jp",
        title: "JVNDB-2018-013542",
        lang: Some("ja"),
        day: None,
        byline: None,
        present: &[
            "NETWAVE MNG6200 デバイスには、証明書・パスワードの管理に関する脆弱性が存在します。",
            "CVE-2018-20395",
        ],
        absent: &["Contribute a better translation"],
    },
    Page {
        file: "news.mynavi.jp",
        title: "人気の圧縮・解凍ソフト「WinRAR」に脆弱性、アップデートを",
        lang: Some("ja"),
        day: Some("2019-02-22"),
        byline: None,
        present: &[
            "Check Point Software Technologiesは2月20日(米国時間)",
            "WinRARは世界中に5億人のユーザーがいると見られており",
        ],
        absent: &["サイトマップ", "著作権と転載について", "IT用語辞典"],
    },
    Page {
        file: "fixtures-postlight.com",
        title: "Three Ways to Be the Thermostat",
        lang: Some("en-US"),
        day: Some("2022-10-05"),
        byline: Some("Gina Trapani"),
        present: &["Be the thermostat, not the thermometer.", "Gina Trapani (she/her) is CEO at Postlight."],
        absent: &["Privacy Policy", "(646) 694-8530"],
    },
    Page {
        // The body of this article was loaded by a script; what was saved is its summary.
        file: "scan.netsecurity.ne.jp",
        title: "パスワードロック未実施のUSBメモリを電車内で紛失の可能性（阪南大学）",
        lang: Some("ja"),
        day: Some("2019-03-04"),
        byline: None,
        present: &[
            "阪南大学は3月4日、同学の専任教員が学生情報等を保存したUSBメモリを紛失したことが判明したと発表した。",
        ],
        absent: &["会員限定記事", "カレンダー読者プレゼント", "よみがえる幽霊"],
    },
    Page {
        file: "techlog.iij.ad.jp",
        title: "2019年のスマホ・DNSフィルタリング・スマホ政策",
        lang: Some("ja"),
        day: Some("2019-04-13"),
        byline: Some("doumae"),
        present: &[
            "IIJmio meetingの発表資料を公開します。",
            "次回のIIJmio meetingは、2019/7/6(大阪)・7/13(東京)で開催予定です。",
        ],
        absent: &["最近の投稿", "Previous Post", "wizSafe Security Signal"],
    },
    Page {
        file: "www.gizmodo.jp",
        title: "Suicaでガシャれる。電子マネー対応ガシャポンが稼働開始",
        lang: Some("ja"),
        day: Some("2019-04-19"),
        byline: Some("mediagene Inc."),
        present: &["罪悪感薄めでグリグリ回せるやつ。", "見かけたら回してみよっと。"],
        absent: &["プライバシーポリシー", "広告掲載について", "Galaxy Z Fold 4"],
    },
    Page {
        file: "www.oreilly.co.jp",
        title: "Head First はじめてのプログラミング",
        lang: Some("ja"),
        day: Some("2019-04-25"),
        byline: Some("Eric Freeman 著"),
        present: &["脳の働きに注目し、脳を活性化させる学習効果の高い独自のスタイル", "リスト内包表記"],
        absent: &["個人情報について", "Maker Faire Tokyo"],
    },
    Page {
        file: "www.recode.net",
        title: "FCC chairman Tom Wheeler’s departure is the death knell for net neutrality",
        lang: None,
        day: Some("2016-12-15"),
        byline: Some("April Glaser"),
        present: &[
            "announced this morning that he will leave the agency on Jan. 20",
            "four million people commented in favor of network neutrality",
        ],
        absent: &["Jobs @ Vox Media", "Communications Preferences"],
    },
    Page {
        file: "www.today.com",
        title: "Zsa Zsa Gabor's Palm Springs home is for sale and it's pure paradise",
        lang: Some("en"),
        day: Some("2016-12-22"),
        byline: None,
        present: &["“I am a marvelous housekeeper.", "The listing agents are TTK Represents"],
        absent: &["Privacy Policy", "TODAY Sitemap", "Closed Captioning"],
    },
    Page {
        file: "exp-furoku",
        title: "Borland C++ Compiler 5.5を用いてHSP用のプラグインを作る方法",
        lang: Some("ja"),
        day: None,
        byline: None,
        present: &["＠はじめに", "皆さんもこれを機にプログラミングに挑戦してみてはいかがでしょうか？"],
        absent: &[],
    },
    Page {
        file: "markent__soft2",
        title: "ソフト置き場２（HSP & C言語実験室分室）",
        lang: Some("ja"),
        day: None,
        byline: None,
        present: &[
            "ここではHSPプラグイン、モジュール、スクリプトを公開しています",
            "標準で現在存在するほとんどのアーカイバDLLを利用することができます",
        ],
        absent: &[],
    },
];

#[test]
fn pages_give_readable_articles() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/feeds/html");
    let Ok(files) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: there is no {}", folder.display());
        return;
    };
    let files: Vec<PathBuf> = files.filter_map(|file| Some(file.ok()?.path())).collect();
    assert_eq!(files.len(), PAGES.len(), "every page has its expectations");
    let mut faults = Vec::new();
    for page in PAGES {
        let file = files.iter().find(|file| file.to_string_lossy().contains(page.file)).expect(page.file);
        check(page, &decoded(&std::fs::read(file).expect(page.file)), &mut faults);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn check(page: &Page, html: &str, faults: &mut Vec<String>) {
    let url = "https://www.theglobeandmail.example/p".parse().expect("a valid address");
    let Some(article) = extract(html, &url) else { return faults.push(format!("{}: no article", page.file)) };
    let mut expect = |right: bool, what: String| {
        if !right {
            faults.push(format!("{}: {what}", page.file));
        }
    };
    let text = &article.content.text;
    let whole = dom_query::Document::from(html).text();
    expect(article.title.contains(page.title), format!("title `{}`", article.title));
    expect(!article.title.contains(" | "), format!("a site in the title `{}`", article.title));
    expect(article.lang.as_deref() == page.lang, format!("language {:?}", article.lang));
    let day = article.published.map(|published| published.to_string()[..10].to_owned());
    expect(day.as_deref() == page.day, format!("published {day:?}"));
    let byline = article.byline.as_deref();
    expect(
        byline.is_some() == page.byline.is_some() && byline.unwrap_or("").starts_with(page.byline.unwrap_or("")),
        format!("byline {byline:?}"),
    );
    for sentence in page.present {
        expect(text.contains(sentence), format!("`{sentence}` is missing"));
    }
    for boilerplate in page.absent {
        expect(whole.contains(boilerplate), format!("`{boilerplate}` is not even on the page"));
        expect(!text.contains(boilerplate), format!("`{boilerplate}` is in the article"));
    }
    expect(article.content.problems.is_empty(), format!("{:?}", article.content.problems));
    let markup = checker::faults(&article.content.html);
    expect(markup.is_empty(), format!("{markup:?}"));
}

/// UTF-8 where the bytes are, else the encoding that the page names.
fn decoded(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let label = start.split("charset=").nth(1).map(|rest| rest.trim_start_matches(['"', '\'']));
    let label = label.and_then(|label| label.split(['"', '\'', ' ', '>', '/', ';']).next()).unwrap_or("utf-8");
    Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::UTF_8).decode(bytes).0.into_owned()
}
