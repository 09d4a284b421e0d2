package dev.hearth.examples;

import dev.hearth.client.SupabaseClient;
import dev.hearth.client.auth.AuthResponse;
import dev.hearth.client.error.AuthErrorCode;
import dev.hearth.client.error.AuthException;

import java.util.UUID;

/// A user with an address and a password, and what a refusal tells.
public final class SignInWithPassword {

    private SignInWithPassword() {}

    public static void main(String[] args) {
        String email = "ada-" + UUID.randomUUID() + "@example.com";
        String password = UUID.randomUUID().toString();
        try (SupabaseClient client = Hearth.connect()) {
            AuthResponse made = client.auth().signUp(email, password);
            if (made.session().isEmpty()) {
                System.out.println("follow the link in the letter first");
                return;
            }
            client.auth().signOut();
            client.auth().signInWithPassword(email, password);
            System.out.println("signed in as " + client.auth().getUser().email().orElseThrow());
            client.auth().signInWithPassword(email, "not it");
        } catch (AuthException e) {
            switch (e.code().orElse("")) {
                case AuthErrorCode.INVALID_CREDENTIALS ->
                        System.out.println("not with that password");
                case AuthErrorCode.EMAIL_PROVIDER_DISABLED ->
                        System.out.println("this server takes no passwords: " + e.getMessage());
                default -> throw e;
            }
        }
    }
}
