package dev.paddock.operator;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.security.Scope;
import dev.paddock.api.settings.SettingChange.Place;
import dev.paddock.api.settings.SettingsEditor;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.DialectServlet;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Router;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** The routes under {@code /api/config}: settings seen, changed and brought back, by the server's owner. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({ConfigApi.ROOT, ConfigApi.BELOW})
public final class ConfigApi extends DialectServlet {
    static final String ROOT = "/api/config";
    static final String BELOW = ROOT + "/*";

    private static final long serialVersionUID = 1L;

    private final transient SettingsEditor editor;
    private final transient Router router;

    /** Changes go through the editor, which keeps and remembers them. */
    @Activate
    public ConfigApi(@Reference SettingsEditor editor) {
        super(OperatorApi.ERRORS);
        this.editor = editor;
        this.router = new Router()
                .on("GET", ROOT, this::list)
                .on("GET", ROOT + "/history", this::history)
                .on("POST", ROOT + "/revert", this::revert)
                .on("PUT", BELOW, this::set)
                .on("DELETE", BELOW, this::unset);
    }

    /** Values tell where things lie and who may what: reading them is for the owner too. */
    @Override
    protected void guard(Call call) {
        call.require(Scope.ADMIN);
    }

    @Override
    protected void answer(Call call) throws IOException {
        router.answer(call, unknown -> unknown.json(404, OperatorApi.ERRORS.body(404, "no such path")));
    }

    private void list(Call call) throws IOException {
        List<Map<String, Object>> known =
                editor.known().stream().map(ConfigJson::of).toList();
        call.json(200, Map.of("settings", known));
    }

    private void history(Call call) throws IOException {
        List<Map<String, Object>> changes =
                editor.history().stream().map(ConfigJson::of).toList();
        call.json(200, Map.of("changes", changes));
    }

    private void set(Call call) throws IOException {
        Place place = place(call);
        Object value = body(call).value("value").orElseThrow(() -> wrong("\"value\" is needed"));
        call.json(200, ConfigJson.of(editor.set(place, value, call.identity().name())));
    }

    private void unset(Call call) throws IOException {
        call.json(200, ConfigJson.of(editor.unset(place(call), call.identity().name())));
    }

    private void revert(Call call) throws IOException {
        String id = body(call)
                .value("id")
                .map(Object::toString)
                .orElseThrow(() -> wrong("\"id\" of a change in " + ROOT + "/history is needed"));
        call.json(200, ConfigJson.of(editor.revert(id, call.identity().name())));
    }

    private static Fields body(Call call) throws IOException {
        return call.body().orElseGet(() -> new Fields(Map.of()));
    }

    private static Place place(Call call) {
        String[] parts = call.rest(ROOT + "/").split("/", 2);
        if (parts.length == 2 && !parts[0].isEmpty() && !parts[1].isEmpty()) return new Place(parts[0], parts[1]);
        throw wrong("the path must name a setting: " + ROOT + "/dev.paddock.scheduler/keep.alive for example");
    }

    private static PaddockException wrong(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }
}
