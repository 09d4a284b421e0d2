package dev.hearth.client.auth;

import dev.hearth.client.internal.http.HttpRequest;

import org.jspecify.annotations.Nullable;

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

    /// A request with these in its query: in the order of auth-js `_getUrlForProvider`, and each
    /// encoded as it does.
    HttpRequest in(HttpRequest bare, Map<String, String> challenge) {
        HttpRequest request = bare.queryComponent("provider", provider);
        if (redirectTo != null) {
            request = request.queryComponent("redirect_to", redirectTo);
        }
        if (scopes != null) {
            request = request.queryComponent("scopes", scopes);
        }
        for (Map<String, String> more : List.of(challenge, queryParams)) {
            for (Map.Entry<String, String> field : more.entrySet()) {
                request = request.query(field.getKey(), field.getValue());
            }
        }
        return request;
    }
}
