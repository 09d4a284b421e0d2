package dev.hearth.client.auth;

import com.fasterxml.jackson.databind.JsonNode;

import dev.hearth.client.error.AuthException;
import dev.hearth.client.internal.Backend;
import dev.hearth.client.internal.http.HttpAnswer;
import dev.hearth.client.internal.http.HttpRequest;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Users as an admin sees them, with a secret key, so only on servers. Safe for any thread.
///
/// ```java
/// AdminClient admin = client.auth().admin();
/// ```
///
/// All calls throw [AuthException].
public final class AdminClient {

    private static final List<String> LINK_FIELDS =
            List.of("action_link", "email_otp", "hashed_token", "redirect_to", "verification_type");

    private static final Pattern LINK =
            Pattern.compile("<[^>]*[?&]page=(\\d{1,9})[^>]*>;\\s*rel=\"(next|last)\"");

    private final Backend backend;
    private final Calls calls;
    private final Account account;
    private final AdminMfaClient mfa;

    AdminClient(Backend backend, Calls calls, Account account) {
        this.backend = backend;
        this.calls = calls;
        this.account = account;
        this.mfa = new AdminMfaClient(backend, calls);
    }

    /// Second factors of any user.
    public AdminMfaClient mfa() {
        return mfa;
    }

    /// Makes a user; no letter is sent.
    ///
    /// ```java
    /// User ann = admin.createUser(AdminUserAttributes.of().email("ann@example.com").emailConfirm(true));
    /// ```
    ///
    /// @throws AuthException `email_exists`, `phone_exists`
    public User createUser(AdminUserAttributes attributes) {
        return Account.user(calls.ask(calls.post("/admin/users", attributes.form().fields())));
    }

    /// The asynchronous form of [#createUser(AdminUserAttributes)].
    public CompletableFuture<User> createUserAsync(AdminUserAttributes attributes) {
        return backend.async(() -> createUser(attributes));
    }

    /// The first page of all users, of the size that the server likes.
    ///
    /// ```java
    /// long all = admin.listUsers().total();
    /// ```
    public Page<User> listUsers() {
        return list("", "");
    }

    /// The asynchronous form of [#listUsers()].
    public CompletableFuture<Page<User>> listUsersAsync() {
        return backend.async(() -> listUsers());
    }

    /// One page of all users, newest first.
    ///
    /// @param page counted from 1
    /// @throws IllegalArgumentException when a number is below 1
    public Page<User> listUsers(int page, int perPage) {
        return list(positive(page), positive(perPage));
    }

    /// The asynchronous form of [#listUsers(int, int)].
    public CompletableFuture<Page<User>> listUsersAsync(int page, int perPage) {
        return backend.async(() -> listUsers(page, perPage));
    }

    /// One user.
    ///
    /// ```java
    /// User ann = admin.getUserById(id);
    /// ```
    ///
    /// @throws AuthException `user_not_found`
    public User getUserById(UUID id) {
        return Account.user(calls.ask(Calls.get("/admin/users/" + id)));
    }

    /// The asynchronous form of [#getUserById(UUID)].
    public CompletableFuture<User> getUserByIdAsync(UUID id) {
        return backend.async(() -> getUserById(id));
    }

    /// Changes a user.
    ///
    /// ```java
    /// admin.updateUserById(id, AdminUserAttributes.of().banDuration(Duration.ofDays(1)));
    /// ```
    public User updateUserById(UUID id, AdminUserAttributes attributes) {
        return Account.user(calls.ask(calls.put("/admin/users/" + id, attributes.form().fields())));
    }

    /// The asynchronous form of [#updateUserById(UUID, AdminUserAttributes)].
    public CompletableFuture<User> updateUserByIdAsync(UUID id, AdminUserAttributes attributes) {
        return backend.async(() -> updateUserById(id, attributes));
    }

    /// Deletes a user and all that hangs on it.
    ///
    /// ```java
    /// admin.deleteUser(id);
    /// ```
    public void deleteUser(UUID id) {
        deleteUser(id, false);
    }

    /// The asynchronous form of [#deleteUser(UUID)].
    public CompletableFuture<Void> deleteUserAsync(UUID id) {
        return backend.run(() -> deleteUser(id));
    }

    /// Deletes a user.
    ///
    /// @param soft whether its id stays taken, without anything personal
    public void deleteUser(UUID id, boolean soft) {
        var unused =
                calls.send(calls.delete("/admin/users/" + id, Map.of("should_soft_delete", soft)));
    }

    /// The asynchronous form of [#deleteUser(UUID, boolean)].
    public CompletableFuture<Void> deleteUserAsync(UUID id, boolean soft) {
        return backend.run(() -> deleteUser(id, soft));
    }

    /// Makes a user and sends it an invitation.
    ///
    /// ```java
    /// admin.inviteUserByEmail("ann@example.com");
    /// ```
    ///
    /// @throws AuthException `email_exists`
    public User inviteUserByEmail(String email) {
        return inviteUserByEmail(Invitation.of(email));
    }

    /// The asynchronous form of [#inviteUserByEmail(String)].
    public CompletableFuture<User> inviteUserByEmailAsync(String email) {
        return backend.async(() -> inviteUserByEmail(email));
    }

    /// The same with metadata or an address for the link.
    public User inviteUserByEmail(Invitation invitation) {
        return Account.user(
                calls.ask(
                        Calls.to(
                                invitation.form().redirectTo(),
                                calls.post("/invite", invitation.form().fields()))));
    }

    /// The asynchronous form of [#inviteUserByEmail(Invitation)].
    public CompletableFuture<User> inviteUserByEmailAsync(Invitation invitation) {
        return backend.async(() -> inviteUserByEmail(invitation));
    }

    /// Makes the link of a letter without sending it.
    ///
    /// ```java
    /// String link = admin.generateLink(LinkRequest.magicLink("ann@example.com")).actionLink();
    /// ```
    public GeneratedLink generateLink(LinkRequest request) {
        return link(request.form());
    }

    /// The asynchronous form of [#generateLink(LinkRequest)].
    public CompletableFuture<GeneratedLink> generateLinkAsync(LinkRequest request) {
        return backend.async(() -> generateLink(request));
    }

    /// Ends sessions of the user whom a token is of.
    ///
    /// ```java
    /// admin.signOut(accessToken, SignOutScope.GLOBAL);
    /// ```
    public void signOut(String accessToken, SignOutScope scope) {
        account.logout(accessToken, scope);
    }

    /// The asynchronous form of [#signOut(String, SignOutScope)].
    public CompletableFuture<Void> signOutAsync(String accessToken, SignOutScope scope) {
        return backend.run(() -> signOut(accessToken, scope));
    }

    private static String positive(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("pages and their sizes begin at 1, not " + number);
        }
        return Integer.toString(number);
    }

    private Page<User> list(String page, String perPage) {
        HttpRequest request =
                Calls.get("/admin/users").query("page", page).query("per_page", perPage);
        HttpAnswer answer = calls.send(request);
        Map<String, @Nullable Object> body = Fields.map(Calls.read(answer));
        List<User> users = Fields.objects(body, "users", User::new);
        OptionalInt next = OptionalInt.empty();
        int last = 0;
        Matcher links = LINK.matcher(answer.header("link").orElse(""));
        while (links.find()) {
            int number = Integer.parseInt(links.group(1));
            if (links.group(2).equals("next")) {
                next = OptionalInt.of(number);
            } else {
                last = number;
            }
        }
        return new Page<>(users, next, last, total(answer, users.size()));
    }

    private static long total(HttpAnswer answer, int otherwise) {
        return answer.header("x-total-count")
                .filter(count -> count.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse((long) otherwise);
    }

    private GeneratedLink link(Form form) {
        JsonNode answer =
                calls.ask(
                        Calls.to(
                                form.redirectTo(),
                                calls.post("/admin/generate_link", form.fields())));
        var user = new LinkedHashMap<String, @Nullable Object>(Fields.map(answer));
        var link = new LinkedHashMap<String, @Nullable Object>();
        for (String name : LINK_FIELDS) {
            link.put(name, user.remove(name));
        }
        return new GeneratedLink(new User(user), link);
    }
}
