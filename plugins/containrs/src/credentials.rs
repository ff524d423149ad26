//! How to log in.

use std::fmt;

use oci_client::secrets::RegistryAuth;

use crate::Error;

/// A login: a user with a password, or a token. Never printed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Credentials {
    /// The user.
    pub username: Option<String>,
    /// The user's password.
    pub password: Option<String>,
    /// A token to get access tokens with, in place of the password.
    pub identity_token: Option<String>,
    /// An access token that is sent to the registry as it is.
    pub registry_token: Option<String>,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Credentials")
            .finish_non_exhaustive()
    }
}

impl Credentials {
    pub(crate) fn to_auth(&self) -> Result<RegistryAuth, Error> {
        if let Some(token) = &self.registry_token {
            return Ok(RegistryAuth::Bearer(token.clone()));
        }
        if self.identity_token.is_some() {
            let text = "logging in with an identity token is not supported";
            return Err(Error::Unsupported(text.to_owned()));
        }
        Ok(match (&self.username, &self.password) {
            (None, None) => RegistryAuth::Anonymous,
            (username, password) => RegistryAuth::Basic(
                username.clone().unwrap_or_default(),
                password.clone().unwrap_or_default(),
            ),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_is_not_printed() {
        let login = Credentials {
            username: Some("me".to_owned()),
            password: Some("canary".to_owned()),
            ..Credentials::default()
        };
        assert!(!format!("{login:?}").contains("canary"));
    }
}
