package dev.hearth.client.test;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// A server that cannot be started.
class ServerProcessTest {

    @Test
    void saysWhatToAddWhenThereIsNoServer() {
        assertThatThrownBy(() -> ServerProcess.classPath(ClassLoader.getPlatformClassLoader()))
                .isInstanceOf(TestServerException.class)
                .hasMessageContaining("add dev.hearth:hearth-server in the test scope");
    }
}
