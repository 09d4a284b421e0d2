package dev.hearth.client.auth;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A sign-in with an account elsewhere. Immutable: each method gives another one.
///
/// ```java
/// OAuthUrl page =
///         client.auth().signInWithOAuth(
///                 OAuthCredentials.provider("github").redirectTo("http://127.0.0.1:8123/done"));
/// Desktop.getDesktop().browse(page.url());
/// ```
public final class OAuthCredentials {

    private final String provider;
    private final @Nullable String redirectTo;
    private final @Nullable String scopes;
    private final Map<String, String> queryParams;

    private OAuthCredentials(
            String provider,
            @Nullable String redirectTo,
            @Nullable String scopes,
            Map<String, String> queryParams) {
        this.provider = provider;
        this.redirectTo = redirectTo;
        this.scopes = scopes;
        this.queryParams = queryParams;
    }

    /// With this provider: `google`, `github`, `apple`, `azure` and others that the server knows.
    ///
    /// @throws IllegalArgumentException when it is empty
    public static OAuthCredentials provider(String provider) {
        if (provider.isEmpty()) {
            throw new IllegalArgumentException("the provider is empty");
        }
        return new OAuthCredentials(provider, null, null, Map.of());
    }

    /// Where the browser comes back to; one of the addresses that the server allows.
    public OAuthCredentials redirectTo(String address) {
        return new OAuthCredentials(provider, address, scopes, queryParams);
    }

    /// What the program wants to be allowed at the provider, separated by spaces.
    public OAuthCredentials scopes(String wanted) {
        return new OAuthCredentials(provider, redirectTo, wanted, queryParams);
    }

    /// One more of the query that the provider gets, such as `prompt` with `consent`.
    public OAuthCredentials queryParam(String name, String value) {
        var more = new LinkedHashMap<String, String>(queryParams);
        more.put(name, value);
        return new OAuthCredentials(provider, redirectTo, scopes, more);
    }

    String provider() {
        return provider;
    }

    /// The query in the order of auth-js `_getUrlForProvider`.
    List<Map.Entry<String, String>> query(Map<String, String> challenge) {
        var query = new ArrayList<Map.Entry<String, String>>();
        query.add(Map.entry("provider", provider));
        if (redirectTo != null) {
            query.add(Map.entry("redirect_to", redirectTo));
        }
        if (scopes != null) {
            query.add(Map.entry("scopes", scopes));
        }
        query.addAll(challenge.entrySet());
        query.addAll(queryParams.entrySet());
        return query;
    }
}
