//! Processor time: what a busy machine does not change.
//!
//! In: nothing. Out: the seconds that the program, or this thread alone, has run since the clock was started;
//! those of the clock on the wall where the system does not tell, or counts too coarsely to have seen any.

use std::time::{Duration, Instant};

/// A started clock.
pub struct Clock {
    ran: fn() -> Option<Duration>,
    before: Option<Duration>,
    wall: Instant,
}

impl Clock {
    /// Starts a clock of all threads of the program, in hundredths of a second.
    pub fn of_program() -> Self {
        Clock { ran: program, before: program(), wall: Instant::now() }
    }

    /// Starts a clock of this thread, in nanoseconds.
    pub fn of_thread() -> Self {
        Clock { ran: thread, before: thread(), wall: Instant::now() }
    }

    /// The seconds since the start.
    pub fn seconds(&self) -> f64 {
        let told = self.before.zip((self.ran)()).map(|(before, now)| now.saturating_sub(before));
        told.filter(|ran| !ran.is_zero()).unwrap_or_else(|| self.wall.elapsed()).as_secs_f64()
    }
}

/// How long the program and the system for it have run, as Linux counts it.
fn program() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = told.rsplit(')').next()?.split_whitespace().collect();
    let ticks = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
    Some(Duration::from_millis(10 * ticks))
}

/// How long this thread has run, as Linux counts it.
fn thread() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(told.split(' ').next()?.parse().ok()?))
}
