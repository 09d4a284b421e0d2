package dev.hearth.client.test;

import dev.hearth.client.SupabaseClient;

import java.util.UUID;

/// A user that a test made, signed in.
///
/// @param name as the test calls them
/// @param id as policies see it in `auth.uid()`
/// @param email another one for each user, also of the same name
/// @param accessToken good for an hour
/// @param client with their session, which it refreshes; closed with the server
public record TestUser(
        String name, UUID id, String email, String accessToken, SupabaseClient client) {

    /// Without the token.
    @Override
    public String toString() {
        return name + " (" + id + ")";
    }
}
