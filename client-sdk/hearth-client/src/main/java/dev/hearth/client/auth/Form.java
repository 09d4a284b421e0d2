package dev.hearth.client.auth;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a program fills in for a request: the fields in the order sent, and what goes elsewhere.
/// Immutable.
final class Form {

    static final Form EMPTY = new Form(Map.of(), null, null);

    private final Map<String, Object> fields;
    private final @Nullable String redirectTo;
    private final @Nullable String captchaToken;

    private Form(
            Map<String, Object> fields,
            @Nullable String redirectTo,
            @Nullable String captchaToken) {
        this.fields = fields;
        this.redirectTo = redirectTo;
        this.captchaToken = captchaToken;
    }

    /// @throws IllegalArgumentException when it is empty, since the server would say no more than
    ///   that something is missing
    static Form needing(String name, String value) {
        return EMPTY.and(name, value);
    }

    Form and(String name, String value) {
        return with(name, needed(name, value));
    }

    /// @throws IllegalArgumentException when it is empty
    static String needed(String name, String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the " + name.replace('_', ' ') + " is empty");
        }
        return value;
    }

    Form with(String name, Object value) {
        var more = new LinkedHashMap<String, Object>(fields);
        more.put(name, value);
        return new Form(Collections.unmodifiableMap(more), redirectTo, captchaToken);
    }

    Form to(String address) {
        return new Form(fields, address, captchaToken);
    }

    Form captcha(String token) {
        return new Form(fields, redirectTo, token);
    }

    Map<String, Object> fields() {
        return fields;
    }

    @Nullable String redirectTo() {
        return redirectTo;
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    Object get(String name, Object otherwise) {
        return fields.getOrDefault(name, otherwise);
    }

    /// The captcha as the server expects it, an empty object without one.
    Map<String, Object> security() {
        return captchaToken == null ? Map.of() : Map.of("captcha_token", captchaToken);
    }
}
