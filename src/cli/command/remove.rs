//! `demarche remove GRAPH ARTICLE…`: a graph without some articles.

use std::path::Path;

use super::{Desk, build};
use crate::graph::Readings;
use crate::lexicon::problem::nearest;

pub(super) fn run(
    desk: &mut Desk<'_>,
    graph: &Path,
    documents: &[String],
    output: &Path,
) -> anyhow::Result<bool> {
    let mut readings = Readings::load(graph)?;
    let mut removed = 0;
    for name in documents {
        let gone = readings.remove(name).len();
        removed += gone;
        if gone == 0 {
            let known: Vec<&str> =
                readings.iter().flat_map(|r| [r.source.id.as_str(), r.source.source.as_str()]).collect();
            let hint = nearest(name, &known).map(|near| format!("did you mean `{near}`?"));
            desk.messages.warning(format!("no article is called `{name}`"), hint.as_deref());
        }
    }
    if removed == 0 {
        return Ok(false);
    }
    desk.messages.summary(format!("{removed} articles taken out"));
    readings.tell(&desk.same());
    build::save(desk, &readings, output)?;
    Ok(true)
}
