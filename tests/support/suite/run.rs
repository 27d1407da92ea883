//! Runs the suite on the selected backends.

use std::any::Any;
use std::process::ExitCode;
use std::sync::mpsc;
use std::time::Duration;

use libtest_mimic::{Arguments, Completion, Failed, Trial};

use super::summary;
use super::{Case, Only};
use crate::available::available;
use crate::backend::Backend;
use crate::selection::Selection;
use crate::site::Site;
use crate::wire::take_faults;

/// Runs every case on every backend it is for, and says which backends were left out.
pub fn run(cases: &[Case]) -> ExitCode {
    let arguments = Arguments::from_args();
    let selection = match select() {
        Ok(selection) => selection,
        Err(reason) => {
            eprintln!("the suite cannot start: {reason}");
            return ExitCode::FAILURE;
        }
    };

    let on = |&backend: &Backend| {
        let here = cases.iter().filter(move |case| case.only.includes(backend));
        let required = selection.required.contains(&backend);
        here.map(move |&case| trial(backend, case, required))
    };
    let absent = |&backend: &Backend| absent(backend, selection.required.contains(&backend));
    let trials = selection
        .run
        .iter()
        .flat_map(on)
        .chain(selection.missing.iter().map(absent));

    let conclusion = libtest_mimic::run(&arguments, trials.collect());
    if !arguments.list {
        summary::tell(&selection);
    }
    // A filter on the command line may have hidden the trial that says so.
    if selection
        .missing
        .iter()
        .any(|backend| selection.required.contains(backend))
    {
        return ExitCode::FAILURE;
    }
    let faults = take_faults();
    for fault in &faults {
        eprintln!("{fault}");
    }
    if !faults.is_empty() {
        return ExitCode::FAILURE;
    }
    conclusion.exit_code()
}

fn select() -> Result<Selection, String> {
    let variable = |name| std::env::var(name).unwrap_or_default();
    let found: Vec<u16> = available()?.keys().copied().collect();
    Selection::new(
        &variable("ORM_TEST_BACKENDS"),
        &variable("ORM_TEST_REQUIRE"),
        &found,
    )
}

/// Stands in the list for all tests of a backend that cannot be had.
fn absent(backend: Backend, required: bool) -> Trial {
    Trial::ignorable_test(backend.to_string(), move || {
        let reason = format!("no server found; {}", summary::remedy(backend));
        if required {
            Err(reason.into())
        } else {
            Ok(Completion::ignored_with(reason))
        }
    })
}

fn trial(backend: Backend, case: Case, required: bool) -> Trial {
    let name = format!("{backend}::{}", case.name);
    Trial::ignorable_test(name.clone(), move || {
        if let Backend::Postgres(major) = backend {
            let source = available()?.get(&major).ok_or("no server found")?;
            if case.only == Only::OwnServer && source.binaries().is_none() {
                let reason = format!("needs the programs; {}", summary::remedy(backend));
                return if required {
                    Err(reason.into())
                } else {
                    Ok(Completion::ignored_with(reason))
                };
            }
            // The first test starts the server; that must not count against its deadline.
            source.url()?;
        }
        execute(backend, case, name).map(|()| Completion::Completed)
    })
}

/// Runs one test in a runtime of its own, named so that a panic tells which test it was.
fn execute(backend: Backend, case: Case, name: String) -> Result<(), Failed> {
    let deadline = deadline();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .thread_name(name)
        .build()?;
    let (tell, told) = mpsc::channel();
    let test = runtime.spawn(async move { (case.test)(Site::new(backend).await).await });
    runtime.spawn(async move { tell.send(test.await) });
    // Not by a timer of the runtime: a test that blocks its thread may stop those.
    let ended = told.recv_timeout(deadline);
    // A test that hangs, or has left a task behind that does, must not stop the others.
    runtime.shutdown_background();
    match ended {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(error.try_into_panic().map_or_else(
            |error| error.to_string().into(),
            |panic| message(panic.as_ref()).to_owned().into(),
        )),
        Err(_) => Err(format!(
            "not done after {} s (ORM_TEST_DEADLINE sets another limit)",
            deadline.as_secs()
        )
        .into()),
    }
}

fn deadline() -> Duration {
    let seconds = std::env::var("ORM_TEST_DEADLINE")
        .ok()
        .and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(60))
}

fn message(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("the test panicked with something that is no text")
}
