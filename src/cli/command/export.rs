//! `demarche export GRAPH -o FILE`: the graph, or a part of it, in another program's format.

use std::mem::ManuallyDrop;
use std::path::Path;

use anyhow::Context;

use super::{Desk, graph};
use crate::cli::meant::Target;
use crate::export;
use crate::graph::replace_file;
use crate::query::{self, Filter, LIKELY, Scope, Selection};

#[expect(clippy::too_many_arguments, reason = "as many as the command has options")]
pub(super) fn run(
    desk: &mut Desk<'_>,
    path: &Path,
    output: &Target,
    around: &[String],
    depth: Option<usize>,
    top: Option<usize>,
    together: Option<Scope>,
    filter: Filter,
) -> anyhow::Result<bool> {
    let mut whole = graph::open(desk, path, filter.as_of)?;
    if let Some(scope) = together {
        whole = ManuallyDrop::new(query::with_co_mentions(&whole, scope));
    }
    let mut focus = Vec::new();
    for name in around {
        let Some(nodes) = graph::named(desk, &whole, name) else { return Ok(false) };
        focus.extend(nodes.first());
    }
    let open = (filter.min_confidence == LIKELY).then(|| filter.trusting());
    let focused = Selection { filter, focus, depth, top };
    let part = focused.of(&whole);
    let all = open.map(|filter| Selection { filter, ..focused }.of(&whole).links().count());
    let written = match output {
        Target::File(path, format) => {
            export::write_file(&part, *format, path).with_context(|| path.display().to_string())?
        }
        Target::Drawn(path) => {
            let bytes = export::render_with_dot(&part, path)
                .with_context(|| format!("{}: the program dot could not draw it", path.display()))?;
            replace_file(path, |out| out.write_all(&bytes)).with_context(|| path.display().to_string())?;
            vec![path.clone()]
        }
    };
    let names: Vec<String> = written.iter().map(|path| path.display().to_string()).collect();
    let (nodes, edges) = (part.nodes().count(), part.links().count());
    desk.messages.summary(format!("{}: {nodes} nodes, {edges} edges", names.join(", ")));
    super::doubted(
        desk,
        all.map_or(0, |all| all.saturating_sub(edges)),
        "edge",
        "--min-confidence 0 takes them too",
    );
    Ok(edges > 0)
}
