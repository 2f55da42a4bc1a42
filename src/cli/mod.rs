//! The door: what was typed becomes what is meant; one file per command.
//!
//! In: the command line and the terminal. Out: an exit code: 0 something was found, 1 nothing was found,
//! 2 something failed and the rest was still done. Only this room knows the terminal. A closed pipe
//! (`demarche news/ | head`) ends quietly.

mod command;
mod edge;
mod meant;
mod message;
mod output;
mod reading;
mod typed;

use std::io;
use std::process::ExitCode;

use clap::Parser;

use meant::{Meant, Mistake};
use message::Messages;
use output::Output;
use typed::{Color, Typed};

/// Runs the command line of this process.
#[must_use]
pub fn run() -> ExitCode {
    let typed = match Typed::try_parse() {
        Ok(typed) => typed,
        Err(error) => {
            // Help and version go to standard output and are no failure.
            let failed = error.use_stderr();
            let _ = error.print();
            return ExitCode::from(if failed { 2 } else { 0 });
        }
    };
    let (quiet, color) = (typed.global.quiet, typed.global.color);
    let mut messages = Messages::new(quiet, color);
    let meant = match Meant::read(typed) {
        Ok(meant) => meant,
        Err(Mistake { what, hint }) => {
            messages.error(what, hint.as_deref());
            return ExitCode::from(2);
        }
    };
    set_colors(color);
    let mut output = Output::new(meant.format, color);
    let done = command::run(meant, &mut output, &mut messages);
    let done = done.and_then(|found| output.flush().map(|()| found).map_err(anyhow::Error::from));
    match done {
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            messages.error(format!("{error:#}"), None);
            ExitCode::from(2)
        }
        Ok(_) if messages.errors() > 0 => ExitCode::from(2),
        Ok(found) => ExitCode::from(u8::from(!found)),
    }
}

fn set_colors(color: Color) {
    match color {
        Color::Always => anstream::ColorChoice::Always.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
        Color::Auto => {}
    }
}

/// Nobody reads our output any more: `| head` has seen enough.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let broken = |e: &io::Error| e.kind() == io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(broken))
}
