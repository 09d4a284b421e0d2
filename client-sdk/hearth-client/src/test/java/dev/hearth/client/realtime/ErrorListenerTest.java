package dev.hearth.client.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.client.Logged;
import dev.hearth.client.error.JsonMappingException;
import dev.hearth.client.error.RealtimeException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.logging.Level;
import java.util.logging.LogRecord;

class ErrorListenerTest {

    private final Logged log = new Logged("dev.hearth.client.realtime");

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void whatNobodyHearsIsLogged() {
        ErrorListener silent = new ErrorListener() {};
        silent.protocolError("no JSON");
        silent.serverError("room", "postgres_changes", "no such column");
        silent.handlerThrew("room", new IllegalStateException("mine"));
        silent.slowConsumer("room", 1000);
        silent.messageDropped("room", 7);
        silent.tokenRejected("", new RealtimeException("expired", "InvalidJWT", null));
        silent.decodeFailed("room", new JsonMappingException("no number", "$.n", null, null));
        assertThat(log.records()).extracting(LogRecord::getLevel).containsOnly(Level.WARNING);
        assertThat(log.records())
                .extracting(LogRecord::getMessage)
                .containsExactly(
                        "left out what is no frame of the protocol: no JSON",
                        "channel room: postgres_changes: no such column",
                        "channel room: a handler threw; the channel goes on",
                        "channel room: its handlers are too slow, 1000 messages wait",
                        "channel room: 7 messages were dropped, its handlers are too slow",
                        "no access: expired",
                        "channel room: left out for a handler: no number");
        assertThat(log.records().get(2).getThrown()).hasMessage("mine");
    }

    @Test
    void whatAListenerHearsIsItsOwn() {
        var heard = new ArrayList<String>();
        ErrorListener listener =
                new ErrorListener() {
                    @Override
                    public void handlerThrew(String topic, Throwable thrown) {
                        heard.add(topic + " " + thrown.getMessage());
                    }
                };
        listener.handlerThrew("room", new IllegalStateException("mine"));
        assertThat(heard).containsExactly("room mine");
        assertThat(log.records()).isEmpty();
    }
}
