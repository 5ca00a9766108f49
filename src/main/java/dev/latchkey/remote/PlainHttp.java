package dev.latchkey.remote;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.Timeout;

/**
 * Clients that do as they are told and nothing else: they follow nothing, try nothing again, send no credentials and no
 * cookies, ask no proxy, and offer no other protocol.
 */
public final class PlainHttp {
    private static final int MOST_HEADERS = 100;
    private static final Duration CONNECTION_LASTS = Duration.ofMinutes(1);

    private PlainHttp() {}

    /**
     * A client, to be closed.
     *
     * @param connections what is particular about them
     * @param longestLine characters that a line of an answer's head may have
     * @param connecting how long that may take
     * @param patience how long is waited for more of an answer; the whole of it may take any time
     */
    public static CloseableHttpClient client(
            UnaryOperator<PoolingHttpClientConnectionManagerBuilder> connections,
            int longestLine,
            Duration connecting,
            Duration patience) {
        Timeout most = Timeout.of(patience);
        Http1Config heads = Http1Config.custom()
                .setMaxLineLength(longestLine)
                .setMaxHeaderCount(MOST_HEADERS)
                .build();
        PoolingHttpClientConnectionManagerBuilder manager = PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(heads)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(connecting))
                        .setSocketTimeout(most)
                        .setTimeToLive(Timeout.of(CONNECTION_LASTS))
                        .build());
        return HttpClients.custom()
                .setConnectionManager(connections.apply(manager).build())
                .setUserAgent("Latchkey")
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(most)
                        .setResponseTimeout(most)
                        .setAuthenticationEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableRedirectHandling()
                .build();
    }
}
