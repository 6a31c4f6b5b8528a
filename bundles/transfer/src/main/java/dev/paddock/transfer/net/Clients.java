package dev.paddock.transfer.net;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.MonitoringResponseOutOfOrderStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;

/** Makes the HTTP client with everything switched off that would act on its own. */
final class Clients {
    private static final int MAX_CONNECTIONS = 128;
    private static final int MAX_HEADERS = 100;
    private static final int MAX_HEADER_BYTES = 16 << 10;
    private static final int BUFFER_BYTES = 16 << 10;

    /** Asks before it sends a large body, and listens while it sends it. */
    static final RequestConfig CAREFUL = requests(true);

    private Clients() {}

    private static RequestConfig requests(boolean careful) {
        return RequestConfig.custom()
                .setRedirectsEnabled(false)
                .setExpectContinueEnabled(careful)
                .setProtocolUpgradeEnabled(false)
                .setContentCompressionEnabled(false)
                .build();
    }

    static CloseableHttpClient make(WireSettings settings) {
        return HttpClients.custom()
                .setConnectionManager(connections(settings))
                .setDefaultRequestConfig(requests(false))
                .setRoutePlanner(new Routes(settings.proxies()))
                .setDefaultCredentialsProvider(credentials(settings.proxies()))
                .setUserAgent(settings.agent())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableContentCompression()
                .build();
    }

    private static HttpClientConnectionManager connections(WireSettings settings) {
        var http = Http1Config.custom()
                .setMaxHeaderCount(MAX_HEADERS)
                .setMaxLineLength(MAX_HEADER_BYTES)
                .setBufferSize(BUFFER_BYTES)
                .build();
        // The watch ends what stands still; this is for when the watch itself does not run.
        var backstop = Timeout.of(settings.stall().multipliedBy(2).plusSeconds(1));
        var connection = ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(settings.connect()))
                .setSocketTimeout(backstop)
                .build();
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(
                        new GuardedResolver(settings.rule(), settings.proxies().origins(), settings.names()))
                .setTlsSocketStrategy(ClientTlsStrategyBuilder.create()
                        .setSslContext(settings.tls())
                        .buildClassic())
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(http)
                        .responseOutOfOrderStrategy(MonitoringResponseOutOfOrderStrategy.INSTANCE)
                        .build())
                .setDefaultConnectionConfig(connection)
                .setMaxConnTotal(MAX_CONNECTIONS)
                .setMaxConnPerRoute(MAX_CONNECTIONS)
                .build();
    }

    private static BasicCredentialsProvider credentials(Proxies proxies) {
        var provider = new BasicCredentialsProvider();
        proxies.plain().ifPresent(proxy -> add(provider, proxy));
        proxies.secure().ifPresent(proxy -> add(provider, proxy));
        return provider;
    }

    private static void add(BasicCredentialsProvider provider, URI proxy) {
        String user = proxy.getRawUserInfo();
        if (user == null) return;
        int colon = user.indexOf(':');
        String name = decoded(colon < 0 ? user : user.substring(0, colon));
        String password = decoded(colon < 0 ? "" : user.substring(colon + 1));
        Origin at = Proxies.origin(proxy);
        provider.setCredentials(
                new AuthScope(at.host(), at.port()), new UsernamePasswordCredentials(name, password.toCharArray()));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Chooses the proxy for each target. */
    private static final class Routes extends DefaultRoutePlanner {
        private final Proxies proxies;

        Routes(Proxies proxies) {
            super(null);
            this.proxies = proxies;
        }

        @Override
        protected HttpHost determineProxy(HttpHost target, HttpContext context) {
            var origin = new Origin(target.getSchemeName(), target.getHostName(), target.getPort());
            return proxies.toward(origin)
                    .map(Proxies::origin)
                    .map(proxy -> new HttpHost(proxy.scheme(), proxy.host(), proxy.port()))
                    .orElse(null);
        }
    }
}
