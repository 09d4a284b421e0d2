package dev.hearth.client.auth;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/// A factor that a user wants to add. Immutable: each method gives another one.
///
/// ```java
/// EnrolledFactor factor =
///         client.auth().mfa().enroll(FactorEnrollment.totp().friendlyName("My telephone"));
/// ```
public final class FactorEnrollment {

    private final Factor.Type type;
    private final @Nullable String friendlyName;
    private final Map<String, Object> more;

    private FactorEnrollment(
            Factor.Type type, @Nullable String friendlyName, Map<String, Object> more) {
        this.type = type;
        this.friendlyName = friendlyName;
        this.more = more;
    }

    /// An app that shows codes.
    public static FactorEnrollment totp() {
        return new FactorEnrollment(Factor.Type.TOTP, null, Map.of());
    }

    /// Text messages to this number.
    public static FactorEnrollment phone(String phone) {
        return new FactorEnrollment(Factor.Type.PHONE, null, Map.of("phone", phone));
    }

    /// The name by which the user knows it.
    public FactorEnrollment friendlyName(String name) {
        return new FactorEnrollment(type, name, more);
    }

    /// Who stands as the issuer in the app; the server's own name unless said. Of
    /// [FactorEnrollment#totp] only.
    public FactorEnrollment issuer(String issuer) {
        var fields = new LinkedHashMap<String, Object>(more);
        fields.put("issuer", issuer);
        return new FactorEnrollment(type, friendlyName, fields);
    }

    Map<String, @Nullable Object> body() {
        var body = new LinkedHashMap<String, @Nullable Object>();
        if (friendlyName != null) {
            body.put("friendly_name", friendlyName);
        }
        body.put("factor_type", type.wire());
        body.putAll(more);
        return body;
    }
}
