package dev.paddock.web;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/** One request and its answer, as they pass: what was read and written is kept too, the beginning of each. */
final class Capture {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final Beginning asked;
    private final Beginning answered;

    /** @param most bytes that are kept of each body */
    Capture(HttpServletRequest request, HttpServletResponse response, int most) {
        this.request = request;
        this.response = response;
        this.asked = new Beginning(most);
        this.answered = new Beginning(most);
    }

    HttpServletRequest request() {
        return new HttpServletRequestWrapper(request) {
            private ServletInputStream in;

            @Override
            public ServletInputStream getInputStream() throws IOException {
                if (in == null) in = new Heard(super.getInputStream(), asked);
                return in;
            }
        };
    }

    HttpServletResponse response() {
        return new HttpServletResponseWrapper(response) {
            private ServletOutputStream out;

            @Override
            public ServletOutputStream getOutputStream() throws IOException {
                if (out == null) out = new Said(super.getOutputStream(), answered);
                return out;
            }
        };
    }

    /** All of it as JSON, without secrets. */
    byte[] json(String id, long millis) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("id", id);
        told.put("method", request.getMethod());
        told.put("path", request.getRequestURI());
        told.put("query", request.getQueryString() == null ? "" : Redaction.query(request.getQueryString()));
        told.put("headers", headers(Collections.list(request.getHeaderNames()), request::getHeader));
        asked.tell(told, "body");
        told.put("status", response.getStatus());
        told.put("response_headers", headers(response.getHeaderNames(), response::getHeader));
        answered.tell(told, "response");
        told.put("ms", millis);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(told);
    }

    private static Map<String, String> headers(Collection<String> names, UnaryOperator<String> value) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : names) {
            String said = value.apply(name);
            if (said != null) headers.put(name, Redaction.header(name, said));
        }
        return headers;
    }

    /** The first bytes of a body, and how many there were. */
    private static final class Beginning {
        private final int most;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private long all;

        Beginning(int most) {
            this.most = most;
        }

        synchronized void add(byte[] from, int offset, int length) {
            all += length;
            bytes.write(from, offset, Math.min(length, most - bytes.size()));
        }

        synchronized void tell(Map<String, Object> told, String name) {
            told.put(name, Redaction.text(bytes.toString(StandardCharsets.UTF_8)));
            told.put(name + "_bytes", all);
        }
    }

    private static final class Heard extends WatchedBody {
        private final Beginning beginning;

        Heard(ServletInputStream in, Beginning beginning) {
            super(in);
            this.beginning = beginning;
        }

        @Override
        void came(byte[] from, int offset, int length) {
            beginning.add(from, offset, length);
        }
    }

    private static final class Said extends ServletOutputStream {
        private final ServletOutputStream out;
        private final Beginning beginning;

        Said(ServletOutputStream out, Beginning beginning) {
            this.out = out;
            this.beginning = beginning;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            out.write(from, offset, length);
            beginning.add(from, offset, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }

        @Override
        public boolean isReady() {
            return out.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            out.setWriteListener(listener);
        }
    }
}
