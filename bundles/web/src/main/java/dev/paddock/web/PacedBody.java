package dev.paddock.web;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A request whose body is given up when it comes so slowly that only someone who wants to hold the connection sends it
 * so. Jetty's own limit knows no time of grace: a body of ten bytes in two packets would be too slow for it.
 */
final class PacedBody extends HttpServletRequestWrapper {
    private final Pace pace;
    private ServletInputStream paced;

    /**
     * How fast a body must come.
     *
     * @param bytesASecond on the average, once the time of grace is over; 0 = any
     * @param nanos a clock
     */
    record Pace(long bytesASecond, Duration grace, LongSupplier nanos) {
        void check(long start, long read) {
            Duration late = Duration.ofNanos(nanos.getAsLong() - start).minus(grace);
            if (bytesASecond == 0 || !late.isPositive() || read >= late.toSeconds() * bytesASecond) return;
            throw new PaddockException(
                    Fault.INVALID_REQUEST,
                    "the request body comes too slowly: " + read + " bytes in "
                            + late.plus(grace).toSeconds() + " s");
        }
    }

    PacedBody(HttpServletRequest request, Pace pace) {
        super(request);
        this.pace = pace;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (paced == null) paced = new Paced(super.getInputStream(), pace);
        return paced;
    }

    private static final class Paced extends WatchedBody {
        private final Pace pace;
        private final long start;
        private long all;

        Paced(ServletInputStream in, Pace pace) {
            super(in);
            this.pace = pace;
            this.start = pace.nanos().getAsLong();
        }

        @Override
        void came(byte[] from, int offset, int length) {
            all += length;
            pace.check(start, all);
        }
    }
}
