package dev.paddock.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.Backend;
import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.BackendReport;
import dev.paddock.api.engine.NativeFile;
import dev.paddock.api.engine.Refusal;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.lifecycle.Drain;
import dev.paddock.api.model.Progress;
import dev.paddock.api.scheduler.Resident;
import dev.paddock.api.scheduler.Scheduler;
import dev.paddock.api.store.Housekeeper;
import dev.paddock.api.web.Exchange;
import dev.paddock.dialect.kit.Json;
import dev.paddock.testkit.FakeEngine;
import dev.paddock.testkit.FakeStore;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.osgi.service.servlet.runtime.dto.DTOConstants;
import org.osgi.service.servlet.runtime.dto.FailedServletDTO;
import org.osgi.service.servlet.runtime.dto.RequestInfoDTO;
import org.osgi.service.servlet.runtime.dto.RuntimeDTO;

class HealthTest {
    @Test
    void aServerThatAnswersIsAlive() throws Exception {
        assertThat(get(new Livez()).statusCode()).isEqualTo(200);
    }

    @Test
    void aServerWithoutChecksIsNotReady() throws Exception {
        assertThat(get(readyz(List.of())).statusCode()).isEqualTo(503);
    }

    @Test
    void warningsDoNotMakeAServerUnready() throws Exception {
        var response = get(readyz(List.of(
                check("b", () -> new Result(Result.Status.OK, "fine")),
                check("a", () -> new Result(Result.Status.WARN, "so\nso")))));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("ready\n[!]a: so so\n[+]b: fine\n");
    }

    @Test
    void aCheckThatFailsOrThrowsMakesTheServerUnready() throws Exception {
        var response =
                get(readyz(List.of(check("a", () -> new Result(Result.Status.CRITICAL, "gone")), check("b", () -> {
                    throw new IllegalStateException("oops");
                }))));
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEqualTo("not ready\n[-]a: gone\n[-]b: the check itself failed: oops\n");
    }

    @Test
    void aProcessIsReadyWithoutAnEngineIfTheSettingSaysSo() throws Exception {
        var checks = List.of(
                check("engine", "ready", () -> new Result(Result.Status.CRITICAL, "no backend")),
                check("drain", new String[] {"ready", "process"}, () -> new Result(Result.Status.OK, "open")));
        assertThat(get(readyz("engine", checks)).statusCode()).isEqualTo(503);
        assertThat(get(readyz("process", checks)).body()).isEqualTo("ready\n[+]drain: open\n");
    }

    @Test
    void modelsThatMustBeInMemoryAreWaitedForAndNotAskedFor() throws Exception {
        var checks = List.of(check("a", () -> new Result(Result.Status.OK, "fine")));
        Readyz readyz = readyz("models starter, qwen3:4b", checks);
        assertThat(get(readyz).body()).contains("[-]models: starter, qwen3:4b not in memory");
        readyz.scheduler = holding("starter");
        assertThat(get(readyz).body()).contains("[-]models: qwen3:4b not in memory");
        readyz.scheduler = holding("starter", "qwen3:4b");
        assertThat(get(readyz).statusCode()).isEqualTo(200);
    }

    /** Tells which models it holds; whoever asks it anything else fails the test. */
    private static Scheduler holding(String... models) {
        var residents = Arrays.stream(models)
                .map(name -> new Resident(FakeStore.model(name), null, null, 0, Optional.empty(), false))
                .toList();
        return (Scheduler) Proxy.newProxyInstance(
                HealthTest.class.getClassLoader(), new Class<?>[] {Scheduler.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("residents")) return residents;
                    throw new AssertionError("a probe asked for " + method.getName());
                });
    }

    @Test
    void aPolicyThatIsNoneIsRefusedWithTheThreeThatAre() {
        for (String wrong : List.of("", "enigne", "models", "models ,"))
            assertThatThrownBy(() -> ReadyPolicy.parse(wrong))
                    .hasMessageContaining("dev.paddock.health: ready.policy")
                    .hasMessageContaining("models NAME,NAME");
    }

    @Test
    void healthIsToldWholeAsTextOrJson() throws Exception {
        var healthz = new Healthz(all(List.of(
                check("disk", "other", () -> new Result(Result.Status.CRITICAL, "\"full\"")),
                check("store", () -> new Result(Result.Status.WARN, "slow")))));
        assertThat(get(healthz).body()).isEqualTo("unhealthy\n[-]disk: \"full\"\n[!]store: slow\n");
        var json = get(healthz, "text/html, application/json;q=0.9");
        assertThat(json.statusCode()).isEqualTo(503);
        assertThat(json.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(Json.parseObject(json.body()).orElseThrow())
                .containsEntry("status", "unhealthy")
                .containsEntry(
                        "checks",
                        List.of(
                                Map.of("name", "disk", "status", "critical", "reason", "\"full\""),
                                Map.of("name", "store", "status", "warn", "reason", "slow")));
    }

    @Test
    void strangersAreToldHowThePartsStandAndNotWhy() throws Exception {
        var checks = List.of(
                check("disk", () -> new Result(Result.Status.CRITICAL, "/home/me is full")),
                check("store", () -> new Result(Result.Status.OK, "12 models")));
        assertThat(asStranger(new Healthz(all(checks)))).isEqualTo("unhealthy\n[-]disk\n[+]store\n");
        assertThat(asStranger(readyz(checks))).isEqualTo("not ready\n[-]disk\n[+]store\n");
    }

    @Test
    void aServerThatDrainsIsNotReady() throws Exception {
        var check = new DrainCheck();
        assertThat(Finding.of("drain", check).good()).isTrue();
        check.drain = (Drain) Proxy.newProxyInstance(
                HealthTest.class.getClassLoader(), new Class<?>[] {Drain.class}, (proxy, method, arguments) -> true);
        assertThat(Finding.of("drain", check).line()).isEqualTo("[-]drain: the server drains and takes no new work");
    }

    @Test
    void partsThatAreMissingAreNamed() {
        assertThat(Finding.of("store", new StoreCheck()).line()).isEqualTo("[-]store: no model store");
        assertThat(Finding.of("scheduler", new SchedulerCheck()).good()).isFalse();
        assertThat(Finding.of("edge", new EdgeCheck()).line()).isEqualTo("[-]edge: the web bundle is not active");
        assertThat(Finding.of("dialects", new DialectCheck()).line()).isEqualTo("[-]dialects: no API is served");
        EngineCheck engine = new EngineCheck();
        assertThat(Finding.of("engine", engine).reason()).isEqualTo("no engine");
        engine.engine = new FakeEngine();
        engine.backends = List.of(backend("cuda", List.of()));
        assertThat(Finding.of("engine", engine).reason()).contains("no backend with libraries for this platform");
    }

    @Test
    void damagedModelsAndFailedHousekeepingAreWarnings() {
        var store = FakeStore.with("fine");
        var check = new StoreCheck();
        check.store = store;
        check.housekeeper = new QuietHousekeeper(List.of(
                new Housekeeper.Step("sizes", Housekeeper.Step.State.DONE, "all there", 1),
                new Housekeeper.Step("unused files", Housekeeper.Step.State.FAILED, "permission denied", 1)));
        assertThat(Finding.of("store", check).line())
                .isEqualTo("[!]store: 1 models; housekeeping, unused files: permission denied");
        check.housekeeper = new QuietHousekeeper(List.of());
        store.add(FakeStore.model("broken").withDamage("blob x is missing"));
        assertThat(Finding.of("store", check).line())
                .isEqualTo("[!]store: 2 models; broken:latest is damaged: blob x is missing");
    }

    private record QuietHousekeeper(List<Step> steps) implements Housekeeper {
        @Override
        public Pruned prune(boolean dryRun) {
            throw new AssertionError("nobody asked for this");
        }

        @Override
        public Verified verify(boolean all, Consumer<Progress> told) {
            throw new AssertionError("nobody asked for this");
        }

        @Override
        public List<Damage> damage() {
            return List.of();
        }

        @Override
        public Usage usage() {
            throw new AssertionError("nobody asked for this");
        }
    }

    @Test
    void aBackendThatIsRefusedIsAWarningWithItsRemedy() {
        var refusal = new Refusal(Refusal.Reason.DRIVER_MISSING, "libcuda.so.1", "Install the driver.");
        var cpu = new BackendReport(new BackendKey("cpu", "1.0"), true, List.of(), Optional.empty());
        var cuda = new BackendReport(new BackendKey("cuda", "2.0"), true, List.of(), Optional.of(refusal));
        assertThat(Finding.of("backends", () -> BackendsCheck.of(List.of(cpu))).line())
                .isEqualTo("[+]backends: cpu 1.0");
        assertThat(Finding.of("backends", () -> BackendsCheck.of(List.of(cpu, cuda)))
                        .line())
                .isEqualTo("[!]backends: cuda 2.0 is not used, driver missing: Install the driver.");
    }

    @Test
    void hiddenServletsAreAWarningUnlessTheyStandInForOthers() {
        int shadowed = DTOConstants.FAILURE_REASON_SHADOWED_BY_OTHER_SERVICE;
        RuntimeDTO runtime = new RuntimeDTO();
        runtime.failedServletDTOs = new FailedServletDTO[] {
            failed(7, "Chat", "/api/chat", shadowed),
            failed(8, "StandIn", "/", shadowed),
            failed(8, "StandIn", "/broken", DTOConstants.FAILURE_REASON_EXCEPTION_ON_INIT)
        };
        Finding finding = Finding.of("routes", new RoutesCheck(new Whiteboard(runtime), service -> service == 8));
        assertThat(finding.line())
                .isEqualTo("[!]routes: Chat [/api/chat] is hidden by another servlet;"
                        + " StandIn [/broken] failed for reason " + DTOConstants.FAILURE_REASON_EXCEPTION_ON_INIT);
    }

    private static FailedServletDTO failed(long service, String name, String pattern, int reason) {
        FailedServletDTO failed = new FailedServletDTO();
        failed.serviceId = service;
        failed.name = name;
        failed.patterns = new String[] {pattern};
        failed.failureReason = reason;
        return failed;
    }

    private static Readyz readyz(List<Map.Entry<Map<String, Object>, HealthCheck>> checks) {
        return readyz("engine", checks);
    }

    private static Readyz readyz(String policy, List<Map.Entry<Map<String, Object>, HealthCheck>> checks) {
        return new Readyz(all(checks), ReadyPolicy.parse(policy));
    }

    private static Checks all(List<Map.Entry<Map<String, Object>, HealthCheck>> checks) {
        Checks all = new Checks();
        all.checks = checks;
        return all;
    }

    private static Map.Entry<Map<String, Object>, HealthCheck> check(String name, HealthCheck check) {
        return check(name, "ready", check);
    }

    private static Map.Entry<Map<String, Object>, HealthCheck> check(String name, Object tags, HealthCheck check) {
        return Map.entry(Map.of(HealthCheck.NAME, name, HealthCheck.TAGS, tags), check);
    }

    private static Backend backend(String id, List<NativeFile> files) {
        return new Backend() {
            @Override
            public BackendKey key() {
                return new BackendKey(id, "1.0.0");
            }

            @Override
            public int order() {
                return 0;
            }

            @Override
            public List<NativeFile> files() {
                return files;
            }
        };
    }

    private static HttpResponse<String> get(HttpServlet servlet) throws Exception {
        return get(servlet, "*/*");
    }

    private static HttpResponse<String> get(HttpServlet servlet, String accept) throws Exception {
        return get(servlet, accept, true);
    }

    private static String asStranger(HttpServlet servlet) throws Exception {
        return get(servlet, "*/*", false).body();
    }

    private static HttpResponse<String> get(HttpServlet servlet, String accept, boolean known) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ServletHolder(servlet), "/*");
        Filter edge = (request, response, chain) -> {
            request.setAttribute(Exchange.ATTRIBUTE, exchange(known));
            chain.doFilter(request, response);
        };
        context.addFilter(edge, "/*", EnumSet.of(DispatcherType.REQUEST));
        server.setHandler(context);
        server.start();
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/");
            return client.send(
                    HttpRequest.newBuilder(uri).header("Accept", accept).build(), HttpResponse.BodyHandlers.ofString());
        } finally {
            server.stop();
        }
    }

    private static Exchange exchange(boolean known) {
        return (Exchange) Proxy.newProxyInstance(
                HealthTest.class.getClassLoader(), new Class<?>[] {Exchange.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("requireKnown")) throw new AssertionError(method.getName());
                    if (!known) throw new PaddockException(Fault.UNAUTHENTICATED, "a key is needed");
                    return null;
                });
    }

    private record Whiteboard(RuntimeDTO runtime) implements HttpServiceRuntime {
        @Override
        public RuntimeDTO getRuntimeDTO() {
            return runtime;
        }

        @Override
        public RequestInfoDTO calculateRequestInfoDTO(String path) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void aServerIsNotReadyBeforeAllBundlesHaveBeenStarted() {
        var level = new AtomicInteger(10);
        var check = new StartCheck(at(level), "11");
        assertThat(Finding.of("start", check).line()).isEqualTo("[-]start: the server is still starting");
        level.set(11);
        assertThat(Finding.of("start", check).line()).isEqualTo("[+]start: all bundles have been started");
        assertThat(Finding.of("start", new StartCheck(at(level), null)).good()).isTrue();
    }

    private static FrameworkStartLevel at(AtomicInteger level) {
        return (FrameworkStartLevel) Proxy.newProxyInstance(
                HealthTest.class.getClassLoader(),
                new Class<?>[] {FrameworkStartLevel.class},
                (proxy, method, arguments) -> level.get());
    }
}
