//! Toasty, in a program of its own, which is asked through a pipe; what it answers with it has measured
//! itself, so that the pipe does not count.

use std::io::{BufRead as _, BufReader, Write as _};
use std::ops::Range;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use futures_util::future::LocalBoxFuture;

use crate::heap;
use crate::measure::{Cost, Work};

/// The program, where it has been built.
pub fn program() -> Option<PathBuf> {
    let name = if heap::installed().is_some() {
        "toasty-counted"
    } else {
        "orm-benches-toasty"
    };
    let program = std::env::current_exe().ok()?.with_file_name(name);
    program.exists().then_some(program)
}

struct Asked {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

/// Starts the program at a workload.
pub async fn start(workload: &str, url: String, calls: usize) -> Box<dyn Work> {
    let mut child = Command::new(program().expect("a program that has been built"))
        .args([workload, &url, &calls.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a process");
    let to = child.stdin.take().expect("a pipe");
    let from = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut asked = Asked { child, to, from };
    assert_eq!(asked.line().trim(), "ready");
    Box::new(asked)
}

impl Asked {
    fn line(&mut self) -> String {
        let mut line = String::new();
        self.from.read_line(&mut line).expect("an answer");
        line
    }
}

impl Work for Asked {
    fn run<'a>(
        &'a mut self,
        keys: Range<usize>,
        times: &'a mut Vec<Duration>,
    ) -> LocalBoxFuture<'a, Cost> {
        Box::pin(async move {
            writeln!(self.to, "{} {}", keys.start, keys.end).expect("a pipe");
            let line = self.line();
            let mut numbers = line
                .split_whitespace()
                .map(|number| number.parse().expect("a number"));
            let mut next = || numbers.next().expect("an answer");
            let cost = Cost {
                cpu: Duration::from_nanos(next()),
                allocations: next(),
                peak: next(),
            };
            times.extend(numbers.map(Duration::from_nanos));
            cost
        })
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        // The place may be taken away only when nobody is in it.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
