package dev.paddock.dialect.openai.shared;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.security.Asker;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Opener;
import java.util.Map;

/** A route whose whole answers can be had without a client, too. */
public interface BatchRoute {
    /**
     * Answers one request with a JSON object; blocks. Afterwards {@link Fields#unread} tells what had no effect.
     *
     * @param body as a client would have sent it
     * @throws PaddockException as the route fails; a body that asks for a stream is refused
     */
    Map<String, Object> whole(Fields body, Opener opener, Asker asker);
}
