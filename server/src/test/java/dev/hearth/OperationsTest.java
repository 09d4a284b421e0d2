package dev.hearth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.Operations.Readiness;
import dev.hearth.exchange.Answer;
import dev.hearth.exchange.Credential;
import dev.hearth.exchange.Headers;
import dev.hearth.exchange.Method;
import dev.hearth.exchange.Request;
import dev.hearth.exchange.RequestLine;
import dev.hearth.observe.Observer;

import org.junit.jupiter.api.Test;

import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

class OperationsTest {

    private static String ready(Readiness readiness) throws Exception {
        var routes = new Operations(() -> readiness, new Observer(), true).routes();
        Answer answer =
                routes.stream()
                        .filter(route -> route.path().equals("/health/ready"))
                        .findFirst()
                        .orElseThrow()
                        .handler()
                        .handle(request());
        return answer.status() + " " + new String(answer.content(), StandardCharsets.UTF_8);
    }

    private static Request request() {
        return new Request(
                RequestLine.of(Method.GET, "/health/ready"),
                Map.of(),
                new Headers(Map.of()),
                new Credential.None(),
                InetAddress.getLoopbackAddress(),
                "request",
                new Nothing());
    }

    private record Nothing() implements Request.Body {

        @Override
        public InputStream stream() {
            return InputStream.nullInputStream();
        }

        @Override
        public byte[] bytes() {
            return new byte[0];
        }
    }

    @Test
    void isReadyWhenEverythingIs() throws Exception {
        assertThat(ready(new Readiness(true, Optional.empty(), true)))
                .isEqualTo(
                        "200 {\"status\":\"ready\",\"database\":\"ok\",\"replication\":\"ok\","
                                + "\"migrations\":\"ok\",\"catalog\":\"ok\"}");
    }

    @Test
    void isNotReadyBeforeTheCatalogWasRead() throws Exception {
        assertThat(ready(new Readiness(true, Optional.empty(), false)))
                .isEqualTo(
                        "503 {\"status\":\"not ready\",\"database\":\"ok\",\"replication\":\"ok\","
                                + "\"migrations\":\"ok\",\"catalog\":\"was not read yet\"}");
    }

    @Test
    void saysWhatElseIsMissing() throws Exception {
        assertThat(ready(new Readiness(false, Optional.of("no slot"), true)))
                .startsWith("503 ")
                .contains("\"database\":\"does not answer\"", "\"replication\":\"no slot\"");
    }
}
