package dev.hearth.examples;

import dev.hearth.client.SupabaseClient;
import dev.hearth.client.auth.Subscription;
import dev.hearth.client.auth.User;
import dev.hearth.client.auth.UserAttributes;

import java.util.Map;

/// A user without a form, who may tell their name later.
public final class SignInAnonymously {

    private SignInAnonymously() {}

    public static void main(String[] args) {
        try (SupabaseClient client = Hearth.connect()) {
            Subscription listening =
                    client.auth()
                            .onAuthStateChange(
                                    (event, session) -> System.out.println("heard " + event));

            User user = client.auth().signInAnonymously().user().orElseThrow();
            System.out.println("signed in, anonymous: " + user.isAnonymous());

            User named = client.auth().updateUser(UserAttributes.of().data(Map.of("name", "Ada")));
            System.out.println("called " + named.userMetadata().get("name"));

            client.auth().signOut();
            System.out.println("session left: " + client.auth().getSession().isPresent());
            listening.unsubscribe();
        }
    }
}
