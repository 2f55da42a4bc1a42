//! The page in a real browser: runs `tests/page/page.py` where the environment names a Python with Playwright
//! (`DEMARCHE_PYTHON`) and a Chromium (`DEMARCHE_CHROMIUM`); see tests/page/README.md.

use std::fs;
use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;

/// Names that try to end scripts and tags, under harmless aliases by which the article calls them.
const NAMES: &str = r#"kind,name,aliases
organization,"</script><script>alert(1)</script>",Zorblax Quimby
organization,"<img src=x onerror=alert(2)>",Vorpal Institute
organization,"=cmd|' /C calc'!A0 ""quoted"" \ back",Henrik Plonk
"#;

const ARTICLE: &str = r#"{"id":"1","title":"<b onclick=alert(3)>Zorblax Quimby & co</b> <!--","date":"2021-03-18","url":"javascript:alert(4)","publisher":"\u2028<i>x</i>","text":"Zorblax Quimby urged China to act. Vorpal Institute accused Zorblax Quimby of theft. \"This is </script> nonsense,\" Henrik Plonk told Zorblax Quimby on Thursday. Henrik Plonk criticized Vorpal Institute."}
"#;

fn demarche(arguments: &[&str]) {
    let status = Command::new(cargo_bin("demarche")).args(arguments).arg("--quiet").status().unwrap();
    assert!(status.success(), "demarche {arguments:?}");
}

#[test]
fn a_reader_uses_the_page_in_chromium() {
    let (Ok(python), Ok(chromium)) = (std::env::var("DEMARCHE_PYTHON"), std::env::var("DEMARCHE_CHROMIUM"))
    else {
        eprintln!("SKIPPED: DEMARCHE_PYTHON and DEMARCHE_CHROMIUM are not set; see tests/page/README.md");
        return;
    };
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("names.csv"), NAMES).unwrap();
    fs::write(path("hostile.jsonl"), ARTICLE).unwrap();
    let articles = home.join("examples/articles").display().to_string();
    demarche(&["build", &articles, "-o", &path("examples.json")]);
    demarche(&["export", &path("examples.json"), "-o", &path("examples.html")]);
    let (names, graph) = (path("names.csv"), path("hostile.json"));
    demarche(&["build", &path("hostile.jsonl"), "--gazetteer", &names, "-o", &graph]);
    demarche(&["export", &graph, "-o", &path("hostile.html")]);
    let script = home.join("tests/page/page.py");
    let output = Command::new(python)
        .arg(script)
        .args([chromium, path("examples.html"), path("hostile.html")])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    println!("{said}");
}
