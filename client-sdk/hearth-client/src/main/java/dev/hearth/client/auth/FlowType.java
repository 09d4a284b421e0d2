package dev.hearth.client.auth;

/// How a session comes back from a browser or a letter.
public enum FlowType {
    /// In the fragment of the address, which only a page in a browser sees; the default, as in
    /// supabase-js. Right where links of letters open in somebody else's web page.
    IMPLICIT,
    /// As a code that only the client that began can exchange (RFC 7636). Right for programs that
    /// take the browser's answer themselves, on a port of their own or by their own scheme.
    PKCE
}
