package dev.paddock.cli.service;

/** The file that tells WinSW, a program that runs others as services of Windows, what to run. */
final class WinswFile {
    static final String NAME = "paddock-service.xml";

    private static final String TEXT = """
            <!-- Written by `paddock service install`, for WinSW beside it as paddock-service.exe. -->
            <service>
              <id>paddock</id>
              <name>Paddock</name>
              <description>Paddock, a local LLM server</description>
              <executable>%s</executable>
              <arguments>%s</arguments>
            %s  <startmode>Automatic</startmode>
              <onfailure action="restart" delay="5 sec"/>
              <resetfailure>1 hour</resetfailure>
              <stoptimeout>60 sec</stoptimeout>
              <logpath>%s</logpath>
              <log mode="roll-by-size"><sizeThreshold>10240</sizeThreshold><keepFiles>4</keepFiles></log>
            </service>
            """;

    private WinswFile() {}

    /** @param java the program that runs the server: there is no shell to look for one */
    static String of(ServiceSpec spec, String java) {
        String install = spec.install().toString();
        String home = spec.home().toString();
        String arguments = quoted("@" + install + "/lib/server.options")
                + " " + quoted("-Dpaddock.install=" + install)
                + " " + quoted("-Dpaddock.home=" + home)
                + " -cp " + quoted(install + "/lib/paddock-server.jar")
                + " dev.paddock.launcher.Main";
        StringBuilder variables = new StringBuilder();
        spec.environment()
                .forEach((name, value) -> variables.append(
                        "  <env name=\"" + Xml.text(name) + "\" value=\"" + Xml.text(value) + "\"/>\n"));
        return String.format(TEXT, Xml.text(java), Xml.text(arguments), variables, Xml.text(home + "/logs"));
    }

    private static String quoted(String word) {
        return "\"" + word + "\"";
    }
}
