//! The door: asks [`demarche::cli`] to run and turns the answer into an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    demarche::cli::run()
}
