//! `demarche serve GRAPH`: the graph for a browser and for programs, until Ctrl-C.

use std::net::SocketAddr;
use std::path::Path;

use super::Desk;

#[cfg(feature = "serve")]
pub(super) fn run(
    desk: &mut Desk<'_>,
    path: &Path,
    address: SocketAddr,
    hosts: Vec<String>,
) -> anyhow::Result<bool> {
    use anyhow::Context;

    use crate::cli::output::Look;
    use crate::serve::{Limits, Server};

    let graph = super::graph::open(desk, path, None)?;
    let lexicon = desk.lexicon();
    let title = path.display().to_string();
    let server =
        Server::new(std::mem::ManuallyDrop::into_inner(graph), lexicon, title, hosts, Limits::default());
    let running = server.listen(address).with_context(|| format!("cannot listen on {address}"))?;
    desk.output.line(&format!("http://{}/", running.address()), Look::Plain)?;
    desk.output.flush()?;
    if !address.ip().is_loopback() {
        let hint = "leave out --address to serve this machine only";
        desk.messages.warning("everybody who can reach this machine can read the graph", Some(hint));
    }
    desk.messages.summary("Ctrl-C ends it");
    running.until_told()?;
    desk.messages.summary("ended");
    Ok(true)
}

#[cfg(not(feature = "serve"))]
pub(super) fn run(
    desk: &mut Desk<'_>,
    _path: &Path,
    _address: SocketAddr,
    _hosts: Vec<String>,
) -> anyhow::Result<bool> {
    let hint = "build it with: cargo install --path . --features serve";
    desk.messages.error("this program was built without the feature serve", Some(hint));
    Ok(false)
}
