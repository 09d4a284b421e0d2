package dev.hearth.client.auth;

import static dev.hearth.client.auth.Fixture.FACTOR_ID;
import static dev.hearth.client.auth.Fixture.USER;
import static dev.hearth.client.auth.Fixture.USER_ID;

import static org.assertj.core.api.Assertions.assertThat;

import mockwebserver3.RecordedRequest;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/// What an admin does with users, over the wire as supabase-js 2.119.0 was seen to send it.
final class AdminRequestsTest {

    private final Fixture fixture = new Fixture();
    private final AuthClient auth = fixture.auth;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void createsAUser() {
        fixture.answer(USER);
        auth.admin()
                .createUser(
                        AdminUserAttributes.of()
                                .email("a@b.c")
                                .password("pw")
                                .emailConfirm(true)
                                .userMetadata(Map.of("a", 1))
                                .appMetadata(Map.of("r", 2))
                                .banDuration(Duration.ofHours(24))
                                .role("x")
                                .passwordHash("h")
                                .id(UUID.fromString(USER_ID)));
        assertThat(fixture.line())
                .isEqualTo(
                        "POST /auth/v1/admin/users {\"email\":\"a@b.c\",\"password\":\"pw\","
                                + "\"email_confirm\":true,\"user_metadata\":{\"a\":1},"
                                + "\"app_metadata\":{\"r\":2},\"ban_duration\":\"86400s\","
                                + "\"role\":\"x\",\"password_hash\":\"h\",\"id\":\""
                                + USER_ID
                                + "\"}");
    }

    @Test
    void listsUsers() {
        fixture.server.enqueue(
                Fixture.json(200, "{\"users\":[" + USER + "],\"aud\":\"authenticated\"}")
                        .newBuilder()
                        .addHeader("X-Total-Count", "120")
                        .addHeader(
                                "Link",
                                "</admin/users?page=2&per_page=>; rel=\"next\","
                                        + " </admin/users?page=12&per_page=>; rel=\"last\"")
                        .build());
        Page<User> page = auth.admin().listUsers();
        assertThat(page.nextPage()).hasValue(2);
        assertThat(page.lastPage()).isEqualTo(12);
        assertThat(page.total()).isEqualTo(120);
        assertThat(page.items()).hasSize(1);
        assertThat(fixture.line()).isEqualTo("GET /auth/v1/admin/users?page=&per_page=");
    }

    @Test
    void listsAPageOfUsers() {
        fixture.answer("{\"users\":[]}");
        assertThat(auth.admin().listUsers(2, 10).nextPage()).isEmpty();
        assertThat(fixture.line()).isEqualTo("GET /auth/v1/admin/users?page=2&per_page=10");
    }

    @Test
    void readsChangesAndDeletesAUser() {
        UUID id = UUID.fromString(USER_ID);
        fixture.answer(USER);
        fixture.answer(USER);
        fixture.answer("{}");
        auth.admin().getUserById(id);
        auth.admin().updateUserById(id, AdminUserAttributes.of().phone("1").phoneConfirm(true));
        auth.admin().deleteUser(id, true);
        String path = " /auth/v1/admin/users/" + USER_ID;
        assertThat(fixture.line()).isEqualTo("GET" + path);
        assertThat(fixture.line())
                .isEqualTo("PUT" + path + " {\"phone\":\"1\",\"phone_confirm\":true}");
        assertThat(fixture.line()).isEqualTo("DELETE" + path + " {\"should_soft_delete\":true}");
    }

    @Test
    void invitesAUser() {
        fixture.answer(USER);
        auth.admin()
                .inviteUserByEmail(
                        Invitation.of("a@b.c").data(Map.of("a", 1)).redirectTo("https://r"));
        assertThat(fixture.line())
                .isEqualTo(
                        "POST /auth/v1/invite?redirect_to=https%3A%2F%2Fr"
                                + " {\"email\":\"a@b.c\",\"data\":{\"a\":1}}");
    }

    @Test
    void makesALink() {
        fixture.answer(
                "{\"id\":\""
                        + USER_ID
                        + "\",\"action_link\":\"https://l\",\"hashed_token\":\"h\"}");
        GeneratedLink link =
                auth.admin().generateLink(LinkRequest.emailChangeNew("a@b.c", "n@b.c"));
        assertThat(link.actionLink()).isEqualTo("https://l");
        assertThat(link.user().raw()).containsOnlyKeys("id");
        assertThat(fixture.line())
                .isEqualTo(
                        "POST /auth/v1/admin/generate_link {\"type\":\"email_change_new\","
                                + "\"email\":\"a@b.c\",\"new_email\":\"n@b.c\"}");
    }

    @Test
    void signsAnotherOut() {
        fixture.answer(204, "");
        auth.admin().signOut("x.y.z", SignOutScope.OTHERS);
        RecordedRequest request = fixture.take();
        assertThat(request.getTarget()).isEqualTo("/auth/v1/logout?scope=others");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer x.y.z");
    }

    @Test
    void listsAndDeletesFactorsOfAUser() {
        fixture.answer(
                "[{\"id\":\""
                        + FACTOR_ID
                        + "\",\"factor_type\":\"carrier_pigeon\",\"status\":\"verified\"}]");
        fixture.answer("{\"id\":\"" + FACTOR_ID + "\"}");
        AdminMfaClient mfa = auth.admin().mfa();
        Factors factors = mfa.listFactors(UUID.fromString(USER_ID));
        mfa.deleteFactor(UUID.fromString(USER_ID), factors.all().get(0).id());
        assertThat(factors.all().get(0).type()).isEqualTo(Factor.Type.UNKNOWN);
        String path = " /auth/v1/admin/users/" + USER_ID + "/factors";
        assertThat(fixture.line()).isEqualTo("GET" + path);
        assertThat(fixture.line()).isEqualTo("DELETE" + path + "/" + FACTOR_ID);
    }
}
