package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import java.util.ArrayList;
import java.util.List;

class FirefunctionFormatTest extends JsonCallsContract {
    @Override
    ChatFormat format() {
        return new FirefunctionFormat();
    }

    @Override
    String template() {
        return "functools[";
    }

    @Override
    String opening() {
        return "functools";
    }

    @Override
    String closing() {
        return "";
    }

    @Override
    List<Case> own() {
        List<Case> all = new ArrayList<>(arrays());
        all.addAll(List.of(
                row("the space before it", " functools[" + object("now", "{}") + "]", "[!]now{}"),
                row("the module of Python", "import functools\nx = [1]", "[C]import functools\nx = [1]")));
        return all;
    }
}
