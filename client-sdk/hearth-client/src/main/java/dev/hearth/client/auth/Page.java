package dev.hearth.client.auth;

import java.util.List;
import java.util.OptionalInt;

/// One page of a longer list.
///
/// ```java
/// OptionalInt page = OptionalInt.of(1);
/// while (page.isPresent()) {
///     Page<User> users = client.auth().admin().listUsers(page.getAsInt(), 100);
///     users.items().forEach(this::show);
///     page = users.nextPage();
/// }
/// ```
///
/// @param items of this page
/// @param nextPage counted from 1; absent on the last
/// @param lastPage counted from 1; 0 when the server does not tell
/// @param total of all pages
/// @param <T> what is listed
public record Page<T>(List<T> items, OptionalInt nextPage, int lastPage, long total) {

    /// Copies.
    public Page {
        items = List.copyOf(items);
    }
}
