package dev.hearth.client.auth;

import java.net.URI;
import java.util.Optional;

/// Where a user signs in with an account elsewhere: open it in a browser.
///
/// @param provider such as `github`
/// @param url to open
/// @param flowId under which the code verifier is kept with [FlowType#PKCE], for
///   [AuthClient#exchangeCodeForSession(String, String)] when several sign-ins run at once
public record OAuthUrl(String provider, URI url, Optional<String> flowId) {}
