package dev.paddock.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class OccupantTest {
    @Test
    void anOllamaIsKnownByItsVersion() throws IOException {
        try (var server = FakeHttpServer.withBody("", "{\"version\":\"0.12.3\"}")) {
            assertThat(Occupant.at(server.address())).isEqualTo(Occupant.OLLAMA);
        }
    }

    @Test
    void aPaddockIsKnownByTheVersionOfItsOwn() throws IOException {
        try (var server = FakeHttpServer.withBody("", "{\"version\":\"0.12.3\",\"paddock\":\"0.1.0\"}")) {
            assertThat(Occupant.at(server.address())).isEqualTo(Occupant.PADDOCK);
        }
    }

    @Test
    void aPaddockIsKnownByItsHeader() throws IOException {
        try (var server = FakeHttpServer.withBody("X-Paddock: 0.1.0\r\n", "{\"version\":\"0.12.3\"}")) {
            assertThat(Occupant.at(server.address())).isEqualTo(Occupant.PADDOCK);
        }
    }

    @Test
    void aWebServerOfAnotherKindIsAnotherProgram() throws IOException {
        try (var server = FakeHttpServer.withBody("Server: nginx\r\n", "<html>{}</html>")) {
            assertThat(Occupant.at(server.address())).isEqualTo(Occupant.OTHER);
        }
    }

    @Test
    void whatSpeaksNoHttpIsAnotherProgram() throws IOException {
        try (var server = new FakeHttpServer("SSH-2.0-OpenSSH_10.0\r\n")) {
            assertThat(Occupant.at(server.address())).isEqualTo(Occupant.OTHER);
        }
    }

    @Test
    void aTalkerWithoutEndIsCutOff() throws IOException {
        try (var server = new FakeHttpServer("HTTP/1.1 200 OK\r\n" + "X-Filler: x\r\n".repeat(100_000))) {
            assertThat(Occupant.at(server.address())).isEqualTo(Occupant.OTHER);
        }
    }
}
