//! What hosts need of all modules, made of the protocol's own commands.

use shellrt_api::{
    ErrorCode, ListItem, ListRequest, ModuleName, RemoveRequest, StatusRequest, StatusResponse,
    StopRequest,
};

use super::{CallError, Plugin};

/// A module for which something failed while it went on with the others.
#[derive(Debug, thiserror::Error)]
#[error("{name}: {error}")]
pub struct Failed {
    /// The module.
    pub name: ModuleName,
    /// Why.
    #[source]
    pub error: CallError,
}

impl Plugin {
    /// Every module with its state, or why that could not be read, in the order
    /// of the names; one request.
    ///
    /// # Errors
    /// When the list itself fails.
    pub fn list_with_details(&self) -> Result<Vec<ListItem>, CallError> {
        let mut list = ListRequest::new();
        list.details = true;
        Ok(self.call(list)?.details)
    }

    /// How one module is.
    ///
    /// # Errors
    /// `module_not_found` where it is not there.
    pub fn runtime_state(&self, name: ModuleName) -> Result<StatusResponse, CallError> {
        self.call(StatusRequest::new(name))
    }

    /// Stops every module, one after the other; each may take `timeout` seconds,
    /// `None`: its own stop timeout. One that cannot be stopped does not keep
    /// the others running.
    ///
    /// # Errors
    /// When the list fails.
    pub fn stop_all(&self, timeout: Option<u32>) -> Result<Vec<Failed>, CallError> {
        self.for_all(|name| {
            let mut stop = StopRequest::new(name);
            stop.timeout = timeout;
            self.call(stop).map(drop)
        })
    }

    /// Removes every module, one after the other.
    ///
    /// # Errors
    /// When the list fails.
    pub fn remove_all(&self) -> Result<Vec<Failed>, CallError> {
        self.for_all(|name| self.call(RemoveRequest::new(name)).map(drop))
    }

    fn for_all(
        &self,
        act: impl Fn(ModuleName) -> Result<(), CallError>,
    ) -> Result<Vec<Failed>, CallError> {
        let mut failed = Vec::new();
        for name in self.call(ListRequest::new())?.modules {
            match act(name.clone()) {
                Ok(()) => {}
                // It is gone since the list was made, as it should be.
                Err(CallError::Plugin(error))
                    if error.known_code() == Some(ErrorCode::ModuleNotFound) => {}
                Err(error) => failed.push(Failed { name, error }),
            }
        }
        Ok(failed)
    }
}
