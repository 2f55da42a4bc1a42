//! Connections are taken in and handed to the router, until the server is told to end.
//!
//! In: a [`Server`] and an address. Out: a [`Running`] that knows where it listens. It ends on Ctrl-C or
//! SIGTERM: nobody new is taken in, answers that are being given are finished, for ten seconds at most.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::routes::router;
use super::{Server, Shared};

/// How long answers that are being given may take once the server is told to end.
const FAREWELL: Duration = Duration::from_secs(10);

/// A server that listens.
pub struct Running {
    runtime: Runtime,
    listener: TcpListener,
    address: SocketAddr,
    shared: Arc<Shared>,
    told: Pin<Box<dyn Future<Output = ()> + Send>>,
}

impl Server {
    /// Begins to listen; port 0 is any that is free.
    ///
    /// # Errors
    /// When the system refuses the address, or threads.
    pub fn listen(self, address: SocketAddr) -> io::Result<Running> {
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let listener = runtime.block_on(TcpListener::bind(address))?;
        let address = listener.local_addr()?;
        let told = {
            let _inside = runtime.enter();
            told()?
        };
        Ok(Running { runtime, listener, address, shared: self.0, told: Box::pin(told) })
    }
}

impl Running {
    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until Ctrl-C or SIGTERM.
    ///
    /// # Errors
    /// None so far; a connection that breaks is nobody else's matter.
    pub fn until_told(self) -> io::Result<()> {
        let Running { runtime, listener, shared, told, .. } = self;
        runtime.block_on(take_in(listener, shared, told));
        // What a worker still does has nobody left to tell it to.
        runtime.shutdown_timeout(Duration::from_secs(1));
        Ok(())
    }
}

/// Ends when the system or a person asks for it.
#[cfg(unix)]
fn told() -> io::Result<impl Future<Output = ()> + Send> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ends when a person asks for it.
#[cfg(not(unix))]
fn told() -> io::Result<impl Future<Output = ()> + Send> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

async fn take_in(listener: TcpListener, shared: Arc<Shared>, told: impl Future<Output = ()>) {
    let patience = shared.limits.patience;
    let places = Arc::new(Semaphore::new(shared.limits.connections.max(1)));
    let service = TowerToHyperService::new(router(shared));
    let farewell = GracefulShutdown::new();
    let mut told = pin!(told);
    loop {
        let (stream, place) = tokio::select! {
            biased;
            () = &mut told => break,
            next = next(&listener, &places) => match next {
                Some(next) => next,
                None => continue,
            },
        };
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(patience)
            .serve_connection(TokioIo::new(stream), service.clone());
        let connection = farewell.watch(connection);
        tokio::spawn(async move {
            let _place = place;
            // A client that goes away, or speaks something else, is no failure of ours.
            let _ = connection.await;
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(FAREWELL, farewell.shutdown()).await;
}

/// The next connection, once there is a place for it.
async fn next(listener: &TcpListener, places: &Arc<Semaphore>) -> Option<(TcpStream, OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, _)) => Some((stream, place)),
        Err(_) => {
            // Too many open files, or a client that left at once: wait a little instead of spinning.
            tokio::time::sleep(Duration::from_millis(50)).await;
            None
        }
    }
}
