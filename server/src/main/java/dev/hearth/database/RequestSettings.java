package dev.hearth.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What SQL may read of a request inside its transaction, besides the claims: transaction-local
/// settings such as `request.method`, `request.path`, `request.headers` (a JSON object with names
/// in lower case), `request.cookies`, `storage.operation`.
///
/// @param settings in the order in which they are set
public record RequestSettings(List<Setting> settings) {

    /// One setting.
    public record Setting(String name, String value) {}

    /// Nothing to read: a change that is judged for a subscriber has no request.
    public static final RequestSettings NONE = new RequestSettings(List.of());

    /// Copies the list.
    public RequestSettings {
        settings = List.copyOf(settings);
    }

    /// These settings.
    public static RequestSettings of(Setting... settings) {
        return new RequestSettings(List.of(settings));
    }

    /// The same, and others behind them.
    public RequestSettings and(Setting... others) {
        var all = new ArrayList<Setting>(settings.size() + others.length);
        all.addAll(settings);
        all.addAll(List.of(others));
        return new RequestSettings(all);
    }

    /// The names of all settings.
    public Set<String> names() {
        return settings.stream().map(Setting::name).collect(Collectors.toUnmodifiableSet());
    }

    boolean sets(String name) {
        for (Setting setting : settings) {
            if (setting.name().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
