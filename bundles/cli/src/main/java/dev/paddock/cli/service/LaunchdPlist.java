package dev.paddock.cli.service;

import java.util.LinkedHashMap;
import java.util.Map;

/** The property list of launchd. It knows no file of variables: they are in the list itself. */
final class LaunchdPlist {
    static final String LABEL = "dev.paddock.server";

    private static final String TEXT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
            <!-- Written by `paddock service install`; `paddock service uninstall` removes it. -->
            <plist version="1.0">
            <dict>
              <key>Label</key><string>dev.paddock.server</string>
              <key>ProgramArguments</key>
              <array><string>%s</string><string>serve</string></array>
            %s  <key>EnvironmentVariables</key>
              <dict>
            %s  </dict>
              <key>RunAtLoad</key><true/>
              <key>KeepAlive</key><dict><key>SuccessfulExit</key><false/></dict>
              <key>ThrottleInterval</key><integer>10</integer>
              <key>ExitTimeOut</key><integer>60</integer>
              <key>ProcessType</key><string>Interactive</string>
              <key>StandardOutPath</key><string>%4$s</string>
              <key>StandardErrorPath</key><string>%4$s</string>
            </dict>
            </plist>
            """;

    private LaunchdPlist() {}

    static String of(ServiceSpec spec) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PADDOCK_HOME", spec.home().toString());
        variables.putAll(spec.environment());
        StringBuilder entries = new StringBuilder();
        variables.forEach((name, value) ->
                entries.append("    <key>" + Xml.text(name) + "</key><string>" + Xml.text(value) + "</string>\n"));
        String user = spec.user()
                .map(name -> "  <key>UserName</key><string>" + Xml.text(name) + "</string>\n")
                .orElse("");
        String log = Xml.text(spec.home().resolve("logs").resolve("service.out").toString());
        return String.format(TEXT, Xml.text(spec.script().toString()), user, entries, log);
    }
}
