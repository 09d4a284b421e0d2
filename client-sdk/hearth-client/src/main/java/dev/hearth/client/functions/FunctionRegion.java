package dev.hearth.client.functions;

import java.util.Locale;

/// Where a function runs. A region that is not here is named as text:
/// [InvokeOptions#region(String)].
public enum FunctionRegion {
    /// Near the caller; says nothing.
    ANY,
    /// Tokyo.
    AP_NORTHEAST_1,
    /// Seoul.
    AP_NORTHEAST_2,
    /// Mumbai.
    AP_SOUTH_1,
    /// Singapore.
    AP_SOUTHEAST_1,
    /// Sydney.
    AP_SOUTHEAST_2,
    /// Canada.
    CA_CENTRAL_1,
    /// Frankfurt.
    EU_CENTRAL_1,
    /// Ireland.
    EU_WEST_1,
    /// London.
    EU_WEST_2,
    /// Paris.
    EU_WEST_3,
    /// São Paulo.
    SA_EAST_1,
    /// Virginia.
    US_EAST_1,
    /// California.
    US_WEST_1,
    /// Oregon.
    US_WEST_2;

    String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
