package dev.hearth.client.auth;

import dev.hearth.client.error.AuthErrorCode;
import dev.hearth.client.error.AuthException;
import dev.hearth.client.error.SessionExpiredException;
import dev.hearth.client.internal.Backend;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Users and sessions, by the names of supabase-js. Safe for any thread.
///
/// ```java
/// client.auth().signInAnonymously();
/// client.auth().onAuthStateChange((event, session) -> System.out.println(event));
/// ```
///
/// Whoever signs in stays signed in: all requests of the client carry the session's token, which is
/// refreshed 90 s before it runs out, by the server's clock, one refresh at a time. When the server
/// is not reached it is tried again after 2, 4, 8 s and so on; once the token has run out calls
/// fail with [SessionExpiredException] and the session waits for a better time. When the server
/// refuses the refresh token nobody is signed in any more, and listeners hear
/// [AuthChangeEvent#SIGNED_OUT] with its reason.
///
/// Calls block and throw [AuthException] for what the server refuses; each has a twin with `Async`.
/// Arguments that are empty are an [IllegalArgumentException]. Mirrors auth-js 2.119.
public final class AuthClient {

    private final Backend backend;
    private final Calls calls;
    private final Sessions sessions;
    private final SignIns signIns;
    private final BrowserSignIns browser;
    private final Account account;
    private final MfaClient mfa;

    /// For the front class.
    ///
    /// @param backend with the key as token
    @SuppressWarnings("exports")
    public AuthClient(Backend backend, AuthOptions options) {
        this.backend = backend;
        String key =
                options.storageKey()
                        .orElseGet(() -> storageKey(URI.create(backend.http().address())));
        var storage = new NamedStorage(options.storage());
        var clock = new ServerClock(backend.timers());
        var verifiers = new Verifiers(storage, key, options.flowType());
        calls = new Calls(backend, clock);
        sessions =
                new Sessions(
                        backend,
                        calls,
                        clock,
                        new SessionStore(storage, key),
                        verifiers,
                        options.autoRefreshToken());
        var answers = new SessionAnswers(calls, sessions, clock);
        signIns = new SignIns(calls, sessions, answers, verifiers);
        browser = new BrowserSignIns(calls, sessions, answers, verifiers, backend.http().address());
        account =
                new Account(
                        calls,
                        sessions,
                        verifiers,
                        clock,
                        new SigningKeys(calls, backend.timers()));
        mfa = new MfaClient(backend, calls, sessions, account, clock);
    }

    /// As supabase-js names it: by the first part of the host.
    private static String storageKey(URI address) {
        String host = Optional.ofNullable(address.getHost()).orElse("");
        int dot = host.indexOf('.');
        return "sb-" + (dot < 0 ? host : host.substring(0, dot)) + "-auth-token";
    }

    /// Second factors.
    public MfaClient mfa() {
        return mfa;
    }

    /// Users as an admin sees them. Needs a client with a secret (service_role) key, so only on
    /// servers.
    ///
    /// @throws AuthException `not_admin` when the client's key is none
    public AdminClient admin() {
        if (!isSecret(backend.key())) {
            throw AuthException.local(
                    "the client's key is public and cannot administer users",
                    AuthErrorCode.NOT_ADMIN);
        }
        return new AdminClient(backend, calls, account);
    }

    /// Keys of roles that this version does not know are left to the server.
    private static boolean isSecret(String key) {
        if (key.startsWith("sb_publishable_")) {
            return false;
        }
        try {
            return !"anon".equals(Jwt.parse(key).claims().path("role").asText(""));
        } catch (AuthException opaque) {
            return true;
        }
    }

    /// Makes a user whom nobody knows and signs it in. It can become a known one later: with
    /// [#updateUser] or [#linkIdentity(OAuthCredentials)] it keeps its id.
    ///
    /// ```java
    /// AuthResponse ann = client.auth().signInAnonymously();
    /// ```
    ///
    /// @throws AuthException `anonymous_provider_disabled` when the server does not allow it
    public AuthResponse signInAnonymously() {
        return signIns.anonymously(Form.EMPTY);
    }

    /// The asynchronous form of [#signInAnonymously()].
    public CompletableFuture<AuthResponse> signInAnonymouslyAsync() {
        return backend.async(() -> signInAnonymously());
    }

    /// The same with metadata or a captcha.
    public AuthResponse signInAnonymously(AnonymousCredentials credentials) {
        return signIns.anonymously(credentials.form());
    }

    /// The asynchronous form of [#signInAnonymously(AnonymousCredentials)].
    public CompletableFuture<AuthResponse> signInAnonymouslyAsync(
            AnonymousCredentials credentials) {
        return backend.async(() -> signInAnonymously(credentials));
    }

    /// Makes a user with address and password. Where the server wants the address confirmed there
    /// is no session yet, and an address that somebody has already gives a user without identities.
    ///
    /// ```java
    /// boolean confirmed = client.auth().signUp("ann@example.com", password).session().isPresent();
    /// ```
    ///
    /// @throws AuthException `user_already_exists`, `weak_password`, `signup_disabled`
    public AuthResponse signUp(String email, String password) {
        return signIns.signUp(SignUpCredentials.email(email, password).form());
    }

    /// The asynchronous form of [#signUp(String, String)].
    public CompletableFuture<AuthResponse> signUpAsync(String email, String password) {
        return backend.async(() -> signUp(email, password));
    }

    /// The same by telephone, with metadata, with an address for the link.
    public AuthResponse signUp(SignUpCredentials credentials) {
        return signIns.signUp(credentials.form());
    }

    /// The asynchronous form of [#signUp(SignUpCredentials)].
    public CompletableFuture<AuthResponse> signUpAsync(SignUpCredentials credentials) {
        return backend.async(() -> signUp(credentials));
    }

    /// Signs in by address and password.
    ///
    /// ```java
    /// User ann = client.auth().signInWithPassword("ann@example.com", password).user().orElseThrow();
    /// ```
    ///
    /// @throws AuthException `invalid_credentials`, `email_not_confirmed`, `user_banned`
    public AuthResponse signInWithPassword(String email, String password) {
        return signIns.withPassword(PasswordCredentials.email(email, password).form());
    }

    /// The asynchronous form of [#signInWithPassword(String, String)].
    public CompletableFuture<AuthResponse> signInWithPasswordAsync(String email, String password) {
        return backend.async(() -> signInWithPassword(email, password));
    }

    /// The same by telephone, or with a captcha.
    public AuthResponse signInWithPassword(PasswordCredentials credentials) {
        return signIns.withPassword(credentials.form());
    }

    /// The asynchronous form of [#signInWithPassword(PasswordCredentials)].
    public CompletableFuture<AuthResponse> signInWithPasswordAsync(
            PasswordCredentials credentials) {
        return backend.async(() -> signInWithPassword(credentials));
    }

    /// Sends a code and a link; [#verifyOtp] takes the code.
    ///
    /// ```java
    /// client.auth().signInWithOtp(OtpCredentials.email("ann@example.com"));
    /// ```
    ///
    /// @throws AuthException `otp_disabled` when nobody has the address and none shall be made
    public OtpResponse signInWithOtp(OtpCredentials credentials) {
        return signIns.withOtp(credentials.form());
    }

    /// The asynchronous form of [#signInWithOtp(OtpCredentials)].
    public CompletableFuture<OtpResponse> signInWithOtpAsync(OtpCredentials credentials) {
        return backend.async(() -> signInWithOtp(credentials));
    }

    /// Signs in with a code or the hash out of a link.
    ///
    /// ```java
    /// client.auth().verifyOtp(OtpVerification.email("ann@example.com", "123456", OtpType.EMAIL));
    /// ```
    ///
    /// @throws AuthException `otp_expired` when it is wrong, used or too old
    public AuthResponse verifyOtp(OtpVerification verification) {
        return signIns.verify(verification.form());
    }

    /// The asynchronous form of [#verifyOtp(OtpVerification)].
    public CompletableFuture<AuthResponse> verifyOtpAsync(OtpVerification verification) {
        return backend.async(() -> verifyOtp(verification));
    }

    /// Gives the address where the user signs in with an account elsewhere. Nothing is sent. Open
    /// it in a browser and hand what comes back to [#getSessionFromUrl]; that needs [FlowType#PKCE]
    /// unless a page of a browser takes it.
    ///
    /// ```java
    /// Desktop.getDesktop().browse(
    ///         client.auth().signInWithOAuth(OAuthCredentials.provider("github")).url());
    /// ```
    public OAuthUrl signInWithOAuth(OAuthCredentials credentials) {
        backend.ensureOpen();
        return browser.withOAuth(credentials);
    }

    /// The asynchronous form of [#signInWithOAuth(OAuthCredentials)].
    public CompletableFuture<OAuthUrl> signInWithOAuthAsync(OAuthCredentials credentials) {
        return backend.async(() -> signInWithOAuth(credentials));
    }

    /// Signs in with a token that the program got from a provider itself.
    ///
    /// ```java
    /// client.auth().signInWithIdToken(IdTokenCredentials.of("google", idToken));
    /// ```
    public AuthResponse signInWithIdToken(IdTokenCredentials credentials) {
        return signIns.withIdToken(credentials.form());
    }

    /// The asynchronous form of [#signInWithIdToken(IdTokenCredentials)].
    public CompletableFuture<AuthResponse> signInWithIdTokenAsync(IdTokenCredentials credentials) {
        return backend.async(() -> signInWithIdToken(credentials));
    }

    /// Gives the page where the users of an organisation sign in.
    ///
    /// ```java
    /// URI page = client.auth().signInWithSSO(SsoCredentials.domain("example.com"));
    /// ```
    ///
    /// @throws AuthException `sso_provider_not_found`, `saml_provider_disabled`
    public URI signInWithSSO(SsoCredentials credentials) {
        return signIns.withSso(credentials.form());
    }

    /// The asynchronous form of [#signInWithSSO(SsoCredentials)].
    public CompletableFuture<URI> signInWithSSOAsync(SsoCredentials credentials) {
        return backend.async(() -> signInWithSSO(credentials));
    }

    /// Signs in with the code that the browser brought back, [FlowType#PKCE].
    ///
    /// ```java
    /// client.auth().exchangeCodeForSession(request.queryParam("code"));
    /// ```
    ///
    /// @throws AuthException `pkce_code_verifier_not_found` when another client began,
    ///   `flow_state_expired` when it took too long
    public AuthResponse exchangeCodeForSession(String code) {
        return browser.exchange(code, Optional.empty());
    }

    /// The asynchronous form of [#exchangeCodeForSession(String)].
    public CompletableFuture<AuthResponse> exchangeCodeForSessionAsync(String code) {
        return backend.async(() -> exchangeCodeForSession(code));
    }

    /// The same when several sign-ins are under way at once.
    ///
    /// @param flowId of [OAuthUrl#flowId]
    public AuthResponse exchangeCodeForSession(String code, String flowId) {
        return browser.exchange(code, Optional.of(flowId));
    }

    /// The asynchronous form of [#exchangeCodeForSession(String, String)].
    public CompletableFuture<AuthResponse> exchangeCodeForSessionAsync(String code, String flowId) {
        return backend.async(() -> exchangeCodeForSession(code, flowId));
    }

    /// Signs in with the address that a browser came back to: with a code in it, or with a session
    /// in its fragment.
    ///
    /// ```java
    /// AuthResponse answer = client.auth().getSessionFromUrl(URI.create("http://127.0.0.1:8123/done?code=…"));
    /// ```
    ///
    /// @throws AuthException the code of the address when it tells of an error, `invalid_redirect`
    ///   when there is nothing in it
    public AuthResponse getSessionFromUrl(URI url) {
        return browser.fromUrl(url);
    }

    /// The asynchronous form of [#getSessionFromUrl(URI)].
    public CompletableFuture<AuthResponse> getSessionFromUrlAsync(URI url) {
        return backend.async(() -> getSessionFromUrl(url));
    }

    /// Who is signed in, refreshed first when the token has less than 90 s to live.
    ///
    /// ```java
    /// boolean signedIn = client.auth().getSession().isPresent();
    /// ```
    ///
    /// The user in it is as of then; on a server trust [#getUser()] or [#getClaims()] instead.
    ///
    /// @throws SessionExpiredException when the token ran out and the server is not reached
    /// @throws AuthException when the server refuses the session; nobody is signed in then
    public Optional<Session> getSession() {
        return sessions.fresh();
    }

    /// The asynchronous form of [#getSession()].
    public CompletableFuture<Optional<Session>> getSessionAsync() {
        return backend.async(() -> getSession());
    }

    /// Asks the server who is signed in.
    ///
    /// ```java
    /// User me = client.auth().getUser();
    /// ```
    ///
    /// @throws AuthException `session_missing` when nobody is
    public User getUser() {
        return account.user();
    }

    /// The asynchronous form of [#getUser()].
    public CompletableFuture<User> getUserAsync() {
        return backend.async(() -> getUser());
    }

    /// Asks the server whose token it is.
    public User getUser(String accessToken) {
        return account.user(accessToken);
    }

    /// The asynchronous form of [#getUser(String)].
    public CompletableFuture<User> getUserAsync(String accessToken) {
        return backend.async(() -> getUser(accessToken));
    }

    /// What the token of the session says, checked: here with the server's public key where it has
    /// one (ES256, RS256, EdDSA; kept for 10 min), else by asking for the user.
    ///
    /// ```java
    /// String id = client.auth().getClaims().subject();
    /// ```
    ///
    /// @throws AuthException `session_missing` when nobody is signed in, `invalid_jwt`
    public Claims getClaims() {
        return account.claims(sessions.needed().accessToken(), ClaimsOptions.of());
    }

    /// The asynchronous form of [#getClaims()].
    public CompletableFuture<Claims> getClaimsAsync() {
        return backend.async(() -> getClaims());
    }

    /// The same of any token, such as that of a request to a server of one's own.
    ///
    /// ```java
    /// Claims caller = client.auth().getClaims(bearerToken);
    /// ```
    public Claims getClaims(String accessToken) {
        return account.claims(accessToken, ClaimsOptions.of());
    }

    /// The asynchronous form of [#getClaims(String)].
    public CompletableFuture<Claims> getClaimsAsync(String accessToken) {
        return backend.async(() -> getClaims(accessToken));
    }

    /// The same with keys of one's own, or of a token that ran out.
    public Claims getClaims(String accessToken, ClaimsOptions options) {
        return account.claims(accessToken, options);
    }

    /// The asynchronous form of [#getClaims(String, ClaimsOptions)].
    public CompletableFuture<Claims> getClaimsAsync(String accessToken, ClaimsOptions options) {
        return backend.async(() -> getClaims(accessToken, options));
    }

    /// Gets a new token now, for example after a change of the user's rights.
    ///
    /// ```java
    /// client.auth().refreshSession();
    /// ```
    ///
    /// @throws AuthException `session_missing` when nobody is signed in,
    ///   `refresh_token_already_used`
    public AuthResponse refreshSession() {
        return Account.response(sessions.refresh(null));
    }

    /// The asynchronous form of [#refreshSession()].
    public CompletableFuture<AuthResponse> refreshSessionAsync() {
        return backend.async(() -> refreshSession());
    }

    /// Signs in with a refresh token from elsewhere.
    public AuthResponse refreshSession(String refreshToken) {
        return Account.response(sessions.refresh(Form.needed("refresh_token", refreshToken)));
    }

    /// The asynchronous form of [#refreshSession(String)].
    public CompletableFuture<AuthResponse> refreshSessionAsync(String refreshToken) {
        return backend.async(() -> refreshSession(refreshToken));
    }

    /// Signs in with tokens from elsewhere, such as of a browser.
    ///
    /// ```java
    /// client.auth().setSession(accessToken, refreshToken);
    /// ```
    public AuthResponse setSession(String accessToken, String refreshToken) {
        return account.setSession(accessToken, refreshToken);
    }

    /// The asynchronous form of [#setSession(String, String)].
    public CompletableFuture<AuthResponse> setSessionAsync(
            String accessToken, String refreshToken) {
        return backend.async(() -> setSession(accessToken, refreshToken));
    }

    /// Changes the user who is signed in.
    ///
    /// ```java
    /// client.auth().updateUser(UserAttributes.of().password(fresh));
    /// ```
    ///
    /// @throws AuthException `same_password`, `weak_password`, `email_exists`,
    ///   `reauthentication_needed`
    public User updateUser(UserAttributes attributes) {
        return account.update(attributes.form());
    }

    /// The asynchronous form of [#updateUser(UserAttributes)].
    public CompletableFuture<User> updateUserAsync(UserAttributes attributes) {
        return backend.async(() -> updateUser(attributes));
    }

    /// Ends all sessions of the user, everywhere. When the server is not reached it throws, and the
    /// session stays; [SignOutScope#LOCAL] always ends the one here.
    ///
    /// ```java
    /// client.auth().signOut();
    /// ```
    public void signOut() {
        account.signOut(SignOutScope.GLOBAL);
    }

    /// The asynchronous form of [#signOut()].
    public CompletableFuture<Void> signOutAsync() {
        return backend.run(() -> signOut());
    }

    /// Ends some of the sessions of the user.
    public void signOut(SignOutScope scope) {
        account.signOut(scope);
    }

    /// The asynchronous form of [#signOut(SignOutScope)].
    public CompletableFuture<Void> signOutAsync(SignOutScope scope) {
        return backend.run(() -> signOut(scope));
    }

    /// Sends a link for a forgotten password; it signs in with [AuthChangeEvent#PASSWORD_RECOVERY],
    /// and [#updateUser] sets the new one. The server does not tell whether anybody has the
    /// address.
    ///
    /// ```java
    /// client.auth().resetPasswordForEmail(PasswordReset.of("ann@example.com"));
    /// ```
    public void resetPasswordForEmail(PasswordReset reset) {
        signIns.resetPassword(reset.form());
    }

    /// The asynchronous form of [#resetPasswordForEmail(PasswordReset)].
    public CompletableFuture<Void> resetPasswordForEmailAsync(PasswordReset reset) {
        return backend.run(() -> resetPasswordForEmail(reset));
    }

    /// Sends a letter or text message once more.
    ///
    /// ```java
    /// client.auth().resend(Resend.signUp("ann@example.com"));
    /// ```
    ///
    /// @throws AuthException `over_email_send_rate_limit` when the last is too young
    public OtpResponse resend(Resend resend) {
        return signIns.resend(resend.form());
    }

    /// The asynchronous form of [#resend(Resend)].
    public CompletableFuture<OtpResponse> resendAsync(Resend resend) {
        return backend.async(() -> resend(resend));
    }

    /// Sends the user a code that allows a new password: [UserAttributes#nonce].
    ///
    /// ```java
    /// client.auth().reauthenticate();
    /// ```
    public void reauthenticate() {
        account.reauthenticate();
    }

    /// The asynchronous form of [#reauthenticate()].
    public CompletableFuture<Void> reauthenticateAsync() {
        return backend.run(this::reauthenticate);
    }

    /// Gives the address where the user who is signed in adds an account elsewhere.
    ///
    /// ```java
    /// URI page = client.auth().linkIdentity(OAuthCredentials.provider("github")).url();
    /// ```
    ///
    /// @throws AuthException `manual_linking_disabled`, `session_missing`
    public OAuthUrl linkIdentity(OAuthCredentials credentials) {
        return browser.link(credentials);
    }

    /// The asynchronous form of [#linkIdentity(OAuthCredentials)].
    public CompletableFuture<OAuthUrl> linkIdentityAsync(OAuthCredentials credentials) {
        return backend.async(() -> linkIdentity(credentials));
    }

    /// Adds an account elsewhere by a token that the program got from the provider itself.
    public AuthResponse linkIdentity(IdTokenCredentials credentials) {
        return signIns.linkIdToken(credentials.form());
    }

    /// The asynchronous form of [#linkIdentity(IdTokenCredentials)].
    public CompletableFuture<AuthResponse> linkIdentityAsync(IdTokenCredentials credentials) {
        return backend.async(() -> linkIdentity(credentials));
    }

    /// Takes away a way to sign in.
    ///
    /// ```java
    /// client.auth().unlinkIdentity(client.auth().getUserIdentities().get(1));
    /// ```
    ///
    /// @throws AuthException `single_identity_not_deletable`
    public void unlinkIdentity(Identity identity) {
        account.unlink(identity.identityId());
    }

    /// The asynchronous form of [#unlinkIdentity(Identity)].
    public CompletableFuture<Void> unlinkIdentityAsync(Identity identity) {
        return backend.run(() -> unlinkIdentity(identity));
    }

    /// The ways in which the user signs in, as the server knows them.
    ///
    /// ```java
    /// List<Identity> ways = client.auth().getUserIdentities();
    /// ```
    public List<Identity> getUserIdentities() {
        return account.user().identities();
    }

    /// The asynchronous form of [#getUserIdentities()].
    public CompletableFuture<List<Identity>> getUserIdentitiesAsync() {
        return backend.async(() -> getUserIdentities());
    }

    /// Hears what happens to the session, [AuthChangeEvent#INITIAL_SESSION] first, in order and one
    /// at a time, on the client's threads. What the listener throws is logged and harms nobody.
    ///
    /// ```java
    /// try (Subscription listening =
    ///         client.auth().onAuthStateChange((event, session) -> show(event, session))) {
    ///     run();
    /// }
    /// ```
    public Subscription onAuthStateChange(BiConsumer<AuthChangeEvent, Optional<Session>> listener) {
        return sessions.listen(change -> listener.accept(change.event(), change.session()));
    }

    /// The same as one value, with the reason of a sign-out in it. It has a name of its own, since
    /// the compiler could not tell which of two is meant by a method reference such as `list::add`.
    ///
    /// ```java
    /// var changes = new ConcurrentLinkedQueue<AuthStateChange>();
    /// client.auth().onAuthStateChangeWithReason(changes::add);
    /// ```
    public Subscription onAuthStateChangeWithReason(Consumer<AuthStateChange> listener) {
        return sessions.listen(listener);
    }

    /// Refreshes the session by itself from now on; already so unless
    /// [AuthOptions.Builder#autoRefreshToken] said otherwise.
    ///
    /// ```java
    /// client.auth().startAutoRefresh();
    /// ```
    public void startAutoRefresh() {
        sessions.setAutomatic(true);
    }

    /// The asynchronous form of [#startAutoRefresh()], since the storage may block.
    public CompletableFuture<Void> startAutoRefreshAsync() {
        return backend.run(this::startAutoRefresh);
    }

    /// Refreshes the session only when a call needs it.
    ///
    /// ```java
    /// client.auth().stopAutoRefresh();
    /// ```
    public void stopAutoRefresh() {
        sessions.setAutomatic(false);
    }

    /// The asynchronous form of [#stopAutoRefresh()].
    public CompletableFuture<Void> stopAutoRefreshAsync() {
        return backend.run(this::stopAutoRefresh);
    }

    /// What a request of the client carries: the token of the session, refreshed first when it has
    /// less than 90 s to live, or the client's key when nobody is signed in. May block.
    ///
    /// ```java
    /// String bearer = client.auth().accessToken();
    /// ```
    ///
    /// @throws SessionExpiredException when the token ran out and the server is not reached
    /// @throws AuthException once, when the server refuses the session; the key from then on
    public String accessToken() {
        return sessions.fresh().map(Session::accessToken).orElse(backend.key());
    }

    /// Hears the token of every change from now on, or the client's key after a sign-out, in order
    /// and one at a time, on the client's threads. For whatever keeps a connection open; programs
    /// rather use [#onAuthStateChange]. Unlike that it hears nothing of what is now, and so sends
    /// nothing.
    public Subscription onAccessTokenChange(Consumer<String> listener) {
        return sessions.listenForChanges(
                change ->
                        listener.accept(
                                change.session().map(Session::accessToken).orElse(backend.key())));
    }

    /// Ends the timer and lets go of all listeners; the client does so when it is closed. The
    /// session stays in its storage.
    public void dispose() {
        sessions.close();
    }
}
