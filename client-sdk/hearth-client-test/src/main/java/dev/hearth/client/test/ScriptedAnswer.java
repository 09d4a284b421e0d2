package dev.hearth.client.test;

import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;

import okio.Buffer;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/// One answer of a [ScriptedServer], good or bad. Immutable: each method gives another one.
///
/// ```java
/// ScriptedAnswer.json(200, "[{\"id\": 1}]").delayed(Duration.ofMillis(300)).truncated()
/// ```
public final class ScriptedAnswer {

    private final MockResponse response;

    private ScriptedAnswer(MockResponse response) {
        this.response = response;
    }

    /// With JSON, or what shall look like it.
    public static ScriptedAnswer json(int status, String body) {
        return status(status).header("Content-Type", "application/json").body(body);
    }

    /// With nothing but a status.
    public static ScriptedAnswer status(int status) {
        return new ScriptedAnswer(new MockResponse.Builder().code(status).build());
    }

    /// The connection is cut when the request is there, and no byte is answered.
    public static ScriptedAnswer dropped() {
        return status(200).with(answer -> answer.onResponseStart(cut()));
    }

    /// The connection stays open, and no byte is answered.
    public static ScriptedAnswer silence() {
        return status(200).with(answer -> answer.onResponseStart(SocketEffect.Stall.INSTANCE));
    }

    /// The same with a header, instead of others of that name.
    public ScriptedAnswer header(String name, String value) {
        return with(answer -> answer.setHeader(name, value));
    }

    /// The same with a body.
    public ScriptedAnswer body(String text) {
        return with(answer -> answer.body(text));
    }

    /// The same with a body.
    public ScriptedAnswer body(byte[] bytes) {
        return with(answer -> answer.body(new Buffer().write(bytes)));
    }

    /// The same after a while, in which no byte is answered.
    public ScriptedAnswer delayed(Duration time) {
        return with(answer -> answer.headersDelay(time.toNanos(), TimeUnit.NANOSECONDS));
    }

    /// The same with a while between head and body.
    public ScriptedAnswer bodyDelayed(Duration time) {
        return with(answer -> answer.bodyDelay(time.toNanos(), TimeUnit.NANOSECONDS));
    }

    /// The same, with the connection cut in the middle of the body.
    public ScriptedAnswer truncated() {
        return with(answer -> answer.onResponseBody(cut()));
    }

    /// The same, with the connection standing still in the middle of the body.
    public ScriptedAnswer stalled() {
        return with(answer -> answer.onResponseBody(SocketEffect.Stall.INSTANCE));
    }

    private static SocketEffect cut() {
        return new SocketEffect.CloseSocket();
    }

    private ScriptedAnswer with(UnaryOperator<MockResponse.Builder> change) {
        return new ScriptedAnswer(change.apply(response.newBuilder()).build());
    }

    MockResponse response() {
        return response;
    }
}
