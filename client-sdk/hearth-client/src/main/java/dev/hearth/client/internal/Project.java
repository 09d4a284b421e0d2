package dev.hearth.client.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A project's address and key, checked where they are given, so that what is wrong is told before
/// the first call.
///
/// @param url without a slash at its end, such as `https://abc.supabase.co`
/// @param key as it is sent
public record Project(String url, String key) {

    private static final Pattern SERVICE =
            Pattern.compile("/(auth|functions|realtime|rest|storage)/v1$");

    /// Checks them. Blanks around the address and slashes behind it are taken away, as supabase-js
    /// does; whether the key is right only the server can tell.
    ///
    /// @throws IllegalArgumentException with what to do
    public Project {
        url = address(url.strip());
        key = secret(key);
    }

    private static String address(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(
                    "no address; give the project's, such as https://abc.supabase.co or"
                            + " http://127.0.0.1:54321");
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("http://") && !lower.startsWith("https://")) {
            throw new IllegalArgumentException(
                    "the address "
                            + shown(text)
                            + " has to begin with https:// (or http:// for a server on this"
                            + " machine), also for realtime");
        }
        URI uri = parsed(text);
        // Not the host: names of containers may hold what java.net does not take for one.
        String authority = uri.getRawAuthority();
        if (authority == null || authority.startsWith(":")) {
            throw new IllegalArgumentException(
                    "the address " + shown(text) + " names no host; write https://host[:port]");
        }
        if (authority.contains("@")) {
            throw new IllegalArgumentException(
                    "the address has a user or a password in it; leave out what stands before @");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "the address "
                            + shown(text)
                            + " has a query or a fragment; leave out what begins with ? or #");
        }
        String kept = withoutSlashes(text);
        Matcher service = SERVICE.matcher(kept);
        if (service.find()) {
            throw new IllegalArgumentException(
                    "the address "
                            + shown(text)
                            + " is that of one service; leave out "
                            + service.group());
        }
        return kept;
    }

    private static URI parsed(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "the address " + shown(text) + " is none: " + e.getReason(), e);
        }
    }

    private static String withoutSlashes(String text) {
        int end = text.length();
        while (text.charAt(end - 1) == '/') {
            end--;
        }
        return text.substring(0, end);
    }

    /// What was given may be anything, a key in the wrong place among it.
    private static String shown(String text) {
        return '"' + (text.length() > 60 ? text.substring(0, 20) + "…" : text) + '"';
    }

    private static String secret(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(
                    "no key; give the project's publishable (anon) key, or on a server its secret"
                            + " (service_role) key");
        }
        if (text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException(
                    "the key has a line break, a blank or a letter in it that no key has; if it was"
                            + " read from a file or a variable, strip() it");
        }
        return text;
    }

    /// Whether the key is one that is no token, `sb_publishable_…` or `sb_secret_…`. Such a key
    /// goes into the header `apikey`; supabase-js 2.119 sends it as `Authorization: Bearer` as
    /// well, where there is no session, to every room but functions.
    public boolean keyIsNoToken() {
        return key.startsWith("sb_publishable_") || key.startsWith("sb_secret_");
    }

    /// Holds no key.
    @Override
    public String toString() {
        return url;
    }
}
